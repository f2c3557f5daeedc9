"""Whether a document calls for proposals at all, or is of another kind that also has bullets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.announcement.marks import read_mark
from matcher.announcement.orientations import FieldPart
from matcher.announcement.rows import Row
from matcher.announcement.sections import Parts
from matcher.announcement.wording import ACTION, FORM_TITLE, Topic, is_upper, names_field, topic_of

_CALLS = re.compile(
    r"(?:đề xuất|đăng ký|đặt hàng)[^.]{0,60}(?:nhiệm vụ|đề tài|dự án)|nhiệm vụ (?:khoa học|KH&CN|KHCN)"
    r"|hướng nghiên cứu",
    re.IGNORECASE,
)
_WANTED = re.compile(r"định hướng|ưu tiên|hướng nghiên cứu|đề xuất", re.IGNORECASE)
_OTHER_KIND = re.compile(
    r"(?:BIÊN BẢN|GIẤY MỜI|BÁO CÁO|TỜ TRÌNH|HỢP ĐỒNG|BẢNG GIÁ|THUYẾT MINH|ĐỀ CƯƠNG|PHIẾU|LỊCH|CHƯƠNG TRÌNH HỌP)\b"
)
_OTHER_SUBJECT = re.compile(
    r"(?:(?:V/v|Về(?: việc)?)\s*:?\s*)?(?:(?:công bố |thông báo )?(?:kết luận|kết quả|danh sách)|lịch|triệu tập"
    r"|cử|mời họp|tập huấn|hội nghị|hội thảo|họp)\b",
    re.IGNORECASE,
)
#: What sets orientations apart from any other list in a letter about proposals.
_ORIENTS = re.compile(r"định hướng|ưu tiên|trọng tâm|trọng điểm|hướng nghiên cứu|đặt hàng|chủ đề", re.IGNORECASE)
_SHORTEST, _HEADING_WORDS = 4, 15


def calls_for_proposals(parts: Parts, fields: Sequence[FieldPart]) -> bool:
    """Say whether a document calls for proposals and most of its bullets could be answered by one.

    Where the title, the lead-in or a heading calls for them and names orientations or fields, any bullet of some words
    may be an orientation («Giống lúa chịu mặn»); elsewhere a bullet must name the work that is asked for.
    """
    bullets = [bullet.text for part in fields for bullet in part.bullets]
    worded = [text for text in bullets if len(text.split()) >= _SHORTEST]
    lead = [*parts.head, *parts.preamble[-4:]]
    headings = [*lead, *(row for row in parts.body if _is_heading(row))]
    orients = any(_ORIENTS.search(row.text) for row in headings) or any(names_field(part.name) for part in fields)
    if _is_other_kind(parts):
        return False
    if orients and _calls(headings):
        return len(worded) * 2 >= len(bullets)
    asking = [text for text in worded if ACTION.search(text[:120])]
    return len(asking) * 2 >= len(bullets) and _calls([*lead, *parts.body])


def _calls(rows: Sequence[Row]) -> bool:
    says = " ".join(row.text for row in rows)
    return bool(_CALLS.search(says) and _WANTED.search(says))


def _is_heading(row: Row) -> bool:
    mark = read_mark(row.text)
    if row.heading or is_upper(row.text) or (mark is not None and mark.family in ("part", "roman", "upper")):
        return True
    numbered = mark is not None and mark.family.startswith("number")
    return numbered and len(row.text.split()) <= _HEADING_WORDS and topic_of(row.text) is Topic.ORIENTATIONS


def _is_other_kind(parts: Parts) -> bool:
    """Say whether the head names another kind of document, or the title another subject."""
    if any(_OTHER_KIND.match(row.text) or FORM_TITLE.match(row.text) for row in parts.head):
        return True
    title = parts.head[parts.title : parts.title + 2]
    return any(_OTHER_SUBJECT.match(row.text) and row.text[:1].isupper() for row in title)
