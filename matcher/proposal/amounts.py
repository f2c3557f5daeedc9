"""The budget that a form asks for (nhu cầu kinh phí), in đồng."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from matcher.proposal.numerals import FIGURES, NUMBER_WORDS, read_figures, read_words
from matcher.text import strip_diacritics

_UNITS = {"ty": 10**9, "ti": 10**9, "trieu": 10**6, "tr": 10**6, "trd": 10**6, "nghin": 10**3, "ngan": 10**3}
_UNIT = r"(?:ty|ti|trieu|trd|tr|nghin|ngan)(?![a-z])"
_DONG = r"(?:dong|vnd|d)(?![a-z])"
_AMOUNT = re.compile(
    rf"(?<![\d/.,])(?P<figures>{FIGURES})\s*(?:(?P<unit>{_UNIT})(?P<more>(?:\s*{FIGURES}\s*(?:{_UNIT})?)*)"
    rf"(?:\s*{_DONG})?|(?P<plain>{_DONG})|(?=\s*(?:-|–|den)\s*(?P<upper>{FIGURES})\s*(?P<shared>{_UNIT}))|(?![\d/%]))"
)
_WORD = rf"(?:{'|'.join(sorted(NUMBER_WORDS))})(?![a-z])"
_WORDS = re.compile(rf"(?<![a-z]){_WORD}(?:\s+{_WORD})*(?=\s*(?:{_DONG}|[).,;]|$))")
_STATED_UNIT = re.compile(
    r"(?:don vi(?: tinh)?|dvt)\s*:?\s*(?:1\.000\.000|(?P<unit>ty|ti|trieu|nghin|ngan))\s*(?:dong|vnd)?"
)
_TOTAL = re.compile(r"\b(?:tong|toan bo)\b[^.;\n]{0,60}$")
_PART = re.compile(r"\btrong do\b")
_SOURCE = re.compile(
    r"\b(?:ngan sach|nsnn|doi ung|tu co|xa hoi hoa|von khac|nguon khac|vay|dong gop|ho tro)\b[^;.\n]{0,60}$"
)
_RATE = re.compile(r"\s*(?:/|mot (?:nam|thang|ha|ho|nguoi)|moi )")
#: Below this a bare number is no budget, and above this a number with «tỷ» is a decimal («1.250 tỷ»).
_LEAST = 1_000_000
_MOST = 500 * 10**9


@dataclass(frozen=True, slots=True)
class _Amount:
    value: int
    start: int
    end: int


def read_budget(text: str) -> int | None:
    """Return the budget that a text states, in đồng; None where it states none.

    A sum called a total wins, the largest of several; sources named without their total are added up; else the
    largest amount is taken. Of a range the upper end counts.

    Examples
    --------
    >>> read_budget("1,2 tỷ đồng, trong đó ngân sách 800 triệu đồng"), read_budget("khoảng 800tr")
    (1200000000, 800000000)
    """
    folded = strip_diacritics(text).lower()
    amounts = [each for each in _amounts(folded) if each.value >= _LEAST]
    whole = [each for each in amounts if not _RATE.match(folded, each.end)] or amounts
    if not whole:
        return None
    totals = [each for each in whole if _TOTAL.search(folded[: each.start].rpartition("trong do")[2])]
    if totals:
        return max(each.value for each in totals)
    largest = max(each.value for each in whole)
    if len(whole) > 1 and not _PART.search(folded) and all(_is_source(folded, each) for each in whole):
        together = sum(each.value for each in whole)
        return largest if len(whole) > 2 and together == 2 * largest else together
    return largest


def _is_source(folded: str, amount: _Amount) -> bool:
    after = re.split(r"[,;.\n]", folded[amount.end : amount.end + 60])[0]
    return _SOURCE.search(folded[: amount.start]) is not None or _SOURCE.search(after) is not None


def _amounts(folded: str) -> Iterator[_Amount]:
    """Yield every amount of money in figures or words."""
    stated = _STATED_UNIT.search(folded)
    unit = _UNITS.get(stated["unit"] or "trieu", 1) if stated else 1
    for found in _AMOUNT.finditer(folded):
        if stated and stated.start() <= found.start() < stated.end():
            continue
        value = _value(found, unit)
        if value is not None:
            yield _Amount(value, *found.span())
    for found in _WORDS.finditer(folded):
        in_words = read_words(found[0].split())
        if in_words is not None:
            yield _Amount(in_words, *found.span())


def _value(found: re.Match[str], stated: int) -> int | None:
    unit = found["unit"] or found["shared"]
    if unit is None:
        number = read_figures(found["figures"])
        return None if number is None else _rounded(number * (1 if found["plain"] or number >= _LEAST else stated))
    size = _UNITS[unit]
    number = read_figures(found["figures"], decimal=False)
    if number is not None and number * size > _MOST:
        number = read_figures(found["figures"], decimal=True)
    return None if number is None else _rounded(number * size + _rest(found["more"] or "", size))


def _rest(more: str, size: int) -> Fraction:
    """Return what follows the first unit: «1 tỷ 200 triệu», «1 tỷ 2»."""
    rest = Fraction(0)
    for part in re.finditer(rf"({FIGURES})\s*({_UNIT})?", more):
        number = read_figures(part[1]) or Fraction(0)
        rest += number * (_UNITS[part[2]] if part[2] else Fraction(size, 10 ** len(part[1])))
        size = _UNITS.get(part[2] or "", size)
    return rest


def _rounded(value: Fraction) -> int:
    return int(value + Fraction(1, 2))
