"""How many pages a Word file has: what its program noted, what its breaks show, or a cautious estimate."""

from __future__ import annotations

import math
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from matcher.reading.ink import Ink
from matcher.reading.ooxml import W
from matcher.reading.styles import Styles, integer, spacing_of, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_WIDE, _HIGH, _MARGIN = 11906, 16838, 1440  # A4 and Word's margins, in twentieths of a point
_CHARACTER = 0.42  # width of a letter of running text by the size of the type: low, so that the estimate is not high
_LINE = 1.15  # height of a line of Times New Roman by the size of the type
_HALF_POINTS = 20  # size of the type where nothing states one
_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_BLANKS = re.compile(r"\s")


@dataclass(slots=True)
class Sheets:
    """Turns the pages of a document while it is read.

    `fresh` says that the page has just begun at a break of the author's, so that a break which Word found there is
    that one. `sections` are those not ended yet.
    """

    page: int = 1
    fresh: bool = True
    sections: deque[Element] = field(default_factory=deque)

    @classmethod
    def of(cls, body: Element) -> Sheets:
        """Return the first page of a body."""
        sections = body.iter(f"{W}sectPr")
        return cls(sections=deque(each for each in sections if not _is_former(each)))

    def turn(self) -> None:
        """Begin a page where the author asked for one."""
        self.page += 1
        self.fresh = True

    def end_section(self) -> None:
        """Begin a page where the section that follows asks for one, as it does unless it says otherwise."""
        if self.sections:
            self.sections.popleft()
        if self.sections and value_of(self.sections[0], "type") not in ("continuous", "nextColumn"):
            self.turn()

    def breaks(self, ink: Ink) -> list[int]:
        """Return the places of ink where pages begin, each once."""
        places, done = [], 0
        for place, asked in ink.breaks:
            self.fresh = self.fresh and not ink.text[done:place].strip()
            done = place
            if asked or not self.fresh:
                places.append(place)
            self.fresh = asked
        self.fresh = self.fresh and not ink.text[done:].strip()
        return places


def _is_former(section: Element) -> bool:
    parent = section.getparent()
    return parent is not None and parent.tag == f"{W}sectPrChange"


def noted_pages(root: Element | None, text_length: int, least: int) -> int:
    """Return the count of pages in `docProps/app.xml`; 0 where there is none, or it is of another text.

    Programs that do not lay out leave the numbers of the blank they began with: believed is a count whose characters
    are about those of the text (`text_length`) and which is not less than the breaks show (`least`).
    """
    if root is None:
        return 0
    pages = _count(root, "Pages")
    characters = _count(root, "Characters")
    if pages is None or pages < max(1, least):
        return 0
    fits = characters is None or text_length / 2 <= characters <= text_length * 2
    return pages if fits else 0


def printed_length(text: str) -> int:
    """Return the characters of a text as Word counts them: without white space."""
    return len(_BLANKS.sub("", text))


def estimated_pages(body: Element, styles: Styles) -> int:
    """Estimate the pages of a body from the size of its type, its spacing, its margins and its length."""
    section = next((each for each in reversed(body) if each.tag == f"{W}sectPr"), None)
    wide = _measure(section, "pgSz", "w", _WIDE) - sum(_measure(section, "pgMar", side, _MARGIN) for side in _SIDES)
    high = _measure(section, "pgSz", "h", _HIGH) - sum(_measure(section, "pgMar", side, _MARGIN) for side in _ENDS)
    sheet = max(high, _MARGIN) / 20
    return max(1, math.ceil(_height(body, max(wide, _MARGIN) / 20, styles) / sheet))


_SIDES, _ENDS = ("left", "right"), ("top", "bottom")


def _count(root: Element, name: str) -> int | None:
    found = next(root.iter(f"{{*}}{name}"), None)
    text = "" if found is None else found.text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def _measure(section: Element | None, element: str, attribute: str, default: int) -> int:
    found = None if section is None else section.find(f"{W}{element}")
    return default if found is None else abs(integer(found.get(f"{W}{attribute}"), default))


def _height(parent: Element, width: float, styles: Styles) -> float:
    return sum(
        _paragraph(block, width, styles)
        if block.tag == f"{W}p"
        else sum(_row(row, width, styles) for row in _inside(block, f"{W}tr"))
        for block in _inside(parent, f"{W}p", f"{W}tbl")
    )


def _inside(parent: Element, *tags: str) -> Iterator[Element]:
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, *tags)


def _row(row: Element, width: float, styles: Styles) -> float:
    cells = list(_inside(row, f"{W}tc"))
    even = width / max(1, len(cells))
    return max((_height(cell, _cell_width(cell, even), styles) for cell in cells), default=0.0)


def _cell_width(cell: Element, even: float) -> float:
    stated = cell.find(f"{W}tcPr/{W}tcW")
    if stated is None or stated.get(f"{W}type", "dxa") != "dxa":
        return even
    return max(integer(stated.get(f"{W}w")) / 20, 20.0) if stated.get(f"{W}w") else even


def _paragraph(element: Element, width: float, styles: Styles) -> float:
    properties = element.find(f"{W}pPr")
    style = styles.of_paragraph(properties)
    run = next((each for each in element.iter(f"{W}r") if each.find(f"{W}t") is not None), None)
    stated = None if run is None else value_of(run.find(f"{W}rPr"), "sz")
    size = (integer(stated) or style.size or styles.defaults.size or _HALF_POINTS) / 2
    spacing = {**styles.defaults.spacing, **style.spacing, **spacing_of(properties)}
    line = integer(spacing.get("line"), 240)
    auto = spacing.get("lineRule", "auto") == "auto"
    step = max(1.0, size * _LINE * line / 240 if auto else line / 20)
    length = sum(len(each.text or "") for each in element.iter(f"{W}t"))
    lines = max(1, math.ceil(length * size * _CHARACTER / width))
    return lines * step + (integer(spacing.get("before")) + integer(spacing.get("after"))) / 20
