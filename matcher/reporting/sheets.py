"""A sheet of a workbook written row by row: formats, links and rows within Excel's limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matcher.reporting.language import Language
from matcher.reporting.wording import Verdict, clean

#: Limits of the XLSX format: rows of a sheet, characters of a cell, links of a sheet (we stay below).
MAX_ROWS = 1_048_576
MAX_CELL = 32_767
MAX_LINKS = 60_000
#: Points: the tallest row that Excel bears, and a line of the sheets' typeface; its letters in one unit of width.
MAX_HEIGHT, LINE_HEIGHT, LETTERS_OF_WIDTH = 409.0, 14.6, 1.15

#: Letters of a cell that are measured: more fill the tallest row in any column.
MAX_MEASURED = 4_000

#: Background and text of each verdict: told apart with any colour vision (after Okabe and Ito).
COLOURS = {
    Verdict.ALIGNED: ("#D6E8F5", "#00416B"),
    Verdict.UNCERTAIN: ("#FCEBC8", "#6B4600"),
    Verdict.OUTSIDE: ("#F3DDEA", "#6B2150"),
    Verdict.INVALID: ("#E8E8E8", "#333333"),
    Verdict.FAILED: ("#F8D8C4", "#7A2E00"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: key of its heading, width in characters, and the name of its format."""

    key: str
    width: float
    format: str = "text"


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to a row (from 0) of another sheet."""

    text: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Styled:
    """A cell with a format of its own."""

    value: str | float | None
    format: str


@dataclass(frozen=True, slots=True)
class Mirror:
    """A cell that shows what stands in a cell of another sheet, by row and column from 0; it may be written over."""

    sheet: str
    row: int
    column: int


Cell = str | int | float | Link | Styled | Mirror | None


def _wrapped(line: str, room: float) -> int:
    """Return how many lines a line takes when it is wrapped between words."""
    lines, used = 1, 0
    for word in line.split(" "):
        if used and used + 1 + len(word) > room:
            lines, used = lines + 1, 0
        used += len(word) + (1 if used else 0)
        while used > room:  # a word that is longer than the cell is wide
            lines, used = lines + 1, used - int(room)
    return lines


def wrapped_lines(text: str, room: float) -> int:
    """Return how many lines a cell's text takes in a column that has room for so many letters."""
    return sum(_wrapped(line, room) for line in text[:MAX_MEASURED].split("\n"))


