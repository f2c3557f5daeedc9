"""`read_document`: picks the reader for a file by its content, checked against its suffix."""

from __future__ import annotations

import dataclasses
import hashlib
import time
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from matcher.errors import MatcherError, ReadError
from matcher.reading.cache import DocumentCache, cache_key
from matcher.reading.conversions import CONVERTED, Conversions, stated_pages
from matcher.reading.docx import read_docx
from matcher.reading.files import Content, read_bytes, sniff, sniff_file
from matcher.reading.limits import DEFAULT, Limits
from matcher.reading.ocr import missing_for_ocr
from matcher.reading.pdf import read_pdf
from matcher.reading.pictures import PICTURE_SUFFIXES, read_picture
from matcher.reading.txt import read_txt
from matcher.records import Document, Problem


class Media(StrEnum):
    """The kinds of document that can be read."""

    TXT = "txt"
    DOCX = "docx"
    PDF = "pdf"
    PICTURE = "picture"


class Reader(Protocol):
    """Turns the bytes of one kind of file into a document; `path` is for messages."""

    def __call__(self, path: Path, data: bytes, limits: Limits) -> Document:
        """Return the document, or raise `ReadError`."""
        ...


#: The reader of each kind.
READERS: dict[Media, Reader] = {
    Media.TXT: read_txt,
    Media.DOCX: read_docx,
    Media.PDF: read_pdf,
    Media.PICTURE: read_picture,
}
#: Suffixes of the files that each content may come in without a word about it.
_SUFFIXES: dict[Content, tuple[str, ...]] = {
    Content.TEXT: (".txt",),
    Content.DOCX: (".docx", ".docm"),
    Content.PDF: (".pdf",),
    Content.DOC: (".doc",),
    Content.RTF: (".rtf",),
    Content.ODT: (".odt",),
    Content.PICTURE: PICTURE_SUFFIXES,
}
#: Suffixes that `read_document` takes.
DOCUMENT_SUFFIXES = tuple(suffix for suffixes in _SUFFIXES.values() for suffix in suffixes)

_BY_CONTENT = {
    Content.PDF: Media.PDF,
    Content.DOCX: Media.DOCX,
    Content.TEXT: Media.TXT,
    Content.PICTURE: Media.PICTURE,
}
_SAVE_AS_DOCX = "Mở bằng Word và lưu lại thành .docx."
_LISTED = f"Các loại đọc được: {', '.join(DOCUMENT_SUFFIXES)}."
_REFUSED = {
    Content.LOCKED: ("là tệp Office có mật khẩu", f"{_SAVE_AS_DOCX[:-1]}, không đặt mật khẩu."),
    Content.OLE: (
        "là tệp Office đời cũ không phải văn bản Word, hoặc có mật khẩu",
        f"{_SAVE_AS_DOCX[:-1]}, không đặt mật khẩu.",
    ),
    Content.XLSX: ("là bảng tính Excel, không phải văn bản", "Đổi đuôi tệp thành .xlsx."),
    Content.XLS: ("là bảng tính Excel, không phải văn bản", "Đổi đuôi tệp thành .xls."),
    Content.ODS: ("là bảng tính, không phải văn bản", "Đổi đuôi tệp thành .ods."),
    Content.ZIP: (
        "là tệp nén bị hỏng, bị cắt cụt hoặc không phải tài liệu Word",
        "Tải lại tệp; nếu là tệp nén chứa nhiều phiếu, đổi đuôi thành .zip.",
    ),
    Content.BINARY: ("là tệp nhị phân, không phải văn bản", "Gửi tệp .docx, .pdf hoặc .txt."),
}
#: Readings that took longer are kept for the next run.
_SLOW_SECONDS = 0.5
_SLOW = frozenset((*CONVERTED, Content.PDF, Content.PICTURE))
#: What was not read to its end for want of time is read again another day.
_UNFINISHED = frozenset(("time_limit", "page_unreadable"))


def read_document(path: Path, *, limits: Limits = DEFAULT) -> Document:
    """Read a text, Word or PDF file, a picture of a page, or what LibreOffice makes a Word file of.

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
    MissingDependencyError
        Reading it needs a program that is not installed.
    """
    path = Path(path)
    with DocumentReader(limits) as reader:
        return reader.read(path, read_bytes(path, limits))


