"""PDFs by PDFium: the text layer of each page, or what is recognised where a page has none or a worthless one."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.errors import ReadError
from matcher.reading.drafting import assemble
from matcher.reading.limits import Limits
from matcher.reading.ocr import DPI, MAX_SIDE, RecognitionError, missing_for_ocr, require_ocr
from matcher.reading.paging import drafts_of
from matcher.reading.pdf_page import PageText, read_page
from matcher.reading.scan import MAX_PIXELS, UNKNOWN_SHARE, confidence_problems, is_scan, mostly_unsure, read_scan
from matcher.records import Document, Problem

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument

#: PDFium keeps global state: one call at a time.
_ONE_AT_A_TIME = threading.Lock()
_POINTS = 72.0  # an inch
_A4_HEIGHT = 842.0  # points
_LARGEST = 1_300.0  # points of a sheet's longer side; a larger page is a picture that does not know its size

Pages = list[PageText | None]


def read_pdf(path: Path, data: bytes, limits: Limits) -> Document:
    """Read a PDF; pages without a usable text layer are recognised where Tesseract is installed.

    Scripts, attachments and forms of the file are never run or opened.

    Raises
    ------
    ReadError
        For an encrypted or damaged file, one without any page or text, or a scan where Tesseract is missing.
    """
    with _ONE_AT_A_TIME:
        document = _open(path, data)
    try:
        pages, problems = _pages(path, document, limits)
        count = len(document)
        scans = [index for index, page in enumerate(pages) if page and is_scan(page)]
        if scans:
            problems += _recognise(path, document, pages, scans, limits)
    finally:
        with _ONE_AT_A_TIME:
            document.close()
    if not any(page.lines for page in pages if page):
        raise _no_text(path, pages, problems)
    problems += _unknown(pages)
    partial = bool(problems) or any(mostly_unsure(page) for page in pages if page)
    problems += confidence_problems(pages)
    return assemble(path, "pdf", drafts_of(pages), pages=count, problems=problems, partial=partial)


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


def _pages(path: Path, document: PdfDocument, limits: Limits) -> tuple[Pages, list[Problem]]:
    """Read page by page; a page that fails is None and a problem."""
    import pypdfium2

    pages: Pages = []
    problems: list[Problem] = []
    count = len(document)
    if count > limits.max_pages:
        message = f"Tệp có {count} trang; chỉ đọc {limits.max_pages} trang đầu."
        problems.append(Problem("page_limit", message, path.as_posix()))
    end = time.monotonic() + limits.max_pdf_seconds
    for index in range(min(count, limits.max_pages)):
        if time.monotonic() > end:
            message = f"Tệp quá nặng: sau {limits.max_pdf_seconds:.0f} giây mới đọc được {index} trên {count} trang."
            problems.append(Problem("time_limit", message, f"từ trang {index + 1}"))
            break
        try:
            pages.append(_page(document, index))
        except pypdfium2.PdfiumError:
            pages.append(None)
            problems.append(Problem("page_unreadable", f"Không đọc được trang {index + 1}.", f"trang {index + 1}"))
    cut = [str(number) for number, page in enumerate(pages, 1) if page and page.cut]
    if cut:
        where = f"trang {', '.join(cut)}"
        problems.append(Problem("page_cut", f"Có trang quá nhiều ký tự, chỉ đọc phần đầu: {where}.", where))
    return pages, problems


def _page(document: PdfDocument, index: int) -> PageText:
    with _ONE_AT_A_TIME:
        page = document[index]
        try:
            return read_page(page)
        finally:
            page.close()


def _no_text(path: Path, pages: Pages, problems: Sequence[Problem]) -> ReadError:
    if not any(pages):
        return ReadError("không đọc được trang nào của tệp PDF", file=path, cure="Xin người gửi gửi lại.")
    if any(is_scan(page) or page.recognised for page in pages if page):
        reason = next((problem.message for problem in problems if problem.code == "page_without_text"), "")
        return ReadError(
            f"bản quét không nhận dạng được chữ nào. {reason}".strip(),
            file=path,
            cure="Quét lại rõ hơn (300 dpi), hoặc gửi bản Word.",
        )
    return ReadError("tệp PDF không có chữ nào", file=path, cure="Xuất lại PDF từ bản gốc, hoặc gửi bản Word.")


def _unknown(pages: Pages) -> list[Problem]:
    """Report pages whose characters have no meaning."""
    problems = []
    for number, page in enumerate(pages, 1):
        if page and page.unknown > UNKNOWN_SHARE * page.glyphs:
            message = f"Trang {number}: {page.unknown} trên {page.glyphs} ký tự không giải mã được."
            problems.append(Problem("characters_unknown", message, f"trang {number}"))
    return problems


# -------------------------------------------------------------------------------------------- recognition


def _recognise(path: Path, document: PdfDocument, pages: Pages, scans: Sequence[int], limits: Limits) -> list[Problem]:
    """Put the recognised pages in place of the scanned ones; say which could not be recognised, and why."""
    if not any(page.glyphs for page in pages if page):
        require_ocr(path)
    what, cure = missing_for_ocr()
    if what:
        return [_unrecognised(scans, f"máy này thiếu {what}. {cure}")]
    problems = []
    end = time.monotonic() + limits.max_ocr_seconds
    for place, index in enumerate(scans):
        left = end - time.monotonic()
        if place >= limits.max_scanned_pages or left <= 0:
            limit = f"{limits.max_scanned_pages} trang, {limits.max_ocr_seconds:.0f} giây"
            problems.append(_unrecognised(scans[place:], f"quá giới hạn nhận dạng ({limit})"))
            break
        try:
            pages[index] = _recognised(document, index, pages[index], min(left, limits.max_ocr_page_seconds))
        except RecognitionError as err:
            problems.append(_unrecognised([index], err.message))
    return problems


def _unrecognised(scans: Sequence[int], reason: str) -> Problem:
    where = f"trang {', '.join(str(index + 1) for index in scans)}"
    return Problem("page_without_text", f"Có trang quét không có lớp chữ ({where}): {reason.rstrip('.')}.", where)


def _recognised(document: PdfDocument, index: int, page: PageText | None, timeout: float) -> PageText:
    if page and page.image_pixels > MAX_PIXELS:
        raise RecognitionError(f"ảnh quá lớn ({page.image_pixels / 1e6:.0f} triệu điểm ảnh)")
    image, points = _rendered(document, index)
    return read_scan(image, points=points, timeout=timeout)


def _rendered(document: PdfDocument, index: int) -> tuple[Image, float]:
    """Return the picture of a page, and the points that its pixels measure."""
    import pypdfium2

    try:
        with _ONE_AT_A_TIME:
            page = document[index]
            try:
                longest = max(1.0, *page.get_size())
                scale = DPI / _POINTS * (1.0 if longest <= _LARGEST else _A4_HEIGHT / longest)
                scale = min(scale, MAX_SIDE / longest)
                bitmap = page.render(scale=scale, grayscale=True)
                try:
                    return bitmap.to_pil().copy(), 1 / scale
                finally:
                    bitmap.close()
            finally:
                page.close()
    except pypdfium2.PdfiumError as err:
        raise RecognitionError("không vẽ được trang") from err
