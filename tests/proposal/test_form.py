"""Forms: every item finds its section, whichever way people fill them in."""

from pathlib import Path

import pytest

from matcher.proposal import read_form
from matcher.reading import read_document
from matcher.reading.drafting import DraftLine, assemble
from matcher.records import LineKind

FORM = Path(__file__).parents[1] / "data" / "proposals" / "phieu-de-xuat.txt"


def form_of(text, media="txt", **options):
    return read_form(assemble(Path("a.txt"), media, [DraftLine(line, **options) for line in text.split("\n")]))


def test_whole_form():
    form = read_form(read_document(FORM))
    assert form.sections == {
        "title": "Xây dựng mô hình nuôi cá lồng trên hồ chứa gắn với tiêu thụ sản phẩm qua hợp tác xã",
        "rationale": "Căn cứ đề xuất: Kế hoạch số 53/KH-UBND ngày 03/3/2023.\n"
        "- Tính cấp thiết: diện tích mặt nước chưa được khai thác, người dân nuôi tự phát.",
        "objective": "Nâng cao thu nhập cho hộ nuôi cá miền núi và vùng hồ.\n3.1. Mục tiêu cụ thể: 20 lồng, năng suất 15 kg/m3.",
        "results": "20 lồng nuôi; 01 quy trình.",
        "content": "1. Nội dung 1: Khảo sát vùng hồ.\n2. Nội dung 2: Chuyển giao kỹ thuật.",
        "budget": "900 triệu đồng",
    }
    assert form.extra == {
        "Khả năng ứng dụng": "Áp dụng cho các hồ chứa trong tỉnh.",
        "Địa chỉ ứng dụng": "Hợp tác xã thủy sản vùng hồ",
        "Thời gian thực hiện": "24 tháng",
    }
    assert form.filled.organisation == "Hợp tác xã thủy sản vùng hồ"
    assert [item.number for item in form.filled.items if item.present] == list(range(1, 11))


@pytest.mark.parametrize(
    ("contact", "proposer"),
    [
        ("Hợp tác xã Mẫu, điện thoại 0900 000 001", "Hợp tác xã Mẫu"),
        ("Tên tổ chức: Trường THPT Mẫu; thư điện tử mau@example.vn", "Trường THPT Mẫu"),
        ("Bà Mẫu, điện thoại 0900 000 001", None),  # a person: personal data
    ],
)
def test_who_proposes_is_the_organisation_of_the_contact_not_who_would_apply_the_results(contact, proposer):
    form = form_of(
        "1. Tên nhiệm vụ: Nuôi ong lấy mật\n2. Mục tiêu: Tăng thu nhập\n"
        f"7. Địa chỉ ứng dụng: Ủy ban nhân dân huyện Mẫu\n10. Địa chỉ liên hệ: {contact}"
    )
    assert form.sections.get("organisation") == proposer
    assert form.filled.organisation == "Ủy ban nhân dân huyện Mẫu"


@pytest.mark.parametrize(
    "text",
    [
        "1. Tên nhiệm vụ: Nuôi ong lấy mật",
        "1. Tên nhiệm vụ khoa học và công nghệ : Nuôi ong lấy mật.",
        "1. Tên nhiệm vụ KH&CN (ghi ngắn gọn): “Nuôi ong lấy mật”",
        "I. TÊN NHIỆM VỤ\nNuôi ong lấy mật",
        "1. Tên đề tài\n(Ghi đầy đủ tên đề tài)\nNuôi ong\nlấy mật",
        "Tên đề tài: Nuôi ong\nlấy mật\nLĩnh vực: Nông nghiệp",
        "Tên nhiệm vụ:\nNuôi ong lấy mật",
        "1. Tên dự án Nuôi ong lấy mật",
        "Đề tài: “Nuôi ong lấy mật”",
        "SỞ NÔNG NGHIỆP\nPHIẾU ĐỀ XUẤT NHIỆM VỤ\n1 . Tên nhiệm vụ: Nuôi ong lấy mật ………………",
    ],
)
def test_titles(text):
    assert form_of(text + "\n2. Mục tiêu: Tăng thu nhập").sections["title"] == "Nuôi ong lấy mật"


def test_form_in_a_table():
    text = "1 | Tên nhiệm vụ | Nuôi ong lấy mật\n2 | Mục tiêu: | Tăng thu nhập\nKinh phí | 500 triệu đồng"
    form = form_of(text, "docx", kind=LineKind.TABLE)
    assert form.sections == {"title": "Nuôi ong lấy mật", "objective": "Tăng thu nhập", "budget": "500 triệu đồng"}


def test_form_without_numbers():
    form = form_of(
        "Tên nhiệm vụ: Nuôi ong\nMục tiêu: Tăng thu nhập\nNội dung thực hiện:\n- Khảo sát\nKinh phí dự kiến: 500 triệu"
    )
    assert form.sections == {
        "title": "Nuôi ong",
        "objective": "Tăng thu nhập",
        "content": "Khảo sát",
        "budget": "500 triệu",
    }


