"""Tables of proposals and of past tasks, streamed row by row from `.csv`, `.xlsx` and `.jsonl`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path

from matcher.errors import ReadError
from matcher.reading.columns import Header, fold, read_header
from matcher.reading.conversions import CONVERTED_TABLES, as_workbook
from matcher.reading.delimited import RawRow, find_delimiter, open_lines, read_records
from matcher.reading.files import Content, check_file, read_bytes, read_head, sniff_file
from matcher.reading.jsonlines import read_jsonl
from matcher.reading.limits import DEFAULT, Limits
from matcher.reading.rows import TableRow, first_noticed, no_title, table_row
from matcher.reading.sheets import read_sheets
from matcher.records import Problem

#: Rows in which the header is looked for: ministries put up to ten lines of titles above it.
_HEADER_ROWS = 15
_ORDINAL = re.compile(r"\(?\s*(\d{1,2}|[A-ZĐ]|[IVX]{2,5})\s*\)?")
_TOTAL = re.compile(r"(tong|cong)( (cong|so|kinh phi|nhiem vu|de tai))*")


class TableMedia(StrEnum):
    """The kinds of table that can be read."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"


#: Suffixes that `read_table` takes.
TABLE_SUFFIXES = tuple(f".{media}" for media in TableMedia)


def read_table(path: Path, *, limits: Limits = DEFAULT) -> Iterator[TableRow]:
    """Stream the rows of a table; memory does not grow with their number.

    The delimiter, the encoding and the header's row are found out. Headers may be English or Vietnamese, in
    any case and order, with or without diacritics, or those of the national register.

    Parameters
    ----------
    path : Path
        A `.csv`, `.xlsx` or `.jsonl` file; a workbook under another suffix is known by its content. `.xls` and
        `.ods` are read through LibreOffice.
    limits : Limits
        Sizes above which the file is refused or a cell is cut.

    Yields
    ------
    TableRow
        One for every row with anything in it, broken ones included.

    Raises
    ------
    TableError
        Where no column of titles can be recognised; the message lists the columns found.
    ReadError
        Where the file cannot be read.
    """
    path = Path(path)
    if not check_file(path, limits) or not read_head(path).strip(b"\x00 \t\r\n"):
        raise ReadError("tệp rỗng", file=path, cure="Kiểm tra lại tệp hoặc xin người gửi gửi lại.")
    content = sniff_file(path)
    if content in CONVERTED_TABLES:
        with as_workbook(path, read_bytes(path, limits), content, limits) as workbook:
            yield from read_table(workbook, limits=limits)
        return
    reader = _READERS[_media(path)]
    for index, row in enumerate(reader(path, limits)):
        if index >= limits.max_rows:
            message = f"Bảng có hơn {limits.max_rows} dòng; phần từ dòng {row.number} chưa được đọc."
            yield TableRow(row.number, {}, problems=(Problem("row_limit", message, f"dòng {row.number}"),))
            return
        yield row


def _media(path: Path) -> TableMedia:
    """Settle what kind of table a file is, by its content where that is certain."""
    content = sniff_file(path)
    suffix = path.suffix.lower()
    if content is Content.XLSX:
        return TableMedia.XLSX
    if content in (Content.OLE, Content.LOCKED):
        raise ReadError(
            "là tệp Office đời cũ hoặc có mật khẩu",
            file=path,
            cure="Mở bằng Excel và lưu lại thành .xlsx, không đặt mật khẩu.",
        )
    if content is not Content.TEXT or suffix == ".xlsx":
        raise ReadError(
            f"có đuôi {suffix or '(không có)'} nhưng bên trong không phải bảng đọc được",
            file=path,
            cure=f"Các loại bảng đọc được: {', '.join(TABLE_SUFFIXES)}.",
        )
    if suffix not in TABLE_SUFFIXES:
        raise ReadError(
            f"không biết loại tệp {suffix or '(không có đuôi)'}",
            file=path,
            cure=f"Các loại bảng đọc được: {', '.join(TABLE_SUFFIXES)}.",
        )
    return TableMedia(suffix[1:])


