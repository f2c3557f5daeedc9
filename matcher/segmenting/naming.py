"""Known place names, and the prefixes before them, among the tokens of one text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from matcher.segmenting.gazetteer import Gazetteer, Unit
from matcher.segmenting.tokens import KeySet, Token, TokenisedText, bare_key, phrase_key
from matcher.segmenting.words import PlaceLevel

_PREFIX_LEVELS: dict[str, tuple[PlaceLevel, ...]] = {
    "tỉnh": (PlaceLevel.PROVINCE,),
    "thành phố": (PlaceLevel.DISTRICT, PlaceLevel.PROVINCE),
    "tp": (PlaceLevel.DISTRICT, PlaceLevel.PROVINCE),
    "thị xã": (PlaceLevel.DISTRICT,),
    "tx": (PlaceLevel.DISTRICT,),
    "huyện": (PlaceLevel.DISTRICT,),
    "quận": (PlaceLevel.DISTRICT,),
    "đặc khu": (PlaceLevel.COMMUNE,),
    "xã": (PlaceLevel.COMMUNE,),
    "phường": (PlaceLevel.COMMUNE,),
    "thị trấn": (PlaceLevel.COMMUNE,),
}
_PREFIXES = {phrase_key(prefix): levels for prefix, levels in _PREFIX_LEVELS.items()}
_BARE_PREFIXES = {bare_key(prefix): levels for prefix, levels in _PREFIXES.items()}
_PREFIX_STARTS = frozenset(prefix.split()[0] for prefix in (*_PREFIXES, *_BARE_PREFIXES))
_OF_COOPERATIVES = KeySet(("tác",))  # «hợp tác xã»
_HYPHENS = frozenset(("-", "–"))


@dataclass(frozen=True, slots=True)
class FoundName:
    """A place over tokens `[first, last)` and the units that it may be, the likeliest first."""

    first: int
    last: int
    units: tuple[Unit, ...]


class NameReader:
    """Reads names of the gazetteer at given tokens of a text, whatever stands around them.

    Parameters
    ----------
    tokenised : TokenisedText
        The text.
    names : Gazetteer
        The names.
    """

    def __init__(self, tokenised: TokenisedText, names: Gazetteer) -> None:
        self.tokenised = tokenised
        self.tokens = tokenised.tokens
        self.names = names
        self.prefixes = _BARE_PREFIXES if tokenised.is_bare else _PREFIXES
        self.cased = not tokenised.is_caseless
        self._known: dict[int, list[FoundName]] = {}

    def names_at(self, index: int, *levels: PlaceLevel) -> Iterator[FoundName]:
        """Yield the known names that begin at a token, of some levels or of all, the longest first."""
        for name in self._all_names_at(index):
            units = tuple(unit for unit in name.units if unit.level in levels)
            if units or not levels:
                yield FoundName(name.first, name.last, units or name.units)

    def _all_names_at(self, index: int) -> list[FoundName]:
        """Return the known names that begin at a token; a hyphen may stand inside."""
        if index in self._known:
            return self._known[index]
        keys: list[str] = []
        ends: list[int] = []
        for place in range(index, min(len(self.tokens), index + 2 * self.names.longest)):
            if self.tokens[place].is_word:
                keys.append(self.tokenised.key(place))
                ends.append(place + 1)
            elif not keys or self.tokens[place].text not in _HYPHENS or len(keys) == self.names.longest:
                break
        found = self._known[index] = []
        for length in range(min(len(keys), self.names.longest), 0, -1):
            units = self.names.find(" ".join(keys[:length]), bare=self.tokenised.is_bare)
            if units:
                found.append(FoundName(index, ends[length - 1], units))
        return found

    def words(self, place: FoundName) -> list[Token]:
        """Return the tokens of a name that are words."""
        return [token for token in self.tokens[place.first : place.last] if token.is_word]

    def is_ordinary(self, place: FoundName) -> bool:
        """Whether the name, written as this text is, might be an ordinary word or a person's."""
        words = (index for index in range(place.first, place.last) if self.tokens[index].is_word)
        return self.names.is_ordinary(" ".join(map(self.tokenised.key, words)), cased=self.cased)

    def is_capitalised(self, place: FoundName) -> bool:
        """Whether every syllable begins with a capital, or capitals tell nothing and there are two or more."""
        words = self.words(place)
        return all(word.is_capital for word in words) if self.cased else len(words) > 1

    def key(self, index: int) -> str:
        """Return the key of a token, "" outside the text."""
        return self.tokenised.key(index) if 0 <= index < len(self.tokens) else ""

    def prefix_at(self, index: int) -> tuple[int, str]:
        """Return the token after a prefix that begins here, and the prefix; the same index where there is none."""
        if self.key(index) not in _PREFIX_STARTS:
            return index, ""
        for length in (2, 1):
            key = " ".join(self.key(index + step) for step in range(length))
            if key in self.prefixes and not _OF_COOPERATIVES.has(self.tokenised, index - 1):
                after = index + length
                return after + (self.key(after) == "."), key
        return index, ""

    def is_title(self, index: int) -> bool:
        """Whether a token is written as a part of a name: capitalised, but no abbreviation."""
        token = self.tokens[index]
        return token.is_capital and (len(token.text) == 1 or not token.text.isupper())
