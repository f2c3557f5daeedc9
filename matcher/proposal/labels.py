"""Headings of the items of a proposal form, and what on a form is not the proposer's own text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from matcher.text import strip_diacritics

#: Items whose text is no section: kept among the extra columns under these names.
APPLICATION = "Khả năng ứng dụng"
DURATION = "Thời gian thực hiện"
#: The item with names, telephone numbers and addresses: never kept.
CONTACT = "contact"

_TASK = r"(?:nhiem vu|de tai|du an|de an|de xuat|dat hang)"
_KIND = r"(?:khoa hoc|cong nghe|kh\s*&\s*cn|khcn|kh\s*va\s*cn|cap (?:tinh|co so|bo|quoc gia|thiet)|va|hoac|nam \d{4})"
_LABELS: tuple[tuple[str, str], ...] = (
    ("title", rf"ten (?:goi )?(?:cua |cac )?{_TASK}(?:\s*[,/]?\s*(?:{_TASK}|{_KIND})\b)*"),
    ("title", r"(?:de tai|du an|nhiem vu)(?=\s*:)"),
    ("rationale", r"(?:ly do|su can thiet|tinh cap thiet|can cu de xuat|dat van de|su cap thiet)\b"),
    (CONTACT, r"(?:dia chi lien he|thong tin lien he|nguoi lien he|dien thoai|email|e-mail|thu dien tu)\b"),
    ("organisation", r"(?:du kien )?(?:to chuc|co quan|don vi|dia chi)\b[^:]{0,60}\bung dung\b"),
    ("organisation", r"(?:to chuc|co quan|don vi) (?:de xuat|chu tri|thuc hien)\b"),
    ("results", r"(?:yeu cau |du kien )?(?:ve |doi voi )?(?:cac )?(?:ket qua|san pham)\b"),
    ("objective", r"(?:dinh huong )?(?:cac )?muc (?:tieu|dich)\b(?! thu\b)"),
    ("content", r"(?:yeu cau |du kien )?(?:tom tat )?(?:cac |nhung )?noi dung\b"),
    (APPLICATION, r"(?:kha nang|phuong an|dia chi)\b[^:]{0,40}\b(?:ung dung|ap dung)\b"),
    (DURATION, r"(?:yeu cau |du kien )?(?:ve )?thoi gian (?:thuc hien|du kien|nghien cuu)\b"),
    ("budget", r"(?:du kien |tong |du toan )?(?:nhu cau )?kinh phi\b"),
    ("place", r"(?:dia diem|dia ban|noi) (?:thuc hien|trien khai|ap dung|nghien cuu)\b"),
)
_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in _LABELS)
_NUMBER = re.compile(r"\s*(?:muc\s+|phan\s+)?(?:(\d{1,2})|([ivx]{1,5}))\s*[.)/:-]\s*(?!\d)|\s*(\d{1,2})\s+(?=[a-z])")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11}
#: A heading that runs on this far without a colon is a sentence.
_LONGEST_LABEL = 240
_SHORT = 70
_SHORT_TAIL = 50

_LETTERHEAD = re.compile(
    r"cong hoa xa hoi|doc lap|phieu (?:de xuat|dang ky)|mau\b|phu luc|bieu\b|de xuat (?:dat hang|nhiem vu)"
    r"|uy ban nhan dan|ubnd|so \w+|bo \w+|truong dai hoc|don vi|co quan|to chuc|so\s*:|kinh gui"
    r"|\(|.{0,40}ngay\b.{0,12}thang\b"
    r"|nhiem vu khoa hoc va cong nghe|de tai khoa hoc|thuyet minh|cap tinh|nam \d{4}|ten\b"
)
_SIGNED = re.compile(
    r"(?:to chuc|ca nhan|co quan|don vi|nguoi|dai dien)\b.{0,20}de xuat\s*(?:\(.*)?$|\(ho,? (?:va )?ten|\(ky"
    r"|.{0,30}\bngay\b.{0,12}\bthang\b.{0,12}\bnam\b.{0,8}$|ghi chu\s*:|noi nhan\s*:"
)
_COMMITMENT = re.compile(r".{0,60}\bcam ket\b")
_DOTS = re.compile(r"(?:\.{4,}|…{2,}|_{4,}|(?:\. ){4,})")
_EMAIL = re.compile(
    r"(?:\be-?mail[ :]{0,5})?(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}", re.IGNORECASE
)
_PHONE = re.compile(
    r"(?:(?:điện thoại|di động|đt|sđt|tel|phone|mobile|zalo)\b[ .:]*)(?:\+?[\d(][\d ().-]{6,16}\d)"
    r"|(?<![\d,.])(?:\+84|0)\d{1,3}[ .-]?\d{3}[ .-]?\d{3,4}(?![\d,])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """A heading of a form: the section it opens, its number (0 for none), and where its own text begins."""

    section: str
    number: int
    end: int
    closed: bool


def read_label(text: str) -> Label | None:
    """Return the form's heading that a line begins with, or None.

    Examples
    --------
    >>> read_label("3. Mục tiêu: Xây dựng quy trình")
    Label(section='objective', number=3, end=12, closed=True)
    """
    folded = strip_diacritics(text[:400]).lower()
    if len(folded) != len(text[:400]):
        return None
    number = _NUMBER.match(folded)
    start = number.end() if number else len(folded) - len(folded.lstrip())
    for section, pattern in _COMPILED:
        if found := pattern.match(folded, start):
            count = 0 if number is None else int(number[1] or number[3] or _ROMAN.get(number[2], 0))
            end, closed = _label_end(section, folded, found.end(), numbered=count > 0)
            return Label(section, count, end, closed) if count or closed else None
    return None


def _label_end(section: str, folded: str, end: int, *, numbered: bool) -> tuple[int, bool]:
    """Find where a heading's own words end: at its colon, or at the end of a short numbered line."""
    colon = folded.find(":", end, _LONGEST_LABEL if numbered else end + _SHORT_TAIL)
    bracket = re.compile(r"\s*\([^()]*\)\s*:?").match(folded, end)
    if bracket and (colon < 0 or colon < bracket.end()):
        return bracket.end(), True
    if colon >= 0 and (section != "title" or not folded[end:colon].strip(" .-–*")):
        return colon + 1, True
    rest = folded[end:].strip(" .-–*")
    if not rest or (numbered and section != "title" and len(folded) <= _SHORT):
        return len(folded), True
    return end, False


def is_letterhead(text: str) -> bool:
    """Tell whether a line belongs to the form or its letterhead and so can be no title."""
    folded = strip_diacritics(text).lower().strip()
    return len(folded) < 3 or _LETTERHEAD.match(folded) is not None or not re.search(r"[a-z]{2}", folded)


def ends_form(text: str) -> bool:
    """Tell whether a line is the place, date or signature that follows the last item."""
    return _SIGNED.match(strip_diacritics(text).lower().strip()) is not None


def is_commitment(text: str) -> bool:
    """Tell whether a line is the commitment (cam kết) below the last item."""
    return _COMMITMENT.match(strip_diacritics(text).lower()) is not None


def without_contacts(text: str) -> str:
    """Return a text without telephone numbers and e-mail addresses: nothing in the matching needs them.

    Examples
    --------
    >>> without_contacts("Hợp tác xã, ĐT: 0205 3812 345, thư abc@example.org")
    'Hợp tác xã, , thư '
    """
    if "@" in text:
        text = _EMAIL.sub("", text)
    return _PHONE.sub("", text)


def without_dots(text: str) -> str:
    """Return a text without the dotted lines of an empty form."""
    return _DOTS.sub("", text)
