"""What a proposer must hand in, where and until when: deadline, receiving office, the proposal form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from matcher.announcement.footnotes import join, without_marks
from matcher.announcement.marks import Mark, read_mark
from matcher.announcement.numbers import find_dates
from matcher.announcement.plans import tidy
from matcher.announcement.rows import Row
from matcher.announcement.wording import SIGNATURE, is_upper
from matcher.records import Form, FormItem

_UNTIL = re.compile(
    r"(?:đến hết|hết|trước|chậm nhất|muộn nhất|hạn cuối|hạn chót|thời hạn|hạn nộp|chậm nhất là|đến|kết thúc)"
    r"(?:(?!kể từ)[^.;\d]){0,60}(?:\d{1,2}\s?(?:giờ|h|g|:)\s?(?:\d{2})?(?:\s?phút)?[^.;\d]{0,20})?$",
    re.IGNORECASE,
)
_DAY_ONLY = re.compile(r"ngày\s+(\d{1,2})\s?(?:/|tháng\s)\s?(\d{1,2})(?![\d/])", re.IGNORECASE)
_PLACE = r"(?:nơi (?:tiếp )?(?:nhận|nộp|gửi)|địa (?:chỉ|điểm) (?:tiếp )?(?:nhận|nộp|gửi))"
_PAPERS = r"(?:phiếu|hồ sơ|(?:các )?đề xuất|bản giấy)"
#: A heading or the opening of a sentence names the place; inside a sentence only that of the papers does.
_OFFICE = re.compile(
    rf"(?:(?:^|[.;]\s|\d[.)]\s)(?:thời (?:gian|hạn)(?:,| và) )?{_PLACE}(?: {_PAPERS}|(?=\s*:))[^:.]{{0,40}}:"
    rf"|\b{_PLACE} {_PAPERS}[^:.]{{0,40}}(?::| là)|gửi (?:hồ sơ |phiếu )?về(?: địa chỉ)?\s*:?)"
    r"\s+(?P<office>.+)",
    re.IGNORECASE,
)
_SENT_TO = re.compile(
    r"(?:[Gg]ửi|[Nn]ộp)\b[^.;:]{0,60}?\b(?:về|đến|tới|tại)\s+"
    r"(?P<office>(?:Sở|Bộ|Phòng|Vụ|Cục|Viện|Trung tâm|Văn phòng)\s[^;.]{4,200}?)"
    r"(?=,?\s(?:trước|chậm nhất|muộn nhất|đến hết|trong thời|để)\b|\s*[;.]|$)"
)
_HANDED_IN_AT = re.compile(
    r"(?:hạn nộp|thời hạn|chậm nhất|muộn nhất|trước|đến hết)\b.*?(?:"
    r"\btại\s+(?P<office>(?:Sở|Bộ|Phòng|Vụ|Cục|Viện|Trung tâm|Văn phòng|Ban|Trường)\s[^;]{4,200}?)(?=\s*(?:;|\.?$))"
    r"|\b(?:qua|về|đến|tới)\s+(?P<mail>(?:hộp thư|thư điện tử|e-?mail)\b[^;@]{0,40}@[\w.-]*\w))",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:^|[.;]\s)Địa chỉ\s*:\s*(?P<office>[^;]{5,150})")
_WHEN = re.compile(r",?\s(?:trước|chậm nhất|muộn nhất|đến hết)\s")
_PAGES = re.compile(
    r"(?:không (?:quá|vượt quá)|tối đa|không dài quá)\s*(?:là\s*)?0?(\d{1,3})(?:\s*\([^)]*\))?\s*trang",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"(?:\(?\s*(?:Tổ chức|TỔ CHỨC|CÁ NHÂN|Họ,? tên|Họ và tên|Phiếu (?:đề xuất|này))\b|Ghi chú|…|.{0,30}ngày\s*[….]"
    r"|THỦ TRƯỞNG|ĐẠI DIỆN)"
)


def deadline_in(texts: Iterable[str], announced: date | None) -> date | None:
    """Return the last day for proposals; a date without a year is read in the year of the announcement."""
    candidates: list[tuple[int, date]] = []
    for text in texts:
        for found in find_dates(text):
            until = _UNTIL.search(text[: found.start])
            if found.value is not None and until:
                candidates.append((0 if _about_handing_in(text) else 1, found.value))
        for day in _DAY_ONLY.finditer(text):
            if announced is not None and _UNTIL.search(text[: day.start()]):
                value = _in_year(int(day[1]), int(day[2]), announced)
                candidates += [(2, value)] if value else []
    return min(candidates, key=lambda each: each[0], default=(0, None))[1]


def _about_handing_in(text: str) -> bool:
    return bool(re.search(r"gửi|nộp|nhận|thời (?:gian|hạn)|kể từ|đề xuất", text, re.IGNORECASE))


def _in_year(day: int, month: int, announced: date) -> date | None:
    for year in (announced.year, announced.year + 1):
        try:
            value = date(year, month, day)
        except ValueError:
            continue
        if value >= announced:
            return value
    return None


def office_in(texts: Sequence[str]) -> str:
    """Return where proposals are to be sent; "" where it is not said."""
    for pattern in (_OFFICE, _SENT_TO, _HANDED_IN_AT, _ADDRESS):
        for text in texts:
            found = pattern.search(text)
            if found and not SIGNATURE.match(text):
                return tidy(_WHEN.split(next(filter(None, found.groups())))[0])
    return ""


def read_form(rows: Sequence[Row], everything: str) -> Form:
    """Read the numbered items of the proposal form, each with its hint, and the page limit."""
    limit = _PAGES.search(everything)
    return Form(_items(rows), int(limit[1]) if limit else 0)


def _items(rows: Sequence[Row]) -> tuple[FormItem, ...]:
    groups: list[list[str]] = []
    style = ""
    for row in rows:
        mark = read_mark(f"{row.marker} {row.text}" if row.marker else row.text)
        if mark is not None and _is_next(mark, style, len(groups)):
            style = mark.style
            groups.append([(f"{row.marker} {row.text}" if row.marker else row.text)[mark.width :]])
        elif mark is not None and groups and mark.style == style and mark.ordinal == 1:
            break  # a second form begins
        elif groups and (_SIGN_OFF.match(row.text) or (is_upper(row.text) and mark is None)):
            if len(groups) >= 3:
                break
        elif groups:
            groups[-1].append(row.text)
    return tuple(_item(number, texts) for number, texts in enumerate(groups, start=1)) if len(groups) >= 3 else ()


def _is_next(mark: Mark, style: str, count: int) -> bool:
    if mark.family not in ("number", "roman", "bracket"):
        return False
    return mark.ordinal == count + 1 and (not style or mark.style == style)


def _item(number: int, texts: Sequence[str]) -> FormItem:
    """Cut an item into its name and what it asks for in brackets or after the colon."""
    first = without_marks(join(_name_rows(texts)))
    rest = list(texts[len(_name_rows(texts)) :])
    cut = re.search(r"\s*[:(]", first)
    name, hint = (first[: cut.start()], first[cut.start() :]) if cut else (first, "")
    hint = without_marks(join([hint.strip(" :"), *rest]))
    return FormItem(number, tidy(name).strip(" …."), hint.strip(" :…."))


def _name_rows(texts: Sequence[str]) -> list[str]:
    """Return the lines that the item's name runs over: until a colon, a bracket or a line with a mark."""
    rows = [texts[0]]
    for text in texts[1:]:
        if re.search(r"[:(]", rows[-1]) or read_mark(text) or text[:1].isupper():
            break
        rows.append(text)
    return rows
