"""Which item of a form asks for what: forms of other announcements number and name their items otherwise."""

from __future__ import annotations

import re
from enum import StrEnum

from matcher.text import strip_diacritics


class Role(StrEnum):
    """What an item of the form asks for; one item may ask for two things («Thời gian, kinh phí»)."""

    TITLE = "title"
    REASONS = "reasons"
    OBJECTIVE = "objective"
    PRODUCTS = "products"
    CONTENT = "content"
    APPLICABILITY = "applicability"
    USER = "user"
    DURATION = "duration"
    BUDGET = "budget"
    CONTACT = "contact"


_CONTACT = re.compile(
    r"lien he|dien thoai|thu dien tu|(?:^|tin )(?:to chuc|don vi|nguoi|ben|co quan)\b.{0,20} de xuat\b(?! dat hang)"
)
_TITLE = re.compile(r"ten (?:goi )?(?:cua )?(?:nhiem vu|de tai|du an|de xuat)")
_USER = re.compile(
    r"(?:to chuc|co quan|don vi|dia chi|dia phuong|noi|nguoi)\b.*\b(?:ung dung|ap dung|tiep nhan|su dung)\b"
)
_RESULTS = r"san pham|chi tieu|^(?:yeu cau |du kien )?(?:ve |doi voi )?(?:cac )?ket qua"
_OTHERS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (Role.REASONS, re.compile(r"ly do|can cu|cap thiet|can thiet")),
    (Role.OBJECTIVE, re.compile(r"muc (?:tieu|dich)\b(?! thu)")),
    (Role.PRODUCTS, re.compile(_RESULTS)),
    (Role.CONTENT, re.compile(r"^(?:\W*cac |yeu cau |du kien |nhung )?noi dung")),
    (Role.APPLICABILITY, re.compile(r"kha nang\b.*\b(?:ung dung|ap dung)")),
    (Role.DURATION, re.compile(r"thoi gian|tien do")),
    (Role.BUDGET, re.compile(r"kinh phi")),
)


def roles_of(name: str) -> frozenset[Role]:
    """Return what the item of that name asks for; nothing where its name tells none of the usual things.

    Examples
    --------
    >>> sorted(roles_of("Thời gian, kinh phí dự kiến"))
    [<Role.BUDGET: 'budget'>, <Role.DURATION: 'duration'>]
    """
    folded = strip_diacritics(name).lower().strip()
    for role, pattern in ((Role.CONTACT, _CONTACT), (Role.USER, _USER)):
        if pattern.search(folded):
            return frozenset({role})
    if _TITLE.match(folded):
        return frozenset({Role.TITLE})
    return frozenset(role for role, pattern in _OTHERS if pattern.search(folded))
