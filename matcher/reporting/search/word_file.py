"""The search report as DOCX: A4 upright, the typeface of administrative documents, a place to sign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from matcher.reporting.paper import Body, Line, Paper, Run, remark_lines
from matcher.reporting.search import words
from matcher.reporting.search.differences import Piece
from matcher.reporting.search.record import SearchReport, Weight
from matcher.reporting.search.view import FindingView, ProposalView, proposal_view, scope_lines
from matcher.reporting.wording import clean

_SUMMARY_WIDTHS = (1.2, 2.3, 7.0, 6.0)
_SIDE_WIDTHS = (1.9, 7.3, 7.3)
_SHADES = {Weight.LIKELY: "F8D8C4", Weight.LOOK: "FFF3CF", Weight.COPIED: "FFF3CF"}
#: Dotted lines for the officer's remarks.
_REMARK_LINES = 6


def write_search_docx(report: SearchReport, stream: BinaryIO) -> None:
    """Write the report."""
    paper = Paper(f"{words.TITLE} {words.SUBTITLE}")
    body = paper.body
    day = report.scope.searched_on.strftime("%d/%m/%Y")
    paper.add_heading(report.office, words.TITLE, words.SUBTITLE, words.SEARCHED_ON.format(day=day))
    body.add(Run(words.NO_VERDICT, "italic"), align="both")
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
    _add_title(body, words.REMARKS)
    for line in remark_lines(_REMARK_LINES):
        body.add(line, keep=True)
    paper.add_signatures(words.PLACE_AND_DAY, words.SIGNATURES)
    paper.save(stream)


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
