"""`RegisterDatabase`: registers of past tasks in one SQLite file, written in batches that never leave half a task."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from matcher.errors import InputError
from matcher.records import Problem, Register, Source
from matcher.register.connection import connected, writing
from matcher.register.summary import ImportNote, RegisterSummary, Years
from matcher.register.task import STORED, PastTask
from matcher.settings import Settings
from matcher.text import comparison_key, normalize

#: Stands for every register; no register can have it as its name.
ALL = "all"
_NO_NAMES = frozenset((ALL, "tất cả"))
_LONGEST_NAME = 100
_ASK_AT_ONCE = 400
#: Titles with the same id, from different files or years, that are less alike than this are two tasks.
_SAME_TASK = 60.0
_KEPT = (*STORED, "title_key", "variant", "digest", "source_file", "source_row")
_INSERT = (
    f"INSERT INTO tasks (register, {', '.join(_KEPT)}, added, changed) VALUES ({', '.join('?' * (len(_KEPT) + 3))})"
)
_UPDATE = f"UPDATE tasks SET {', '.join(f'{name}=?' for name in _KEPT)}, changed=? WHERE register=? AND id=?"
_MOVE = "UPDATE tasks SET source_file=?, source_row=? WHERE register=? AND id=?"


@dataclass(frozen=True, slots=True)
class _Known:
    """A task as it stands in the database."""

    task: PastTask
    variant: str
    digest: str


class RegisterDatabase:
    """Registers of past tasks (danh mục nhiệm vụ) in one file.

    Several processes may read and write at once: readers see the last finished batch, writers wait for one another.

    Parameters
    ----------
    path : Path
        The file; made with its folder at the first import.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def of(cls, settings: Settings, path: Path | None = None) -> RegisterDatabase:
        """Return the database that a path, else the settings name."""
        return cls(path or settings.register_path)

    @property
    def vectors_path(self) -> Path:
        """The file of the tasks' vectors, beside the database; it may be removed at any time."""
        return self.path.with_name(self.path.stem + "-vectors.sqlite3")

    def registers(self) -> tuple[RegisterSummary, ...]:
        """Return what the registers hold, by name; nothing where nothing was imported yet.

        Raises
        ------
        InputError, OutputError
            If the file cannot be read.
        """
        if not self.path.exists():
            return ()
        with connected(self.path) as connection:
            rows = connection.execute("SELECT key, name, note, created FROM registers ORDER BY key").fetchall()
            return tuple(_summary(connection, *row) for row in rows)

    def load(self, name: str) -> Register:
        """Return a register with its tasks, by id.

        A register whose import was interrupted carries the problem `import_unfinished`.

        Raises
        ------
        InputError
            If there is no such register; the cure names those that there are.
        """
        summary = next((each for each in self.registers() if _key(each.name) == _key(name)), None)
        if summary is None:
            raise self._unknown(name)
        with connected(self.path) as connection:
            rows = connection.execute(
                f"SELECT {', '.join(_KEPT)} FROM tasks WHERE register=? ORDER BY id", (_key(name),)
            )
            tasks = tuple(_known(row).task.to_proposal(summary.name) for row in rows)
        return Register(summary.name, tasks, tuple(_unfinished(summary)))

    def remove(self, name: str) -> int:
        """Take a register out, and return how many tasks it had.

        Raises
        ------
        InputError
            If there is no such register.
        """
        tasks = len(self.load(name).tasks)
        with connected(self.path) as connection, writing(connection):
            connection.execute("DELETE FROM registers WHERE key=?", (_key(name),))
        return tasks

    def has(self, name: str) -> bool:
        """Say whether there is a register of that name."""
        return any(_key(each.name) == _key(name) for each in self.registers())

    def importing(self, name: str, *, file: str, sha256: str, note: str = "") -> Import:
        """Begin, or take up, the import of a table into a register, which is made where it is new.

        Raises
        ------
        InputError
            For a name that cannot be used.
        """
        name = checked_name(name)
        with connected(self.path) as connection, writing(connection):
            now = _now()
            connection.execute("INSERT OR IGNORE INTO registers VALUES (?, ?, ?, ?)", (_key(name), name, note, now))
            if note:
                connection.execute("UPDATE registers SET note=? WHERE key=?", (note, _key(name)))
            before = connection.execute(
                "SELECT finished FROM imports WHERE register=? AND sha256=?", (_key(name), sha256)
            ).fetchone()
            connection.execute(
                "INSERT INTO imports (register, file, sha256, started) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (register, sha256) DO UPDATE SET file=excluded.file, started=excluded.started",
                (_key(name), file, sha256, now),
            )
        return Import(self.path, _key(name), sha256, resumed=before is not None and before[0] is None)

    def _unknown(self, name: str) -> InputError:
        names = ", ".join(f"«{each.name}»" for each in self.registers()) or "chưa có"
        return InputError(
            f"không có danh mục «{name}»",
            cure=f"Các danh mục đã nhập: {names}. Nhập thêm bằng: matcher register import TỆP --name TÊN.",
        )


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
                (_now(), json.dumps(list(columns), ensure_ascii=False), self._register, self._sha256),
            )
            connection.execute(  # an earlier state of the table that was mended since
                "DELETE FROM imports WHERE register=? AND finished IS NULL AND file=(SELECT file FROM imports "
                "WHERE register=? AND sha256=?)",
                (self._register, self._register, self._sha256),
            )

    def _read(self, connection: sqlite3.Connection, tasks: Sequence[PastTask]) -> dict[str, _Known]:
        ids = list(dict.fromkeys(each for task in tasks for each in _ids(task)))
        known: dict[str, _Known] = {}
        for at in range(0, len(ids), _ASK_AT_ONCE):
            part = ids[at : at + _ASK_AT_ONCE]
            asked = f"SELECT {', '.join(_KEPT)} FROM tasks WHERE register=? AND id IN ({', '.join('?' * len(part))})"
            known |= {row[0]: _known(row) for row in connection.execute(asked, (self._register, *part))}
        return known

    def _put(self, connection: sqlite3.Connection, task: PastTask, known: dict[str, _Known], taken: set[str]) -> str:
        task = replace(task, id=_settled_id(task, known, taken))
        repeated = task.id in taken
        taken.add(task.id)
        old = known.get(task.id)
        if old is not None:  # of two rows of one table the first holds, of two tables the later
            task = old.task.over(task) if repeated else task.over(old.task)
        found = _Known(task, task.variant, task.digest)
        known[task.id] = found
        if old is None:
            connection.execute(_INSERT, (self._register, *_row(found), _now(), _now()))
            return "added"
        if old.digest != found.digest:
            connection.execute(_UPDATE, (*_row(found), _now(), self._register, task.id))
            return "repeated" if repeated else "updated"
        if old.task.source != task.source and not repeated:
            connection.execute(_MOVE, (task.source.file, task.source.row, self._register, task.id))
        return "repeated" if repeated else "unchanged"


