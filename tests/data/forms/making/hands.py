"""The hands: every way in which a form is put on paper, one function each."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from making.fonts import tcvn3, vni
from making.texts import Form, Part
from making.word import BOTH, CENTRE, LEFT, RIGHT, Sheet

Hand = Callable[[Form], Sheet]
_INLINE = (1, 6, 8, 9)


def _letterhead(sheet: Sheet, form: Form) -> None:
    table = sheet.document.add_table(1, 2)
    left, right = table.rows[0].cells
    sheet.write(left.paragraphs[0], form.organisation.upper(), bold=True)
    sheet.write(right.paragraphs[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True)
    sheet.para("Độc lập - Tự do - Hạnh phúc", bold=True, align=CENTRE, holder=right)
    sheet.para()
    _title(sheet)


def _title(sheet: Sheet) -> None:
    sheet.para("PHIẾU ĐỀ XUẤT ĐẶT HÀNG", bold=True, align=CENTRE)
    sheet.para("NHIỆM VỤ KHOA HỌC VÀ CÔNG NGHỆ CẤP TỈNH", bold=True, align=CENTRE, after=8)


def _closing(sheet: Sheet, form: Form) -> None:
    for line in form.closing:
        place = RIGHT if line.startswith("Lạng Sơn, ngày") else CENTRE if line.isupper() else BOTH
        sheet.para(line, align=place, bold=line.isupper())


def _heading(part: Part, numbers: bool = True) -> str:
    return f"{part.number}. {part.heading}:" if numbers else f"{part.heading}:"


def _item(sheet: Sheet, part: Part, heading: str, *, inline: bool = True, holder: Any = None) -> None:
    """Write a heading with its text after it on the line, or below."""
    if inline and part.number in _INLINE and part.lines and not part.lines[0].startswith("|"):
        paragraph = sheet.para(holder=holder, align=BOTH)
        sheet.write(paragraph, f"{heading} ", bold=True)
        sheet.write(paragraph, part.lines[0])
        sheet.lines(part.lines[1:], holder)
    else:
        sheet.para(heading, bold=True, holder=holder)
        sheet.lines(part.lines, holder)


def _written(form: Form, sheet: Sheet, *, numbers: bool = True, inline: bool = True) -> Sheet:
    _letterhead(sheet, form)
    for part in form.parts:
        _item(sheet, part, _heading(part, numbers), inline=inline)
    _closing(sheet, form)
    return sheet


def plain(form: Form) -> Sheet:
    """As the official annex: a heading, its text on the line or below."""
    return _written(form, Sheet())


def small(form: Form) -> Sheet:
    """As `plain`, in small type on narrow margins: a whole form on one page."""
    return _written(form, Sheet(size=9.5, margins=(1, 1, 1.2, 1.2)))


def below(form: Form) -> Sheet:
    """All texts below their headings."""
    return _written(form, Sheet(), inline=False)


def no_numbers(form: Form) -> Sheet:
    """Headings without numbers."""
    return _written(form, Sheet(), numbers=False)


def five_pages(form: Form) -> Sheet:
    """Large type and wide lines: more pages than the rule allows."""
    return _written(form, Sheet(size=15, spacing=1.9, margins=(2.5, 2.5, 3.5, 3)))


def decomposed(form: Form) -> Sheet:
    """Letters and marks apart (NFD), as files from macOS have them."""
    return _written(form, Sheet(lambda text: [(unicodedata.normalize("NFD", text), "Times New Roman")]))


def old_tcvn3(form: Form) -> Sheet:
    """Typed for the fonts .VnTime and .VnTimeH."""
    return _written(form, Sheet(tcvn3))


def old_vni(form: Form) -> Sheet:
    """Typed for the font VNI-Times."""
    return _written(form, Sheet(vni))


def reworded(headings: Mapping[int, str]) -> Hand:
    """Return a hand with other headings."""
    return lambda form: _written(form.headed(headings), Sheet())


def capitals(form: Form) -> Sheet:
    """Headings in capitals, without a colon."""
    sheet = Sheet()
    _letterhead(sheet, form)
    for part in form.parts:
        sheet.para(f"{part.number}. {part.heading.upper()}", bold=True)
        sheet.lines(part.lines)
    _closing(sheet, form)
    return sheet


def roman(form: Form) -> Sheet:
    """Headings under Roman numerals, underlined by a dash."""
    numerals = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
    sheet = Sheet()
    _letterhead(sheet, form)
    for part in form.parts:
        _item(sheet, part, f"{numerals[part.number - 1]}. {part.heading}:", inline=False)
    _closing(sheet, form)
    return sheet


def reordered(form: Form) -> Sheet:
    """The items in the proposer's own order, under their own numbers."""
    order = (1, 3, 5, 4, 2, 8, 9, 6, 7, 10)
    parts = sorted(form.parts, key=lambda part: order.index(part.number))
    sheet = Sheet()
    _letterhead(sheet, form)
    for part in parts:
        _item(sheet, part, _heading(part))
    _closing(sheet, form)
    return sheet


