"""The DOCX summary table (Bảng tổng hợp đề xuất): one row a proposal, A4 on its side, for printing and for minutes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import BinaryIO

from matcher.reporting.form_words import forms_line
from matcher.reporting.paper import SIZE, Cell, Paper, Run
from matcher.reporting.report import Report
from matcher.reporting.sheets import COLOURS
from matcher.reporting.summary_row import STATE_COLUMN, SUMMARY_KEYS, summary_row
from matcher.reporting.wording import Verdict, Wording, clean, one_line, verdict

#: Proposals in the table; a document of more is of no use to anyone, and the workbook holds them all.
MAX_PROPOSALS = 2_000
#: Width in centimetres of each column; 26.2 cm in all.
WIDTHS = (1.6, 5.8, 3.3, 5.6, 2.6, 2.8, 2.5, 2.0)
COVERAGE_COLUMNS = (
    ("column.orientation", 2.2),
    ("column.orientation_text", 11.8),
    ("column.plan", 4.2),
    ("column.aligned", 1.8),
    ("column.uncertain", 1.8),
    ("column.examples", 4.4),
)
PLACE_AND_DAY = "……………, ngày …… tháng …… năm ………"
SIGNATURES = (("NGƯỜI LẬP BẢNG", "(Ký, ghi rõ họ tên)"), ("LÃNH ĐẠO ĐƠN VỊ", "(Ký, ghi rõ họ tên, đóng dấu)"))


def write_docx(report: Report, stream: BinaryIO) -> None:
    """Write the summary table; proposals beyond `MAX_PROPOSALS` are left out and the document says so."""
    wording = Wording(report)
    paper = Paper(wording.t("title.report"), landscape=True, table_size=SIZE)
    paper.add_heading(report.announcement.issuer, wording.t("title.summary_table"), clean(wording.announcement_line()))
    _add_totals(paper, wording)
    table = paper.body.add_table(WIDTHS)
    table.add_row([_cell(wording.t(key), "bold") for key in SUMMARY_KEYS], header=True, centred=True)
    for number, assessment in enumerate(islice(report.best(1), MAX_PROPOSALS), 1):
        shades = {STATE_COLUMN: COLOURS[verdict(assessment)][0]}
        table.add_row([_cell(text) for text in summary_row(wording, number, assessment)], shades=shades)
    paper.add_signatures(PLACE_AND_DAY, SIGNATURES)
    _add_legend(paper, wording)
    _add_coverage(paper, wording)
    _add_integrity(paper, wording)
    paper.save(stream)


def _cell(text: str, mark: str = "") -> Cell:
    return [[Run(line, mark)] for line in clean(text).split("\n")]


def _add_totals(paper: Paper, wording: Wording) -> None:
    summary, t = wording.report.summary, wording.t
    paper.body.add(Run(f"{t('says.totals', total=t.count(summary.total))}: {wording.counts_line()}."), before=6)
    duplicated = t("says.duplicated", n=t.count(summary.duplicated))
    paper.body.add(Run(f"{duplicated}. {clean(wording.registers_line())}"))
    if summary.faulty:
        paper.body.add(Run(forms_line(summary, t)))
    paper.body.add(Run(wording.coverage_line()))
    for line in (wording.incomplete_line(), capped_line(wording, MAX_PROPOSALS)):
        if line:
            paper.body.add(Run(line, "bold"))


def _add_legend(paper: Paper, wording: Wording) -> None:
    """Say what the states and the probability mean."""
    paper.body.add(before=6)
    for term, meaning in wording.legend()[: len(Verdict) + 1]:
        paper.body.add(Run(f"{term}: ", "bold"), Run(meaning), bullet=True)
    paper.body.add(Run(wording.t("says.reader_note"), "italic"))


def _add_coverage(paper: Paper, wording: Wording) -> None:
    """Add the table of every orientation, on a page of its own, with how many proposals answer it."""
    t, report = wording.t, wording.report
    paper.body.add(Run(t("title.coverage"), "bold"), align="center", keep=True, new_page=True)
    paper.body.add(Run(f"{wording.coverage_line()} {t('legend.coverage')}"))
    table = paper.body.add_table([width for _, width in COVERAGE_COLUMNS])
    table.add_row([_cell(t(key), "bold") for key, _ in COVERAGE_COLUMNS], header=True, centred=True)
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
        table.add_row(_cells(cells), shades={} if covered.total else {5: COLOURS[Verdict.FAILED][0]})
    counted = report.summary.coverage.values()
    sums = (sum(each.aligned for each in counted), sum(each.uncertain for each in counted))
    last = [t("column.total"), wording.coverage_line(), "", *(t.count(each) for each in sums), wording.left_out_line()]
    table.add_row(_cells(last), shade="#E3E9F2")


def _cells(texts: Sequence[str]) -> list[Cell]:
    return [_cell(text) for text in texts]


def _add_integrity(paper: Paper, wording: Wording) -> None:
    """List what a careful reader would want to know of the announcement."""
    problems = wording.report.announcement.integrity
    if not problems:
        return
    paper.body.add(Run(wording.t("page.integrity").upper(), "bold"), align="center", keep=True, before=12)
    for problem in problems:
        paper.body.add(Run(clean(wording.problem(problem))), bullet=True)


def capped_line(wording: Wording, shown: int) -> str:
    """Return the statement that an output shows the first proposals only; empty where it shows all."""
    summary, t = wording.report.summary, wording.t
    if summary.total <= shown:
        return ""
    left = Counter(dict(wording.counts()))
    left.subtract(verdict(assessment) for assessment in islice(wording.report.best(1), shown))
    counts = ", ".join(f"{t(f'state.{kind}')}: {t.count(left[kind])}" for kind in Verdict if left[kind])
    return t("says.capped", shown=t.count(shown), left=t.count(summary.total - shown), counts=counts)
