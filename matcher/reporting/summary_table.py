"""The DOCX summary table: one row a proposal, A4 landscape, for printing and for minutes."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, BinaryIO

from matcher.records import Assessment
from matcher.reporting.report import Report
from matcher.reporting.sheets import COLOURS
from matcher.reporting.wording import Verdict, Wording, clean, one_line, percent, shortened, shown_matches, verdict

#: Proposals in the table; a document of more is of no use to anyone, and the workbook holds them all.
MAX_PROPOSALS = 2_000
#: The typeface and size that Nghị định 30/2020/NĐ-CP, annex I, asks of administrative documents; tables are denser.
FONT, SIZE, TABLE_SIZE = "Times New Roman", 13, 11
#: Letters of an orientation in the first table; the second gives it whole.
SHOWN_LETTERS = 150
#: Heading and width in centimetres of each column; 25.7 cm in all.
COLUMNS = (
    ("column.number", 1.2),
    ("column.id", 1.8),
    ("column.title", 6.4),
    ("column.best", 7.3),
    ("column.state", 3.0),
    ("column.duplicates", 3.2),
    ("column.notes", 2.8),
)
COVERAGE_COLUMNS = (
    ("column.orientation", 1.8),
    ("column.orientation_text", 12.2),
    ("column.plan", 4.2),
    ("column.aligned", 1.7),
    ("column.uncertain", 1.7),
    ("column.examples", 4.1),
)
Columns = tuple[tuple[str, float], ...]
#: The name of the paragraphs' style in tables.
TABLE_STYLE = "Table Cell"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_docx(report: Report, stream: BinaryIO) -> None:
    """Write the summary table; proposals beyond `MAX_PROPOSALS` are left out and the document says so."""
    import docx

    document = docx.Document()
    wording = Wording(report)
    _set_up(document, wording)
    _add_heading(document, wording)
    table = _add_table(document, wording, COLUMNS)
    for number, assessment in enumerate(islice(report.best(1), MAX_PROPOSALS), 1):
        _add_row(table, COLUMNS, _cells(wording, number, assessment), {4: COLOURS[verdict(assessment)][0]})
    document.add_paragraph()
    _add_legend(document, wording)
    _add_coverage(document, wording)
    _add_integrity(document, wording)
    save(document, stream)


def _add_legend(document: Any, wording: Wording) -> None:  # noqa: ANN401
    """Say what the states and the probability mean."""
    for term, meaning in wording.legend()[: len(Verdict) + 1]:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(f"{term}: ").bold = True
        paragraph.add_run(meaning)
    document.add_paragraph(wording.t("says.reader_note")).runs[0].italic = True


def _add_coverage(document: Any, wording: Wording) -> None:  # noqa: ANN401
    """Add the table of every orientation, on a page of its own, with how many proposals answer it."""
    t, report = wording.t, wording.report
    _add_title(document, t("title.coverage")).paragraph_format.page_break_before = True
    document.add_paragraph(f"{wording.coverage_line()} {t('legend.coverage')}")
    table = _add_table(document, wording, COVERAGE_COLUMNS)
    for orientation in report.announcement.orientations:
        covered = report.summary.coverage[orientation.id]
        more = "…" if covered.total > len(covered.examples) else ""
        names = ", ".join(one_line(name) for _, name in covered.examples) + more
        plan, basis = report.announcement.plan_of(orientation)
        cited = orientation.main_citation
        number = one_line(plan.id if plan else cited.plan if cited else "")
        cells = [
            orientation.id,
            one_line(orientation.text),
            f"{number} ({wording.basis_words(basis)})" if number else wording.basis_words(basis),
            t.count(covered.aligned),
            t.count(covered.uncertain),
            names if covered.total else t("coverage.unanswered"),
        ]
        _add_row(table, COVERAGE_COLUMNS, cells, {} if covered.total else {5: COLOURS[Verdict.FAILED][0]})
    counted = report.summary.coverage.values()
    sums = (sum(each.aligned for each in counted), sum(each.uncertain for each in counted))
    last = [t("column.total"), wording.coverage_line(), "", *(t.count(each) for each in sums), wording.left_out_line()]
    _add_row(table, COVERAGE_COLUMNS, last, dict.fromkeys(range(len(last)), "#E3E9F2"))


def _add_integrity(document: Any, wording: Wording) -> None:  # noqa: ANN401
    """List what a careful reader would want to know of the announcement."""
    problems = wording.report.announcement.integrity
    if not problems:
        return
    document.add_paragraph()
    _add_title(document, wording.t("page.integrity").upper())
    for problem in problems:
        document.add_paragraph(clean(wording.problem(problem)), style="List Bullet")


def _add_title(document: Any, text: str) -> Any:  # noqa: ANN401
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.keep_with_next = True
    title.add_run(text).bold = True
    return title


def _set_up(document: Any, wording: Wording) -> None:  # noqa: ANN401
    """Give the page and the typeface; python-docx's own template is Letter, portrait, Calibri."""
    from docx.enum.section import WD_ORIENT
    from docx.enum.style import WD_STYLE_TYPE
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
    dense = document.styles.add_style(TABLE_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    dense.base_style, dense.font.size = document.styles["Normal"], Pt(TABLE_SIZE)
    dense.paragraph_format.space_after = Pt(2)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = wording.t("title.report"), "", ""
    add_page_number(section.footer.paragraphs[0])


def add_page_number(paragraph: Any) -> None:  # noqa: ANN401
    """Put the number of the page into a paragraph of a footer, centred."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _add_heading(document: Any, wording: Wording) -> None:  # noqa: ANN401
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    _add_title(document, wording.t("title.summary_table"))
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


def _add_table(document: Any, wording: Wording, columns: Columns) -> Any:  # noqa: ANN401
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    table = document.add_table(rows=1, cols=len(columns))
    table.style = "Table Grid"
    table.autofit = False
    for column, (_, width) in zip(table.columns, columns, strict=True):
        column.width = Cm(width)
    row = table.rows[0]
    for cell, (key, width) in zip(row.cells, columns, strict=True):
        cell.width = Cm(width)
        cell.paragraphs[0].style = TABLE_STYLE
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        cell.paragraphs[0].add_run(wording.t(key)).bold = True
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return table


def _cells(wording: Wording, number: int, assessment: Assessment) -> list[str]:
    proposal, matches = assessment.proposal, shown_matches(assessment)
    basis = state = ""
    if matches:
        best = matches[0]
        text = shortened(wording.orientation_text(best.orientation), SHOWN_LETTERS)
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


def _add_row(table: Any, columns: Columns, cells: Sequence[str], colours: Mapping[int, str]) -> None:  # noqa: ANN401
    """Add a row, its cells coloured by index; built from XML, since python-docx gets slower with each row."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    row = OxmlElement("w:tr")
    no_split = OxmlElement("w:trPr")
    no_split.append(OxmlElement("w:cantSplit"))
    row.append(no_split)
    for index, (text, (_, width)) in enumerate(zip(cells, columns, strict=True)):
        cell = OxmlElement("w:tc")
        properties = OxmlElement("w:tcPr")
        size = OxmlElement("w:tcW")
        size.set(qn("w:w"), str(round(width * 567)))  # twentieths of a point
        size.set(qn("w:type"), "dxa")
        properties.append(size)
        if index in colours:
            shade = OxmlElement("w:shd")
            shade.set(qn("w:val"), "clear")
            shade.set(qn("w:fill"), colours[index].lstrip("#"))
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
    properties, style = OxmlElement("w:pPr"), OxmlElement("w:pStyle")
    style.set(qn("w:val"), TABLE_STYLE.replace(" ", ""))
    properties.append(style)
    paragraph.append(properties)
    words.set(qn("xml:space"), "preserve")
    words.text = text
    run.append(words)
    paragraph.append(run)
    return paragraph


def save(document: Any, stream: BinaryIO) -> None:  # noqa: ANN401
    """Write the document with fixed times in its archive: equal runs give equal bytes."""
    written, fixed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    stream.write(fixed.getvalue())
