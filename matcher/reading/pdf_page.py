"""One page of a PDF: its characters, its rules and what it shows, by PDFium."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from matcher.reading.layout import BLANK, Glyph, PageLine, lay_out
from matcher.reading.ruling import Rule, find_grids

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

#: Characters and objects of a page that are looked at; a page of small print has about 8,000 characters.
MAX_PAGE_CHARS = 50_000
MAX_PAGE_OBJECTS = 50_000
_HYPHENS = {0x02: "-", 0xFFFE: "-"}  # how PDFium reports a hyphen at the end of a line
_OFF_PAGE = -10_000.0  # where slanted text is put: among the running lines, if most pages have it
_THIN = 3.0  # points: a line is drawn as one, or as a narrow box
_RULE_LENGTH = 6.0  # points, at least


@dataclass(frozen=True, slots=True)
class PageText:
    """What one page holds; `unknown` counts characters that the file does not map to letters that are used here.

    `image_share` is how much of the page its largest picture covers; `image_pixels` how many it has.
    """

    height: float
    lines: list[PageLine]
    glyphs: int
    unknown: int
    image_share: float = 0.0
    image_pixels: int = 0
    paths: int = 0
    cut: bool = False  # it holds more than is looked at
    recognised: bool = False


def read_page(page: PdfPage) -> PageText:
    """Read one page of an open PDF.

    Raises
    ------
    pypdfium2.PdfiumError
        Where the page's text cannot be loaded.
    """
    glyphs = list(_glyphs(page))
    seen = [each for each in glyphs if each is not BLANK]
    shown = _objects(page)
    turned = any(glyph.turned for glyph in seen)
    lines = lay_out(glyphs, () if turned else find_grids(shown.rules))
    if turned:  # PDFium orders such lines by where they stand on the unturned page
        lines.sort(key=lambda line: -line.y)
    unknown = sum(_is_unknown(each.char) for each in seen)
    cut = len(glyphs) >= MAX_PAGE_CHARS
    return PageText(page.get_height(), lines, len(seen), unknown, shown.share, shown.pixels, shown.paths, cut)


def _is_unknown(char: str) -> bool:
    """Tell characters without a meaning, and letters of scripts that stand for others where a font's map is wrong."""
    return char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or "\u0400" <= char <= "\u1dff" or char < " "


@dataclass(slots=True)
class _Shown:
    """What a page shows besides text: straight lines, the largest picture's share of it and pixels, paths."""

    rules: list[Rule] = field(default_factory=list)
    share: float = 0.0
    pixels: int = 0
    paths: int = 0


def _objects(page: PdfPage) -> _Shown:
    import pypdfium2.raw as pdfium

    shown = _Shown()
    area = max(1.0, page.get_width() * page.get_height())
    kinds = [pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH]
    for each in islice(page.get_objects(filter=kinds, max_depth=3), MAX_PAGE_OBJECTS):
        box = each.get_bounds()
        if each.type == pdfium.FPDF_PAGEOBJ_PATH:
            shown.paths += 1
            shown.rules += () if each.level else _rules(*box)
        else:
            width, height = each.get_px_size()
            shown.share = max(shown.share, (box[2] - box[0]) * (box[3] - box[1]) / area)
            shown.pixels = max(shown.pixels, width * height)
    return shown


def _rules(left: float, bottom: float, right: float, top: float) -> list[Rule]:
    """Return the rule that a narrow path draws, or the four around a box."""
    width, height = right - left, top - bottom
    if height <= _THIN:
        return [Rule(False, (bottom + top) / 2, left, right)] if width >= _RULE_LENGTH else []
    if width <= _THIN:
        return [Rule(True, (left + right) / 2, bottom, top)] if height >= _RULE_LENGTH else []
    level = [Rule(False, at, left, right) for at in (bottom, top)]
    return level + [Rule(True, at, bottom, top) for at in (left, right)]


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
    angle: float, x: float, y: float, box: Sequence[float], page: tuple[float, float]
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
