"""Personal data of a form (địa chỉ liên hệ): read into their own record, and kept out of every other text."""

from __future__ import annotations

import re

from matcher.records import Contact
from matcher.text import strip_diacritics

#: «(@» is how an at sign comes out of a recognised scan.
_EMAIL = re.compile(
    r"(?:\be-?mail[ :]{0,5})?(?<![\w.+-])(?P<address>[\w.+-]{1,64}\(?@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})", re.IGNORECASE
)
#: What a label says is an address, though its at sign was lost in recognition or stands apart.
_LABELLED_EMAIL = re.compile(
    r"\b(?:e-?mail|thư điện tử|hòm thư|hộp thư)[ ]?[:=]\s?(?P<address>[\w.+-]{1,64}(?:[ ]?[^\w\s]{1,3}[ ]?[\w-]{1,63})?"
    r"(?:\.[\w-]{1,63}){0,6}\.(?:vn|com|net|org|edu|gov|info)\b)",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?:(?:điện thoại|di động|đt|sđt|tel|phone|mobile|zalo)\b[ .:]*)(?P<called>\+?[\d(][\d ().-]{6,16}\d)"
    r"|(?<![\d,.])(?P<bare>(?:\+84|0)\d{1,3}[ .-]?\d{3}[ .-]?\d{3,4})(?![\d,])",
    re.IGNORECASE,
)
_WHO = r"(?:to chuc|don vi|co quan|ca nhan)"
_LABELS = {
    "name": rf"ten {_WHO}(?:,? {_WHO})?(?: de xuat)?|{_WHO}(?:,? {_WHO})?(?: de xuat)?(?=\s*:)|ho va ten|ho ten"
    r"|(?:nguoi|dau moi|can bo) (?:lien he|dai dien)|dai dien",
    "telephone": r"(?:so )?(?:dien thoai|di dong|dt|sdt|tel|phone|mobile|hotline)"
    r"(?: (?:lien he|di dong|co quan))?(?![a-z])",
    "email": r"e-?mail|thu dien tu|hom thu|hop thu",
    "address": r"dia chi(?! (?:email|e-mail|thu dien tu|lien he))(?: (?:tru so|co quan|don vi|to chuc))?"
    r"|tru so(?: chinh)?",
    "other": r"chuc vu|fax|website|ma so thue|so tai khoan|nguoi dai dien|zalo|dia chi (?:email|e-mail|thu dien tu)",
}
_LABEL = re.compile("|".join(rf"(?P<{name}>(?<![a-z])(?:{pattern}))" for name, pattern in _LABELS.items()))
_ORGANISATION = re.compile(
    r"(?:ban|benh vien|bo|chi cuc|chi nhanh|cong an|cong ty|cuc|dai hoc|doan thanh nien|dang uy|doanh nghiep|hoc vien"
    r"|hoi|hop tac xa|htx|huyen|lien doan|lien hiep|lien minh|mat tran|nha may|phong|so|tap doan|to hop tac"
    r"|tong cong ty|tram|trai giam|trung tam|truong|ttyt|uy ban|ubnd|van phong|vien|vuon quoc gia|xi nghiep)\b"
)
_GAP = re.compile(r"\s*(?:\([^()]{0,40}\)\s*)?(?::|\||=|-|–)?\s*")
_EDGES = " \t\n|:;,.-–•*+…"


def read_contact(text: str) -> Contact:
    """Read the name, telephone, e-mail and address of a contact item, labelled or in a row.

    Examples
    --------
    >>> found = read_contact("Hợp tác xã Mẫu, ĐT: 0900 000 001, email a@example.vn. Địa chỉ: xã Mẫu")
    >>> found.name, found.telephone, found.email, found.address
    ('Hợp tác xã Mẫu', '0900 000 001', 'a@example.vn', 'xã Mẫu')
    """
    email = _EMAIL.search(text) or _LABELLED_EMAIL.search(text)
    phone = _PHONE.search(text)
    folded = strip_diacritics(text).lower()
    parts = _labelled(text, folded) if len(folded) == len(text) else {"name": text}
    address = _tidy(parts.get("address", ""))
    name = _tidy(parts.get("name", "") or parts.get("", ""))
    if not address and name:
        name, address = _apart(name)
    return Contact(
        name=name,
        telephone="" if phone is None else (phone["called"] or phone["bare"]).strip(" ."),
        email="" if email is None else email["address"].replace("(@", "@").replace(" ", "").strip("."),
        address=address,
    )


def is_organisation(name: str) -> bool:
    """Say whether a name is an organisation's: a person's is personal data and stays with the contact.

    Examples
    --------
    >>> is_organisation("Hợp tác xã Mẫu"), is_organisation("Trường THPT Mẫu"), is_organisation("Ông Mẫu")
    (True, True, False)
    """
    return _ORGANISATION.match(strip_diacritics(name).lower()) is not None


def without_contacts(text: str) -> str:
    """Return a text without telephone numbers and e-mail addresses: nothing in the matching needs them.

    Examples
    --------
    >>> without_contacts("Hợp tác xã, ĐT: 0205 3812 345, thư abc@example.org")
    'Hợp tác xã, , thư '
    """
    if "@" in text:
        text = _EMAIL.sub("", text)
    return _PHONE.sub("", _LABELLED_EMAIL.sub("", text))


def _labelled(text: str, folded: str) -> dict[str, str]:
    """Cut a text at its labels; what stands before the first has the name ""."""
    parts: dict[str, str] = {}
    name, start = "", 0
    for label in _starts(folded):
        parts.setdefault(name, text[start : label.start()])
        gap = _GAP.match(folded, label.end())
        name, start = label.lastgroup or "", label.end() if gap is None else gap.end()
    parts.setdefault(name, text[start:])
    return parts


def _starts(folded: str) -> list[re.Match[str]]:
    """Return the labels that begin a line or clause, or have a colon."""
    found = []
    for label in _LABEL.finditer(folded):
        before = folded[: label.start()].rstrip(" *+•-–")
        begins = not before or before[-1] in ",;.|\n:)" or "\n" in folded[len(before) : label.start()]
        closed = re.match(r"\s*(?:\([^()]{0,40}\)\s*)?[:|]", folded[label.end() :])
        if closed or (begins and label.lastgroup != "name"):
            found.append(label)
    return found


def _tidy(text: str) -> str:
    return " ".join(without_contacts(text).split()).strip(_EDGES)


def _apart(text: str) -> tuple[str, str]:
    """Part a name from the address that follows it: «Trường Mẫu, số 1 đường Mẫu, phường Mẫu»."""
    place = re.search(
        r"[,;.]\s*(?=(?:số(?: nhà)? \d|thôn|bản|xóm|tổ \d|khối|khu|đường|phố|xã|phường|thị trấn|huyện|thành phố)\b)",
        text,
        re.IGNORECASE,
    )
    return (text[: place.start()].strip(_EDGES), text[place.end() :].strip(_EDGES)) if place else (text, "")