def test_sentences_that_begin_like_items_stay_in_theirs():
    form = form_of(
        "1. Tên nhiệm vụ: Nuôi ong\n2. Mục tiêu: Tăng thu nhập\n3. Nội dung:\nKết quả khảo sát cho thấy nhu cầu lớn.\nMục tiêu: nêu ở trên.\n1. Mục tiêu của đợt một"
    )
    assert form.sections["objective"] == "Tăng thu nhập"
    assert "Kết quả khảo sát cho thấy nhu cầu lớn. Mục tiêu: nêu ở trên." in form.sections["content"]
    assert form.sections["content"].endswith("1. Mục tiêu của đợt một")


def test_contact_item_and_signature_are_not_kept():
    form = form_of(
        "1. Tên nhiệm vụ: Nuôi ong\n9. Kinh phí: 5 triệu\n10. Địa chỉ liên hệ: Đơn vị Mẫu\nsố nhà, điện thoại\nNgày 1 tháng 2 năm 2024\nTổ chức đề xuất"
    )
    assert form.sections == {"title": "Nuôi ong", "budget": "5 triệu"}
    assert not form.extra


def test_dates_within_sentences_do_not_end_the_form():
    form = form_of(
        "1. Tên nhiệm vụ: Nuôi ong\n2. Lý do đề xuất:\nQuyết định ngày 12 tháng 3 năm 2020 của tỉnh\nđã nêu nghề này.\n3. Mục tiêu: x"
    )
    assert form.sections["rationale"] == "Quyết định ngày 12 tháng 3 năm 2020 của tỉnh đã nêu nghề này."


def test_lines_after_the_signature_are_not_kept():
    assert form_of("Tên nhiệm vụ: Nuôi ong\nTổ chức đề xuất\nGiám đốc\nTên Người Ký").sections == {"title": "Nuôi ong"}


def test_empty_form_has_no_title():
    assert form_of("PHIẾU ĐỀ XUẤT\n1. Tên nhiệm vụ: ……………\n2. Mục tiêu: .........\n3. Nội dung:").sections == {}


def test_document_without_a_form():
    form = form_of(
        "ỦY BAN NHÂN DÂN XÃ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nXây dựng mô hình nuôi ong lấy mật tại xã\nHiện nay nghề nuôi ong chưa phát triển.",
        "docx",
    )
    assert form.sections == {
        "title": "Xây dựng mô hình nuôi ong lấy mật tại xã",
        "content": "Hiện nay nghề nuôi ong chưa phát triển.",
    }


def test_one_long_paragraph_gives_its_first_sentence_as_title_and_all_of_it_as_content():
    text = "Nghiên cứu nuôi ong lấy mật tại vùng cao. " + "Hộ dân có kinh nghiệm lâu năm. " * 20
    form = form_of(text, "docx")
    assert form.sections["title"] == "Nghiên cứu nuôi ong lấy mật tại vùng cao"
    assert form.sections["content"].startswith("Nghiên cứu nuôi ong lấy mật tại vùng cao. Hộ dân")


def test_heading_style_gives_the_title():
    drafts = [
        DraftLine("Lời mở đầu của tài liệu"),
        DraftLine("Nuôi ong lấy mật", heading=True),
        DraftLine("Thân bài dài hơn."),
    ]
    form = read_form(assemble(Path("a.docx"), "docx", drafts))
    assert form.sections["title"] == "Nuôi ong lấy mật"
    assert form.sections["content"] == "Lời mở đầu của tài liệu\nThân bài dài hơn."


def test_note_marks_are_no_part_of_words_but_powers_are():
    text = "1. Tên nhiệm vụ: 3Nuôi ong trên 50 m2"
    marks = ((17, 18), (len(text) - 1, len(text)))
    form = read_form(assemble(Path("a.docx"), "docx", [DraftLine(text, raised=marks)]))
    assert form.sections["title"] == "Nuôi ong trên 50 m2"


@pytest.mark.parametrize(
    "text",
    [
        "Mục tiêu thụ sản phẩm là chính",
        "- Mục tiêu: x",
        "3.1. Mục tiêu chung: x",
        "a) Mục tiêu: x",
        "Kết quả khảo sát cho thấy rằng các hộ đều có nhu cầu rất lớn về giống",
    ],
)
def test_lines_that_open_no_item(text):
    form = form_of(
        f"1. Tên nhiệm vụ: Nuôi ong\n2. Lý do đề xuất: x\n5. Nội dung: Khảo sát\n{text}\n8. Thời gian: 24 tháng"
    )
    assert [item.number for item in form.filled.items if item.present] == [1, 2, 5, 8]