class Formats:
    """The formats of a workbook by name."""

    def __init__(self, workbook: Any) -> None:  # noqa: ANN401
        base = {
            "font_name": "Times New Roman",
            "font_size": 11,
            "valign": "top",
            "text_wrap": True,
            "border": 1,
        }
        base["border_color"] = "#BFBFBF"
        named: dict[str, dict[str, Any]] = {
            "text": {},
            "bold": {"bold": True},
            "muted": {"font_color": "#595959"},
            "centre": {"align": "center"},
            "percent": {"num_format": '[>=0.995]">99%";[<0.005]"<1%";0%', "align": "center"},
            "number": {"num_format": "#,##0", "align": "center"},
            "link": {"font_color": "#0B4F9E", "underline": 1},
            "entry": {"bg_color": "#FFFFF0", "locked": False},
            "header": {"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "align": "center"},
        }
        for kind, (back, fore) in COLOURS.items():
            named[f"state.{kind}"] = {"bg_color": back, "font_color": fore, "bold": True}
        named["warning"] = named[f"state.{Verdict.FAILED}"]
        named["header"]["valign"] = "vcenter"
        named["total"] = {"bold": True, "bg_color": "#E3E9F2", "num_format": "#,##0", "align": "center"}
        # Sentences below or instead of the rows run on to the right of their narrow cell.
        named["sentence"] = {"text_wrap": False, "border": 0, "italic": True}
        named["warning_sentence"] = {"text_wrap": False, "border": 0, "bold": True, "font_color": "#7A2E00"}
        self._formats = {name: workbook.add_format(base | extra) for name, extra in named.items()}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401
        return self._formats[name]


class Sheet:
    """One sheet, its heading in the first row, filled from the top.

    Parameters
    ----------
    workbook : xlsxwriter.Workbook
        In constant-memory mode: rows go out in order and cannot be changed.
    name : str
        The sheet's name.
    columns : sequence of Column
        Its columns.
    formats : Formats
        The workbook's formats.
    t : Language
        Where the headings come from.
    title : str
        Printed at the top of each page.
    max_rows : int
        Rows that the sheet may have, its heading included.
    """

    def __init__(
        self,
        workbook: Any,  # noqa: ANN401
        name: str,
        columns: Sequence[Column],
        formats: Formats,
        t: Language,
        title: str = "",
        max_rows: int = MAX_ROWS,
    ) -> None:
        self.name, self.columns, self.formats, self.t = name, columns, formats, t
        self.next_row = 0
        self.left_out = 0
        self._last = max_rows - 1  # kept for the note that the sheet is full
        self._links = MAX_LINKS
        self._body_end = 0
        self.sheet = workbook.add_worksheet(name)
        for index, column in enumerate(columns):
            self.sheet.set_column(index, index, column.width)
        self._set_up_page(title)
        self.heading(columns)
        self.sheet.freeze_panes(1, min(2, len(columns) - 1))

    def _set_up_page(self, title: str) -> None:
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.3, right=0.3, top=0.7, bottom=0.6)
        self.sheet.repeat_rows(0)
        self.sheet.set_header('&C&"Times New Roman,Bold"' + title[:150].replace("&", "&&"), {"scale_with_doc": False})
        self.sheet.set_footer(f"&L{self.name}&R&P/&N", {"scale_with_doc": False})
        self.sheet.hide_gridlines(2)

    def heading(self, columns: Sequence[Column]) -> None:
        """Write a row of headings."""
        self.sheet.set_row(self.next_row, 33)
        for index, column in enumerate(columns):
            self.sheet.write_string(self.next_row, index, self.t(column.key), self.formats["header"])
        self.next_row += 1

    def add(self, cells: Sequence[Cell], columns: Sequence[Column] | None = None) -> None:
        """Write the next row; nothing but counting happens when the sheet is full."""
        if self.next_row >= self._last:
            self.left_out += 1
            return
        self.sheet.set_row(self.next_row, self._height(cells))
        for index, (cell, column) in enumerate(zip(cells, columns or self.columns, strict=True)):
            self._write(index, cell, column.format)
        self.next_row += 1
        self._body_end = self.next_row

    def _height(self, cells: Sequence[Cell]) -> float:
        """Return the height, in points, that a row's wrapped text needs; not every program works it out itself."""
        lines = 1
        for cell, column in zip(cells, self.columns, strict=True):
            value = cell.value if isinstance(cell, Styled) else cell.text if isinstance(cell, Link) else cell
            if isinstance(value, str):
                room = column.width * LETTERS_OF_WIDTH
                lines = max(lines, wrapped_lines(value, room))
        return min(3 + lines * LINE_HEIGHT, MAX_HEIGHT)

    def _write(self, index: int, cell: Cell, style: str) -> None:
        row = self.next_row
        if isinstance(cell, Styled):
            style, cell = cell.format, cell.value
        if isinstance(cell, Link):
            self._write_link(index, cell)
        elif isinstance(cell, Mirror):
            self._write_mirror(index, cell, style)
        elif cell is None or cell == "":
            self.sheet.write_blank(row, index, None, self.formats[style])
        elif isinstance(cell, str):
            self.sheet.write_string(row, index, self.fitting(cell), self.formats[style])
        else:
            self.sheet.write_number(row, index, cell, self.formats[style])

    def _write_link(self, index: int, link: Link) -> None:
        text = self.fitting(link.text) or "…"
        if self._links <= 0:  # Excel bears no more links on a sheet
            self.sheet.write_string(self.next_row, index, text, self.formats["text"])
            return
        self._links -= 1
        target = f"internal:'{link.sheet}'!A{link.row + 1}"
        self.sheet.write_url(self.next_row, index, target, self.formats["link"], string=text)

    def _write_mirror(self, index: int, cell: Mirror, style: str) -> None:
        from xlsxwriter.utility import xl_rowcol_to_cell

        there = f"'{cell.sheet}'!{xl_rowcol_to_cell(cell.row, cell.column, row_abs=True, col_abs=True)}"
        self.sheet.write_formula(self.next_row, index, f'=IF({there}="","",{there})', self.formats[style], "")

    def column_of(self, key: str) -> int:
        """Return the number of a column from 0."""
        return self._index(key)

    def fitting(self, text: str) -> str:
        """Return clean text that fits into a cell, with a note where it is cut; Excel counts UTF-16 units."""
        text = clean(text)
        if len(text) <= MAX_CELL // 2 or len(text.encode("utf-16-le")) // 2 <= MAX_CELL:
            return text
        note = " " + self.t("says.cut")
        kept = text.encode("utf-16-le")[: 2 * (MAX_CELL - len(note))]
        return kept.decode("utf-16-le", "ignore") + note

    def print_columns(self, count: int) -> None:
        """Put only the first columns on paper."""
        self.sheet.print_area(0, 0, max(self._body_end - 1, 1), count - 1)

    def bars(self, key: str, colour: str = "#9DC3E6", highest: float | None = 1.0) -> None:
        """Draw data bars over the rows of a column, from 0 to `highest`."""
        if self._body_end < 2:
            return
        index = self._index(key)
        options = {"type": "data_bar", "bar_color": colour, "bar_solid": True, "min_type": "num", "min_value": 0}
        if highest is not None:
            options |= {"max_type": "num", "max_value": highest}
        self.sheet.conditional_format(1, index, self._body_end - 1, index, options | {"data_bar_2010": True})

    def choices(self, key: str, values: Sequence[str], hint: str) -> None:
        """Give the rows of a column a drop-down list."""
        if self._body_end < 2:
            return
        index = self._index(key)
        rule = {"validate": "list", "source": list(values), "ignore_blank": True, "error_message": hint}
        self.sheet.data_validation(1, index, self._body_end - 1, index, rule)

    def _index(self, key: str) -> int:
        return [column.key for column in self.columns].index(key)

    def filter(self) -> None:
        """Give the rows written so far a filter on every column."""
        self.sheet.autofilter(0, 0, max(self._body_end - 1, 1), len(self.columns) - 1)

    def total(self, cells: Sequence[Cell]) -> None:
        """Write a row of totals below the rows; it is no part of what is filtered."""
        end = self._body_end
        self.add([Styled(cell, "total") if isinstance(cell, str | int | None) else cell for cell in cells])
        self._body_end = end

    def close(self, empty: str = "") -> None:
        """Say in the last row what was left out, if anything was, or that there was nothing to write."""
        if self.left_out:
            note = self.t("says.sheet_full", n=self.t.count(self.left_out))
            self.sheet.write_string(self.next_row, 0, note, self.formats["warning_sentence"])
        elif not self._body_end and empty:
            self.sheet.write_string(self.next_row, 0, empty, self.formats["sentence"])