# --------------------------------------------------------------------------------------------- csv and xlsx


def _read_csv(path: Path, limits: Limits) -> Iterator[TableRow]:
    lines = open_lines(path)
    delimiter = find_delimiter(lines, _score, limits)
    found = _find_header(read_records(lines, delimiter, limits))
    if found is None:
        raise no_title(path, _headings(read_records(lines, delimiter, limits)))
    header, rows = found
    yield from first_noticed(lines.problems, _table_rows(header, rows, limits))


def _read_xlsx(path: Path, limits: Limits) -> Iterator[TableRow]:
    """Read every sheet that has a column of titles: offices keep one sheet for each field."""
    headings: list[str] = []
    tables = 0
    for name, raw in read_sheets(path, limits):
        head = list(islice(raw, _HEADER_ROWS))
        headings = headings or _headings(head)
        found = _find_header(chain(head, raw))
        if found is not None:
            tables += 1
            yield from _table_rows(*found, limits, sheet=name if tables > 1 else "")
    if not tables:
        raise no_title(path, headings)


def _score(rows: list[list[str]]) -> int:
    """Return how many columns of the best header among the first rows are known, those with a title first."""
    headers = [read_header(cells) for cells in rows[:_HEADER_ROWS] if cells]
    return max((len(header.sections) + 100 * header.has_title for header in headers), default=0)


def _find_header(rows: Iterator[RawRow]) -> tuple[Header, Iterator[RawRow]] | None:
    """Return the header and the rows after it: the first with a title and one more, else with a title."""
    head = list(islice(rows, _HEADER_ROWS))
    headers = [(index, read_header(row.cells)) for index, row in enumerate(head) if row.cells]
    titled = [(index, header) for index, header in headers if header.has_title]
    best = next((each for each in titled if len(each[1].sections) > 1), titled[0] if titled else None)
    if best is None:
        return None
    index, header = best
    return header, chain(head[index + 1 :], rows)


def _table_rows(header: Header, rows: Iterator[RawRow], limits: Limits, sheet: str = "") -> Iterator[TableRow]:
    for row in rows:
        texts = [text.strip() for text in row.cells]
        filled = [text for text in texts if text]
        if not row.problems and (not filled or _is_no_task(header, texts, filled)):
            continue
        cells = {name: texts[index] for index, name in header.sections.items() if index < len(texts)}
        extra = {name: texts[index] for index, name in header.extra.items() if index < len(texts)}
        if surplus := [text for text in texts[len(header.sections) + len(header.extra) :] if text]:
            extra["cột thừa"] = "; ".join(surplus)
        yield table_row(row.number, cells, extra, row.problems, limits, sheet)


def _is_no_task(header: Header, texts: list[str], filled: list[str]) -> bool:
    """Tell the rows between tasks: numbers of columns, headings of groups («I. Nông nghiệp»), totals."""
    if len(filled) > 1 and all(_ORDINAL.fullmatch(text) for text in filled):
        return True
    title = next(index for index, name in header.sections.items() if name == "title")
    if title < len(texts) and texts[title]:
        return _is_total(texts[title])
    heading = len(filled) == 1 and (" " in filled[0] or _ORDINAL.fullmatch(filled[0]) is not None)
    return heading or any(_is_total(text) for text in filled)


def _is_total(text: str) -> bool:
    return text[0] in "TCtc" and len(text) < 60 and _TOTAL.fullmatch(fold(text)) is not None


def _headings(rows: Iterator[RawRow] | list[RawRow]) -> list[str]:
    """Return the row that looks most like a header: the one with most cells."""
    return max((row.cells for row in islice(rows, _HEADER_ROWS)), key=lambda cells: sum(map(bool, cells)), default=[])


_READERS: dict[TableMedia, Callable[[Path, Limits], Iterator[TableRow]]] = {
    TableMedia.CSV: _read_csv,
    TableMedia.XLSX: _read_xlsx,
    TableMedia.JSONL: read_jsonl,
}