def two_columns_table(form: Form) -> Sheet:
    """A table: heading and number at the left, text at the right."""
    return _tabled(form, Sheet(), [5.0, 11.5], lambda part: [_heading(part).rstrip(":")])


def three_columns_table(form: Form) -> Sheet:
    """A table: number, heading, text, with a row of titles."""
    sheet = Sheet(size=12)
    return _tabled(
        form, sheet, [1.2, 4.3, 11], lambda part: [str(part.number), part.heading], ("TT", "Nội dung", "Trình bày")
    )


def table_decomposed(form: Form) -> Sheet:
    """A table of three columns in NFD."""
    sheet = Sheet(lambda text: [(unicodedata.normalize("NFD", text), "Times New Roman")])
    return _tabled(form, sheet, [1.2, 4.3, 11], lambda part: [str(part.number), part.heading])


def table_tcvn3(form: Form) -> Sheet:
    """A table of two columns in .VnTime."""
    return _tabled(form, Sheet(tcvn3), [5.0, 11.5], lambda part: [_heading(part).rstrip(":")])


def _tabled(
    form: Form, sheet: Sheet, columns: list[float], labels: Callable[[Part], list[str]], titles: tuple[str, ...] = ()
) -> Sheet:
    _letterhead(sheet, form)
    table = sheet.table(columns)
    if titles:
        for cell, text in zip(sheet.row(table, columns), titles, strict=True):
            sheet.para(text, bold=True, holder=cell, align=CENTRE)
    for part in form.parts:
        cells = sheet.row(table, columns)
        for cell, text in zip(cells, labels(part), strict=False):
            sheet.para(text, bold=True, holder=cell)
        sheet.lines(part.lines, cells[-1])
        if not part.lines or part.lines[-1].startswith("|"):
            sheet.para(holder=cells[-1])
    sheet.para()
    _closing(sheet, form)
    return sheet


def one_cell(form: Form) -> Sheet:
    """A table of one column: heading and text in one cell."""
    sheet = Sheet()
    _letterhead(sheet, form)
    table = sheet.table([16.5])
    for part in form.parts:
        (cell,) = sheet.row(table, [16.5])
        _item(sheet, part, _heading(part), holder=cell)
        if part.lines and part.lines[-1].startswith("|"):
            sheet.para(holder=cell)
    sheet.para()
    _closing(sheet, form)
    return sheet


def mail_lines(form: Form) -> list[str]:
    """Return the lines of a form quoted in an e-mail: broken at 72 letters, each after «> »."""
    lines = ["PHIẾU ĐỀ XUẤT ĐẶT HÀNG NHIỆM VỤ KHOA HỌC VÀ CÔNG NGHỆ CẤP TỈNH", ""]
    for part in form.parts:
        first = part.number in _INLINE and part.lines
        texts = [f"{_heading(part)} {part.lines[0]}", *part.lines[1:]] if first else [_heading(part), *part.lines]
        for text in texts:
            lines += textwrap.wrap(text, 72, break_long_words=False, break_on_hyphens=False)
        lines.append("")
    for text in form.closing:
        lines += textwrap.wrap(text, 72)
    return [
        "Kính gửi anh chị, em gửi nội dung phiếu đề xuất như bên dưới ạ.",
        "",
        "Vào ngày hôm qua, đồng nghiệp đã viết:",
        *(f"> {line}".rstrip() for line in lines),
    ]


def mail(form: Form) -> Sheet:
    """Pasted from an e-mail: one paragraph a line, with the marks of the quotation."""
    sheet = Sheet(size=12)
    for line in mail_lines(form):
        sheet.para(line, after=0)
    return sheet


def tracked(form: Form) -> Sheet:
    """Changes still tracked: words struck out, words put in."""
    sheet = Sheet()
    _letterhead(sheet, form)
    for part in form.parts:
        sheet.para(_heading(part), bold=True)
        for index, line in enumerate(part.lines):
            paragraph = sheet.para(align=BOTH)
            words = line.split(" ")
            if len(words) < 8 or index % 2:
                sheet.write(paragraph, line)
                continue
            sheet.write(paragraph, " ".join(words[:3]) + " ")
            sheet.deleted(paragraph, "chỗ này viết lại cho gọn, ")
            sheet.inserted(paragraph, " ".join(words[3:6]) + " ")
            sheet.write(paragraph, " ".join(words[6:]))
            sheet.deleted(paragraph, " (bỏ)")
    _closing(sheet, form)
    return sheet


