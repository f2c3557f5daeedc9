"""Word documents: what a reader sees on the page is what comes out, and nothing hostile gets in."""

import unicodedata
import zipfile

import docx
import pytest
from word_files import paragraph, part, raised, word_file

from matcher.errors import ReadError
from matcher.reading import Limits, read_document
from matcher.records import LineKind, Status

NOTES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    '<w:footnote w:id="7"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> Kế hoạch số 53/KH-UBND</w:t></w:r></w:p></w:footnote>'
    '<w:footnote w:id="3"><w:p><w:r><w:t>Kế hoạch số 51/KH-UBND</w:t></w:r></w:p></w:footnote>'
)


def reference(note_id, kind="footnote"):
    return f'<w:r><w:{kind}Reference w:id="{note_id}"/></w:r>'


def shown(document, kind=LineKind.BODY):
    return [document.line_text(line) for line in document.lines if line.kind is kind]


def marks(document):
    return [span.of(document.text) for line in document.lines for span in line.raised]


def test_footnotes_are_numbered_by_reference_and_stand_at_the_end(tmp_path):
    body = (
        paragraph("- ", reference(7), "Ứng dụng tiến bộ kỹ thuật")
        + paragraph("- ", reference(3), "Chọn giống")
        + paragraph("Lại chú thích một", reference(7))
    )
    document = read_document(word_file(tmp_path / "a.docx", body, footnotes=NOTES))
    assert document.text.split("\n") == [
        "- 1Ứng dụng tiến bộ kỹ thuật",
        "- 2Chọn giống",
        "Lại chú thích một1",
        "1 Kế hoạch số 53/KH-UBND",
        "2 Kế hoạch số 51/KH-UBND",
    ]
    assert [line.kind for line in document.lines[-2:]] == [LineKind.NOTE] * 2
    assert marks(document) == ["1", "2", "1"]
    assert document.status is Status.OK


def test_two_references_side_by_side_stay_two(tmp_path):
    document = read_document(
        word_file(tmp_path / "a.docx", paragraph("Câu", reference(7), reference(3)), footnotes=NOTES)
    )
    assert shown(document) == ["Câu1 2"]
    assert marks(document) == ["1", "2"]


def test_note_without_body_is_reported(tmp_path):
    document = read_document(word_file(tmp_path / "a.docx", paragraph("Câu", reference(99)), footnotes=NOTES))
    assert document.status is Status.PARTIAL
    assert [problem.code for problem in document.problems] == ["note_missing"]


def test_endnotes_are_decimal_alone_and_roman_beside_footnotes(tmp_path):
    endnotes = NOTES.replace("footnote", "endnote")
    alone = read_document(word_file(tmp_path / "a.docx", paragraph("Câu", reference(3, "endnote")), endnotes=endnotes))
    assert shown(alone, LineKind.NOTE) == ["1 Kế hoạch số 51/KH-UBND"]
    both = paragraph("Câu", reference(3, "endnote"), " và", reference(7))
    document = read_document(word_file(tmp_path / "b.docx", both, endnotes=endnotes, footnotes=NOTES))
    assert shown(document) == ["Câui và1"]
    assert shown(document, LineKind.NOTE) == ["1 Kế hoạch số 53/KH-UBND", "i Kế hoạch số 51/KH-UBND"]


def test_raised_digits_cut_into_runs_are_one_mark_and_letters_are_none(tmp_path):
    body = paragraph("Mục ", raised("1"), raised("2"), "Nghiên cứu") + paragraph("Lần thứ 5", raised("th"))
    document = read_document(word_file(tmp_path / "a.docx", body))
    assert marks(document) == ["12"]
    assert document.text == "Mục 12Nghiên cứu\nLần thứ 5th"


def test_offsets_hold_after_decomposed_letters(tmp_path):
    body = paragraph(unicodedata.normalize("NFD", "Đề tài nghiên cứu"), raised("4"), " tiếp")
    document = read_document(word_file(tmp_path / "a.docx", body))
    assert document.text == "Đề tài nghiên cứu4 tiếp"
    assert marks(document) == ["4"]


