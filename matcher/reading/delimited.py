"""CSV as it is found: any delimiter and encoding, read line by line, broken quotes contained."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path

from matcher.reading.limits import Limits
from matcher.reading.txt import decode_text, noticed
from matcher.records import Problem
from matcher.text import decode_legacy, decode_lines, repair_mojibake

DELIMITERS = (",", ";", "\t", "|")
_CHUNK = 1024 * 1024
_MAX_BROKEN = 200


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as its file has it: number from 1, cells as text, and what is wrong with it."""

    number: int
    cells: list[str]
    problems: tuple[Problem, ...] = ()
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a text file, decoded as they are read."""

    path: Path
    encoding: str
    mend: Callable[[str], str] | None
    problems: tuple[Problem, ...]

    def __iter__(self) -> Iterator[str]:
        """Read the file from its start; each line keeps its end."""
        name = "utf-8-sig" if self.encoding == "utf-8" else self.encoding
        with self.path.open(encoding=name, errors="replace", newline="") as stream:
            for number, line in enumerate(stream):
                text = line.removeprefix("\ufeff") if number == 0 else line
                text = text.replace("\x00", "") if "\x00" in text else text
                yield self.mend(text) if self.mend and not text.isascii() else text


def open_lines(path: Path) -> Lines:
    """Find out the encoding of a text file from its first megabyte that is not plain ASCII.

    Raises
    ------
    ReadError
        Where the file is no text in any known encoding.
    """
    decoded = decode_text(path, _sample(path))
    codes = {problem.code for problem in decoded.problems}
    mend: Callable[[str], str] | None = None
    if decoded.legacy is not None:
        legacy = decoded.legacy
        single = decoded.encoding == "cp1252"
        mend = (lambda line: decode_legacy(line, legacy)) if single else (lambda line: decode_lines(line)[0])
    elif "mojibake_repaired" in codes:
        mend = repair_mojibake
    lost = ("undecodable_bytes", "nul_removed")  # told row by row
    return Lines(
        path,
        decoded.encoding,
        mend,
        tuple(problem for problem in noticed(path, decoded) if problem.code not in lost),
    )


def read_records(lines: Iterable[str], delimiter: str, limits: Limits) -> Iterator[RawRow]:
    """Yield the records of a CSV; a quote that is never closed spoils its own line only.

    Rows are numbered as a spreadsheet would number them: a record with line feeds in its cells is one row.
    """
    csv.field_size_limit(2**31 - 1)  # the module's own limit of 131,072 characters is below a page of base64
    feed = _Feed(iter(lines), 4 * limits.max_cell_chars)
    reader = csv.reader(feed, delimiter=delimiter)
    broken = 0
    for number in count(1):
        feed.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as err:
            yield RawRow(number, [], (_broken(number, f"không đọc được ({err})"),))
            continue
        if not feed.stopped:
            yield RawRow(number, cells)
            continue
        broken += 1
        cells = next(csv.reader([feed.keep_first()], delimiter=delimiter, quoting=csv.QUOTE_NONE), [])
        yield RawRow(number, cells, (_broken(number, "dấu ngoặc kép mở mà không đóng"),))
        hopeless = broken >= _MAX_BROKEN
        reader = csv.reader(feed, delimiter=delimiter, quoting=csv.QUOTE_NONE if hopeless else csv.QUOTE_MINIMAL)


def find_delimiter(lines: Iterable[str], score: Callable[[list[list[str]]], int], limits: Limits) -> str:
    """Return the delimiter that makes the first rows score best; «sep=;» on the first line decides."""
    head = list(islice(lines, 60))
    stated = re.fullmatch(r"\s*\"?sep=(.)\"?\s*", head[0]) if head else None
    if stated:
        return stated[1]
    scores = {}
    for delimiter in DELIMITERS:
        rows = [row.cells for row in read_records(head, delimiter, limits)]
        scores[delimiter] = (score(rows), sum(len(row) for row in rows[:15]))
    return max(DELIMITERS, key=lambda each: scores[each])


class _Feed:
    """Hands lines to a CSV reader; stops it where one record goes on for too long.

    A reader that is stopped within a quoted cell returns what it has: so a record that comes after a stop is
    one whose quote was never closed.
    """

    def __init__(self, source: Iterator[str], limit: int) -> None:
        self._source = source
        self._limit = limit
        self._back: list[str] = []
        self._taken: list[str] = []
        self._size = 0
        self.stopped = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.stopped = True
        if self._size > self._limit:
            raise StopIteration
        line = self._back.pop() if self._back else next(self._source)
        self.stopped = False
        self._taken.append(line)
        self._size += len(line)
        return line

    def begin(self) -> None:
        """Start a record."""
        self._taken.clear()
        self._size = 0
        self.stopped = False

    def keep_first(self) -> str:
        """Return the first line of the record and take the others back, to be read again."""
        self._back.extend(reversed(self._taken[1:]))
        return self._taken[0]


def _broken(number: int, reason: str) -> Problem:
    return Problem("row_broken", f"Dòng {number}: {reason}.", f"dòng {number}")


def _sample(path: Path) -> bytes:
    """Return the first megabyte with anything but ASCII, cut at a line's end; else the first of all."""
    first = b""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            first = first or chunk
            if not chunk.isascii():
                return chunk if len(chunk) < _CHUNK else _whole_lines(chunk)
    return first


def _whole_lines(chunk: bytes) -> bytes:
    cut = chunk.rfind(b"\n") + 1
    if b"\x00" in chunk[:1000]:
        cut += cut % 2  # UTF-16, little end first: the line feed's other byte
    return chunk[:cut] if cut > len(chunk) // 2 else chunk
