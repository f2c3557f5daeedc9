"""Document → rows: page numbers and running headers gone, superscripts turned into marks of notes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from matcher.records import Document, Line, LineKind

#: A reference to note n stands in a row's text as OPEN + n + CLOSE (characters of private use).
OPEN, CLOSE = "\ue000", "\ue001"
MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")

_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED_DIGITS = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_UNIT_BEFORE = re.compile(r"(?:^|[\s\d/(])(?:[cdkm]?m|ha)$")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_PAGE_NUMBER = re.compile(r"(?:trang\s*)?[-–—]?\s*\d{1,3}\s*(?:/\s*\d{1,3}\s*)?[-–—]?", re.IGNORECASE)
_WANTS_NUMBER = re.compile(r"(?:số|điều|khoản|ngày|tháng|năm|và|từ|đến|khoảng|thứ|mục|quý)$", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:[-–—•*+●▪]|\d{1,2}[.)]|[a-zđA-ZĐ][.)])\s*\S")
#: What a line without words is made of.
_BLANK = f" \t_-–—\u00a0{OPEN}{CLOSE}"
_NOTE_BODY = re.compile(r"[\[(]?\d{1,3}[\])]?\s*[^\W\d_].*\d\s?[/-]\s?[A-ZĐ]")
_RUNNING_WORDS = 16


@dataclass(frozen=True, slots=True)
class Row:
    """One line that carries text; `[start, end)` is its place in the document's text."""

    text: str
    start: int
    end: int
    page: int = 1
    marker: str = ""
    level: int = 0
    heading: bool = False
    kind: LineKind = LineKind.BODY
    gap: bool = False
    ruled: bool = False
    indent: int = 0


def rows_of(document: Document) -> list[Row]:
    """Return the rows of a document in order, without page numbers, running headers and blank lines."""
    rows: list[Row] = []
    gap = True
    ruled = False
    for line in document.lines:
        raw = document.line_text(line)
        if not raw.strip(_BLANK):
            ruled = ruled or len(raw) > 15
            gap = True
            continue
        if line.kind is LineKind.RUNNING:
            continue
        gap = gap or (bool(rows) and rows[-1].page != line.page)
        rows.append(_row(document, line, gap, ruled))
        gap = ruled = False
    return _without_running(_without_page_numbers(rows))


def _row(document: Document, line: Line, gap: bool, ruled: bool) -> Row:
    raw = document.line_text(line)
    left = len(raw) - len(raw.lstrip())
    text = " ".join(_marked(document, line).split())
    start = line.span.start + left
    return Row(
        text=text,
        start=start,
        end=start + len(raw.strip()),
        page=line.page,
        marker=line.marker,
        level=line.level,
        heading=line.heading,
        kind=line.kind,
        gap=gap,
        ruled=ruled,
        indent=len(raw[:left].expandtabs(8)),
    )


def _marked(document: Document, line: Line) -> str:
    """Return the line's text with its superscript numbers as marks."""
    pieces: list[str] = []
    at = line.span.start
    for span in sorted(line.raised, key=lambda each: each.start):
        number = _number(span.of(document.text))
        before = document.text[line.span.start : span.start]
        if span.start < at or number is None or _is_unit(before, number):
            continue
        pieces += [_plain(document.text[at : span.start]), OPEN, str(number), CLOSE]
        at = span.end
    pieces.append(_plain(document.text[at : line.span.end]))
    text = "".join(pieces)
    return _RAISED_DIGITS.sub(lambda found: _superscript(found, text), text)


def _plain(text: str) -> str:
    """Take out characters that would pass for marks."""
    return text.replace(OPEN, "").replace(CLOSE, "")


def _superscript(found: re.Match[str], text: str) -> str:
    number = int(found.group().translate(_SUPERSCRIPT))
    if _is_unit(text[: found.start()], number):
        return found.group()
    return f"{OPEN}{number}{CLOSE}"


def _is_unit(before: str, number: int) -> bool:
    """Tell m², m³ and km² from a mark."""
    return number in (2, 3) and bool(_UNIT_BEFORE.search(before))


def _number(text: str) -> int | None:
    """Read «12», «(12)», «[12]» or a small Roman number; None for any other superscript."""
    text = text.strip(" []()").lower()
    if text.isascii() and text.isdigit() and len(text) <= 3:
        return int(text)
    if text and set(text) <= set(_ROMAN):
        values = [_ROMAN[letter] for letter in text]
        return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
    return None


def _without_page_numbers(rows: Sequence[Row]) -> list[Row]:
    """Drop rows that hold nothing but a page number, unless the row above waits for a number.

    Each ends a page: pages are counted anew, also where the file itself marks none.
    """
    bare = [row.kind is LineKind.BODY and not row.marker and bool(_PAGE_NUMBER.fullmatch(row.text)) for row in rows]
    series = {_first_number(row.text) for row, is_bare in zip(rows, bare, strict=True) if is_bare}
    kept: list[Row] = []
    ended = 0
    for row, is_bare in zip(rows, bare, strict=True):
        number = _first_number(row.text) if is_bare else 0
        counts_on = bool({number - 1, number + 1} & series)
        dressed = not row.text.isdigit()  # «- 7 -», «Trang 7/12»
        if is_bare and (counts_on or dressed or not (kept and _WANTS_NUMBER.search(kept[-1].text))):
            ended += 1
        elif not ended:
            kept.append(row)
        else:
            kept.append(replace(row, page=row.page + ended, gap=row.gap or _page_of(kept) != row.page + ended))
    return kept


def _first_number(text: str) -> int:
    found = re.search(r"\d+", text)
    return int(found[0]) if found else 0


def _page_of(rows: Sequence[Row]) -> int:
    return rows[-1].page if rows else 0


def _without_running(rows: Sequence[Row]) -> list[Row]:
    """Drop the short lines that head or close most pages, whatever number they carry."""
    pages: dict[int, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        if row.kind is LineKind.BODY:
            pages[row.page].append(index)
    edges = {number: {*members[:2], *members[-2:]} for number, members in pages.items()}
    seen: Counter[str] = Counter()
    for members in edges.values():
        seen.update({_shape(rows[index].text) for index in members if _may_run(rows[index])})
    needed = max(2, (len(pages) + 1) // 2)
    running = {shape for shape, count in seen.items() if count >= needed}
    at_edge = {index for members in edges.values() for index in members}
    return [
        row
        for index, row in enumerate(rows)
        if not (index in at_edge and _may_run(row) and _shape(row.text) in running)
    ]


def _may_run(row: Row) -> bool:
    if row.marker or _LISTED.match(row.text) or _NOTE_BODY.match(row.text):
        return False
    return len(row.text.split()) <= _RUNNING_WORDS


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.casefold().split()))


def with_text(row: Row, text: str) -> Row:
    """Return the row with other text, its place unchanged."""
    return replace(row, text=text)
