"""The DOCX summary table: one row a proposal, A4 landscape, for printing and for minutes."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Any, BinaryIO

from matcher.records import Assessment
from matcher.reporting.report import Report
from matcher.reporting.sheets import COLOURS
from matcher.reporting.wording import Verdict, Wording, clean, one_line, percent, shown_matches, verdict

#: Proposals in the table; a document of more is of no use to anyone, and the workbook holds them all.
MAX_PROPOSALS = 2_000
#: The typeface and size that Nghị định 30/2020/NĐ-CP, annex I, asks of administrative documents.
FONT, SIZE = "Times New Roman", 13
#: Heading and width in centimetres of each column; 25.7 cm in all.
COLUMNS = (
    ("column.number", 1.5),
    ("column.id", 2.0),
    ("column.title", 6.5),
    ("column.best", 5.9),
    ("column.state", 3.4),
    ("column.duplicates", 3.6),
    ("column.notes", 2.8),
)
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_docx(report: Report, stream: BinaryIO) -> None:
    """Write the summary table; proposals beyond `MAX_PROPOSALS` are left out and the document says so."""
    import docx

    document = docx.Document()
    wording = Wording(report)
    _set_up(document, wording)
    _add_heading(document, wording)
    table = _add_table(document, wording)
    for number, assessment in enumerate(islice(report.best(1), MAX_PROPOSALS), 1):
        _add_row(table, _cells(wording, number, assessment), COLOURS[verdict(assessment)][0])
    document.add_paragraph()
    for term, meaning in wording.legend()[: len(Verdict)]:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(f"{term}: ").bold = True
        paragraph.add_run(meaning)
    document.add_paragraph(wording.t("says.reader_note")).runs[0].italic = True
    _save(document, stream)


def _set_up(document: Any, wording: Wording) -> None:  # noqa: ANN401
    """Give the page and the typeface; python-docx's own template is Letter, portrait, Calibri."""
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin, section.right_margin = Cm(2.0), Cm(2.0)
    section.top_margin, section.bottom_margin = Cm(2.0), Cm(2.0)
    for name in ("Normal", "List Bullet"):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(SIZE)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
        style.paragraph_format.space_after = Pt(4)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = wording.t("title.report"), "", ""
    _add_page_number(section.footer.paragraphs[0])


def _add_page_number(paragraph: Any) -> None:  # noqa: ANN401
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _add_heading(document: Any, wording: Wording) -> None:  # noqa: ANN401
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run(wording.t("title.summary_table")).bold = True
    subtitle = document.add_paragraph(clean(wording.announcement_line()))
    subtitle.alignment = WD_ALIGN_PARAGRAPH.CENTER
    summary = wording.report.summary
    document.add_paragraph(
        f"{wording.t('says.totals', total=wording.t.count(summary.total))}: {wording.counts_line()}."
    )
    duplicated = wording.t("says.duplicated", n=wording.t.count(summary.duplicated))
    document.add_paragraph(f"{duplicated}. {clean(wording.registers_line())}")
    document.add_paragraph(wording.coverage_line())
    for line in (wording.incomplete_line(), capped_line(wording, MAX_PROPOSALS)):
        if line:
            document.add_paragraph().add_run(line).bold = True


def capped_line(wording: Wording, shown: int) -> str:
    """Return the statement that an output shows the first proposals only; empty where it shows all."""
    summary, t = wording.report.summary, wording.t
    if summary.total <= shown:
        return ""
    left = Counter(dict(wording.counts()))
    left.subtract(verdict(assessment) for assessment in islice(wording.report.best(1), shown))
    counts = ", ".join(f"{t(f'state.{kind}')}: {t.count(left[kind])}" for kind in Verdict if left[kind])
    return t("says.capped", shown=t.count(shown), left=t.count(summary.total - shown), counts=counts)


def _add_table(document: Any, wording: Wording) -> Any:  # noqa: ANN401
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    table = document.add_table(rows=1, cols=len(COLUMNS))
    table.style = "Table Grid"
    table.autofit = False
    for column, (_, width) in zip(table.columns, COLUMNS, strict=True):
        column.width = Cm(width)
    row = table.rows[0]
    for cell, (key, width) in zip(row.cells, COLUMNS, strict=True):
        cell.width = Cm(width)
        cell.paragraphs[0].add_run(wording.t(key)).bold = True
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return table


def _cells(wording: Wording, number: int, assessment: Assessment) -> list[str]:
    proposal, matches = assessment.proposal, shown_matches(assessment)
    basis = state = ""
    if matches:
        best = matches[0]
        text = wording.orientation_text(best.orientation)
        basis = f"{best.orientation}. {text}\n{wording.t('column.plan')}: {wording.plan(best.plan)}"
        state = f"\n{wording.t('column.probability')}: {percent(best.probability)}"
    remarks = "\n".join(part for part in (wording.problems(assessment), wording.reasons(assessment)) if part)
    return [
        str(number),
        one_line(proposal.id),
        one_line(proposal.title) or wording.problems(assessment),
        basis,
        wording.state(assessment, sign=False) + state,
        wording.duplicates(assessment),
        remarks if verdict(assessment) is not Verdict.ALIGNED or proposal.problems else "",
    ]


def _add_row(table: Any, cells: Sequence[str], colour: str) -> None:  # noqa: ANN401
    """Add a row; built from XML, since python-docx takes longer for each row than for the one before."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    row = OxmlElement("w:tr")
    no_split = OxmlElement("w:trPr")
    no_split.append(OxmlElement("w:cantSplit"))
    row.append(no_split)
    for index, (text, (_, width)) in enumerate(zip(cells, COLUMNS, strict=True)):
        cell = OxmlElement("w:tc")
        properties = OxmlElement("w:tcPr")
        size = OxmlElement("w:tcW")
        size.set(qn("w:w"), str(round(width * 567)))  # twentieths of a point
        size.set(qn("w:type"), "dxa")
        properties.append(size)
        if index == 4:
            shade = OxmlElement("w:shd")
            shade.set(qn("w:val"), "clear")
            shade.set(qn("w:fill"), colour.lstrip("#"))
            properties.append(shade)
        cell.append(properties)
        for line in clean(text).split("\n"):
            cell.append(_paragraph(line))
        row.append(cell)
    table._tbl.append(row)


def _paragraph(text: str) -> Any:  # noqa: ANN401
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph, run, words = OxmlElement("w:p"), OxmlElement("w:r"), OxmlElement("w:t")
    words.set(qn("xml:space"), "preserve")
    words.text = text
    run.append(words)
    paragraph.append(run)
    return paragraph


def _save(document: Any, stream: BinaryIO) -> None:  # noqa: ANN401
    """Write the document with fixed times in its archive: equal runs give equal bytes."""
    written, fixed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    stream.write(fixed.getvalue())
