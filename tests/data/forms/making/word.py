"""A Word document under construction: what python-docx writes, and what only raw XML can say."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as PackagePart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

Runs = Callable[[str], Iterable[tuple[str, str]]]
LEFT, CENTRE, RIGHT, BOTH = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
_W14 = (
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_EPOCH = (2024, 1, 1, 0, 0, 0)


def times(text: str) -> Iterator[tuple[str, str]]:
    """Yield a text as one run of Times New Roman."""
    yield text, "Times New Roman"


@dataclass
class Sheet:
    """A document being written; `runs` turns text into runs with their fonts."""

    runs: Runs = times
    size: float = 13
    spacing: float = 1.0
    margins: tuple[float, float, float, float] = (2, 2, 2.5, 2)  # top, bottom, left, right, cm
    document: Any = field(default_factory=docx.Document)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        top, bottom, left, right = map(Cm, self.margins)
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = top, bottom, left, right
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = "Times New Roman", Pt(self.size)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
        self.document.core_properties.author = ""

    def para(
        self, text: str = "", *, bold: bool = False, align: Any = LEFT, holder: Any = None, after: float = 3
    ) -> Any:
        """Add a paragraph to the document, or to a cell."""
        paragraph = (self.document if holder is None else holder).add_paragraph()
        paragraph.alignment = align
        paragraph.paragraph_format.space_after = Pt(after)
        paragraph.paragraph_format.line_spacing = self.spacing
        self.write(paragraph, text, bold=bold)
        return paragraph

    def write(self, paragraph: Any, text: str, *, bold: bool = False, italic: bool = False) -> None:
        """Add runs of a text to a paragraph."""
        for piece, font in self.runs(text):
            run = paragraph.add_run(piece)
            run.bold, run.italic = bold or None, italic or None
            run.font.name = font

    def lines(self, lines: Iterable[str], holder: Any = None) -> None:
        """Add lines of text; lines of the form «| a | b |» become a table."""
        rows: list[list[str]] = []
        for line in [*lines, ""]:
            if line.startswith("|"):
                rows.append([cell.strip() for cell in line.strip("|").split("|")])
                continue
            if rows:
                self.grid(rows, holder)
                rows = []
            if line:
                self.para(line, align=BOTH, holder=holder)

    def grid(self, rows: list[list[str]], holder: Any = None) -> None:
        """Add a table of short texts."""
        width = max(map(len, rows))
        target = self.document if holder is None else holder
        table = target.add_table(len(rows), width)
        self._borders(table)
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=False):
                self.write(cell.paragraphs[0], text)

    def table(self, columns: list[float]) -> Any:
        """Add an empty table of some widths, in cm."""
        table = self.document.add_table(0, len(columns))
        self._borders(table)
        table.autofit = False
        for column, width in zip(table.columns, columns, strict=True):
            column.width = Cm(width)
        return table

    def row(self, table: Any, columns: list[float]) -> list[Any]:
        """Add a row to a table and return its cells, each with its first paragraph taken out."""
        cells = list(table.add_row().cells)
        for cell, width in zip(cells, columns, strict=True):
            cell.width = Cm(width)
            first = cell.paragraphs[0]._p
            first.getparent().remove(first)
        return cells

    def xml(self, paragraph: Any, source: str) -> None:
        """Append raw XML to a paragraph."""
        paragraph._p.append(parse_xml(source))

    def inserted(self, paragraph: Any, text: str) -> None:
        """Append a tracked insertion."""
        self.xml(paragraph, _tracked("ins", "t", text))

    def deleted(self, paragraph: Any, text: str) -> None:
        """Append a tracked deletion."""
        self.xml(paragraph, _tracked("del", "delText", text))

    def note(self, paragraph: Any, text: str) -> None:
        """Append a footnote's mark; the bodies are written by `save`."""
        self.notes.append(text)
        self.xml(
            paragraph,
            f'<w:r {nsdecls("w")}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
            f'<w:footnoteReference w:id="{len(self.notes)}"/></w:r>',
        )

    def box(self, paragraph: Any, lines: list[str], *, height: float = 2.0) -> None:
        """Append a text box as Word writes it: the drawing, and the same text again for old versions."""
        body = "".join(
            f'<w:p><w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/></w:rPr>'
            f'<w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
            for line in lines
        )
        wide, high = int(Cm(16)), int(Cm(height))
        number = 100 + len(paragraph._p.xml) % 1000
        self.xml(
            paragraph,
            f"<w:r {nsdecls('w')} {_W14}><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
            f"<wp:inline distT='0' distB='0' distL='0' distR='0'><wp:extent cx='{wide}' cy='{high}'/>"
            f"<wp:docPr id='{number}' name='Text Box {number}'/><a:graphic>"
            "<a:graphicData uri='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'>"
            f"<wps:wsp><wps:cNvSpPr txBox='1'/><wps:spPr><a:xfrm><a:off x='0' y='0'/><a:ext cx='{wide}' cy='{high}'/>"
            "</a:xfrm><a:prstGeom prst='rect'><a:avLst/></a:prstGeom><a:ln w='6350'><a:solidFill><a:srgbClr val='000000'/>"
            f"</a:solidFill></a:ln></wps:spPr><wps:txbx><w:txbxContent>{body}</w:txbxContent></wps:txbx><wps:bodyPr/>"
            "</wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
            f"<v:shape style='width:450pt;height:{height * 28:.0f}pt'><v:textbox><w:txbxContent>{body}</w:txbxContent>"
            "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        )

    def numbering(self) -> int:
        """Add a numbering of two levels (1. and 1.1.) and of dashes on level three; return its id."""
        part = self.document.part.numbering_part.element
        levels = (("decimal", "%1."), ("decimal", "%1.%2."), ("bullet", "-"))
        body = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
            f'<w:pPr><w:ind w:left="{360 * level}" w:hanging="0"/></w:pPr></w:lvl>'
            for level, (kind, text) in enumerate(levels)
        )
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>{body}</w:abstractNum>'
        )
        part.insert(0, abstract)
        part.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
        return 77

    def numbered(self, paragraph: Any, number: int, level: int) -> None:
        """Put a paragraph under a numbering."""
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
        )

    def columns(self, count: int) -> None:
        """Set the section in columns, separated by a line."""
        section = self.document.sections[-1]._sectPr
        for old in section.findall(qn("w:cols")):
            section.remove(old)
        section.append(parse_xml(f'<w:cols {nsdecls("w")} w:num="{count}" w:space="600"/>'))

    def page_number(self, paragraph: Any) -> None:
        """Append the field of the page's number."""
        for kind in ("begin", "", "end"):
            inner = f'<w:fldChar w:fldCharType="{kind}"/>' if kind else "<w:instrText> PAGE </w:instrText>"
            self.xml(paragraph, f"<w:r {nsdecls('w')}>{inner}</w:r>")

    def _borders(self, table: Any) -> None:
        table.style = self.document.styles["Table Grid"]

    def save(self, path: Path, pages: int | None = None) -> None:
        """Write the document; the same content gives the same bytes."""
        if self.notes:
            self._add_notes()
        self.document.save(str(path))
        tidy(path, pages)

    def _add_notes(self) -> None:
        bodies = "".join(
            f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
            f"<w:r><w:rPr><w:sz w:val='20'/></w:rPr><w:t xml:space='preserve"
            f"'> {escape(text)}</w:t></w:r></w:p></w:footnote>"
            for number, text in enumerate(self.notes, 1)
        )
        separators = "".join(
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for kind, number in (("separator", -1), ("continuationSeparator", 0))
        )
        source = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {nsdecls("w")}>{separators}{bodies}</w:footnotes>'
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        part = PackagePart(PackURI("/word/footnotes.xml"), kind, source.encode(), self.document.part.package)
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        self.notes.clear()