def test_tracked_changes_are_accepted_comments_and_hidden_text_left_out(tmp_path):
    body = paragraph(
        "Giống ",
        '<w:del w:id="1" w:author="x"><w:r><w:delText>lúa cũ</w:delText></w:r></w:del>',
        '<w:ins w:id="2" w:author="x"><w:r><w:t>lúa mới</w:t></w:r></w:ins>',
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>chữ ẩn</w:t></w:r>",
        '<w:r><w:commentReference w:id="0"/></w:r>',
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>',
    )
    moved = paragraph('<w:moveFrom w:id="4"><w:r><w:t>chỗ cũ</w:t></w:r></w:moveFrom>', "còn lại")
    joined = paragraph("đầu câu ", properties='<w:rPr><w:del w:id="3"/></w:rPr>') + paragraph("cuối câu")
    document = read_document(word_file(tmp_path / "a.docx", body + moved + joined))
    assert shown(document) == ["Giống lúa mới", "còn lại", "đầu câu cuối câu"]


LEVELS = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2.%3"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="–"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>'
)


def item(text, number_id, level=0):
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number_id}"/></w:numPr>')


def test_list_numbers_are_counted_as_word_counts_them(tmp_path):
    first = item("A", 1) + item("A1", 1, 1) + item("A2", 1, 1) + item("sâu", 1, 2) + item("B", 1) + item("B1", 1, 1)
    other = item("gạch", 2) + item("chấm", 2, 1) + item("bốn", 3) + item("năm", 3) + item("không", 0) + item("lạ", 9)
    body = first + other
    document = read_document(word_file(tmp_path / "a.docx", body, numbering=LEVELS))
    assert [line.marker for line in document.lines] == [
        "1.",
        "a)",
        "b)",
        "1.b.1",
        "2.",
        "a)",
        "-",
        "•",
        "4.",
        "5.",
        "",
        "",
    ]
    assert [line.level for line in document.lines[:4]] == [0, 1, 1, 2]
    assert document.text.startswith("A\nA1\n")


def test_numbers_and_headings_come_from_styles(tmp_path):
    styles = (
        '<w:style w:styleId="H"><w:name w:val="heading 2"/></w:style><w:style w:styleId="H2"><w:basedOn w:val="H"/></w:style>'
        '<w:style w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Ref"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        '<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    )
    body = (
        paragraph("Đầu đề", properties='<w:pStyle w:val="H2"/>')
        + paragraph(
            "Mục", '<w:r><w:rPr><w:rStyle w:val="Ref"/></w:rPr><w:t>6</w:t></w:r>', properties='<w:pStyle w:val="L"/>'
        )
        + paragraph("Thường", properties='<w:pStyle w:val="Loop"/>')
    )
    document = read_document(word_file(tmp_path / "a.docx", body, styles=styles, numbering=LEVELS))
    assert [(line.heading, line.level, line.marker) for line in document.lines] == [
        (True, 1, ""),
        (False, 0, "-"),
        (False, 0, ""),
    ]
    assert marks(document) == ["6"]


def test_soft_breaks_tabs_math_and_text_boxes(tmp_path):
    box = "<w:txbxContent>" + paragraph("Trong khung") + "</w:txbxContent>"
    body = paragraph(
        "Dòng một",
        "<w:r><w:br/><w:t>Dòng hai</w:t><w:tab/><w:t>cột</w:t><w:noBreakHyphen/></w:r>",
        "<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>",
        f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>",
    )
    document = read_document(word_file(tmp_path / "a.docx", body))
    assert shown(document) == ["Dòng một", "Dòng hai\tcột-x+1", "Trong khung"]


def cell(*blocks):
    return f"<w:tc>{''.join(blocks)}</w:tc>"


def table(*rows):
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(cells)}</w:tr>" for cells in rows) + "</w:tbl>"


def test_tables_come_in_order_and_nested_ones_after_their_row(tmp_path):
    inner = table([cell(paragraph("x")), cell(paragraph("y"))])
    body = (
        paragraph("Trước")
        + table(
            [cell(paragraph("Tên nhiệm vụ")), cell(paragraph("Sấy hồng"), item("vành khuyên", 2))],
            [cell(paragraph("Phụ lục"), inner), cell(paragraph())],
            [
                cell(paragraph("Một ô là khung")),
            ],
            [cell(paragraph()), cell(paragraph())],
        )
        + paragraph("Sau")
    )
    document = read_document(word_file(tmp_path / "a.docx", body, numbering=LEVELS))
    assert document.text.split("\n") == [
        "Trước",
        "Tên nhiệm vụ | Sấy hồng - vành khuyên",
        "Phụ lục | ",
        "x | y",
        "Một ô là khung",
        "Sau",
    ]
    assert [line.kind.value for line in document.lines] == ["body", "table", "table", "table", "body", "body"]


