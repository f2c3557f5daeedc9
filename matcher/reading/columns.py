"""Headers of tables of proposals and past tasks → the program's own names of sections."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.records import SECTIONS
from matcher.text import normalize, strip_diacritics

_TASK_WORDS = (
    "cac|nhiem|vu|de|tai|du|an|xuat|dat|hang|khoa|hoc|va|hoac|cong|nghe|kh|cn|khcn|cap|tinh|nghien|cuu|thuc|hien|moi"
)
#: Patterns over headers in small letters without diacritics and punctuation; the first that fits wins. Heads
#: of the national register («Phiếu thông tin nhiệm vụ KH&CN», Thông tư 14/2014/TT-BKHCN) are among them.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("", r"(co quan|don vi|to chuc|bo nganh|cap)( \w+)* (quan ly|chu quan|phoi hop|phe duyet)( .*)?"),
    (
        "id",
        r"id|code|ma|ma so|(ma|ma so|ky hieu|so hieu)( (nhiem vu|de tai|du an|de an|de xuat|phieu|ho so))+",
    ),
    ("id", r"(ma|ma so) (nhiem vu )?(khcn|kh cn|khoa hoc va cong nghe)|(project|task|proposal) (id|code)"),
    ("title", rf"title|name|tieu de|ten goi|ten( ({_TASK_WORDS}))*|(project|task|proposal) (title|name)"),
    ("title", r"nhiem vu|de tai|de tai du an|nhiem vu de xuat|nhiem vu khcn|nhiem vu kh cn"),
    ("objective", r"(dinh huong |cac )?muc (tieu|dich)( .*)?|objectives?|goals?|aims?"),
    ("content", r"(tom tat |cac |yeu cau |mo ta )*noi dung( .*)?|tom tat|mo ta( .*)?"),
    ("content", r"contents?|summary|abstract|description"),
    ("results", r"(du kien |yeu cau (doi voi )?|cac )*(ket qua|san pham)( .*)?"),
    ("results", r"(expected )?(results?|products?|outputs?)"),
    ("rationale", r"(tinh|su) (cap thiet|can thiet)( .*)?|ly do( .*)?|can cu( de xuat.*)?|rationale|urgency"),
    ("organisation", r"(to chuc|don vi|co quan|ten to chuc|ten don vi)( \w+)*"),
    ("organisation", r"(host |lead |proposing )?(organi[sz]ation|institution|organi[sz]er|unit)s?"),
    (
        "place",
        r"(dia diem|dia ban|noi)( (thuc hien|trien khai|ap dung|ung dung|nghien cuu).*)?|place|location|site",
    ),
    ("year", r"nam( (thuc hien|de xuat|bat dau|ke hoach|dang ky|phe duyet|trien khai).*)?|year|(start )year"),
    ("budget", r"(tong |du kien |du toan )*kinh phi( .*)?|budget|cost|funding"),
    ("status", r"trang thai( .*)?|tinh trang( .*)?|(project |task )?status"),
)
_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in _PATTERNS)
_NUMBER = re.compile(r"^(\d{1,2}|[ivx]{1,4})\s+(?=\D)")


@dataclass(frozen=True, slots=True)
class Header:
    """Which column holds what: `sections` and `extra` name the columns, by their index from 0."""

    sections: Mapping[int, str]
    extra: Mapping[int, str]

    @property
    def has_title(self) -> bool:
        """Whether a column of titles was recognised."""
        return "title" in self.sections.values()


def section_of(heading: str) -> str | None:
    """Return the section that a column's heading stands for, or None where the program does not know it.

    Examples
    --------
    >>> section_of("TÊN NHIỆM VỤ KH&CN"), section_of("Cơ quan quản lý"), section_of("Tổ chức chủ trì (*)")
    ('title', None, 'organisation')
    """
    if len(heading) > 200:
        return None
    folded = fold(heading)
    folded = _NUMBER.sub("", folded)
    for name, pattern in _COMPILED:
        if pattern.fullmatch(folded):
            return name or None
    return None


def fold(text: str) -> str:
    """Return a heading in small letters, without diacritics, punctuation and what stands in brackets.

    Examples
    --------
    >>> fold("Mục tiêu (tóm tắt):")
    'muc tieu'
    """
    plain = strip_diacritics(normalize(text)).casefold()
    plain = re.sub(r"\([^()]*\)", " ", plain)
    return " ".join(re.sub(r"[\W_]+", " ", plain).split())


def read_header(headings: Sequence[str]) -> Header:
    """Assign headings to sections; a second column for the same section stays under its own heading.

    Headings equal to a section's name win over others («title» over «name»).
    """
    names = [section_of(heading) for heading in headings]
    sections: dict[int, str] = {}
    for section in ("id", *SECTIONS):
        indices = [index for index, name in enumerate(names) if name == section]
        indices.sort(key=lambda index: fold(headings[index]) != section)
        if indices:
            sections[indices[0]] = section
    extra: dict[int, str] = {}
    for index, heading in enumerate(headings):
        if index not in sections:
            name = " ".join(normalize(heading).split()) or f"cột {index + 1}"
            taken = set(extra.values())
            extra[index] = next(
                label for label in (name, *(f"{name} ({n})" for n in range(2, len(headings) + 2))) if label not in taken
            )
    return Header(dict(sorted(sections.items())), extra)
