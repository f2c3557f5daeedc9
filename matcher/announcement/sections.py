"""The large parts of an announcement: letterhead and title, preamble, body, the form and other annexes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.announcement.footnotes import without_marks
from matcher.announcement.marks import read_mark
from matcher.announcement.numbers import KINDS, NUMBER
from matcher.announcement.rows import Row
from matcher.announcement.wording import (
    ANNEX_TITLE,
    FORM_TITLE,
    LEAD,
    SIGNATURE,
    Topic,
    is_upper,
    names_field,
    topic_of,
)
from matcher.records import LineKind

#: How a paragraph of the preamble opens.
GROUND = re.compile(r"(?:[-–+•]\s*)?(?:Căn cứ|Thực hiện|Triển khai|Thi hành|Theo|Xét|Để|Nhằm)\b")
_TITLE = re.compile(r"THÔNG\s*BÁO\b|(?:V/v|Về việc)\b|(?:CÔNG VĂN|KẾ HOẠCH|HƯỚNG DẪN)$")
_PLAN = re.compile(rf"(?:{'|'.join(KINDS)})\s+(?:số\s*:?\s*)?{NUMBER.pattern}")
_ANNOUNCES = re.compile(r"thông báo|đề nghị|mời|hướng dẫn", re.IGNORECASE)
#: The sentence in which the issuer announces, at the start of a paragraph.
_ISSUES = re.compile(
    r"(?:Sở|Bộ|UBND|Ủy ban|Uỷ ban|Viện|Cục|Vụ|Ban|Phòng|Trường|Học viện|Đại học|Trung tâm)\s[^.;:]{3,90}?\s"
    r"(?:(?:trân trọng |xin |kính )?(?:thông báo|đề nghị|mời)|hướng dẫn|trân trọng)\b"
)
_CLAUSE = re.compile(r"^|[,.;]\s+")
_LETTERHEAD = 30


@dataclass(frozen=True, slots=True)
class Parts:
    """The rows of each large part; `title` is the index in `head` of the line «THÔNG BÁO», or its length.

    `letter` is what a letter says whose orientations stand in an annex after the signature.
    """

    head: Sequence[Row]
    title: int
    preamble: Sequence[Row]
    body: Sequence[Row]
    signature: Sequence[Row]
    form: Sequence[Row]
    letter: Sequence[Row] = ()


def divide(rows: Sequence[Row]) -> Parts:
    """Cut the rows of an announcement into its large parts."""
    title = next((i for i, row in enumerate(rows[:_LETTERHEAD]) if _TITLE.match(row.text)), None)
    after_title = 0 if title is None else title + 1
    body = _body_start(rows, after_title)
    preamble = next((i for i in range(after_title, body) if _opens_preamble(rows, i)), body)
    in_annex = body < len(rows) and _opens_annex(rows[body])
    end = next((i for i in range(preamble if in_annex else body, len(rows)) if _ends_body(rows, i)), len(rows))
    annexes = [i for i in range(end, len(rows)) if _opens_annex(rows[i])]
    signature = rows[end : annexes[0] if annexes else len(rows)]
    inside, form = _annexes(rows, annexes)
    return Parts(
        head=rows[:preamble],
        title=preamble if title is None else title,
        preamble=rows[preamble : min(body, end)],
        body=[*rows[body:end], *inside],
        signature=signature,
        form=form,
        letter=rows[preamble:end] if in_annex else (),
    )


def _opens_preamble(rows: Sequence[Row], index: int) -> bool:
    """Say whether grounds, an address or the issuer's own sentence begin at a row: the title ends above it."""
    return bool(GROUND.match(rows[index].text)) or _issues(rows, index)


def _issues(rows: Sequence[Row], index: int) -> bool:
    return bool(_ISSUES.match(" ".join(row.text for row in rows[index : index + 3])))


def _body_start(rows: Sequence[Row], start: int) -> int:
    """Return the index of the first row after the preamble."""
    for index in range(start, len(rows)):
        if index > start and _leads_in(rows, index):
            return index
        if _opens_section(rows[index]) or _opens_annex(rows[index]):
            return index
    after_address = next((i for i in range(start, len(rows)) if _opens_preamble(rows, i)), start)
    return next((i for i in range(after_address, len(rows)) if _is_bullet(rows[i])), len(rows))


def _leads_in(rows: Sequence[Row], index: int) -> bool:
    """Say whether the lead-in «… thông báo như sau:» ends before a row; «Căn cứ các văn bản sau:» is none."""
    row, lead = rows[index], rows[index - 1].text
    sentence = " ".join(each.text for each in rows[max(0, index - 4) : index])
    announcing = lead.endswith(":") and any(_ISSUES.match(sentence, at.end()) for at in _CLAUSE.finditer(sentence))
    if not (LEAD.search(lead) or announcing) or row.text[:1].islower():
        return False
    if row.kind is LineKind.TABLE and not _ANNOUNCES.search(lead):
        return False  # a table of plans
    names_plan = any(_PLAN.match(rows[index].text, mark.width if mark else 0) for mark in [read_mark(rows[index].text)])
    return not names_plan


def _opens_section(row: Row) -> bool:
    if row.kind is LineKind.TABLE:
        return False
    mark = read_mark(row.text)
    if mark is None and not row.marker:
        return (row.heading and topic_of(row.text) is not Topic.OTHER) or (is_upper(row.text) and names_field(row.text))
    title = row.text[mark.width if mark and not row.marker else 0 :]
    if GROUND.match(title) or _PLAN.match(title) or (mark is not None and mark.rank >= 8 and not row.marker):
        return False
    return names_field(title) or is_upper(title) or topic_of(title) is not Topic.OTHER


def _is_bullet(row: Row) -> bool:
    mark = read_mark(row.text)
    if row.kind is LineKind.TABLE or (mark is None and not row.marker):
        return False
    title = row.text[mark.width if mark else 0 :]
    if GROUND.match(row.text) or GROUND.match(title) or _PLAN.match(title):
        return False
    return without_marks(title)[:1].isupper()


def _ends_body(rows: Sequence[Row], index: int) -> bool:
    return bool(SIGNATURE.match(rows[index].text)) or _opens_annex(rows[index])


def _opens_annex(row: Row) -> bool:
    return not row.marker and bool(FORM_TITLE.match(row.text) or ANNEX_TITLE.match(row.text))


def _annexes(rows: Sequence[Row], starts: Sequence[int]) -> tuple[list[Row], list[Row]]:
    """Part the annexes that go on with the orientations from the proposal form."""
    inside: list[Row] = []
    form: list[Row] = []
    for order, start in enumerate(starts):
        end = starts[order + 1] if order + 1 < len(starts) else len(rows)
        titles = " ".join(row.text for row in rows[start : start + 4])
        is_form = bool(FORM_TITLE.search(titles)) or bool(form) or "phiếu" in titles.casefold()
        if is_form:
            form += rows[start:end]
        elif topic_of(titles) is Topic.ORIENTATIONS:
            inside += rows[start:end]
    return inside, form
