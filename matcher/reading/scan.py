"""Scanned pages: what is one, and the page that recognition makes of its picture."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from typing import TYPE_CHECKING

from matcher.reading.at_signs import mended
from matcher.reading.layout import BLANK, Glyph, lay_out
from matcher.reading.ocr import UNSURE, Recognised, recognise
from matcher.reading.pdf_page import PageText
from matcher.reading.ruling import Grid
from matcher.records import Problem
from matcher.text import is_syllable, normalize

if TYPE_CHECKING:
    from PIL.Image import Image

#: Share of characters without a meaning above which a page's text is worthless.
UNKNOWN_SHARE = 0.05
#: Pictures of more pixels are never decoded: A2 at 400 dots per inch has 62 million.
MAX_PIXELS = 80_000_000
_COVERS = 0.5  # of the page, that a picture takes where it is the page
_DRAWN_TEXT = range(200, 20_000)  # paths of a page without text that may be letters drawn as shapes
_SYLLABLES, _MARKED = 0.6, 0.2  # shares of words, below which a text behind a scan is no Vietnamese
_FEW_WORDS = 15
_INK, _SPECKS = 128, 0.002  # grey of what is printed, and the share of it that dust makes
_NO_WORD = "|¦│_ˆ`´¯'"  # what rules and specks are taken for
_RULE_SIGNS = f"{_NO_WORD}!Il[]"  # what a stretch of a table's upright line is taken for
_NEAR_RULE = 3.0  # points: text keeps further from the lines of its cell
_WORD = re.compile(r"[^\W\d_]{2,}")


def is_scan(page: PageText) -> bool:
    """Tell whether a page's letters must be recognised: it has none, they mean nothing, or they are a bad guess."""
    if not page.glyphs:
        return page.image_pixels > 0 or page.paths in _DRAWN_TEXT
    if page.unknown > UNKNOWN_SHARE * page.glyphs:
        return True
    return page.image_share >= _COVERS and not _is_vietnamese(" ".join(line.text for line in page.lines))


def _is_vietnamese(text: str) -> bool:
    """Tell Vietnamese from what a scanner without its letters makes of it; short texts are believed."""
    words = [word.lower() for word in _WORD.findall(normalize(text))]
    if len(words) < _FEW_WORDS:
        return True
    known = sum(map(is_syllable, words)) / len(words)
    return known >= _SYLLABLES and sum(not word.isascii() for word in words) >= _MARKED * len(words)


def read_scan(image: Image, *, points: float, timeout: float) -> PageText:
    """Recognise the picture of a page.

    Parameters
    ----------
    image : PIL.Image.Image
        The page, at about 300 dots per inch.
    points : float
        Points (1/72 inch) that a pixel measures.
    timeout : float
        Seconds that reading the picture once may take.

    Raises
    ------
    RecognitionError
        Where that is not enough, or recognition fails.
    """
    found = recognise(image, timeout=timeout, points=points)
    if not found.lines and _is_blank(image):
        return PageText(image.height * points, [], 0, 0)
    glyphs = [glyph for glyph in _glyphs(found, points) if not _is_rule(glyph, found.grids)]
    lines = lay_out(glyphs, found.grids)
    count = sum(len(glyph.char) for glyph in glyphs if glyph is not BLANK)
    return PageText(found.image.height * points, lines, count, 0, recognised=True)


def _is_blank(image: Image) -> bool:
    """Tell an empty sheet, such as the back of a printed one."""
    import numpy as np

    return bool(np.mean(np.asarray(image.convert("L")) < _INK) < _SPECKS)


def _glyphs(found: Recognised, points: float) -> list[Glyph]:
    """Turn words into large characters: all of one size, and those of one line on one height."""
    if not found.lines:
        return []
    heights = [max(word.bottom for word in line) - min(word.top for word in line) for line in found.lines]
    size = round(statistics.median(heights) * points, 1)
    glyphs = []
    for words in found.lines:
        line = [word for word in words if word.text.strip(_NO_WORD)]
        if not line:
            continue
        y = (found.image.height - statistics.median(word.bottom for word in line)) * points
        for word in line:
            left, right = word.x0 * points, word.x1 * points
            glyphs += [Glyph(mended(word.text), left, right, y, size, confidence=word.confidence), BLANK]
    return glyphs


def _is_rule(glyph: Glyph, grids: Sequence[Grid]) -> bool:
    """Tell a line between the cells of a table, recognised as a letter, from text."""
    if glyph is BLANK or glyph.char.strip(_RULE_SIGNS):
        return False
    return any(
        grid.ys[-1] - glyph.size <= glyph.y <= grid.ys[0]
        and any(glyph.x0 - _NEAR_RULE <= x <= glyph.x1 + _NEAR_RULE for x in grid.xs)
        for grid in grids
    )


def confidence_problems(pages: Sequence[PageText | None]) -> list[Problem]:
    """Say which pages were recognised, and which of their lines are doubtful (nhận dạng chữ chưa chắc).

    Lines are named by their number on the page, not by their words, which may be anybody's telephone number.
    """
    problems = []
    numbers = [number for number, page in enumerate(pages, 1) if page and page.recognised]
    if numbers:
        where = f"trang {', '.join(map(str, numbers))}"
        message = f"Bản quét: chữ ở {where} do máy nhận dạng, nên xem lại số liệu và tên riêng."
        problems.append(Problem("recognised", message, where))
    for number in numbers:
        page = pages[number - 1]
        lines = page.lines if page else []
        if not lines:
            message = f"Trang {number}: bản quét không nhận dạng được chữ nào."
            problems.append(Problem("page_without_text", message, f"trang {number}"))
        unsure = [str(place) for place, line in enumerate(lines, 1) if line.confidence < UNSURE]
        if unsure:
            message = f"Trang {number}: nhận dạng chữ chưa chắc ở dòng {', '.join(unsure)} (trên {len(lines)} dòng)."
            problems.append(Problem("low_confidence", message, f"trang {number}, dòng {', '.join(unsure)}"))
    return problems


def mostly_unsure(page: PageText) -> bool:
    """Tell whether half of a recognised page or more is doubtful, or nothing was found on it."""
    letters = sum(len(line.text) for line in page.lines)
    unsure = sum(len(line.text) for line in page.lines if line.confidence < UNSURE)
    return page.recognised and 2 * unsure >= letters
