"""JSON lines: the output that other programs read, and the file in which a long run keeps its assessments."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from matcher.errors import InputError, ReadError
from matcher.records import Assessment
from matcher.reporting.contract import assessment_to_record, record_to_assessment
from matcher.reporting.report import Report

# Line ends to some readers (str.splitlines among them), though not to JSON.
_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def json_line(record: Any) -> bytes:  # noqa: ANN401
    """Return a record as one line of UTF-8 JSON with its line feed; equal records give equal bytes."""
    text = json.dumps(record, ensure_ascii=False, allow_nan=False)
    return text.translate(_LINE_ENDS).encode("utf-8") + b"\n"


class AssessmentFile:
    """Assessments in a JSON-lines file, read one at a time and as often as wanted.

    A long run writes each assessment to such a file as it is made and then reports from it, so that no more
    than one is ever in memory; the output of an earlier run can be read in the same way.

    Parameters
    ----------
    path : Path
        A file of lines made by `json_line(assessment_to_record(…))`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def __iter__(self) -> Iterator[Assessment]:
        """Read the file from its beginning.

        Raises
        ------
        ReadError
            If the file cannot be read, or a line is no record of an assessment; `place` names the line.
        """
        try:
            with self.path.open("rb") as stream:
                for number, line in enumerate(stream, 1):
                    if line.strip():
                        yield self._assessment(line, number)
        except OSError as err:
            raise ReadError(f"cannot be read: {err.strerror or err}", file=self.path, cure="Check the path.") from err

    def _assessment(self, line: bytes, number: int) -> Assessment:
        try:
            return record_to_assessment(json.loads(line))
        except (ValueError, InputError) as err:  # ValueError: no JSON, or no UTF-8
            message = err.message if isinstance(err, InputError) else f"is no JSON: {err}"
            raise ReadError(
                message,
                file=self.path,
                place=f"line {number}",
                cure="Give a file that `matcher match --output X.jsonl` wrote.",
            ) from err


def write_jsonl(report: Report, stream: BinaryIO) -> None:
    """Write one record of the contract a line, in the order of input; `settings.top` bounds the matches."""
    top = report.manifest.settings.top
    if isinstance(report.assessments, AssessmentFile) and not top:
        with report.assessments.path.open("rb") as source:
            shutil.copyfileobj(source, stream, 1 << 20)
        return
    for assessment in report.assessments:
        stream.write(json_line(assessment_to_record(assessment, top)))
