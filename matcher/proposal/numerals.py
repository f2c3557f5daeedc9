"""Numbers as Vietnamese texts write them: «1.200», «1,5», «1.250.000.000», and in words («hai mươi bốn»)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

#: A number in figures: groups of three after a point, comma or space, or decimals after one.
FIGURES = (
    r"(?:\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?(?!\d)|\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?(?!\d)"
    r"|\d{1,3}(?:[ \u00a0]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)"
)
_FIGURES = re.compile(FIGURES)

_DIGITS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8,
    "chin": 9,
}  # fmt: skip
_TENS = frozenset(("muoi", "chuc"))
_SCALES = {"nghin": 10**3, "ngan": 10**3, "trieu": 10**6, "ty": 10**9, "ti": 10**9}
_FILLERS = frozenset(("linh", "le", "va"))
#: Every word that a number in words may hold, without diacritics.
NUMBER_WORDS = frozenset((*_DIGITS, *_TENS, *_SCALES, *_FILLERS, "tram", "ruoi"))


def read_figures(text: str, *, decimal: bool = False) -> Fraction | None:
    """Return the value of a number written in figures, None where it is none.

    One sign before exactly three digits parts thousands («1.200», «1,200»), unless `decimal` asks for a decimal
    sign; several signs of one kind always part thousands.

    Examples
    --------
    >>> read_figures("1.200"), read_figures("1,2"), read_figures("1.250.000.000"), read_figures("1,250", decimal=True)
    (Fraction(1200, 1), Fraction(6, 5), Fraction(1250000000, 1), Fraction(5, 4))
    """
    text = text.strip()
    if not _FIGURES.fullmatch(text):
        return None
    signs = re.findall(r"[^\d]", text)
    groups = re.split(r"[^\d]", text)
    if not signs:
        return Fraction(int(text))
    if len(signs) == 1:
        whole, part = groups
        if len(part) == 3 and not (decimal and not signs[0].isspace()) and whole != "0":
            return Fraction(int(whole + part))
        return Fraction(int(whole + part), 10 ** len(part))
    if signs[-1] == signs[0]:
        return Fraction(int("".join(groups)))
    return Fraction(int("".join(groups)), 10 ** len(groups[-1]))


def read_words(words: Sequence[str]) -> int | None:
    """Return the value of a number in words without diacritics, None where they make none.

    Examples
    --------
    >>> read_words("hai muoi bon".split()), read_words("mot ty nam tram trieu".split()), read_words("tu".split())
    (24, 1500000000, 4)
    """
    total = part = 0
    digit: int | None = None
    seen = False
    for word in words:
        if word in _DIGITS:
            if digit is not None and part % 100 == 0 and part:
                return None
            part += 10 * digit if digit is not None else 0  # «hai tư»: 24
            digit = _DIGITS[word]
        elif word in _TENS or word == "tram":
            size = 100 if word == "tram" else 10
            part += size * (1 if digit is None else digit)
            digit = None
        elif word in _SCALES:
            value = part + (digit or 0)
            total = (total + value) * _SCALES[word] if 0 < total < _SCALES[word] else total + value * _SCALES[word]
            part, digit = 0, None
        elif word == "ruoi":
            total += _half_of(total, part + (digit or 0))
        elif word not in _FILLERS:
            return None
        seen = seen or word not in _FILLERS
    return total + part + (digit or 0) if seen else None


def _half_of(total: int, part: int) -> int:
    """Return what «rưỡi» adds: half of the smallest scale before it («một tỷ rưỡi»)."""
    if part or not total:
        return 0
    scale = next((scale for scale in sorted(set(_SCALES.values())) if total % (scale * 1000)), 10**9)
    return scale // 2
