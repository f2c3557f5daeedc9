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
from pathlib import Path

from matcher.errors import MissingDependencyError
from matcher.segmenting.crf import underthesea_file
from matcher.segmenting.tables import read_table
from matcher.segmenting.tokens import bare_key, phrase_key
from matcher.segmenting.words import PlaceLevel

_MAPPING = Path("address", "data", "mapping.json")
_PREFIXES = ("tỉnh", "thành phố", "thị xã", "thị trấn", "quận", "huyện", "xã", "phường", "đặc khu")
_WIDTH = {level: width for width, level in enumerate(PlaceLevel)}


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
    found = set(_units(merged_communes()))
    units: dict[str, list[Unit]] = defaultdict(list)
    for unit in sorted(found, key=lambda unit: (_WIDTH[unit.level], unit.name, unit.province, unit.district)):
        units[phrase_key(unit.name)].append(unit)
    for name, level, canonical in read_table("places.tsv", 3):
        known = [unit for unit in units[phrase_key(canonical)] if unit.level == level]
        units[phrase_key(name)] += [unit for unit in known or [Unit(canonical, PlaceLevel(level))]]
    wide = (PlaceLevel.COUNTRY, PlaceLevel.REGION)
    regions = [key for key, named in units.items() if any(unit.level in wide for unit in named)]
    bare: dict[str, list[Unit]] = defaultdict(list)
    for key, named in units.items():
        bare[bare_key(key)] += named
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
    for row in rows:
        old, new = short_name(row.province), short_name(row.province_now)
        district = short_name(row.district)
        yield Unit(old, PlaceLevel.PROVINCE, old)
        yield Unit(new, PlaceLevel.PROVINCE, new)
        yield Unit(district, PlaceLevel.DISTRICT, old)
        yield Unit(short_name(row.name), PlaceLevel.COMMUNE, old, district)
        yield Unit(short_name(row.name_now), PlaceLevel.COMMUNE, new)


def short_name(name: str) -> str:
    """Return an official name without its prefix: «Huyện Chi Lăng» → «Chi Lăng»."""
    folded = name.casefold()
    for prefix in _PREFIXES:
        if folded.startswith(prefix + " "):
            return name[len(prefix) + 1 :]
    return name
