"""Orientations set as a table, an orientation a row: the fallback where nothing is marked as a bullet."""

from __future__ import annotations

import re
from collections.abc import Iterable

from matcher.announcement.footnotes import marks_in, without_marks
from matcher.announcement.numbers import NUMBER
from matcher.announcement.orientations import Bullet, FieldPart
from matcher.announcement.rows import Row
from matcher.announcement.wording import names_field
from matcher.records import LineKind

_HEADER = re.compile(r"(?:S?TT|Số TT|Stt)\b", re.IGNORECASE)
_ORDINAL = re.compile(r"(?:[IVX]+|\d{1,3}(?:\.\d{1,2})*|[A-ZĐa-zđ])?[.)]?")
_SHORTEST = 4


def fields_in_tables(rows: Iterable[Row]) -> list[FieldPart]:
    """Return the fields and orientations of a table; a row with one filled cell, or «Lĩnh vực …», opens a field.

    A plan named in another cell of the row is added to the orientation's text in brackets.
    """
    fields: list[FieldPart] = []
    for row in rows:
        cells = re.split(r"\s*\|\s*", row.text)
        if row.kind is not LineKind.TABLE or any(_HEADER.fullmatch(cell) for cell in cells):
            continue
        filled = [cell for cell in cells if cell and not _ORDINAL.fullmatch(cell)]
        if not filled:
            continue
        if names_field(filled[0]) or (len(filled) == 1 and filled[0].isupper()):
            fields.append(FieldPart(filled[0].strip(" .:;"), tuple(marks_in(filled[0]))))
            continue
        text = max(filled, key=len)
        if NUMBER.match(text) or len(text.split()) < _SHORTEST:
            continue
        if not fields:
            fields.append(FieldPart(""))
        fields[-1].bullets.append(_bullet(row, text, filled))
    return [each for each in fields if each.bullets]


def _bullet(row: Row, text: str, cells: list[str]) -> Bullet:
    plans = [cell for cell in cells if cell is not text and NUMBER.search(cell)]
    whole = " ".join([text, *(f"({cell})" for cell in plans)])
    return Bullet((without_marks(whole),), row.start, row.end, tuple(marks_in(row.text)))
