"""Administrative wording that fits any task, so that it does not drive similarity (table `boilerplate.tsv`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from matcher.records import Span
from matcher.segmenting.tables import phrase_pattern, read_table
from matcher.segmenting.tokens import KeySet, TokenisedText

_SENTENCE_ENDS = frozenset(".;:!?")
_PREPOSITIONS = KeySet(("tại", "ở", "của", "trong", "trên"))
_JOINTS = KeySet((",", "và", "-", "–", "“", '"', "•", "*"))


@lru_cache(maxsize=2)
def _patterns(bare: bool) -> tuple[tuple[re.Pattern[str], ...], re.Pattern[str]]:
    """Return the patterns for beginnings, each by itself, and one pattern for anywhere."""
    rows = read_table("boilerplate.tsv", 2)
    leads = tuple(phrase_pattern([phrase], bare=bare) for where, phrase in rows if where == "lead")
    return leads, phrase_pattern([phrase for where, phrase in rows if where == "any"], bare=bare)


def find_boilerplate(tokenised: TokenisedText, in_place: Sequence[bool]) -> tuple[Span, ...]:
    """Return the stretches of administrative wording in a text, in order, those that touch made one.

    Parameters
    ----------
    tokenised : TokenisedText
        The text.
    in_place : sequence of bool
        For each token, whether it belongs to a place name; such tokens are no wording.
    """
    marked = [False] * len(tokenised.tokens)
    for first, end in (*_anywhere(tokenised), *_leads(tokenised)):
        last = end
        while last > first and in_place[last - 1]:
            last -= 1
        if last < end and last - first == 1 and _PREPOSITIONS.has(tokenised, first):
            continue
        marked[first:last] = [True] * (last - first)
    spans: list[Span] = []
    for index, token in enumerate(tokenised.tokens):
        if not marked[index]:
            continue
        if spans and marked[index - 1]:
            spans[-1] = Span(spans[-1].start, token.end)
        else:
            spans.append(Span(token.start, token.end))
    return tuple(spans)


def _anywhere(tokenised: TokenisedText) -> Iterator[tuple[int, int]]:
    _, pattern = _patterns(tokenised.is_bare)
    line = tokenised.line
    for match in pattern.finditer(line.text):
        yield line.token_range(*match.span())


def _leads(tokenised: TokenisedText) -> Iterator[tuple[int, int]]:
    """Yield the leading phrases of every sentence, one after the other while they last."""
    leads, _ = _patterns(tokenised.is_bare)
    line = tokenised.line
    for start in _sentence_starts(tokenised):
        index = start
        while (position := line.position(index)) is not None:
            end = max(
                (match.end() for lead in leads if (match := lead.match(line.text, position))),
                default=position,
            )
            if end == position:
                break
            first, last = line.token_range(position, end)
            yield first, last
            index = last
            while index < len(tokenised.tokens) and _JOINTS.has(tokenised, index):
                index += 1


def _sentence_starts(tokenised: TokenisedText) -> Iterator[int]:
    for index, token in enumerate(tokenised.tokens):
        before = tokenised.tokens[index - 1] if index else None
        if before is None or before.text in _SENTENCE_ENDS or "\n" in tokenised.text[before.end : token.start]:
            yield next((at for at in range(index, len(tokenised.tokens)) if not _is_label(tokenised, at)), index)


def _is_label(tokenised: TokenisedText, index: int) -> bool:
    """Whether a token only numbers or bullets what follows: «1.5», «-»."""
    return _JOINTS.has(tokenised, index) or tokenised.tokens[index].text.replace(".", "").isdecimal()
