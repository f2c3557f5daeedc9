"""Which files of the paths given are proposals, in which order, and under which names they are reported."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from matcher.errors import InputError, MatcherError, ReadError
from matcher.reading import (
    ARCHIVE_SUFFIX,
    DOCUMENT_SUFFIXES,
    TABLE_SUFFIXES,
    Content,
    Limits,
    count_members,
    shown_name,
    sniff_file,
    unpack,
)
from matcher.records import Problem

#: Tables that are read through their content or through LibreOffice.
_OTHER_TABLES = (".xls", ".xlsm", ".ods")
#: Suffixes that cannot be read but may well be proposals: reported as failed, never passed over in silence.
UNREADABLE_SUFFIXES = (
    ".rar", ".7z", ".tar", ".gz", ".tgz", ".wps", ".pages", ".htm", ".html", ".mht", ".mhtml", ".eml", ".msg",
    ".ppt", ".pptx", ".odp", ".xps", ".djvu", ".gif", ".bmp", ".webp", ".heic",
)  # fmt: skip
_READABLE = (*DOCUMENT_SUFFIXES, *TABLE_SUFFIXES, ARCHIVE_SUFFIX)
_TAKEN = frozenset((*_READABLE, *_OTHER_TABLES, *UNREADABLE_SUFFIXES))
#: Contents that are known for certain: a file with one of them is a proposal under any suffix («phiếu v1.2 final»).
_CERTAIN = frozenset((Content.PDF, Content.DOCX, Content.DOC, Content.RTF, Content.ODT))
#: Suffixes of files that people keep beside proposals and that are none.
_OTHER_FILES = frozenset(
    (".md", ".json", ".toml", ".ini", ".log", ".lnk", ".url", ".db", ".exe", ".tmp", ".bak", ".py")
)
_TEMPORARY = ("~$", ".", "._")
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read, and the name that reports show: as given, with forward slashes, hidden characters written out.

    A member of an archive is shown as «archive.zip/folder/name.docx» and lies in a `temporary` file; `error` says why
    it could not be unpacked.
    """

    path: Path
    shown: str
    temporary: bool = False
    error: MatcherError | None = None
    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, path: Path) -> InputFile:
        """Return a file of the disk under the name that it is shown by."""
        return cls(path, shown_name(path.as_posix()))

    @property
    def stem(self) -> str:
        """The shown name without folders and without a suffix that says what the file is."""
        path = PurePosixPath(self.shown)
        return path.stem if self.suffix in _TAKEN else path.name

    @property
    def suffix(self) -> str:
        """The suffix in small letters."""
        return PurePosixPath(self.shown).suffix.lower()

    @property
    def is_table(self) -> bool:
        """Whether the file holds a proposal a row."""
        return self.suffix in (*TABLE_SUFFIXES, *_OTHER_TABLES)

    @property
    def is_archive(self) -> bool:
        """Whether the file holds other files; a document under that suffix does not."""
        if self.suffix != ARCHIVE_SUFFIX or self.error is not None:
            return False
        try:
            return sniff_file(self.path) not in (*_CERTAIN, Content.XLSX, Content.ODS)
        except ReadError:
            return True


def find_inputs(paths: Sequence[Path]) -> list[InputFile]:
    """List the files of proposals among paths; folders are searched with all that is in them.

    Files of a folder come in natural order («de-xuat-2» before «de-xuat-10»), each file once. Hidden and temporary
    files, and results of this program (a manifest stands beside them), are passed over.

    Raises
    ------
    InputError
        For a path that is missing, or a folder without any proposal.
    """
    if not paths:
        raise InputError("chưa có tệp đề xuất nào", cure="Chỉ ra ít nhất một tệp hoặc thư mục.")
    found: dict[str, InputFile] = {}
    for path in map(Path, paths):
        if path.is_dir():
            inside = [InputFile.of(each) for each in _walk(path, frozenset())]
            if not inside:
                raise InputError(
                    "thư mục không có đề xuất nào",
                    file=shown_name(path.as_posix()),
                    cure=f"Các loại tệp đọc được: {', '.join(_READABLE)}.",
                )
        elif path.exists() or path.is_symlink():
            inside = [InputFile.of(path)]
        else:
            raise InputError(
                "không có tệp hoặc thư mục này", file=shown_name(path.as_posix()), cure="Kiểm tra lại đường dẫn."
            )
        for each in inside:
            found.setdefault(_identity(each.path), each)
    return list(found.values())


def unpacked(files: Sequence[InputFile], folder: Path, limits: Limits) -> Iterator[InputFile]:
    """Yield the files with the members of archives in their place, each unpacked into `folder` as it is asked for."""
    for number, file in enumerate(files):
        if not file.is_archive:
            yield file
            continue
        room = folder / str(number)
        room.mkdir()
        for member in unpack(file.path, file.shown, room, _is_proposal_name, limits):
            path = member.path or Path(member.shown)
            yield InputFile(path, member.shown, member.path is not None, member.error, member.problems)


def count_archive(file: InputFile, limits: Limits) -> int:
    """Return how many files an archive seems to hold; 1 where it cannot be listed.

    Raises
    ------
    ReadError
        Where it cannot be opened.
    """
    return max(1, count_members(file.path, _is_proposal_name, limits))


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts numbers within names by their value.

    Examples
    --------
    >>> sorted(["p10.txt", "p9.txt"], key=natural_key)
    ['p9.txt', 'p10.txt']
    """
    parts = re.findall(r"[0-9]+|[^0-9]+", name.casefold())
    return tuple((0, int(part), "") if part[0].isdigit() else (1, 0, part) for part in parts)


def _walk(folder: Path, above: frozenset[tuple[int, int]]) -> Iterator[Path]:
    """Yield the files in a folder; a link back to a folder above is not followed."""
    try:
        facts = folder.stat()
        entries = sorted(folder.iterdir(), key=lambda entry: (natural_key(entry.name), entry.name))
    except OSError as err:
        raise InputError(
            f"không mở được thư mục ({err.strerror or err})",
            file=shown_name(folder.as_posix()),
            cure="Xin quyền đọc thư mục.",
        ) from err
    here = (facts.st_dev, facts.st_ino)
    if here in above or len(above) >= _DEEPEST:
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        if entry.name.startswith(_TEMPORARY):
            continue
        if entry.is_dir():
            yield from _walk(entry, above | {here})
        elif _is_taken(entry) and not _is_result(entry, names):
            yield entry


def _is_proposal_name(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in _TAKEN


def _is_taken(entry: Path) -> bool:
    """Tell proposals by their suffix; where that says nothing, by a content that is certain."""
    suffix = entry.suffix.lower()
    if suffix in _TAKEN or suffix in _OTHER_FILES:
        return suffix in _TAKEN
    try:
        return entry.is_file() and sniff_file(entry) in _CERTAIN
    except (ReadError, OSError):
        return False


def _is_result(entry: Path, names: set[str]) -> bool:
    return bool({f"{entry.name}.manifest.json", f"{entry.stem}.manifest.json"} & names)


def _identity(path: Path) -> str:
    """Return one name for a file however it is reached; links in a circle keep their own."""
    try:
        return str(path.resolve())
    except (OSError, RuntimeError):
        return str(path.absolute())
