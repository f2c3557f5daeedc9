"""Which suffix is written by which function, and the writing of all outputs with their manifests."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from matcher.errors import ErrorGroup, MatcherError, OutputError
from matcher.reporting.atomic import probe, replacing
from matcher.reporting.jsonl import write_jsonl
from matcher.reporting.manifest import manifest_path, write_manifest
from matcher.reporting.page import write_html
from matcher.reporting.report import Report
from matcher.reporting.summary_table import write_docx
from matcher.reporting.table import write_csv
from matcher.reporting.workbook import write_xlsx

Writer = Callable[[Report, BinaryIO], None]


class Suffix(StrEnum):
    """The kinds of output, by the suffix of the file's name."""

    JSONL = ".jsonl"
    CSV = ".csv"
    XLSX = ".xlsx"
    DOCX = ".docx"
    HTML = ".html"


WRITERS: dict[Suffix, Writer] = {
    Suffix.JSONL: write_jsonl,
    Suffix.CSV: write_csv,
    Suffix.XLSX: write_xlsx,
    Suffix.DOCX: write_docx,
    Suffix.HTML: write_html,
}


def suffix_of(output: Path) -> Suffix:
    """Return the kind of an output.

    Raises
    ------
    OutputError
        For a suffix that no writer knows; the cure lists those that are known.
    """
    try:
        return Suffix(output.suffix.lower())
    except ValueError as err:
        what = f"unknown suffix {output.suffix!r}" if output.suffix else "the name has no suffix"
        known = ", ".join(Suffix)
        raise OutputError(what, file=output, cure=f"Give a name that ends in one of {known}.") from err


def check_outputs(outputs: Sequence[Path], inputs: Iterable[Path] = ()) -> None:
    """Check, before any long work, that every output can be written; leaves no trace.

    Parameters
    ----------
    outputs : sequence of Path
        Files to be written.
    inputs : iterable of Path
        Files that are being read and so must not be written over.

    Raises
    ------
    OutputError
        For the only output that is wrong: an unknown suffix, a name given twice, an input's name, a place
        that cannot be written.
    ErrorGroup
        Where several are.
    """
    taken = {_key(each): "is an input of this run" for each in inputs}
    errors: list[MatcherError] = []
    for output in outputs:
        try:
            suffix_of(output)
            if why := taken.get(_key(output)):
                raise OutputError(f"{why} and would be written over", file=output, cure="Choose another name.")
            probe(output)
            probe(manifest_path(output))
        except OutputError as err:
            errors.append(err)
        taken[_key(output)] = "is given twice"
    _raise(errors)


def write_reports(report: Report, outputs: Sequence[Path]) -> tuple[Path, ...]:
    """Write every output, each with its manifest beside it, and return the outputs' paths.

    An output stands under its name only when it is complete. One that cannot be written does not keep the
    others from being written.

    Raises
    ------
    OutputError
        For the only output that failed.
    ErrorGroup
        Where several did.
    """
    errors: list[MatcherError] = []
    for output in outputs:
        try:
            writer = WRITERS[suffix_of(output)]
            with replacing(output) as stream:
                writer(report, stream)
            write_manifest(report.manifest, output, report.summary.to_record())
        except MatcherError as err:
            errors.append(err)
    _raise(errors)
    return tuple(outputs)


def _key(path: Path) -> str:
    """Return what two names of one file have in common."""
    return os.path.normcase(path.absolute())


def _raise(errors: Sequence[MatcherError]) -> None:
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise ErrorGroup(errors)
