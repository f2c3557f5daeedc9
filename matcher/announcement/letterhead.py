"""The letterhead: who announces, under which number, on which day, what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matcher.announcement.footnotes import join, without_marks
from matcher.announcement.numbers import find_dates
from matcher.announcement.plans import capitalised, tidy
from matcher.announcement.rows import Row
from matcher.announcement.wording import is_upper

_NUMBER = re.compile(
    r"Số\s*:?\s*(?P<number>[\d.…]{0,8}\s*(?:/\s?\d{4}\s?)?/\s?[A-ZĐ][\w&]*(?:\s?[-–]\s?[A-ZĐ][\w&]*)*)"
)
_DAY = re.compile(
    r"ngày\s*(?P<day>[\d.…\s]*?)\s*tháng\s*(?P<month>\d{1,2})?[\s.…]*năm\s*(?P<year>\d{4})", re.IGNORECASE
)
_MOTTO = re.compile(
    r"CỘNG H[ÒO]À?|ĐẢNG CỘNG SẢN|VIỆT NAM$|Độc lập|ĐỘC LẬP|Số\s*:|.*\bngày\b.*\btháng\b|[-–—_*\s]*$", re.IGNORECASE
)
_ISSUER = re.compile(
    r"(?<![\w/-])(?P<issuer>(?:Sở|Bộ|UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Cục|Viện|Liên hiệp|Trường|Vụ|Phòng|Học viện"
    r"|Đại học|Văn phòng|Ban(?! hành))\s[^.;:\d]{3,90}?)"
    r"\s*(?:\([^)]*\))?\s+(?:trân trọng |xin |kính )?(?:thông báo|đề nghị|hướng dẫn|công bố|mời)\b"
)
_BODY = re.compile(r",\s+(?=(?:Sở|Bộ|UBND|Ủy ban|Uỷ ban|Cục|Viện)\s)")
_SIDE_BY_SIDE = re.compile(r"\s+(?=(?:SỞ|BỘ|CỤC|VIỆN|TRƯỜNG|LIÊN HIỆP)\s)")
_OPENS_BODY = re.compile(
    r"(?:UBND|ỦY BAN|UỶ BAN|TỈNH ỦY|THÀNH ỦY|HỘI ĐỒNG|SỞ|BỘ|(?:TỔNG |CHI )?CỤC|VIỆN|HỌC VIỆN|TRƯỜNG|ĐẠI HỌC"
    r"|LIÊN HIỆP|BAN|VĂN PHÒNG|TRUNG TÂM|VỤ|PHÒNG|TẬP ĐOÀN|TỔNG CÔNG TY|QUỸ|HỘI)\s"
)
_PLACE = re.compile(r"\b(tỉnh|thành phố|huyện|thị xã|quận)\s+(.+)$")
_NAMES = (
    "khoa học",
    "công nghệ",
    "đổi mới sáng tạo",
    "nông nghiệp",
    "tài nguyên",
    "môi trường",
    "y tế",
    "giáo dục",
    "công thương",
    "văn hóa",
)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the head of an announcement says; `month` is the last day the letter can be from, where the day is blank."""

    issuer: str
    number: str
    day: date | None
    month: date | None
    title: str


def read_letterhead(head: Sequence[Row], title_at: int, lead: str) -> Letterhead:
    """Read the rows above the preamble; `lead` is the text in which the issuer announces."""
    cells = [cell for row in head[:title_at] for cell in re.split(r"\s\|\s", row.text)]
    above = " ".join(row.text for row in head[:title_at])
    number = _NUMBER.search(above)
    day, month = _date(above)
    return Letterhead(
        issuer=_issuer(cells, lead),
        number=re.sub(r"\s|[.…](?=[.…/])", "", number["number"]).replace("–", "-") if number else "",
        day=day,
        month=month,
        title=_title([row.text for row in head[title_at:]]),
    )


def _date(text: str) -> tuple[date | None, date | None]:
    """Return the day of the letter (None where it is blank) and the last day that it can be from."""
    for found in find_dates(text):
        if found.value:
            return found.value, found.value
    blank = _DAY.search(text)
    if blank is None:
        return None, None
    year, month = int(blank["year"]), int(blank["month"] or 12)
    if not 1 <= month <= 12:
        return None, None
    following = date(year + month // 12, month % 12 + 1, 1)
    return None, date.fromordinal(following.toordinal() - 1)


def _title(rows: Sequence[str]) -> str:
    """Join the lines under «THÔNG BÁO», without that word itself where others follow."""
    addressed = next((place for place, text in enumerate(rows) if text.startswith("Kính gửi")), len(rows))
    lines = [without_marks(text) for text in rows[:addressed] if not re.match(r"[-–_*\s]+$", text)]
    text = join(lines)
    text = re.sub(r"^(?:THÔNG\s*BÁO|KẾ HOẠCH|CÔNG VĂN|HƯỚNG DẪN)(?:\s+|$)", "", text) or text
    text = re.sub(r"^(?:V/v|Về việc)\s*:?\s*", "", text.strip(), flags=re.IGNORECASE)
    return capitalised(tidy(text)[:400])


def _issuer(cells: Sequence[str], lead: str) -> str:
    announced = list(_ISSUER.finditer(lead))
    names = [name for cell in cells for name in _SIDE_BY_SIDE.split(_left(cell))]
    names = _whole([name for name in names if len(name.split()) >= 2 and not _MOTTO.match(name)])
    if not names and not announced:
        return ""
    name = _BODY.split(tidy(announced[-1]["issuer"]))[-1] if announced else spoken(names[-1])
    place = next((_PLACE.search(spoken(each)) for each in names if _PLACE.search(spoken(each))), None)
    if place and not _PLACE.search(name) and name.startswith("Sở"):
        name = f"{name} {place[0]}"
    return name


def _whole(lines: Sequence[str]) -> list[str]:
    """Join the lines over which a name in capitals runs; a line that names no body goes on with the one above."""
    names: list[str] = []
    for line in lines:
        if names and is_upper(names[-1]) and is_upper(line) and not _OPENS_BODY.match(line):
            names[-1] = f"{names[-1]} {line}"
        else:
            names.append(line)
    return names


def _left(cell: str) -> str:
    """Cut off the motto of the state, printed beside the issuer's name."""
    return re.split(r"\s*(?:CỘNG H[ÒO]|ĐẢNG CỘNG SẢN|Độc lập|ĐỘC LẬP|Số\s*:)", cell)[0].strip(" |")


def spoken(name: str) -> str:
    """Return a body's name set in capitals as it is written in running text.

    Examples
    --------
    >>> spoken("SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH HÀ A")
    'Sở Khoa học và Công nghệ tỉnh Hà A'
    """
    if not is_upper(name):
        return name
    text = name.lower().replace("ubnd", "UBND")
    for known in _NAMES:
        text = text.replace(known, known[0].upper() + known[1:])
    text = _PLACE.sub(lambda found: f"{found[1]} {found[2].title()}", text)
    return text[:1].upper() + text[1:]
