"""Text of scanned pages and pictures by Tesseract's Vietnamese model, word by word with its confidence."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from matcher.errors import ReadError
from matcher.reading.parts import parts_of, placed

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image

    from matcher.reading.ruling import Grid

#: Dots per inch of what is recognised: at 150 clean pages read as well, small print and noise do not.
DPI = 300
#: Longest side in pixels of what is recognised: A3 at 300 dots per inch.
MAX_SIDE = 5_000
#: A line below this confidence is reported; of clean pages 95 % of the words lie above 0.9.
UNSURE = 0.7
_LANGUAGE = "vie"
_PLAIN = 4  # Tesseract's segmentation; 3 and 11 take the numbers of a list for a column of its own
_BLOCK = 6  # for the columns of tables: 4 passes over a column of numbers
_UPSIDE_DOWN = 0.6  # a page turned by a quarter or half reads at 0.44, the noisy ones tried above 0.85
_SURE_TURN = 2.0  # Tesseract's own measure; pages of text reach 10
_SMALLEST_SKEW = 0.4  # degrees: below it nothing is gained
_CURE = (
    "Cài Tesseract và tiếng Việt (Debian/Ubuntu: apt install tesseract-ocr tesseract-ocr-vie; Windows: bộ cài UB "
    "Mannheim, chọn Vietnamese) và phần phụ ocr (pip install 'orientation-matcher[ocr]'), hoặc gửi bản Word."
)


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word in pixels, y downwards; `confidence` is in [0, 1]."""

    text: str
    x0: int
    x1: int
    top: int
    bottom: int
    confidence: float

    def moved(self, right: int, down: int) -> Word:
        """Return the word as it stands in a picture that this one was cut from."""
        return Word(self.text, self.x0 + right, self.x1 + right, self.top + down, self.bottom + down, self.confidence)


@dataclass(frozen=True, slots=True)
class Recognised:
    """The lines of a picture in reading order; `image` is what they were read from, deskewed and upright.

    Of the tables of `grids` each column was read by itself; what is no table's is in its place before or after.
    """

    lines: tuple[tuple[Word, ...], ...]
    image: Image
    grids: tuple[Grid, ...] = ()

    @property
    def confidence(self) -> float:
        """Mean over the words; 0 where there are none."""
        words = [word for line in self.lines for word in line]
        return sum(word.confidence for word in words) / len(words) if words else 0.0


class RecognitionError(ReadError):
    """One page cannot be recognised: it took too long, or Tesseract failed on it."""


@lru_cache(maxsize=1)
def _missing() -> str:
    """Say what recognition lacks on this machine; empty where nothing."""
    try:
        import pytesseract
    except ImportError:
        return "gói Python pytesseract"
    try:
        languages = pytesseract.get_languages()
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, OSError):
        return "chương trình tesseract-ocr"
    return "" if _LANGUAGE in languages else "dữ liệu tiếng Việt tesseract-ocr-vie"


def missing_for_ocr() -> tuple[str, str]:
    """Say what is missing to recognise text on this machine, and the cure; two empty texts where nothing is.

    Examples
    --------
    >>> what, cure = missing_for_ocr()
    >>> bool(what) == bool(cure)
    True
    """
    what = _missing()
    return (what, _CURE) if what else ("", "")


def require_ocr(path: Path) -> None:
    """Check that recognition is installed.

    Raises
    ------
    ReadError
        Where it is not; the cure names the packages.
    """
    what, cure = missing_for_ocr()
    if what:
        raise ReadError(f"bản quét không có lớp chữ, và máy này thiếu {what} để nhận dạng", file=path, cure=cure)


def recognise(image: Image, *, timeout: float, points: float = 72 / DPI) -> Recognised:
    """Recognise a picture of a page, whichever way up and a few degrees askew.

    Parameters
    ----------
    image : PIL.Image.Image
        At about `DPI` dots per inch.
    timeout : float
        Seconds that reading the picture once may take; a page needs one reading, or three if it is upside down.
    points : float
        Points (1/72 inch) that a pixel measures.

    Raises
    ------
    RecognitionError
        Where that is not enough, or Tesseract fails.
    """
    straight = _straightened(image.convert("L"))
    found = _read(straight, timeout, points)
    if found.confidence >= _UPSIDE_DOWN:
        return found
    turn = _quarter_turn(straight, timeout)
    if not turn:
        return found
    upright = _straightened(image.convert("L").rotate(-turn, expand=True, fillcolor=255))
    other = _read(upright, timeout, points)
    return max(found, other, key=lambda each: each.confidence)


