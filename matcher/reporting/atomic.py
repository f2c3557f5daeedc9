"""Writing a file whole or not at all, and saying in words why it could not be written."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from matcher.errors import OutputError

_CURES = {
    errno.ENOSPC: "The disk is full: free some space, or write to another disk, and run again.",
    errno.EDQUOT: "Your quota on this disk is used up: free some space and run again.",
    errno.EROFS: "This disk is read-only: write to another folder.",
    errno.ENAMETOOLONG: "Choose a shorter name.",
}


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a new file beside `path`, and put it in its place once it is complete.

    Until then what stood under the name is untouched; after any error, an interruption too, nothing of the
    new file is left. A missing folder is made. The file has the rights that any new file gets. What is no file
    (a device, a pipe) is written straight, never replaced.

    Raises
    ------
    OutputError
        If the folder or file cannot be written; the cure names a full disk, a read-only folder, an open file.
    """
    with explained(path):
        target = real_path(path)
        if target.exists() and not target.is_file() and not target.is_dir():
            with target.open("wb") as stream:
                yield stream
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.parent / f".{secrets.token_hex(6)}.part"
        try:
            with part.open("xb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(target)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn an error of the operating system into an `OutputError` on `path` with its cure."""
    try:
        yield
    except OSError as err:
        raise OutputError(f"cannot be written: {err.strerror or err}", file=path, cure=_cure(err, path)) from err


def real_path(path: Path) -> Path:
    """Return the file that a path leads to, links followed, so that a link is written through."""
    try:
        return path.resolve()
    except RuntimeError as err:  # a loop of links, before Python 3.13
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from err


def probe(path: Path) -> None:
    """Check that `path` can be written, leaving no trace; saves an hour of work from ending in an error.

    Raises
    ------
    OutputError
        As `replacing` would.
    """
    with explained(path):
        target = real_path(path)
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
        if target.exists():
            target.open("ab").close()  # refused where another program holds the file open (Excel on Windows)
        if target.exists() and not target.is_file():
            return
        folder = next(parent for parent in target.parents if parent.exists())
        if not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, f"{folder.name} is a file, not a folder", str(folder))
        trial = folder / f".{secrets.token_hex(6)}.part"
        trial.open("xb").close()
        trial.unlink()


def _cure(err: OSError, path: Path) -> str:
    if err.errno in _CURES:
        return _CURES[err.errno]
    if isinstance(err, IsADirectoryError):
        return "Give the name of a file."
    if isinstance(err, PermissionError):
        if path.suffix.lower() in (".xlsx", ".csv", ".docx"):
            return "Close it in Excel or Word if it is open there (hãy đóng tệp đang mở), or write elsewhere."
        return "Write to a folder where you may create files."
    return "Check the path, or write to another folder."
