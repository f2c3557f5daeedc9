"""What belongs to a bullet and what does not: sub-bullets, notices, closing words; few bullets and many."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.announcement import read_announcement
from matcher.records import Announcement

HEAD = """THÔNG BÁO
Định hướng đề xuất nhiệm vụ khoa học và công nghệ năm 2025

Sở Khoa học và Công nghệ tỉnh A thông báo như sau:

"""
NOTICE = "* Lưu ý: Đề xuất ngoài các định hướng trên chỉ được xem xét khi rất cần thiết và\ncấp bách.\n\n"
CLOSING = "Thời hạn nhận đề xuất: trước ngày 15/7/2024.\n\nMỗi đề xuất gồm một phiếu theo mẫu kèm theo.\n"


Read = Callable[[str], Announcement]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_text(body: str) -> Announcement:
        path = tmp_path / "announcement.txt"
        path.write_text(HEAD + body, encoding="utf-8")
        return read_announcement(path)

    return read_text


@pytest.mark.parametrize(
    "marks", [("1. ", "2. "), ("1.1. ", "1.2. "), ("a) ", "b) "), ("- ", "- "), ("+ ", "+ "), ("1) ", "2) ")]
)
@pytest.mark.parametrize("heading", ["", "I. ĐỊNH HƯỚNG\n\n", "I. ĐỊNH HƯỚNG\n\nA. NÔNG NGHIỆP\n\n"])
def test_a_notice_and_closing_words_end_the_last_bullet(read: Read, marks: tuple[str, str], heading: str) -> None:
    texts = ("Nghiên cứu chọn tạo giống lúa chịu hạn của tỉnh.", "Xây dựng mô hình chăn nuôi bò an toàn sinh học.")
    bullets = "\n\n".join(mark + text for mark, text in zip(marks, texts, strict=True))
    found = read(f"{heading}{bullets}\n\n{NOTICE}{CLOSING}")
    assert [each.text for each in found.orientations] == list(texts)
    assert found.orientations[1].source.of(found.text) == marks[1] + texts[1]
    assert found.exception.startswith("Lưu ý: Đề xuất ngoài")
    assert found.exception.endswith("rất cần thiết và cấp bách.")
    assert found.deadline is not None


def test_a_notice_between_fields_belongs_to_neither(read: Read) -> None:
    found = read(
        "I. ĐỊNH HƯỚNG\n\nA. NÔNG NGHIỆP\n1. Nghiên cứu chọn tạo giống lúa mới.\n2. Nghiên cứu chăn nuôi bò sữa.\n\n"
        "Lưu ý: Ưu tiên nhiệm vụ có doanh nghiệp tham gia.\n\n"
        "B. Y TẾ\n1. Nghiên cứu điều trị bệnh sốt xuất huyết.\n2. Nghiên cứu bài thuốc dân gian.\n"
    )
    assert [(each.id, each.text) for each in found.orientations] == [
        ("1.1", "Nghiên cứu chọn tạo giống lúa mới."),
        ("1.2", "Nghiên cứu chăn nuôi bò sữa."),
        ("2.1", "Nghiên cứu điều trị bệnh sốt xuất huyết."),
        ("2.2", "Nghiên cứu bài thuốc dân gian."),
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("gồm:\n+ giống lợn;\n+ thức ăn từ phụ phẩm.", "gồm: giống lợn; thức ăn từ phụ phẩm."),
        ("gồm\n+ Giống lợn\n+ Thức ăn từ phụ phẩm", "gồm: Giống lợn; Thức ăn từ phụ phẩm"),
        ("gồm: + giống lợn; + thức ăn.", "gồm: giống lợn; thức ăn."),
        ("gồm:\n• giống lợn,\n• thức ăn (cỏ, ngô)\n• chuồng nuôi.", "gồm: giống lợn, thức ăn (cỏ, ngô); chuồng nuôi."),
        ("gồm:\na) giống lợn;\nb) thức ăn.", "gồm: a) giống lợn; b) thức ăn."),
        ("giai đoạn 2021 -\n2030 ở vùng cao.", "giai đoạn 2021 - 2030 ở vùng cao."),
    ],
)
def test_sub_bullets_read_on_in_one_line(read: Read, written: str, expected: str) -> None:
    start = "Nghiên cứu phát triển chăn nuôi lợn bản địa của tỉnh theo hướng hàng hóa "
    found = read(f"- Nghiên cứu chọn tạo giống lúa.\n- {start}{written}\n- Nghiên cứu điều trị bệnh.\n")
    assert found.orientations[1].text == start + expected
    assert found.orientations[1].source.of(found.text) == f"- {start}{written}"
    assert len(found.orientations) == 3


def test_titles_above_lower_case_points_are_bullets(read: Read) -> None:
    found = read(
        "I. Chăn nuôi và thủy sản\n"
        "1) Giống vật nuôi và thức ăn:\n- chọn tạo dòng lợn, bò, dê năng suất cao;\n- thức ăn từ nguyên liệu trong nước.\n"
        "2) Nghiên cứu dịch bệnh động vật trên cạn:\n- lưu hành của vi rút dịch tả lợn;\n- phát triển vắc xin và kháng thể.\n"
    )
    assert [each.id for each in found.orientations] == ["1.1", "1.2"]
    assert found.orientations[0].text == (
        "Giống vật nuôi và thức ăn: chọn tạo dòng lợn, bò, dê năng suất cao; thức ăn từ nguyên liệu trong nước."
    )
    assert found.orientations[0].aspects == (
        "Giống vật nuôi và thức ăn",
        "chọn tạo dòng lợn, bò, dê năng suất cao",
        "thức ăn từ nguyên liệu trong nước",
    )


@pytest.mark.parametrize("heading", ["", "I. ĐỊNH HƯỚNG NGHIÊN CỨU\n", "I. ĐỊNH HƯỚNG\nA. Lĩnh vực nông nghiệp:\n"])
@pytest.mark.parametrize("mark", ["- ", "1. ", "a) ", "+ ", "• "])
def test_one_bullet(read: Read, heading: str, mark: str) -> None:
    text = "Nghiên cứu chọn tạo, nhân giống và xây dựng mô hình trồng cây Hồi năng suất cao của tỉnh."
    found = read(f"{heading}{mark}{text}\n\n{CLOSING}")
    assert [(each.id, each.text) for each in found.orientations] == [("1.1", text)]


def test_four_hundred_bullets_in_a_second(read: Read) -> None:
    crops = ("lúa", "ngô", "chè", "Hồi", "quýt", "na", "hồng", "sắn", "lạc", "đậu")
    places = ("vùng cao", "ven sông", "biên giới", "ngoại thành", "ven biển", "núi đá", "thung lũng", "bãi bồi")
    texts = [
        f"Nghiên cứu chọn tạo giống {crop} chịu hạn cho vùng {place}; xây dựng mô hình liên kết {kind} từ sản xuất "
        f"đến tiêu thụ, gắn với nhãn hiệu và truy xuất nguồn gốc của sản phẩm {crop}."
        for crop in crops
        for place in places
        for kind in ("hộ", "tổ", "hợp tác xã", "doanh nghiệp", "trang trại")
    ]
    fields = [texts[start : start + 40] for start in range(0, 400, 40)]
    body = "".join(
        f"{number}. Lĩnh vực thứ {number}:\n" + "".join(f"- {text}\n" for text in own)
        for number, own in enumerate(fields, start=1)
    )
    start = time.process_time()
    found = read(body)
    assert time.process_time() - start < 1
    assert [each.text for each in found.orientations] == texts
    assert [field.id for field in found.fields] == list(range(1, 11))
