"""An A4 paper as offices write them (Nghị định 30/2020/NĐ-CP, annex I): page, typeface, heading lines, signatures."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any, BinaryIO

from matcher.reporting.paper.body import TABLE_STYLE, Body, Cell, Line, Run
from matcher.reporting.wording import one_line

#: The typeface and size that annex I asks of administrative documents.
FONT, SIZE = "Times New Roman", 13
COUNTRY, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
DOTS = "." * 60
_LONG, _SHORT = 29.7, 21.0
#: Centimetres: top and bottom, left and right of an upright page, left and right of a page on its side.
_EDGE, _UPRIGHT, _SIDEWAYS, _DENSE_EDGE = 2.0, (3.0, 1.5), (2.0, 1.5), 1.4
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Paper:
    """A paper under way: `body` takes its paragraphs and tables, `save` writes it.

    Parameters
    ----------
    title : str
        Of the document's properties.
    landscape : bool
        Whether the page lies on its side.
    size, table_size : float
        Points of the text, and of the text in tables.
    dense : bool
        Whether as much as can be read goes onto a page: narrow margins, lines close together.
    """

    def __init__(
        self,
        title: str,
        *,
        landscape: bool = False,
        size: float = SIZE,
        table_size: float = 11,
        dense: bool = False,
    ) -> None:
        import docx

        self._document = docx.Document()
        left, right = _SIDEWAYS if landscape or dense else _UPRIGHT
        #: Centimetres between the margins.
        self.width = (_LONG if landscape else _SHORT) - left - right
        self._set_page(landscape, left, right)
        self._set_styles(size, table_size)
        if dense:
            self._make_dense()
        properties = self._document.core_properties
        properties.title, properties.author, properties.comments = title, "", ""
        _add_page_number(self._document.sections[0].footer.paragraphs[0])
        self.body = Body(self._document)

    def _set_page(self, landscape: bool, left: float, right: float) -> None:
        from docx.enum.section import WD_ORIENT
        from docx.shared import Cm

        section = self._document.sections[0]
        width, height = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Cm(width), Cm(height)
        section.left_margin, section.right_margin = Cm(left), Cm(right)
        section.top_margin, section.bottom_margin = Cm(_EDGE), Cm(_EDGE)

    def _set_styles(self, size: float, table_size: float) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.oxml.ns import qn
        from docx.shared import Pt

        styles = self._document.styles
        for name in ("Normal", "List Bullet"):
            style = styles[name]
            style.font.name, style.font.size = FONT, Pt(size)
            style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
            style.paragraph_format.space_after = Pt(4)
        dense = styles.add_style(TABLE_STYLE, WD_STYLE_TYPE.PARAGRAPH)
        dense.base_style, dense.font.size = styles["Normal"], Pt(table_size)
        dense.paragraph_format.space_after = Pt(2)

    def _make_dense(self) -> None:
        from docx.shared import Cm, Pt

        section = self._document.sections[0]
        section.top_margin = section.bottom_margin = Cm(_DENSE_EDGE)
        section.footer_distance = Cm(_DENSE_EDGE / 2)
        for name in ("Normal", "List Bullet"):
            paragraphs = self._document.styles[name].paragraph_format
            paragraphs.space_after, paragraphs.line_spacing = Pt(1.5), 1.0

    def add_heading(self, office: str, title: str, *lines: str, new_page: bool = False) -> None:
        """Add the lines that head an administrative document, the title, and lines below it."""
        if new_page:
            self.body.add(new_page=True)
        share = 0.4 * self.width
        self.body.add_table((share, self.width - share), ruled=False).add_row(heading_cells(office), centred=True)
        self.body.add(Run(title, "bold"), align="center", keep=True, before=12)
        for line in lines:
            self.body.add(Run(line), align="center", keep=True)

    def add_signatures(self, place_and_day: str, signatures: Sequence[tuple[str, str]]) -> None:
        """Add the place and day, and below it, side by side, those who sign."""
        self.body.add(Run(place_and_day, "italic"), align="right", keep=True, before=6)
        widths = [self.width / len(signatures)] * len(signatures)
        self.body.add_table(widths, ruled=False).add_row(signature_cells(signatures), centred=True)

    def add_picture(self, png: bytes, says: str) -> None:
        """Add a picture as wide as the text, on the page of what follows; `says` is for those who cannot see it."""
        from docx.shared import Cm

        self._document.add_picture(io.BytesIO(png), width=Cm(self.width))
        self._document.paragraphs[-1].paragraph_format.keep_with_next = True
        self._document.inline_shapes[-1]._inline.docPr.set("descr", says)

    def save(self, stream: BinaryIO) -> None:
        """Write the document with fixed times in its archive: equal runs give equal bytes."""
        written, fixed = io.BytesIO(), io.BytesIO()
        self._document.save(written)
        with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                entry = zipfile.ZipInfo(name, _EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                target.writestr(entry, source.read(name))
        stream.write(fixed.getvalue())


def heading_cells(office: str) -> list[Cell]:
    """Return the office's name, and beside it the country's (quốc hiệu) and the motto (tiêu ngữ)."""
    name = one_line(office).upper() or DOTS[:30]
    return [[[Run(name, "bold")]], [[Run(COUNTRY, "bold")], [Run(MOTTO, "bold underline")]]]


def signature_cells(signatures: Sequence[tuple[str, str]]) -> list[Cell]:
    """Return who signs, and how, with room for the signature."""
    blank: list[Line] = [[Run("")]] * 4
    return [[[Run(who, "bold")], [Run(how, "italic")], *blank] for who, how in signatures]


def remark_lines(count: int, dots: int = 118) -> list[Run]:
    """Return dotted lines to write on."""
    return [Run("." * dots)] * count


def _add_page_number(paragraph: Any) -> None:  # noqa: ANN401
    """Put the number of the page into a paragraph of a footer, centred."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
