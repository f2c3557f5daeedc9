"""The visible characters of one Word paragraph, in order, with their fonts and what is raised."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from matcher.reading.drafting import marks
from matcher.reading.fonts import Face, decode_faces, merged
from matcher.text import Legacy

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


@dataclass(slots=True)
class Ink:
    """Text with raised stretches; a line feed in it is a soft line break.

    `breaks` are the places of page breaks, each with whether the author set it; the others are where Word turned the
    page when it last laid out the document. `encoding` is what the text was typed in where its fonts told.
    """

    raised: list[tuple[int, int]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    breaks: list[tuple[int, bool]] = field(default_factory=list)
    encoding: Legacy | None = None
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _faces: list[Face] = field(default_factory=list)
    _joinable: bool = True

    def __len__(self) -> int:
        return self._length

    @property
    def text(self) -> str:
        """All characters written so far."""
        if len(self._parts) > 1:
            self._parts = ["".join(self._parts)]
        return self._parts[0] if self._parts else ""

    def write(self, text: str, raised: bool = False, font: str = "") -> None:
        """Add characters; Word cuts a number into several runs, so raised stretches that touch become one."""
        start, end = self._length, self._length + len(text)
        self._parts.append(text)
        self._length = end
        if font and text:
            self._faces.append((start, end, font))
        if not raised:
            return
        if self.raised and self.raised[-1][1] == start and self._joinable:
            start = self.raised.pop()[0]
        self._joinable = True
        self.raised.append((start, end))

    def refer(self, number: str) -> None:
        """Add the number of a note; the numbers of two notes side by side stay two."""
        self.write(f" {number}" if self.raised and self.raised[-1][1] == self._length else number)
        self.raised.append((self._length - len(number), self._length))
        self._joinable = False

    def append(self, other: Ink, separator: str = "") -> None:
        """Add another paragraph's characters after a separator."""
        shift = self._length + len(separator)
        self.write(separator)
        self.write(other.text)
        self.raised += [(start + shift, end + shift) for start, end in other.raised]
        self.boxes += other.boxes
        self.breaks += [(place + shift, asked) for place, asked in other.breaks]
        self.encoding = self.encoding or other.encoding

    def on_one_line(self) -> None:
        """Turn soft line breaks into spaces."""
        self._parts = [self.text.replace("\n", " ")]

    def decode(self) -> None:
        """Turn what was typed for old fonts into Unicode, by the names of the fonts."""
        faces, self._faces = merged(self._faces), []
        typed = decode_faces(self.text, faces)
        if typed.encoding is None:
            return
        self.raised = [(typed.place(start), typed.place(end)) for start, end in self.raised]
        self.breaks = [(typed.place(at), asked) for at, asked in self.breaks]
        self._parts, self._length = [typed.text], len(typed.text)
        self.encoding = typed.encoding

    def marks(self) -> list[tuple[int, int]]:
        """Return the raised stretches that can be references to notes, without white space around them."""
        return marks(self.text, self.raised)
