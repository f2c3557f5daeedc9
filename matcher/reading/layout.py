"""The characters of one page put together into lines, rows of tables and columns, with what is raised in them."""

from __future__ import annotations

import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from matcher.reading.drafting import marks
from matcher.reading.ruling import Grid

_WIDE_GAP = 2.0  # of the size: texts side by side, kept apart by three spaces
_GUTTER = 1.2  # of the size: between columns of running text
_COLUMN_ROWS = 6  # lines side by side that make columns; a letterhead or the place of signatures has fewer
_COLUMN_SHARE = 0.25  # of the width of the page's text, that a column takes at least
_RAISED_SIZE = 0.85
_RAISED_BY = 0.10
_NO_GAP = 0.04  # of the size: less is no space, though the file may hold one


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character, or a recognised word, with its place in points: x to the right, y (baseline) upwards."""

    char: str
    x0: float
    x1: float
    y: float
    size: float
    turned: bool = False  # drawn sideways on the page
    confidence: float = 1.0


#: White space, whether drawn or only worked out by PDFium.
BLANK = Glyph(" ", 0, 0, 0, 0)


@dataclass(slots=True)
class PageLine:
    """A line of a page, or a row of a table; `raised` are `(start, end)` within `text`."""

    text: str
    y: float
    size: float
    x0: float
    raised: list[tuple[int, int]] = field(default_factory=list)
    confidence: float = 1.0
    is_row: bool = False


def lay_out(glyphs: Iterable[Glyph], grids: Sequence[Grid] = ()) -> list[PageLine]:
    """Return the lines of a page in reading order, from its characters in the order of the file.

    A row of a ruled table becomes one line, its cells joined with " | "; lines drawn straight across two columns
    of text are read column by column.
    """
    lines: list[PageLine] = []
    for grid, stretch in _stretches(glyphs, grids):
        if grid is None:
            lines += [_line(group) for group in _unfolded(list(_grouped(stretch)))]
        else:
            lines += _rows(grid, stretch)
    return lines


def _stretches(glyphs: Iterable[Glyph], grids: Sequence[Grid]) -> list[tuple[Grid | None, list[Glyph]]]:
    """Cut the characters into running text and tables; a table stands where its first character does."""
    stretches: list[tuple[Grid | None, list[Glyph]]] = []
    tables: dict[int, list[Glyph]] = {}
    current: list[Glyph] = []
    for glyph in glyphs:
        if glyph is BLANK:
            current.append(glyph)
            continue
        index = next((index for index, grid in enumerate(grids) if _cell(grid, glyph)), None)
        if index is None:
            if not stretches or stretches[-1][0] is not None:
                stretches.append((None, []))
            current = stretches[-1][1]
        else:
            if index not in tables:
                tables[index] = []
                stretches.append((grids[index], tables[index]))
            current = tables[index]
        current.append(glyph)
    return stretches


def _cell(grid: Grid, glyph: Glyph) -> tuple[int, int] | None:
    return grid.cell_at((glyph.x0 + glyph.x1) / 2, glyph.y + 0.3 * glyph.size)


def _rows(grid: Grid, glyphs: Sequence[Glyph]) -> Iterator[PageLine]:
    """Write a table row by row; a row of one cell is a frame around ordinary text."""
    held: dict[tuple[int, int], list[Glyph]] = {}
    current: list[Glyph] = []
    for glyph in glyphs:
        cell = None if glyph is BLANK else _cell(grid, glyph)
        if cell is not None:
            current = held.setdefault(cell, [])
        current.append(glyph)
    for row in grid.rows():
        cells = [[_line(group) for group in _grouped(held.get(cell, ()))] for cell in row]
        if len(row) == 1:
            yield from cells[0]
        elif any(cells):
            yield _row(cells)


def _row(cells: Sequence[Sequence[PageLine]]) -> PageLine:
    text = ""
    raised: list[tuple[int, int]] = []
    for number, cell in enumerate(cells):
        text += " | " if number else ""
        for index, line in enumerate(cell):
            text += " " if index else ""
            raised += [(start + len(text), end + len(text)) for start, end in line.raised]
            text += line.text
    lines = [line for cell in cells for line in cell]
    letters = sum(len(line.text) for line in lines)
    confidence = sum(line.confidence * len(line.text) for line in lines) / letters
    first = max(lines, key=lambda line: line.y)
    return PageLine(text.strip(), first.y, first.size, lines[0].x0, raised, confidence, is_row=True)


def _grouped(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Cut the characters into lines: where the baseline moves by half a size, or the pen goes back left."""
    line: list[Glyph] = []
    last = BLANK
    for glyph in glyphs:
        if glyph is BLANK:
            if line:
                line.append(glyph)
            continue
        size = max(last.size, glyph.size)
        if line and (abs(glyph.y - last.y) > 0.5 * size or glyph.x0 < last.x0 - 0.5 * size):
            yield line
            line = []
        line.append(glyph)
        last = glyph
    if line:
        yield line


