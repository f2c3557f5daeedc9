"""Two headings in capitals, one right below the other, told from one heading that runs over two lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from matcher.announcement.footnotes import without_marks
from matcher.announcement.marks import read_mark
from matcher.announcement.rows import Row
from matcher.announcement.wording import Topic, is_finished, is_upper, names_field, topic_of
from matcher.records import LineKind

_RUNS_ON = re.compile(r"(?:[,–-]|\b(?:VÀ|CỦA|VỀ|CHO|THEO|TRONG|TỪ|CÁC|VỚI|HOẶC|ĐẾN|TẠI))$")
_RUNS_FROM = re.compile(
    r"(?:VÀ|CỦA|VỀ|CHO|THEO|TRONG|ĐẾN|TẠI|CẤP|NĂM|GIAI ĐOẠN|TỈNH|THÀNH PHỐ|TRÊN|THUỘC|PHỤC VỤ|THỰC HIỆN|NHẰM|ĐỂ)\b"
)
_COUNTED_WORK = re.compile(r"(?:NHIỆM VỤ|ĐỀ TÀI|DỰ ÁN|NGHIÊN CỨU)$")
_OF_SCIENCE = re.compile(r"(?:KHOA HỌC (?:VÀ |, )?CÔNG NGHỆ|KH&CN|KHCN|KHOA HỌC, CÔNG NGHỆ)\b")
_WRAPPED = 60


def lower_headings(rows: Sequence[Row]) -> set[int]:
    """Return the indexes of the rows in capitals that open a heading below a title in capitals.

    «ĐỊNH HƯỚNG ĐỀ XUẤT» and below it «NÔNG NGHIỆP» are two; «… KHOA HỌC XÃ HỘI» and «VÀ NHÂN VĂN» are one.
    """
    alone = any(_stands_alone(rows, index) for index in range(1, len(rows) - 1))
    found: set[int] = set()
    title = ""
    for index, (above, row) in enumerate(pairwise(rows), start=1):
        if not _in_capitals(above):
            title = ""
        elif not title:
            title = _unmarked(above)
        if not title or not _in_capitals(row) or _mark_of(row) or is_finished(above.text):
            title = "" if _mark_of(row) or is_finished(above.text) else title
            continue
        if _opens(title, above, row, alone):
            found.add(index)
            title = ""
        else:
            title = f"{title} {row.text}"
    return found


def _opens(title: str, above: Row, row: Row, alone: bool) -> bool:
    """Say whether a row in capitals opens a heading of its own below the title."""
    if _RUNS_ON.search(without_marks(above.text)) or _RUNS_FROM.match(row.text) or names_field(title):
        return False
    if _COUNTED_WORK.search(title) and _OF_SCIENCE.match(row.text):
        return False
    if names_field(row.text):
        return True
    is_section = topic_of(title) is Topic.ORIENTATIONS and topic_of(row.text) is not Topic.ORIENTATIONS
    return is_section and (alone or len(above.text) < _WRAPPED)


def _stands_alone(rows: Sequence[Row], index: int) -> bool:
    """Say whether a row is a heading in capitals without a mark, with running text above and a bullet below."""
    row, above, below = rows[index], rows[index - 1], rows[index + 1]
    if not _in_capitals(row) or _mark_of(row) or _in_capitals(above) or not _mark_of(below):
        return False
    return topic_of(row.text) is Topic.OTHER or names_field(row.text)


def _in_capitals(row: Row) -> bool:
    return row.kind is LineKind.BODY and is_upper(without_marks(_unmarked(row)))


def _mark_of(row: Row) -> bool:
    return bool(row.marker) or read_mark(row.text) is not None


def _unmarked(row: Row) -> str:
    mark = None if row.marker else read_mark(row.text)
    return row.text[mark.width :] if mark else row.text
