"""The worklist on a terminal, or as plain lines where it is piped or the terminal has no Unicode."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.records import Assessment, DuplicateKind
from matcher.reporting.report import Report
from matcher.reporting.wording import (
    SIGNS,
    Verdict,
    Wording,
    one_line,
    other_of,
    percent,
    shortened,
    shown_matches,
    verdict,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

#: Proposals that a terminal shows; what is piped shows all.
TERMINAL_ROWS = 200
#: Narrower terminals get plain lines: a table of eight columns would be unreadable.
MIN_WIDTH = 90
_STYLES = {
    Verdict.ALIGNED: "bold blue",
    Verdict.UNCERTAIN: "bold yellow",
    Verdict.OUTSIDE: "bold magenta",
    Verdict.INVALID: "dim",
    Verdict.FAILED: "bold red reverse",
}


def worklist(report: Report, console: Console, outputs: Sequence[Path] = (), max_rows: int = TERMINAL_ROWS) -> None:
    """Print the worklist and, below it, what it adds up to.

    Parameters
    ----------
    report : Report
        What to show.
    console : rich.console.Console
        Where to; a table on a wide terminal with Unicode, else one plain line a proposal. Letters that the
        console's encoding lacks lose their marks («Đề xuất» → «De xuat») instead of ending the run.
    outputs : sequence of Path
        Files that were written, to be named at the end.
    max_rows : int
        Proposals that a terminal shows; what is piped shows all.
    """
    wording = Wording(report)
    shown = max_rows if console.is_terminal else None
    if console.is_terminal and console.width >= MIN_WIDTH and _unicode(console):
        console.print(_table(wording, islice(report.best(1), shown)))
    else:
        for assessment in islice(report.best(1), shown):
            _print(console, _line(wording, assessment, _unicode(console)))
        _print(console, "")
    if shown is not None and report.summary.total > shown:
        _print(console, wording.t("says.terminal_capped", n=wording.t.count(report.summary.total - shown)))
    for line in _summary_lines(wording, outputs, _unicode(console)):
        _print(console, line)


def encodable(text: str, encoding: str) -> str:
    """Return text that an encoding can carry: letters lose their marks first, what is left becomes «?».

    Examples
    --------
    >>> encodable("Đề xuất ✓ đặt hàng", "ascii")
    'De xuat ? dat hang'
    """
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_encodable(letter, encoding) for letter in text)
    except LookupError:  # an encoding that Python does not know
        return encodable(text, "ascii")
    return text


def _encodable(letter: str, encoding: str) -> str:
    """Return one letter, or its nearest form, in an encoding."""
    stems = {
        "đ": "d",
        "Đ": "D",
        "«": '"',
        "»": '"',
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "…": "...",
        "·": "|",
    }
    marks_off = "".join(each for each in unicodedata.normalize("NFD", letter) if not unicodedata.combining(each))
    for form in (letter, stems.get(letter, marks_off)):
        try:
            form.encode(encoding)
        except UnicodeEncodeError:
            continue
        return form
    return "?"


def _unicode(console: Console) -> bool:
    """Say whether the console's encoding carries Vietnamese and the signs of the states."""
    probe = "ữ✓○✗─│"
    return encodable(probe, console.encoding) == probe and not console.legacy_windows


def _print(console: Console, text: str) -> None:
    """Print text as it is: no markup, no wrapping, no colour."""
    console.print(encodable(text, console.encoding), markup=False, highlight=False, emoji=False, soft_wrap=True)


def _table(wording: Wording, assessments: Iterator[Assessment]) -> Table:
    from rich.table import Table
    from rich.text import Text

    t = wording.t
    table = Table(show_lines=False, pad_edge=False, title=Text(shortened(wording.announcement_line(), 160)))
    table.add_column(t("column.id"), no_wrap=True, max_width=14)
    table.add_column(t("column.title"), ratio=5)
    table.add_column(t("column.state"), ratio=2)
    table.add_column(t("column.best"), ratio=4)
    table.add_column("%", justify="right", no_wrap=True)
    table.add_column(t("column.plan"), ratio=2)
    table.add_column(t("column.duplicates"), ratio=2)
    for assessment in assessments:
        kind, best = verdict(assessment), next(iter(shown_matches(assessment)), None)
        bullet = f"{best.orientation} {shortened(wording.orientation_text(best.orientation), 70)}" if best else ""
        table.add_row(
            Text(one_line(assessment.proposal.id)),
            Text(shortened(assessment.proposal.title, 90) or shortened(wording.problems(assessment), 90)),
            Text(wording.state(assessment), style=_STYLES[kind]),
            Text(bullet),
            Text(percent(best.probability) if best else ""),
            Text(one_line(best.plan.id) or wording.basis_words(best.plan.basis) if best else ""),
            Text(_duplicates(wording, assessment)),
        )
    return table


def _duplicates(wording: Wording, assessment: Assessment) -> str:
    """Return the duplicates in brief: «P3 giống hệt 97%»."""
    own = assessment.proposal.id
    pairs = [pair for pair in assessment.duplicates if pair.kind is not DuplicateKind.SAME_METHOD_ELSEWHERE]
    parts = [
        " ".join([one_line(other_of(pair, own)), wording.t(f"kind.{pair.kind}"), percent(pair.probability)])
        for pair in pairs[:2]
    ]
    return "; ".join(parts) + (f"; +{len(pairs) - 2}" if len(pairs) > 2 else "")


def _line(wording: Wording, assessment: Assessment, unicode: bool) -> str:
    """Return one proposal as one line, its columns two spaces apart."""
    kind, best = verdict(assessment), next(iter(shown_matches(assessment)), None)
    states = max(len(wording.t(f"state.{each}")) for each in Verdict)
    sign = SIGNS[kind][0 if unicode else 1]
    parts = [
        one_line(assessment.proposal.id).ljust(min(wording.report.summary.id_width, 24)),
        f"{sign} {wording.t(f'state.{kind}').ljust(states)}",
        (best.orientation if best else "").ljust(5),
        (percent(best.probability) if best else "").rjust(4),
        (one_line(best.plan.id) if best else "").ljust(14),
        one_line(assessment.proposal.title) or wording.problems(assessment).replace("\n", "; "),
    ]
    if alike := _duplicates(wording, assessment):
        parts.append(f"[{wording.t('column.duplicates')}: {alike}]")
    return "  ".join(parts).rstrip()


def _summary_lines(wording: Wording, outputs: Sequence[Path], unicode: bool) -> Iterator[str]:
    summary, t = wording.report.summary, wording.t
    signs = 0 if unicode else 1
    counts = ", ".join(f"{SIGNS[kind][signs]} {t(f'state.{kind}')}: {t.count(n)}" for kind, n in wording.counts())
    yield f"{t('says.totals', total=t.count(summary.total))}: {counts}"
    if summary.duplicated:
        yield t("says.duplicated", n=t.count(summary.duplicated))
    yield wording.coverage_line()
    if warning := wording.incomplete_line():
        yield warning
    if outputs:
        yield f"{t('says.files')} {', '.join(map(str, outputs))}"
