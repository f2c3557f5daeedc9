"""Numbers and dates of Vietnamese official documents, as they are written in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

#: The kinds of documents with the abbreviations that stand for them in numbers (Nghị định 30/2020/NĐ-CP, Phụ lục III).
KINDS = {
    "Chương trình hành động": "",
    "Chương trình": "CTr",
    "Kế hoạch": "KH",
    "Quyết định": "QĐ",
    "Nghị quyết": "NQ",
    "Nghị định": "NĐ",
    "Thông tư": "TT",
    "Thông báo": "TB",
    "Chỉ thị": "CT",
    "Kết luận": "KL",
    "Công văn": "CV",
    "Văn bản": "",
    "Hướng dẫn": "HD",
    "Đề án": "ĐA",
    "Dự án": "DA",
    "Chiến lược": "",
    "Quy hoạch": "",
    "Pháp lệnh": "PL",
    "Luật": "QH",
}
_SYMBOLS = {symbol.casefold(): kind for kind, symbol in reversed(KINDS.items()) if symbol}

_HYPHEN = r"[-–—‐‑]"
#: «53/KH-UBND», «95-NQ/TU», «47/2018/QĐ-UBND», «29/2013/QH13»; spaces that a line end left are allowed.
NUMBER = re.compile(
    rf"(?<![\w/])(\d{{1,5}}[a-z]?)\s?(?:/\s?((?:19|20)\d\d)\s?)?(?:/\s?|{_HYPHEN}\s?)"
    rf"([A-ZĐ][A-Za-zĐđ&]*\d{{0,2}}(?:\s?(?:{_HYPHEN}|/)\s?[A-ZĐ][A-Za-zĐđ&.]*[A-Za-zĐđ])*)(?![\w/])"
)
_DATE = re.compile(
    r"(?<![\d/])(\d{1,2})\s?([/.\-–])\s?(\d{1,2})\s?\2\s?(\d{4})(?![\d/])"
    r"|(?:ngày\s+)(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date as found in a text; `value` is None where no calendar has it (31/02/2023)."""

    start: int
    end: int
    text: str
    value: date | None


def find_dates(text: str) -> Iterator[FoundDate]:
    """Yield the dates of a text: «03/3/2023», «3-3-2023», «ngày 03 tháng 3 năm 2023».

    Examples
    --------
    >>> [found.value for found in find_dates("ngày 03 tháng 3 năm 2023")]
    [datetime.date(2023, 3, 3)]
    """
    for found in _DATE.finditer(text):
        day, month, year = (found[1], found[3], found[4]) if found[1] else (found[5], found[6], found[7])
        try:
            value: date | None = date(int(year), int(month), int(day))
        except ValueError:
            value = None
        yield FoundDate(found.start(), found.end(), found[0], value)


def canonical(number: re.Match[str]) -> str:
    """Return a document's number in its usual spelling: no spaces, plain hyphens, «Ð» as «Đ».

    Examples
    --------
    >>> canonical(NUMBER.search("Kế hoạch số 53 /KH – UBND"))
    '53/KH-UBND'
    """
    text = re.sub(r"\s+", "", number[0]).replace("Ð", "Đ")
    return re.sub(_HYPHEN, "-", text)


def same_number(number: str) -> str:
    """Return a key under which «9/KH-UBND», «09/KH-UBND» and «09/KH/UBND» are one."""
    return re.sub(r"[-/]", "/", number.lstrip("0")).casefold()


def ordinal_of(number: str) -> int:
    """Return the running number at the head of a document's number; 0 where it has none."""
    found = re.match(r"\d+", number)
    return int(found[0]) if found else 0


def symbol_of(number: str) -> str:
    """Return the part of a document's number after the running number: «KH-UBND» of «53/KH-UBND»."""
    return re.sub(r"^\d+[a-z]?(?:/\d{4})?[/-]", "", number)


def kind_of(number: str) -> str:
    """Return the kind that a number's symbol names («Kế hoạch» of «53/KH-UBND»); "" where it names none."""
    for part in re.split(r"[-/]", symbol_of(number)):
        if kind := _SYMBOLS.get(part.rstrip("0123456789").casefold()):
            return kind
    return ""
