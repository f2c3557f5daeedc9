"""What stands around the body of a Word file: footnotes and endnotes in the order of references, running lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from matcher.reading.drafting import DraftLine
from matcher.reading.inker import Inker
from matcher.reading.numbering import number_as
from matcher.reading.ooxml import W, paragraphs
from matcher.records import LineKind, Problem
from matcher.text import Legacy

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class Notes:
    """The notes of a document by kind ("footnote", "endnote"), from the roots of their parts."""

    def __init__(self, roots: Mapping[str, Element | None]) -> None:
        self._notes = {kind: _notes(root, kind) for kind, root in roots.items()}
        self._cited: dict[tuple[str, str], tuple[str, int]] = {}
        self._counts: Counter[str] = Counter()

    def cite(self, kind: str, note_id: str, page: int) -> str:
        """Give a note its number, in the order of references; endnotes are Roman only beside footnotes."""
        if (kind, note_id) not in self._cited:
            self._counts[kind] += 1
            roman = kind == "endnote" and bool(self._notes["footnote"])
            number = number_as(self._counts[kind], "lowerRoman" if roman else "decimal")
            self._cited[kind, note_id] = (number, page)
        return self._cited[kind, note_id][0]

    def lines(self, inker: Inker, problems: list[Problem]) -> list[DraftLine]:
        """Return the lines of the notes referred to, footnotes first; a note without a body is a problem."""
        lines: list[DraftLine] = []
        for (kind, note_id), (number, page) in sorted(self._cited.items(), key=lambda item: item[0][0] == "endnote"):
            if note_id not in self._notes[kind]:
                problems.append(Problem("note_missing", f"Chú thích {number} không có nội dung.", f"trang {page}"))
                continue
            mark = number
            for ink in map(inker.paragraph, paragraphs(self._notes[kind][note_id])):
                for part in filter(str.strip, ink.text.split("\n")):
                    text = f"{mark} {part.strip()}".strip()
                    lines.append(DraftLine(text, page, LineKind.NOTE, decoded=ink.encoding))
                    mark = ""
        return lines


def running_lines(roots: Iterable[Element | None], inker: Inker, page: int) -> list[DraftLine]:
    """Return the lines of headers or footers, each text once."""
    texts: dict[str, Legacy | None] = {}
    for root in roots:
        inks = () if root is None else map(inker.paragraph, paragraphs(root))
        texts |= {ink.text.replace("\n", " ").strip(): ink.encoding for ink in inks}
    return [DraftLine(text, page, LineKind.RUNNING, decoded=encoding) for text, encoding in texts.items() if text]


def _notes(root: Element | None, kind: str) -> dict[str, Element]:
    notes = () if root is None else root.iter(f"{W}{kind}")
    return {note.get(f"{W}id", ""): note for note in notes if note.get(f"{W}type", "normal") == "normal"}
