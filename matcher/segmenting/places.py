"""Place names in a text: regions, provinces, districts and communes, with care for names that are ordinary words.

What counts as a place, from the surest to the least sure:

1. a prefix and a known name («huyện Chi Lăng», «TP. Cao Lãnh»), or a prefix and a capitalised unknown name;
2. a name that stands before the unit it lies in («Mẫu Sơn, tỉnh Lạng Sơn»; «Hữu Kiên Chi Lăng»), or that goes
   on a list («huyện Trạm Tấu, Mù Cang Chải»);
3. a name of the table of regions, and a capitalised province («chè Thái Nguyên»);
4. a capitalised district at the end of a run of capitals («thạch đen Tràng Định», «Na Chi Lăng»);
5. where the text speaks of a brand («nhãn hiệu», «chỉ dẫn địa lý»), a commune in that position.

Names that are ordinary words («hòa bình») need 1 or 2, or for a province a word like «tại». Where capitals tell
nothing, districts need 1, 2 or «tại», «ở».
"""

from __future__ import annotations

from functools import cached_property

from matcher.segmenting.gazetteer import Gazetteer, Unit, gazetteer
from matcher.segmenting.naming import FoundName, NameReader
from matcher.segmenting.tables import phrase_pattern
from matcher.segmenting.tokens import KeySet, TokenisedText, phrase_key
from matcher.segmenting.words import PlaceLevel, PlaceSpan

_PROVINCE_PREFIXES = frozenset(("tỉnh", "tinh"))
_NUMBERED = frozenset(("quận", "quan", "phường", "phuong"))
_AT = KeySet(("tại", "ở", "thuộc"))
_LIST_MARKS = KeySet((",", "và", "-", "–", "&"))
_ENCLOSING_MARKS = frozenset((",", "-", "–", "("))
_SURNAMES = frozenset(
    phrase_key(
        "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh trương đoàn lương thị văn"
    ).split()
)
_BRANDS = tuple(phrase_pattern(("nhãn hiệu", "chỉ dẫn địa lý", "thương hiệu"), bare=bare) for bare in (False, True))
_LONGEST_UNKNOWN = 4
_LONGEST_LIST = 8
_WIDE = (PlaceLevel.COUNTRY, PlaceLevel.REGION, PlaceLevel.PROVINCE)


def find_places(tokenised: TokenisedText, products: frozenset[str] = frozenset()) -> tuple[PlaceSpan, ...]:
    """Return the places of a text in order; they do not overlap.

    Parameters
    ----------
    tokenised : TokenisedText
        The text.
    products : frozenset of str
        Keys of one-syllable products («na», «chè») that may stand capitalised before a place.
    """
    return _Finder(tokenised, gazetteer(), products).spans()


