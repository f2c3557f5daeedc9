"""One import under way: which task is which, and batches that go in whole or not at all."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from matcher.register.connection import connected, writing
from matcher.register.stored import KEPT, StoredTask, row_of, stored_task
from matcher.register.task import PastTask
from matcher.text import comparison_key

_ASK_AT_ONCE = 400
#: Titles with the same id, from different files or years, that are less alike than this are two tasks.
_SAME_TASK = 60.0
_INSERT = f"INSERT INTO tasks (register, {', '.join(KEPT)}, added, changed) VALUES ({', '.join('?' * (len(KEPT) + 3))})"
_UPDATE = f"UPDATE tasks SET {', '.join(f'{name}=?' for name in KEPT)}, changed=? WHERE register=? AND id=?"
_MOVE = "UPDATE tasks SET source_file=?, source_row=? WHERE register=? AND id=?"


class Import:
    """An import under way: batches go in whole or not at all, and again without harm.

    Attributes
    ----------
    resumed : bool
        Whether the same table was begun before and not brought to its end.
    counts : Counter of str
        Tasks `added`, `updated`, `unchanged`, and `repeated` within the table.
    """

    def __init__(self, path: Path, register: str, sha256: str, *, resumed: bool) -> None:
        self.resumed = resumed
        self.counts: Counter[str] = Counter()
        self._path = path
        self._register = register
        self._sha256 = sha256
        self._taken: set[str] = set()

    def write(self, tasks: Sequence[PastTask]) -> None:
        """Write a batch in one transaction."""
        counts: Counter[str] = Counter()
        taken = set(self._taken)
        with connected(self._path) as connection, writing(connection):
            known = self._read(connection, tasks)
            for task in tasks:
                counts[self._put(connection, task, known, taken)] += 1
            connection.execute(
                "UPDATE imports SET rows=MAX(rows, ?) WHERE register=? AND sha256=?",
                (self.counts.total() + counts.total(), self._register, self._sha256),
            )
        self.counts += counts
        self._taken = taken

    def finish(self, columns: Iterable[str]) -> None:
        """Note that the table was read to its end, and the columns it has."""
        with connected(self._path) as connection, writing(connection):
            connection.execute(
                "UPDATE imports SET finished=?, columns=? WHERE register=? AND sha256=?",
                (now(), json.dumps(list(columns), ensure_ascii=False), self._register, self._sha256),
            )
            connection.execute(  # an earlier state of the table that was mended since
                "DELETE FROM imports WHERE register=? AND finished IS NULL AND file=(SELECT file FROM imports "
                "WHERE register=? AND sha256=?)",
                (self._register, self._register, self._sha256),
            )

    def _read(self, connection: sqlite3.Connection, tasks: Sequence[PastTask]) -> dict[str, StoredTask]:
        ids = list(dict.fromkeys(each for task in tasks for each in _ids(task)))
        known: dict[str, StoredTask] = {}
        for at in range(0, len(ids), _ASK_AT_ONCE):
            part = ids[at : at + _ASK_AT_ONCE]
            asked = f"SELECT {', '.join(KEPT)} FROM tasks WHERE register=? AND id IN ({', '.join('?' * len(part))})"
            known |= {row[0]: stored_task(row) for row in connection.execute(asked, (self._register, *part))}
        return known

    def _put(
        self, connection: sqlite3.Connection, task: PastTask, known: dict[str, StoredTask], taken: set[str]
    ) -> str:
        task = replace(task, id=_settled_id(task, known, taken))
        repeated = task.id in taken
        taken.add(task.id)
        old = known.get(task.id)
        if old is not None:  # of two rows of one table the first holds, of two tables the later
            task = old.task.over(task) if repeated else task.over(old.task)
        found = StoredTask(task, task.variant, task.digest)
        known[task.id] = found
        if old is None:
            connection.execute(_INSERT, (self._register, *row_of(found), now(), now()))
            return "added"
        if old.digest != found.digest:
            connection.execute(_UPDATE, (*row_of(found), now(), self._register, task.id))
            return "repeated" if repeated else "updated"
        if old.task.source != task.source and not repeated:
            connection.execute(_MOVE, (task.source.file, task.source.row, self._register, task.id))
        return "repeated" if repeated else "unchanged"


def now() -> str:
    """Return the time, in UTC, as the database notes it."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def _settled_id(task: PastTask, known: dict[str, StoredTask], taken: set[str]) -> str:
    """Return the id under which a task is kept: its own, or one with a mark where another work has it.

    Tables number their rows 1, 2, 3 anew each year and on each sheet: such a number alone never overwrites.
    """
    own, marked = _ids(task)
    for each in (own, marked):
        if each in known and known[each].variant == task.variant:
            return each
    if own in taken or (own in known and _is_other_work(known[own].task, task)):
        return marked
    return own


def _is_other_work(old: PastTask, new: PastTask) -> bool:
    from rapidfuzz import fuzz

    elsewhere = old.source.file != new.source.file or bool(old.year and new.year and old.year != new.year)
    if not elsewhere:
        return False
    return fuzz.token_set_ratio(comparison_key(old.title), comparison_key(new.title)) < _SAME_TASK


def _ids(task: PastTask) -> tuple[str, str]:
    return task.id, f"{task.id}#{task.variant}"
