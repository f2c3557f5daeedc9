"""Pictures of pages (PNG, JPEG, TIFF of several pages), recognised; never decoded before their size is known."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.errors import ReadError
from matcher.reading.drafting import assemble
from matcher.reading.limits import Limits
from matcher.reading.ocr import DPI, MAX_SIDE, RecognitionError, require_ocr
from matcher.reading.paging import drafts_of
from matcher.reading.pdf_page import PageText
from matcher.reading.scan import MAX_PIXELS, confidence_problems, mostly_unsure, read_scan
from matcher.records import Document, Problem

if TYPE_CHECKING:
    from PIL.Image import Image

#: Suffixes of the pictures that are read.
PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
_FORMATS = ("PNG", "JPEG", "TIFF")  # pictures of telephones (MPO) open as JPEG; under their own name they do not
_A4_INCHES = 11.69  # the longer side, where a picture does not say how large the sheet was
_LEAST_PIXELS = 20  # of the shorter side: less holds no line


def read_picture(path: Path, data: bytes, limits: Limits) -> Document:
    """Read a picture of one page, or a TIFF of several.

    Raises
    ------
    ReadError
        Where Tesseract is missing, the picture is damaged or too large, or no text was recognised in it.
    """
    require_ocr(path)
    problems: list[Problem] = []
    with _opened(path, data) as picture:
        count = int(getattr(picture, "n_frames", 1))
        pages = _pages(path, picture, count, problems, limits)
    if not any(page.lines for page in pages if page):
        reason = problems[0].message if problems else ""
        raise ReadError(
            f"ảnh không nhận dạng được chữ nào. {reason}".strip(),
            file=path,
            cure="Quét lại rõ hơn (300 dpi), hoặc gửi bản Word.",
        )
    partial = bool(problems) or any(mostly_unsure(page) for page in pages if page)
    problems += confidence_problems(pages)
    return assemble(path, "picture", drafts_of(pages), pages=count, problems=problems, partial=partial, legacy=False)


def _pages(path: Path, picture: Image, count: int, problems: list[Problem], limits: Limits) -> list[PageText | None]:
    pages: list[PageText | None] = []
    end = time.monotonic() + limits.max_ocr_seconds
    for index in range(count):
        left = end - time.monotonic()
        if index >= limits.max_scanned_pages or left <= 0:
            message = f"Ảnh có {count} trang; chỉ nhận dạng {index} trang đầu."
            problems.append(Problem("page_limit", message, path.as_posix()))
            break
        try:
            image, points = _frame(path, picture, index)
            pages.append(read_scan(image, points=points, timeout=min(left, limits.max_ocr_page_seconds)))
        except ReadError as err:
            if count == 1 and not isinstance(err, RecognitionError):
                raise
            pages.append(None)
            message = f"Không đọc được trang {index + 1}: {err.message}."
            problems.append(Problem("page_unreadable", message, f"trang {index + 1}"))
    return pages


@contextmanager
def _opened(path: Path, data: bytes) -> Iterator[Image]:
    """Open a picture without decoding it; Pillow looks at the size that its head declares."""
    from PIL import Image as pil
    from PIL import UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of size, which is looked at here, and of odd notes in the file
            picture = pil.open(BytesIO(data), formats=_FORMATS)
    except pil.DecompressionBombError as err:
        raise _too_large(path, "") from err
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as err:
        raise _damaged(path) from err
    with picture:
        yield picture


def _frame(path: Path, picture: Image, index: int) -> tuple[Image, float]:
    """Return one page in grey, at a size that is recognised well, and the points that its pixels measure."""
    from PIL import Image as pil
    from PIL import ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture.seek(index)
            width, height = picture.size
            if width * height > MAX_PIXELS:
                raise _too_large(path, f" ({width} × {height} điểm ảnh)")
            upright = ImageOps.exif_transpose(picture)
            grey = _on_white(upright)
    except pil.DecompressionBombError as err:
        raise _too_large(path, "") from err
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError) as err:
        raise _damaged(path) from err
    if min(grey.size) < _LEAST_PIXELS:
        raise ReadError("ảnh quá nhỏ để có chữ", file=path, cure="Quét lại ở 300 dpi.")
    longest = max(grey.size)
    wanted = min(MAX_SIDE, round(_inches(picture, longest) * DPI), 4 * longest)
    if not 0.9 < wanted / longest < 1.2:
        scale = wanted / longest
        size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
        grey = grey.resize(size, pil.Resampling.LANCZOS)
    return grey, 72 * _A4_INCHES / max(grey.size)


def _on_white(picture: Image) -> Image:
    """Return a picture in grey, what is transparent in it as white paper."""
    from PIL import Image as pil

    if "transparency" not in picture.info and "A" not in picture.getbands():
        return picture.convert("L")
    layered = picture.convert("RGBA")
    return pil.alpha_composite(pil.new("RGBA", layered.size, "white"), layered).convert("L")


def _inches(picture: Image, longest: int) -> float:
    """Return the longer side of the sheet: as declared, where that is a sheet of paper, else A4."""
    declared = picture.info.get("dpi", (0, 0))[0]
    try:
        inches = longest / float(declared)
    except (ZeroDivisionError, TypeError, ValueError):
        return _A4_INCHES
    return inches if 0.5 * _A4_INCHES <= inches <= 1.5 * _A4_INCHES else _A4_INCHES


def _too_large(path: Path, size: str) -> ReadError:
    return ReadError(f"ảnh quá lớn{size}, không mở", file=path, cure="Quét lại ở 300 dpi, mỗi trang một ảnh.")


def _damaged(path: Path) -> ReadError:
    return ReadError("tệp ảnh bị hỏng hoặc bị cắt cụt", file=path, cure="Tải lại tệp hoặc xin người gửi gửi lại.")
