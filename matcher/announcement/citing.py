"""Bullets → citations: by footnote, inherited from the bullet above, or named in the bullet's own text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from matcher.announcement.footnotes import Note
from matcher.announcement.orientations import FieldPart
from matcher.announcement.plans import Mention, PlanBook, inline_mentions, note_mentions
from matcher.records import Basis, Citation

_SAME = re.compile(r"(?:như trên|nt|đã dẫn|tlđd|sđd|ibid)\b", re.IGNORECASE)
_AS_NOTE = re.compile(r"(?:như|xem)?\s*(?:chú thích|ghi chú|chú dẫn)\s*(?:số\s*)?\[?(\d{1,3})\]?", re.IGNORECASE)


def mentions_by_note(notes: Iterable[Note]) -> dict[int, list[Mention]]:
    """Return the plans that each note names; «như trên» and «xem chú thích 3» point to another note's."""
    found: dict[int, list[Mention]] = {}
    last: list[Mention] = []
    for note in sorted(notes, key=lambda each: each.number):
        mentions = note_mentions(note.text)
        if not mentions and (other := _AS_NOTE.match(note.text)):
            mentions = found.get(int(other[1]), [])
        elif not mentions and _SAME.match(note.text):
            mentions = last
        found.setdefault(note.number, mentions)
        last = mentions or last
    return found


def cite(
    fields: Sequence[FieldPart], notes: Iterable[Note], book: PlanBook, texts: Sequence[Sequence[str]]
) -> list[list[tuple[Citation, ...]]]:
    """Return the citations of every bullet, field by field; plans not listed are added to the book.

    `texts` are the bullets' texts in the same order. A mark on a field's heading, or
    a plan named there, speaks for the bullets below it.
    """
    by_note = mentions_by_note(notes)
    cited: list[list[tuple[Citation, ...]]] = []
    for part, own_texts in zip(fields, texts, strict=True):
        above = _by_marks(part.marks, by_note, book) or _inline(part.name, book, set())
        field_citations: list[tuple[Citation, ...]] = []
        for bullet, text in zip(part.bullets, own_texts, strict=True):
            own = _by_marks(bullet.marks, by_note, book)
            above = own or above
            main = own or [Citation(each.plan, Basis.INHERITED) for each in above]
            field_citations.append((*main, *_inline(text, book, {each.plan for each in main})))
        cited.append(field_citations)
    return cited


def _by_marks(marks: Iterable[int], by_note: dict[int, list[Mention]], book: PlanBook) -> list[Citation]:
    citations: list[Citation] = []
    for number in marks:
        for mention in by_note.get(number, []):
            known = book.find(mention)
            listed = known is not None and known.listed
            plan_id = known.id if known is not None else book.add(mention, listed=False)
            if plan_id not in {each.plan for each in citations}:
                citations.append(Citation(plan_id, Basis.EXPLICIT if listed else Basis.UNRESOLVED, number))
    return citations


def _inline(text: str, book: PlanBook, known: set[str]) -> list[Citation]:
    citations: list[Citation] = []
    for mention in inline_mentions(text):
        plan_id = book.add(mention, listed=False)
        if plan_id not in known:
            known = {*known, plan_id}
            citations.append(Citation(plan_id, Basis.INLINE))
    return citations
