"""The characters of one PDF page put together into lines, with what is raised in them."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from matcher.reading.drafting import marks

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

#: Characters of a page that are looked at; a page of small print has about 8,000.
MAX_PAGE_CHARS = 200_000
_HYPHENS = {0x02: "-", 0xFFFE: "-", 0xAD: "-"}  # how PDFium reports a hyphen at the end of a line
_WIDE_GAP = 2.0  # of the size: columns side by side, kept apart by three spaces
_RAISED_SIZE = 0.85
_RAISED_BY = 0.10
_OFF_PAGE = -10_000.0  # where slanted text is put: among the running lines, if most pages have it


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character with its place in points, as the page is seen: x to the right, y (baseline) upwards."""

    char: str
    x0: float
    x1: float
    y: float
    size: float
    turned: bool = False  # drawn sideways on the page


#: White space, whether drawn or only worked out by PDFium.
BLANK = Glyph(" ", 0, 0, 0, 0)


@dataclass(slots=True)
class PageLine:
    """A line of a page; `raised` are `(start, end)` within `text`."""

    text: str
    y: float
    size: float
    x0: float
    raised: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PageText:
    """What one page holds; `unknown` counts characters that the file does not map to Unicode."""

    height: float
    lines: list[PageLine]
    glyphs: int
    unknown: int
    has_image: bool


def read_page(page: PdfPage) -> PageText:
    """Read one page of an open PDF.

    Raises
    ------
    pypdfium2.PdfiumError
        Where the page's text cannot be loaded.
    """
    import pypdfium2.raw as pdfium

    glyphs = list(_glyphs(page))
    seen = [each for each in glyphs if each is not BLANK]
    unknown = sum(each.char == "\ufffd" or "\ue000" <= each.char <= "\uf8ff" for each in seen)
    has_image = not seen and any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    lines = [_line(group) for group in _grouped(glyphs)]
    if any(glyph.turned for glyph in seen):  # PDFium orders such lines by where they stand on the unturned page
        lines.sort(key=lambda line: -line.y)
    return PageText(page.get_height(), lines, len(seen), unknown, has_image)


def _glyphs(page: PdfPage) -> Iterator[Glyph]:
    """Yield the characters in the order of the file, white space as a blank without a place of its own."""
    import ctypes

    import pypdfium2.raw as pdfium

    x, y = ctypes.c_double(), ctypes.c_double()
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    turned = page.get_rotation() != 0
    width, height = page.get_size() if page.get_rotation() in (0, 180) else page.get_size()[::-1]
    text = page.get_textpage()
    try:
        raw = text.raw
        for index in range(min(text.count_chars(), MAX_PAGE_CHARS)):
            code = pdfium.FPDFText_GetUnicode(raw, index)
            char = _HYPHENS.get(code) or (chr(code) if 0 < code < 0x110000 else "\ufffd")
            if char.isspace():
                yield BLANK
                continue
            pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
            pdfium.FPDFText_GetLooseCharBox(raw, index, box)
            pdfium.FPDFText_GetMatrix(raw, index, matrix)
            size = pdfium.FPDFText_GetFontSize(raw, index) * math.hypot(matrix.c, matrix.d)
            angle = math.degrees(math.atan2(matrix.b, matrix.a))
            sides = (box.left, box.bottom, box.right, box.top)
            place = _placed(angle, x.value, y.value, sides, (width, height))
            yield Glyph(char, *place, size or abs(box.top - box.bottom), turned or abs(angle) > 45)
    finally:
        text.close()


def _placed(
    angle: float, x: float, y: float, box: tuple[float, float, float, float], page: tuple[float, float]
) -> tuple[float, float, float]:
    """Return a character's left, right and baseline as its own line runs: whole pages are often drawn sideways."""
    left, bottom, right, top = box
    quarter = round(angle / 90)
    if abs(angle - 90 * quarter) > 5:  # a stamp or watermark
        turn = math.radians(angle)
        along = x * math.cos(turn) + y * math.sin(turn)
        return along, along + (top - bottom) / 2, y * math.cos(turn) - x * math.sin(turn) + _OFF_PAGE
    if quarter == 0:
        return left, right, y
    if quarter == 1:
        return bottom, top, page[0] - x
    return (-top, -bottom, x) if quarter == -1 else (-right, -left, page[1] - y)


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


def _line(glyphs: list[Glyph]) -> PageLine:
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
        gap = glyph.x0 - last.x1 if last else 0.0
        text += "   " if gap > _WIDE_GAP * size else " " if blank else ""
        if glyph.size < _RAISED_SIZE * size and glyph.y > base + _RAISED_BY * size:
            start = raised.pop()[0] if raised and raised[-1][1] == len(text) else len(text)
            raised.append((start, len(text) + len(glyph.char)))
        text += glyph.char
        last, blank = glyph, False
    return PageLine(text, base, size, seen[0].x0, marks(text, raised))
