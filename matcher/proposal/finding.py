"""Which files of the paths given are proposals, in which order, and under which names they are reported."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from matcher.errors import InputError
from matcher.reading import DOCUMENT_SUFFIXES, TABLE_SUFFIXES

#: Suffixes that cannot be read but may well be proposals: reported as failed, never passed over in silence.
UNREADABLE_SUFFIXES = (".doc", ".docm", ".rtf", ".odt", ".xls", ".xlsm", ".ods")
_TAKEN = frozenset((*DOCUMENT_SUFFIXES, *TABLE_SUFFIXES, *UNREADABLE_SUFFIXES))
_TEMPORARY = ("~$", ".", "._")
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read, and the name that reports show: as given, with forward slashes."""

    path: Path
    shown: str

    @property
    def is_table(self) -> bool:
        """Whether the file holds a proposal a row."""
        return self.path.suffix.lower() in (*TABLE_SUFFIXES, ".xls", ".xlsm", ".ods")


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
            inside = [InputFile(each, each.as_posix()) for each in _walk(path, frozenset())]
            if not inside:
                raise InputError(
                    "thư mục không có đề xuất nào",
                    file=path.as_posix(),
                    cure=f"Các loại tệp đọc được: {', '.join((*DOCUMENT_SUFFIXES, *TABLE_SUFFIXES))}.",
                )
        elif path.exists() or path.is_symlink():
            inside = [InputFile(path, path.as_posix())]
        else:
            raise InputError("không có tệp hoặc thư mục này", file=path.as_posix(), cure="Kiểm tra lại đường dẫn.")
        for each in inside:
            found.setdefault(_identity(each.path), each)
    return list(found.values())


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
            f"không mở được thư mục ({err.strerror or err})", file=folder.as_posix(), cure="Xin quyền đọc thư mục."
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
        elif entry.suffix.lower() in _TAKEN and not _is_result(entry, names):
            yield entry


def _is_result(entry: Path, names: set[str]) -> bool:
    return bool({f"{entry.name}.manifest.json", f"{entry.stem}.manifest.json"} & names)


def _identity(path: Path) -> str:
    """Return one name for a file however it is reached; links in a circle keep their own."""
    try:
        return str(path.resolve())
    except (OSError, RuntimeError):
        return str(path.absolute())
