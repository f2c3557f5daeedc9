"""The pages of Word files: noted, broken or estimated, and never counted twice."""

import docx
import pytest
from docx.shared import Pt
from word_files import paragraph, word_file

from matcher.reading import read_document
from matcher.records import Status

ASKED = '<w:r><w:br w:type="page"/></w:r>'
FOUND = "<w:r><w:lastRenderedPageBreak/></w:r>"
SENTENCE = "Nghiên cứu xây dựng mô hình trồng hồi theo hướng hữu cơ gắn với chế biến và tiêu thụ sản phẩm. "


def pages(tmp_path, body, **inside):
    document = read_document(word_file(tmp_path / "a.docx", body, **inside))
    return document.pages, [line.page for line in document.lines if line.span.end > line.span.start]


def app(**counts):
    inside = "".join(f"<{name}>{count}</{name}>" for name, count in counts.items())
    return {"docProps/app.xml": f'<Properties xmlns="x">{inside}</Properties>'}


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (paragraph("một", FOUND, "còn") + paragraph(ASKED, "hai"), [1, 3]),
        (paragraph("một") + paragraph(ASKED) + paragraph(FOUND, "hai") + paragraph("ba"), [1, 2, 2]),
        (paragraph("một") + paragraph(ASKED, FOUND, "hai") + paragraph("ba", FOUND), [1, 2, 2]),
        (paragraph("một") + paragraph(FOUND, "hai", properties="<w:pageBreakBefore/>"), [1, 2]),
        (paragraph("một") + paragraph("hai", properties='<w:pageBreakBefore w:val="0"/>'), [1, 1]),
    ],
)
def test_a_break_is_counted_once(tmp_path, body, lines):
    assert pages(tmp_path, body)[1] == lines


def test_sections_begin_a_page_unless_they_go_on(tmp_path):
    first = paragraph("một", properties="<w:sectPr/>")
    assert pages(tmp_path, first + paragraph("hai") + "<w:sectPr/>") == (2, [1, 2])
    assert pages(tmp_path, first + paragraph("hai") + '<w:sectPr><w:type w:val="continuous"/></w:sectPr>') == (
        1,
        [1, 1],
    )


def test_cells_that_run_over_the_same_page_turn_it_once(tmp_path):
    cell = f"<w:tc>{paragraph('chữ', FOUND, 'chữ')}</w:tc>"
    body = f"<w:tbl><w:tr>{cell}{cell}{cell}</w:tr></w:tbl>" + paragraph("sau")
    assert pages(tmp_path, body) == (2, [1, 2])


def test_the_noted_count_is_believed_only_of_this_text(tmp_path):
    body = paragraph(SENTENCE) + paragraph("một", FOUND, "hai")
    assert pages(tmp_path, body, raw=app(Pages=3, Characters=90))[0] == 3
    assert pages(tmp_path, body, raw=app(Pages=9, Characters=0))[0] == 2
    assert pages(tmp_path, body, raw=app(Pages=1, Characters=90))[0] == 2


def test_pages_are_estimated_where_nothing_tells(tmp_path):
    for count, low, high in ((24, 5, 6), (12, 2, 4), (1, 1, 1)):
        made = docx.Document()
        made.styles["Normal"].font.size = Pt(14)
        for _ in range(count):
            made.add_paragraph(SENTENCE * 6)
        made.save(tmp_path / "a.docx")
        document = read_document(tmp_path / "a.docx")
        assert low <= document.pages <= high
        assert document.status is Status.OK
        assert [problem.code for problem in document.problems] == ["pages_estimated"] * (document.pages > 1)
