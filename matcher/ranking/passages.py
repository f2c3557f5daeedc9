"""Passages (đoạn) of a proposal's long sections: what is read beside its title and objective.

A long section says many things, most of them the same in every proposal; the one passage that answers an orientation
decides. Telephone numbers, addresses of e-mail and lines of contact are blanked, so that they are never encoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from matcher.records import Proposal

#: Sections read in passages. On the benchmark's forms applicability and organisation added nothing.
PASSAGE_SECTIONS = ("rationale", "results", "content")
#: Code points of a passage, and of a passage too short to say anything.
LONGEST, SHORTEST = 220, 30
#: The longest passages of a proposal are read; more of them cost time (each 30 ms on one core) and told nothing new.
MOST_PASSAGES = 8
#: Of each section this much is looked at, some fifteen pages.
LOOKED_AT = 30_000

_END = re.compile(r"(?<=[.;!?])\s+|\n+")
_SPACE = re.compile(r"\s")
#: Grounds cite documents by number; their titles are the plans', not the proposal's own words.
_CITES = re.compile(r"\d\s?/\s?(?:\d{4}\s?/\s?)?[A-ZĐ]{2}")
_CONTACT = re.compile(
    r"\S+@\S+|(?<![\d.,])(?:\+?84|0)(?:[\s.\-]?\d){8,10}(?!\d)"
    r"|^\W*(?:số )?(?:điện thoại|đt|sđt|di động|e-?mail|thư điện tử|địa chỉ liên hệ|người liên hệ)\s*[:\-–].*$",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Passage:
    """Some sentences of a section; offsets count in the section's text, `text` has contact data blanked."""

    section: str
    start: int
    end: int
    text: str


def passages_of(proposal: Proposal) -> tuple[Passage, ...]:
    """Return the passages that are read of a proposal, in its order: the longest, at most `MOST_PASSAGES`.

    Which are chosen depends on the passages alone, not on the order of the sections' lines.
    """
    found = [passage for name in PASSAGE_SECTIONS for passage in _passages(name, proposal.sections.get(name, ""))]
    chosen = sorted(found, key=lambda passage: (-len(passage.text), passage.text))[:MOST_PASSAGES]
    return tuple(passage for passage in found if passage in chosen)


def _passages(section: str, text: str) -> Iterator[Passage]:
    blanked = _CONTACT.sub(lambda found: " " * len(found[0]), text[:LOOKED_AT])
    start = end = -1
    for first, last in _sentences(blanked):
        if section == "rationale" and _CITES.search(blanked, first, last):
            continue
        if start >= 0 and last - start > LONGEST:
            yield from _passage(section, blanked, start, end)
            start = -1
        start, end = (first if start < 0 else start), last
    if start >= 0:
        yield from _passage(section, blanked, start, end)


def _passage(section: str, text: str, start: int, end: int) -> Iterator[Passage]:
    if end - start >= SHORTEST:
        yield Passage(section, start, end, text[start:end])


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of sentences and lines without the space around them, long ones in pieces."""
    at = 0
    for end, following in [*((found.start(), found.end()) for found in _END.finditer(text)), (len(text), len(text))]:
        yield from _pieces(text, at, end)
        at = following


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = end
        if end - start > LONGEST:
            spaces = [found.start() for found in _SPACE.finditer(text, start + 1, start + LONGEST)]
            stop = spaces[-1] if spaces else start + LONGEST
        piece = text[start:stop]
        if kept := piece.strip():
            first = start + len(piece) - len(piece.lstrip())
            yield first, first + len(kept)
        start = stop
