"""Tables of past tasks, and proposals of a finished round, into the database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

from matcher.errors import InputError
from matcher.proposal.finding import InputFile, find_inputs
from matcher.proposal.rows import read_rows
from matcher.reading import TABLE_SUFFIXES, Limits
from matcher.records import Problem, Proposal, Status
from matcher.register.database import RegisterDatabase, checked_name
from matcher.register.job import Import
from matcher.register.summary import ImportReport
from matcher.register.task import PastTask, names_persons, past_task, without_id
from matcher.settings import Settings

#: Rows written in one transaction: what an interruption can cost.
BATCH = 500
#: The status of proposals that were added after their round and say nothing else.
PROPOSED = "đề xuất"
_T = TypeVar("_T")
#: Problems of rows after which the rest of a table was not read.
_CUT_SHORT = frozenset(("row_limit", "unreadable"))
_CURES = {
    "row_broken": "Sửa dòng này rồi nhập lại tệp.",
    "title_missing": "Điền tên nhiệm vụ rồi nhập lại tệp.",
    "row_empty": "Điền tên nhiệm vụ hoặc xóa dòng rồi nhập lại tệp.",
    "row_limit": "Tăng max_rows hoặc chia nhỏ bảng rồi nhập lại.",
    "cell_too_long": "Nhiệm vụ vẫn được nhập; tăng max_cell_chars nếu cần đủ chữ.",
    "characters_lost": "Nhiệm vụ vẫn được nhập; lưu lại tệp bằng UTF-8 rồi nhập lại.",
}


def import_file(
    database: RegisterDatabase,
    path: Path,
    *,
    name: str = "",
    year: int | None = None,
    status: str = "",
    note: str = "",
    settings: Settings | None = None,
    progress: Callable[[int], None] | None = None,
) -> ImportReport:
    """Import a table of past tasks; a second time it adds nothing.

    Parameters
    ----------
    database : RegisterDatabase
        Made where it is not there.
    path : Path
        `.csv`, `.xlsx` or `.jsonl`, with the columns of proposals or of the national register under Vietnamese or
        English headings in any order; other columns are kept as they are, names of persons are not.
    name : str
        Of the register; the file's name without its suffix if empty.
    year, status
        For tasks whose row does not say.
    note : str
        Where the register is from and under which licence; an empty one leaves the earlier note.
    settings : Settings, optional
        Its limits on input count.
    progress : callable, optional
        Called with the number of rows done after each batch.

    Returns
    -------
    ImportReport
        What was added, updated, or could not be read, row by row.

    Raises
    ------
    InputError
        If the table cannot be read at all; then nothing is written.
    OutputError
        If the database cannot be written.
    """
    file = _table(Path(path))
    name = checked_name(name or file.path.stem)
    rows = read_rows(file, Limits.from_settings(settings or Settings()))
    first = next(rows, None)
    if first is None or (first.status is Status.FAILED and first.source.row is None):
        reason = first.problems[0].message if first and first.problems else "Không có nhiệm vụ nào."
        raise InputError(f"không đọc được danh mục nhiệm vụ: {reason}", file=file.shown)
    with file.path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    job = database.importing(name, file=file.path.name, sha256=sha256, note=note)
    return _Rows(job, name, file.path.name).bring_in(_chain(first, rows), year, status, progress)


def add_proposals(
    database: RegisterDatabase,
    proposals: Iterable[Proposal],
    *,
    name: str,
    source: str,
    year: int | None = None,
    status: str = PROPOSED,
    note: str = "",
    progress: Callable[[int], None] | None = None,
) -> ImportReport:
    """Add the proposals of a round to a register, once they have been compared with everything before.

    Those that could not be read are left out and listed. Adding the same proposals again adds nothing.

    Parameters
    ----------
    database, name, year, status, note, progress
        As for `import_file`.
    proposals : iterable of Proposal
        For instance those of a saved run.
    source : str
        What the round is called in the list of imports: the run's file name.

    Raises
    ------
    InputError
        For a name that cannot be used.
    OutputError
        If the database cannot be written.
    """
    known = list(proposals)
    content = json.dumps([[each.id, dict(each.sections)] for each in known], ensure_ascii=False, sort_keys=True)
    sha256 = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
    name = checked_name(name)
    job = database.importing(name, file=source, sha256=sha256, note=note)
    return _Rows(job, name, source).bring_in(known, year, status, progress)


class _Rows:
    """What comes of a table's rows, one batch after another."""

    def __init__(self, job: Import, register: str, file: str) -> None:
        self._job = job
        self._register = register
        self._file = file
        self._problems: list[Problem] = []
        self._columns: dict[str, None] = {}
        self._not_kept: dict[str, None] = {}
        self._failed = 0
        self._complete = True

    def bring_in(
        self, rows: Iterable[Proposal], year: int | None, status: str, progress: Callable[[int], None] | None
    ) -> ImportReport:
        done = 0
        for batch in _batches(rows, BATCH):
            self._job.write([task for row in batch for task in self._task(row, year, status)])
            done += len(batch)
            if progress is not None:
                progress(done)
        if self._complete:
            self._job.finish(self._columns)
        counts = self._job.counts
        return ImportReport(
            register=self._register,
            file=self._file,
            added=counts["added"],
            updated=counts["updated"],
            unchanged=counts["unchanged"],
            repeated=counts["repeated"],
            failed=self._failed,
            problems=tuple(self._problems),
            not_kept=tuple(self._not_kept),
            resumed=self._job.resumed,
            complete=self._complete,
        )

    def _task(self, row: Proposal, year: int | None, status: str) -> Iterator[PastTask]:
        """Yield the task of a row, or nothing where it has no title."""
        self._problems += [_with_cure(problem, row) for problem in row.problems]
        if row.status is Status.FAILED or not row.title.strip():
            self._failed += 1
            self._complete = self._complete and not any(problem.code in _CUT_SHORT for problem in row.problems)
            return
        own_id = () if without_id(row) else ("id",)
        self._columns |= dict.fromkeys((*own_id, *row.sections, *row.extra))
        self._not_kept |= dict.fromkeys(heading for heading in row.extra if names_persons(heading))
        task, problems = past_task(row, year=year, status=status)
        self._problems += problems
        yield task


def _with_cure(problem: Problem, row: Proposal) -> Problem:
    where = f"dòng {row.source.row}" if row.source.row else problem.where
    cure = _CURES.get(problem.code, "")
    return Problem(problem.code, f"{problem.message} {cure}".strip(), where)


def _table(path: Path) -> InputFile:
    if path.is_dir():
        raise InputError("là thư mục", file=path.as_posix(), cure="Chỉ ra tệp bảng danh mục.")
    (file,) = find_inputs([path])
    if not file.is_table:
        raise InputError(
            "danh mục nhiệm vụ phải là bảng", file=file.shown, cure=f"Các loại đọc được: {', '.join(TABLE_SUFFIXES)}."
        )
    return file


def _chain(first: Proposal, rows: Iterator[Proposal]) -> Iterator[Proposal]:
    yield first
    yield from rows


def _batches(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