def commented(form: Form) -> Sheet:
    """With remarks of a reader at every second item."""
    sheet = plain(form)
    for index, paragraph in enumerate(sheet.document.paragraphs[4:]):
        if index % 5 == 0 and paragraph.runs:
            remark = sheet.document.add_comment(
                paragraph.runs, text="Đề nghị xem lại mục này, số liệu 45% lấy ở đâu?", author="Người đọc"
            )
            remark._comment_elm.set(qn("w:date"), "2024-04-02T09:00:00Z")
    return sheet


def boxed(form: Form) -> Sheet:
    """The name, the duration and the budget in text boxes."""
    sheet = Sheet()
    _letterhead(sheet, form)
    for part in form.parts:
        if part.number in (1, 8, 9):
            high = 1.2 + 0.75 * sum(1 + len(line) // 85 for line in part.lines)
            sheet.box(sheet.para(), [_heading(part), *part.lines], height=high)
        else:
            _item(sheet, part, _heading(part))
    _closing(sheet, form)
    return sheet


def auto_numbered(form: Form) -> Sheet:
    """Numbers and dashes by Word's numbering: none of them is in the text."""
    sheet = Sheet()
    number = sheet.numbering()
    _letterhead(sheet, form)
    for part in form.parts:
        paragraph = sheet.para(f"{part.heading}:", bold=True)
        sheet.numbered(paragraph, number, 0)
        for line in part.lines:
            own = re.match(rf"{part.number}\.\d\.\s+|-\s+", line)
            paragraph = sheet.para(line[own.end() :] if own else line, align=BOTH)
            if own:
                sheet.numbered(paragraph, number, 2 if own[0].startswith("-") else 1)
    _closing(sheet, form)
    return sheet


def noisy_margins(form: Form) -> Sheet:
    """Running header and footer with page numbers."""
    sheet = Sheet()
    section = sheet.document.sections[0]
    sheet.write(section.header.paragraphs[0], f"Phiếu đề xuất nhiệm vụ KH&CN - {form.organisation}", italic=True)
    footer = section.footer.paragraphs[0]
    sheet.write(footer, "Bản in ngày 01/4/2024 - Trang ", italic=True)
    sheet.page_number(footer)
    return _written(form, sheet)


def footnoted(form: Form) -> Sheet:
    """Footnotes in the reasons and in the contents, a running header too."""
    sheet = Sheet()
    sheet.write(sheet.document.sections[0].header.paragraphs[0], "Dự thảo lần 2", italic=True)
    _letterhead(sheet, form)
    for part in form.parts:
        sheet.para(_heading(part), bold=True)
        for index, line in enumerate(part.lines):
            paragraph = sheet.para(line, align=BOTH)
            if part.number in (2, 5) and index < 3:
                sheet.note(
                    paragraph, f"Tài liệu tham khảo số {len(sheet.notes) + 1} do đơn vị đề xuất lưu giữ (giả định)."
                )
    _closing(sheet, form)
    return sheet


def dotted(form: Form) -> Sheet:
    """Filled in over the dotted lines of the printed form."""
    sheet = Sheet()
    _letterhead(sheet, form)
    for part in form.parts:
        lines = list(part.lines)
        sheet.para(_heading(part) + " " + "." * 30, bold=True)
        for index, line in enumerate(lines):
            end = " " + "…" * 12 if index == len(lines) - 1 else ""
            sheet.para(line + end, align=BOTH)
    _closing(sheet, form)
    return sheet


def controlled(form: Form) -> Sheet:
    """A Word form: the answers stand in content controls."""
    sheet = Sheet()
    _letterhead(sheet, form)
    for part in form.parts:
        sheet.para(_heading(part), bold=True)
        inner = "".join(_control_paragraph(sheet, line) for line in part.lines)
        if inner:
            sheet.document.element.body.insert(
                len(sheet.document.element.body) - 1,
                parse_xml(
                    f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="Mục {part.number}"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'
                ),
            )
    _closing(sheet, form)
    return sheet


def _control_paragraph(sheet: Sheet, line: str) -> str:
    from xml.sax.saxutils import escape

    return (
        '<w:p><w:pPr><w:jc w:val="both"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="Times New Roman" '
        f'w:hAnsi="Times New Roman"/></w:rPr><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
    )


def two_columns_page(form: Form) -> Sheet:
    """Two columns on every page, as a newsletter has them."""
    sheet = Sheet(size=11, margins=(1.8, 1.8, 1.8, 1.8))
    _title(sheet)
    for part in form.parts:
        _item(sheet, part, _heading(part))
    for line in form.closing:
        sheet.para(line, align=LEFT)
    sheet.columns(2)
    return sheet


def without_marks(headings: Mapping[int, str]) -> dict[int, str]:
    """Return headings without their diacritics."""
    return {number: _bare(text) for number, text in headings.items()}


def _bare(text: str) -> str:
    plain_text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(_kept(plain_text))


def _kept(text: str) -> Iterator[str]:
    return (letter for letter in text if not unicodedata.combining(letter))
