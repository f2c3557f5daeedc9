"""Where a proposal's work lies: district and province before 1 July 2025, and the province since.

On that day 63 provinces became 34 (Nghị quyết 202/2025/QH15) and districts were abolished (Luật 72/2025/QH15), so only
the district of before lets years be compared. The names, and what became of them, are the table of vietnamadminunits
1.0.4 (MIT) that underthesea keeps; that package itself would bring shapely and geopy along, and knows no more.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from matcher.records import Announcement, Proposal
from matcher.segmenting import PlaceLevel, PlaceSpan, Segmenter
from matcher.segmenting.gazetteer import merged_communes, short_name
from matcher.text import comparison_key, normalize, strip_diacritics

#: The year in which a commune's name can be of either division.
NEW_DIVISION = 2025
#: A new commune is of the district that more than this share of its old communes were of.
_MOST = 0.5
_ABBREVIATED = (("tp", "thành phố"), ("tx", "thị xã"), ("h", "huyện"), ("q", "quận"))
_KINDS = ("thành phố", "thị xã", "huyện", "quận")
_COMMUNES = ("xã ", "phường ", "thị trấn ")
#: What stands between a commune and the district that it lies in.
_INSIDE = re.compile(r"[\s,(–-]*")
_PARTS = re.compile(r"[,;/\n]| - | – ")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something lies (địa bàn).

    `district` is the official name before July 2025 («Huyện Văn Quan»), "" for a whole province, and where a new
    commune was made of several districts alike; `province` and `province_now` are short names («Lạng Sơn»).
    """

    district: str
    province: str
    province_now: str


def places_of(proposal: Proposal, home: str = "") -> tuple[Place, ...]:
    """Return where a proposal's work lies: by its column of places, else by its title.

    Parameters
    ----------
    proposal : Proposal
        A proposal or past task.
    home : str
        Short name of the province that asks, for names that several provinces have.

    Returns
    -------
    tuple of Place
        Distinct, in the order of the text; a province alone only where no district of it is named.
    """
    year = proposal.sections.get("year", "")[:4]
    since = int(year) > NEW_DIVISION if year.isdigit() and int(year) != NEW_DIVISION else None
    column = find_places(proposal.sections.get("place", ""), home, since=since, column=True)
    if any(place.district for place in column):
        return column
    return find_places(proposal.title, home, since=since) or column


def find_places(text: str, home: str = "", *, since: bool | None = None, column: bool = False) -> tuple[Place, ...]:
    """Return the places that a text names.

    Parameters
    ----------
    text : str
        Any text.
    home : str
        Short name of the province that asks.
    since : bool, optional
        Whether communes are those since July 2025, or of before; None where either may be meant.
    column : bool
        Whether the text is a cell that holds nothing but names, as people write them: without capitals or diacritics.

    Examples
    --------
    >>> find_places("Bảo tồn hồi tại huyện Văn Quan và TP. Lạng Sơn")[1]
    Place(district='Thành phố Lạng Sơn', province='Lạng Sơn', province_now='Lạng Sơn')
    >>> find_places("tỉnh Yên Bái")
    (Place(district='', province='Yên Bái', province_now='Lào Cai'),)
    """
    text = normalize(text)
    spans = _segmenter().places(text)
    named = {span.name for span in spans if span.level is PlaceLevel.PROVINCE}
    home = home if not named or home in named else ""
    found: dict[Place, None] = {}
    for span, after in zip_longest(spans, spans[1:]):
        words = text[span.start : span.end]
        inner = (
            after is not None and after.level is PlaceLevel.DISTRICT and _INSIDE.fullmatch(text[span.end : after.start])
        )
        if not (inner and _is_commune(words, span)):  # of «xã Mẫu Sơn, huyện Lộc Bình» the district says it all
            found |= dict.fromkeys(_resolved(words, span, home, since))
    if column and not any(place.district for place in found):
        parts = (_cell(part, home) for part in _PARTS.split(text))
        found = dict.fromkeys(place for place in parts if place) or found
    return _narrowed(found)


def home_of(announcement: Announcement | None) -> str:
    """Return the short name of the province that announces, "" where it is not known."""
    from matcher.checking.provinces import province_of

    return (province_of(announcement) or "") if announcement is not None else ""


# --------------------------------------------------------------------------------------------- the tables


@dataclass(frozen=True, slots=True)
class _Table:
    """Districts by short name and province, communes by short name and province, provinces of before by name."""

    districts: dict[str, tuple[Place, ...]]
    bare_districts: dict[str, tuple[Place, ...]]
    communes: dict[str, tuple[Place, ...]]
    new_communes: dict[str, tuple[Place, ...]]
    provinces: dict[str, str]


