"""Forms as people really fill them in, read by eye: numbering, wording, order, spelling, layout; and other templates."""

from pathlib import Path

import pytest

from matcher.proposal import read_form
from matcher.reading.drafting import DraftLine, assemble
from matcher.records import Form, FormItem, LineKind

#: What the forms below hold, item by item; an item left out is missing from the form.
FILLED = {
    1: "Nuôi ong lấy mật tại vùng cao",
    2: "Người dân thiếu việc làm.",
    3: "Tăng thu nhập cho 20 hộ.",
    4: "01 quy trình; 20 đàn ong.",
    5: "Khảo sát; tập huấn.",
    6: "Áp dụng được ở các xã.",
    7: "Hợp tác xã Mẫu (giả định)",
    8: "24 tháng",
    9: "1.200 triệu đồng",
}
CONTACT = "Hợp tác xã Mẫu (giả định), điện thoại 0900 000 001, thư mau@example.vn"
CLOSING = """
Hợp tác xã cam kết có phương án ứng dụng kết quả tạo ra khi nhiệm vụ hoàn thành.
Lạng Sơn, ngày 10 tháng 5 năm 2024
TỔ CHỨC, CÁ NHÂN ĐỀ XUẤT
"""

SHORT = (
    "Tên nhiệm vụ", "Lý do đề xuất", "Mục tiêu", "Kết quả và chỉ tiêu cần đạt", "Nội dung thực hiện",
    "Khả năng ứng dụng", "Địa chỉ ứng dụng", "Thời gian thực hiện", "Kinh phí", "Địa chỉ liên hệ",
)  # fmt: skip
OWN = (
    "Tên đề tài", "Tính cấp thiết", "Mục tiêu nghiên cứu", "Sản phẩm dự kiến", "Nội dung nghiên cứu chính",
    "Khả năng áp dụng", "Đơn vị tiếp nhận kết quả", "Tiến độ", "Kinh phí dự kiến", "Thông tin liên hệ",
)  # fmt: skip
MISSPELT = (
    "Tên nhiêm vu", "Lí do đề xuât", "Mục tiu", "Kêt quả và chỉ tiêu cần đat", "Nội dug thực hiện",
    "Khả năng ưng dụng", "Địa chỉ ứng dụg", "Thời gian thục hiện", "Kinh phi", "Đia chỉ liên hê",
)  # fmt: skip
BARE = (
    "Ten nhiem vu", "Ly do de xuat", "Muc tieu", "Yeu cau cac ket qua chinh", "Cac noi dung chinh can thuc hien",
    "Kha nang ung dung", "Du kien to chuc, co quan ung dung", "Yeu cau ve thoi gian thuc hien",
    "Du kien nhu cau kinh phi", "Dia chi lien he",
)  # fmt: skip
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
LETTERS = "abcdeghikl"


def read(text, media="docx", template=None):
    drafts = [
        DraftLine(line, kind=LineKind.TABLE if " | " in line else LineKind.BODY) for line in text.strip().split("\n")
    ]
    return read_form(assemble(Path("a.docx"), media, drafts), template)


def found(form):
    return {item.number: item.text for item in form.filled.items if item.present and item.number != 10}


def lines(headings, pattern, order=range(1, 11)):
    texts = {**FILLED, 10: CONTACT}
    rows = [
        pattern.format(n=n, roman=ROMAN[n - 1], letter=LETTERS[n - 1], name=headings[n - 1], text=texts[n])
        for n in order
    ]
    return "PHIẾU ĐỀ XUẤT ĐẶT HÀNG\n" + "\n".join(rows) + CLOSING


@pytest.mark.parametrize("headings", [SHORT, OWN, MISSPELT, BARE], ids=["short", "own", "misspelt", "bare"])
@pytest.mark.parametrize(
    "pattern",
    [
        "{n}. {name}: {text}",
        "{n}. {name}\n{text}",
        "{n}) {name}: {text}",
        "{roman}. {name}:\n{text}",
        "Mục {n}: {name}: {text}",
        "Câu {n}. {name}\n{text}",
        "{letter}) {name}: {text}",
        "{name}: {text}",
        "{name}\n{text}",
        "- {name}: {text}",
        "({n}) {name} (ghi rõ): {text}",
        "1. {name}: {text}",
        "{n} | {name} | {text}",
        "{name} | {text}",
        "{n}. {name}: | {text}",
        "{n} | {name}: {text}",
        "* {n}/ {name} : {text}",
    ],
)
def test_numbering_and_layout(pattern, headings):
    form = read(lines(headings, pattern))
    assert found(form) == FILLED
    filled = form.filled
    assert (filled.months, filled.budget_vnd, filled.committed) == (24, 1_200_000_000, True)
    assert filled.sent.isoformat() == "2024-05-10"
    assert (filled.contact.telephone, filled.contact.email) == ("0900 000 001", "mau@example.vn")


