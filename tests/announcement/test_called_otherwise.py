"""Announcements that word or letter their parts otherwise (all synthetic): noun phrases, capitals, letters, offices."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.announcement import read_announcement
from matcher.errors import AnnouncementError
from matcher.records import Announcement

HEAD = """THÔNG BÁO
Định hướng đề xuất nhiệm vụ khoa học và công nghệ năm 2025

Sở Khoa học và Công nghệ tỉnh A thông báo như sau:

"""
LIST = "- Nghiên cứu chọn tạo giống lúa chịu hạn.\n- Nghiên cứu điều trị bệnh sốt xuất huyết.\n"

Read = Callable[..., Announcement]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_text(body: str, head: str = HEAD) -> Announcement:
        path = tmp_path / "announcement.txt"
        path.write_text(head + body, encoding="utf-8")
        return read_announcement(path)

    return read_text


# ------------------------------------------------------------------------------------------------ noun phrases


def test_bullets_may_be_noun_phrases_or_open_with_any_verb(read: Read) -> None:
    texts = [
        "Giống lúa chịu mặn và canh tác tôm – lúa",
        "Nuôi biển xa bờ và kinh tế hợp tác của ngư dân",
        "Giữ nghề dệt truyền thống của các làng ven sông",
        "Dạy và học tiếng mẹ đẻ của đồng bào dân tộc thiểu số",
        "Nước ngầm và sụt lún ở vùng ven biển",
    ]
    found = read("I. ĐỊNH HƯỚNG\n1. Lĩnh vực nông nghiệp:\n" + "\n".join(f"- {text}" for text in texts))
    assert [each.text for each in found.orientations] == texts


@pytest.mark.parametrize(
    "text",
    [
        "BIÊN BẢN HỌP\nVề định hướng đề xuất nhiệm vụ khoa học và công nghệ\nI. Thành phần\n- Lãnh đạo phòng: 02 người.\n"
        "- Chuyên viên các bộ phận của cơ quan.\nII. Nội dung\n- Trao đổi về lịch họp hội đồng quý tới.\n",
        "THÔNG BÁO\nLịch tiếp công dân năm 2025\nVăn phòng thông báo như sau:\n- Sáng thứ hai: tại phòng họp tầng một.\n"
        "- Chiều thứ năm: phòng tiếp dân của Sở.\n",
        "THÔNG BÁO\nĐịnh hướng đề xuất nhiệm vụ khoa học và công nghệ\nSở A thông báo như sau:\n- Lúa\n- Ngô\n- Sắn lạc\n",
        "THÔNG BÁO\nKết luận của Giám đốc Sở tại cuộc họp về định hướng đề xuất nhiệm vụ khoa học và công nghệ năm 2025\n"
        "Giám đốc Sở kết luận như sau:\n1. Giao Phòng Quản lý khoa học rà soát danh mục.\n2. Các phòng phối hợp chặt chẽ.\n",
        "THÔNG BÁO\nKết quả xét chọn đề xuất nhiệm vụ khoa học và công nghệ năm 2025\nSở A thông báo danh sách đề xuất không được "
        "ưu tiên như sau:\n1. Trồng sâm dưới tán rừng của hợp tác xã A.\n2. Nuôi cá lồng trên hồ của hộ ông B.\n",
        "THÔNG BÁO\nVề việc dự tập huấn viết đề xuất nhiệm vụ khoa học và công nghệ\nSở A đề nghị các đơn vị như sau:\n"
        "- Thành phần: mỗi đơn vị 02 người\n- Địa điểm: hội trường tầng 2 trụ sở\n",
    ],
    ids=["minutes", "timetable", "single words", "conclusions", "results", "training"],
)
def test_what_calls_for_nothing_is_still_refused(read: Read, text: str) -> None:
    with pytest.raises(AnnouncementError):
        read(text, head="")


# ------------------------------------------------------------------------------------------------ exception


@pytest.mark.parametrize(
    "clause",
    [
        "Đề xuất không thuộc các chương trình nêu trên chỉ được tiếp nhận khi thật sự cấp bách.",
        "Đề xuất không thuộc các chương trình nêu trên có thể được xem xét nếu rất cần thiết.",
        "Nhiệm vụ ngoài các nhóm nhiệm vụ trên chỉ được nhận khi có ý kiến của Ủy ban nhân dân tỉnh.",
        "Ngoài các nhóm nội dung trên, Sở xem xét nhiệm vụ phát sinh cấp bách.",
        "Với đề xuất ngoài các chương trình trên, hội đồng chỉ xem xét khi có văn bản của sở quản lý ngành.",
        "Đề xuất nằm ngoài những nhóm định hướng trên chỉ xem xét khi rất cần thiết và cấp bách.",
        "Đề xuất không nằm trong các nhóm nêu trên chỉ được tiếp nhận khi có nơi đặt hàng.",
        "Các đề xuất khác chỉ được tiếp nhận khi thật sự cấp bách.",
    ],
)
@pytest.mark.parametrize("opening", ["", "Lưu ý: ", "* Ghi chú: ", "- "])
def test_exception_however_worded(read: Read, clause: str, opening: str) -> None:
    found = read(f"I. ĐỊNH HƯỚNG\n{LIST}\n{opening}{clause}\n")
    assert found.exception == (opening + clause).lstrip("*- ")
    assert len(found.orientations) == 2


@pytest.mark.parametrize(
    "clause",
    [
        "Đề xuất không thuộc các chương trình nêu trên sẽ không được xem xét.",
        "Ngoài các định hướng trên, Sở không tiếp nhận đề xuất khác.",
    ],
)
def test_a_clause_that_shuts_others_out_is_no_exception(read: Read, clause: str) -> None:
    found = read(f"I. ĐỊNH HƯỚNG\n{LIST}\nLưu ý: {clause}\n")
    assert found.exception == ""
    assert len(found.orientations) == 2


def test_bullets_about_work_outside_programmes_stay_bullets(read: Read) -> None:
    bullets = [
        "- Xây dựng hoạt động trải nghiệm ngoài các chương trình chính khóa, đề xuất giải pháp cho trường vùng cao.",
        "- Nghiên cứu lao động ngoài các nhóm nghề được đào tạo, đề xuất chính sách hỗ trợ.",
    ]
    found = read("I. ĐỊNH HƯỚNG\n" + "\n".join(bullets))
    assert len(found.orientations) == 2
    assert found.exception == ""


# ------------------------------------------------------------------------------------------------ capitals


CAPITALS = [
    "II. ĐỊNH HƯỚNG ĐỀ XUẤT\nNÔNG NGHIỆP\n{}Y TẾ\n{}",
    "II. ĐỊNH HƯỚNG ĐỀ XUẤT\n\nNÔNG NGHIỆP\n\n{}\nY TẾ\n\n{}",
    "ĐỊNH HƯỚNG ĐỀ XUẤT\nNÔNG NGHIỆP\n{}Y TẾ\n{}",
    "CÁC ĐỊNH HƯỚNG NGHIÊN CỨU ƯU TIÊN\n\nNÔNG NGHIỆP\n\n{}\nY TẾ\n\n{}",
    "PHẦN II: ĐỊNH HƯỚNG ĐỀ XUẤT NHIỆM VỤ KHOA HỌC VÀ CÔNG NGHỆ\nCẤP TỈNH NĂM 2025\nNÔNG NGHIỆP\n{}Y TẾ\n{}",
    "II. ĐỊNH HƯỚNG ĐỀ XUẤT NHIỆM VỤ KHOA HỌC, CÔNG NGHỆ VÀ\nĐỔI MỚI SÁNG TẠO\n\nNÔNG NGHIỆP\n{}\nY TẾ\n{}",
]


@pytest.mark.parametrize("layout", CAPITALS)
def test_a_field_in_capitals_right_below_a_title_in_capitals(read: Read, layout: str) -> None:
    found = read(layout.format(LIST, LIST))
    assert [field.name for field in found.fields] == ["NÔNG NGHIỆP", "Y TẾ"]
    assert [each.id for each in found.orientations] == ["1.1", "1.2", "2.1", "2.2"]


def test_names_in_capitals_may_run_over_two_lines(read: Read) -> None:
    found = read(
        f"II. ĐỊNH HƯỚNG ĐỀ XUẤT\nNÔNG NGHIỆP, LÂM NGHIỆP, THỦY SẢN VÀ\nPHÁT TRIỂN NÔNG THÔN\n{LIST}"
        f"KHOA HỌC XÃ HỘI\nVÀ NHÂN VĂN\n{LIST}"
    )
    assert [field.name for field in found.fields] == [
        "NÔNG NGHIỆP, LÂM NGHIỆP, THỦY SẢN VÀ PHÁT TRIỂN NÔNG THÔN",
        "KHOA HỌC XÃ HỘI VÀ NHÂN VĂN",
    ]


# ------------------------------------------------------------------------------------------------ letters


@pytest.mark.parametrize("letters", ["ABCDE", "ABCDĐE", "ABCDEG", "ABCDEFGH", "ABCDĐEGH", "abcde", "abcdđe"])
@pytest.mark.parametrize("end", [".", ""])
def test_letters_with_and_without_the_barred_d(read: Read, letters: str, end: str) -> None:
    bullets = "- Nghiên cứu chọn tạo giống lúa chịu hạn" + end + "\n"
    body = "".join(f"{letter}{')' if letter.islower() else '.'} Lĩnh vực {letter}\n{bullets}" for letter in letters)
    found = read("II. ĐỊNH HƯỚNG\n" + body)
    assert [each.id for each in found.orientations] == [f"{place}.1" for place in range(1, len(letters) + 1)]
    assert [each for each in found.integrity if each.code == "numbering_gap"] == []


@pytest.mark.parametrize(("letters", "where"), [("ABD", "3"), ("ABCĐ", "4"), ("ABCE", "4"), ("ABB", "3")])
def test_letters_left_out_are_named(read: Read, letters: str, where: str) -> None:
    body = "".join(f"{letter}. Lĩnh vực số {place}\n{LIST}" for place, letter in enumerate(letters))
    found = read("II. ĐỊNH HƯỚNG\n" + body)
    assert [each.where for each in found.integrity if each.code == "numbering_gap"] == [where]


# ------------------------------------------------------------------------------------------------ offices


@pytest.mark.parametrize(
    "requirement",
    [
        "Có cam kết của nơi nhận về kinh phí hỗ trợ và việc sử dụng kết quả.",
        "Nêu rõ đơn vị phối hợp, nơi nhận kết quả: kinh phí hỗ trợ, mặt bằng và nhân lực.",
        "Ghi rõ địa chỉ tiếp nhận kết quả và kinh phí hỗ trợ của đơn vị.",
    ],
)
@pytest.mark.parametrize("heading", ["I. YÊU CẦU ĐỐI VỚI ĐỀ XUẤT\n", "Yêu cầu chung:\n"])
def test_an_office_inside_a_requirement_is_not_the_receiving_office(read: Read, requirement: str, heading: str) -> None:
    body = f"{heading}- {requirement}\n- Tính mới.\nII. ĐỊNH HƯỚNG\n{LIST}"
    assert read(body).receiving_office == ""
    closing = "III. HỒ SƠ\nHồ sơ gửi về Phòng Quản lý khoa học, số 1 phố B trước ngày 15/7/2025.\n"
    assert read(body + closing).receiving_office.startswith("Phòng Quản lý khoa học, số 1 phố B")


LETTERHEADS = [
    ("BAN KHOA HỌC, CÔNG NGHỆ VÀ\nĐỔI MỚI SÁNG TẠO\n", "Ban Khoa học, Công nghệ và Đổi mới sáng tạo"),
    (
        "BAN KHOA HỌC, CÔNG NGHỆ VÀ          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "ĐỔI MỚI SÁNG TẠO                    Độc lập - Tự do - Hạnh phúc\n",
        "Ban Khoa học, Công nghệ và Đổi mới sáng tạo",
    ),
    ("ĐẠI HỌC VÙNG A\nBAN KHOA HỌC, CÔNG NGHỆ VÀ\nĐỔI MỚI SÁNG TẠO\n", "Ban Khoa học, Công nghệ và Đổi mới sáng tạo"),
    ("UBND TỈNH HÀ A\nSỞ KHOA HỌC\nVÀ CÔNG NGHỆ\n", "Sở Khoa học và Công nghệ tỉnh Hà A"),
    ("ỦY BAN NHÂN DÂN\nTỈNH HÀ A\nSỞ KHOA HỌC VÀ CÔNG NGHỆ\n", "Sở Khoa học và Công nghệ tỉnh Hà A"),
]


@pytest.mark.parametrize(("letterhead", "issuer"), LETTERHEADS)
def test_an_issuer_on_two_lines(read: Read, letterhead: str, issuer: str) -> None:
    found = read(
        f"{letterhead}Số: 12/TB-KHCN\nHà A, ngày 05 tháng 3 năm 2025\n\nTHÔNG BÁO\nĐịnh hướng đề xuất nhiệm vụ khoa học\n\n"
        f"Nội dung như sau:\nI. ĐỊNH HƯỚNG\n{LIST}",
        head="",
    )
    assert found.issuer == issuer
