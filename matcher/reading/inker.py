"""From a paragraph of a Word file to its ink: what a reader of the accepted document sees of each run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from matcher.reading.fields import Fields
from matcher.reading.ink import Ink
from matcher.reading.ooxml import MATH, MC, W
from matcher.reading.styles import Style, Styles
from matcher.reading.symbols import symbol, with_symbols

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: Subtrees whose text no reader of the accepted document sees.
_UNSEEN = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "delText", "instrText", "pPr", "rPr", "fldData", "rt", "sdtPr")
)
_FIXED = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "\u00ad",
}
_REFERENCES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}

_TEXT_PATH = "{urn:schemas-microsoft-com:vml}textpath"

#: Numbers a note when its reference is met: (kind, id of the note) → the number as printed.
Cite = Callable[[str, str], str]


class Inker:
    """Collects the ink of paragraphs; knows the styles and numbers the notes.

    `hidden` counts the characters that were left out because they are hidden.
    """

    def __init__(self, styles: Styles, cite: Cite) -> None:
        self._styles = styles
        self._cite = cite
        self._paragraph = Style()
        self._fields: Fields | None = None
        self.hidden = 0

    def paragraph(self, element: Element) -> Ink:
        """Return what is seen of a `w:p`, tracked changes taken as accepted."""
        self._paragraph = self._styles.of_paragraph(element.find(f"{W}pPr"))
        self._fields = Fields(element)
        ink = Ink()
        self._collect(element, ink)
        ink.decode()
        return ink

    def _collect(self, elements: Iterable[Element], ink: Ink) -> None:
        for child in elements:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, ink)
            elif tag == f"{W}txbxContent":
                ink.boxes.append(child)
            elif tag == f"{MC}AlternateContent":
                self._alternative(child, ink)
            elif tag == f"{MATH}t":
                ink.write(child.text or "")
            elif tag == _TEXT_PATH:
                ink.write(child.get("string") or "")
            elif tag not in _UNSEEN:
                self._collect(child, ink)

    def _alternative(self, element: Element, ink: Ink) -> None:
        """Of two forms of one drawing take the newer, so that no text box is read twice."""
        chosen = element.find(f"{MC}Choice")
        chosen = element.find(f"{MC}Fallback") if chosen is None else chosen
        if chosen is not None:
            self._collect(chosen, ink)

    def _run(self, run: Element, ink: Ink) -> None:
        properties = run.find(f"{W}rPr")
        if self._styles.is_hidden(properties, self._paragraph):
            self.hidden += sum(len((each.text or "").strip()) for each in run.iter(f"{W}t"))
            return
        raised = self._styles.is_raised(properties)
        font = self._styles.font(properties, self._paragraph)
        for child in run:
            tag = child.tag
            if tag == f"{W}fldChar":
                ink.write("" if self._fields is None else self._fields.meet(child))
            elif self._fields is not None and self._fields.in_code:
                continue
            elif tag == f"{W}t":
                ink.write(with_symbols(child.text or "", font), raised, font)
            elif tag == f"{W}sym":
                _write_symbol(child, ink)
            elif tag in _FIXED:
                ink.write(_FIXED[tag], font=font)
            else:
                self._other(child, ink)

    def _other(self, child: Element, ink: Ink) -> None:
        tag = child.tag
        if tag == f"{W}br":
            self._break(child, ink)
        elif tag == f"{W}lastRenderedPageBreak":
            ink.breaks.append((len(ink), False))
        elif tag in _REFERENCES:
            if child.get(f"{W}customMarkFollows") not in ("1", "true", "on"):
                ink.refer(self._cite(_REFERENCES[tag], child.get(f"{W}id", "")))
        elif tag not in _UNSEEN:
            self._collect((child,), ink)

    @staticmethod
    def _break(element: Element, ink: Ink) -> None:
        if element.get(f"{W}type") == "page":
            ink.breaks.append((len(ink), True))
        elif element.get(f"{W}type") != "column":
            ink.write("\n")


def _write_symbol(element: Element, ink: Ink) -> None:
    font, code = element.get(f"{W}font", ""), element.get(f"{W}char", "")
    if not re.fullmatch("[0-9A-Fa-f]{1,4}", code):
        return
    sign = symbol(font, int(code, 16))
    if sign is not None:
        ink.write(sign)
    elif not 0xD800 <= int(code, 16) < 0xE000 and int(code, 16) >= 0x20:
        ink.write(chr(int(code, 16)), font=font)
