"""Word's styles: what a paragraph or run looks like where it does not say so itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from matcher.reading.fonts import Fonts, fonts_of
from matcher.reading.ooxml import W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LEVELS = 9
_HEADING = re.compile(r"(?:heading|đầu đề|tiêu đề)\s*(\d)?|title", re.IGNORECASE)
_OFF = ("0", "false", "off")
#: Styles based on one another; Word itself allows fewer.
_LONGEST_CHAIN = 32


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph or character style says, styles it is based on included; None where it says nothing.

    `size` is in half-points.
    """

    heading: int | None = None  # outline level, 0 for the highest
    raised: bool | None = None
    number_id: str | None = None
    level: int = 0
    fonts: Fonts = (None, None)
    hidden: bool | None = None
    size: int | None = None
    spacing: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document: by id, that of paragraphs which name none, and what lies below them all."""

    named: Mapping[str, Style] = field(default_factory=dict)
    usual: Style = Style()
    defaults: Style = Style()
    theme: Mapping[str, str] = field(default_factory=dict)

    def of_paragraph(self, properties: Element | None) -> Style:
        """Return the style of a paragraph with these `w:pPr`."""
        return self.named.get(value_of(properties, "pStyle") or "", self.usual)

    def of_run(self, properties: Element | None) -> Style | None:
        """Return the style that a run with these `w:rPr` names, if any."""
        name = value_of(properties, "rStyle")
        return None if name is None else self.named.get(name)

    def font(self, properties: Element | None, paragraph: Style) -> str:
        """Return the font of a run: what the nearest level of formatting names; "" where none names one."""
        script = int(is_on(properties, "cs") or is_on(properties, "rtl") or False)
        style = self.of_run(properties)
        levels = (
            fonts_of(properties, self.theme),
            *(() if style is None else (style.fonts,)),
            paragraph.fonts,
            self.defaults.fonts,
        )
        return next((fonts[script] or "" for fonts in levels if fonts[script] is not None), "")

    def is_hidden(self, properties: Element | None, paragraph: Style) -> bool:
        """Tell whether a run is hidden, by itself or by its styles."""
        style = self.of_run(properties)
        levels = (is_on(properties, "vanish"), None if style is None else style.hidden, paragraph.hidden)
        return next((hidden for hidden in levels if hidden is not None), False)

    def is_raised(self, properties: Element | None) -> bool:
        """Tell whether a run is superscript, by itself or by its character style."""
        align = value_of(properties, "vertAlign")
        if align is not None:
            return align == "superscript"
        style = self.of_run(properties)
        return style is not None and bool(style.raised)


def read_styles(root: Element | None, theme: Mapping[str, str]) -> Styles:
    """Read the part `styles.xml`; chains of `basedOn` are followed."""
    if root is None:
        return Styles(theme=theme)
    raw = {each.get(f"{W}styleId", ""): each for each in root.iter(f"{W}style")}
    named = {name: _style(_chain(name, raw), theme) for name in raw}
    usual = next((name for name, each in raw.items() if _is_usual(each)), "")
    defaults = root.find(f"{W}docDefaults")
    below = [] if defaults is None else [*defaults.iter(f"{W}rPrDefault"), *defaults.iter(f"{W}pPrDefault")]
    return Styles(named, named.get(usual, Style()), _style(below, theme), theme)


def value_of(element: Element | None, *names: str) -> str | None:
    """Return the `w:val` at the end of a path of child elements, or None."""
    for name in names:
        if element is None:
            return None
        element = element.find(f"{W}{name}")
    return None if element is None else element.get(f"{W}val")


def is_on(properties: Element | None, name: str) -> bool | None:
    """Return a property that is on or off; None where it is not stated."""
    stated = None if properties is None else properties.find(f"{W}{name}")
    return None if stated is None else stated.get(f"{W}val") not in _OFF


def integer(text: str | None, default: int = 0) -> int:
    """Read a number of the file; whatever is none, or is absurd, gives the default."""
    return int(text) if text is not None and re.fullmatch(r"-?[0-9]{1,6}", text) else default


def _is_usual(element: Element) -> bool:
    default = element.get(f"{W}default")
    return element.get(f"{W}type") == "paragraph" and default is not None and default not in _OFF


def _chain(name: str, raw: Mapping[str, Element]) -> Iterator[Element]:
    seen: set[str] = set()
    while name in raw and name not in seen and len(seen) < _LONGEST_CHAIN:
        seen.add(name)
        yield raw[name]
        name = value_of(raw[name], "basedOn") or ""


def _style(chain: Iterator[Element] | list[Element], theme: Mapping[str, str]) -> Style:
    """Read styles, the nearest first, into one."""
    heading: int | None = None
    raised = number_id = level = size = latin = other = None
    hidden: bool | None = None
    spacing: dict[str, str] = {}
    for element in chain:
        run = element.find(f"{W}rPr")
        fonts = fonts_of(run, theme)
        heading = _heading(element) if heading is None else heading
        raised = raised or value_of(run, "vertAlign")
        number_id = number_id or value_of(element, "pPr", "numPr", "numId")
        level = level or value_of(element, "pPr", "numPr", "ilvl")
        size = size or value_of(run, "sz")
        latin = fonts[0] if latin is None else latin
        other = fonts[1] if other is None else other
        hidden = is_on(run, "vanish") if hidden is None else hidden
        spacing = spacing_of(element.find(f"{W}pPr")) | spacing
    return Style(
        heading=heading,
        raised=None if raised is None else raised == "superscript",
        number_id=number_id,
        level=integer(level),
        fonts=(latin, other),
        hidden=hidden,
        size=integer(size) or None,
        spacing=spacing,
    )


def spacing_of(properties: Element | None) -> dict[str, str]:
    """Return what a paragraph's or style's properties say of its spacing, by the names of the file."""
    spacing = None if properties is None else properties.find(f"{W}spacing")
    return {} if spacing is None else {str(name).removeprefix(W): str(value) for name, value in spacing.items()}


def _heading(element: Element) -> int | None:
    outline = value_of(element, "pPr", "outlineLvl")
    if outline is not None:
        return integer(outline) if integer(outline) < LEVELS else None
    match = _HEADING.fullmatch(value_of(element, "name") or "")
    return int(match[1] or 1) - 1 if match else None
