"""Where in a form each stretch of a section stands: under which item and on which page."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.proposal.cleaning import clean
from matcher.proposal.lines import Row
from matcher.records import Document, SectionPlace

#: So much of a line's beginning is looked for in the text that was made of it.
_HEAD = 24


def places_in(section: str, text: str, parts: Sequence[tuple[int, Sequence[Row]]]) -> list[SectionPlace]:
    """Return from where on a section's text stands under which item and on which page.

    Parameters
    ----------
    section : str
        Its name.
    text : str
        Made of the parts, hints and contact data left out.
    parts : sequence of (int, rows)
        The number of the item, 0 for what is none of the template's, and its lines, in the order of the text.
    """
    found: list[SectionPlace] = []
    at = 0
    for item, rows in parts:
        for row in rows:
            start = _found(text, row, at)
            if start < 0:
                continue
            at = start + 1
            if not found or (found[-1].item, found[-1].page) != (item, row.page):
                found.append(SectionPlace(section, start if found else 0, item, row.page))
    return found


def _found(text: str, row: Row, at: int) -> int:
    head = clean(row.text)[:_HEAD].strip()
    return text.find(head, at) if head else -1


def knows_pages(document: Document) -> bool:
    """Say whether each line's page is known, not merely how many pages there are.

    A Word file notes where its pages begin only where the program that wrote it did; elsewhere all lines stand on the
    first page, however many there are.
    """
    if document.media == "txt":
        return document.pages > 1
    return document.pages == 1 or max((line.page for line in document.lines), default=1) > 1
