"""Plain text, in whatever encoding, as it comes out of an editor or of a PDF converter."""

from __future__ import annotations

from pathlib import Path

from matcher.errors import ReadError
from matcher.reading.drafting import DraftLine, assemble
from matcher.reading.limits import Limits
from matcher.records import Document, Problem
from matcher.text import decode_bytes

_BREAKS = str.maketrans(
    {"\v": "\n", "\x1c": "\n", "\x1d": "\n", "\x1e": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}
)


def read_txt(path: Path, data: bytes, limits: Limits) -> Document:
    """Read plain text; a form feed ends a page.

    Raises
    ------
    ReadError
        Where nothing but white space is left.
    """
    decoded = decode_bytes(data, file=path)
    problems = list(decoded.problems)
    text = decoded.text
    if nuls := text.count("\x00"):
        text = text.replace("\x00", "")
        problems.append(
            Problem("nul_characters", f"Đã bỏ {nuls} ký tự rỗng (NUL) trong tệp.", path.as_posix())
        )
    if not text.strip():
        raise ReadError(
            "tệp không có chữ nào", file=path, cure="Kiểm tra lại tệp hoặc xin người gửi gửi lại."
        )
    drafts = [
        DraftLine(line, page=number)
        for number, page in enumerate(_pages(text), start=1)
        for line in page.split("\n")
    ]
    return assemble(path, "txt", drafts, pages=drafts[-1].page, problems=problems, partial=bool(problems))


def _pages(text: str) -> list[str]:
    """Split at form feeds; the line end before one, and an empty last page, are no lines of their own."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_BREAKS)
    pages = [page.removesuffix("\n") for page in text.split("\f")]
    while len(pages) > 1 and not pages[-1].strip():
        pages.pop()
    return pages
