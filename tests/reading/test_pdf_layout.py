"""PDFs laid out: tables by their rules, two columns, words cut at line ends, letters in pieces, old fonts."""

import unicodedata

import pytest

from matcher.reading import read_document
from matcher.records import LineKind, Status
from tests.reading.pdf_files import lines_down, ruled, write


def texts(document):
    return [(line.kind.value, document.line_text(line)) for line in document.lines]


def read(path):
    document = read_document(path)
    for line in document.lines:
        assert all(mark.of(document.text) for mark in line.raised)
    return document


def test_rows_of_a_ruled_table_are_lines_of_cells(tmp_path):
    page = [(70, 780, "Kinh phí:"), (75, 740, "TT"), (115, 740, "Nội dung"), (405, 740, "Triệu đồng")]
    page += [(75, 700, "1"), (115, 700, "Khảo sát hiện trạng"), (115, 684, "các xã"), (405, 700, "120")]
    page += [(115, 660, "Tổng"), (405, 660, "1.200"), (70, 600, "Hết bảng.")]
    path = write(tmp_path / "a.pdf", page, rules=ruled((70, 110, 400, 520), (760, 720, 676, 650)))
    assert texts(read(path)) == [
        ("body", "Kinh phí:"),
        ("table", "TT | Nội dung | Triệu đồng"),
        ("table", "1 | Khảo sát hiện trạng các xã | 120"),
        ("table", "| Tổng | 1.200"),
        ("body", "Hết bảng."),
    ]


def test_a_frame_of_one_cell_is_no_table(tmp_path):
    path = write(tmp_path / "a.pdf", lines_down(["Dòng một", "Dòng hai"]), rules=ruled((50, 500), (800, 700)))
    assert texts(read(path)) == [("body", "Dòng một"), ("body", "Dòng hai")]


def test_a_cell_over_two_columns_is_one(tmp_path):
    page = [(75, 740, "Tên nhiệm vụ và mục tiêu"), (75, 700, "Tên"), (305, 700, "Sấy hồng")]
    rules = [(70, y, 500, y) for y in (760, 720, 680)] + [
        (70, 680, 70, 760),
        (500, 680, 500, 760),
        (300, 680, 300, 720),
    ]
    path = write(tmp_path / "a.pdf", page, rules=rules)
    assert texts(read(path)) == [("body", "Tên nhiệm vụ và mục tiêu"), ("table", "Tên | Sấy hồng")]


LEFT = ["Nghiên cứu quy trình sấy hồng", "vành khuyên quy mô hợp tác xã", "nhằm giảm tổn thất sau thu"]
LEFT += ["hoạch xuống dưới mười phần", "trăm và nâng cao giá trị cho", "người trồng ở các xã vùng cao", "của tỉnh."]
RIGHT = ["Kết quả gồm một quy trình kỹ", "thuật và năm trăm cân sản phẩm", "được kiểm nghiệm theo tiêu"]
RIGHT += ["chuẩn quốc gia, hai mô hình", "trình diễn tại hợp tác xã, một", "lớp tập huấn cho sáu mươi hộ"]


def test_columns_drawn_straight_across_are_read_one_after_the_other(tmp_path):
    head = [(60, 780, "ỦY BAN NHÂN DÂN XÃ"), (330, 780, "CỘNG HÒA XÃ HỘI"), (60, 750, "Một dòng chạy suốt trang. " * 3)]
    rows = [
        line
        for pair in zip(lines_down(LEFT, 700, 60), lines_down([*RIGHT, ""], 700, 330), strict=True)
        for line in pair
    ]
    found = [text for _, text in texts(read(write(tmp_path / "a.pdf", head + rows)))]
    assert found[0] == "ỦY BAN NHÂN DÂN XÃ   CỘNG HÒA XÃ HỘI"
    assert found[2:] == LEFT + RIGHT


