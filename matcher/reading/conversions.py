"""Documents of other word processors become Word's: many in one call of LibreOffice, in a folder that goes away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from matcher.errors import MissingDependencyError, ReadError
from matcher.reading.files import Content, open_zip
from matcher.reading.limits import Limits
from matcher.reading.office import Office

#: What LibreOffice reads for us, and the suffix under which it is given the file.
CONVERTED = {Content.DOC: ".doc", Content.RTF: ".rtf", Content.ODT: ".odt"}
CONVERTED_TABLES = {Content.XLS: ".xls", Content.ODS: ".ods"}

_RTF_PAGES = re.compile(rb"\\nofpages(\d{1,5})")
_ODT_PAGES = re.compile(rb'<meta:document-statistic[^>]*\bmeta:page-count="(\d{1,5})"')
_META_BYTES = 1_000_000
#: The mark of an OLE file's summary, which stands 28 bytes into it, and the number and type of the count of pages.
_SUMMARY = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
_SUMMARY_AT, _PAGE_COUNT, _INTEGER, _MOST_PROPERTIES = 28, 14, 3, 100


class Conversions:
    """Conversions of one run, by the hash of the files' content; use it as a context.

    Files are added, then converted together when the first of them is asked for.
    """

    def __init__(self) -> None:
        self._folder: TemporaryDirectory[str] | None = None
        self._waiting: dict[str, Path] = {}
        self._done: dict[str, Path] = {}
        self._failed: set[str] = set()
        self._missing: MissingDependencyError | None = None

    def __enter__(self) -> Conversions:
        return self

    def __exit__(self, *_: object) -> None:
        if self._folder is not None:
            self._folder.cleanup()
        self._folder = None
        self._waiting, self._done = {}, {}

    def add(self, digest: str, data: bytes, content: Content) -> None:
        """Put a file among those of the next call."""
        if digest not in self._done and digest not in self._failed:
            file = self._room("in") / f"{digest}{CONVERTED[content]}"
            file.write_bytes(data)
            self._waiting[digest] = file

    def docx(self, path: Path, digest: str, data: bytes, content: Content, limits: Limits) -> bytes:
        """Return a file as a Word document; `path` is for messages.

        Raises
        ------
        ReadError
            Where LibreOffice cannot open the file, or should not.
        MissingDependencyError
            Where it is not installed.
        """
        if content is Content.ODT:
            open_zip(data, path, limits).close()
        if digest not in self._done and digest not in self._failed:
            self.add(digest, data, content)
            self._convert()
        made = self._done.pop(digest, None)
        if made is None:
            raise _unreadable(path, content, self._missing)
        try:
            if made.stat().st_size > limits.max_bytes:
                raise ReadError("tệp bung ra quá lớn khi chuyển đổi", file=path, cure="Chia nhỏ tệp.")
            return made.read_bytes()
        finally:
            made.unlink(missing_ok=True)

    def _convert(self) -> None:
        waiting, self._waiting = self._waiting, {}
        try:
            made = Office.find().convert(list(waiting.values()), self._room("out"))
        except MissingDependencyError as err:
            self._missing, made = err, {}
        for digest, file in waiting.items():
            file.unlink(missing_ok=True)
            if file in made:
                self._done[digest] = made[file]
            else:
                self._failed.add(digest)

    def _room(self, name: str) -> Path:
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="matcher-", ignore_cleanup_errors=True)
        room = Path(self._folder.name) / name
        room.mkdir(exist_ok=True)
        return room


@contextmanager
def as_workbook(path: Path, data: bytes, content: Content, limits: Limits) -> Iterator[Path]:
    """Turn an `.xls` or `.ods` workbook into `.xlsx` for as long as the context is open.

    Raises
    ------
    ReadError
        Where LibreOffice cannot open the file, or should not.
    MissingDependencyError
        Where it is not installed.
    """
    if content is Content.ODS:
        open_zip(data, path, limits).close()
    with TemporaryDirectory(prefix="matcher-", ignore_cleanup_errors=True) as folder:
        file = Path(folder) / f"table{CONVERTED_TABLES[content]}"
        file.write_bytes(data)
        made = Office.find().convert([file], Path(folder), ".xlsx")
        if file not in made:
            raise _unreadable(path, content, None)
        yield made[file]


def _unreadable(
    path: Path, content: Content, missing: MissingDependencyError | None
) -> ReadError | MissingDependencyError:
    if missing is not None:
        return MissingDependencyError(f"là tệp .{content}: {missing.message}", cure=missing.cure, file=path)
    return ReadError(
        f"LibreOffice không mở được tệp .{content} này (hỏng, có mật khẩu, hoặc mở quá lâu)",
        file=path,
        cure="Mở bằng Word hoặc Excel và lưu lại thành .docx hoặc .xlsx, không đặt mật khẩu.",
    )


def stated_pages(path: Path, data: bytes, content: Content, limits: Limits) -> int:
    """Return the count of pages that the program which wrote a file noted in it; 0 where it did not."""
    if content is Content.DOC:
        return _summary_pages(data)
    if content is Content.RTF:
        found = _RTF_PAGES.search(data)
    else:
        with open_zip(data, path, limits) as archive:
            known = "meta.xml" in archive.namelist() and archive.getinfo("meta.xml").file_size < _META_BYTES
            found = _ODT_PAGES.search(archive.read("meta.xml")) if known else None
    return int(found[1]) if found else 0


def _summary_pages(data: bytes) -> int:
    """Find the count of pages in an OLE file's summary, which in practice lies in one piece."""
    start = data.find(_SUMMARY) - _SUMMARY_AT
    if start < 0:
        return 0
    section = start + _number(data, start + _SUMMARY_AT + len(_SUMMARY))
    for index in range(min(_number(data, section + 4), _MOST_PROPERTIES)):
        at = section + 8 + 8 * index
        value = section + _number(data, at + 4)
        if _number(data, at) == _PAGE_COUNT and _number(data, value) == _INTEGER:
            count = _number(data, value + 4)
            return count if count < 100_000 else 0
    return 0


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")
