"""The yearly report as DOCX: A4 upright, the typeface of administrative documents, figures as pictures."""

from __future__ import annotations

from typing import BinaryIO

from matcher.reporting.paper import Body, Paper, Run
from matcher.reporting.wording import shortened
from matcher.trends.figures import Figure, to_png
from matcher.trends.grid import Grid, Kind
from matcher.trends.records import Analysis
from matcher.trends.report.sections import APPENDIX, NO_VERDICT, Section, document_of

#: Rows of a table on paper, and rows and letters of a cell in the appendix; the workbook has all.
MOST_ROWS, _APPENDED_ROWS, _APPENDED_LETTERS = 120, 60, 80
_CUT = "Bảng nêu {most} dòng đầu trong {rows}; tệp XLSX có đủ."
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_SHADE = "EEF1F5"


def write_docx(analysis: Analysis, stream: BinaryIO, office: str = "") -> None:
    """Write the report; `office` is the name of the department that heads it, dots where it is not known."""
    document = document_of(analysis)
    paper = Paper(f"{document.title} {document.subtitle}", table_size=10)
    paper.add_heading(office, document.title, document.subtitle)
    paper.body.add(Run(NO_VERDICT, "italic"), align="both", before=6)
    number = 0
    for roman, section in zip(_ROMAN, document.sections, strict=False):
        number = _add_section(paper, section, roman, number)
    if document.figures:
        paper.body.add(Run(APPENDIX, "bold"), keep=True, new_page=True)
    for shown, figure in enumerate(document.figures, 1):
        _add_table(paper, figure.table, f"Hình {shown}. ", most=_APPENDED_ROWS, letters=_APPENDED_LETTERS)
    paper.save(stream)


def _add_section(paper: Paper, section: Section, roman: str, number: int) -> int:
    """Add a section, and return the number of the last figure."""
    body = paper.body
    body.add(Run(f"{roman}. {section.title.upper()}", "bold"), keep=True, before=10)
    for paragraph in section.paragraphs:
        body.add(Run(paragraph), align="both")
    for point in section.points:
        body.add(Run(point), bullet=True, align="both")
    for grid in section.tables:
        _add_table(paper, grid)
    for figure in section.figures:
        number += 1
        _add_figure(paper, figure, number)
    return number


def _add_figure(paper: Paper, figure: Figure, number: int) -> None:
    paper.add_picture(to_png(figure), f"{figure.title}. {figure.caption}")
    paper.body.add(Run(f"Hình {number}. {figure.title}", "bold"), align="center", keep=True)
    paper.body.add(Run(figure.caption, "italic"), align="both")


def _add_table(paper: Paper, grid: Grid, prefix: str = "", *, most: int = MOST_ROWS, letters: int = 0) -> None:
    body: Body = paper.body
    body.add(Run(f"{prefix}{grid.title}", "bold"), keep=True, before=6)
    whole = sum(column.width for column in grid.columns)
    table = body.add_table([paper.width * column.width / whole for column in grid.columns])
    heads = [[[Run(column.name, "bold")]] for column in grid.columns]
    table.add_row(heads, header=True, centred=True, shade=_SHADE)
    for row in grid.shown[:most]:
        table.add_row([[[Run(shortened(value, letters) if letters else value)]] for value in row], splits=True)
    for note in table_notes(grid, most):
        body.add(Run(note, "italic"))


def table_notes(grid: Grid, most: int = MOST_ROWS) -> tuple[str, ...]:
    """Return what stands below a table: how to read it, and that it is cut where it is."""
    cut = _CUT.format(most=most, rows=len(grid.rows)) if len(grid.rows) > most else ""
    return tuple(note for note in (grid.note, cut) if note)


def is_number(kind: Kind) -> bool:
    """Tell whether a column's values are set to the right."""
    return kind is not Kind.TEXT
