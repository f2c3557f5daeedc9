"""Fonts named in a Word file: which of them are of the nineties, and what was typed for those as Unicode."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from matcher.reading.ooxml import W
from matcher.text import Legacy, decode_legacy, is_syllable

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: Fonts of a level of formatting, for Latin and for complex scripts; None where it names none.
Fonts = tuple[str | None, str | None]
#: A stretch of a text and the name of its font.
Face = tuple[int, int, str]

_LATIN = ("hAnsiTheme", "hAnsi", "asciiTheme", "ascii")
_COMPLEX = ("cstheme", "cs")
_THEMED = {"Ascii": "latin", "HAnsi": "latin", "Bidi": "cs", "EastAsia": "ea"}
_ONLY_UNICODE = re.compile("[\u0102-\u01b0\u1ea0-\u1ef9\u0300-\u0323]")
_SPACES = re.compile(r"(\s+)")
_EDGES = "\"“”‘’'.,;:!?()[]{}…/-–_*"
#: In what is longer places are not told to the letter: no word is.
_LONGEST_WORD = 500
#: Fonts with glyphs of their own keep their bytes at U+F020–U+F0FF; the bytes mean what Windows-1252 has for them.
_PRIVATE = {0xF000 + byte: bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in range(0x20, 0x100)}


@dataclass(frozen=True, slots=True)
class Typed:
    """A text typed for old fonts, as Unicode; `encoding` is None where nothing had to change."""

    text: str
    encoding: Legacy | None
    _tokens: tuple[tuple[int, int, str, Legacy, int], ...] = ()

    def place(self, old: int) -> int:
        """Return where the character that stood at `old` stands now."""
        index = bisect_right(self._tokens, old, key=lambda token: token[0]) - 1
        if index < 0:
            return old
        start, new, source, encoding, length = self._tokens[index]
        if old >= start + len(source):
            return new + length + old - start - len(source)
        even = length == len(source) or len(source) > _LONGEST_WORD
        inside = old - start if even else len(decode_legacy(source[: old - start], encoding))
        return new + min(inside, length)


def fonts_of(properties: Element | None, theme: Mapping[str, str]) -> Fonts:
    """Return the fonts that a run's or style's properties name; a theme's font goes before one named beside it."""
    named = None if properties is None else properties.find(f"{W}rFonts")
    if named is None:
        return None, None
    return _named(named, _LATIN, theme), _named(named, _COMPLEX, theme)


def theme_fonts(root: Element | None) -> dict[str, str]:
    """Return the fonts of a theme by the names that Word has for them (`minorHAnsi`, `majorBidi`, …)."""
    fonts: dict[str, str] = {}
    for size in ("minor", "major"):
        font = None if root is None else next(root.iter(f"{{*}}{size}Font"), None)
        for name, script in _THEMED.items():
            face = None if font is None else font.find(f"{{*}}{script}")
            fonts[size + name] = "" if face is None else face.get("typeface", "")
    return fonts


def encoding_of(font: str) -> Legacy | None:
    """Return the encoding that text in a font is typed in; None for a font of Unicode.

    Examples
    --------
    >>> encoding_of(".VnTimeH"), encoding_of("VNI-Times"), encoding_of("Times New Roman")
    ('tcvn3', 'vni', None)
    """
    name = font.strip().lower()
    if name.startswith(".vn"):
        return "tcvn3"
    return "vni" if name.startswith(("vni-", "vni ")) else None


def decode_faces(text: str, faces: Iterable[Face]) -> Typed:
    """Turn what stands in old fonts into Unicode; words and stretches that are Unicode already stay as they are."""
    pieces: list[str] = []
    tokens: list[tuple[int, int, str, Legacy, int]] = []
    used: Legacy | None = None
    done = length = 0
    for encoding, stretch in _stretches(faces):
        start, end = stretch[0][0], stretch[-1][1]
        old = text[start:end].translate(_PRIVATE)
        changed = _decoded(old, encoding, [(left - start, right - start, face) for left, right, face in stretch])
        if changed is None:
            continue
        pieces.append(text[done:start])
        length += start - done
        for source, new in changed:
            tokens.append((start, length, source, encoding, len(new)))
            start, length = start + len(source), length + len(new)
        pieces += (new for _, new in changed)
        used, done = used or encoding, end
    return Typed("".join((*pieces, text[done:])), used, tuple(tokens)) if used else Typed(text, None)


def _named(named: Element, keys: Sequence[str], theme: Mapping[str, str]) -> str | None:
    for key in keys:
        name = named.get(f"{W}{key}")
        if name:
            return theme.get(name, "") if key.lower().endswith("theme") else name
    return None


def _stretches(faces: Iterable[Face]) -> list[tuple[Legacy, list[Face]]]:
    """Group faces of one encoding that touch: a word may go over from one of its fonts to another."""
    groups: list[tuple[Legacy, list[Face]]] = []
    for face in faces:
        encoding = encoding_of(face[2])
        if encoding is None:
            continue
        if groups and groups[-1][0] == encoding and groups[-1][1][-1][1] == face[0]:
            groups[-1][1].append(face)
        else:
            groups.append((encoding, [face]))
    return groups


def _decoded(old: str, encoding: Legacy, faces: Sequence[Face]) -> list[tuple[str, str]] | None:
    """Return the words and gaps of a stretch with their Unicode form; None where it is Unicode already."""
    before = _SPACES.split(old)
    after = _SPACES.split(_with_capitals(decode_legacy(old, encoding), encoding, faces))
    pairs = [
        (source, source if _ONLY_UNICODE.search(source) else new)
        for source, new in zip(before, after, strict=True)
        if source
    ]
    gain = sum(_is_word(new) for _, new in pairs) - sum(map(_is_word, before))
    if gain < 0 or (gain == 0 and _ONLY_UNICODE.search(old)):
        return None
    return pairs if any(source != new for source, new in pairs) else None


def _with_capitals(text: str, encoding: Legacy, faces: Sequence[Face]) -> str:
    """Set capitals where a font has only those: `.VnTimeH` draws its small letters so; TCVN3 keeps the length."""
    if encoding != "tcvn3" or not any(_is_capital(font) for _, _, font in faces):
        return text
    parts = ((text[start:end], font) for start, end, font in faces)
    return "".join(part.upper() if _is_capital(font) else part for part, font in parts)


def _is_capital(font: str) -> bool:
    name = font.strip()
    return name.endswith("H") or name.lower() in (".vntimeh", ".vnarialh")


def _is_word(token: str) -> bool:
    return is_syllable(token.strip(_EDGES))


def merged(faces: Iterable[Face]) -> list[Face]:
    """Join faces of one font that touch.

    Examples
    --------
    >>> merged([(0, 2, "A"), (2, 3, "A"), (4, 5, "A")])
    [(0, 3, 'A'), (4, 5, 'A')]
    """
    joined: list[Face] = []
    for font, group in groupby(faces, key=lambda face: face[2]):
        for start, end, _ in group:
            if joined and joined[-1][1] == start and joined[-1][2] == font:
                start = joined.pop()[0]
            joined.append((start, end, font))
    return joined
