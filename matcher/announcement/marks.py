"""The list marks that announcements use: Roman numbers, letters, numbers of one to three levels, dashes."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Dashes and dots that open a bullet.
DASHES = "-–—‐‑−•●▪◦○■□►➢✓❖·"
_LETTERS = "abcdđeghiklmnopqrstuvxy"
#: The orders in which lists are lettered: the Vietnamese alphabet, the same without đ, the Latin one.
_ORDERS = (_LETTERS, _LETTERS.replace("đ", ""), "abcdefghijklmnopqrstuvwxyz")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}

_PART = re.compile(r"(?:PHẦN|Phần)\s+(?:thứ\s+|THỨ\s+)?([IVX]+|\d+|\w+)\s*[.:–-]?(?:\s+|$)")
_ROMAN = re.compile(r"([IVX]{1,5})\s?[.)/–-]\s+(?=\S)|([IVX]{1,5})\.(?=[^\W\d_])")
_UPPER = re.compile(r"([A-ZĐ])(?:[.)]\s*|/\s+)(?=\S)")
_LOWER = re.compile(r"([a-zđ])(?:[.)]\s*|/\s+)(?=\S)")
_NUMBERS = re.compile(
    r"(\d{1,2}(?:\.[1-9]\d?){1,3}(?=[.)]?\s*[^\W\d_]|[.)]?\s*[“\"'(\ue000])|(?:[A-ZĐ]|[IVX]{2,5})(?:\.[1-9]\d?){1,3}(?=[.)]?\s))"
    r"[.)]?\s*(?=\S)"
)
#: «Định hướng 1: …», «Nhiệm vụ số 2. …».
_NAMED = re.compile(
    r"(?:Định hướng|Hướng nghiên cứu|Hướng|Nhiệm vụ|Vấn đề)\s(?:số\s|thứ\s)?(\d{1,2})\s?[.:–-]\s+(?=\S)"
)
_NUMBER = re.compile(r"(\d{1,2})\s?(?:(?:[.)]\s*|/\s+)(?=[^\W\d_]|[“\"'(\[\ue000])|[-–]\s+(?=[^\W\d_]))")
_PAREN = re.compile(r"\((\d{1,2}|[a-zđ])\)\s*(?=\S)")
_DASH = re.compile(rf"([{re.escape(DASHES)}])\s*(?=\S)")
_PLUS = re.compile(r"([+*])\s*(?=\S)")

#: A smaller rank stands higher in the outline.
RANKS = {
    "part": 0,
    "roman": 2,
    "upper": 2,
    "heading": 3,
    "number": 4,
    "number2": 5,
    "number3": 6,
    "number4": 7,
    "bracket": 8,
    "paren": 8,
    "lower": 8,
    "named": 8,
    "dash": 10,
    "plus": 11,
    "star": 11,
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A list mark: its style (a key of `RANKS`, with a variant), its ordinal (0 for dashes), and its width.

    `depth` is the list level that the file's format states; `label` is the mark as written.
    """

    style: str
    ordinal: int
    width: int
    label: str
    depth: int = 0

    @property
    def family(self) -> str:
        """The style without its variant."""
        return self.style.partition(":")[0]

    @property
    def rank(self) -> float:
        """How high in an outline such a mark usually stands."""
        return RANKS[self.family] + self.depth / 100

    @property
    def counter(self) -> str:
        """What the mark counts with: «2», «IV», «Đ»."""
        return self.label.strip(" .:()/–-")

    def follows(self, before: Mark) -> bool:
        """Say whether the mark is the next after another; letters may be counted with or without «Đ», «F», «J»."""
        if self.family != before.family:
            return False
        pair = f"{before.counter}{self.counter}".lower()
        lettered = self.family in ("upper", "lower") or (self.family == "paren" and pair.isalpha())
        return any(pair in order for order in _ORDERS) if lettered else self.ordinal == before.ordinal + 1


def read_mark(text: str) -> Mark | None:
    """Return the list mark at the start of a line, or None.

    Examples
    --------
    >>> read_mark("2.1. Lĩnh vực").style, read_mark("a) Giống").ordinal, read_mark("trồng trọt")
    ('number2', 1, None)
    """
    for read in (_read_part, _read_roman, _read_numbers, _read_number, _read_letter, _read_named, _read_symbol):
        mark = read(text)
        if mark:
            return mark
    return None


def format_mark(marker: str, level: int) -> Mark:
    """Return the mark that a file's format keeps outside the text; an unknown symbol counts as a dash."""
    mark = read_mark(f"{marker} X")
    family = mark.style if mark and mark.family not in ("dash", "plus", "star") else "dash:format"
    return Mark(
        f"{family}@{level}" if ":" in family else f"{family}:@{level}",
        mark.ordinal if mark else 0,
        0,
        marker,
        level,
    )


def _read_part(text: str) -> Mark | None:
    found = _PART.match(text)
    return Mark("part", roman_value(found[1]), found.end(), found[0].strip()) if found else None


def _read_roman(text: str) -> Mark | None:
    found = _ROMAN.match(text)
    if not found:
        return None
    return Mark("roman", roman_value(found[1] or found[2]), found.end(), found[0].strip())


def _read_numbers(text: str) -> Mark | None:
    found = _NUMBERS.match(text)
    if not found:
        return None
    parts = found[1].split(".")
    return Mark(f"number{len(parts)}", int(parts[-1]), found.end(), found[0].strip())


def _read_number(text: str) -> Mark | None:
    found = _NUMBER.match(text)
    if not found:
        return None
    style = "bracket" if ")" in found[0] else "number"
    return Mark(style, int(found[1]), found.end(), found[0].strip())


def _read_letter(text: str) -> Mark | None:
    if found := _PAREN.match(text):
        ordinal = int(found[1]) if found[1].isdigit() else letter_value(found[1])
        return Mark("paren", ordinal, found.end(), found[0].strip())
    if found := _UPPER.match(text):
        return Mark("upper", letter_value(found[1].lower()), found.end(), found[0].strip())
    if found := _LOWER.match(text):
        return Mark("lower", letter_value(found[1]), found.end(), found[0].strip())
    return None


def _read_named(text: str) -> Mark | None:
    found = _NAMED.match(text)
    return Mark("named", int(found[1]), found.end(), found[0].strip()) if found else None


def _read_symbol(text: str) -> Mark | None:
    if found := _DASH.match(text):
        dot = "dot" if found[1] not in "-–—‐‑−" else "line"
        return Mark(f"dash:{dot}", 0, found.end(), found[1])
    if found := _PLUS.match(text):
        return Mark("plus" if found[1] == "+" else "star", 0, found.end(), found[1])
    return None


def roman_value(text: str) -> int:
    """Return the value of a Roman or Arabic number; 0 for anything else."""
    if text.isdigit():
        return int(text)
    if not set(text) <= set(_ROMAN_VALUES):
        return 0
    values = [_ROMAN_VALUES[letter] for letter in text]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def letter_value(letter: str) -> int:
    """Return the place of a letter in the Vietnamese order (a, b, c, d, đ, e, g …), from 1; f, j, w and z stand last.

    A list may leave «đ» out: `Mark.follows` tells whether a letter is the next.
    """
    return f"{_LETTERS}fjwz".find(letter) + 1
