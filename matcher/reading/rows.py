"""One row of a table as it leaves the reading stage, whatever file it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from matcher.errors import TableError
from matcher.reading.limits import Limits
from matcher.records import Problem
from matcher.text import normalize


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table.

    Attributes
    ----------
    number : int
        From 1, as a spreadsheet (or, for JSON lines, an editor) numbers it; the header counts.
    cells : mapping of str to str
        Normalised text by section (`records.SECTIONS`) or "id"; empty cells are left out.
    extra : mapping of str to str
        Text of the other columns, by their heading.
    problems : tuple of Problem
        `row_broken`, `title_missing` and `row_limit` mean that there is no proposal in it; `cell_too_long`
        and `characters_lost`, that some text was lost.
    sheet : str
        The sheet of a workbook, where it is not the first with a table.
    """

    number: int
    cells: Mapping[str, str]
    extra: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    sheet: str = ""


def table_row(
    number: int,
    cells: Mapping[str, str],
    extra: Mapping[str, str],
    problems: tuple[Problem, ...],
    limits: Limits,
    sheet: str,
) -> TableRow:
    """Normalise cells, cut what is too long, and report it with what else is wrong with the row."""
    where = f"{sheet}, dòng {number}" if sheet else f"dòng {number}"
    found = list(problems)
    kept: list[dict[str, str]] = []
    for columns in (cells, extra):
        kept.append({name: normalize(text[: limits.max_cell_chars]) for name, text in columns.items() if text})
        for name, text in columns.items():
            if len(text) > limits.max_cell_chars:
                message = f"Ô «{name}» dài {len(text)} ký tự, đã cắt còn {limits.max_cell_chars}."
                found.append(Problem("cell_too_long", message, where))
            if "\ufffd" in text:
                message = f"Ô «{name}» có ký tự không đọc được (hiện dấu \ufffd)."
                found.append(Problem("characters_lost", message, where))
    if not kept[0].get("title") and not problems:
        found.append(Problem("title_missing", f"Dòng {number} không có tên nhiệm vụ.", where))
    return TableRow(number, kept[0], kept[1], tuple(found), sheet)


def broken_row(number: int, reason: str) -> TableRow:
    """Return the row that stands for a line nothing can be made of."""
    return TableRow(number, {}, problems=(Problem("row_broken", f"Dòng {number}: {reason}.", f"dòng {number}"),))


def first_noticed(problems: tuple[Problem, ...], rows: Iterator[TableRow]) -> Iterator[TableRow]:
    """Hang what was noticed of the file as a whole on its first row."""
    for index, row in enumerate(rows):
        yield row if index else replace(row, problems=(*problems, *row.problems))


def no_title(path: Path, headings: list[str]) -> TableError:
    """Return the error for a table without a column of titles; it lists the columns that there are."""
    shown = ", ".join(f"«{' '.join(text.split())[:60]}»" for text in headings[:20] if text.strip())
    return TableError(
        f"không thấy cột tên nhiệm vụ; các cột có: {shown or 'không có'}",
        file=path,
        cure="Đặt tên một cột là «Tên nhiệm vụ» (hoặc «title»).",
    )
