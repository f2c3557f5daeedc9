"""PDFs: lines, raised marks, running lines and notes by their place on the page; scans and locks said as such."""

from pathlib import Path

import pytest
from reportlab.lib import pdfencrypt
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from matcher.errors import ReadError
from matcher.reading import Limits, read_document
from matcher.records import LineKind, Status

FORM = Path(__file__).parents[1] / "data" / "proposals" / "phieu-de-xuat.pdf"


def shown(document, kind=LineKind.BODY):
    return [document.line_text(line) for line in document.lines if line.kind is kind]


def test_form_with_notes_running_lines_and_columns():
    document = read_document(FORM)
    assert shown(document) == [
        "ỦY BAN NHÂN DÂN XÃ   Mẫu phiếu đề xuất",
        "1. Tên nhiệm vụ: Nghiên cứu quy trình sấy hồng vành khuyên",
        "quy mô hợp tác xã",
        "2. Mục tiêu:",
        "- 1Xây dựng quy trình sấy cho 02 hợp tác xã trên diện tích 50 m",
        "giảm tổn thất sau thu hoạch xuống dưới 10%.",
        "- 2Tập huấn cho 60 hộ dân.",
        "3. Nội dung chính:",
        "Khảo sát hiện trạng; thử nghiệm ba mức nhiệt độ sấy trong giai đoạn 2025 -",
        "2026 tại huyện.",
        "4. Kết quả: 01 quy trình, 500 kg sản phẩm.",
    ]
    assert shown(document, LineKind.NOTE) == ["1 Kế hoạch số 53/KH-UBND ngày 03/3/2023", "2 Kế hoạch số 51/KH-UBND"]
    assert shown(document, LineKind.RUNNING) == [
        "Phiếu đề xuất đặt hàng năm 2025",
        "1",
        "Phiếu đề xuất đặt hàng năm 2025",
        "2",
    ]
    raised = [[span.of(document.text) for span in line.raised] for line in document.lines if line.kind is LineKind.BODY]
    assert [marks for marks in raised if marks] == [["1"], ["2"]]
    assert (document.pages, document.status, document.problems) == (2, Status.OK, ())


def make(path, *pages, encrypt=None, rotation=0, image=None):
    """Write a PDF of pages of `(x, y, text)`; None is a page with an image alone."""
    canvas = Canvas(str(path), pagesize=(400, 600), invariant=1, encrypt=encrypt)
    for page in pages:
        if rotation:
            canvas.setPageRotation(rotation)
        if page is None:
            canvas.drawImage(image, 0, 0, 400, 600)
        for x, y, text in page or ():
            canvas.setFont("Helvetica", 12)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return path


@pytest.fixture
def image(tmp_path):
    (tmp_path / "scan.ppm").write_bytes(b"P6 2 2 255 " + bytes(range(12)))
    return ImageReader(str(tmp_path / "scan.ppm"))


def test_locked_file_says_so(tmp_path):
    locked = pdfencrypt.StandardEncryption("secret", canPrint=0)
    with pytest.raises(ReadError, match="mật khẩu") as caught:
        read_document(make(tmp_path / "a.pdf", [(50, 500, "text")], encrypt=locked))
    assert "Gỡ mật khẩu" in caught.value.cure


def test_file_locked_against_changes_only_is_read(tmp_path):
    locked = pdfencrypt.StandardEncryption("", ownerPassword="secret", canModify=0)
    assert read_document(make(tmp_path / "a.pdf", [(50, 500, "text of it")], encrypt=locked)).text == "text of it"


@pytest.mark.ocr
def test_scan_without_a_letter_is_called_a_scan(tmp_path, image):
    with pytest.raises(ReadError, match="bản quét không nhận dạng được chữ nào") as caught:
        read_document(make(tmp_path / "a.pdf", None, None, image=image))
    assert "300 dpi" in caught.value.cure


@pytest.mark.ocr
def test_scanned_page_among_others_makes_the_document_partial(tmp_path, image):
    document = read_document(make(tmp_path / "a.pdf", [(50, 500, "first page")], None, image=image))
    assert (document.text, document.pages, document.status) == ("first page", 2, Status.PARTIAL)
    assert ("page_without_text", "trang 2") in [(problem.code, problem.where) for problem in document.problems]


def test_empty_pages_alone_are_no_text(tmp_path):
    with pytest.raises(ReadError, match="không có chữ nào"):
        read_document(make(tmp_path / "a.pdf", []))


def test_truncated_file(tmp_path):
    data = FORM.read_bytes()
    (tmp_path / "a.pdf").write_bytes(data[:300])
    with pytest.raises(ReadError):
        read_document(tmp_path / "a.pdf")


def test_page_limit_is_told(tmp_path):
    pages = [[(50, 500, f"page {name}")] for name in "abc"]
    document = read_document(make(tmp_path / "a.pdf", *pages), limits=Limits(max_pages=2))
    assert (document.text, document.pages, document.status) == ("page a\npage b", 3, Status.PARTIAL)
    assert document.problems[0].code == "page_limit"


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_lines_are_kept_whichever_way_the_page_is_turned(tmp_path, rotation):
    lines = [(50, 500, "first line here"), (50, 480, "second line")]
    assert read_document(make(tmp_path / "a.pdf", lines, rotation=rotation)).text == "first line here\nsecond line"


@pytest.mark.parametrize("angle", [90, 180, -90, 30])
def test_lines_drawn_sideways_are_lines(tmp_path, angle):
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(600, 600), invariant=1)
    canvas.translate(300, 300)
    canvas.rotate(angle)
    canvas.drawString(-200, 20, "first line here")
    canvas.drawString(-200, 0, "second line")
    canvas.save()
    assert read_document(tmp_path / "a.pdf").text == "first line here\nsecond line"


def test_running_lines_need_most_pages_and_one_height(tmp_path):
    pages = [
        [(50, 580, "Bulletin 2024"), (50, 300, f"Body {name}"), (190, 20, f"- {number} -")]
        for number, name in enumerate("abcd", 1)
    ]
    pages[3][0] = (50, 540, "Bulletin 2024")
    document = read_document(make(tmp_path / "a.pdf", *pages))
    assert shown(document) == ["Body a", "Body b", "Body c", "Bulletin 2024", "Body d"]
