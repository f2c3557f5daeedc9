"""What Word draws without it standing in the text: signs, boxes to tick, choices, results of fields."""

from word_files import paragraph, word_file

from matcher.reading import read_document
from matcher.records import Status


def read(tmp_path, body, **parts):
    return read_document(word_file(tmp_path / "a.docx", body, **parts))


def sign(font, code):
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def mark(kind, inside=""):
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inside}</w:fldChar></w:r>'


def box(inside):
    return f"<w:ffData><w:checkBox>{inside}</w:checkBox></w:ffData>"


def test_signs_of_symbol_fonts_are_read(tmp_path):
    body = paragraph(sign("Wingdings", "F0FE"), " Mới", sign("Wingdings", "F0A8"), " Tiếp", sign("Symbol", "F0B7"))
    typed = '<w:r><w:rPr><w:rFonts w:hAnsi="Wingdings"/></w:rPr><w:t>\uf0fc\uf021</w:t></w:r>'
    body += paragraph(sign(".VnTime", "00AE"), sign("Arial", "zz"), "i", typed)
    assert read(tmp_path, body).text == "☑ Mới☐ Tiếp•\nđi✓•"


def test_boxes_and_choices_of_forms_are_read(tmp_path):
    choices = '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="A"/><w:listEntry w:val="B"/></w:ddList></w:ffData>'
    code = "<w:r><w:instrText>FORM</w:instrText></w:r>"
    fields = [box("<w:checked/>"), box('<w:checked w:val="0"/><w:default/>'), box("<w:default/>"), choices]
    body = paragraph(*[part for field in fields for part in (mark("begin", field), code, mark("end"), " ")], "xong")
    assert read(tmp_path, body).text == "☑ ☐ ☑ B xong"


def test_codes_of_nested_fields_are_not_printed(tmp_path):
    inner = mark("begin") + "<w:r><w:t>MÃ</w:t></w:r>" + mark("separate") + "<w:r><w:t>3</w:t></w:r>" + mark("end")
    whole = paragraph("Trang ", mark("begin"), inner, "LẠC", mark("separate"), "5", mark("end"), " hết")
    assert read(tmp_path, whole + paragraph("a", mark("begin"), " b")).text == "Trang 5 hết\na b"


def test_rows_of_text_boxes_or_page_breaks_alone_keep_them(tmp_path):
    drawn = f"<w:r><w:pict><w:txbxContent>{paragraph('Trong khung')}</w:txbxContent></w:pict></w:r>"
    turning = '<w:r><w:br w:type="page"/></w:r>'
    rows = [f"<w:tc>{paragraph(inside)}</w:tc><w:tc>{paragraph()}</w:tc>" for inside in (drawn, turning)]
    document = read(tmp_path, f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>" + paragraph("sau"))
    assert [(document.line_text(line), line.page) for line in document.lines] == [("Trong khung", 1), ("sau", 2)]


def test_deleted_cells_are_left_out_and_word_art_is_read(tmp_path):
    cells = [
        f"<w:tc>{more}{paragraph(text)}</w:tc>"
        for more, text in (("", "một"), ("<w:tcPr><w:cellDel/></w:tcPr>", "bỏ"), ("", "ba"))
    ]
    art = '<w:r><w:pict><v:shape><v:textpath string="PHIẾU ĐỀ XUẤT"/></v:shape></w:pict></w:r>'
    document = read(tmp_path, f"<w:tbl><w:tr>{''.join(cells)}</w:tr></w:tbl>" + paragraph(art))
    assert document.text == "một | ba\nPHIẾU ĐỀ XUẤT"


def test_a_drawing_in_a_header_is_read_once(tmp_path):
    inside = f"<w:txbxContent>{paragraph('SỞ KHOA HỌC')}</w:txbxContent>"
    header = f"<w:r><mc:AlternateContent><mc:Choice>{inside}</mc:Choice><mc:Fallback>{inside.replace('KHOA', 'K')}</mc:Fallback></mc:AlternateContent></w:r>"
    assert read(tmp_path, paragraph("thân"), header1=paragraph(header)).text == "SỞ KHOA HỌC\nthân"


def test_hidden_text_is_left_out_through_styles_too_and_told_of(tmp_path):
    styles = '<w:style w:type="character" w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>'
    hidden = '<w:r><w:rPr><w:rStyle w:val="An"/></w:rPr><w:t>từ khóa</w:t></w:r>'
    shown = '<w:r><w:rPr><w:rStyle w:val="An"/><w:vanish w:val="0"/></w:rPr><w:t> thấy</w:t></w:r>'
    document = read(tmp_path, paragraph("chữ", hidden, shown), styles=styles)
    assert document.text == "chữ thấy"
    assert (document.status, [problem.code for problem in document.problems]) == (Status.OK, ["hidden_text"])