class _Finder(NameReader):
    def __init__(self, tokenised: TokenisedText, names: Gazetteer, products: frozenset[str]) -> None:
        super().__init__(tokenised, names)
        self.products = products
        self.found: list[FoundName] = []

    def spans(self) -> tuple[PlaceSpan, ...]:
        index = 0
        while index < len(self.tokens):
            place = self._place_at(index) if self.tokens[index].is_word else None
            if place is not None:
                self.found.append(place)
            index = place.last if place is not None else index + 1
        return tuple(self._span(place) for place in self.found)

    def _place_at(self, index: int) -> FoundName | None:
        rules = [self._prefixed, self._enclosed, self._listed, self._region, self._province, self._in_run]
        if self.cased and not self.tokens[index].is_capital:
            starts_region = self.tokenised.key(index) in self.names.region_starts
            rules = [self._prefixed, self._region] if starts_region else [self._prefixed]
        return next((place for rule in rules if (place := rule(index)) is not None), None)

    # ---------------------------------------------------------------------------------- the rules

    def _prefixed(self, index: int) -> FoundName | None:
        start, prefix = self.prefix_at(index)
        if not prefix or start >= len(self.tokens):
            return None
        for level in self.prefixes[prefix]:
            for name in self.names_at(start, level):
                if self._fits_prefix(name, prefix):
                    return FoundName(index, self._with_letter(name.last), name.units)
        return self._unknown(index, start, prefix)

    def _with_letter(self, last: int) -> int:
        """Take in the letter of a divided commune: «xã Phong Thạnh Đông A»."""
        return last + (last < len(self.tokens) and self.tokens[last].text in ("A", "B", "C"))

    def _fits_prefix(self, name: FoundName, prefix: str) -> bool:
        words = self.words(name)
        if words[0].text[0].isdigit():
            return prefix in _NUMBERED
        if self.is_capitalised(name):
            return self.cased or prefix in _PROVINCE_PREFIXES or not self.is_ordinary(name)
        return len(words) > 1 and (prefix in _PROVINCE_PREFIXES or not self.is_ordinary(name))

    def _unknown(self, index: int, start: int, prefix: str) -> FoundName | None:
        """Find a capitalised name of two syllables or more that no table knows, after any prefix but «tỉnh»."""
        if not self.cased or prefix in _PROVINCE_PREFIXES:
            return None
        last = start
        while last < min(len(self.tokens), start + _LONGEST_UNKNOWN) and self.is_title(last):
            last += 1
        if last - start < 2 or next(self.names_at(start, *_WIDE), None) is not None:
            return None
        name = self.tokenised.text[self.tokens[start].start : self.tokens[last - 1].end]
        return FoundName(index, last, (Unit(name, self.prefixes[prefix][0]),))

    def _enclosed(self, index: int, depth: int = 0) -> FoundName | None:
        """Find a district or commune right before a unit it lies in, or on a list that ends so."""
        for name in self.names_at(index, PlaceLevel.DISTRICT, PlaceLevel.COMMUNE):
            if len(self.words(name)) < 2 or not self.is_capitalised(name):
                continue
            units = self._enclosed_units(name) or self._enclosed_later(name, depth)
            if units:
                return FoundName(index, name.last, units)
        return None

    def _enclosed_units(self, name: FoundName) -> tuple[Unit, ...]:
        """Return the units of that name that lie in the one named right after."""
        after = name.last + (name.last < len(self.tokens) and self.tokens[name.last].text in _ENCLOSING_MARKS)
        start, _ = self.prefix_at(after)
        if start == name.last and self.is_ordinary(name):
            return ()
        for wider in self.names_at(start, PlaceLevel.DISTRICT, PlaceLevel.PROVINCE):
            inner = tuple(unit for unit in name.units if any(_lies_in(unit, outer) for outer in wider.units))
            if inner and self.is_capitalised(wider):
                return inner
        return ()

    def _enclosed_later(self, name: FoundName, depth: int) -> tuple[Unit, ...]:
        """Return the units of that name that lie where the next name on the list lies."""
        if depth >= _LONGEST_LIST or not _LIST_MARKS.has(self.tokenised, name.last):
            return ()
        later = self._enclosed(name.last + 1, depth + 1)
        homes = {(unit.province, unit.district) for unit in later.units} if later is not None else set()
        return tuple(unit for unit in name.units if (unit.province, unit.district) in homes)

    def _listed(self, index: int) -> FoundName | None:
        """Find a name of the same level as the place before it, parted from it by a comma or «và»."""
        if not self.found or self.found[-1].last != index - 1 or not _LIST_MARKS.has(self.tokenised, index - 1):
            return None
        before = self.found[-1].units
        for name in self.names_at(index, *{unit.level for unit in before}):
            provinces = {unit.province for unit in before} - {""}
            near = tuple(unit for unit in name.units if not provinces or unit.province in provinces)
            units = near or (name.units if name.units[0].level is PlaceLevel.PROVINCE else ())
            if units and self.is_capitalised(name) and (self.cased or not self.is_ordinary(name)):
                return FoundName(index, name.last, units)
        return None

    def _region(self, index: int) -> FoundName | None:
        for name in self.names_at(index, PlaceLevel.COUNTRY, PlaceLevel.REGION):
            words = self.words(name)
            if any(word.is_capital for word in words) if self.cased else not self.is_ordinary(name):
                return name
        return None

    def _province(self, index: int) -> FoundName | None:
        if self._follows_surname(index):
            return None
        for name in self.names_at(index, PlaceLevel.PROVINCE):
            if self.is_ordinary(name):
                certain = _AT.has(self.tokenised, index - 1) or (self.cased and self._ends_clause(name.last))
                if self.is_capitalised(name) and certain and self.words(name)[0].key != "hồ":
                    return name
            elif self.tokens[index].is_capital if self.cased else len(self.words(name)) > 1:
                return name
        return None

    def _in_run(self, index: int) -> FoundName | None:
        """Find a district, or with a word of branding a commune, that closes a run of capitals."""
        if not self.cased:
            return self._after_at(index)
        if not self.tokens[index].is_capital or self._follows_surname(index):
            return None
        levels = (PlaceLevel.DISTRICT, PlaceLevel.COMMUNE) if self._is_branding else (PlaceLevel.DISTRICT,)
        for name in self.names_at(index, *levels):
            if len(self.words(name)) < 2 or self.is_ordinary(name):
                continue
            units = tuple(unit for unit in name.units if unit.level is PlaceLevel.DISTRICT) or name.units
            is_district = units[0].level is PlaceLevel.DISTRICT
            if not self.is_capitalised(name) and not (is_district and self._is_inside(index)):
                continue
            if self._closes_run(name.last) and (is_district or self._opens_run(index)):
                return FoundName(index, name.last, units)
        return None

    def _after_at(self, index: int) -> FoundName | None:
        if not _AT.has(self.tokenised, index - 1) or self.tokenised.is_bare:
            return None
        names = self.names_at(index, PlaceLevel.DISTRICT)
        return next((name for name in names if len(self.words(name)) > 1 and not self.is_ordinary(name)), None)

    # ---------------------------------------------------------------------------------- what stands around

    @cached_property
    def _is_branding(self) -> bool:
        return _BRANDS[self.tokenised.is_bare].search(self.tokenised.line.text) is not None

    def _follows_surname(self, index: int) -> bool:
        before = self.tokens[index - 1] if index else None
        return before is not None and before.is_capital and self.cased and before.key in _SURNAMES - self.products

    def _closes_run(self, last: int) -> bool:
        """Whether the run of capitals ends here, or goes on with another known name."""
        if last >= len(self.tokens) or not self.tokens[last].is_capital:
            return True
        return any(self.is_capitalised(name) for name in self.names_at(last, PlaceLevel.DISTRICT, PlaceLevel.PROVINCE))

    def _opens_run(self, index: int) -> bool:
        """Whether nothing capitalised stands before, but a product or the first word of the text."""
        before = self.tokens[index - 1] if index else None
        return before is None or not before.is_capital or index == 1 or before.key in self.products

    def _is_inside(self, index: int) -> bool:
        """Whether a word in small letters stands before, so that a capital means a name («lợn nái Móng cái»)."""
        return index > 0 and self.tokens[index - 1].is_word and not self.tokens[index - 1].is_capital

    def _ends_clause(self, last: int) -> bool:
        return last >= len(self.tokens) or not self.tokens[last].is_word

    def _span(self, place: FoundName) -> PlaceSpan:
        unit = self._resolved(place.units)
        provinces = {each.province for each in place.units if each.level is unit.level}
        province = unit.province if unit.province in self._provinces or len(provinces) == 1 else ""
        return PlaceSpan(
            self.tokens[place.first].start, self.tokens[place.last - 1].end, unit.name, unit.level, province
        )

    @cached_property
    def _provinces(self) -> frozenset[str]:
        """The provinces that the text names, else those that its unmistakable places lie in."""
        firsts = (place.units[0] for place in self.found)
        named = frozenset(unit.province for unit in firsts if unit.level is PlaceLevel.PROVINCE)
        homes = ({unit.province for unit in place.units} - {""} for place in self.found)
        return named or frozenset(home for provinces in homes if len(provinces) == 1 for home in provinces)

    def _resolved(self, units: tuple[Unit, ...]) -> Unit:
        """Choose the unit that lies in a province which the text names, else the likeliest."""
        return next((unit for unit in units if unit.province in self._provinces), units[0])


def _lies_in(inner: Unit, outer: Unit) -> bool:
    if outer.level is PlaceLevel.PROVINCE:
        return inner.level is not PlaceLevel.PROVINCE and inner.province == outer.name
    return inner.level is PlaceLevel.COMMUNE and inner.district == outer.name and inner.province == outer.province
