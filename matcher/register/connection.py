"""The database file: its tables, and connections that wait for one another instead of failing."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from matcher.errors import InputError, OutputError
from matcher.register.task import STORED

#: The version of the tables below, in the file's `user_version`.
VERSION = 1
_NUMBERS = ("year",)
_COLUMNS = ",\n  ".join(f"{name} {'INTEGER' if name in _NUMBERS else 'TEXT NOT NULL'}" for name in STORED)
_SCHEMA = f"""
CREATE TABLE registers (
  key TEXT PRIMARY KEY, name TEXT NOT NULL, note TEXT NOT NULL, created TEXT NOT NULL
);
CREATE TABLE imports (
  number INTEGER PRIMARY KEY AUTOINCREMENT, register TEXT NOT NULL REFERENCES registers (key) ON DELETE CASCADE,
  file TEXT NOT NULL, sha256 TEXT NOT NULL, started TEXT NOT NULL, finished TEXT,
  rows INTEGER NOT NULL DEFAULT 0, columns TEXT NOT NULL DEFAULT '[]',
  UNIQUE (register, sha256)
);
CREATE TABLE tasks (
  number INTEGER PRIMARY KEY AUTOINCREMENT, register TEXT NOT NULL REFERENCES registers (key) ON DELETE CASCADE,
  {_COLUMNS},
  title_key TEXT NOT NULL, variant TEXT NOT NULL, digest TEXT NOT NULL,
  source_file TEXT NOT NULL, source_row INTEGER, added TEXT NOT NULL, changed TEXT NOT NULL,
  UNIQUE (register, id)
);
CREATE INDEX tasks_by_title ON tasks (title_key);
"""
#: Seconds that a connection waits for another that writes.
_BUSY_SECONDS = 120.0
_CURE = "Kiểm tra quyền ghi và dung lượng, hoặc đặt register_db (hay --db) sang tệp khác."


@contextlib.contextmanager
def connected(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the database, its tables made where they are not there; no transaction is begun.

    The file has a write-ahead log, so that readers never wait.

    Raises
    ------
    InputError
        If the file is none of ours, is damaged, or was written by a later version.
    OutputError
        If it cannot be opened or written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
        with contextlib.closing(connection):
            connection.execute("PRAGMA foreign_keys=ON")
            _check(connection, path)
            yield connection
    except sqlite3.OperationalError as err:
        raise OutputError(f"không mở hoặc không ghi được cơ sở dữ liệu danh mục: {err}", file=path, cure=_CURE) from err
    except sqlite3.DatabaseError as err:
        raise InputError(
            f"không phải cơ sở dữ liệu danh mục, hoặc đã hỏng: {err}",
            file=path,
            cure="Đổi tên tệp này để giữ lại, rồi nhập lại các danh mục.",
        ) from err
    except OSError as err:
        raise OutputError(f"không mở được: {err.strerror or err}", file=path, cure=_CURE) from err


@contextlib.contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """Hold the only right to write until all is written, or nothing is."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _check(connection: sqlite3.Connection, path: Path) -> None:
    version = _version(connection)
    if version == 0:
        version = _make(connection, path)
    if version > VERSION:
        raise InputError(
            f"do phiên bản sau của chương trình ghi (bảng phiên bản {version}, chương trình này đọc đến {VERSION})",
            file=path,
            cure="Dùng phiên bản mới của chương trình.",
        )
    if version != VERSION:
        raise InputError("không phải cơ sở dữ liệu danh mục", file=path, cure="Chỉ ra đúng tệp, hoặc nhập danh mục.")


def _make(connection: sqlite3.Connection, path: Path) -> int:
    """Make the tables; of several processes that come first at once, one does it and the others wait."""
    from filelock import FileLock

    with FileLock(path.with_name(path.name + ".lock"), timeout=_BUSY_SECONDS):
        if not _version(connection):
            if connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]:
                raise InputError(
                    "là cơ sở dữ liệu của chương trình khác", file=path, cure="Chỉ ra một tệp khác với --db."
                )
            connection.execute("PRAGMA journal_mode=WAL")
            connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version={VERSION}; COMMIT;")
    return _version(connection)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
