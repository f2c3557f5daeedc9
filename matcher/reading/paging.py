"""The lines of all pages in order, each with its kind: running lines and notes are told by place and size."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from matcher.reading.drafting import DraftLine
from matcher.reading.hyphens import rejoined, with_soft_hyphens
from matcher.reading.layout import PageLine
from matcher.reading.pdf_page import PageText
from matcher.records import LineKind

_MARGIN = 0.12  # of the page's height, at the top and at the foot
_SAME_HEIGHT = 4.0  # points
_SAME_HEIGHT_SCANNED = 20.0  # points: sheets lie differently in the scanner
_NOTE_SIZE = 0.92  # of the size of the body
_PAGE_NUMBER = re.compile(r"(?:trang|page)?\s*[-–]?\s*(\d{1,4})\s*[-–]?(?:\s*(?:/|trên|of)\s*\d{1,4})?", re.IGNORECASE)
_NOTE_START = re.compile(r"\d{1,3}[.)]?\s*[^\W\d_]")


def drafts_of(pages: Sequence[PageText | None]) -> list[DraftLine]:
    """Put the lines of all pages in order; a page that could not be read is None."""
    running = _running(pages)
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines if page else ():
            sizes[line.size] += len(line.text)
    body = max(sizes, key=lambda size: (sizes[size], size))
    drafts = []
    for number, page in enumerate(pages, 1):
        if page is None:
            continue
        small = [line for line in page.lines if id(line) not in running]
        notes = set() if page.recognised else _notes(small, body)
        for line in page.lines:
            kind = LineKind.TABLE if line.is_row else LineKind.BODY
            if id(line) in running:
                kind = LineKind.RUNNING
            elif id(line) in notes:
                kind = LineKind.NOTE
            confidence = round(line.confidence, 3)
            drafts.append(DraftLine(line.text, number, kind, raised=tuple(line.raised), confidence=confidence))
    return rejoined(with_soft_hyphens(drafts))


def _running(pages: Sequence[PageText | None]) -> set[int]:
    """Find the lines in the margins that most pages share, and the page numbers."""
    places: dict[str, list[tuple[int, PageLine]]] = defaultdict(list)
    found: set[int] = set()
    scanned = any(page.recognised for page in pages if page)
    for number, page in enumerate(pages, 1):
        if page is None or not page.lines:
            continue
        top = max(line.y for line in page.lines)
        foot = min(line.y for line in page.lines)
        for line in page.lines:
            low, high = page.height * _MARGIN, page.height * (1 - _MARGIN)
            if not low < line.y < high:
                places[re.sub(r"\d+", "#", line.text.casefold())].append((number, line))
            match = _PAGE_NUMBER.fullmatch(line.text.strip())
            if match and line.y in (top, foot) and len(page.lines) > 1 and int(match[1]) <= number + 20:
                found.add(id(line))
    enough = max(2, (len([page for page in pages if page and page.lines]) + 1) // 2)
    near = _SAME_HEIGHT_SCANNED if scanned else _SAME_HEIGHT
    for same in places.values():
        for _, line in same:
            shared = {number for number, other in same if abs(other.y - line.y) <= near}
            if len(shared) >= enough:
                found.add(id(line))
    return found


def _notes(lines: Sequence[PageLine], body: float) -> set[int]:
    """Find the block of small print at the foot of a page, from its first line that begins with a number."""
    block: list[PageLine] = []
    for line in sorted(lines, key=lambda line: line.y):
        if line.size > _NOTE_SIZE * body or line.is_row:
            break
        block.append(line)
    starts = [line.y for line in block if _NOTE_START.match(line.text)]
    return {id(line) for line in block if line.y <= max(starts)} if starts else set()
