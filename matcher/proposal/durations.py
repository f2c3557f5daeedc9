"""How long a task takes (thời gian thực hiện), in months."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from matcher.proposal.numerals import NUMBER_WORDS, read_figures, read_words
from matcher.text import strip_diacritics

_WORD = "|".join(sorted(NUMBER_WORDS - {"tram", "nghin", "ngan", "trieu", "ty", "ti"}, key=len, reverse=True))
_NUMBER = rf"(?:\d{{1,3}}(?:[.,]\d{{1,2}})?|(?<![a-z])(?:{_WORD})(?:\s+(?:{_WORD}))*)"
_LENGTH = re.compile(
    rf"(?<![\d/.,])(?P<number>{_NUMBER})\s*(?:\([^()]{{0,30}}\)\s*)?(?P<unit>thang|nam)(?![a-z])"
    rf"(?!\s*/|\s*(?:20|19)\d\d|\s*\d{{1,2}}(?!\d)\s*(?:nam|/|-\d))(?P<half>\s+ruoi)?"
    rf"(?:\s*(?:va\s*)?(?P<extra>{_NUMBER})\s*thang)?"
)
_MONTH = (
    r"(?:(?:thang\s*)?(?P<month{0}>\d{{1,2}})\s*(?:[/.-]|\s*nam\s*)\s*"
    r"|quy\s*(?P<quarter{0}>iv|i{{1,3}}|[1-4])\s*[/,-]?\s*(?:nam\s*)?|(?:nam\s*)?)"
)
_SPAN = re.compile(
    r"(?<![\d/])(?:ngay\s*)?(?:\d{1,2}[/.-](?=\d{1,2}[/.-]))?" + _MONTH.format("1") + r"(?P<year1>20\d\d)(?!\d)\)?"
    r"\s*(?:-|–|—|->|den|toi|[,;]?\s*ket thuc(?:\s+vao)?)\s*(?:het\s*)?(?:ngay\s*)?(?:\d{1,2}[/.-](?=\d{1,2}[/.-]))?"
    + _MONTH.format("2")
    + r"(?P<year2>20\d\d)(?!\d)"
)  # fmt: skip
_SAME_YEAR = re.compile(r"thang\s*(\d{1,2})\s*(?:-|–|den)\s*(?:thang\s*)?(\d{1,2})\s*(?:/|nam)\s*20\d\d")
_PHASE = re.compile(r"\bgiai doan\b[^.;\n]{0,40}$")
_TOTAL = re.compile(r"\btong\b[^.;\n]{0,40}$")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_LONGEST = 240


def read_months(text: str) -> int | None:
    """Return the duration that a text states, in months; None where it states none.

    Lengths («24 tháng», «2 năm») come before dates («từ tháng 01/2025 đến 12/2026»); of a range the longer end
    counts, and phases without a total are added up.

    Examples
    --------
    >>> read_months("18 - 24 tháng"), read_months("02 năm"), read_months("từ tháng 01/2025 đến 12/2026")
    (24, 24, 24)
    """
    folded = strip_diacritics(text).lower()
    lengths = [(months, found) for months, found in _lengths(folded) if 0 < months <= _LONGEST]
    if lengths:
        totals = [months for months, found in lengths if _TOTAL.search(folded[: found.start()])]
        if totals:
            return max(totals)
        phases = [months for months, found in lengths if _PHASE.search(folded[: found.start()])]
        if len(phases) > 1 and len(phases) == len(lengths):
            return sum(phases)
        return max(months for months, _ in lengths)
    return max(_spans(folded), default=None)


def _lengths(folded: str) -> Iterator[tuple[int, re.Match[str]]]:
    for found in _LENGTH.finditer(folded):
        number = _number(found["number"])
        if number is None:
            continue
        months = number * (12 if found["unit"] == "nam" else 1)
        if found["half"]:
            months += 6 if found["unit"] == "nam" else 0
        if found["extra"] and found["unit"] == "nam":
            months += _number(found["extra"]) or 0
        yield int(months + Fraction(1, 2)), found


def _number(text: str) -> Fraction | None:
    if text[0].isdigit():
        return read_figures(text, decimal=True)
    if text.startswith("tu"):
        return None  # «từ», not «tư»: four is «bốn» unless it follows tens
    value = read_words(text.split())
    return None if value is None else Fraction(value)


def _spans(folded: str) -> Iterator[int]:
    """Yield the lengths of spans between months, quarters or years, both ends counted."""
    for found in _SPAN.finditer(folded):
        first = _month(found["month1"], found["quarter1"], last=False)
        last = _month(found["month2"], found["quarter2"], last=True)
        months = (int(found["year2"]) - int(found["year1"])) * 12 + last - first + 1
        if first <= 12 and last <= 12 and 0 < months <= _LONGEST:
            yield months
    for found in _SAME_YEAR.finditer(folded):
        if 1 <= int(found[1]) <= int(found[2]) <= 12:
            yield int(found[2]) - int(found[1]) + 1


def _month(month: str | None, quarter: str | None, *, last: bool) -> int:
    if quarter:
        return _QUARTERS[quarter] * 3 - (0 if last else 2)
    return int(month) if month else 12 if last else 1