def test_headers_and_footers_come_once(tmp_path):
    document = read_document(
        word_file(
            tmp_path / "a.docx",
            paragraph("Thân bài"),
            header1=paragraph("SỞ KHOA HỌC") + paragraph("SỞ KHOA HỌC"),
            footer1=paragraph("Trang 1"),
        )
    )
    assert [(line.kind.value, document.line_text(line)) for line in document.lines] == [
        ("running", "SỞ KHOA HỌC"),
        ("body", "Thân bài"),
        ("running", "Trang 1"),
    ]


def test_pages_are_counted_by_breaks_and_stated_pages(tmp_path):
    asked = paragraph("một") + paragraph('<w:r><w:br w:type="page"/></w:r>', "hai") + paragraph("ba")
    document = read_document(word_file(tmp_path / "a.docx", asked))
    assert ([line.page for line in document.lines], document.pages) == ([1, 2, 2], 2)
    laid_out = paragraph("một", "<w:r><w:lastRenderedPageBreak/></w:r>", "còn") + asked
    app = '<Properties xmlns="x"><Pages>5</Pages></Properties>'
    document = read_document(word_file(tmp_path / "b.docx", laid_out, raw={"docProps/app.xml": app}))
    assert ([line.page for line in document.lines], document.pages) == ([1, 2, 3, 3], 5)


def test_document_made_with_python_docx(tmp_path):
    made = docx.Document()
    made.add_heading("Phiếu đề xuất", level=1)
    made.add_paragraph("Nuôi cá lồng", style="List Bullet")
    made.add_paragraph("Bước một", style="List Number")
    made.add_paragraph("Bước hai", style="List Number")
    grid = made.add_table(rows=1, cols=2)
    grid.cell(0, 0).text, grid.cell(0, 1).text = "Kinh phí", "900 triệu"
    made.sections[0].header.paragraphs[0].text = "Sở KH&CN"
    made.save(tmp_path / "a.docx")
    document = read_document(tmp_path / "a.docx")
    assert [
        (line.kind.value, line.marker, document.line_text(line))
        for line in document.lines
        if line.span.end > line.span.start
    ] == [
        ("running", "", "Sở KH&CN"),
        ("body", "", "Phiếu đề xuất"),
        ("body", "•", "Nuôi cá lồng"),
        ("body", "1.", "Bước một"),
        ("body", "2.", "Bước hai"),
        ("table", "", "Kinh phí | 900 triệu"),
    ]
    assert document.lines[1].heading


def test_text_typed_for_old_fonts_becomes_unicode(tmp_path):
    body = paragraph("Nghiªn cøu th«ng tin kªnh truyÒn") + paragraph("Tèi ­u tµi nguyªn")
    document = read_document(word_file(tmp_path / "a.docx", body))
    assert shown(document) == ["Nghiên cứu thông tin kênh truyền", "Tối ưu tài nguyên"]
    assert [problem.code for problem in document.problems] == ["legacy_encoding"]


LAUGHS = '<!DOCTYPE w:document [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "xml",
    [
        LAUGHS + part("document", "<w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body>").split("?>", 1)[1],
        '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
        "<!-- a --> <!DOCTYPE x [<!ENTITY e SYSTEM 'http://example.org/'>]><x>&e;</x>",
        part("document", "<w:body>" + "<w:p>" * 400 + "</w:p>" * 400 + "</w:body>"),
        part("document", "<w:body><w:p>"),
        part("other", ""),
        "",
    ],
)
def test_hostile_or_broken_xml_is_refused(tmp_path, xml):
    path = word_file(tmp_path / "a.docx", paragraph("x"), raw={"word/document.xml": xml})
    with pytest.raises(ReadError) as caught:
        read_document(path)
    assert str(path) in str(caught.value)
    assert caught.value.cure


