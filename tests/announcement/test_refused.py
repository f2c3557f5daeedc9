"""What is no announcement gets one clear line; no text whatever makes the reader stumble."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.announcement import read_announcement
from matcher.errors import AnnouncementError, InputError, ReadError
from matcher.records import Document, Line, Span
from matcher.settings import resource_dir

NOVEL = """CHƯƠNG MỘT

Buổi sáng hôm ấy trời mưa. Ông lão ngồi bên hiên nhà nhìn ra con sông, nơi những chiếc thuyền
đang xuôi về phía chợ.

- Bác có nghe thấy gì không? - người thanh niên hỏi.
- Không - ông đáp - chỉ có tiếng mưa thôi.
- Vậy mà cháu cứ tưởng có ai gọi.

Họ im lặng một lúc lâu.

1. Bến sông

Con thuyền cuối cùng đã đi khỏi.
"""
PRICES = """BẢNG GIÁ VẬT TƯ NÔNG NGHIỆP
1. Phân bón NPK 16-16-8: 850.000 đồng/bao
2. Thuốc trừ sâu sinh học: 120.000 đồng/chai
3. Giống lúa thuần: 25.000 đồng/kg
- Giá đã gồm thuế.
- Giao hàng tận nơi.
"""
NEWS = """Sở Khoa học và Công nghệ thông báo định hướng nghiên cứu năm tới

Sáng nay, Sở Khoa học và Công nghệ tổ chức họp báo về định hướng đề xuất nhiệm vụ khoa học và công nghệ.
Theo đó, tỉnh sẽ ưu tiên các nghiên cứu về nông nghiệp công nghệ cao, y tế và chuyển đổi số.
Lãnh đạo Sở cho biết các tổ chức, cá nhân có thể gửi đề xuất trong vòng hai tháng.
"""
FORM = """PHIẾU ĐỀ XUẤT ĐẶT HÀNG NHIỆM VỤ KHOA HỌC VÀ CÔNG NGHỆ
1. Tên nhiệm vụ khoa học và công nghệ:
2. Lý do đề xuất
- Căn cứ đề xuất:
- Tính cấp thiết:
3. Mục tiêu:
4. Yêu cầu các kết quả chính:
5. Các nội dung chính:
"""
MINUTES = """BIÊN BẢN HỌP
I. Thành phần
- Lãnh đạo phòng: 02 người.
- Chuyên viên các bộ phận.
II. Nội dung
- Nghiên cứu, đề xuất lịch trực dịp nghỉ lễ của cơ quan.
- Xây dựng kế hoạch mua sắm văn phòng phẩm quý IV.
III. Kết luận
- Các bộ phận thực hiện nghiêm túc.
"""
APPROVED = """QUYẾT ĐỊNH
Về việc công nhận sáng kiến cấp cơ sở
Điều 1. Công nhận các sáng kiến sau:
1. Cải tiến máy tách hạt của Trường tiểu học.
2. Phần mềm quản lý thư viện.
Điều 2. Quyết định có hiệu lực kể từ ngày ký.
"""
ONLY_PREAMBLE = """THÔNG BÁO
Định hướng đề xuất nhiệm vụ khoa học và công nghệ năm 2025
Thực hiện Kế hoạch số 5/KH-UBND ngày 05/01/2024 của UBND tỉnh A về phát triển nông nghiệp;
Sở Khoa học và Công nghệ tỉnh A thông báo như sau:
"""


@pytest.mark.parametrize("text", [NOVEL, PRICES, NEWS, FORM, MINUTES, APPROVED, ONLY_PREAMBLE])
def test_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "other.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AnnouncementError) as refusal:
        read_announcement(path)
    message = str(refusal.value)
    assert "\n" not in message
    assert "other.txt" in message
    assert "thông báo định hướng" in message


def test_the_form_and_the_preamble_alone_are_refused(tmp_path: Path) -> None:
    text = (resource_dir("corpus") / "lang-son-2025" / "announcement.txt").read_text(encoding="utf-8")
    for part in (text[text.index("MẪU PHIẾU") :], text[: text.index("I. YÊU CẦU")]):
        path = tmp_path / "part.txt"
        path.write_text(part, encoding="utf-8")
        with pytest.raises(AnnouncementError):
            read_announcement(path)


def test_empty_file_and_folder(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    with pytest.raises(ReadError):
        read_announcement(empty)
    with pytest.raises(InputError):
        read_announcement(tmp_path)


def document(text: str) -> Document:
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append(Line(Span(at, at + len(line))))
        at += len(line) + 1
    return Document("made.txt", "txt", text, tuple(lines))


HEAD = "THÔNG BÁO\nĐịnh hướng đề xuất nhiệm vụ khoa học và công nghệ\nSở A thông báo như sau:\n"
PIECES = st.sampled_from(
    [
        "I. Lĩnh vực nông nghiệp", "1. Lĩnh vực y tế:", "- Nghiên cứu giống lúa mới", "- 1Ứng dụng vật liệu mới", "a) ", "- 2030;", "+ xây dựng mô hình",
        "1 Kế hoạch số 5/KH-UBND ngày 5/5/2023", "[2] Quyết định số 7/QĐ-UBND", "(3)", "CHÚ THÍCH", "1. Kế hoạch", "Nơi nhận:", "PHỤ LỤC", "PHIẾU ĐỀ XUẤT",
        "trên địa bàn tỉnh [1]", "7", "Lưu ý: Ngoài các định hướng", "Trang 3/4", "", " ", "|", "ngày 31/02/2023", "Kế hoạch số 9/KH-UBND ngày 99/99/9999", "gồm:",
        "II. ", "ĐỊNH HƯỚNG", "NÔNG NGHIỆP", "STT | Nội dung", "1 | Nghiên cứu giống lúa mới |", "2  Nuôi biển xa bờ", "A.1.1. Nuôi tôm",
        "Định hướng 2: Nuôi tôm sú", "\ue000", "\ue00012\ue001", "²", "- " * 30, "Trước ngày 30/4", "1.1.1.1.1. X",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=40)), max_size=25))
def test_any_lines_are_read_or_refused(lines: list[str]) -> None:
    text = HEAD + "\n".join(line.replace("\n", " ") for line in lines)
    source = document(text)
    try:
        announcement = read_announcement(source)
    except AnnouncementError:
        return
    assert announcement.orientations
    assert [each.id for each in announcement.orientations] == list(
        dict.fromkeys(each.id for each in announcement.orientations)
    )
    for orientation in announcement.orientations:
        assert orientation.source.of(text)
        assert "\ue000" not in orientation.text and "\n" not in orientation.text
        for citation in orientation.citations:
            assert announcement.plan(citation.plan) is not None
    assert read_announcement(source) == announcement


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "I. Lĩnh vực A\n" + "\n".join(f"- Nghiên cứu giống cây trồng số {i} của tỉnh" for i in range(1500)),
        HEAD + "- Nghiên cứu lúa (a; " * 8000,
        "THÔNG BÁO\nĐề xuất nhiệm vụ khoa học\n"
        + "Thực hiện Kế hoạch số 5/KH-UBND ngày 5/5/2023 của UBND tỉnh về lúa;\n" * 1500
        + "Sở A thông báo như sau:\n- Nghiên cứu giống lúa mới",
    ],
    ids=["bullets", "brackets", "plans"],
)
def test_long_documents_take_time_in_proportion(text: str) -> None:
    start = time.process_time()
    assert read_announcement(document(text)).orientations
    assert time.process_time() - start < 3
