"""The worklist on a terminal, or as plain lines where it is piped or the terminal has no Unicode."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from matcher.records import Assessment, DuplicateKind
from matcher.reporting.form_words import forms_line
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
#: Groups of one work that are named below the list.
GROUPS_SHOWN = 20
#: Narrower terminals get a few lines for each proposal: a table would be unreadable.
MIN_WIDTH = 100
#: Width from which states and duplicates stand on one line; columns of an orientation's id, and of the least that is
#: worth quoting of its text.
WIDE, BULLET_WIDTH, QUOTED_WIDTH = 130, 5, 28
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
        Where to; a table on a wide terminal with Unicode, a few lines for each proposal on other terminals, one
        plain line a proposal where it is piped. Letters that the
        console's encoding lacks lose their marks («Đề xuất» → «De xuat») instead of ending the run.
    outputs : sequence of Path
        Files that were written, to be named at the end.
    max_rows : int
        Proposals that a terminal shows; what is piped shows all.
    """
    wording = Wording(report)
    shown = max_rows if console.is_terminal else None
    assessments, unicode = islice(report.best(1), shown), _unicode(console)
    if not console.is_terminal:
        for assessment in assessments:
            _print(console, _line(wording, assessment, unicode))
        _print(console, "")
    elif not report.summary.total:
        _print(console, wording.t("says.no_proposals"))
    elif console.width >= MIN_WIDTH and unicode:
        console.print(_table(wording, list(assessments), console.width))
    else:
        for assessment in assessments:
            for line in _block(wording, assessment, unicode, console.width):
                _print(console, line)
        _print(console, "")
    if shown is not None and report.summary.total > shown:
        _print(console, wording.t("says.terminal_capped", n=wording.t.count(report.summary.total - shown)))
    for line in _summary_lines(wording, outputs, unicode):
        _print(console, line)
    if console.is_terminal and report.summary.total:
        _print(console, wording.t("says.probability"))


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
    """Print text as it is, with no markup and no colour; a terminal breaks its lines between words."""
    wrap = console.is_terminal
    text = encodable(text, console.encoding)
    console.print(text, markup=False, highlight=False, emoji=False, soft_wrap=not wrap)


@dataclass(frozen=True)
class _Row:
    """The cells of one proposal in a terminal's table."""

    assessment: Assessment
    id: str
    state: str
    orientation: str
    probability: str
    plan: str
    duplicates: str


def _row(wording: Wording, assessment: Assessment) -> _Row:
    best = next(iter(shown_matches(assessment)), None)
    plan = one_line(best.plan.id) or wording.basis_words(best.plan.basis) if best else ""
    return _Row(
        assessment,
        shortened(assessment.proposal.id, 14),
        wording.state(assessment),
        best.orientation if best else "",
        percent(best.probability) if best else "",
        plan,
        _duplicates(wording, assessment),
    )


def _table(wording: Wording, assessments: Sequence[Assessment], width: int) -> Table:
    """Return a table whose titles have at most two lines; wide ones quote the orientation, too."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    t, rows = wording.t, [_row(wording, assessment) for assessment in assessments]
    title = Text(shortened(wording.announcement_line(), width - 2), style="bold")
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), title=title, title_justify="left")
    widths = _widths(rows, width)
    for key, size in widths.items():
        justify: Literal["right", "left"] = "right" if key == "probability" else "left"
        heading = t("column.duplicate_probability" if key == "probability" else f"column.{key}")
        table.add_column(heading, width=size, justify=justify)
    for row in rows:
        bullet = row.orientation
        if widths["orientation"] > BULLET_WIDTH and bullet:
            bullet = _two_lines(f"{bullet} {wording.orientation_text(bullet)}", widths["orientation"])
        words = row.assessment.proposal.title or wording.problems(row.assessment)
        cells = [
            Text(row.id),
            Text(_two_lines(words, widths["title"])),
            Text(row.state, style=_STYLES[verdict(row.assessment)]),
            Text(bullet),
            Text(row.probability),
            Text(row.plan),
        ]
        table.add_row(*cells, *([Text(row.duplicates)] if "duplicates" in widths else []))
    return table


def _widths(rows: Sequence[_Row], width: int) -> dict[str, int]:
    """Return the columns of the table, in order, with their widths; the title takes what is left.

    Where there is room the orientation is quoted, and shares it with the title.
    """
    wide = width >= WIDE
    alike = any(row.duplicates for row in rows)
    widths = {
        "id": max(5, *(len(row.id) for row in rows), 5),
        "title": 0,
        "state": 20 if wide else 15,
        "orientation": BULLET_WIDTH,
        "probability": 4,
        "plan": min(max(7, *(len(row.plan) for row in rows), 7), 16),
        **({"duplicates": 22 if wide else 16} if alike else {}),
    }
    room = max(width - sum(widths.values()) - 2 * len(widths), 24)
    widths["title"] = room
    if room >= 2 * QUOTED_WIDTH:
        widths["title"] = (room + BULLET_WIDTH) // 2
        widths["orientation"] = room + BULLET_WIDTH - widths["title"]
    return widths


def _two_lines(text: str, width: int) -> str:
    """Return text shortened to what two lines of a width hold, broken between words."""
    lines = textwrap.wrap(one_line(text), width)
    if len(lines) <= 2:
        return "\n".join(lines)
    return f"{lines[0]}\n{shortened(' '.join(lines[1:]), width)}"


def _block(wording: Wording, assessment: Assessment, unicode: bool, width: int) -> Iterator[str]:
    """Return one proposal in lines for a narrow terminal: what was found, then its title below."""
    row = _row(wording, assessment)
    sign = SIGNS[verdict(assessment)][0 if unicode else 1]
    yield "  ".join(part for part in (row.id, sign + row.state[1:], row.orientation, row.probability, row.plan) if part)
    room = max(width - 4, 20)
    yield from (f"    {line}" for line in _two_lines(assessment.proposal.title, room).split("\n") if line)
    if not assessment.proposal.title:
        yield f"    {shortened(wording.problems(assessment), room)}"
    if row.duplicates:
        yield f"    {wording.t('column.duplicates')}: {row.duplicates}"


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
    yield from _group_lines(wording)
    if summary.faulty:
        yield forms_line(summary, t)
    yield wording.coverage_line()
    if warning := wording.incomplete_line():
        yield warning
    if outputs:
        yield f"{t('says.files')} {', '.join(map(str, outputs))}"


def _group_lines(wording: Wording) -> Iterator[str]:
    """Yield the groups of proposals that are one work, a line each, the members side by side."""
    groups, t = wording.report.summary.groups, wording.t
    if not groups:
        return
    yield t("says.groups", n=t.count(len(groups)))
    for number, group in enumerate(groups[:GROUPS_SHOWN], 1):
        yield t("says.group_members", n=number, members=", ".join(one_line(each.id) for each in group.members))
    if len(groups) > GROUPS_SHOWN:
        yield "  …"
