"""Word files typed for the fonts of the nineties: told by the names of the fonts, wherever those stand."""

import time

import pytest
from word_files import paragraph, raised, word_file

from matcher.reading import read_document
from matcher.records import Status


def fonts(name, *, attributes="", more=""):
    named = attributes or f'w:ascii="{name}" w:hAnsi="{name}"'
    return f"<w:rPr><w:rFonts {named}/>{more}</w:rPr>"


def run(text, font, **settings):
    return f'<w:r>{fonts(font, **settings)}<w:t xml:space="preserve">{text}</w:t></w:r>'


def read(tmp_path, body, **parts):
    return read_document(word_file(tmp_path / "a.docx", body, **parts))


def style(name, inside, kind="paragraph", more=""):
    return f'<w:style w:type="{kind}" w:styleId="{name}" {more}>{inside}</w:style>'


def test_the_name_of_the_font_decides_where_few_words_prove_nothing(tmp_path):
    document = read(tmp_path, paragraph(run("§Ò", ".VnTime")) + paragraph(run("Lóa", "VNI-Times")))
    assert document.text == "Đề\nLĩa"
    assert [problem.code for problem in document.problems] == ["legacy_encoding"]
    assert document.status is Status.OK


def test_a_vowel_of_vni_may_be_cut_between_two_runs(tmp_path):
    body = paragraph(run("To", "VNI-Times"), run("ái öu ta", "VNI-Times"), run("øi nguyeân", "VNI-Times"), raised("7"))
    document = read(tmp_path, body)
    assert document.text == "Tối ưu tài nguyên7"
    assert [span.of(document.text) for line in document.lines for span in line.raised] == ["7"]


def test_fonts_of_capitals_give_capitals_also_within_a_word(tmp_path):
    body = paragraph(run("phiÕu ®Ò xuÊt", ".VnTimeH")) + paragraph(run("ø", ".VnTimeH"), run("ng dông", ".VnTime"))
    assert read(tmp_path, body).text == "PHIẾU ĐỀ XUẤT\nỨng dụng"


@pytest.mark.parametrize(
    ("styles", "theme", "properties", "settings"),
    [
        (style("S", fonts(".VnTime"), more='w:default="1"'), "", "", ""),
        (style("A", fonts(".VnTime")) + style("S", '<w:basedOn w:val="A"/>'), "", '<w:pStyle w:val="S"/>', ""),
        (style("R", fonts(".VnTime"), "character"), "", "", '<w:rPr><w:rStyle w:val="R"/></w:rPr>'),
        (f"<w:docDefaults><w:rPrDefault>{fonts('.VnTime')}</w:rPrDefault></w:docDefaults>", "", "", ""),
        (
            "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:hAnsiTheme='minorHAnsi' w:hAnsi='Arial'/></w:rPr>"
            "</w:rPrDefault></w:docDefaults>",
            "<a:minorFont xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'>"
            "<a:latin typeface='.VnTime'/></a:minorFont>",
            "",
            "",
        ),
        ("", "", "", fonts("", attributes='w:hAnsi="Arial" w:cs=".VnTime"', more="<w:cs/>")),
    ],
)
def test_fonts_come_from_styles_the_theme_and_defaults(tmp_path, styles, theme, properties, settings):
    body = paragraph(f"<w:r>{settings}<w:t>§Ò</w:t></w:r>", properties=properties)
    assert read(tmp_path, body, styles=styles, theme=theme).text == "Đề"


def test_the_nearest_level_wins(tmp_path):
    styles = style("S", fonts(".VnTime"), more='w:default="1"')
    body = paragraph(run("Bé Công an", "Times New Roman")) + paragraph("<w:r><w:t>Bé C«ng an</w:t></w:r>")
    assert read(tmp_path, body, styles=styles).text == "Bé Công an\nBộ Công an"


def test_unicode_typed_in_an_old_font_stays(tmp_path):
    styles = style("S", fonts(".VnTime"), more='w:default="1"')
    body = paragraph("Nghiên cứu giống lúa") + paragraph("Cà phê, chè và hồi") + paragraph("Tªn ®Ò tµi: Đề tài")
    document = read(tmp_path, body, styles=styles)
    assert document.text == "Nghiên cứu giống lúa\nCà phê, chè và hồi\nTên đề tài: Đề tài"


def test_the_soft_hyphen_is_a_letter_in_tcvn3_and_nothing_elsewhere(tmp_path):
    soft = "<w:softHyphen/>"
    old = f"<w:r>{fonts('.VnTime')}<w:t>Tèi </w:t>{soft}<w:t>u tµi nguyªn</w:t></w:r>"
    document = read(tmp_path, paragraph(old) + paragraph(f"<w:r><w:t>nghiên</w:t>{soft}<w:t> cứu</w:t></w:r>"))
    assert document.text == "Tối ưu tài nguyên\nnghiên cứu"


def test_letters_kept_in_the_private_area_are_read_as_bytes(tmp_path):
    private = "".join(chr(0xF000 + ord(letter)) if letter != " " else " " for letter in "Nghiªn cøu")
    assert read(tmp_path, paragraph(run(private, ".VnTime"))).text == "Nghiên cứu"


def test_list_markers_are_printed_in_their_own_font(tmp_path):
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="Môc %1:"/>{fonts(".VnTime")}</w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    properties = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    document = read(tmp_path, paragraph("Tên", properties=properties), numbering=numbering)
    assert document.lines[0].marker == "Mục 1:"


def test_old_text_told_by_name_does_not_hide_old_text_in_other_fonts(tmp_path):
    body = paragraph(run("§Ò tµi", ".VnTime")) + paragraph(run("Nghiªn cøu th«ng tin kªnh truyÒn", "Arial"))
    assert read(tmp_path, body).text == "Đề tài\nNghiên cứu thông tin kênh truyền"


def test_a_paragraph_of_many_runs_is_read_in_linear_time(tmp_path):
    body = paragraph(*[run("to", "VNI-Times"), run("á", "VNI-Times")] * 5_000)
    begun = time.monotonic()
    document = read(tmp_path, body)
    assert document.text.startswith("tốtố")
    assert time.monotonic() - begun < 4
