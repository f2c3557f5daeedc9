"""Names of Vietnam's provinces, districts and communes, from the tables that underthesea maintains.

Both divisions are known: that of 63 provinces with districts, and that of 34 provinces without, in force since
1 July 2025 (source: `underthesea/address/data/mapping.json`, made from vietnamadminunits; Apache-2.0).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from matcher.errors import MissingDependencyError
from matcher.segmenting.crf import underthesea_file
from matcher.segmenting.tables import read_table
from matcher.segmenting.tokens import bare_key, phrase_key
from matcher.segmenting.words import PlaceLevel

_MAPPING = Path("address", "data", "mapping.json")
_PREFIXES = ("tỉnh", "thành phố", "thị xã", "thị trấn", "quận", "huyện", "xã", "phường", "đặc khu")


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit (đơn vị hành chính) by its short name, with what it lies in ("" where nothing)."""

    name: str
    level: PlaceLevel
    province: str = ""
    district: str = ""


@dataclass(frozen=True, slots=True)
class MergedCommune:
    """A commune (xã, phường) of before July 2025 and the one that it became part of; official names."""

    name: str
    district: str
    province: str
    name_now: str
    province_now: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Units by the key of their short name, with and without diacritics; `longest` counts syllables."""

    units: dict[str, tuple[Unit, ...]]
    bare_units: dict[str, tuple[Unit, ...]]
    ordinary: dict[str, str]
    region_starts: frozenset[str]
    longest: int

    def find(self, key: str, *, bare: bool = False) -> tuple[Unit, ...]:
        """Return the units of that name; none is an empty tuple."""
        return (self.bare_units if bare else self.units).get(key, ())

    def is_ordinary(self, key: str, *, cased: bool) -> bool:
        """Whether the name is also an ordinary word or a person's («Hòa Bình», «Hồ Chí Minh»)."""
        where = self.ordinary.get(key)
        return where == "always" or (where == "lower" and not cased)


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Return the gazetteer, read once.

    Raises
    ------
    MissingDependencyError
        Where underthesea's table is missing or of another form.
    """
    units: dict[str, list[Unit]] = defaultdict(list)
    for name, same in groupby(_units(merged_communes()), key=attrgetter("name")):
        units[phrase_key(name)] += same
    for name, level, canonical in read_table("places.tsv", 3):
        known = [unit for unit in units[phrase_key(canonical)] if unit.level == level]
        units[phrase_key(name)] += [unit for unit in known or [Unit(canonical, PlaceLevel(level))]]
    wide = (PlaceLevel.COUNTRY, PlaceLevel.REGION)
    regions = [key for key, named in units.items() if any(unit.level in wide for unit in named)]
    bare: dict[str, list[Unit]] = defaultdict(list)
    for key, named in units.items():
        bare[" ".join(map(bare_key, key.split()))] += named
    ordinary = {phrase_key(name): where for name, where in read_table("ordinary_names.tsv", 2)}
    ordinary |= {bare_key(key): where for key, where in ordinary.items()}
    return Gazetteer(
        {key: tuple(named) for key, named in units.items()},
        {key: tuple(named) for key, named in bare.items()},
        ordinary,
        frozenset(key.split()[0] for key in regions) | {bare_key(key.split()[0]) for key in regions},
        max(key.count(" ") + 1 for key in units),
    )


def merged_communes() -> tuple[MergedCommune, ...]:
    """Return every commune of before July 2025 with what it lay in and what it became.

    Raises
    ------
    MissingDependencyError
        Where underthesea's table is missing or of another form.
    """
    file = underthesea_file(_MAPPING)
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))["ward_mapping"]
        return tuple(
            MergedCommune(
                row["old_ward"], row["old_district"], row["old_province"], row["new_ward"], row["new_province"]
            )
            for row in rows
        )
    except (OSError, ValueError, KeyError, TypeError) as err:
        raise MissingDependencyError(
            "underthesea's table of places cannot be read", cure="pip install 'underthesea>=9.2'", file=file
        ) from err


def _units(rows: Iterable[MergedCommune]) -> Iterator[Unit]:
    """Yield every unit once, the wider first, then by name."""
    rows = tuple(rows)
    short = {name: short_name(name) for name in {name for row in rows for name in _names(row)}}
    levels = tuple(PlaceLevel)
    province, district, commune = (
        levels.index(each) for each in (PlaceLevel.PROVINCE, PlaceLevel.DISTRICT, PlaceLevel.COMMUNE)
    )
    found: set[tuple[int, str, str, str]] = set()
    for row in rows:
        name, within, old, name_now, new = (short[name] for name in _names(row))
        found |= {
            (province, old, old, ""),
            (province, new, new, ""),
            (district, within, old, ""),
            (commune, name, old, within),
            (commune, name_now, new, ""),
        }
    for width, name, home, inner in sorted(found):
        yield Unit(name, levels[width], home, inner)


def _names(row: MergedCommune) -> tuple[str, str, str, str, str]:
    return row.name, row.district, row.province, row.name_now, row.province_now


def short_name(name: str) -> str:
    """Return an official name without its prefix: «Huyện Chi Lăng» → «Chi Lăng»."""
    folded = name.casefold()
    for prefix in _PREFIXES:
        if folded.startswith(prefix + " "):
            return name[len(prefix) + 1 :]
    return name
