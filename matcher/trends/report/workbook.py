"""The yearly report as XLSX: a sheet for each table, its columns explained above them."""

from __future__ import annotations

import io
from typing import Any, BinaryIO

from matcher.reporting.wording import clean
from matcher.reporting.workbook import CREATED
from matcher.trends.grid import Grid, Kind
from matcher.trends.records import Analysis
from matcher.trends.report.sections import Document, document_of
from matcher.trends.report.tables import lines_table

#: Of the file format: rows of a sheet, letters of a cell and of a sheet's name.
_MOST_ROWS, _MOST_LETTERS, _MOST_NAME = 1_048_000, 32_000, 31
_BARRED = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_CONTENTS = "Mục lục"
_FORMATS = {Kind.COUNT: "#,##0", Kind.NUMBER: "#,##0.0", Kind.SHARE: "0.0%", Kind.TEXT: "@"}


def write_xlsx(analysis: Analysis, stream: BinaryIO, office: str = "") -> None:
    """Write the workbook; `office` stands in its properties."""
    import xlsxwriter

    document = document_of(analysis)
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    book.set_properties({"title": document.title, "company": office, "created": CREATED})
    formats = _formats(book)
    grids = _grids(document)
    names = _sheet_names(grids)
    _add_contents(book.add_worksheet(_CONTENTS), document, grids, names, formats)
    for name, grid in zip(names, grids, strict=True):
        _add_sheet(book.add_worksheet(name), grid, formats)
    book.close()
    stream.write(written.getvalue())


def _grids(document: Document) -> list[Grid]:
    first, *_, last = document.sections
    return [lines_table("Tóm tắt", first.points), *document.tables, lines_table("Phương pháp", last.points)]


def _sheet_names(grids: list[Grid]) -> list[str]:
    """Return a name for each sheet: short, allowed, and different in any case of letters."""
    names: list[str] = []
    taken = {_CONTENTS.casefold()}
    for grid in grids:
        name, n = " ".join(grid.name.translate(_BARRED).split())[:_MOST_NAME], 1
        while name.casefold() in taken:
            n += 1
            name = f"{name[: _MOST_NAME - 4].rstrip('0123456789 ')} {n}"
        taken.add(name.casefold())
        names.append(name)
    return names


def _formats(book: Any) -> dict[str, Any]:  # noqa: ANN401
    base = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
    cell = {**base, "border": 1, "text_wrap": True}
    kinds = {kind.value: book.add_format({**cell, "num_format": code}) for kind, code in _FORMATS.items()}
    return {
        **kinds,
        "title": book.add_format({**base, "bold": True, "font_size": 14}),
        "note": book.add_format({**base, "italic": True, "text_wrap": True, "font_size": 10}),
        "head": book.add_format({**cell, "bold": True, "align": "center", "bg_color": "#EEF1F5"}),
        "link": book.add_format({**cell, "font_color": "#0B4F9E", "underline": 1}),
    }


def _add_contents(
    sheet: Any,  # noqa: ANN401
    document: Document,
    grids: list[Grid],
    names: list[str],
    formats: dict[str, Any],
) -> None:
    sheet.write_string(0, 0, f"{document.title} {document.subtitle}", formats["title"])
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    for row, (name, grid) in enumerate(zip(names, grids, strict=True), 2):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", formats["link"], name)
        sheet.write_string(row, 1, clean(f"{grid.title}. {grid.note}".strip()), formats["text"])


def _add_sheet(sheet: Any, grid: Grid, formats: dict[str, Any]) -> None:  # noqa: ANN401
    """Write title, note, notes on columns, headings, rows; the headings stay in sight and filter."""
    top, rows = 3, grid.rows[:_MOST_ROWS]
    sheet.write_string(0, 0, clean(grid.title), formats["title"])
    left_out = f" Trang tính chỉ chứa được {_MOST_ROWS} dòng." if len(grid.rows) > _MOST_ROWS else ""
    sheet.write_string(1, 0, clean(grid.note + left_out).strip(), formats["title"] if left_out else None)
    for index, column in enumerate(grid.columns):
        sheet.set_column(index, index, 9 + 9 * column.width)
        sheet.write_string(top - 1, index, column.note, formats["note"])
        sheet.write_string(top, index, column.name, formats["head"])
    for number, row in enumerate(rows, top + 1):
        for index, (value, column) in enumerate(zip(row, grid.columns, strict=True)):
            if value is None:
                sheet.write_blank(number, index, None, formats[column.kind.value])
            elif isinstance(value, str):
                sheet.write_string(number, index, clean(value)[:_MOST_LETTERS], formats["text"])
            else:
                sheet.write_number(number, index, value, formats[column.kind.value])
    sheet.freeze_panes(top + 1, 1 if len(grid.columns) > 1 else 0)
    sheet.autofilter(top, 0, top + max(1, len(rows)), len(grid.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
