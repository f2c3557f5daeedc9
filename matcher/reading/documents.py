"""`read_document`: picks the reader for a file by its content, checked against its suffix."""

from __future__ import annotations

import dataclasses
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from matcher.errors import ReadError
from matcher.reading.docx import read_docx
from matcher.reading.files import Content, read_bytes, sniff
from matcher.reading.limits import DEFAULT, Limits
from matcher.reading.pdf import read_pdf
from matcher.reading.txt import read_txt
from matcher.records import Document, Problem


class Media(StrEnum):
    """The kinds of document that can be read."""

    TXT = "txt"
    DOCX = "docx"
    PDF = "pdf"


class Reader(Protocol):
    """Turns the bytes of one kind of file into a document; `path` is for messages."""

    def __call__(self, path: Path, data: bytes, limits: Limits) -> Document:
        """Return the document, or raise `ReadError`."""
        ...


#: The reader of each kind.
READERS: dict[Media, Reader] = {Media.TXT: read_txt, Media.DOCX: read_docx, Media.PDF: read_pdf}
#: Suffixes that `read_document` takes.
DOCUMENT_SUFFIXES = tuple(f".{media}" for media in Media)

_BY_CONTENT = {Content.PDF: Media.PDF, Content.DOCX: Media.DOCX, Content.TEXT: Media.TXT}
_SAVE_AS_DOCX = "Mở bằng Word và lưu lại thành .docx."
_REFUSED = {
    Content.OLE: (
        "là tệp Office đời cũ (.doc, .xls) hoặc có mật khẩu",
        f"{_SAVE_AS_DOCX[:-1]}, không đặt mật khẩu.",
    ),
    Content.RTF: ("là tệp RTF", _SAVE_AS_DOCX),
    Content.XLSX: ("là bảng tính Excel, không phải văn bản", "Đổi đuôi tệp thành .xlsx."),
    Content.ZIP: (
        "là tệp nén bị hỏng, bị cắt cụt hoặc không phải tài liệu Word",
        "Tải lại tệp hoặc giải nén trước.",
    ),
    Content.BINARY: ("là tệp nhị phân, không phải văn bản", "Gửi tệp .docx, .pdf hoặc .txt."),
}


def read_document(path: Path, *, limits: Limits = DEFAULT) -> Document:
    """Read a `.txt`, `.docx` or text `.pdf` file.

    Parameters
    ----------
    path : Path
        The file. Where its suffix belies its content and the content is certain (PDF, Word), content wins and
        the document carries the problem `suffix_mismatch`.
    limits : Limits
        Sizes above which the file is refused.

    Returns
    -------
    Document
        `text` is normalised (NFC); every `Line.span` and `raised` span slices back to it. `status` is PARTIAL
        where something could not be read, and `problems` says what.

    Raises
    ------
    ReadError
        The file cannot be read at all; the message names the file and the cure.
    """
    path = Path(path)
    data = read_bytes(path, limits)
    content = sniff(data)
    media = _media(path, content)
    document = READERS[media](path, data, limits)
    if not document.text.strip():
        raise ReadError("tệp không có chữ nào", file=path, cure="Kiểm tra lại tệp hoặc xin người gửi gửi lại.")
    if path.suffix.lower() == f".{media}":
        return document
    message = f"Tệp có đuôi {path.suffix or '(không có)'} nhưng nội dung là {media}; đã đọc theo nội dung."
    problem = Problem("suffix_mismatch", message, path.as_posix())
    return dataclasses.replace(document, problems=(*document.problems, problem))


def _media(path: Path, content: Content) -> Media:
    """Settle what a file is, or say why it cannot be read."""
    if content in _REFUSED:
        message, cure = _REFUSED[content]
        raise ReadError(message, file=path, cure=cure)
    media = _BY_CONTENT[content]
    suffix = path.suffix.lower()
    if media is Media.TXT and suffix != ".txt":
        if suffix in DOCUMENT_SUFFIXES:
            raise ReadError(
                f"có đuôi {suffix} nhưng bên trong không phải {suffix.removeprefix('.')}",
                file=path,
                cure="Kiểm tra lại tệp, hoặc đổi đuôi thành .txt nếu là văn bản thường.",
            )
        raise ReadError(
            f"không biết loại tệp {suffix or '(không có đuôi)'}",
            file=path,
            cure=f"Các loại đọc được: {', '.join(DOCUMENT_SUFFIXES)}.",
        )
    return media
