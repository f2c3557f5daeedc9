"""Writing the search report by the suffix of the file's name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from matcher.errors import OutputError
from matcher.reporting.atomic import probe, replacing
from matcher.reporting.search.page import write_search_html
from matcher.reporting.search.record import SearchReport
from matcher.reporting.search.word_file import write_search_docx

_WRITERS: Mapping[str, Callable[[SearchReport, BinaryIO], None]] = MappingProxyType(
    {".docx": write_search_docx, ".html": write_search_html}
)
#: The kinds of file that a search report is written as.
SEARCH_SUFFIXES = tuple(_WRITERS)


def check_search_output(path: Path, taken: Iterable[Path] = ()) -> None:
    """Check, before any long work, that a search report can be written there; leaves no trace.

    Raises
    ------
    OutputError
        For another suffix than those of `SEARCH_SUFFIXES`, a file that is `taken` (an input, another output), or a
        place that cannot be written.
    """
    if path.suffix.lower() not in _WRITERS:
        raise OutputError(
            f"a search report cannot be a {path.suffix or 'file without suffix'}",
            file=path,
            cure=f"Give a name that ends in one of {', '.join(SEARCH_SUFFIXES)}.",
        )
    if any(os.path.normcase(path.absolute()) == os.path.normcase(each.absolute()) for each in taken):
        raise OutputError("is an input or output of this run already", file=path, cure="Choose another name.")
    probe(path)


def write_search_report(report: SearchReport, path: Path) -> None:
    """Write the report as the suffix says, whole or not at all.

    Raises
    ------
    OutputError
        As `check_search_output`, or where writing fails.
    """
    check_search_output(path)
    with replacing(path) as stream:
        _WRITERS[path.suffix.lower()](report, stream)
