"""Word's automatic numbering: list numbers and bullets that a reader sees and the text does not hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from matcher.reading.fonts import decode_faces, fonts_of
from matcher.reading.ooxml import W
from matcher.reading.styles import LEVELS, integer, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: Bullets of the Symbol and Wingdings fonts, which sit in the private-use area.
_SYMBOLS = {
    "\uf0b7": "•",
    "\uf02d": "-",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
    "–": "-",
    "—": "-",
    "−": "-",
}
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_LOW = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(slots=True)
class Level:
    """One level of a list: its first number, its format and its pattern («%1.%2.»)."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    restarts: bool = True
    font: str | None = None


@dataclass(slots=True)
class Numbering:
    """Counts the list items of a document in reading order."""

    lists: dict[str, tuple[str, dict[int, Level]]] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)
    _overrides: dict[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    def from_xml(cls, root: Element | None, theme: Mapping[str, str]) -> Numbering:
        """Read the part `numbering.xml`; None gives a numbering without lists."""
        numbering = cls()
        if root is None:
            return numbering
        abstract = {each.get(f"{W}abstractNumId", ""): _levels(each, theme) for each in root.iter(f"{W}abstractNum")}
        for number in root.iter(f"{W}num"):
            number_id = number.get(f"{W}numId", "")
            base = value_of(number, "abstractNumId") or ""
            levels = dict(abstract.get(base, {}))
            for override in number.iter(f"{W}lvlOverride"):
                index = integer(override.get(f"{W}ilvl"))
                levels |= _levels(override, theme)
                if (start := value_of(override, "startOverride")) is not None:
                    numbering._overrides[number_id, index] = integer(start, 1)
            numbering.lists[number_id] = (base, levels)
        return numbering

    def marker(self, number_id: str, index: int, font: str = "") -> str:
        """Count one item of a list and return its marker as printed; "" for a list that is not defined.

        `font` is that of the paragraph, which a level without one of its own is printed in.
        """
        if number_id not in self.lists or not 0 <= index < LEVELS:
            return ""
        base, levels = self.lists[number_id]
        counts = self._counts.setdefault(base, [None] * LEVELS)
        first = (number_id, index) not in self._started
        self._started.add((number_id, index))
        level = levels.get(index, Level())
        before = counts[index]
        if first and (number_id, index) in self._overrides:
            counts[index] = self._overrides[number_id, index]
        else:
            counts[index] = level.start if before is None else before + 1
        for deeper in range(index + 1, LEVELS):
            if levels.get(deeper, Level()).restarts:
                counts[deeper] = None
        text = _rendered(level, levels, counts)
        return decode_faces(text, [(0, len(text), font if level.font is None else level.font)]).text


def number_as(value: int, form: str) -> str:
    """Write a number as Word's format of that name does.

    Examples
    --------
    >>> number_as(4, "lowerRoman"), number_as(28, "lowerLetter")
    ('iv', 'bb')
    """
    if form == "decimalZero":
        return f"{value:02d}"
    if value > 0 and form in ("lowerRoman", "upperRoman") and value < 4000:
        roman = ""
        for weight, letters in (*_ROMAN, *_ROMAN_LOW):
            roman += letters * (value // weight)
            value %= weight
        return roman if form == "lowerRoman" else roman.upper()
    if value > 0 and form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (value - 1) % 26) * min(1 + (value - 1) // 26, 10)
        return letter if form == "lowerLetter" else letter.upper()
    return "" if form == "none" else str(value)


def _levels(parent: Element, theme: Mapping[str, str]) -> dict[int, Level]:
    return {
        integer(each.get(f"{W}ilvl")): Level(
            start=integer(value_of(each, "start"), 1),
            form=value_of(each, "numFmt") or "decimal",
            pattern=value_of(each, "lvlText") or "",
            restarts=value_of(each, "lvlRestart") != "0",
            font=fonts_of(each.find(f"{W}rPr"), theme)[0],
        )
        for each in parent.iter(f"{W}lvl")
    }


def _rendered(level: Level, levels: dict[int, Level], counts: list[int | None]) -> str:
    if level.form == "bullet":
        mark = level.pattern.strip()[:1]
        return _SYMBOLS.get(mark, "•" if "\ue000" <= mark <= "\uf8ff" else mark or "•")

    def number(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        other = levels.get(index, Level())
        count = counts[index]
        return number_as(other.start if count is None else count, other.form)

    return re.sub(r"%([1-9])", number, level.pattern).strip()