@pytest.mark.parametrize("order", [(1, 3, 5, 4, 2, 8, 9, 6, 7, 10), (10, 1, 2, 3, 5, 4, 6, 7, 9, 8)])
@pytest.mark.parametrize("pattern", ["{n}. {name}: {text}", "{name}:\n{text}"])
def test_any_order(pattern, order):
    assert found(read(lines(SHORT, pattern, order))) == FILLED


@pytest.mark.parametrize("missing", range(1, 11))
@pytest.mark.parametrize("pattern", ["{n}. {name}: {text}", "{name}: {text}", "{n}. {name}\n{text}"])
def test_missing_item_takes_nothing_from_the_others(pattern, missing):
    order = [n for n in range(1, 11) if n != missing]
    form = read(lines(SHORT, pattern, order))
    assert found(form) == {n: text for n, text in FILLED.items() if n != missing}
    assert form.filled.item(missing).present is False


def test_all_in_one_paragraph():
    glued = "".join(
        f"{n}. {name}: {text.rstrip('.')}."
        for n, (name, text) in enumerate(zip(SHORT, FILLED.values(), strict=False), 1)
    )
    form = read(glued)
    assert {n: text.rstrip(".") for n, text in found(form).items()} == {n: t.rstrip(".") for n, t in FILLED.items()}


def test_own_item_shifts_the_numbers_and_keeps_its_text():
    text = lines(SHORT, "{n}. {name}: {text}", range(1, 6)).removesuffix(CLOSING)
    later = [f"{n + 1}. {SHORT[n - 1]}: {({**FILLED, 10: CONTACT})[n]}" for n in range(6, 11)]
    form = read("\n".join([text, "6. Phương án phối hợp: Phối hợp với Hội Nông dân.", *later]) + CLOSING)
    assert found(form) == FILLED
    assert form.extra["Phương án phối hợp"] == "Phối hợp với Hội Nông dân."


def test_item_under_words_that_nobody_foresaw():
    text = lines(SHORT, "{n}. {name}: {text}").replace("4. Kết quả và chỉ tiêu cần đạt", "4. Các con số phải có")
    assert found(read(text)) == FILLED


BODY = (
    "Mục tiêu của kế hoạch 53 là phát triển chăn nuôi.",
    "nội dung 1: điều tra hộ nuôi.",
    "5.1. Nội dung thứ nhất: khảo sát.",
    "1. Khảo sát hiện trạng tại các xã.",
    "2. Mục tiêu thụ được ong giống là chính.",
    "Mục tiêu: như đã nêu ở trên.",
    "- Kết quả: báo cáo.",
    "Kinh phí hằng năm do xã chi.",
    "a) Thời gian làm việc ngoài trời.",
)


@pytest.mark.parametrize("sentence", BODY)
@pytest.mark.parametrize("after", ["2", "5", "6"])
def test_sentences_like_headings_stay_in_the_body(after, sentence):
    head = f"{after}. {SHORT[int(after) - 1]}:"
    form = read(lines(SHORT, "{n}. {name}: {text}").replace(head, f"{head} Mở đầu.\n{sentence}\n"))
    expected = dict(FILLED)
    expected[int(after)] = f"Mở đầu.\n{sentence}\n{FILLED[int(after)]}"
    assert found(form) == expected


