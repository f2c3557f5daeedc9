"""The yearly report as the department reads it: a page, a document, a workbook."""

import io
import shutil
import subprocess
from collections import Counter
from html.parser import HTMLParser

import docx
import openpyxl
import pytest

from matcher.errors import OutputError
from matcher.trends.report import TREND_SUFFIXES, check_trend_outputs, document_of, summary, write_trends

from . import samples

OFFICE = "Sở KH&CN tỉnh Ví Dụ"
SECTIONS = (
    "Tóm tắt", "Tổng số theo năm và trạng thái", "Độ phủ và khoảng trống", "Ngoài định hướng", "Trùng lặp và nộp lại",
    "Tổ chức và địa bàn", "Kinh phí và thời gian", "Chủ đề và xu hướng", "Lỗi phiếu", "Câu hỏi cho thông báo năm sau",
    "Phương pháp và hạn chế",
)  # fmt: skip


class Page(HTMLParser):
    """Elements, words and whatever could fetch something."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.links, self.words, self.policy = Counter(), [], [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        found = dict(attrs)
        self.tags[found.get("class")] += 1
        self.links += [found[name] for name in ("src", "href", "srcset", "action", "data") if name in found]
        if found.get("http-equiv") == "Content-Security-Policy":
            self.policy = found["content"]

    def handle_data(self, data):
        if self.lasttag not in ("script", "style"):
            self.words.append(data)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("report")
    for suffix in TREND_SUFFIXES:
        write_trends(samples.analysis(), path / f"r{suffix}", office=OFFICE)
        write_trends(samples.empty(), path / f"e{suffix}")
    return path


@pytest.fixture(scope="module")
def html(folder):
    return (folder / "r.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(html):
    return Page(html)


@pytest.fixture(scope="module")
def paper(folder):
    return docx.Document(str(folder / "r.docx"))


def words_of(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_it_has_all_sections_in_order():
    for analysis in (samples.analysis(), samples.empty()):
        assert tuple(section.title for section in document_of(analysis).sections) == SECTIONS


def test_five_sentences_with_the_analysis_own_figures():
    first, states, coverage, moves, beside = summary(samples.analysis())
    assert first == "Có 150 đề xuất trong các năm 2023–2025 (2023: 40, 2024: 50, 2025: 60)."
    assert "phù hợp định hướng 103 (65,2%; 95%: 57,5–72,2%)" in states  # 103 of 158
    assert "Trong 6 định hướng đã nêu, 1 không có đề xuất nào (1.2)" in coverage
    assert "tăng rõ rệt: định hướng 2.2" in moves and "chủ đề «truy xuất nguồn gốc»" in moves
    assert "giảm rõ rệt: định hướng 2.3" in moves and "3.1" not in moves
    assert "2 nhóm nội dung ngoài định hướng (19 đề xuất), 2 nhiệm vụ được đề xuất nhiều lần" in beside


def test_one_year_says_nothing_of_trends():
    assert summary(samples.empty())[3] == "Chỉ có một năm nên không nói được gì về xu hướng."


def test_the_page_needs_no_network(page, html):
    assert all(link.startswith(("data:image/svg+xml;base64,", "#")) for link in page.links)
    assert page.policy.startswith("default-src 'none'; script-src 'sha256-") and "http" not in page.policy
    assert page.tags["link"] == page.tags["iframe"] == 0
    assert html.count("plotly.js v") == 1


def test_the_page_has_every_figure_twice_and_its_numbers(page):
    figures = document_of(samples.analysis()).figures
    assert page.tags["plot"] == page.tags["still"] == page.tags["details"] == len(figures)
    text = "".join(page.words)
    for expected in ("Hình 8. Bản đồ đề xuất", "1.234,5", "SỞ KH&CN TỈNH VÍ DỤ", "Nuôi cá hồi <lạnh>", "▲ tăng"):
        assert expected in text
    assert "{{" not in text and "None" not in text and "nan" not in text.split()


def test_the_document_has_the_same(paper):
    text = words_of(paper)
    figures = document_of(samples.analysis()).figures
    assert len(paper.inline_shapes) == len(figures)
    for number, figure in enumerate(figures, 1):
        assert f"Hình {number}. {figure.title}" in text and figure.caption in text
    for expected in ("I. TÓM TẮT", "XI. PHƯƠNG PHÁP VÀ HẠN CHẾ", "1.234,5", "65,2%", "chưa đủ căn cứ", "thiếu mục"):
        assert expected in text
    assert paper.styles["Normal"].font.name == "Times New Roman"


def test_pictures_speak_to_those_who_cannot_see(paper):
    assert all(shape._inline.docPr.get("descr") for shape in paper.inline_shapes)


def test_the_workbook_has_a_sheet_for_each_table(folder):
    book = openpyxl.load_workbook(folder / "r.xlsx")
    grids = document_of(samples.analysis()).tables
    assert len(book.sheetnames) == len(grids) + 3  # contents, summary, method
    states = book["Trạng thái"]
    assert [cell.value for cell in states[4]][:5] == ["Kết quả", "2023", "2024", "2025", "Cộng"]
    assert [cell.value for cell in states[5]][:5] == ["Phù hợp định hướng", 28, 32, 43, 103]
    assert states["B3"].value == "Số đề xuất năm 2023"
    assert book["Kinh phí"]["F5"].value == 1234.5
    assert book["Mục lục"]["A3"].hyperlink.location == "'Tóm tắt'!A1"
    assert not [c for s in book for row in s.iter_rows() for c in row if c.data_type == "f"]


def test_nothing_proposed_is_a_report_too(folder):
    text = words_of(docx.Document(str(folder / "e.docx")))
    assert "Chỉ có một năm: không nói được về xu hướng." in text and "Số liệu chưa gợi ra câu hỏi nào." in text
    empty = Page((folder / "e.html").read_text(encoding="utf-8"))
    assert empty.tags["script"] == 0 and "script-src 'none'" in empty.policy


def test_equal_analyses_give_equal_files(folder):
    for suffix in (".docx", ".xlsx", ".json"):
        write_trends(samples.analysis(), folder / f"again{suffix}", office=OFFICE)
        assert (folder / f"again{suffix}").read_bytes() == (folder / f"r{suffix}").read_bytes(), suffix


def test_where_it_cannot_go(tmp_path):
    with pytest.raises(OutputError, match=r"\.html"):
        check_trend_outputs([tmp_path / "r.pdf"])
    with pytest.raises(OutputError, match="khác"):
        check_trend_outputs([tmp_path / "r.docx", tmp_path / "r.docx"])
    with pytest.raises(OutputError, match="đầu vào"):
        check_trend_outputs([tmp_path / "r.json"], [tmp_path / "r.json"])


@pytest.mark.office
def test_libreoffice_opens_the_document_and_the_workbook(folder, tmp_path):
    assert shutil.which("soffice"), "LibreOffice is asked for"
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf"]
    for name in ("r.docx", "r.xlsx"):
        subprocess.run(
            [*command, "--outdir", str(tmp_path), str(folder / name)], check=True, capture_output=True, timeout=120
        )
        import pypdfium2

        document = pypdfium2.PdfDocument(io.BytesIO((tmp_path / name).with_suffix(".pdf").read_bytes()))
        try:
            assert len(document) >= 8
            assert "2023" in document[0].get_textpage().get_text_range() + document[1].get_textpage().get_text_range()
        finally:
            document.close()
