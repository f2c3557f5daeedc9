"""CSV for Excel and other programs: UTF-8 with a byte-order mark, one row a proposal."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from matcher.records import Assessment
from matcher.reporting.report import Report
from matcher.reporting.wording import Verdict, Wording, clean, percent, shortened, shown_matches, verdict

#: Orientations that a row names.
NAMED_ORIENTATIONS = 3
# A cell that begins with one of these is a formula to Excel and LibreOffice (OWASP, «CSV injection»).
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def inert(text: str) -> str:
    """Return a cell's text that no spreadsheet takes for a formula: after an apostrophe where it might.

    Examples
    --------
    >>> inert("=HYPERLINK(1)"), inert("Cây hồi")
    ("'=HYPERLINK(1)", 'Cây hồi')
    """
    text = clean(text)
    dangerous = text.lstrip().startswith(_FORMULA_STARTS) or text.startswith(("\t", "\n"))
    return f"'{text}" if dangerous else text


def write_csv(report: Report, stream: BinaryIO) -> None:
    """Write the worklist as CSV: comma, double quotes where needed, CRLF."""
    wording = Wording(report)
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    try:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(_header(wording))
        for assessment in report.best(NAMED_ORIENTATIONS):
            writer.writerow([inert(cell) for cell in _row(wording, assessment)])
    finally:
        text.detach()  # the stream stays open: it is the caller's


def _header(wording: Wording) -> list[str]:
    t = wording.t
    best = [
        t(f"column.{name}_n", n=n) for n in range(1, NAMED_ORIENTATIONS + 1) for name in ("orientation", "probability")
    ]
    before = ["id", "title", "organisation", "state", "outside_probability"]
    after = ["plan", "plan_basis", "duplicates", "problems", "reasons", "file", "row"]
    return [*(t(f"column.{name}") for name in before), *best, *(t(f"column.{name}") for name in after)]


def _row(wording: Wording, assessment: Assessment) -> Iterator[str]:
    proposal, matches = assessment.proposal, shown_matches(assessment)[:NAMED_ORIENTATIONS]
    yield from (proposal.id, proposal.title, proposal.sections.get("organisation", ""))
    yield wording.state(assessment, sign=False)
    yield percent(assessment.flag.outside_probability) if verdict(assessment) is not Verdict.FAILED else ""
    for match in matches:
        # The words keep Excel from taking «1.10» for the number 1.1, and «1.5» for a day in May.
        bullet = f"{match.orientation} {shortened(wording.orientation_text(match.orientation), 80)}"
        yield from (bullet, percent(match.probability))
    yield from [""] * (2 * (NAMED_ORIENTATIONS - len(matches)))
    best = matches[0].plan if matches else None
    yield best.id if best else ""
    yield wording.basis_words(best.basis) if best else ""
    yield wording.duplicates(assessment)
    yield wording.problems(assessment)
    yield wording.reasons(assessment)
    yield proposal.source.file
    yield "" if proposal.source.row is None else str(proposal.source.row)
