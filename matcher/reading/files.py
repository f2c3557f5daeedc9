"""Opening a file that may be anything: what it is by its first bytes, and whether it is safe to unpack."""

from __future__ import annotations

import stat
import zipfile
from enum import StrEnum
from io import BytesIO
from pathlib import Path

from matcher.errors import ReadError
from matcher.reading.limits import DEFAULT, Limits


class Content(StrEnum):
    """What the first bytes of a file say that it is."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    ZIP = "zip"
    OLE = "ole"  # Word and Excel up to 2003, and every encrypted office file
    RTF = "rtf"
    BINARY = "binary"  # images, archives, programs
    TEXT = "text"  # or so it seems: the decoder has the last word
    EMPTY = "empty"


_BINARIES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\x00",
    b"MM\x00*",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x7fELF",
    b"MZ",
)


def check_file(path: Path, limits: Limits = DEFAULT) -> int:
    """Return the size of a regular, readable file in bytes.

    Raises
    ------
    ReadError
        For what is missing, no regular file, or larger than the limit.
    """
    try:
        facts = path.stat()
    except FileNotFoundError as err:
        raise ReadError("không có tệp này", file=path, cure="Kiểm tra lại đường dẫn.") from err
    except (OSError, RuntimeError, ValueError) as err:
        raise _unreadable(path, err) from err
    if stat.S_ISDIR(facts.st_mode):
        raise ReadError("là thư mục, không phải tệp", file=path, cure="Chỉ ra một tệp trong thư mục.")
    if not stat.S_ISREG(facts.st_mode):
        raise ReadError("không phải tệp thường", file=path, cure="Chép nội dung vào một tệp rồi thử lại.")
    if facts.st_size > limits.max_bytes:
        raise ReadError(
            f"tệp lớn {facts.st_size / 1e6:.0f} MB, quá giới hạn {limits.max_bytes / 1e6:.0f} MB",
            file=path,
            cure="Chia nhỏ tệp hoặc tăng max_file_mb.",
        )
    return facts.st_size


def read_bytes(path: Path, limits: Limits = DEFAULT) -> bytes:
    """Return the bytes of a file that is neither empty nor too large.

    Raises
    ------
    ReadError
        As `check_file`, and for an empty or unreadable file.
    """
    check_file(path, limits)
    try:
        with path.open("rb") as stream:
            data = stream.read(limits.max_bytes + 1)
    except OSError as err:
        raise _unreadable(path, err) from err
    if not data.strip(b"\x00 \t\r\n\f"):
        raise ReadError("tệp rỗng", file=path, cure="Kiểm tra lại tệp hoặc xin người gửi gửi lại.")
    return data


def read_head(path: Path, count: int = 4096) -> bytes:
    """Return the first bytes of a file.

    Raises
    ------
    ReadError
        Where the file cannot be opened.
    """
    try:
        with path.open("rb") as stream:
            return stream.read(count)
    except OSError as err:
        raise _unreadable(path, err) from err


def sniff(data: bytes) -> Content:
    """Tell what the bytes of a file are, by content alone; zip archives are looked into.

    Examples
    --------
    >>> sniff(b"%PDF-1.7 ...")
    <Content.PDF: 'pdf'>
    """
    head = data[:1024]
    if not data.strip(b"\x00 \t\r\n\f"):
        return Content.EMPTY
    if b"%PDF-" in head and not head.startswith(b"PK"):
        return Content.PDF
    if head.startswith(b"PK\x03\x04"):
        return _sniff_zip(data)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Content.OLE
    if head.startswith(b"{\\rtf"):
        return Content.RTF
    return Content.BINARY if head.startswith(_BINARIES) else Content.TEXT


def sniff_file(path: Path) -> Content:
    """Tell what a file is without reading all of it.

    Raises
    ------
    ReadError
        Where the file cannot be opened.
    """
    head = read_head(path, 65536)
    return _sniff_zip(path) if head.startswith(b"PK\x03\x04") else sniff(head)


def open_zip(data: bytes | Path, path: Path, limits: Limits = DEFAULT) -> zipfile.ZipFile:
    """Open an archive after checking the sizes that it declares; `zipfile` reads no more than those.

    Raises
    ------
    ReadError
        For a damaged archive, too many entries, or an archive that would unpack to too much.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data) if isinstance(data, bytes) else data)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as err:
        raise ReadError(
            "tệp nén bị hỏng hoặc bị cắt cụt", file=path, cure="Tải lại tệp hoặc xin người gửi gửi lại."
        ) from err
    entries = archive.infolist()
    unzipped = sum(entry.file_size for entry in entries)
    zipped = max(1, sum(entry.compress_size for entry in entries))
    bomb = unzipped > limits.ratio_floor_bytes and unzipped / zipped > limits.max_ratio
    if len(entries) > limits.max_entries or unzipped > limits.max_unzipped_bytes or bomb:
        archive.close()
        raise ReadError(
            f"tệp nén bung ra quá lớn ({len(entries)} mục, {unzipped / 1e6:.0f} MB từ {zipped / 1e6:.1f} MB)",
            file=path,
            cure="Không mở tệp này nếu không rõ nguồn; xin người gửi lưu lại thành tệp mới.",
        )
    if any(entry.flag_bits & 0x1 for entry in entries):
        archive.close()
        raise ReadError("tệp nén có mật khẩu", file=path, cure="Gỡ mật khẩu rồi lưu lại.")
    return archive


def _sniff_zip(data: bytes | Path) -> Content:
    try:
        with zipfile.ZipFile(BytesIO(data) if isinstance(data, bytes) else data) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return Content.ZIP
    if "word/document.xml" in names:
        return Content.DOCX
    return Content.XLSX if "xl/workbook.xml" in names else Content.ZIP


def _unreadable(path: Path, err: BaseException) -> ReadError:
    """Turn an error of the operating system into one line."""
    if isinstance(err, PermissionError):
        return ReadError("không có quyền đọc tệp", file=path, cure="Xin quyền đọc hoặc đóng chương trình đang mở tệp.")
    reason = err.strerror if isinstance(err, OSError) and err.strerror else str(err)
    return ReadError(f"không mở được tệp ({reason})", file=path, cure="Kiểm tra lại đường dẫn và liên kết.")
