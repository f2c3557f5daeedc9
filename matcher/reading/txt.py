"""Plain text, in whatever encoding, as it comes out of an editor or of a PDF converter."""

from __future__ import annotations

from pathlib import Path

from matcher.errors import ReadError
from matcher.reading.drafting import DraftLine, assemble
from matcher.reading.limits import Limits
from matcher.records import Document, Problem
from matcher.text import DecodedText, decode_bytes

_BREAKS = str.maketrans(dict.fromkeys("\v\x1c\x1d\x1e\x85\u2028\u2029", "\n"))
#: What the decoder noticed, in the words of the people who sent the file.
_NOTICED = {
    "undecodable_bytes": "Có ký tự không đọc được trong tệp; chỗ đó hiện dấu \ufffd.",
    "nul_removed": "Đã bỏ các ký tự rỗng (NUL) trong tệp; tệp có thể bị hỏng.",
    "encoding_guessed": "Bảng mã của tệp chỉ là phỏng đoán; hãy xem lại chữ.",
    "mojibake_repaired": "Chữ bị mở sai bảng mã đã được sửa lại.",
    "legacy_encoding": "Chữ gõ bằng phông cũ (TCVN3, VNI) đã được chuyển sang Unicode.",
}


def read_txt(path: Path, data: bytes, limits: Limits) -> Document:
    """Read plain text; a form feed ends a page.

    Raises
    ------
    ReadError
        Where the bytes are no text in any known encoding.
    """
    decoded = decode_text(path, data)
    drafts = [
        DraftLine(line, page=number)
        for number, page in enumerate(_pages(decoded.text), start=1)
        for line in page.split("\n")
    ]
    return assemble(
        path,
        "txt",
        drafts,
        pages=drafts[-1].page,
        problems=noticed(path, decoded),
        partial=decoded.lossy,
        legacy=False,
    )


def decode_text(path: Path, data: bytes) -> DecodedText:
    """Decode the bytes of a text file.

    Raises
    ------
    ReadError
        Where they are no text in any known encoding.
    """
    try:
        return decode_bytes(data, file=path.as_posix())
    except ReadError as err:
        raise ReadError(
            "không đọc được chữ trong tệp: không rõ bảng mã, hoặc tệp nhị phân",
            file=path,
            cure="Mở bằng chương trình đã tạo ra tệp và lưu lại dạng UTF-8.",
        ) from err


def noticed(path: Path, decoded: DecodedText) -> list[Problem]:
    """Return what the decoder noticed, in Vietnamese."""
    return [
        Problem(problem.code, _NOTICED.get(problem.code, problem.message), path.as_posix())
        for problem in decoded.problems
    ]


def _pages(text: str) -> list[str]:
    """Split at form feeds; the line end before one, and an empty last page, are no lines of their own."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_BREAKS)
    pages = [page.removesuffix("\n") for page in text.split("\f")]
    while len(pages) > 1 and not pages[-1].strip():
        pages.pop()
    return pages
