import docx
import pytest

from matcher.reporting import summary_table, write_reports

from . import samples


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    output = tmp_path_factory.mktemp("docx") / "a.docx"
    write_reports(samples.report(), [output])
    return docx.Document(str(output))


def words(document, table):
    """The texts of a table's cells, row by row."""
    return [[cell.text for cell in row.cells] for row in document.tables[table].rows]


def test_page_and_typeface(document):
    section = document.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (29.7, 21.0)
    for style in ("Normal", "Table Cell"):
        assert document.styles[style].font.size.pt == 13
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert "PAGE" in section.footer._element.xml


def test_it_is_headed_as_an_official_document_and_signed(document):
    ((office, state),) = words(document, 0)
    assert office == "SỞ KH&CN TỈNH VÍ DỤ"
    assert state == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    ((left, right),) = words(document, 2)
    assert left.startswith("NGƯỜI LẬP BẢNG")
    assert right.startswith("LÃNH ĐẠO ĐƠN VỊ")


def test_table_has_a_row_for_each_proposal(document):
    cells = words(document, 1)
    assert cells[0] == [
        "STT", "Tên nhiệm vụ", "Tổ chức đề xuất", "Định hướng và kế hoạch", "Trạng thái", "Trùng lặp", "Lỗi phiếu", "Ghi chú",
    ]  # fmt: skip
    assert [row[1].rpartition("Mã số: ")[2] for row in cells[1:]] == ["P1)", "P2)", "P3)", "P4)", "P5)", "P6)"]
    assert cells[1][2] == "Trung tâm Giống (giả định)"
    assert cells[1][3].endswith("901/KH-UBND ngày 03/03/2023 (chú thích tại định hướng)")
    assert cells[1][4] == "Phù hợp định hướng\n(91%)"
    assert "P2 – bản chỉnh sửa, 93%, nghi trùng" in cells[1][5]
    assert cells[1][6] == "quá số trang"
    assert cells[3][7] == "Không định hướng nào nói về thư viện"
    assert cells[5][4] == "Không đọc được"
    assert "Tệp PDF có mật khẩu." in cells[5][1]
    assert "Trang 3 không đọc được." in cells[6][7]
    assert "[31m" in cells[6][1]  # the escape itself is gone
    assert document.tables[1].rows[0]._tr.trPr.xpath("w:tblHeader")


def test_every_orientation_is_counted(document):
    cells = words(document, 3)
    assert [row[0] for row in cells] == ["Định hướng", "1.1", "1.2", "2.1", "2.2", "Tổng số"]
    assert cells[1][2:] == ["901/KH-UBND (chú thích tại định hướng)", "1", "1", "P1, P2"]
    assert cells[2][3:] == ["0", "0", "CHƯA CÓ ĐỀ XUẤT"]
    assert cells[4][2] == "không nêu căn cứ"
    assert cells[5][3:5] == ["2", "1"]
    assert "không đọc được 1" in cells[5][5]


def test_notes_on_the_announcement_are_listed(document):
    text = [paragraph.text for paragraph in document.paragraphs]
    assert "ĐIỂM CẦN LƯU Ý TRONG THÔNG BÁO" in text
    assert "Văn bản 902/QĐ-UBND không ghi ngày. (chú thích 2)" in text


def test_text_names_counts_and_failures(document):
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "6 đề xuất: Phù hợp định hướng: 2" in text
    assert "1 đề xuất không đọc được (chưa rà soát)" in text
    assert "2 định hướng chưa có đề xuất" in text
    assert "1 phiếu có lỗi so với quy định của thông báo: quá số trang 1" in text


def test_what_is_left_out_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(summary_table, "MAX_PROPOSALS", 2)
    write_reports(samples.report(), [tmp_path / "a.docx"])
    document = docx.Document(str(tmp_path / "a.docx"))
    assert len(document.tables[1].rows) == 3
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "2 đề xuất đầu tiên" in text
    assert "còn 4 đề xuất không nêu ở đây (Phù hợp định hướng: 1, Ngoài định hướng: 1" in text
