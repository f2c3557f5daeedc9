"""Word documents: paragraphs and tables in reading order, list numbers, notes, headers and footers."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.errors import ReadError
from matcher.reading.drafting import DraftLine, assemble
from matcher.reading.fonts import theme_fonts
from matcher.reading.ink import Ink
from matcher.reading.inker import Inker
from matcher.reading.limits import Limits
from matcher.reading.numbering import Numbering, number_as
from matcher.reading.ooxml import MC, Package, W
from matcher.reading.styles import Style, read_styles, value_of
from matcher.records import Document, LineKind, Problem

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "body"))
_GAP = " | "


def read_docx(path: Path, data: bytes, limits: Limits) -> Document:
    """Read a Word document.

    Tracked changes are taken as accepted; comments and hidden text are left out. Headers come first and
    footers after the body, each once; footnotes and endnotes stand at the end, each after its number.

    Raises
    ------
    ReadError
        For a damaged or hostile package, or a document without any text.
    """
    with Package(path, data, limits) as package:
        return _Walk(package).document()


class _Walk:
    """One pass over the parts of a Word document."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.problems: list[Problem] = []
        self.main = "word/document.xml"
        theme = theme_fonts(self._part("theme"))
        self.styles = read_styles(self._part("styles"), theme)
        self.numbering = Numbering.from_xml(self._part("numbering"), theme)
        self.notes = {kind: self._notes(kind) for kind in ("footnote", "endnote")}
        self.cited: dict[tuple[str, str], tuple[str, int]] = {}
        self.inker = Inker(self.styles, self._cite)
        self.drafts: list[DraftLine] = []
        self.page = 1
        self.laid_out = False
        self.carried = Ink()

    def document(self) -> Document:
        """Walk the document and put its parts in order."""
        self._body()
        drafts = [*self._running("header"), *self.drafts, *self._running("footer"), *self._note_lines()]
        if not any(draft.text.strip() for draft in drafts):
            raise ReadError(
                "tài liệu Word không có chữ nào (có thể chỉ chứa ảnh quét)",
                file=self.package.path,
                cure="Gửi bản có chữ, hoặc nhận dạng chữ (OCR) trước.",
            )
        pages = max(self.page, self._stated_pages())
        return assemble(
            self.package.path,
            "docx",
            drafts,
            pages=pages,
            problems=self.problems,
            partial=bool(self.problems),
        )

    # ---------------------------------------------------------------------------------------- parts

    def _part(self, kind: str) -> Element | None:
        """Return a part that the text can be read without, reporting one that is damaged."""
        try:
            names = self.package.related(self.main, kind)
            return self.package.xml(names[0]) if names else None
        except ReadError as err:
            self._problem("part_unreadable", f"Không đọc được phần {kind}: {err.message}", err.place)
            return None

    def _problem(self, code: str, message: str, where: str) -> None:
        self.problems.append(Problem(code, message, where))

    def _stated_pages(self) -> int:
        """Return the page count that the program which saved the file wrote down; 0 where it did not."""
        try:
            root = self.package.xml("docProps/app.xml")
        except ReadError:
            return 0  # a courtesy of the format; the text does not depend on it
        texts = [] if root is None else [each.text or "" for each in root.iter("{*}Pages")]
        return int(texts[0]) if texts and texts[0].isascii() and texts[0].isdigit() and len(texts[0]) < 6 else 0

    # ---------------------------------------------------------------------------------------- blocks

    def _body(self) -> None:
        root = self.package.xml(self.main)
        body = None if root is None else root.find(f"{W}body")
        if root is None or body is None:
            raise ReadError("tài liệu Word không có nội dung", file=self.package.path, cure="Mở bằng Word và lưu lại.")
        self.laid_out = next(root.iter(f"{W}lastRenderedPageBreak"), None) is not None
        if next(root.iter(f"{W}altChunk"), None) is not None:
            self._problem("embedded_part", "Phần nhúng từ tệp khác (altChunk) chưa được đọc.", self.main)
        self._blocks(body)
        if self.carried.text.strip():
            self._write(self.carried)

    def _blocks(self, parent: Element) -> None:
        for block in _flow(parent):
            if block.tag == f"{W}p":
                self._paragraph(block)
            else:
                self._table(block)

    def _paragraph(self, element: Element) -> None:
        properties = element.find(f"{W}pPr")
        ink, self.carried = self.carried, Ink()
        ink.append(self.inker.paragraph(element))
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self.carried = ink  # the paragraph's end was deleted: its text runs on into the next
            return
        if not self.laid_out and properties is not None and properties.find(f"{W}pageBreakBefore") is not None:
            self.page += 1
        style = self.styles.of_paragraph(properties)
        marker, level = self._marker(properties, style) if ink.text.strip() else ("", 0)
        heading = style.heading is not None and bool(ink.text.strip())
        self._write(ink, marker=marker, level=level or style.heading or 0, heading=heading)

    def _marker(self, properties: Element | None, style: Style) -> tuple[str, int]:
        """Return a paragraph's list marker and level; counting goes on in reading order."""
        number_id = value_of(properties, "numPr", "numId") or style.number_id
        if number_id is None or number_id == "0":
            return "", 0
        stated = value_of(properties, "numPr", "ilvl")
        level = int(stated) if stated is not None and stated.isdecimal() else style.level
        mark = None if properties is None else properties.find(f"{W}rPr")
        return self.numbering.marker(number_id, level, self.styles.font(mark, style)), level

    def _table(self, table: Element) -> None:
        for row in table.iter(f"{W}tr"):
            if next(row.iterancestors(f"{W}tbl")) is table and row.find(f"{W}trPr/{W}del") is None:
                self._row([cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row])

    def _row(self, cells: list[Element]) -> None:
        """Write a row as one line; a row of one cell is a frame around ordinary text."""
        if len(cells) == 1:
            self._blocks(cells[0])
            return
        row = Ink()
        for number, cell in enumerate(cells):
            row.append(self._cell(cell), _GAP if number else "")
        if row.text.replace("|", "").strip():
            row.on_one_line()
            self._write(row, kind=LineKind.TABLE)
        for cell in cells:
            for block in _flow(cell):
                if block.tag == f"{W}tbl":
                    self._table(block)

    def _cell(self, cell: Element) -> Ink:
        ink = Ink()
        for block in _flow(cell):
            if block.tag != f"{W}p":
                continue
            part = self.inker.paragraph(block)
            if not part.text.strip():
                continue
            properties = block.find(f"{W}pPr")
            marker, _ = self._marker(properties, self.styles.of_paragraph(properties))
            if marker:
                ink.write(f" {marker}" if ink.text else marker)
            ink.append(part, " " if ink.text else "")
        return ink

    def _write(
        self,
        ink: Ink,
        *,
        kind: LineKind = LineKind.BODY,
        marker: str = "",
        level: int = 0,
        heading: bool = False,
    ) -> None:
        """Cut ink into lines at soft breaks, each on the page where it begins, then read its text boxes."""
        breaks = ink.laid_out if self.laid_out else ink.asked
        raised, start = deque(ink.marks()), 0
        for text in ink.text.split("\n"):
            end = start + len(text)
            inside = []
            while raised and raised[0][0] < end:
                left, right = raised.popleft()
                inside += [(left - start, right - start)] if start <= left < right <= end else []
            page = self.page + bisect_right(breaks, start)
            self.drafts.append(DraftLine(text, page, kind, marker, level, heading, tuple(inside), decoded=ink.encoding))
            marker, start = "", end + 1
        self.page += len(breaks)
        for box in ink.boxes:
            self._blocks(box)

    # ---------------------------------------------------------------------------------- notes and margins

    def _notes(self, kind: str) -> dict[str, Element]:
        root = self._part(f"{kind}s")
        notes = () if root is None else root.iter(f"{W}{kind}")
        return {note.get(f"{W}id", ""): note for note in notes if note.get(f"{W}type", "normal") == "normal"}

    def _cite(self, kind: str, note_id: str) -> str:
        """Give a note its number, in the order of references; endnotes are Roman only beside footnotes."""
        if (kind, note_id) not in self.cited:
            count = 1 + sum(other == kind for other, _ in self.cited)
            roman = kind == "endnote" and bool(self.notes["footnote"])
            self.cited[kind, note_id] = (number_as(count, "lowerRoman" if roman else "decimal"), self.page)
        return self.cited[kind, note_id][0]

    def _note_lines(self) -> list[DraftLine]:
        lines: list[DraftLine] = []
        for (kind, note_id), (number, page) in sorted(self.cited.items(), key=lambda item: item[0][0] == "endnote"):
            if note_id not in self.notes[kind]:
                self._problem("note_missing", f"Chú thích {number} không có nội dung.", f"trang {page}")
                continue
            texts = [self.inker.paragraph(each).text for each in self.notes[kind][note_id].iter(f"{W}p")]
            parts = [part.strip() for text in texts for part in text.split("\n") if part.strip()]
            lines += [DraftLine(text, page, LineKind.NOTE) for text in (f"{number} {parts[0]}", *parts[1:]) if parts]
        return lines

    def _running(self, kind: str) -> list[DraftLine]:
        """Return the lines of all headers or footers, each text once."""
        texts: dict[str, None] = {}
        try:
            roots = [self.package.xml(name) for name in self.package.related(self.main, kind)]
        except ReadError as err:
            self._problem("part_unreadable", f"Không đọc được phần {kind}: {err.message}", err.place)
            return []
        for root in roots:
            paragraphs = () if root is None else root.iter(f"{W}p")
            texts |= dict.fromkeys(self.inker.paragraph(each).text.replace("\n", " ").strip() for each in paragraphs)
        page = 1 if kind == "header" else self.page
        return [DraftLine(text, page, LineKind.RUNNING) for text in texts if text]


def _flow(parent: Element) -> Iterator[Element]:
    """Yield the paragraphs and tables of a part in reading order, through what only wraps them."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _flow(child)
        elif child.tag == f"{MC}AlternateContent":
            choice = child.find(f"{MC}Choice")
            yield from _flow(child if choice is None else choice)