# ------------------------------------------------------------------------------------------------ columns


def _unfolded(groups: list[list[Glyph]]) -> list[list[Glyph]]:
    """Put lines that run across two columns into the order in which the columns are read."""
    ordered: list[list[Glyph]] = []
    start = 0
    while start < len(groups):
        end, gutter = _run(groups, start)
        if end > start and _are_columns(groups, groups[start:end], gutter):
            halves = [_split(group, gutter) for group in groups[start:end]]
            ordered += [half for side in (0, 1) for pair in halves if (half := pair[side])]
            start = end
        else:
            ordered += groups[start : max(end, start + 1)]
            start = max(end, start + 1)
    return ordered


def _run(groups: Sequence[list[Glyph]], start: int) -> tuple[int, float]:
    """Return where the lines that leave one gutter free end, and the middle of that gutter."""
    low, high = float("-inf"), float("inf")
    end = start
    while end < len(groups):
        gap = _gap(groups[end])
        if gap is None:
            left, right = _sides(groups[end])
            gap = (low, left) if left >= high else (right, high) if right <= low else None
            if low == float("-inf") or gap is None:
                break
        both = max(low, gap[0]), min(high, gap[1])
        if both[0] >= both[1]:
            break
        low, high = both
        end += 1
    return end, (low + high) / 2


def _gap(group: Sequence[Glyph]) -> tuple[float, float] | None:
    """Return the only wide gap of a line; None where it has none or several."""
    seen = [glyph for glyph in group if glyph is not BLANK]
    gaps = [
        (last.x1, glyph.x0)
        for last, glyph in pairwise(seen)
        if glyph.x0 - last.x1 > _GUTTER * max(last.size, glyph.size)
    ]
    return gaps[0] if len(gaps) == 1 else None


def _sides(group: Sequence[Glyph]) -> tuple[float, float]:
    seen = [glyph for glyph in group if glyph is not BLANK]
    return min(glyph.x0 for glyph in seen), max(glyph.x1 for glyph in seen)


def _split(group: Sequence[Glyph], gutter: float) -> tuple[list[Glyph], list[Glyph]]:
    sides: tuple[list[Glyph], list[Glyph]] = ([], [])
    side = 0
    for glyph in group:
        if glyph is not BLANK:
            side = int(glyph.x0 > gutter)
        if glyph is not BLANK or sides[side]:
            sides[side].append(glyph)
    return sides


def _are_columns(page: Sequence[list[Glyph]], run: Sequence[list[Glyph]], gutter: float) -> bool:
    """Tell columns of running text from what merely stands side by side: many lines, both sides broad."""
    pairs = [pair for group in run if all(pair := _split(group, gutter))]
    if len(pairs) < _COLUMN_ROWS:
        return False
    extents = [_sides(group) for group in page]
    width = max(right for _, right in extents) - min(left for left, _ in extents)
    broad = [statistics.median(right - left for left, right in map(_sides, side)) for side in zip(*pairs, strict=True)]
    return min(broad) >= _COLUMN_SHARE * width


# -------------------------------------------------------------------------------------------------- lines


def _line(glyphs: Sequence[Glyph]) -> PageLine:
    """Write one line; what is smaller and higher than most of it is raised."""
    seen = [glyph for glyph in glyphs if glyph is not BLANK]
    sizes = Counter(round(glyph.size, 1) for glyph in seen)
    size = max(sizes, key=lambda each: (sizes[each], each))
    base = statistics.median(glyph.y for glyph in seen if round(glyph.size, 1) == size)
    text = ""
    raised: list[tuple[int, int]] = []
    last: Glyph | None = None
    blank = False
    for glyph in glyphs:
        if glyph is BLANK:
            blank = True
            continue
        text += _space(last, glyph, size, blank)
        if glyph.size < _RAISED_SIZE * size and glyph.y > base + _RAISED_BY * size:
            start = raised.pop()[0] if raised and raised[-1][1] == len(text) else len(text)
            raised.append((start, len(text) + len(glyph.char)))
        text += glyph.char
        last, blank = glyph, False
    letters = sum(len(glyph.char) for glyph in seen)
    confidence = sum(glyph.confidence * len(glyph.char) for glyph in seen) / letters
    return PageLine(text, base, size, seen[0].x0, marks(text, raised), confidence)


def _space(last: Glyph | None, glyph: Glyph, size: float, blank: bool) -> str:
    """Return the white space between two characters as it is seen: a blank without width within a word is none.

    Word draws an accented letter that its font lacks by itself, or as a letter and a mark, and PDFium may take
    the new piece for a new word.
    """
    if last is None:
        return ""
    gap = glyph.x0 - last.x1
    if gap > _WIDE_GAP * size:
        return "   "
    if not blank or unicodedata.combining(glyph.char[0]):
        return ""
    within = last.char[-1].isalpha() and glyph.char[0].isalpha() and not (last.char + glyph.char).isascii()
    return "" if within and last.confidence == 1 and gap < _NO_GAP * size else " "