def _read(image: Image, timeout: float, points: float) -> Recognised:
    """Read a straight picture: what stands in columns column by column, the rest around them."""
    end = time.monotonic() + timeout
    parts = parts_of(image, points)
    rest = _lines(parts.rest, timeout, _PLAIN)
    read = []
    for box in parts.boxes:
        left = end - time.monotonic()
        if left <= 0:
            raise _too_slow(timeout)
        lines = _lines(parts.cut(box), left, _BLOCK if box.block else _PLAIN)
        read.append(tuple(tuple(word.moved(box.left, box.top) for word in line) for line in lines))
    before = placed([min(word.top for word in line) for line in rest], [box.top for box in parts.boxes])
    ordered: list[tuple[Word, ...]] = []
    for index in range(len(rest) + 1):
        for lines, count in zip(read, before, strict=True):
            ordered += lines if count == index else ()
        ordered += rest[index : index + 1]
    return Recognised(tuple(ordered), image, parts.grids)


def _straightened(image: Image) -> Image:
    from PIL.Image import Resampling

    angle = skew(image)
    if abs(angle) < _SMALLEST_SKEW:
        return image
    return image.rotate(-angle, expand=True, fillcolor=255, resample=Resampling.BICUBIC)


def skew(image: Image) -> float:
    """Return by how many degrees, of at most 8, the lines of a grey picture rise to the right.

    The angle at which the rows of the picture differ most from one another (Postl 1986), looked for on a small
    copy first in whole degrees, then in tenths.
    """
    import numpy as np
    from PIL import Image as pil

    share = 700 / max(image.size)
    small = image.resize((max(1, int(image.width * share)), max(1, int(image.height * share))), pil.Resampling.BOX)
    ink = pil.fromarray(255 - np.asarray(small))

    def contrast(angle: float) -> float:
        rows = np.asarray(ink.rotate(-angle, resample=pil.Resampling.BILINEAR), dtype=np.float64).sum(axis=1)
        return float(np.square(np.diff(rows)).sum())

    best = max(range(-8, 9), key=lambda angle: (contrast(angle), -abs(angle)))
    tenths = [best + step / 10 for step in range(-9, 10)]
    return max(tenths, key=lambda angle: (contrast(angle), -abs(angle)))


def _quarter_turn(image: Image, timeout: float) -> int:
    """Return by how many degrees clockwise to turn the picture for its text to stand upright; 0 where unsure."""
    import pytesseract

    try:
        with _ONE_THREAD:
            found = pytesseract.image_to_osd(image, output_type=pytesseract.Output.DICT, timeout=timeout)
    except (pytesseract.TesseractError, RuntimeError, OSError):  # too few letters to tell, or no model for it
        return 0
    return int(found["rotate"]) if float(found["orientation_conf"]) >= _SURE_TURN else 0


def _lines(image: Image, timeout: float, mode: int) -> tuple[tuple[Word, ...], ...]:
    import pytesseract

    try:
        with _ONE_THREAD:
            table: dict[str, list[Any]] = pytesseract.image_to_data(
                image,
                lang=_LANGUAGE,
                config=f"--psm {mode} --dpi {DPI}",
                output_type=pytesseract.Output.DICT,
                timeout=timeout,
            )
    except pytesseract.TesseractError as err:
        raise RecognitionError(f"Tesseract báo lỗi: {err.message[:200]}", cure="Gửi bản Word.") from err
    except RuntimeError as err:  # pytesseract's way to say that time is over
        raise _too_slow(timeout) from err
    except OSError as err:
        raise RecognitionError(f"không chạy được Tesseract ({err.strerror})", cure=_CURE) from err
    return _collected(table)


def _too_slow(timeout: float) -> RecognitionError:
    return RecognitionError(f"nhận dạng quá {timeout:.0f} giây", cure="Quét lại sạch hơn, hoặc gửi bản Word.")


def _collected(table: Mapping[str, Sequence[Any]]) -> tuple[tuple[Word, ...], ...]:
    """Put the words of Tesseract's table into its lines."""
    lines: dict[tuple[int, int, int], list[Word]] = {}
    for index, text in enumerate(table["text"]):
        confidence = float(table["conf"][index])
        if not text.strip() or confidence < 0:
            continue
        left, top = int(table["left"][index]), int(table["top"][index])
        right, bottom = left + int(table["width"][index]), top + int(table["height"][index])
        place = (int(table["block_num"][index]), int(table["par_num"][index]), int(table["line_num"][index]))
        lines.setdefault(place, []).append(Word(text.strip(), left, right, top, bottom, min(1.0, confidence / 100)))
    return tuple(tuple(line) for line in lines.values())


class _OneThread:
    """Keeps Tesseract to one thread: its own threading makes pages no faster, and workers run side by side.

    The variable is set while any page is being recognised, not for good: it would slow down other libraries.
    """

    _name = "OMP_THREAD_LIMIT"

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users = 0
        self._before: str | None = None

    def __enter__(self) -> None:
        with self._lock:
            if not self._users:
                self._before = os.environ.get(self._name)
                os.environ[self._name] = "1"
            self._users += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._users -= 1
            if self._users:
                return
            if self._before is None:
                del os.environ[self._name]
            else:
                os.environ[self._name] = self._before


_ONE_THREAD = _OneThread()
