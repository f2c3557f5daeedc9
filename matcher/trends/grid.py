"""A table as plain values: written as HTML, DOCX and XLSX alike, its columns explained."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from matcher.trends.numbers import UNKNOWN, number, percent

Cell = str | int | float | None


class Kind(StrEnum):
    """How the values of a column are written."""

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what it means, how its values are written, and its width beside the others."""

    name: str
    note: str = ""
    kind: Kind = Kind.COUNT
    width: float = 1.4


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `name` is short enough for a sheet's tab, and `note` says how to read it."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    @property
    def shown(self) -> tuple[tuple[str, ...], ...]:
        """The rows in words."""
        return tuple(
            tuple(shown(value, column.kind) for value, column in zip(row, self.columns, strict=True))
            for row in self.rows
        )


def text(name: str, note: str = "", width: float = 4.0) -> Column:
    """Return a column of words."""
    return Column(name, note, Kind.TEXT, width)


def shown(value: Cell, kind: Kind) -> str:
    """Return a value in words.

    >>> shown(1234, Kind.COUNT), shown(0.5, Kind.SHARE), shown(None, Kind.NUMBER), shown("a", Kind.TEXT)
    ('1.234', '50,0%', '–', 'a')
    """
    if value is None:
        return UNKNOWN
    if isinstance(value, str):
        return value
    if kind is Kind.SHARE:
        return percent(value)
    return number(value, 1 if kind is Kind.NUMBER else 0)
