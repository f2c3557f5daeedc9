"""JSON lines: an object a line, broken lines contained."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from matcher.errors import ReadError
from matcher.reading.columns import read_header
from matcher.reading.delimited import Lines, open_lines
from matcher.reading.limits import Limits
from matcher.reading.rows import TableRow, broken_row, first_noticed, no_title, table_row

#: Objects among which one must have a title.
_TITLE_ROWS = 15


def read_jsonl(path: Path, limits: Limits) -> Iterator[TableRow]:
    """Stream the objects of a JSON-lines file; keys are known by the same names as headers.

    Raises
    ------
    TableError, ReadError
        Where no object has a title, or no line is an object.
    """
    lines = open_lines(path)
    yield from first_noticed(lines.problems, _json_rows(path, lines, limits))


def _json_rows(path: Path, lines: Lines, limits: Limits) -> Iterator[TableRow]:
    """Hold the first rows back until one has a title, so that a file of something else is refused whole."""
    held: list[TableRow] = []
    keys: dict[str, None] = {}
    titled = False
    for number, line in zip(count(1), lines, strict=False):
        if not line.strip():
            continue
        row = _json_row(number, line, keys if not titled else {}, limits)
        titled = titled or "title" in row.cells
        held.append(row)
        if titled:
            yield from held
            held.clear()
        elif len(held) >= _TITLE_ROWS and keys:
            break
    if not titled and keys:
        raise no_title(path, list(keys))
    if not titled:
        raise ReadError("không có dòng JSON nào đọc được", file=path, cure="Mỗi dòng phải là một đối tượng JSON.")


def _json_row(number: int, line: str, keys: dict[str, None], limits: Limits) -> TableRow:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as err:
        reason = err.msg if isinstance(err, json.JSONDecodeError) else "số hoặc cấu trúc quá lớn"
        return broken_row(number, f"không phải JSON hợp lệ ({reason})")
    if not isinstance(record, dict):
        return broken_row(number, "không phải một đối tượng JSON")
    keys |= dict.fromkeys(record)
    header = read_header(list(record))
    values = [_json_text(value) for value in record.values()]
    cells = {name: values[index] for index, name in header.sections.items()}
    extra = {name: values[index] for index, name in header.extra.items()}
    return table_row(number, cells, extra, (), limits, "")


def _json_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        return "; ".join(str(item) for item in value)
    return value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