def test_few_lines_side_by_side_are_no_columns(tmp_path):
    rows = [
        line
        for pair in zip(lines_down(LEFT[:3], 700, 60), lines_down(RIGHT[:3], 700, 330), strict=True)
        for line in pair
    ]
    found = texts(read(write(tmp_path / "a.pdf", rows)))
    assert found == [("body", f"{left}   {right}") for left, right in zip(LEFT[:3], RIGHT[:3], strict=True)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["về nano-", "technology mới"], ["về nanotechnology", "mới"]),
        (["dịch COVID-", "19 ở tỉnh"], ["dịch COVID-19", "ở tỉnh"]),
        (["số 53/KH-", "UBND ngày"], ["số 53/KH-UBND", "ngày"]),
        (["kinh tế -", "xã hội"], ["kinh tế -", "xã hội"]),
        (["kinh tế-", "xã hội"], ["kinh tế-", "xã hội"]),
        (["giai đoạn 2025-", "2026 tại huyện"], ["giai đoạn 2025-2026", "tại huyện"]),
    ],
)
def test_words_cut_at_the_end_of_a_line(tmp_path, lines, expected):
    document = read(write(tmp_path / "a.pdf", lines_down(["Dòng đầu của trang này.", *lines])))
    assert [text for _, text in texts(document)] == ["Dòng đầu của trang này.", *expected]


def test_letters_with_their_marks_apart_are_one(tmp_path):
    line = "Độc lập - Tự do - Hạnh phúc: phát triển kinh tế"
    path = write(tmp_path / "a.pdf", lines_down([unicodedata.normalize("NFD", line)]))
    assert read(path).text == line


def test_letters_drawn_piece_by_piece_make_words(tmp_path):
    from reportlab.pdfbase.pdfmetrics import stringWidth

    from tests.reading.pdf_files import vietnamese_font

    x, page = 70.0, []
    for piece in ("Nghi", "ê", "n c", "ứ", "u s", "ấ", "y h", "ồ", "ng"):
        page.append((x, 700, piece))
        x += stringWidth(piece, vietnamese_font(), 13)
    assert read(write(tmp_path / "a.pdf", page)).text == "Nghiên cứu sấy hồng"


def test_text_of_tcvn3_fonts_with_hyphens_for_a_letter(tmp_path):
    lines = [
        "nghiªn cøu øng dông c«ng nghÖ chÕ biÕn d\xadîc liÖu",
        "l\xadu gi÷ nguån gen c©y ¨n qu¶ b¶n ®Þa - vµ th\xad¬ng m¹i",
    ]
    document = read(write(tmp_path / "a.pdf", lines_down(lines), font="Helvetica"))
    assert document.text.split("\n") == [
        "nghiên cứu ứng dụng công nghệ chế biến dược liệu",
        "lưu giữ nguồn gen cây ăn quả bản địa - và thương mại",
    ]
    assert [problem.code for problem in document.problems] == ["legacy_encoding"]


def test_running_lines_above_a_table_stay_running(tmp_path):
    head = (70, 810, "Phiếu đề xuất năm 2025")
    page = [head, (75, 740, "A"), (115, 740, "B"), (290, 30, "2")]
    path = write(
        tmp_path / "a.pdf", [head, (70, 700, "Nội dung"), (290, 30, "1")], page, rules=ruled((70, 110, 400), (760, 720))
    )
    kinds = [(line.page, line.kind) for line in read(path).lines]
    assert kinds.count((1, LineKind.RUNNING)) == kinds.count((2, LineKind.RUNNING)) == 2
    assert (2, LineKind.TABLE) in kinds


def test_attachments_and_scripts_are_left_alone(tmp_path):
    import pypdfium2

    source = write(tmp_path / "a.pdf", lines_down(["Chỉ có dòng này."]))
    document = pypdfium2.PdfDocument(source)
    document.new_attachment("hidden.txt").set_data(b"a text that must not be read")
    document.save(tmp_path / "b.pdf")
    document.close()
    data = (tmp_path / "b.pdf").read_bytes()
    script = b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/Type"
    assert b"/Type /Catalog" in data or b"/Type/Catalog" in data
    data = data.replace(b"/Type /Catalog", script + b" /Catalog", 1).replace(b"/Type/Catalog", script + b"/Catalog", 1)
    (tmp_path / "b.pdf").write_bytes(data)
    found = read(tmp_path / "b.pdf")
    assert (found.text, found.status) == ("Chỉ có dòng này.", Status.OK)
