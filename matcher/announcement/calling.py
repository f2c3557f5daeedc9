"""Whether a document calls for proposals at all, or is of another kind that also has bullets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.announcement.marks import read_mark
from matcher.announcement.orientations import FieldPart
from matcher.announcement.rows import Row
from matcher.announcement.sections import Parts
from matcher.announcement.wording import ACTION, FORM_TITLE, is_upper

_CALLS = re.compile(
    r"(?:đề xuất|đăng ký|đặt hàng)[^.]{0,60}(?:nhiệm vụ|đề tài|dự án)|nhiệm vụ (?:khoa học|KH&CN|KHCN)"
    r"|hướng nghiên cứu",
    re.IGNORECASE,
)
_WANTED = re.compile(r"định hướng|ưu tiên|hướng nghiên cứu|đề xuất", re.IGNORECASE)
_OTHER_KIND = re.compile(
    r"(?:BIÊN BẢN|GIẤY MỜI|BÁO CÁO|TỜ TRÌNH|HỢP ĐỒNG|BẢNG GIÁ|THUYẾT MINH|ĐỀ CƯƠNG|PHIẾU|LỊCH|CHƯƠNG TRÌNH HỌP)\b"
)
_SHORTEST = 4


def calls_for_proposals(parts: Parts, fields: Sequence[FieldPart]) -> bool:
    """Say whether a document calls for proposals and most of its bullets could be answered by one.

    Where the title, the lead-in or a heading calls for them, any bullet of some words may be an orientation («Giống lúa
    chịu mặn»); where only the running text speaks of proposals, a bullet must name the work that is asked for.
    """
    bullets = [bullet.text for part in fields for bullet in part.bullets]
    worded = [text for text in bullets if len(text.split()) >= _SHORTEST]
    lead = [*parts.head, *parts.preamble[-4:]]
    if _calls([*lead, *(row for row in parts.body if _is_heading(row))]) and not _is_other_kind(parts.head):
        return len(worded) * 2 >= len(bullets)
    asking = [text for text in worded if ACTION.search(text[:120])]
    return len(asking) * 2 >= len(bullets) and _calls([*lead, *parts.body])


def _calls(rows: Sequence[Row]) -> bool:
    says = " ".join(row.text for row in rows)
    return bool(_CALLS.search(says) and _WANTED.search(says))


def _is_heading(row: Row) -> bool:
    mark = read_mark(row.text)
    return row.heading or is_upper(row.text) or (mark is not None and mark.family in ("part", "roman", "upper"))


def _is_other_kind(head: Sequence[Row]) -> bool:
    return any(_OTHER_KIND.match(row.text) or FORM_TITLE.match(row.text) for row in head)