@lru_cache(maxsize=1)
def _table() -> _Table:
    districts: defaultdict[str, dict[Place, None]] = defaultdict(dict)
    communes: defaultdict[str, dict[Place, None]] = defaultdict(dict)
    merged: defaultdict[tuple[str, str], Counter[Place]] = defaultdict(Counter)
    provinces: dict[str, str] = {}
    for commune in merged_communes():
        province, province_now = short_name(commune.province), short_name(commune.province_now)
        place = Place(commune.district, province, province_now)
        provinces[province] = province_now
        districts[_key(short_name(commune.district))][place] = None
        communes[_key(short_name(commune.name))][place] = None
        merged[_key(short_name(commune.name_now)), province_now][place] += 1
    new: defaultdict[str, dict[Place, None]] = defaultdict(dict)
    for (name, _), counted in merged.items():
        new[name][_most(counted)] = None
    bare: defaultdict[str, dict[Place, None]] = defaultdict(dict)
    for name, places in districts.items():
        bare[strip_diacritics(name)] |= places
    return _Table(_frozen(districts), _frozen(bare), _frozen(communes), _frozen(new), provinces)


def _most(counted: Counter[Place]) -> Place:
    """Return the district that most of a new commune comes from, else what its districts have in common."""
    place, count = min(counted.items(), key=lambda item: (-item[1], item[0]))
    if count > _MOST * counted.total():
        return place
    provinces = {each.province for each in counted}
    return Place("", place.province if len(provinces) == 1 else "", place.province_now)


def _frozen(groups: dict[str, dict[Place, None]]) -> dict[str, tuple[Place, ...]]:
    return {name: tuple(places) for name, places in groups.items()}


@lru_cache(maxsize=1)
def _segmenter() -> Segmenter:
    return Segmenter()


def _key(name: str) -> str:
    return comparison_key(name)


# --------------------------------------------------------------------------------------------- names → places


def _resolved(words: str, span: PlaceSpan, home: str, since: bool | None) -> Iterator[Place]:
    """Yield the place behind a name in a text; nothing where the name leaves it open."""
    table = _table()
    kind = _kind(words)
    if _is_commune(words, span):
        name = _key(span.name)
        old, new = table.communes.get(name, ()), table.new_communes.get(name, ())
        order = (new, old) if since else (old, new) if since is None or not old else (old,)
        found = [place for each in order for place in _only(each, span.province, home)]
        yield from sorted(found, key=lambda place: not place.district)[:1]
    elif span.name in table.provinces and not kind and span.name == span.province:
        yield Place("", span.name, table.provinces[span.name])
    elif span.level is PlaceLevel.PROVINCE:  # «thành phố Hồ Chí Minh»
        yield Place("", span.name, table.provinces.get(span.name, span.name))
    elif span.level is PlaceLevel.DISTRICT:
        yield from _only(_of_kind(table.districts.get(_key(span.name), ()), kind), span.province, home)


def _is_commune(words: str, span: PlaceSpan) -> bool:
    return span.level is PlaceLevel.COMMUNE or comparison_key(words).startswith(_COMMUNES)


def _only(places: Iterable[Place], province: str, home: str) -> Iterator[Place]:
    """Yield the one place left in that province, else in the home province, else of all; several alike give none."""
    every = tuple(places)
    for wanted in (province, home):
        then = tuple(each for each in every if wanted and wanted == each.province)
        inside = then or tuple(each for each in every if wanted and wanted == each.province_now)
        if inside:
            every = inside
            break
    if len(every) == 1:
        yield every[0]
    elif len({(each.province, each.province_now) for each in every}) == 1:
        yield Place("", every[0].province, every[0].province_now)


def _of_kind(places: tuple[Place, ...], kind: str) -> tuple[Place, ...]:
    """Return the districts of that kind («thị xã Cai Lậy», not the «huyện»), or all where none is."""
    return tuple(each for each in places if kind and each.district.casefold().startswith(kind)) or places


def _kind(words: str) -> str:
    """Return the kind of district that a name begins with, written out; "" where it has none."""
    key = " ".join(re.sub(r"[.\s]+", " ", comparison_key(words)).split())
    for short, kind in _ABBREVIATED:
        if key.startswith((f"{short} ", f"{kind} ")):
            return kind
    return ""


def _cell(part: str, home: str) -> Place | None:
    """Return the place that a part of a cell is the name of, whatever its case, with diacritics or without."""
    key = " ".join(re.sub(r"[.\s]+", " ", comparison_key(part)).split())
    kind = _kind(key)
    for prefix in (*_KINDS, *(short for short, _ in _ABBREVIATED)):
        key = key.removeprefix(f"{prefix} ")
    table = _table()
    named = table.districts.get(key, ()) or (table.bare_districts.get(key, ()) if key.isascii() and home else ())
    inside = tuple(each for each in named if each.province == home) if home else named
    provinces = {comparison_key(name): name for name in table.provinces}
    if not kind and key in provinces:
        return Place("", provinces[key], table.provinces[provinces[key]])
    return next(_only(_of_kind(inside, kind), home, home), None)


def _narrowed(found: Iterable[Place]) -> tuple[Place, ...]:
    """Leave out provinces of which a district is named as well."""
    places = tuple(found)
    inner = {each.province for each in places if each.district} | {
        each.province_now for each in places if each.district
    }
    return tuple(each for each in places if each.district or each.province not in inner)
