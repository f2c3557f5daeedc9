"""Documents that were slow to read, kept between runs.

A document holds personal data (telephones, names, all of a proposer's plan), so the program keeps as few as it can:
Word files and PDFs with text are read anew each time, which costs milliseconds; kept are only those that went through
LibreOffice or took long, as scans do. They lie in the user's own cache directory in files that nobody else may read,
under the hash of their content, without the name of the file they came from; what was not used for
`Settings.reading_cache_days` goes, and 0 keeps nothing at all.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import logging
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import matcher
from matcher.records import Document, Line, LineKind, Problem, Span, Status
from matcher.settings import Settings

log = logging.getLogger(__name__)

_FOLDER = "documents"
_DAY_SECONDS = 86_400
_MOST_BYTES = 256 * 1024 * 1024
#: Stands for the file's name where a problem's place begins with it.
_FILE = "\x00"


class DocumentCache:
    """Documents by a key, each in a file of its own; what is damaged counts as not there.

    Parameters
    ----------
    folder : Path
        Made when something is kept.
    days : int
        What was not used for so long is removed by `purge`.
    max_bytes : int
        Above this size `purge` removes what was not used for longest.
    """

    def __init__(self, folder: Path, *, days: int, max_bytes: int = _MOST_BYTES) -> None:
        self.folder = folder
        self._days = days
        self._max_bytes = max_bytes

    @classmethod
    def from_settings(cls, settings: Settings) -> DocumentCache | None:
        """Return the cache of a run, or None where its settings keep nothing."""
        days = settings.reading_cache_days
        return cls(settings.cache_path / _FOLDER, days=days) if days else None

    def get(self, key: str, file: str) -> Document | None:
        """Return the document kept under a key, as read from `file`; None where there is none."""
        path = self._path(key)
        try:
            checksum, _, body = path.read_bytes().partition(b"\n")
            if hashlib.sha256(body).hexdigest().encode() != checksum:
                raise ValueError("checksum")
            document = _unpacked(json.loads(body), file)
            os.utime(path)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as err:
            log.warning("a document kept in %s cannot be used (%s) and is read again", path, err)
            return None
        return document

    def put(self, key: str, document: Document) -> None:
        """Keep a document; failing to do so is no failure of the run."""
        packed = _packed(document)
        if _unpacked(packed, document.file) != document:
            return
        body = json.dumps(packed, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        try:
            self._write(self._path(key), hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        except OSError as err:
            log.warning("a document cannot be kept in %s: %s", self.folder, err)

    def purge(self) -> None:
        """Remove what was not used for long, then what was not used for longest until the rest is small enough."""
        total = 0
        oldest_kept = time.time() - self._days * _DAY_SECONDS
        for used, size, path in sorted(self._entries(), reverse=True):
            total += size
            if used < oldest_kept or total > self._max_bytes:
                with suppress(OSError):
                    path.unlink()

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        with suppress(OSError):
            for path in self.folder.iterdir():
                facts = path.stat()
                yield facts.st_mtime, facts.st_size, path

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.json"

    def _write(self, path: Path, content: bytes) -> None:
        """Write a file whole or not at all; only its owner may read it."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=self.folder, suffix=".part")  # 0600 from its first moment
        try:
            with open(handle, "wb") as stream:  # noqa: PTH123 (a descriptor, not a path)
                stream.write(content)
            Path(name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink(missing_ok=True)
            raise


def cache_key(digest: str, *facts: str) -> str:
    """Return the key of a document: its content's hash, what its reading depends on, and the readers' own code."""
    return hashlib.sha256("\0".join((digest, _readers(), *facts)).encode()).hexdigest()


@cache
def _readers() -> str:
    """Return a hash of the code that reads documents, so that a new version never answers with an old one's words."""
    package = Path(matcher.__file__).parent
    digest = hashlib.sha256(matcher.__version__.encode())
    for file in sorted([package / "records.py", *package.glob("reading/*.py"), *package.glob("text/*.py")]):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _packed(document: Document) -> dict[str, Any]:
    """Return a document as plain values, without the name of its file."""
    record = dataclasses.asdict(document)
    del record["file"]
    for problem in record["problems"]:
        if problem["where"].startswith(document.file):
            problem["where"] = _FILE + problem["where"].removeprefix(document.file)
    return record


def _unpacked(record: dict[str, Any], file: str) -> Document:
    values = dict(record)
    problems = [dict(problem) for problem in values.pop("problems")]
    for problem in problems:
        if problem["where"].startswith(_FILE):
            problem["where"] = file + problem["where"].removeprefix(_FILE)
    values["status"] = Status(values["status"])
    values["lines"] = tuple(_line(line) for line in values["lines"])
    return Document(file=file, problems=tuple(Problem(**problem) for problem in problems), **values)


def _line(record: dict[str, Any]) -> Line:
    values = dict(record)
    values["span"] = Span(**values["span"])
    values["kind"] = LineKind(values["kind"])
    values["raised"] = tuple(Span(**each) for each in values["raised"])
    return Line(**values)