def checked_name(name: str) -> str:
    """Return a register's name as it is written.

    Raises
    ------
    InputError
        If it is empty, too long, stands for all registers, or looks like a path.
    """
    tidy = " ".join(normalize(name).split())
    if not tidy or len(tidy) > _LONGEST_NAME or tidy.casefold() in _NO_NAMES or set(tidy) & set("/\\"):
        raise InputError(
            f"tên danh mục «{tidy[:40]}» không dùng được",
            cure=f"Đặt tên khác «{ALL}», không có dấu gạch chéo, dài nhất {_LONGEST_NAME} ký tự (--name).",
        )
    return tidy


def _settled_id(task: PastTask, known: dict[str, _Known], taken: set[str]) -> str:
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


def _row(known: _Known) -> tuple[object, ...]:
    task = known.task
    values = [getattr(task, name) for name in STORED[:-1]]
    extra = json.dumps(dict(task.extra), ensure_ascii=False)
    return (*values, extra, task.key, known.variant, known.digest, task.source.file, task.source.row)


def _known(row: tuple[object, ...]) -> _Known:
    values = dict(zip(_KEPT, row, strict=True))
    extra = MappingProxyType(json.loads(str(values["extra"])))
    source = Source(str(values["source_file"]), values["source_row"])  # type: ignore[arg-type]
    plain = {name: values[name] for name in STORED if name != "extra"}
    task = PastTask(**plain, extra=extra, source=source)  # type: ignore[arg-type]
    return _Known(task, str(values["variant"]), str(values["digest"]))


def _summary(connection: sqlite3.Connection, key: str, name: str, note: str, created: str) -> RegisterSummary:
    count, first, last, dated, changed = connection.execute(
        "SELECT COUNT(*), MIN(year), MAX(year), COUNT(year), MAX(changed) FROM tasks WHERE register=?", (key,)
    ).fetchone()
    notes = connection.execute(
        "SELECT file, sha256, started, finished, rows, columns FROM imports WHERE register=? ORDER BY number", (key,)
    )
    imports = tuple(
        ImportNote(file, sha256, started, finished or "", rows, tuple(json.loads(columns)))
        for file, sha256, started, finished, rows, columns in notes
    )
    years = Years(first, last, count - dated)
    return RegisterSummary(name, count, years, note, created, changed or created, imports)


def _unfinished(summary: RegisterSummary) -> Iterator[Problem]:
    for each in summary.imports:
        if not each.finished:
            message = (
                f"Danh mục «{summary.name}» chưa nhập xong từ {each.file}: kết quả tra cứu chưa đủ. Nhập lại tệp ấy."
            )
            yield Problem("import_unfinished", message, each.file)


def _key(name: str) -> str:
    return comparison_key(name)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
