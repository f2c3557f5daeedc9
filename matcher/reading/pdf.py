"""Text PDFs by PDFium: pages into lines; running lines and notes told by their place and size."""

from __future__ import annotations

import re
import threading
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.errors import ReadError
from matcher.reading.drafting import DraftLine, assemble
from matcher.reading.limits import Limits
from matcher.reading.pdf_page import PageLine, PageText, read_page
from matcher.records import Document, LineKind, Problem

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

#: PDFium keeps global state: one document at a time.
_ONE_AT_A_TIME = threading.Lock()
_MARGIN = 0.12  # of the page's height, at the top and at the foot
_SAME_HEIGHT = 4.0  # points
_NOTE_SIZE = 0.92  # of the size of the body
_PAGE_NUMBER = re.compile(r"(?:trang|page)?\s*[-–]?\s*(\d{1,4})\s*[-–]?(?:\s*(?:/|trên|of)\s*\d{1,4})?", re.IGNORECASE)
_NOTE_START = re.compile(r"\d{1,3}[.)]?\s*[^\W\d_]")
_UNKNOWN_SHARE = 0.05


def read_pdf(path: Path, data: bytes, limits: Limits) -> Document:
    """Read a PDF that has a text layer.

    Raises
    ------
    ReadError
        For an encrypted, damaged or scanned file, or one without any page.
    """
    with _ONE_AT_A_TIME:
        document = _open(path, data)
        try:
            pages, problems = _pages(path, document, limits)
            count = len(document)
        finally:
            document.close()
    texts = [page for page in pages if page is not None]
    if not any(page.glyphs for page in texts):
        raise _no_text(path, texts)
    problems += _gaps(pages)
    drafts = _drafts(pages)
    return assemble(path, "pdf", drafts, pages=count, problems=problems, partial=bool(problems))


def _open(path: Path, data: bytes) -> PdfDocument:
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as err:
        if err.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise ReadError(
                "tệp PDF có mật khẩu", file=path, cure="Gỡ mật khẩu rồi lưu lại, hoặc xin bản không khóa."
            ) from err
        raise ReadError(
            "tệp PDF bị hỏng hoặc bị cắt cụt", file=path, cure="Tải lại tệp hoặc xin người gửi gửi lại."
        ) from err
    return document


def _pages(path: Path, document: PdfDocument, limits: Limits) -> tuple[list[PageText | None], list[Problem]]:
    """Read page by page; a page that fails is None and a problem."""
    import pypdfium2

    pages: list[PageText | None] = []
    problems: list[Problem] = []
    count = len(document)
    if count > limits.max_pages:
        message = f"Tệp có {count} trang; chỉ đọc {limits.max_pages} trang đầu."
        problems.append(Problem("page_limit", message, path.as_posix()))
    for index in range(min(count, limits.max_pages)):
        try:
            page = document[index]
            try:
                pages.append(read_page(page))
            finally:
                page.close()
        except pypdfium2.PdfiumError:
            pages.append(None)
            problems.append(Problem("page_unreadable", f"Không đọc được trang {index + 1}.", f"trang {index + 1}"))
    return pages, problems


def _no_text(path: Path, pages: Sequence[PageText]) -> ReadError:
    if not pages:
        return ReadError("không đọc được trang nào của tệp PDF", file=path, cure="Xin người gửi gửi lại.")
    if any(page.has_image for page in pages):
        return ReadError("bản quét không có lớp chữ", file=path, cure="Nhận dạng chữ (OCR) trước, hoặc gửi bản Word.")
    return ReadError("tệp PDF không có chữ nào", file=path, cure="Xuất lại PDF từ bản gốc, hoặc gửi bản Word.")


def _gaps(pages: Sequence[PageText | None]) -> list[Problem]:
    """Report scanned pages among others, and characters without a meaning."""
    scanned = [str(number) for number, page in enumerate(pages, 1) if page and not page.glyphs and page.has_image]
    problems = []
    if scanned:
        where = f"trang {', '.join(scanned)}"
        problems.append(Problem("page_without_text", f"Có trang quét không có lớp chữ: {where}.", where))
    for number, page in enumerate(pages, 1):
        if page and page.unknown > _UNKNOWN_SHARE * page.glyphs:
            message = f"Trang {number}: {page.unknown} trên {page.glyphs} ký tự không giải mã được."
            problems.append(Problem("characters_unknown", message, f"trang {number}"))
    return problems


def _drafts(pages: Sequence[PageText | None]) -> list[DraftLine]:
    """Put the lines of all pages in order, each with its kind."""
    running = _running(pages)
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines if page else ():
            sizes[line.size] += len(line.text)
    body = max(sizes, key=lambda size: (sizes[size], size))
    drafts = []
    for number, page in enumerate(pages, 1):
        lines = page.lines if page else []
        notes = _notes([line for line in lines if id(line) not in running], body)
        for line in lines:
            kind = LineKind.BODY
            if id(line) in running:
                kind = LineKind.RUNNING
            elif id(line) in notes:
                kind = LineKind.NOTE
            drafts.append(DraftLine(line.text, number, kind, raised=tuple(line.raised)))
    return drafts


def _running(pages: Sequence[PageText | None]) -> set[int]:
    """Find the lines in the margins that most pages share, and the page numbers."""
    places: dict[str, list[tuple[int, PageLine]]] = defaultdict(list)
    found: set[int] = set()
    for number, page in enumerate(pages, 1):
        if page is None or not page.lines:
            continue
        top = max(line.y for line in page.lines)
        foot = min(line.y for line in page.lines)
        for line in page.lines:
            low, high = page.height * _MARGIN, page.height * (1 - _MARGIN)
            if not low < line.y < high:
                places[re.sub(r"\d+", "#", line.text.casefold())].append((number, line))
            match = _PAGE_NUMBER.fullmatch(line.text.strip())
            if match and line.y in (top, foot) and len(page.lines) > 1 and int(match[1]) <= number + 20:
                found.add(id(line))
    enough = max(2, (len([page for page in pages if page and page.lines]) + 1) // 2)
    for same in places.values():
        for _, line in same:
            shared = {number for number, other in same if abs(other.y - line.y) <= _SAME_HEIGHT}
            if len(shared) >= enough:
                found.add(id(line))
    return found


def _notes(lines: Sequence[PageLine], body: float) -> set[int]:
    """Find the block of small print at the foot of a page, from its first line that begins with a number."""
    block: list[PageLine] = []
    for line in sorted(lines, key=lambda line: line.y):
        if line.size > _NOTE_SIZE * body:
            break
        block.append(line)
    starts = [line.y for line in block if _NOTE_START.match(line.text)]
    return {id(line) for line in block if line.y <= max(starts)} if starts else set()
