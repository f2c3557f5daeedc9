"""Archives of documents: each member comes out alone, under a number, in a folder that is the caller's to remove.

A member's name is only ever shown: no file is made under it, so that it cannot lead anywhere. What cannot be unpacked
is a member with an error, and the others go on.
"""

from __future__ import annotations

import lzma
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path, PurePosixPath

from matcher.errors import ReadError
from matcher.reading.files import open_archive
from matcher.reading.limits import Limits
from matcher.reading.names import entry_name, shown_name
from matcher.records import Problem

ARCHIVE_SUFFIX = ".zip"
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, ValueError, NotImplementedError, RuntimeError, EOFError,
)  # fmt: skip
_CHUNK = 1024 * 1024
_PASSED_OVER = ("~$", ".")
_RESEND = "Giải nén bằng tay, hoặc xin người gửi gửi lại."


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an archive: its name with the archive's before it, and the file it is in, or why there is none."""

    shown: str
    path: Path | None = None
    error: ReadError | None = None
    problems: tuple[Problem, ...] = ()


def unpack(path: Path, shown: str, folder: Path, wanted: Callable[[str], bool], limits: Limits) -> Iterator[Member]:
    """Unpack an archive member by member, archives within it too.

    Parameters
    ----------
    path : Path
        The archive.
    shown : str
        Its name for people.
    folder : Path
        An empty folder of nobody else's; the caller removes the members that it has done with.
    wanted : callable
        Says of a member's name whether it is worth unpacking.
    limits : Limits
        On members, sizes, ratio and depth; sizes count for the archive with all archives in it.

    Yields
    ------
    Member
        In the order of the archive. One of them names the archive itself where that cannot be read on.
    """
    yield from _Unpacking(folder, wanted, limits).members(path, shown, 1)


def count_members(path: Path, wanted: Callable[[str], bool], limits: Limits) -> int:
    """Return how many members an archive lists that are wanted, an archive within it counting as one.

    Raises
    ------
    ReadError
        Where it cannot be listed.
    """
    with open_archive(path, path, limits) as archive:
        return sum(_is_wanted(entry_name(entry), wanted) for entry in archive.infolist())


@dataclass(slots=True)
class _Unpacking:
    folder: Path
    wanted: Callable[[str], bool]
    limits: Limits
    bytes_left: int = field(init=False)
    entries_left: int = field(init=False)
    numbers: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.bytes_left = self.limits.max_unzipped_bytes
        self.entries_left = self.limits.max_entries

    def members(self, path: Path, shown: str, depth: int) -> Iterator[Member]:
        """Yield an archive's members, or the archive itself with the reason why it has none."""
        try:
            if depth > self.limits.max_depth:
                raise _refused(shown, f"tệp nén lồng nhau quá {self.limits.max_depth} lớp", _RESEND)
            archive = open_archive(path, Path(shown), self.limits)
        except ReadError as err:
            yield Member(shown, error=err)
            return
        with archive:
            entries = archive.infolist()
            self.entries_left -= len(entries)
            if self.entries_left < 0:
                yield Member(shown, error=_refused(shown, "tệp nén có quá nhiều mục", "Chia thành nhiều tệp nhỏ hơn."))
                return
            seen: set[str] = set()
            found = False
            for entry in entries:
                name = entry_name(entry)
                if _is_wanted(name, self.wanted):
                    found = True
                    yield from self._member(archive, entry, name, shown, depth, seen)
        if not found:
            yield Member(shown, error=_refused(shown, "tệp nén không có phiếu đề xuất nào", "Kiểm tra lại tệp nén."))

    def _member(
        self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, above: str, depth: int, seen: set[str]
    ) -> Iterator[Member]:
        parts, safe = _safe_parts(name)
        shown = f"{above}/{shown_name('/'.join(parts))}"
        problems = []
        if not safe:
            message = "Tên trong tệp nén chỉ ra ngoài thư mục (.. hoặc đường dẫn tuyệt đối); chỉ nội dung được đọc."
            problems.append(Problem("unsafe_name", message, shown))
        if shown in seen:
            problems.append(Problem("duplicate_name", "Tệp nén có hai tệp cùng tên này; cả hai được đọc.", shown))
        seen.add(shown)
        suffix = PurePosixPath(shown).suffix.lower()
        target = self.folder / f"{next(self.numbers)}{suffix if suffix.isascii() and len(suffix) < 10 else ''}"
        try:
            self._extract(archive, entry, target, shown)
        except ReadError as err:
            target.unlink(missing_ok=True)
            yield Member(shown, error=err)
            return
        if suffix != ARCHIVE_SUFFIX:
            yield Member(shown, target, problems=tuple(problems))
            return
        yield from self.members(target, shown, depth + 1)
        target.unlink(missing_ok=True)

    def _extract(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, shown: str) -> None:
        """Write a member's bytes to a file.

        Raises
        ------
        ReadError
            For a link, a password, a damaged member, or one that would unpack to too much.
        """
        self._check(entry, shown)
        try:
            with archive.open(entry) as source, target.open("xb") as stream:
                while chunk := source.read(_CHUNK):
                    self.bytes_left -= len(chunk)
                    stream.write(chunk)
        except _BROKEN as err:
            raise _refused(shown, "bị hỏng trong tệp nén, hoặc nén kiểu không đọc được", _RESEND) from err

    def _check(self, entry: zipfile.ZipInfo, shown: str) -> None:
        limits = self.limits
        size = entry.file_size
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise _refused(shown, "là liên kết, không phải tệp", _RESEND)
        if entry.flag_bits & 0x1:
            raise _refused(shown, "có mật khẩu trong tệp nén", "Gỡ mật khẩu rồi nén lại.")
        bomb = size > limits.ratio_floor_bytes and size / max(1, entry.compress_size) > limits.max_ratio
        if bomb or size > min(limits.max_bytes, self.bytes_left):
            raise _refused(
                shown,
                f"bung ra quá lớn ({size / 1e6:.0f} MB từ {entry.compress_size / 1e6:.1f} MB)",
                "Không mở tệp này nếu không rõ nguồn; chia nhỏ tệp nén nếu tin được.",
            )


def _is_wanted(name: str, wanted: Callable[[str], bool]) -> bool:
    parts, _ = _safe_parts(name)
    if not parts or name.endswith("/") or "__MACOSX" in parts:
        return False
    return not parts[-1].startswith(_PASSED_OVER) and (parts[-1].lower().endswith(ARCHIVE_SUFFIX) or wanted(parts[-1]))


def _safe_parts(name: str) -> tuple[list[str], bool]:
    """Split a name into what may be shown of it; False where it led out of its folder."""
    name = name.split("\0", 1)[0].replace("\\", "/")
    parts = name.split("/")
    drive = len(parts[0]) == 2 and parts[0].endswith(":")
    kept = [part for part in parts[drive:] if part not in ("", ".", "..")]
    return kept, not (drive or name.startswith("/") or ".." in parts)


def _refused(shown: str, message: str, cure: str) -> ReadError:
    return ReadError(message, file=shown, cure=cure)
