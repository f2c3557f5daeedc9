"""The grammar of marks, numbers and dates, aspects and spelling, in small."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from matcher.announcement.aspects import aspects_of
from matcher.announcement.footnotes import Note, join, mark_references, marks_in, without_marks
from matcher.announcement.letterhead import spoken
from matcher.announcement.marks import read_mark
from matcher.announcement.numbers import NUMBER, canonical, find_dates, kind_of, same_number
from matcher.announcement.plans import inline_mentions, mention_in, note_mentions
from matcher.announcement.rows import Row
from matcher.announcement.spelling import suspected_in


@pytest.mark.parametrize(
    ("text", "style", "ordinal"),
    [
        ("- Nghiên cứu", "dash:line", 0),
        ("–Nghiên cứu", "dash:line", 0),
        ("• Nghiên cứu", "dash:dot", 0),
        ("+ Nghiên cứu", "plus", 0),
        ("1. Lĩnh vực", "number", 1),
        ("12.Lĩnh vực", "number", 12),
        ("2.14. Nghiên cứu", "number2", 14),
        ("2.1.3 Nghiên cứu", "number3", 3),
        ("3) Nghiên cứu", "bracket", 3),
        ("(b) Nghiên cứu", "paren", 2),
        ("đ) Nghiên cứu", "lower", 5),
        ("B. Lĩnh vực", "upper", 2),
        ("IV. LĨNH VỰC", "roman", 4),
        ("PHẦN II. ĐỊNH HƯỚNG", "part", 2),
    ],
)
def test_marks(text: str, style: str, ordinal: int) -> None:
    mark = read_mark(text)
    assert mark is not None
    assert (mark.style, mark.ordinal) == (style, ordinal)


@pytest.mark.parametrize(
    "text", ["Nghiên cứu", "4.0 trong các cơ quan", "15/5/2024", "2030, tầm nhìn", "53/KH-UBND", "-"]
)
def test_no_marks(text: str) -> None:
    assert read_mark(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Kế hoạch số 53/KH-UBND", "53/KH-UBND"),
        ("Nghị quyết số 95-NQ/TU ngày", "95-NQ/TU"),
        ("số 47/2018/QĐ-UBND ngày", "47/2018/QĐ-UBND"),
        ("số 53 / KH – UBND", "53/KH-UBND"),
        ("Luật số 29/2013/QH13", "29/2013/QH13"),
        ("Nghị quyết số 14/NQ-HĐND", "14/NQ-HĐND"),
    ],
)
def test_numbers(text: str, number: str) -> None:
    found = NUMBER.search(text)
    assert found is not None
    assert canonical(found) == number


def test_numbers_compare_without_leading_zeros() -> None:
    assert same_number("09/KH-UBND") == same_number("9/KH-UBND")
    assert same_number("9/KH-UBND") != same_number("90/KH-UBND")
    assert kind_of("2591/QĐ-UBND") == "Quyết định"
    assert kind_of("52-CTr/TU") == "Chương trình"


def test_dates() -> None:
    text = "ngày 03/3/2023, 3-3-2023, ngày 03 tháng 3 năm 2023, 31/02/2023, 1/2/3"
    assert [found.value for found in find_dates(text)] == [date(2023, 3, 3)] * 3 + [None]


def test_a_plan_issued_with_a_decision() -> None:
    mention = mention_in(
        "Chương trình phát triển chăn nuôi giai đoạn 2021-2030, ban hành kèm theo Quyết định số 7/QĐ-UBND ngày 04/01/2022 của UBND tỉnh A;"
    )
    assert mention is not None
    assert (mention.number, mention.kind, mention.date) == ("7/QĐ-UBND", "Quyết định", date(2022, 1, 4))
    assert mention.title == "Chương trình phát triển chăn nuôi giai đoạn 2021-2030"
    assert mention.issuer == "UBND tỉnh A"


def test_notes_name_their_heads_only() -> None:
    body = "Kế hoạch số 5/KH-UBND ngày 05/01/2024 về việc thực hiện Nghị quyết số 9-NQ/TU; Quyết định số 6/QĐ-UBND"
    assert [mention.number for mention in note_mentions(body)] == ["5/KH-UBND", "6/QĐ-UBND"]
    assert note_mentions("Gồm các huyện vùng cao của tỉnh.") == []


def test_numbers_that_name_no_plan() -> None:
    assert inline_mentions("sản xuất 3-MCPD, phủ sóng 4/G, tỷ lệ 1/500, tiêu chuẩn TCVN 11041-2") == []


def test_marks_of_notes() -> None:
    notes = [Note(number, "Kế hoạch số 5/KH-UBND", 0, 0) for number in (1, 2, 3)]
    rows = [
        Row(text, 0, 0)
        for text in ("- 1Nghiên cứu lúa", "- 5G cho nông thôn", "- Ứng dụng enzym [2], [3].", "- Cây xuất khẩu2.")
    ]
    marked = mark_references(rows, notes)
    assert [marks_in(row.text) for row in marked] == [[1], [], [2, 3], []]
    assert [without_marks(row.text) for row in marked] == [
        "- Nghiên cứu lúa",
        "- 5G cho nông thôn",
        "- Ứng dụng enzym.",
        "- Cây xuất khẩu2.",
    ]


def test_lines_join_at_hyphens() -> None:
    assert join(["giai đoạn 2021-", "2030"]) == "giai đoạn 2021-2030"
    assert join(["giai đoạn 2021 -", "2030"]) == "giai đoạn 2021 - 2030"


def test_aspects() -> None:
    assert aspects_of("Nghiên cứu giống lúa mới. Xây dựng mô hình canh tác; hợp tác.") == (
        "Nghiên cứu giống lúa mới",
        "Xây dựng mô hình canh tác; hợp tác",
    )
    assert aspects_of("Nghiên cứu nguồn gen quý (lúa; ngô; khoai) của địa phương") == (
        "Nghiên cứu nguồn gen quý (lúa; ngô; khoai) của địa phương",
    )
    assert aspects_of("") == ()
    text = "Nghiên cứu chăn nuôi bền vững: giống lợn bản địa quý; thức ăn từ phụ phẩm."
    assert aspects_of(text, [text.index("giống"), text.index("thức")]) == (
        "Nghiên cứu chăn nuôi bền vững",
        "giống lợn bản địa quý",
        "thức ăn từ phụ phẩm",
    )


def test_bodies_in_capitals_are_spoken() -> None:
    assert spoken("SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH HÀ A") == "Sở Khoa học và Công nghệ tỉnh Hà A"
    assert spoken("Sở Khoa học") == "Sở Khoa học"


def test_spelling_is_cautious() -> None:
    assert suspected_in("phát triển dịch vụ logictics cho thanh nhiên vùng cao") == [
        ("thanh nhiên", "thanh niên"),
        ("logictics", "logistics"),
    ]
    assert suspected_in("Nghiên cứu quy trình trồng cây dược liệu dưới tán rừng, sử dụng nước mặt của tỉnh") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bảo tồn các giống vật nuôi quý hiểm, đặc sản", [("quý hiểm", "quý hiếm")]),
        ("chống hàng giải, hàng nhái", [("hàng giải", "hàng giả")]),
        ("nghiên cứu cở sở khoa học", [("cở sở", "cơ sở")]),
        ("tổ hợp tác, tổ nhóm sản xuất do người dân làm chủ", []),
        ("dịch hại trên cây ăn trái và tuyến trùng", []),
        ("tái canh, cải tạo lại vườn; phục hồi thảm cỏ biển; hệ thống trại giống", []),
        ("phân hữu cơ vi sinh Quả cầu xanh; đo lượng đạm; giá 3 triệu đồng; ba xã vùng biên", []),
    ],
)
def test_spelling_names_slips_in_everyday_words_alone(text: str, expected: list[tuple[str, str]]) -> None:
    assert suspected_in(text) == expected


def test_a_word_used_elsewhere_in_the_text_is_expected() -> None:
    assert suspected_in("chế biến sa nhấn") == []
    assert suspected_in("trồng sa nhân dưới tán rừng; chế biến sa nhấn") == [("sa nhấn", "sa nhân")]


def test_the_word_list_is_read_without_its_package() -> None:
    code = (
        "import sys; from matcher.announcement.spelling import suspected_in; suspected_in('quý hiểm'); "
        "sys.exit(bool({'torch', 'underthesea', 'numpy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
