"""The file in which a long run keeps its assessments, and from which it reports."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from matcher.errors import InputError, ReadError
from matcher.records import Assessment
from matcher.reporting.contract import record_to_assessment


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
        """Read the file from its beginning, every match of every assessment."""
        return self.best(0)

    def best(self, top: int) -> Iterator[Assessment]:
        """Read the file from its beginning with the best `top` matches only, which is quicker; 0 reads all.

        Raises
        ------
        ReadError
            If the file cannot be read, or a line is no record of an assessment; `place` names the line.
        """
        try:
            with self.path.open("rb") as stream:
                for number, line in enumerate(stream, 1):
                    if line.strip():
                        yield self._assessment(line, number, top)
        except OSError as err:
            raise ReadError(f"cannot be read: {err.strerror or err}", file=self.path, cure="Check the path.") from err

    def _assessment(self, line: bytes, number: int, top: int) -> Assessment:
        try:
            return record_to_assessment(json.loads(line), top)
        except (ValueError, InputError) as err:  # ValueError: no JSON, or no UTF-8
            message = err.message if isinstance(err, InputError) else f"is no JSON: {err}"
            raise ReadError(
                message,
                file=self.path,
                place=f"line {number}",
                cure="Give a file that `matcher match --output X.jsonl` wrote.",
            ) from err
