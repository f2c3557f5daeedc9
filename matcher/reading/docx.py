"""Word documents: paragraphs and tables in reading order, list numbers, notes, headers and footers."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.errors import ReadError
from matcher.reading.drafting import DraftLine, assemble
from matcher.reading.fonts import theme_fonts
from matcher.reading.ink import Ink
from matcher.reading.inker import Inker
from matcher.reading.limits import Limits
from matcher.reading.numbering import Numbering
from matcher.reading.ooxml import Package, W, flow
from matcher.reading.styles import Style, integer, is_on, read_styles, value_of
from matcher.reading.word_notes import Notes, running_lines
from matcher.reading.word_pages import Sheets, estimated_pages, noted_pages, printed_length
from matcher.records import Document, LineKind, Problem

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_GAP = " | "
#: Problems that say nothing is lost.
_HARMLESS = frozenset(("hidden_text", "macros", "pages_estimated"))


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
        self.main = package.main()
        theme = theme_fonts(self._part("theme"))
        self.styles = read_styles(self._part("styles"), theme)
        self.numbering = Numbering.from_xml(self._part("numbering"), theme)
        self.notes = Notes({kind: self._part(f"{kind}s") for kind in ("footnote", "endnote")})
        self.inker = Inker(self.styles, lambda kind, note_id: self.notes.cite(kind, note_id, self.sheets.page))
        self.drafts: list[DraftLine] = []
        self.sheets = Sheets()
        self.carried = Ink()
        self.body: Element | None = None

    def document(self) -> Document:
        """Walk the document and put its parts in order."""
        self._body()
        drafts = [
            *self._running("header"),
            *self.drafts,
            *self._running("footer"),
            *self.notes.lines(self.inker, self.problems),
        ]
        self._look_into_package()
        if self.inker.hidden:
            where = self.package.path.as_posix()
            self._problem("hidden_text", f"Có {self.inker.hidden} ký tự bị ẩn trong tệp, không được đọc.", where)
        if not any(draft.text.strip() for draft in drafts):
            raise ReadError(
                "tài liệu Word không có chữ nào (có thể chỉ chứa ảnh quét)",
                file=self.package.path,
                cure="Gửi bản có chữ, hoặc nhận dạng chữ (OCR) trước.",
            )
        pages = self._pages(drafts)
        return assemble(
            self.package.path,
            "docx",
            drafts,
            pages=pages,
            problems=self.problems,
            partial=any(problem.code not in _HARMLESS for problem in self.problems),
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

    def _look_into_package(self) -> None:
        if self.package.repeated:
            self._problem("part_twice", "Tệp có hai phần trùng tên; chỉ đọc một phần.", self.main)
        if self.package.has("word/vbaProject.bin"):
            self._problem("macros", "Tệp có macro; macro không được chạy.", self.package.path.as_posix())

    def _problem(self, code: str, message: str, where: str) -> None:
        self.problems.append(Problem(code, message, where))

    def _pages(self, drafts: list[DraftLine]) -> int:
        """Count pages as the saving program noted them, as Word's breaks show them, or by an estimate."""
        try:
            noted = self.package.xml("docProps/app.xml")
        except ReadError:
            noted = None  # a courtesy of the format; the text does not depend on it
        length = sum(printed_length(draft.text) for draft in drafts if draft.kind is not LineKind.RUNNING)
        pages = noted_pages(noted, length, self.sheets.page)
        if pages or self.body is None or next(self.body.iter(f"{W}lastRenderedPageBreak"), None) is not None:
            return max(pages, self.sheets.page)
        estimate = estimated_pages(self.body, self.styles)
        if estimate > self.sheets.page:
            self._problem(
                "pages_estimated",
                f"Tệp không ghi số trang; ước tính khoảng {estimate} trang theo cỡ chữ và độ dài.",
                self.package.path.as_posix(),
            )
        return max(estimate, self.sheets.page)

    # ---------------------------------------------------------------------------------------- blocks

    def _body(self) -> None:
        root = self.package.xml(self.main)
        body = None if root is None else root.find(f"{W}body")
        if root is None or body is None:
            raise ReadError("tài liệu Word không có nội dung", file=self.package.path, cure="Mở bằng Word và lưu lại.")
        self.body = body
        self.sheets = Sheets.of(body)
        if next(root.iter(f"{W}altChunk"), None) is not None:
            self._problem("embedded_part", "Phần nhúng từ tệp khác (altChunk) chưa được đọc.", self.main)
        self._blocks(body)
        if self.carried.text.strip():
            self._write(self.carried)

    def _blocks(self, parent: Element) -> None:
        for block in flow(parent):
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
        if is_on(properties, "pageBreakBefore") and not self.sheets.fresh:
            self.sheets.turn()
        style = self.styles.of_paragraph(properties)
        marker, level = self._marker(properties, style) if ink.text.strip() else ("", 0)
        heading = style.heading is not None and bool(ink.text.strip())
        self._write(ink, marker=marker, level=level or style.heading or 0, heading=heading)
        if properties is not None and properties.find(f"{W}sectPr") is not None:
            self.sheets.end_section()

    def _marker(self, properties: Element | None, style: Style) -> tuple[str, int]:
        """Return a paragraph's list marker and level; counting goes on in reading order."""
        number_id = value_of(properties, "numPr", "numId") or style.number_id
        if number_id is None or number_id == "0":
            return "", 0
        stated = value_of(properties, "numPr", "ilvl")
        level = style.level if stated is None else integer(stated, style.level)
        mark = None if properties is None else properties.find(f"{W}rPr")
        return self.numbering.marker(number_id, level, self.styles.font(mark, style)), level

    def _table(self, table: Element) -> None:
        for row in table.iter(f"{W}tr"):
            if next(row.iterancestors(f"{W}tbl")) is table and row.find(f"{W}trPr/{W}del") is None:
                cells = (cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row)
                self._row([cell for cell in cells if cell.find(f"{W}tcPr/{W}cellDel") is None])

    def _row(self, cells: list[Element]) -> None:
        """Write a row as one line; a row of one cell is a frame around ordinary text."""
        if len(cells) == 1:
            self._blocks(cells[0])
            return
        row = Ink()
        parts = [self._cell(cell) for cell in cells]
        for number, part in enumerate(parts):
            row.append(part, _GAP if number else "")
        row.breaks = max((part.breaks for part in parts), key=len, default=[])  # the cells stand side by side
        if row.text.replace("|", "").strip():
            row.on_one_line()
            self._write(row, kind=LineKind.TABLE)
        else:
            self._turn_and_open(row)
        for cell in cells:
            for block in flow(cell):
                if block.tag == f"{W}tbl":
                    self._table(block)

    def _cell(self, cell: Element) -> Ink:
        ink = Ink()
        for block in flow(cell):
            if block.tag != f"{W}p":
                continue
            part = self.inker.paragraph(block)
            if not part.text.strip():
                ink.boxes += part.boxes
                ink.breaks += [(len(ink), asked) for _, asked in part.breaks]
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
        breaks = self.sheets.breaks(ink)
        raised, start = deque(ink.marks()), 0
        for text in ink.text.split("\n"):
            end = start + len(text)
            inside = []
            while raised and raised[0][0] < end:
                left, right = raised.popleft()
                inside += [(left - start, right - start)] if start <= left < right <= end else []
            page = self.sheets.page + bisect_right(breaks, start)
            self.drafts.append(DraftLine(text, page, kind, marker, level, heading, tuple(inside), decoded=ink.encoding))
            marker, start = "", end + 1
        self._turn_and_open(ink, len(breaks))

    def _turn_and_open(self, ink: Ink, turned: int | None = None) -> None:
        """Turn the pages that ink goes over and read its text boxes."""
        self.sheets.page += len(self.sheets.breaks(ink)) if turned is None else turned
        for box in ink.boxes:
            self._blocks(box)

    def _running(self, kind: str) -> list[DraftLine]:
        try:
            roots = [self.package.xml(name) for name in self.package.related(self.main, kind)]
        except ReadError as err:
            self._problem("part_unreadable", f"Không đọc được phần {kind}: {err.message}", err.place)
            return []
        return running_lines(roots, self.inker, 1 if kind == "header" else self.sheets.page)