def _tracked(tag: str, text_tag: str, text: str) -> str:
    return (
        f'<w:{tag} {nsdecls("w")} w:id="{900 + len(text)}" w:author="Người sửa" w:date="2024-04-01T08:00:00Z"><w:r><w:rPr>'
        f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/></w:rPr>'
        f'<w:{text_tag} xml:space="preserve">{escape(text)}</w:{text_tag}></w:r></w:{tag}>'
    )


def tidy(path: Path, pages: int | None) -> None:
    """Write a package again with fixed times, and with the number of pages as Word states it."""
    with zipfile.ZipFile(path) as package:
        content = {name: package.read(name) for name in package.namelist()}
    content["docProps/app.xml"] = _application(pages)
    content.pop("docProps/thumbnail.jpeg", None)
    relations = content["_rels/.rels"].decode()
    start = relations.find("<Relationship ", 0)
    kept = [piece for piece in relations[start:].split("<Relationship ") if piece and "thumbnail" not in piece]
    tail = "" if kept[-1].rstrip().endswith("</Relationships>") else "</Relationships>"
    content["_rels/.rels"] = (relations[:start] + "".join(f"<Relationship {piece}" for piece in kept) + tail).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in content.items():
            package.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)


def _application(pages: int | None) -> bytes:
    stated = f"<Pages>{pages}</Pages>" if pages else ""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"{stated}<Application>Microsoft Office Word</Application></Properties>"
    ).encode()
