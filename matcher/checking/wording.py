"""The announcement's own words for each rule; a plain sentence stands in where it has none."""

from __future__ import annotations

import re

from matcher.records import Announcement, FormItem
from matcher.text import repair_spacing

_LONGEST = 320
_PAGES = re.compile(
    r"(?:Phiếu đề xuất|Phiếu|Đề xuất)[^.;:]{0,80}(?:không quá|tối đa|không vượt quá)[^.;:]{0,60}trang[^.;]*"
)
_COMMITMENT = re.compile(r"\bcam kết (?:có )?(?:phương án|ứng dụng|tiếp nhận|sử dụng)[^.;:]{0,160}")


def requirement(announcement: Announcement, words: str, otherwise: str) -> str:
    """Return the requirement (yêu cầu) of the announcement that has all of `words` of a pattern, else `otherwise`."""
    found = next((text for text in announcement.requirements if re.search(words, text, re.IGNORECASE)), otherwise)
    return shortened(found)


def item_rule(item: FormItem | None, otherwise: str = "") -> str:
    """Return how the announcement's form words an item: «Mục 9. Dự kiến nhu cầu kinh phí»."""
    return shortened(f"Mục {item.number} của mẫu phiếu: {item.name} {item.hint}".strip()) if item else otherwise


def page_rule(announcement: Announcement) -> str:
    """Return the note on the length of the form."""
    found = _PAGES.search(_running(announcement))
    limit = announcement.form.max_pages
    return found[0].strip() if found else f"Phiếu đề xuất không quá {limit} trang A4."


def deadline_rule(announcement: Announcement) -> str:
    """Return the sentence with the deadline."""
    day = announcement.deadline
    if day is None:
        return ""
    written = (
        rf"0?{day.day}\s?[/.-]\s?0?{day.month}\s?[/.-]\s?{day.year}|0?{day.day} tháng 0?{day.month} năm {day.year}"
    )
    found = re.search(rf"[^.;:]{{0,80}}\b(?:{written})\b", _running(announcement))
    return (
        shortened(re.split(r"\s[-–]\s", found[0])[-1].strip(" ,"))
        if found
        else f"Hạn nhận phiếu đề xuất: hết ngày {day:%d/%m/%Y}."
    )


def commitment_asked(announcement: Announcement) -> str:
    """Return the commitment that the form wants signed, "" where it wants none."""
    found = _COMMITMENT.search(_running(announcement))
    return f"Tổ chức, cá nhân đề xuất {found[0].strip()}." if found else ""


def shortened(text: str) -> str:
    """Return a rule cut at a word where it is too long to be read in a list."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _running(announcement: Announcement) -> str:
    return repair_spacing(" ".join(announcement.text.split()))
