"""Writing the yearly report by the suffix of the file's name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from matcher.errors import OutputError
from matcher.reporting.atomic import probe, replacing
from matcher.trends.contract import write_json
from matcher.trends.records import Analysis
from matcher.trends.report.page import write_html
from matcher.trends.report.word_file import write_docx
from matcher.trends.report.workbook import write_xlsx


def _write_json(analysis: Analysis, stream: BinaryIO, office: str = "") -> None:
    write_json(analysis, stream)


_WRITERS: Mapping[str, Callable[[Analysis, BinaryIO, str], None]] = MappingProxyType(
    {".html": write_html, ".docx": write_docx, ".xlsx": write_xlsx, ".json": _write_json}
)
#: The kinds of file that the yearly report is written as.
TREND_SUFFIXES = tuple(_WRITERS)


def check_trend_outputs(outputs: Iterable[Path], taken: Iterable[Path] = ()) -> None:
    """Check, before any long work, that each output can be written; leaves no trace.

    Raises
    ------
    OutputError
        For another suffix than those of `TREND_SUFFIXES`, a file that is `taken` (an input) or named twice, or a place
        that cannot be written.
    """
    known = {_name(path) for path in taken}
    for path in outputs:
        if path.suffix.lower() not in _WRITERS:
            raise OutputError(
                f"báo cáo không ghi được thành tệp {path.suffix or 'không có đuôi'}",
                file=path,
                cure=f"Đặt tên có đuôi {', '.join(TREND_SUFFIXES)}.",
            )
        if _name(path) in known:
            raise OutputError("đã là tệp đầu vào hoặc đầu ra khác của lần chạy này", file=path, cure="Đặt tên khác.")
        known.add(_name(path))
        probe(path)


def write_trends(analysis: Analysis, path: Path, *, office: str = "") -> None:
    """Write the report as the suffix says, whole or not at all.

    Parameters
    ----------
    analysis : Analysis
        What it is about.
    path : Path
        `.html`, `.docx`, `.xlsx` or `.json`.
    office : str
        The department that heads the report.

    Raises
    ------
    OutputError
        As `check_trend_outputs`, or where writing fails.
    """
    check_trend_outputs([path])
    with replacing(path) as stream:
        _WRITERS[path.suffix.lower()](analysis, stream, office)


def _name(path: Path) -> str:
    return os.path.normcase(path.absolute())
