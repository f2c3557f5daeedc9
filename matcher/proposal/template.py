"""The items that a form asks for, and the other words people write over them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from matcher.records import Form, FormItem
from matcher.text import strip_diacritics

#: Items whose text is no section: kept among the extra columns under these names.
APPLICATION = "Khả năng ứng dụng"
DURATION = "Thời gian thực hiện"
USER = "Địa chỉ ứng dụng"
#: The item with names, telephone numbers and addresses: in no section and no extra column.
CONTACT = "contact"

#: The form of the announcement of Lạng Sơn 2025: what is read where an announcement has no form of its own.
DEFAULT_FORM = Form(
    tuple(
        FormItem(number, name)
        for number, name in enumerate(
            (
                "Tên nhiệm vụ khoa học và công nghệ",
                "Lý do đề xuất",
                "Mục tiêu",
                "Yêu cầu các kết quả chính và các chỉ tiêu cần đạt",
                "Các nội dung chính cần thực hiện để đạt kết quả",
                "Khả năng ứng dụng",
                "Dự kiến tổ chức, cơ quan hoặc địa chỉ ứng dụng các kết quả tạo ra và năng lực của tổ chức, cơ quan "
                "dự kiến ứng dụng kết quả",
                "Yêu cầu về thời gian thực hiện",
                "Dự kiến nhu cầu kinh phí",
                "Địa chỉ Liên hệ",
            ),
            start=1,
        )
    ),
    max_pages=4,
)

#: Other wordings of headings by what they ask for, without diacritics.
_ALIASES: dict[str, tuple[str, ...]] = {
    "title": (
        "ten nhiem vu", "ten nhiem vu kh cn", "ten nhiem vu khcn", "ten nhiem vu khoa hoc va cong nghe", "ten de tai",
        "ten du an", "ten de an", "ten de tai du an", "ten nhiem vu de tai du an", "ten nhiem vu de xuat",
        "ten de xuat",
        "ten de tai khoa hoc", "ten nhiem vu dat hang", "ten nhiem vu de xuat dat hang", "ten goi nhiem vu",
        "ten cua nhiem vu", "ten nhiem vu khoa hoc", "ten nhiem vu khoa hoc cong nghe", "de tai", "du an", "nhiem vu",
    ),
    "rationale": (
        "ly do de xuat", "tinh cap thiet", "su can thiet", "tinh cap thiet cua nhiem vu", "tinh cap thiet cua de tai",
        "ly do va tinh cap thiet", "can cu de xuat", "can cu va tinh cap thiet", "ly do tinh cap thiet", "dat van de",
        "can cu de xuat va tinh cap thiet", "co so de xuat", "ly do thuc hien", "su cap thiet", "ly do chon de tai",
        "su can thiet phai thuc hien", "can cu ly do de xuat", "ly do can cu de xuat", "tinh cap thiet phai thuc hien",
        "luan giai tinh cap thiet", "ly do", "can cu va ly do de xuat",
    ),
    "objective": (
        "muc tieu", "muc tieu cua nhiem vu", "muc tieu nghien cuu", "dinh huong muc tieu", "muc dich", "cac muc tieu",
        "muc tieu cua de tai", "muc dich muc tieu", "muc tieu nhiem vu", "muc tieu can dat", "muc tieu chinh",
    ),
    "results": (
        "yeu cau cac ket qua chinh va cac chi tieu can dat", "yeu cau ket qua va chi tieu can dat", "san pham du kien",
        "ket qua du kien", "du kien ket qua", "du kien san pham", "yeu cau ve san pham", "yeu cau doi voi san pham",
        "ket qua san pham", "ket qua san pham du kien", "san pham chinh", "cac san pham chinh",
        "ket qua chinh va cac chi tieu", "san pham",
        "cac ket qua chinh", "yeu cau ket qua", "cac chi tieu can dat", "ket qua can dat", "san pham cua nhiem vu",
        "san pham va ket qua du kien", "san pham khoa hoc va cong nghe", "ket qua va san pham", "ket qua",
        "du kien ket qua dat duoc", "ket qua chinh", "cac ket qua va chi tieu can dat", "san pham va chi tieu can dat",
        "yeu cau san pham", "ket qua va chi tieu can dat", "ket qua dat duoc",
        "du kien cac san pham", "chi tieu va ket qua can dat",
    ),
    "content": (
        "cac noi dung chinh can thuc hien de dat ket qua", "noi dung", "noi dung chinh", "cac noi dung chinh",
        "noi dung nghien cuu", "noi dung thuc hien", "noi dung can thuc hien", "cac noi dung can thuc hien",
        "noi dung cong viec", "cac noi dung", "du kien noi dung", "noi dung du kien", "cac noi dung nghien cuu",
        "noi dung nhiem vu", "noi dung chu yeu", "tom tat noi dung", "yeu cau noi dung",
        "cac noi dung chinh can thuc hien",
        "noi dung va phuong phap nghien cuu", "noi dung nghien cuu chinh",
    ),
    APPLICATION: (
        "kha nang ung dung", "kha nang ap dung", "kha nang ung dung ket qua", "kha nang nhan rong",
        "kha nang ung dung thuc tien", "phuong an ung dung", "tinh ung dung", "kha nang ung dung va nhan rong",
        "kha nang ung dung cua ket qua", "kha nang ung dung vao thuc tien", "pham vi ung dung", "kha nang trien khai",
    ),
    "organisation": (
        "dia chi ung dung", "don vi ung dung", "co quan ung dung", "to chuc ung dung", "don vi tiep nhan",
        "du kien to chuc co quan ung dung", "dia chi ung dung ket qua", "don vi tiep nhan ket qua", "noi ung dung",
        "don vi du kien ung dung", "to chuc co quan ung dung ket qua", "du kien don vi ung dung ket qua",
        "dia chi ap dung", "don vi thu huong", "don vi ung dung ket qua", "to chuc ung dung ket qua",
        "du kien dia chi ung dung", "co quan don vi ung dung ket qua", "don vi su dung ket qua",
        "du kien to chuc co quan hoac dia chi ung dung", "noi tiep nhan ket qua", "to chuc tiep nhan ket qua",
    ),
    DURATION: (
        "yeu cau ve thoi gian thuc hien", "thoi gian thuc hien", "thoi gian", "du kien thoi gian",
        "thoi gian du kien", "thoi han thuc hien", "tien do thuc hien", "thoi gian nghien cuu", "yeu cau thoi gian",
        "du kien thoi gian thuc hien", "thoi gian trien khai", "tien do", "thoi gian thuc hien du kien",
    ),
    "budget": (
        "du kien nhu cau kinh phi", "kinh phi", "kinh phi du kien", "du kien kinh phi", "tong kinh phi",
        "nhu cau kinh phi", "du toan kinh phi", "kinh phi thuc hien", "nguon kinh phi", "kinh phi de nghi",
        "du kien kinh phi thuc hien", "tong kinh phi du kien", "kinh phi thuc hien du kien", "kinh phi va nguon von",
    ),
    CONTACT: (
        "dia chi lien he", "thong tin lien he", "nguoi lien he", "lien he", "dau moi lien he", "dia chi lien lac",
        "thong tin to chuc ca nhan de xuat", "thong tin don vi de xuat", "thong tin nguoi de xuat",
    ),
}  # fmt: skip
#: Headings that no form of ten items has, yet forms of other kinds do; only where a colon closes them.
_OTHERS: dict[str, tuple[str, ...]] = {
    "place": (
        "dia diem thuc hien", "dia ban thuc hien", "noi thuc hien", "dia diem", "dia ban trien khai",
        "dia diem trien khai", "noi trien khai", "dia ban nghien cuu", "dia ban ap dung", "dia diem nghien cuu",
    ),
    "organisation": (
        "to chuc de xuat", "don vi de xuat", "co quan de xuat", "to chuc chu tri", "don vi chu tri", "co quan chu tri",
        "to chuc thuc hien", "don vi thuc hien",
    ),
    "Lĩnh vực": ("linh vuc", "linh vuc nghien cuu", "thuoc linh vuc"),
}  # fmt: skip
#: Where a template names no item for something, it is still told apart under a number from here on.
OTHERS_FROM = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """An item to look for: its template, what it asks for ("" where it is none of the known), its wordings in words.

    The template's own wording comes first.
    """

    item: FormItem
    concept: str
    wordings: tuple[tuple[str, ...], ...]

    @property
    def listed(self) -> bool:
        """Whether the template has it."""
        return self.item.number < OTHERS_FROM

    @property
    def section(self) -> str:
        """The section or extra column that takes its text."""
        return self.concept or self.item.name


def fold_words(text: str) -> tuple[str, ...]:
    """Return the words of a heading: small letters, no diacritics, brackets and signs left out.

    Examples
    --------
    >>> fold_words("Tên nhiệm vụ KH&CN (ghi ngắn gọn)")
    ('ten', 'nhiem', 'vu', 'kh', 'cn')
    """
    folded = strip_diacritics(re.sub(r"\([^()]*\)?", " ", text)).lower()
    return tuple(re.findall(r"[a-z0-9]+", folded))


@lru_cache(maxsize=64)
def wanted_items(template: Form | None) -> tuple[Wanted, ...]:
    """Return what to look for in a form: the template's items, then what other forms ask for."""
    items = (template or DEFAULT_FORM).items or DEFAULT_FORM.items
    names_of_items = {fold_words(item.name) for item in items}
    found: list[Wanted] = []
    taken: set[str] = set()
    for item in items:
        words = fold_words(item.name)
        concept = _concept(words)
        aliases = () if concept in taken else _ALIASES.get(concept, ())
        taken.add(concept)
        others = tuple(each for alias in aliases if (each := tuple(alias.split())) not in names_of_items)
        found.append(Wanted(item, concept, tuple(dict.fromkeys((words, *others)))))
    names = [concept for concept in _ALIASES if concept not in taken] + [*_OTHERS]
    for number, name in enumerate(names, start=OTHERS_FROM):
        wordings = _OTHERS.get(name, ()) if number - OTHERS_FROM >= len(names) - len(_OTHERS) else _ALIASES[name]
        wordings = tuple(each for each in wordings if each not in ("de tai", "du an", "nhiem vu") or name != "title")
        found.append(Wanted(FormItem(number, name), name, tuple(tuple(each.split()) for each in wordings)))
    return tuple(found)


def _concept(words: tuple[str, ...]) -> str:
    """Return what a template's item asks for, by the nearest known wording."""
    name = "".join(words)
    best, found = 0.0, ""
    for concept, aliases in _ALIASES.items():
        for alias in aliases:
            plain = tuple(alias.split())
            score = fuzz.ratio(name, "".join(plain))
            if words[: len(plain)] == plain:
                score = max(score, 80.0 + len(plain))
            if score > best:
                best, found = score, concept
    return found if best >= 80 else ""
