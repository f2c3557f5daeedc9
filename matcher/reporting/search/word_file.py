"""The search report as DOCX: A4 upright, the typeface of administrative documents, a place to sign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from matcher.reporting.search import words
from matcher.reporting.search.differences import Piece
from matcher.reporting.search.record import SearchReport, Weight
from matcher.reporting.search.view import FindingView, ProposalView, proposal_view, scope_lines
from matcher.reporting.search.word_body import Body, Line, Run
from matcher.reporting.summary_table import FONT, SIZE, TABLE_SIZE, TABLE_STYLE, add_page_number, save
from matcher.reporting.wording import clean, one_line

#: Centimetres between the margins: 21 less 3 on the left and 1.5 on the right (Nghị định 30/2020/NĐ-CP, annex I).
TEXT_WIDTH = 16.5
_SUMMARY_WIDTHS = (1.2, 2.3, 7.0, 6.0)
_SIDE_WIDTHS = (1.9, 7.3, 7.3)
_HEAD_WIDTHS = (6.5, 10.0)
_SHADES = {Weight.LIKELY: "F8D8C4", Weight.LOOK: "FFF3CF", Weight.COPIED: "FFF3CF"}
#: Dotted lines for the officer's remarks, and dots in each.
_REMARK_LINES, _REMARK_DOTS = 6, 118


def write_search_docx(report: SearchReport, stream: BinaryIO) -> None:
    """Write the report."""
    import docx

    document = docx.Document()
    _set_up(document)
    body = Body(document)
    _add_heading(body, report)
    _add_title(body, words.SCOPE)
    _add_list(body, "", scope_lines(report))
    views = [proposal_view(number, each, report.scope) for number, each in enumerate(report.proposals, 1)]
    _add_summary(body, views)
    _add_title(body, words.DETAILS)
    detailed = [view for view in views if view.has_details]
    for view in detailed:
        _add_proposal(body, view)
    if not detailed:
        body.add(Run(words.NO_DETAILS))
    _add_end(body)
    save(document, stream)


def _set_up(document: Any) -> None:  # noqa: ANN401
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3.0), Cm(1.5)
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
    properties.title, properties.author, properties.comments = f"{words.TITLE} {words.SUBTITLE}", "", ""
    add_page_number(section.footer.paragraphs[0])


def _add_heading(body: Body, report: SearchReport) -> None:
    """Add the lines that head an administrative document, and the title."""
    office = Run(one_line(report.office).upper() or words.DOTS[:30], "bold")
    state = [[Run(words.COUNTRY, "bold")], [Run(words.MOTTO, "bold")]]
    body.add_table(_HEAD_WIDTHS, ruled=False).add_row([[[office]], state], centred=True)
    body.add(Run(words.TITLE, "bold"), align="center", keep=True, before=14)
    body.add(Run(words.SUBTITLE, "bold"), align="center", keep=True)
    day = report.scope.searched_on.strftime("%d/%m/%Y")
    body.add(Run(words.SEARCHED_ON.format(day=day)), align="center", keep=True)
    body.add(Run(words.NO_VERDICT, "italic"), align="both")


def _add_title(body: Body, text: str) -> None:
    body.add(Run(text, "bold"), keep=True, before=8)


def _add_list(body: Body, heading: str, lines: Iterable[str]) -> None:
    if heading:
        body.add(Run(heading), keep=True)
    for line in lines:
        body.add(Run(line), bullet=True)


def _add_summary(body: Body, views: Sequence[ProposalView]) -> None:
    _add_title(body, words.SUMMARY)
    if not views:
        body.add(Run(words.NO_PROPOSALS))
        return
    table = body.add_table(_SUMMARY_WIDTHS)
    table.add_row([[[Run(name, "bold")]] for name in words.COLUMNS], header=True, centred=True)
    for view in views:
        strong = "" if view.is_clear else "bold"
        result = [[Run(line, "" if n else strong)] for n, line in enumerate(view.result)]
        table.add_row([[[Run(str(view.number))]], [[Run(view.id)]], [[Run(view.title)]], result])


def _add_proposal(body: Body, view: ProposalView) -> None:
    _add_title(body, f"{words.PROPOSAL.format(id=view.id)}: {view.title}")
    _add_facts(body, view.facts)
    for line in view.result:
        body.add(Run(line))
    for finding in view.findings:
        _add_finding(body, finding)
    _add_list(body, view.more, view.named)
    _add_list(body, words.INFORMATION if view.information else "", view.information)


def _add_facts(body: Body, facts: Sequence[tuple[str, str]]) -> None:
    runs: list[Run] = []
    for name, text in facts:
        runs += [Run(f"{'; ' if runs else ''}{name}: ", "italic"), Run(text)]
    if runs:
        body.add(*runs, keep=True)


def _add_finding(body: Body, finding: FindingView) -> None:
    _add_title(body, finding.heading)
    _add_facts(body, finding.facts)
    if finding.reasons:
        body.add(Run(f"{words.REASONS}: ", "italic"), Run("; ".join(finding.reasons) + "."), keep=True)
    if finding.sections:
        table = body.add_table(_SIDE_WIDTHS)
        heads = [[[Run(name, "bold")]] for name in ("", finding.here, finding.there)]
        table.add_row(heads, header=True, centred=True, shade=_SHADES.get(finding.weight, ""))
        for name, both in finding.sections:
            sides = [_lines(both.left, "underline"), _lines(both.right, "strike")]
            table.add_row([[[Run(name, "bold")]], *sides], splits=True)
    for note in finding.notes:
        body.add(Run(note, "italic"))
    if finding.passages:
        body.add(Run(f"{words.PASSAGES}:", "bold"), keep=True)
    for passage in finding.passages:
        body.add(Run(f"{passage.places}: "), Run(passage.quotation, "italic"), bullet=True)
    if finding.more_passages:
        body.add(Run(finding.more_passages))


def _lines(pieces: Sequence[Piece], mark: str) -> list[Line]:
    """Return the pieces of a text as its paragraphs."""
    lines: list[list[Run]] = [[]]
    for piece in pieces:
        first, *others = clean(piece.text).split("\n")
        lines[-1].append(Run(first, mark if piece.differs else ""))
        lines += [[Run(each, mark if piece.differs else "")] for each in others]
    return [line for line in lines if any(run.text.strip() for run in line)] or [[]]


def _add_end(body: Body) -> None:
    """Add the place for remarks and signatures."""
    _add_title(body, words.REMARKS)
    for _ in range(_REMARK_LINES):
        body.add(Run("." * _REMARK_DOTS), keep=True)
    body.add(Run(words.PLACE_AND_DAY, "italic"), align="right", keep=True)
    table = body.add_table((TEXT_WIDTH / 2, TEXT_WIDTH / 2), ruled=False)
    blank: list[Line] = [[Run("")]] * 4
    table.add_row([[[Run(who, "bold")], [Run(how)], *blank] for who, how in words.SIGNATURES], centred=True)
