"""JSON lines: the output that other programs read."""

from __future__ import annotations

import json
import shutil
from typing import Any, BinaryIO

from matcher.reporting.assessment_file import AssessmentFile
from matcher.reporting.contract import assessment_to_record
from matcher.reporting.report import Report

# Line ends to some readers (str.splitlines among them), though not to JSON.
_LINE_ENDS = (("\x85", "\\u0085"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))


def json_line(record: Any) -> bytes:  # noqa: ANN401
    """Return a record as one line of UTF-8 JSON with its line feed; equal records give equal bytes."""
    text = json.dumps(record, ensure_ascii=False, allow_nan=False)
    for letter, escaped in _LINE_ENDS:
        text = text.replace(letter, escaped)
    return text.encode("utf-8") + b"\n"


def write_jsonl(report: Report, stream: BinaryIO) -> None:
    """Write one record of the contract a line, in the order of input; `settings.top` bounds the matches."""
    top = report.manifest.settings.top
    if isinstance(report.assessments, AssessmentFile) and not top:
        with report.assessments.path.open("rb") as source:
            shutil.copyfileobj(source, stream, 1 << 20)
        return
    for assessment in report.assessments:
        stream.write(json_line(assessment_to_record(assessment, top)))
