"""Excel workbooks, streamed: every sheet's rows, with values where there are formulas."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

from matcher.errors import ReadError
from matcher.reading.delimited import RawRow
from matcher.reading.files import open_zip
from matcher.reading.limits import Limits
from matcher.reading.ooxml import check_prolog

#: Columns of a sheet that are read; a hostile cell in column XFD would widen every row to 16,384.
MAX_COLUMNS = 200
_HEAD = 65536
_CURE = "Mở bằng Excel và lưu lại thành .xlsx mới."
#: What openpyxl lets through when a workbook is damaged or made up.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    SyntaxError,
    RuntimeError,
    ArithmeticError,
)


def read_sheets(path: Path, limits: Limits) -> Iterator[tuple[str, Iterator[RawRow]]]:
    """Yield the name and the rows of each sheet; read the rows of one before asking for the next.

    Raises
    ------
    ReadError
        For a workbook that is damaged, hostile, or would unpack to too much.
    """
    import openpyxl

    _check_parts(path, limits)
    with path.open("rb") as stream:  # by name, openpyxl would refuse whatever has another suffix
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of styles and validations, which are not read
                book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        except _DAMAGED as err:
            raise ReadError("bảng tính bị hỏng", file=path, cure=_CURE) from err
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # many programs write a wrong size, and it would be believed
            yield sheet.title, _rows(path, sheet.title, sheet, limits)


def _rows(path: Path, name: str, sheet: object, limits: Limits) -> Iterator[RawRow]:
    rows = sheet.iter_rows(max_row=1_048_576, max_col=MAX_COLUMNS, values_only=True)  # type: ignore[attr-defined]
    number = 0
    while True:
        number += 1
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                values = next(rows)
        except StopIteration:
            return
        except _DAMAGED as err:
            raise ReadError("trang tính bị hỏng", file=path, place=f"{name}, dòng {number}", cure=_CURE) from err
        yield RawRow(number, [_text(value) for value in values], sheet=name)


def _text(value: object) -> str:
    """Write a cell's value as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, (date, time)) else str(value)


def _check_parts(path: Path, limits: Limits) -> None:
    """Look at the start of every XML part before a parser does."""
    with open_zip(path, path, limits) as archive:
        for entry in archive.infolist():
            if entry.filename.endswith("sharedStrings.xml") and entry.file_size > limits.max_part_bytes:
                raise ReadError("bảng tính có quá nhiều chữ", file=path, cure="Chia nhỏ bảng tính.")
            if not entry.filename.endswith((".xml", ".rels", ".vml")):
                continue
            try:
                with archive.open(entry) as part:
                    check_prolog(part.read(_HEAD), path, entry.filename)
            except _DAMAGED as err:
                raise ReadError("tệp nén bị hỏng", file=path, place=entry.filename, cure=_CURE) from err
