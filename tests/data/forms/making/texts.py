"""A synthetic form as the parts that a document shows, and the golden that a reader must give back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parents[4] / "corpus" / "forms"

OFFICIAL = {
    1: "Tên nhiệm vụ khoa học và công nghệ",
    2: "Lý do đề xuất",
    3: "Mục tiêu",
    4: "Yêu cầu các kết quả chính và các chỉ tiêu cần đạt",
    5: "Các nội dung chính cần thực hiện để đạt kết quả",
    6: "Khả năng ứng dụng",
    7: "Dự kiến tổ chức, cơ quan hoặc địa chỉ ứng dụng các kết quả tạo ra và năng lực của tổ chức, "
    "cơ quan dự kiến ứng dụng kết quả",
    8: "Yêu cầu về thời gian thực hiện",
    9: "Dự kiến nhu cầu kinh phí",
    10: "Địa chỉ Liên hệ (Tên tổ chức, cá nhân, điện thoại, địa chỉ, thư điện tử)",
}
#: Headings as people reword them.
OWN_WORDS = {
    1: "Tên đề tài/dự án",
    2: "Sự cần thiết",
    3: "Mục tiêu của nhiệm vụ",
    4: "Kết quả, sản phẩm dự kiến",
    5: "Nội dung nghiên cứu chủ yếu",
    6: "Khả năng áp dụng",
    7: "Địa chỉ ứng dụng kết quả",
    8: "Thời gian thực hiện",
    9: "Kinh phí dự kiến",
    10: "Thông tin liên hệ",
}
#: Headings typed in haste.
MISSPELT = {
    1: "Tên nhiêm vụ khoa học và công nghê",
    2: "Lí do đề xuât",
    3: "Muc tiêu",
    4: "Yêu cầu các kết qủa chính và các chỉ tiêu cần đat",
    5: "Các nội dung chinh cần thực hiên để đạt kết quả",
    6: "Khả năng ứng dung",
    7: "Dự kiến tổ chức, cơ quan hoặc địa chỉ ứng dụng các kêt quả tạo ra và năng lực của tổ chưc, "
    "cơ quan dự kiến ứng dụng kết quả",
    8: "Yêu cầu về thời gian thực hiên",
    9: "Dự kiến nhu cầu kinh phi",
    10: "Địa chi liên hệ (Tên tổ chức, cá nhân, điện thọai, địa chỉ, thư điện tử)",
}
GROUNDS = "Căn cứ đề xuất"
URGENCY = "Tính cấp thiết"
#: The form's own hints, which a golden never holds; longest first.
HINTS = (
    "Căn cứ đề xuất (giải trình căn cứ theo quy định tại Điều 3 của Quyết định 47/2018/QĐ-UBND ngày 22/08/2018 của "
    "UBND tỉnh Lạng Sơn ban hành Quy định quản lý nhiệm vụ khoa học và công nghệ cấp tỉnh sử dụng ngân sách nhà nước "
    "trên địa bàn tỉnh Lạng Sơn). Nếu là đề xuất đặt hàng nhằm đáp ứng yêu cầu của Tỉnh ủy, Ủy ban nhân dân tỉnh cần "
    "trình bày trích dẫn đầy đủ.",
)


@dataclass(frozen=True)
class Part:
    """One item as it is shown: its number, its heading, and the lines below."""

    number: int
    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """A synthetic form: the record of the corpus, and the parts that the hands put on paper."""

    record: Mapping[str, Any]
    parts: tuple[Part, ...]

    @property
    def id(self) -> str:
        return str(self.record["id"])

    @property
    def organisation(self) -> str:
        return str(self.record["items"]["10"]["organisation"])

    @property
    def closing(self) -> Iterator[str]:
        """The lines below the last item."""
        if self.record["commitment"]:
            yield (
                f"{self.organisation} cam kết có phương án ứng dụng kết quả tạo ra khi nhiệm vụ khoa học và công nghệ "
                "hoàn thành."
            )
        year, month, day = str(self.record["sent"]).split("-")
        yield f"Lạng Sơn, ngày {day} tháng {month} năm {year}"
        yield "TỔ CHỨC, CÁ NHÂN ĐỀ XUẤT"

    def headed(self, headings: Mapping[int, str]) -> Form:
        """Return the form under other headings."""
        parts = tuple(replace(part, heading=headings[part.number]) for part in self.parts)
        return replace(self, parts=parts)

    def without(self, *numbers: int) -> Form:
        """Return the form without some items."""
        record = json.loads(json.dumps(self.record))
        for number in numbers:
            del record["items"][str(number)]
            record["violations"].append({"code": "item_missing", "item": number})
        return Form(record, tuple(part for part in self.parts if part.number not in numbers))


def load_forms() -> dict[str, Form]:
    """Read every synthetic form of the corpus, by id."""
    forms = {}
    for path in sorted(CORPUS.glob("texts-*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            forms[record["id"]] = Form(record, tuple(_parts(record["items"])))
    return forms


def _parts(items: Mapping[str, Any]) -> Iterator[Part]:
    for number in range(1, 11):
        if str(number) in items:
            yield Part(number, OFFICIAL[number], tuple(_lines(number, items[str(number)])))


def _lines(number: int, text: Any) -> Iterator[str]:
    if number == 2:
        yield from _half(GROUNDS, text["grounds"])
        yield from _half(URGENCY, text["urgency"])
    elif number == 10:
        yield f"- Tên tổ chức: {text['organisation']}"
        yield f"- Điện thoại: {text['telephone']}"
        yield f"- Địa chỉ: {text['address']}"
        yield f"- Thư điện tử: {text['email']}"
    else:
        yield from (line for line in text.split("\n") if line)


def _half(name: str, text: str) -> Iterator[str]:
    lines = [line for line in text.split("\n") if line]
    if lines and lines[0].startswith(f"- {name}"):  # the form's hint, left standing
        yield from lines
    elif len(lines) == 1 and not lines[0].startswith("-"):
        yield f"- {name}: {lines[0]}"
    else:
        yield f"- {name}:"
        yield from lines


def golden(form: Form, *, media: str, hand: str, pages: int | None, max_pages: int = 4) -> dict[str, Any]:
    """Return what a reader must find in a document made from a form."""
    record = form.record
    violations = list(record["violations"])
    if pages is not None and pages > max_pages:
        violations.append({"code": "over_page_limit", "item": None})
    items = {key: _without_hints(value) for key, value in record["items"].items() if key != "10"}
    return {
        "text": record["id"],
        "media": media,
        "hand": hand,
        "items": items,
        "contact": record["items"]["10"],
        "months": record["months"],
        "budget_vnd": record["budget_vnd"],
        "sent": record["sent"],
        "committed": record["commitment"],
        "pages": pages,
        "violations": violations,
    }


def _without_hints(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_hints(text) for key, text in value.items()}
    for hint in HINTS:
        value = value.replace(f"- {hint}", "").replace(hint, "")
    return value.strip()
