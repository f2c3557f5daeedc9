"""Years and dates as registers write them: «2019», «Năm 2019-2021», «01/2019 - 12/20», a serial number of Excel."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

_EARLIEST, _LATEST = 1950, 2099
#: The day before Excel's day 1, with its leap year of 1900 counted.
_EXCEL_EPOCH = dt.date(1899, 12, 30)
#: Serial numbers taken for dates: 1970 to 2050.
_EXCEL_DAYS = range(25_569, 55_153)
#: Two digits below this are of this century.
_PIVOT = 50
#: Years that «2018–20» may span.
_LONGEST_SHORT = 12

_DASH = r"\s*(?:-|–|—|đến|den|tới|toi|to)\s*"
_NUMBER = re.compile(r"\d+(?:\.0+)?")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?!\d)(?:[ T]\d{1,2}:\d{2}\S*)?")
_DAY = re.compile(r"(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})(?!\d)")
_MONTH = re.compile(r"(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{4})(?!\d)")
_IN_WORDS = re.compile(r"(?:ngày\s*(\d{1,2})\s*)?tháng\s*(\d{1,2})\s*(?:,\s*)?năm\s*(\d{4})", re.IGNORECASE)
_SHORT_END = re.compile(rf"(?<!\d)((?:19|20)\d\d){_DASH}(\d\d)(?![\d/.-])")
_SHORT_MONTH = re.compile(r"(?<![\d/.-])(\d{1,2})\s*/\s*(\d{2})(?![\d/])")
_YEAR = re.compile(r"(?<!\d)(?:19[5-9]|20\d)\d(?!\d)")
_ABSENT = re.compile(
    r"[\W_]*|(?:không|chưa)\s+(?:rõ|có|nêu|xác định|biết)|n\s*/?\s*a|null|none|nan|unknown", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Period:
    """From when until when: «2019», «2019-03» or «2019-03-15», "" where the text does not say."""

    start: str = ""
    end: str = ""

    @property
    def year(self) -> int | None:
        """The year of the start, else of the end."""
        known = self.start or self.end
        return int(known[:4]) if known else None


def read_period(text: str) -> Period:
    """Return the first and the last date that a text names; an empty period where it names none.

    Examples
    --------
    >>> read_period("Từ tháng 3/2019 đến 12/2021")
    Period(start='2019-03', end='2021-12')
    >>> read_period("2018–20").end, read_period("43831").start, read_period("Năm 2019.0").year
    ('2020', '2020-01-01', 2019)
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if serial := _serial(plain):
        return Period(serial, "")
    dates = _dates(plain)
    if not dates:
        return Period()
    return Period(min(dates), max(dates)) if len(set(dates)) > 1 else Period(dates[0])


def read_year(text: str) -> int | None:
    """Return the year in which something started, or None where the text names none.

    Examples
    --------
    >>> read_year("2019 - 2021"), read_year("15/03/19"), read_year("không rõ")
    (2019, 2019, None)
    """
    return read_period(text).year


def says_nothing(text: str) -> bool:
    """Tell whether a cell only says that the year is not known («không rõ», «-», «n/a»).

    Examples
    --------
    >>> says_nothing("…"), says_nothing("Không rõ"), says_nothing("năm Tý")
    (True, True, False)
    """
    return _ABSENT.fullmatch(text.strip()) is not None


def _serial(plain: str) -> str:
    """Return the date behind a day's number of a spreadsheet."""
    if not _NUMBER.fullmatch(plain):
        return ""
    days = int(float(plain)) if len(plain) < 12 else 0
    return (_EXCEL_EPOCH + dt.timedelta(days=days)).isoformat() if days in _EXCEL_DAYS else ""


def _dates(plain: str) -> list[str]:
    """Find dates; what one form has taken is hidden from the next."""
    found: list[str] = []

    def take(match: re.Match[str], year: str, month: str | None = None, day: str | None = None) -> str:
        date = _written(year, month, day)
        if not date:
            return match[0]
        found.append(date)
        return " " * len(match[0])

    def take_both(match: re.Match[str]) -> str:
        end = match[1][:2] + match[2]
        if not 0 < int(end) - int(match[1]) <= _LONGEST_SHORT:  # a month: «2018-12»
            return match[0]
        take(match, end)
        return take(match, match[1])

    plain = _SHORT_END.sub(take_both, plain)
    plain = _IN_WORDS.sub(lambda m: take(m, m[3], m[2], m[1]), plain)
    plain = _DAY.sub(lambda m: take(m, m[3], m[2], m[1]), plain)
    plain = _ISO.sub(lambda m: take(m, m[1], m[2], m[3]), plain)
    plain = _MONTH.sub(lambda m: take(m, m[2], m[1]), plain)
    plain = _SHORT_MONTH.sub(lambda m: take(m, m[2], m[1]), plain)
    _YEAR.sub(lambda m: take(m, m[0]), plain)
    return found


def _written(year: str, month: str | None, day: str | None) -> str:
    """Return a date of the parts known, or "" where there is no such date."""
    number = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < _PIVOT else 1900)
    if not _EARLIEST <= number <= _LATEST:
        return ""
    if month is None:
        return str(number)
    try:
        date = dt.date(number, int(month), int(day or 1))
    except ValueError:
        return ""
    return date.isoformat() if day else date.isoformat()[:7]