def test_entities_in_utf16_are_refused_too(tmp_path):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "word/document.xml", f"<?xml version='1.0' encoding='utf-16'?>{LAUGHS}<a>&b;</a>".encode("utf-16")
        )
    with pytest.raises(ReadError, match="DOCTYPE"):
        read_document(path)


def test_damaged_part_beside_the_text_makes_the_document_partial(tmp_path):
    path = word_file(tmp_path / "a.docx", paragraph("Thân bài"), footnotes=NOTES, raw={"word/footnotes.xml": "<broken"})
    document = read_document(path)
    assert shown(document) == ["Thân bài"]
    assert document.status is Status.PARTIAL
    assert document.problems[0].code == "part_unreadable"


def test_zip_bombs_are_refused(tmp_path):
    bomb = word_file(tmp_path / "a.docx", paragraph("x"), raw={"word/media/a.bin": "0" * 40_000_000})
    with pytest.raises(ReadError, match="bung ra quá lớn"):
        read_document(bomb)
    many = word_file(tmp_path / "b.docx", paragraph("x"), raw={f"word/media/{n}": "" for n in range(60)})
    with pytest.raises(ReadError, match="bung ra quá lớn"):
        read_document(many, limits=Limits(max_entries=50))
    large = word_file(tmp_path / "c.docx", paragraph("chữ " * 500))
    with pytest.raises(ReadError, match="quá lớn"):
        read_document(large, limits=Limits(max_part_bytes=1000))


def test_truncated_and_corrupted_packages_are_refused(tmp_path):
    whole = word_file(tmp_path / "a.docx", paragraph("chữ " * 300)).read_bytes()
    cut = tmp_path / "cut.docx"
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ReadError, match="hỏng"):
        read_document(cut)
    start = whole.index(b"word/document.xml") + 40
    spoilt = tmp_path / "spoilt.docx"
    spoilt.write_bytes(whole[:start] + b"\xff" * 20 + whole[start + 20 :])
    with pytest.raises(ReadError, match="hỏng"):
        read_document(spoilt)


def test_document_of_images_alone_says_so(tmp_path):
    with pytest.raises(ReadError, match="không có chữ nào"):
        read_document(word_file(tmp_path / "a.docx", paragraph("<w:r><w:drawing/></w:r>")))


def test_many_comments_before_the_root_are_looked_through_at_once(tmp_path):
    xml = "<!---->" * 5000 + "<!DOCTYPE x><x/>"
    with pytest.raises(ReadError, match="DOCTYPE"):
        read_document(word_file(tmp_path / "a.docx", "", raw={"word/document.xml": xml}))


MANY = paragraph(*["<w:r><w:t>a</w:t></w:r>"] * 50)


def test_xml_of_too_many_elements_is_refused_before_it_is_built(tmp_path):
    path = word_file(tmp_path / "a.docx", MANY)
    assert read_document(path, limits=Limits(max_tags=1000)).text == "a" * 50
    with pytest.raises(ReadError, match="quá nhiều phần tử"):
        read_document(path, limits=Limits(max_tags=100))


@pytest.mark.parametrize("target", ["word/document2.xml", "/word/document2.xml", "Word/Document2.XML"])
def test_the_main_part_is_the_one_that_the_package_names(tmp_path, target):
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r" Type="{kind}" Target="{target}"/></Relationships>'
    )
    body = part("document", f"<w:body>{paragraph('thân bài')}</w:body>")
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_rels/.rels", relations)
        archive.writestr("word/document2.xml", body)
    assert read_document(path).text == "thân bài"


def test_names_in_other_letters_are_found_and_parts_twice_are_told_of(tmp_path):
    body = part("document", f"<w:body>{paragraph('thân bài')}</w:body>")
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Word/Document.xml", body)
        archive.writestr("word/vbaProject.bin", b"macro")
    document = read_document(path)
    assert document.text == "thân bài"
    assert (document.status, [problem.code for problem in document.problems]) == (Status.OK, ["macros"])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/document.xml", body.replace("thân bài", "bài khác"))
    document = read_document(path)
    assert (document.status, [problem.code for problem in document.problems]) == (
        Status.PARTIAL,
        ["part_twice", "macros"],
    )


def test_list_levels_of_thousands_of_digits_do_no_harm(tmp_path):
    document = read_document(word_file(tmp_path / "a.docx", item("A", 1, "9" * 5000), numbering=LEVELS))
    assert document.text == "A"
