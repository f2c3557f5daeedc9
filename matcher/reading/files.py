"""Opening a file that may be anything: what it is by its first bytes, and whether it is safe to unpack."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from enum import StrEnum
from io import BytesIO
from pathlib import Path

from matcher.errors import ReadError
from matcher.reading.limits import DEFAULT, Limits

#: The main part of a Word file; a few programs number it.
_WORD_PART = re.compile(r"word/document\d{0,3}\.xml")


class Content(StrEnum):
    """What the first bytes of a file say that it is."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    ODS = "ods"
    ZIP = "zip"
    DOC = "doc"  # Word 97 to 2003
    XLS = "xls"  # Excel 97 to 2003
    LOCKED = "locked"  # an office file with a password
    OLE = "ole"  # another file of that family: slides, mails, old Word
    RTF = "rtf"
    PICTURE = "picture"  # PNG, JPEG, TIFF
    BINARY = "binary"  # other images, archives, programs
    TEXT = "text"  # or so it seems: the decoder has the last word
    EMPTY = "empty"


_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_BINARIES = (b"GIF8", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\x7fELF", b"MZ")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Streams by which files of the OLE family are told apart, as their directory writes the names.
_OLE_STREAMS = {
    "EncryptedPackage": Content.LOCKED,
    "WordDocument": Content.DOC,
    "Workbook": Content.XLS,
}
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": Content.ODT,
    b"application/vnd.oasis.opendocument.text-template": Content.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": Content.ODS,
}
#: The end of an archive lies in its last bytes: a record of 22, a comment of up to 65,535, and those of zip64.
_TAIL = 65_536 + 22 + 76
#: Bytes that an entry may take in the list of entries (46, its name, its extra fields), on average.
_ENTRY_BYTES = 512
_LISTED_BYTES = 32 * 1024 * 1024
#: Where Word's own stream begins in almost every file, and what stands there: its magic, and a bit that says «locked».
_WORD_STREAM, _WORD_MAGIC, _WORD_FLAGS, _WORD_LOCKED = 512, b"\xec\xa5", 10, 0x0100


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
    if head.startswith(_OLE):
        return _sniff_ole(data)
    if head.startswith(b"{\\rtf"):
        return Content.RTF
    if head.startswith(_PICTURES):
        return Content.PICTURE
    return Content.BINARY if head.startswith(_BINARIES) else Content.TEXT


def sniff_file(path: Path) -> Content:
    """Tell what a file is without reading all of it.

    Raises
    ------
    ReadError
        Where the file cannot be opened.
    """
    head = read_head(path, 65536)
    if head.startswith(b"PK\x03\x04"):
        return _sniff_zip(path)
    return _sniff_ole(read_bytes(path)) if head.startswith(_OLE) else sniff(head)


def open_archive(data: bytes | Path, path: Path, limits: Limits = DEFAULT) -> zipfile.ZipFile:
    """Open a zip archive after checking how many entries it lists.

    Raises
    ------
    ReadError
        For a damaged archive, or one of too many entries.
    """
    too_many = ReadError(
        f"tệp nén bung ra quá lớn (hơn {limits.max_entries} mục)", file=path, cure="Chia thành nhiều tệp nhỏ hơn."
    )
    if directory_size(data, path) > limits.max_entries * _ENTRY_BYTES:
        raise too_many
    try:
        archive = zipfile.ZipFile(BytesIO(data) if isinstance(data, bytes) else data)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as err:
        raise ReadError(
            "tệp nén bị hỏng hoặc bị cắt cụt", file=path, cure="Tải lại tệp hoặc xin người gửi gửi lại."
        ) from err
    if len(archive.infolist()) > limits.max_entries:
        archive.close()
        raise too_many
    return archive


def open_zip(data: bytes | Path, path: Path, limits: Limits = DEFAULT) -> zipfile.ZipFile:
    """Open an office file after checking the sizes that it declares; `zipfile` reads no more than those.

    Raises
    ------
    ReadError
        For a damaged archive, too many entries, or an archive that would unpack to too much.
    """
    archive = open_archive(data, path, limits)
    entries = archive.infolist()
    unzipped = sum(entry.file_size for entry in entries)
    size = len(data) if isinstance(data, bytes) else check_file(data, limits)
    zipped = max(1, min(size, sum(entry.compress_size for entry in entries)))  # entries may lie over one another
    bomb = unzipped > limits.ratio_floor_bytes and unzipped / zipped > limits.max_ratio
    if unzipped > limits.max_unzipped_bytes or bomb:
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


def directory_size(data: bytes | Path, path: Path) -> int:
    """Return the bytes that an archive gives to its list of entries; 0 where it has no end.

    `zipfile` makes an object of each entry before anyone can count them: millions fit into a small file.

    Raises
    ------
    ReadError
        Where the file cannot be opened.
    """
    tail = data[-_TAIL:] if isinstance(data, bytes) else _read_tail(data, path)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return 0
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    wide = tail.rfind(b"PK\x06\x06", 0, at)
    if size == 0xFFFFFFFF or wide >= 0:
        size = max(size % 0xFFFFFFFF, int.from_bytes(tail[wide + 40 : wide + 48], "little") if wide >= 0 else 0)
    return size


def _read_tail(file: Path, path: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            stream.seek(max(0, stream.seek(0, 2) - _TAIL))
            return stream.read(_TAIL)
    except OSError as err:
        raise _unreadable(path, err) from err


def _sniff_zip(data: bytes | Path) -> Content:
    """Tell office documents by the entries that make them; an archive with far too many is not listed."""
    if directory_size(data, data if isinstance(data, Path) else Path()) > _LISTED_BYTES:
        return Content.ZIP
    try:
        with zipfile.ZipFile(BytesIO(data) if isinstance(data, bytes) else data) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype") if _is_small(archive, "mimetype") else b""
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return Content.ZIP
    if any(_WORD_PART.fullmatch(name.lower()) for name in names):
        return Content.DOCX
    if "xl/workbook.xml" in names:
        return Content.XLSX
    return _OPEN_DOCUMENTS.get(kind.strip(), Content.ZIP)


def _is_small(archive: zipfile.ZipFile, name: str) -> bool:
    return name in archive.namelist() and archive.getinfo(name).file_size < 200


def _sniff_ole(data: bytes) -> Content:
    """Tell Word, Excel and files with a password by the names in their directory."""
    word = data[_WORD_STREAM : _WORD_STREAM + _WORD_FLAGS + 2]
    if word.startswith(_WORD_MAGIC) and int.from_bytes(word[_WORD_FLAGS:], "little") & _WORD_LOCKED:
        return Content.LOCKED
    names = (kind for name, kind in _OLE_STREAMS.items() if name.encode("utf-16-le") in data)
    return next(names, Content.OLE)


def _unreadable(path: Path, err: BaseException) -> ReadError:
    """Turn an error of the operating system into one line."""
    if isinstance(err, PermissionError):
        return ReadError("không có quyền đọc tệp", file=path, cure="Xin quyền đọc hoặc đóng chương trình đang mở tệp.")
    reason = err.strerror if isinstance(err, OSError) and err.strerror else str(err)
    return ReadError(f"không mở được tệp ({reason})", file=path, cure="Kiểm tra lại đường dẫn và liên kết.")
