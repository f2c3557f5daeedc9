"""Tables in plain text: rows whose cells stand between bars or tabs, below a header «STT | Nội dung»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.announcement.rows import Row
from matcher.records import Document, LineKind

_HEADER = re.compile(r"\|?\s*(?:S?TT|Số TT)\.?\s*(?P<gap>\||\t|\s{2,})", re.IGNORECASE)
_RULE = re.compile(r"[-|+=:\s]*")
_ORDINAL = re.compile(r"\|?\s*(?:\d{1,3}(?:\.\d{1,2})*|[IVX]+|[A-ZĐ])[.)]?\s*(?:\||\t|\s{2,}|$)")


def with_tables(document: Document, rows: Sequence[Row]) -> list[Row]:
    """Return the rows with those of a table in plain text as a file's own tables give them: cells parted by « | ».

    A line that goes on with a cell is joined to the row it belongs to.
    """
    found: list[Row] = []
    separator = ""
    for row in rows:
        raw = _raw(document, row)
        header = _HEADER.match(raw) if row.kind is LineKind.BODY and not row.marker else None
        if header:
            separator = header["gap"].strip(" ") or "  "
        elif separator and not _goes_on(raw, row, separator, found):
            separator = ""
        if not separator:
            found.append(row)
        elif header or _ORDINAL.match(raw) or (separator != "  " and separator in raw):
            found.append(
                replace(row, text=_cells(row.text if separator == "|" else raw, separator), kind=LineKind.TABLE)
            )
        elif not _RULE.fullmatch(raw):
            found[-1] = _joined(found[-1], row)
    return found


def _raw(document: Document, row: Row) -> str:
    return document.text[row.start : row.end]


def _goes_on(raw: str, row: Row, separator: str, found: Sequence[Row]) -> bool:
    """Say whether a line still belongs to the table."""
    if row.kind is not LineKind.BODY or row.marker:
        return False
    if separator != "  " and separator in raw:
        return True
    return bool(_ORDINAL.match(raw)) or bool(_RULE.fullmatch(raw)) or _continues(row, found)


def _continues(row: Row, found: Sequence[Row]) -> bool:
    """Say whether a line goes on with the last cell: set in from the margin, or its words run on."""
    return not row.gap and bool(found) and (row.indent >= 3 or row.text[:1].islower())


def _cells(text: str, separator: str) -> str:
    pattern = {"|": r"\s*\|\s*", "\t": r"\s*\t\s*"}.get(separator, r"\s{2,}")
    return " | ".join(re.split(pattern, text.strip().strip("|").strip()))


def _joined(above: Row, row: Row) -> Row:
    """Join a line to the longest cell of the row above it."""
    cells = above.text.split(" | ")
    place = max(range(len(cells)), key=lambda index: len(cells[index]))
    cells[place] = f"{cells[place]} {row.text}"
    return replace(above, text=" | ".join(cells), end=row.end)