def test_headings_cut_by_the_width_of_the_page():
    text = """
1. Tên nhiệm vụ khoa học và công nghệ: Nuôi ong lấy
mật tại vùng cao
2. Lý do đề xuất
Người dân thiếu việc
làm.
7. Dự kiến tổ chức, cơ quan hoặc địa chỉ ứng dụng các kết quả tạo ra và năng lực
của tổ chức, cơ quan dự kiến ứng dụng kết quả: Hợp tác xã Mẫu (giả định)
8. Yêu cầu về thời gian thực hiện: 24 tháng
10. Địa chỉ Liên hệ (Tên tổ chức, cá nhân, điện thoại, địa chỉ, thư điện
tử): Hợp tác xã Mẫu, 0900 000 001
Hợp tác xã Mẫu
cam kết có phương án ứng dụng kết quả tạo ra khi nhiệm vụ hoàn thành."""
    form = read(text, "pdf")
    assert found(form) == {number: FILLED[number] for number in (1, 2, 7, 8)}
    assert form.filled.contact.name == "Hợp tác xã Mẫu"
    assert form.filled.committed


def test_mail_is_read_without_its_quoting():
    text = lines(SHORT, "{n}. {name}:\n{text}")
    assert found(read("\n".join(f"> {line}" for line in text.split("\n")), "txt")) == FILLED


def test_empty_form_has_its_items_and_no_text():
    template = Form(
        (
            FormItem(1, "Tên nhiệm vụ"),
            FormItem(2, "Lý do đề xuất", "nêu rõ căn cứ, sự cần thiết phải làm"),
            FormItem(3, "Mục tiêu"),
        )
    )
    form = read(
        "1. Tên nhiệm vụ: ………………\n2. Lý do đề xuất:\nNêu rõ căn cứ, sự cần thiết phải làm\n3. Mục tiêu:\n.........",
        template=template,
    )
    assert found(form) == {1: "", 2: "", 3: ""}
    assert [item.hint_left for item in form.filled.items] == [False, True, False]


TWELVE = (
    "Tên đề tài đề xuất", "Xuất xứ hình thành", "Tính mới", "Tính cấp thiết của đề tài", "Mục tiêu của đề tài",
    "Nội dung nghiên cứu chủ yếu", "Phương án phối hợp", "Sản phẩm dự kiến", "Phương án ứng dụng kết quả",
    "Thời gian thực hiện", "Kinh phí và nguồn kinh phí", "Thông tin tổ chức đề xuất",
)  # fmt: skip
TEMPLATE = Form(tuple(FormItem(number, name) for number, name in enumerate(TWELVE, 1)), max_pages=3)


@pytest.mark.parametrize("pattern", ["{n}. {name}: {text}", "{name}:\n{text}", "{n} | {name} | {text}"])
def test_another_announcement_asks_for_other_items(pattern):
    texts = (
        "Nuôi ong lấy mật", "Từ đề nghị của xã.", "Lần đầu làm ở tỉnh.", "Người dân thiếu việc làm.", "Tăng thu nhập.",
        "Khảo sát; tập huấn.", "Phối hợp với Hội Nông dân.", "01 quy trình.", "Giao cho hợp tác xã.", "2 năm",
        "800 triệu đồng", "Hợp tác xã Mẫu",
    )  # fmt: skip
    rows = (
        pattern.format(n=n, name=name, text=text) for n, (name, text) in enumerate(zip(TWELVE, texts, strict=True), 1)
    )
    form = read("\n".join(rows), template=TEMPLATE)
    assert [item.text for item in form.filled.items] == [*texts]
    assert form.extra["Tính mới"] == "Lần đầu làm ở tỉnh."
    assert form.extra["Phương án phối hợp"] == "Phối hợp với Hội Nông dân."
    assert form.sections["results"] == "01 quy trình."
    assert (form.filled.months, form.filled.budget_vnd) == (24, 800_000_000)


def test_items_tell_their_page_and_the_worst_confidence():
    form = read("1. Tên nhiệm vụ: Nuôi ong\n2. Mục tiêu:\nTăng thu nhập")
    assert [(item.page, item.line, item.confidence) for item in form.filled.items[:3]] == [
        (1, 0, 1.0),
        (0, -1, 1.0),
        (1, 1, 1.0),
    ]


def test_personal_data_stand_in_the_contact_alone():
    form = read(lines(SHORT, "{n}. {name}: {text}").replace("Khảo sát; tập huấn.", "Khảo sát (ĐT 0900 000 009)."))
    everything = repr((form.sections, form.extra, form.filled))
    assert "0900" not in everything
    assert "@" not in everything
    assert form.filled.contact.telephone == "0900 000 001"
