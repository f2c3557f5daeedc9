"""What a task works on, and how: from a title's heads («cây X», «sản phẩm X»), known names and cues."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from matcher.segmenting.tables import phrase_pattern, read_table, stop_words
from matcher.segmenting.tokens import KeySet, TokenisedText, bare_key, phrase_key
from matcher.segmenting.words import ObjectSpan

_BRANDS = (
    "(nhãn hiệu|thương hiệu) [chứng nhận|tập thể|hàng hóa]",
    "chỉ dẫn địa lý",
)
_LINKS = KeySet("cho của các một hai ba bốn số những loại".split())
_JOINTS = KeySet((",", "và"))
_OF = KeySet(("của",))
_LONGEST = 5


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, bool]]:
    """Return for each known name its kind and whether a longer word may begin with it."""
    return {phrase_key(name): (kind, use == "begins") for name, kind, use in read_table("objects.tsv", 3)}


@lru_cache(maxsize=1)
def _heads() -> dict[str, tuple[str, bool]]:
    return {phrase_key(head): (kind, use == "keep") for head, kind, use in read_table("object_heads.tsv", 3)}


@lru_cache(maxsize=1)
def product_names() -> frozenset[str]:
    """Return the keys of crops, animals and products of one syllable."""
    return frozenset(name for name in _names() if " " not in name)


@lru_cache(maxsize=2)
def _methods(bare: bool) -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = read_table("methods.tsv", 2)
    return tuple((kind, phrase_pattern([phrase], bare=bare)) for kind, phrase in rows)


def find_method(tokenised: TokenisedText) -> str | None:
    """Return the first kind of work of `methods.tsv` that has a cue in the text, None where none has."""
    line = tokenised.line.text
    return next((kind for kind, cue in _methods(tokenised.is_bare) if cue.search(line)), None)


def find_objects(
    tokenised: TokenisedText, in_place: Sequence[bool], in_boilerplate: Sequence[bool], joins: Sequence[bool]
) -> tuple[ObjectSpan, ...]:
    """Return the objects that a title names, in order, each key once.

    Parameters
    ----------
    tokenised : TokenisedText
        The title.
    in_place, in_boilerplate : sequence of bool
        For each token, whether it belongs to a place or to administrative wording.
    joins : sequence of bool
        For each token, whether it continues the word before it.
    """
    return _Objects(tokenised, in_place, in_boilerplate, joins).found()


class _Objects:
    def __init__(
        self,
        tokenised: TokenisedText,
        in_place: Sequence[bool],
        in_boilerplate: Sequence[bool],
        joins: Sequence[bool],
    ) -> None:
        self.tokenised = tokenised
        self.tokens = tokenised.tokens
        self.in_place = in_place
        self.in_boilerplate = in_boilerplate
        self.joins = joins
        self.starts = [token.start for token in self.tokens]

    def found(self) -> tuple[ObjectSpan, ...]:
        """Return the objects by the first rule that finds any: brand, names and heads, the first noun phrase."""
        for rule in (self._branded, self._named, self._first_phrase):
            objects = {each.key: each for each in reversed(list(rule()))}
            if objects:
                return tuple(reversed(objects.values()))
        return ()

    # ---------------------------------------------------------------------------------- the rules

    def _branded(self) -> Iterator[ObjectSpan]:
        """Find what a brand or a geographical indication is for."""
        line = self.tokenised.line
        match = _brand_pattern(self.tokenised.is_bare).search(line.text)
        if match is None:
            return
        index = line.token_range(*match.span())[1]
        while index < len(self.tokens):
            index = self._skipped(index)
            found = self._phrase(index, "product")
            if found is None:
                return
            yield found
            index = self._after_places(index, found)
            if index >= len(self.tokens) or not _JOINTS.has(self.tokenised, index):
                return
            index += 1

    def _named(self) -> Iterator[ObjectSpan]:
        """Known names, and what follows a head, wherever they stand."""
        index = 0
        while index < len(self.tokens):
            found = self._named_at(index)
            if found is not None:
                yield found
            index = self._index_at(found.end) if found is not None else index + 1

    def _named_at(self, index: int) -> ObjectSpan | None:
        if self.in_place[index] or self.joins[index]:
            return None
        length, kind, kept = self._head_or_name(index)
        if not length:
            return None
        if kept:
            return self._phrase(index, kind, at_least=length)
        after = self._skipped(index + length)
        return self._phrase(after, self._kind_at(after) or kind)

    def _first_phrase(self) -> Iterator[ObjectSpan]:
        """Find the first words that are neither wording nor places nor words of work."""
        skipped = _limits("skipped", self.tokenised.is_bare)
        for index, token in enumerate(self.tokens):
            if self.in_boilerplate[index] or self.joins[index] or not token.is_word:
                continue
            if self._word_key(index) not in skipped and not self._ends_phrase(index):
                found = self._phrase(index, "other")
                if found is not None:
                    yield found
                return

    # ---------------------------------------------------------------------------------- inside

    def _key(self, index: int) -> str:
        return self.tokenised.key(index)

    def _head_or_name(self, index: int) -> tuple[int, str, bool]:
        """Return length, kind and whether it is kept, of the longest name or head here; length 0 without any."""
        names, heads = _tables(self.tokenised.is_bare)
        for length in (4, 3, 2, 1):
            if index + length > len(self.tokens):
                continue
            key = " ".join(self._key(at) for at in range(index, index + length))
            whole = length > 1 or not self._goes_on(index)
            if key in names and (whole or names[key][1]):
                return length, names[key][0], True
            if key in heads and whole:
                return length, *heads[key]
        return 0, "", False

    def _goes_on(self, index: int) -> bool:
        """Whether the word of this token is longer: «đào» in «đào tạo»."""
        return index + 1 < len(self.tokens) and self.joins[index + 1]

    def _kind_at(self, index: int) -> str:
        length, kind, kept = self._head_or_name(index) if index < len(self.tokens) else (0, "", False)
        return kind if length and kept else ""

    def _skipped(self, index: int) -> int:
        """Return the first token from here that is no mark, place, head or word like «cho»."""
        while index < len(self.tokens):
            length, _, kept = self._head_or_name(index)
            if length and not kept:
                index += length
            elif self.in_place[index] or not self.tokens[index].is_word or _LINKS.has(self.tokenised, index):
                index += 1
            else:
                break
        return index

    def _after_places(self, index: int, found: ObjectSpan) -> int:
        index = max(index + 1, self._index_at(found.end))
        while index < len(self.tokens) and (self.in_place[index] or _OF.has(self.tokenised, index)):
            index += 1
        return index

    def _index_at(self, position: int) -> int:
        return bisect_left(self.starts, position)

    def _word_key(self, index: int) -> str:
        last = index + 1
        while last < len(self.tokens) and self.joins[last]:
            last += 1
        return " ".join(self._key(at) for at in range(index, last))

    def _ends_phrase(self, index: int) -> bool:
        if not self.tokens[index].is_word or self.in_place[index]:
            return True
        return not self.joins[index] and self._word_key(index) in _limits("ends", self.tokenised.is_bare)

    def _phrase(self, start: int, kind: str, at_least: int = 1) -> ObjectSpan | None:
        """Return the noun phrase that begins here, up to the end of a word; None where it would be empty."""
        last = start
        while last < len(self.tokens) and (last < start + _LONGEST or self.joins[last]):
            if last >= start + at_least and (self._ends_phrase(last) or self.in_boilerplate[last]):
                break
            last += 1
        if last == start or self._ends_phrase(start):
            return None
        first, final = self.tokens[start].start, self.tokens[last - 1].end
        text = self.tokenised.text[first:final]
        return ObjectSpan(first, final, text, phrase_key(text), kind)


@lru_cache(maxsize=2)
def _tables(bare: bool) -> tuple[dict[str, tuple[str, bool]], dict[str, tuple[str, bool]]]:
    if not bare:
        return _names(), _heads()
    names = {bare_key(key): name for key, name in _names().items() if " " in key}
    return names, {bare_key(key): head for key, head in _heads().items() if " " in key}


@lru_cache(maxsize=4)
def _limits(role: str, bare: bool) -> frozenset[str]:
    """Return the words that end an object, or those that it does not begin with."""
    keys = {phrase_key(word) for word, use in read_table("object_limits.tsv", 2) if use == role}
    keys |= stop_words() - {phrase_key("một")}
    return frozenset(bare_key(key) for key in keys) if bare else frozenset(keys)


@lru_cache(maxsize=2)
def _brand_pattern(bare: bool) -> re.Pattern[str]:
    return phrase_pattern(_BRANDS, bare=bare)


def known_names(tokenised: TokenisedText) -> Iterator[tuple[int, int]]:
    """Yield the tokens `[first, last)` of the known names of several syllables, which are one word each."""
    pattern = _compound_pattern(tokenised.is_bare)
    for match in pattern.finditer(tokenised.line.text):
        yield tokenised.line.token_range(*match.span())


@lru_cache(maxsize=2)
def _compound_pattern(bare: bool) -> re.Pattern[str]:
    return phrase_pattern((name for name in _names() if " " in name), bare=bare)
