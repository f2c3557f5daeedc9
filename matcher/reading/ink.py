"""The visible characters of one Word paragraph, in order, with what is raised."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from matcher.reading.drafting import marks
from matcher.reading.ooxml import MATH, MC, W
from matcher.reading.styles import Style, value_of

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
}
_REFERENCES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}

#: Numbers a note when its reference is met: (kind, id of the note) → the number as printed.
Cite = Callable[[str, str], str]


@dataclass(slots=True)
class Ink:
    """Text with raised stretches; a line feed in it is a soft line break.

    `asked` and `laid_out` are places of page breaks: those that the author set, and all those that Word found
    when it last laid out the document.
    """

    text: str = ""
    raised: list[tuple[int, int]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)
    laid_out: list[int] = field(default_factory=list)
    _joinable: bool = True

    def write(self, text: str, raised: bool = False) -> None:
        """Add characters; Word cuts a number into several runs, so raised stretches that touch become one."""
        start, end = len(self.text), len(self.text) + len(text)
        self.text += text
        if not raised:
            return
        if self.raised and self.raised[-1][1] == start and self._joinable:
            start = self.raised.pop()[0]
        self._joinable = True
        self.raised.append((start, end))

    def refer(self, number: str) -> None:
        """Add the number of a note; the numbers of two notes side by side stay two."""
        self.write(f" {number}" if self.raised and self.raised[-1][1] == len(self.text) else number)
        self.raised.append((len(self.text) - len(number), len(self.text)))
        self._joinable = False

    def append(self, other: Ink, separator: str = "") -> None:
        """Add another paragraph's characters after a separator."""
        shift = len(self.text) + len(separator)
        self.text += separator + other.text
        self.raised += [(start + shift, end + shift) for start, end in other.raised]
        self.boxes += other.boxes
        self.asked += [place + shift for place in other.asked]
        self.laid_out += [place + shift for place in other.laid_out]

    def marks(self) -> list[tuple[int, int]]:
        """Return the raised stretches that can be references to notes, without white space around them."""
        return marks(self.text, self.raised)


class Inker:
    """Collects the ink of paragraphs; knows the character styles and numbers the notes."""

    def __init__(self, styles: Mapping[str, Style], cite: Cite) -> None:
        self._styles = styles
        self._cite = cite

    def paragraph(self, element: Element) -> Ink:
        """Return what is seen of a `w:p`, tracked changes taken as accepted."""
        ink = Ink()
        self._collect(element, ink)
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
        hidden = properties is not None and properties.find(f"{W}vanish") is not None
        if hidden and value_of(properties, "vanish") not in ("0", "false", "off"):
            return
        raised = self._is_raised(properties)
        for child in run:
            tag = child.tag
            if tag == f"{W}t":
                ink.write(child.text or "", raised)
            elif tag in _FIXED:
                ink.write(_FIXED[tag])
            elif tag == f"{W}br":
                self._break(child, ink)
            elif tag == f"{W}lastRenderedPageBreak":
                ink.laid_out.append(len(ink.text))
            elif tag in _REFERENCES:
                if child.get(f"{W}customMarkFollows") not in ("1", "true", "on"):
                    ink.refer(self._cite(_REFERENCES[tag], child.get(f"{W}id", "")))
            elif tag not in _UNSEEN:
                self._collect((child,), ink)

    def _is_raised(self, properties: Element | None) -> bool:
        align = value_of(properties, "vertAlign")
        if align is not None:
            return align == "superscript"
        style = self._styles.get(value_of(properties, "rStyle") or "")
        return style is not None and style.raised

    @staticmethod
    def _break(element: Element, ink: Ink) -> None:
        if element.get(f"{W}type") == "page":
            ink.asked.append(len(ink.text))
        elif element.get(f"{W}type") != "column":
            ink.write("\n")
