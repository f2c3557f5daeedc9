"""The day above the signature, as forms write it."""

from __future__ import annotations

import datetime as dt
import re

from matcher.text import strip_diacritics

_DATE = re.compile(
    r"(?<![\d/.-])(?:ngay\s*)?(?P<day>\d{1,2})\s*(?:thang|[/.-])\s*(?P<month>\d{1,2})\s*(?:nam|[/.,-])\s*(?P<year>\d{4})(?![\d/])"
)
_PLACED = re.compile(r"(?:^|[|,]|\s{2,})\s*(?:[^,;:.|]{2,40},\s*)?(?:ngay\s*)?(?=\d{1,2}\s*(?:thang|[/.-]))")


def read_date(text: str) -> dt.date | None:
    """Return the first full date of a text; None where it has none, or only the dots to fill in.

    Examples
    --------
    >>> read_date("Lạng Sơn, ngày 10 tháng 5 năm 2024"), read_date("ngày …. tháng ... năm 2024")
    (datetime.date(2024, 5, 10), None)
    """
    for found in _DATE.finditer(strip_diacritics(text).lower()):
        try:
            return dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
        except ValueError:
            continue  # no day of the calendar
    return None


def read_date_line(text: str) -> dt.date | None:
    """Return the date of a line that is a place and a date and no more: «Lạng Sơn, ngày 10/5/2024».

    Examples
    --------
    >>> read_date_line("Căn cứ Kế hoạch số 53/KH-UBND ngày 03/3/2023 của tỉnh")
    """
    folded = strip_diacritics(text).lower()
    for found in _DATE.finditer(folded):
        head, tail = folded[: found.start()], folded[found.end() :]
        if len(tail.strip(" .|")) <= 3 and any(
            place.end() == len(head) or found.start() <= place.end() for place in _PLACED.finditer(folded)
        ):
            return read_date(folded[found.start() : found.end()])
    return None
