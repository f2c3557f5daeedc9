"""A saved run (`matcher match --output X.jsonl`), read lazily; a damaged line costs only itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matcher.errors import InputError, ReadError
from matcher.records import Assessment, Problem
from matcher.register.years import read_year
from matcher.reporting import record_to_assessment

_CURE = "Chạy lại `matcher match … --output X.jsonl`, hoặc lấy lại tệp từ bản sao lưu."
#: Keys that every line of a run has, and no table of proposals.
_KEYS = frozenset(("proposal", "state", "matches"))
#: Damaged lines that are listed one by one; the rest is counted.
_LISTED = 20


@dataclass(frozen=True, slots=True)
class Outline:
    """What one pass over a run's file finds, but for the assessments themselves.

    `titles` maps ids to titles, in order; `years` counts the years that the proposals name, `orientations` are the ids
    of the best matches; `sha256` is that of the file; `problems` are the lines that cannot be read.
    """

    titles: Mapping[str, str]
    years: Mapping[int, int]
    orientations: frozenset[str]
    sha256: str
    problems: tuple[Problem, ...]


class RunFile:
    """The assessments of a run's file, one at a time and as often as wanted; lines that are damaged are passed over.

    Parameters
    ----------
    path : Path
        A `.jsonl` that `matcher match` wrote.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._damaged: frozenset[int] | None = None

    def __iter__(self) -> Iterator[Assessment]:
        """Read the file from its beginning, every match of every assessment."""
        return self.best(0)

    def best(self, top: int) -> Iterator[Assessment]:
        """Read the file with the best `top` matches of each assessment only, which is quicker; 0 reads all.

        Raises
        ------
        ReadError
            If the file cannot be opened or read, or a line is damaged that `outline` counted as whole.
        """
        for number, found in self._lines(top):
            if isinstance(found, Assessment):
                yield found
            elif self._damaged is not None and number not in self._damaged:
                raise ReadError(found, file=self.path, place=f"dòng {number}", cure=_CURE)

    def outline(self) -> Outline:
        """Go through the file once, with the best match of each assessment only.

        Raises
        ------
        ReadError
            If the file cannot be read, or no line of it is an assessment; `place` names the first such line.
        """
        titles: dict[str, str] = {}
        years: dict[int, int] = {}
        orientations: set[str] = set()
        damaged: list[Problem] = []
        numbers: set[int] = set()
        for number, found in self._lines(1):
            if isinstance(found, str):
                numbers.add(number)
                damaged.append(Problem("line_damaged", found, f"{self.path.name}, dòng {number}"))
                continue
            titles.setdefault(found.proposal.id, found.proposal.title)
            if year := read_year(found.proposal.sections.get("year", "")):
                years[year] = years.get(year, 0) + 1
            orientations.update(match.orientation for match in found.matches)
        self._damaged = frozenset(numbers)
        if not titles:
            place = damaged[0].where.rpartition(", ")[2] if damaged else ""
            message = damaged[0].message if damaged else "tệp không có dòng nào"
            raise ReadError(message, file=self.path, place=place, cure=_CURE)
        return Outline(titles, dict(sorted(years.items())), frozenset(orientations), self._hash(), _listed(damaged))

    def _lines(self, top: int) -> Iterator[tuple[int, Assessment | str]]:
        """Yield each line's number with its assessment, or with what is wrong with it."""
        try:
            with self.path.open("rb") as stream:
                for number, line in enumerate(stream, 1):
                    if line.strip():
                        yield number, _assessment(line, top)
        except OSError as err:
            message = f"không đọc được: {err.strerror or err}"
            raise ReadError(message, file=self.path, cure="Kiểm tra đường dẫn và quyền đọc.") from err

    def _hash(self) -> str:
        with self.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()


def is_run(path: Path) -> bool:
    """Tell a run's output from a table of proposals: by the keys of its first line that is an object."""
    if path.suffix.lower() != ".jsonl":
        return False
    try:
        with path.open("rb") as stream:
            for line in stream:
                record = _object(line)
                if record is not None:
                    return len(_KEYS & record.keys()) > 1
    except OSError:
        return True  # the reader says what is wrong with it
    return False


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _assessment(line: bytes, top: int) -> Assessment | str:
    """Return the assessment of a line, or in words why there is none."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as err:
        return f"dòng hỏng, không phải JSON ({err})"
    try:
        return record_to_assessment(record, top)
    except InputError as err:
        return f"dòng không phải kết quả của `matcher match` ({err.message})"


def _listed(damaged: list[Problem]) -> tuple[Problem, ...]:
    if len(damaged) <= _LISTED:
        return tuple(damaged)
    more = Problem("line_damaged", f"và {len(damaged) - _LISTED} dòng hỏng nữa", damaged[_LISTED].where)
    return (*damaged[:_LISTED], more)
