"""Word's styles and automatic numbering: what the reader of a page sees and the text does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from matcher.reading.ooxml import W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_HEADING = re.compile(r"(?:heading|đầu đề|tiêu đề)\s*(\d)?|title", re.IGNORECASE)
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
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph or character style says, styles it is based on included."""

    heading: int | None = None  # outline level, 0 for the highest
    raised: bool = False
    number_id: str | None = None
    level: int = 0


@dataclass(slots=True)
class Level:
    """One level of a list: its first number, its format and its pattern («%1.%2.»)."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    restarts: bool = True


@dataclass(slots=True)
class Numbering:
    """Counts the list items of a document in reading order."""

    lists: dict[str, tuple[str, dict[int, Level]]] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)
    _overrides: dict[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    def from_xml(cls, root: Element | None) -> Numbering:
        """Read the part `numbering.xml`; None gives a numbering without lists."""
        numbering = cls()
        if root is None:
            return numbering
        abstract = {each.get(f"{W}abstractNumId", ""): _levels(each) for each in root.iter(f"{W}abstractNum")}
        for number in root.iter(f"{W}num"):
            number_id = number.get(f"{W}numId", "")
            base = value_of(number, "abstractNumId") or ""
            levels = dict(abstract.get(base, {}))
            for override in number.iter(f"{W}lvlOverride"):
                index = _integer(override.get(f"{W}ilvl"))
                levels |= _levels(override)
                if (start := value_of(override, "startOverride")) is not None:
                    numbering._overrides[number_id, index] = _integer(start, 1)
            numbering.lists[number_id] = (base, levels)
        return numbering

    def marker(self, number_id: str, index: int) -> str:
        """Count one item of a list and return its marker as printed; "" for a list that is not defined."""
        if number_id not in self.lists or not 0 <= index < _LEVELS:
            return ""
        base, levels = self.lists[number_id]
        counts = self._counts.setdefault(base, [None] * _LEVELS)
        first = (number_id, index) not in self._started
        self._started.add((number_id, index))
        level = levels.get(index, Level())
        before = counts[index]
        if first and (number_id, index) in self._overrides:
            counts[index] = self._overrides[number_id, index]
        else:
            counts[index] = level.start if before is None else before + 1
        for deeper in range(index + 1, _LEVELS):
            if levels.get(deeper, Level()).restarts:
                counts[deeper] = None
        return _rendered(level, levels, counts)


def read_styles(root: Element | None) -> dict[str, Style]:
    """Read the part `styles.xml` into styles by their id; chains of `basedOn` are followed."""
    if root is None:
        return {}
    raw = {each.get(f"{W}styleId", ""): each for each in root.iter(f"{W}style")}
    return {name: _style(name, raw) for name in raw}


def value_of(element: Element | None, *names: str) -> str | None:
    """Return the `w:val` at the end of a path of child elements, or None."""
    for name in names:
        if element is None:
            return None
        element = element.find(f"{W}{name}")
    return None if element is None else element.get(f"{W}val")


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


def _chain(name: str, raw: dict[str, Element]) -> Iterator[tuple[str, Element]]:
    seen: set[str] = set()
    while name in raw and name not in seen:
        seen.add(name)
        yield name, raw[name]
        name = value_of(raw[name], "basedOn") or ""


def _style(name: str, raw: dict[str, Element]) -> Style:
    heading: int | None = None
    raised: str | None = None
    number_id: str | None = None
    level: str | None = None
    for _, element in _chain(name, raw):
        heading = _heading(element) if heading is None else heading
        raised = raised or value_of(element, "rPr", "vertAlign")
        number_id = number_id or value_of(element, "pPr", "numPr", "numId")
        level = level or value_of(element, "pPr", "numPr", "ilvl")
    return Style(heading=heading, raised=raised == "superscript", number_id=number_id, level=_integer(level))


def _heading(element: Element) -> int | None:
    outline = value_of(element, "pPr", "outlineLvl")
    if outline is not None:
        return _integer(outline) if _integer(outline) < _LEVELS else None
    match = _HEADING.fullmatch(value_of(element, "name") or "")
    return int(match[1] or 1) - 1 if match else None


def _levels(parent: Element) -> dict[int, Level]:
    return {
        _integer(each.get(f"{W}ilvl")): Level(
            start=_integer(value_of(each, "start"), 1),
            form=value_of(each, "numFmt") or "decimal",
            pattern=value_of(each, "lvlText") or "",
            restarts=value_of(each, "lvlRestart") != "0",
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


def _integer(text: str | None, default: int = 0) -> int:
    """Read a number of the file; whatever is none, or is absurd, gives the default."""
    return int(text) if text is not None and re.fullmatch(r"-?[0-9]{1,6}", text) else default
