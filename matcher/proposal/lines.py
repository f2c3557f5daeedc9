"""The lines of a document that carry its own text, and stretches of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matcher.records import Document, Line, LineKind

_BULLET = re.compile(r"\s*(?:[-–+*•▪➢✓]|[a-zđ]\)|\d{1,2}(?:\.\d{1,2})*[.)])\s*")
_POWER = re.compile(r"(?:\b[cdkm]?m|\b10)$")  # m², km², 10⁶: no note
_QUOTED = re.compile(r"^\s*(?:>\s?)+")  # as mail programs quote
#: Lines of mail are no longer than this; a text in which nearly all lines are so short was wrapped by hand.
_MAIL_WIDTH = 90
_FEWEST_WRAPPED = 15
_CELL_EDGE = re.compile(r"(?:^|(?<=\s))\|(?=\s|$)")
_LOST_NUMBER = re.compile(r"[^\W\d_]{1,3}\s{3,}(?=[A-ZĐÀ-Ỹ])")  # «và   Lý do»: recognised for a number by itself
_LONGEST_NUMBER = 4  # «VIII»
_NUMBER_CELL = re.compile(r"(?:mục\s+|câu\s+)?(?:\d{1,2}|[IVX]{1,5})\s*[.):]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """A line as text: `joined` says that it runs on from the line before, `cell` where a table's first cell ends.

    `page` and `line` lead back to the document; `cell` is 0 outside tables.
    """

    text: str
    joined: bool = False
    heading: bool = False
    cell: int = 0
    page: int = 0
    line: int = -1
    confidence: float = 1.0


@dataclass(slots=True)
class _Whole:
    """A line of its own, or a table's row with what stands of it on the next page."""

    index: int
    line: Line
    text: str
    page: int
    confidence: float


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in rows: the row's index and the code point within its text."""

    row: int
    at: int


def rows_of(document: Document) -> list[Row]:
    """Return the lines of a document that carry its own text, list markers put back."""
    return list(_rows(document))


def between(rows: Sequence[Row], start: Place, end: Place) -> list[Row]:
    """Return what stands between two places, as rows."""
    found = []
    for index in range(start.row, min(end.row, len(rows) - 1) + 1):
        row = rows[index]
        left = start.at if index == start.row else 0
        right = end.at if index == end.row else len(row.text)
        text = row.text[left:right].strip(" \t|")
        if text:
            partial = left > 0
            found.append(Row(text, row.joined and not partial, row.heading, 0, row.page, row.line, row.confidence))
    return found


def joined(rows: Sequence[Row]) -> str:
    """Return rows as one text: a line that runs on after a space, any other after a line feed."""
    text = ""
    for row in rows:
        text += ("" if not text else " " if row.joined else "\n") + row.text
    return text


def is_marked(text: str) -> bool:
    """Tell whether a line begins with a bullet or a number."""
    return _BULLET.match(text) is not None


def _rows(document: Document) -> Iterator[Row]:
    wrapped = document.media != "docx" or _is_pasted(document)
    for whole in _wholes(document):
        line, text, cell = whole.line, whole.text, 0
        if line.kind is LineKind.TABLE:
            text, cell = _table_row(text, recognised=line.confidence < 1)
        elif line.confidence < 1 and (number := _LOST_NUMBER.match(text)):
            text = text[number.end() :]
        elif line.marker and not text.lstrip().startswith(line.marker):
            text = f"{line.marker} {text.lstrip()}" if text.strip() else ""
        text = _QUOTED.sub("", text).strip()
        if text:
            runs_on = wrapped and not is_marked(text) and not cell
            yield Row(text, runs_on, line.heading, cell, line.page, whole.index, whole.confidence)


def _wholes(document: Document) -> list[_Whole]:
    """Return the lines that carry the document's own text, rows that a page's end cuts in two made whole."""
    wholes: list[_Whole] = []
    heads: set[str] = set()
    for index, line in enumerate(document.lines):
        if line.kind in (LineKind.RUNNING, LineKind.NOTE):
            continue
        text = _without_marks(document, line)
        last = wholes[-1] if wholes else None
        below_row = last is not None and line.kind is last.line.kind is LineKind.TABLE
        if last and below_row and line.page == last.page + 1 and document.media != "docx":
            if text in heads:  # a table's first row, said again on each page
                continue
            if _goes_on(last.text, text):
                both = zip(_cells(last.text), _cells(text), strict=True)
                last.text = " | ".join(" ".join(filter(None, pair)) for pair in both)
                last.page, last.confidence = line.page, min(last.confidence, line.confidence)
                continue
        if line.kind is LineKind.TABLE and not below_row:
            heads.add(text)
        wholes.append(_Whole(index, line, text, line.page, line.confidence))
    return wholes


def _goes_on(row: str, text: str) -> bool:
    """Tell whether a page's first row is the rest of the row before: its labels are empty, or begin in mid sentence."""
    before, cells = _cells(row), _cells(text)
    labels = cells[:-1]
    return len(cells) == len(before) > 1 and all(
        not label or (label[0].islower() and above) for label, above in zip(labels, before[:-1], strict=True)
    )


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in _CELL_EDGE.split(row)]


def _is_pasted(document: Document) -> bool:
    """Tell whether a Word file holds text wrapped line by line, as pasted from mail."""
    lengths = [line.span.end - line.span.start for line in document.lines if line.kind is LineKind.BODY]
    long = [length for length in lengths if length > _MAIL_WIDTH // 2]
    return len(long) >= _FEWEST_WRAPPED and sum(length <= _MAIL_WIDTH for length in long) >= 0.95 * len(long)


def _without_marks(document: Document, line: Line) -> str:
    """Return a line without its raised note numbers: they would read as part of a word."""
    text, start = "", line.span.start
    for mark in line.raised:
        before = document.text[start : mark.start]
        if not _POWER.search(before):
            text += before
            start = mark.end
    return text + document.text[start : line.span.end]


def _table_row(text: str, *, recognised: bool) -> tuple[str, int]:
    """Return a table's row without empty cells, and where its label ends: the first cell that is no number.

    What recognition made of a number by itself, as «đi» of a 7, says nothing.
    """
    cells = [cell for cell in _cells(text) if cell]
    if recognised and len(cells) > 2 and len(cells[0]) <= _LONGEST_NUMBER and not _NUMBER_CELL.fullmatch(cells[0]):
        cells = cells[1:]
    labels = cells[: 2 if cells and _NUMBER_CELL.fullmatch(cells[0]) else 1]
    return " | ".join(cells), len(" | ".join(labels)) if len(cells) > len(labels) else 0
