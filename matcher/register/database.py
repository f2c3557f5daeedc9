"""`RegisterDatabase`: registers of past tasks in one SQLite file, written in batches that never leave half a task."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from matcher.errors import InputError
from matcher.records import Problem, Register
from matcher.register.connection import connected, writing
from matcher.register.job import Import, now
from matcher.register.stored import KEPT, stored_task
from matcher.register.summary import ImportNote, RegisterSummary, Years
from matcher.settings import Settings
from matcher.text import comparison_key, normalize

#: Stands for every register; no register can have it as its name.
ALL = "all"
_NO_NAMES = frozenset((ALL, "tất cả"))
_LONGEST_NAME = 100


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
                f"SELECT {', '.join(KEPT)} FROM tasks WHERE register=? ORDER BY id", (_key(name),)
            )
            tasks = tuple(stored_task(row).task.to_proposal(summary.name) for row in rows)
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
            started = now()
            connection.execute("INSERT OR IGNORE INTO registers VALUES (?, ?, ?, ?)", (_key(name), name, note, started))
            if note:
                connection.execute("UPDATE registers SET note=? WHERE key=?", (note, _key(name)))
            before = connection.execute(
                "SELECT finished FROM imports WHERE register=? AND sha256=?", (_key(name), sha256)
            ).fetchone()
            connection.execute(
                "INSERT INTO imports (register, file, sha256, started) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (register, sha256) DO UPDATE SET file=excluded.file, started=excluded.started",
                (_key(name), file, sha256, started),
            )
        return Import(self.path, _key(name), sha256, resumed=before is not None and before[0] is None)

    def _unknown(self, name: str) -> InputError:
        names = ", ".join(f"«{each.name}»" for each in self.registers()) or "chưa có"
        return InputError(
            f"không có danh mục «{name}»",
            cure=f"Các danh mục đã nhập: {names}. Nhập thêm bằng: matcher register import TỆP --name TÊN.",
        )


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
