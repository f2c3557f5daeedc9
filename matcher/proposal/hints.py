"""The form's own words of help (hướng dẫn điền), where a proposer left them standing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from matcher.text import strip_diacritics

#: A bracket that tells what to write; only at the beginning of an item or alone on its line.
_GENERIC = re.compile(
    r"(?:^|(?<=\n))\s*\(\s*(?:ghi|nêu|trình bày|liệt kê|mô tả|viết|tối đa|không quá|giải trình|nếu có)\b[^()]*\)"
    r"\s*[:.]?[ \t]*",
    re.IGNORECASE,
)
_UNITS = re.compile(r"[.:()…]+(?=\s|$)|(?<=\s)\(|^\(|\)|…+|\.{3,}")
_WORD = re.compile(r"\w+(?:[/&-]\w+)*")
#: A shorter stretch of a hint may be the proposer's own words.
_FEWEST = 5
_START = 5
_LEAST = 88


def without_hints(text: str, hint: str) -> tuple[str, bool]:
    """Return a text without the hints of its item, and whether any stood there.

    Examples
    --------
    >>> without_hints("(nêu căn cứ theo quy định của tỉnh) Kế hoạch 53", "(nêu căn cứ theo quy định của tỉnh)")
    ('Kế hoạch 53', True)
    """
    left = False
    for unit in _units_of(hint):
        span = _find(text, unit)
        while span is not None:
            left = True
            text = _cut(text, *span)
            span = _find(text, unit)
    bare = _GENERIC.sub("", text)
    if bare != text:
        left = left or not re.search(r"\w", bare)
        text = bare
    return text.strip(), left


def _units_of(hint: str) -> list[list[str]]:
    units = ([_fold(word) for word in _WORD.findall(part)] for part in _UNITS.split(hint))
    return [unit for unit in units if len(unit) >= _FEWEST]


def _fold(word: str) -> str:
    return strip_diacritics(word).lower()


def _find(text: str, unit: Sequence[str]) -> tuple[int, int] | None:
    """Return where a sentence of a hint stands: it must begin as the hint does and go on for most of it."""
    found = list(_WORD.finditer(text))
    words = [_fold(each[0]) for each in found]
    head = " ".join(unit[:_START])
    for start in range(len(words) - _FEWEST + 1):
        if words[start][:1] != unit[0][:1] or fuzz.ratio(" ".join(words[start : start + _START]), head) < _LEAST:
            continue
        stretch = words[start : start + len(unit)]
        if fuzz.ratio(" ".join(stretch), " ".join(unit)) < _LEAST:
            continue
        return found[start].start(), found[start + len(stretch) - 1].end()
    return None


def _cut(text: str, start: int, end: int) -> str:
    """Take a hint out with the brackets and stops around it."""
    before, after = text[:start].rstrip(" ("), text[end:]
    after = re.sub(r"^[\s).:;…]*", lambda found: "\n" if "\n" in found[0] else " ", after, count=1)
    return f"{before}{after}" if not before.endswith("\n") else f"{before}{after.lstrip()}"
