"""A proposal's row of the official summary table (Bảng tổng hợp đề xuất), the same in DOCX and XLSX."""

from __future__ import annotations

from matcher.records import Assessment, Status
from matcher.reporting.form_words import form_cell
from matcher.reporting.wording import Verdict, Wording, one_line, percent, shortened, shown_matches, verdict

#: Heading of each column.
SUMMARY_KEYS = (
    "column.number",
    "column.title",
    "column.organisation",
    "column.best_plan",
    "column.state",
    "column.alike",
    "column.form",
    "column.notes",
)
#: The column that is coloured by the verdict.
STATE_COLUMN = 4
#: Letters of an orientation in the table.
SHOWN_LETTERS = 110


def summary_row(wording: Wording, number: int, assessment: Assessment) -> list[str]:
    """Return the cells of a proposal, in the order of `SUMMARY_KEYS`; a line feed divides paragraphs."""
    t, proposal = wording.t, assessment.proposal
    title = one_line(proposal.title) or wording.problems(assessment)
    return [
        str(number),
        f"{title}\n({t('column.id')}: {one_line(proposal.id)})",
        one_line(proposal.sections.get("organisation", "")),
        _basis(wording, assessment),
        _state(wording, assessment),
        wording.duplicates(assessment),
        form_cell(assessment.form, t),
        _notes(wording, assessment),
    ]


def _basis(wording: Wording, assessment: Assessment) -> str:
    matches = shown_matches(assessment)
    if not matches:
        return ""
    best = matches[0]
    text = shortened(wording.orientation_text(best.orientation), SHOWN_LETTERS)
    return f"{best.orientation}. {text}\n{wording.plan(best.plan)}"


def _state(wording: Wording, assessment: Assessment) -> str:
    matches = shown_matches(assessment)
    level = f"\n({percent(matches[0].probability)})" if matches else ""
    return wording.state(assessment, sign=False) + level


def _notes(wording: Wording, assessment: Assessment) -> str:
    """Return the reasons of a state that is not plain, and what happened when the proposal was read."""
    read = wording.problems(assessment) if assessment.proposal.status is not Status.OK else ""
    reasons = wording.reasons(assessment) if verdict(assessment) is not Verdict.ALIGNED else ""
    shown = read if assessment.proposal.title else ""
    return "\n".join(part for part in (shown, reasons) if part)
