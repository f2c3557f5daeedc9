"""The journal of a run: each assessment as it is made, so that nothing finished is lost when the power goes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from matcher.errors import OutputError

_BEGINNING, _END = b'{"proposal": {', b"}\n"


class Journal:
    """A journal open for appending, with the number of whole lines that it held when it was opened."""

    def __init__(self, stream: BinaryIO, finished: int) -> None:
        self._stream = stream
        self.finished = finished

    def write(self, line: bytes) -> None:
        """Append a line, which ends in a line feed."""
        self._stream.write(line)

    def save(self) -> None:
        """Put what was written on the disk, where a power cut leaves it."""
        self._stream.flush()
        os.fsync(self._stream.fileno())


@contextmanager
def opened(path: Path) -> Iterator[Journal]:
    """Open a journal after its last whole line; what a power cut left behind that is cut off.

    Raises
    ------
    OutputError
        If the journal cannot be opened for writing.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        stream = path.open("r+b" if path.exists() else "w+b")
        finished, size = _whole_lines(stream)
        stream.seek(size)
        stream.truncate()
    except OSError as err:
        raise OutputError(
            f"không ghi được nhật ký chạy: {err.strerror or err}",
            file=path,
            cure="Kiểm tra quyền ghi và dung lượng, hoặc đặt cache_dir sang thư mục khác.",
        ) from err
    with stream:
        yield Journal(stream, finished)


def _whole_lines(stream: BinaryIO) -> tuple[int, int]:
    """Return how many lines at the beginning are whole, and their bytes; some file systems leave noughts behind."""
    count = size = 0
    for line in stream:
        if not (line.startswith(_BEGINNING) and line.endswith(_END)) or b"\0" in line:
            break
        count += 1
        size += len(line)
    return count, size