class DocumentReader:
    """Reads the documents of a run: LibreOffice is started once for many, slow readings are kept for the next run.

    Use it as a context; what it writes to disk goes when the context ends, except for the cache.

    Parameters
    ----------
    limits : Limits
        Sizes above which a file is refused.
    cache : DocumentCache, optional
        Where slow readings are kept; none by default.
    """

    def __init__(self, limits: Limits = DEFAULT, cache: DocumentCache | None = None) -> None:
        self.limits = limits
        self._cache = cache
        self._conversions = Conversions()

    def __enter__(self) -> DocumentReader:
        return self

    def __exit__(self, *_: object) -> None:
        self._conversions.__exit__()
        if self._cache is not None:
            self._cache.purge()

    def prepare(self, path: Path) -> None:
        """Let a file that will be read soon be converted together with others like it; never fails."""
        try:
            if sniff_file(path) in CONVERTED:
                data = read_bytes(path, self.limits)
                digest = _digest(data)
                if self._kept(digest, sniff(data), path) is None:
                    self._conversions.add(digest, data, sniff(data))
        except MatcherError:
            return  # it is reported when it is read

    def read(self, path: Path, data: bytes) -> Document:
        """Read a file's bytes; `path` gives its suffix, and its name for messages.

        Raises
        ------
        MatcherError
            As `read_document`.
        """
        content = sniff(data)
        _check_kind(path, content)
        digest = _digest(data)
        document = self._kept(digest, content, path)
        if document is None:
            document = self._read_anew(path, data, content, digest)
        if not document.text.strip():
            raise ReadError("tệp không có chữ nào", file=path, cure="Kiểm tra lại tệp hoặc xin người gửi gửi lại.")
        return _with_mismatch(document, path, content)

    def _read_anew(self, path: Path, data: bytes, content: Content, digest: str) -> Document:
        begun = time.monotonic()
        if content in CONVERTED:
            converted = self._conversions.docx(path, digest, data, content, self.limits)
            document = read_docx(path, converted, self.limits)
            pages = max(document.pages, stated_pages(path, data, content, self.limits))
            document = dataclasses.replace(document, pages=pages)
        else:
            document = READERS[_BY_CONTENT[content]](path, data, self.limits)
        slow = content in CONVERTED or (content in _SLOW and time.monotonic() - begun > _SLOW_SECONDS)
        finished = not any(problem.code in _UNFINISHED for problem in document.problems)
        if self._cache is not None and slow and finished:
            self._cache.put(self._key(digest, content), document)
        return document

    def _kept(self, digest: str, content: Content, path: Path) -> Document | None:
        if self._cache is None or content not in _SLOW:
            return None
        return self._cache.get(self._key(digest, content), path.as_posix())

    def _key(self, digest: str, content: Content) -> str:
        """Name a reading: what was read without Tesseract is read again once it is there."""
        missing = "" if content in CONVERTED else missing_for_ocr()[0]
        return cache_key(digest, content, repr(self.limits), missing)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _check_kind(path: Path, content: Content) -> None:
    """Say why a file cannot be read, where its kind alone tells."""
    if content in _REFUSED:
        message, cure = _REFUSED[content]
        raise ReadError(message, file=path, cure=cure)
    suffix = path.suffix.lower()
    if content is not Content.TEXT or suffix == ".txt":
        return
    if suffix in DOCUMENT_SUFFIXES:
        raise ReadError(
            f"có đuôi {suffix} nhưng bên trong không phải {suffix.removeprefix('.')}",
            file=path,
            cure="Kiểm tra lại tệp, hoặc đổi đuôi thành .txt nếu là văn bản thường.",
        )
    raise ReadError(f"không biết loại tệp {suffix or '(không có đuôi)'}", file=path, cure=_LISTED)


def _with_mismatch(document: Document, path: Path, content: Content) -> Document:
    if path.suffix.lower() in _SUFFIXES[content]:
        return document
    shown = content if content in CONVERTED else document.media
    message = f"Tệp có đuôi {path.suffix or '(không có)'} nhưng nội dung là {shown}; đã đọc theo nội dung."
    problem = Problem("suffix_mismatch", message, path.as_posix())
    return dataclasses.replace(document, problems=(*document.problems, problem))
