"""The evaluation as tables for a terminal of 100 columns: figures as rows, systems as columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from matcher.evaluation.intervals import Interval
from matcher.evaluation.labels import PROBABILITY, RANKING, SCOPE, SCOPE_KINDS, STATES, label, scope_key

if TYPE_CHECKING:
    from rich.console import Group

    from matcher.evaluation.page import Outcome

Figures = Mapping[str, Interval]


def ranking_table(systems: Mapping[str, Figures], language: str = "en", note: str = "") -> Group:
    """Return the figures of ranking, one column a system, with a note below."""
    first = next(iter(systems.values()))
    n = first["ndcg@5"].n if "ndcg@5" in first else 0
    title = (
        f"Ranking: {n} proposals inside; 95 % intervals"
        if language == "en"
        else f"Xếp hạng: {n} đề xuất trong định hướng; khoảng tin cậy 95 %"
    )
    rows = [
        (label(key, language, short=True), *(_cell(each.get(key)) for each in systems.values()))
        for key in RANKING
        if key in first
    ]
    return _titled(title, rows, list(systems), note)


def tables_of(outcome: Outcome, language: str = "vi") -> Iterator[Group]:
    """Return everything that an evaluation found, as tables."""
    figures, english = outcome.evaluation.figures, language == "en"
    if any(key in figures for key in RANKING):
        yield ranking_table(outcome.systems, language, _difference(outcome, language))
    for group, named in outcome.evaluation.groups.items():
        rows = [(label(name, language), str(each), f"n = {each.n}") for name, each in named.items()]
        yield _titled(f"nDCG@5 {label(group, language)}", rows)
    kinds = [kind for kind in SCOPE_KINDS if any(scope_key(metric, kind) in figures for metric in SCOPE)]
    if kinds:
        title = "Outside proposals, by kind" if english else "Đề xuất ngoài định hướng, theo loại"
        cells = {metric: [figures.get(scope_key(metric, kind)) for kind in kinds] for metric in SCOPE}
        rows_of = [(label(m, language, short=True), *map(_cell, each)) for m, each in cells.items() if any(each)]
        yield _titled(title, rows_of, [label(kind, language, short=True) for kind in kinds])
    titles = ("Calibration", "States") if english else ("Hiệu chuẩn", "Trạng thái")
    for title, keys in zip(titles, (PROBABILITY, STATES), strict=True):
        if present := [key for key in keys if key in figures]:
            yield _titled(title, [(label(key, language), str(figures[key])) for key in present])


def _difference(outcome: Outcome, language: str) -> str:
    if outcome.difference is None:
        return ""
    gap, above = outcome.difference, f"{100 * outcome.difference.above:.1f} %"
    if language == "en":
        return f"nDCG@5 − {outcome.best_baseline}, paired: {gap}; above 0 in {above} of resamples"
    return f"nDCG@5 − {outcome.best_baseline}, theo cặp: {gap}; lớn hơn 0 trong {above} số lần lấy mẫu lại"


def _titled(title: str, rows: Sequence[Sequence[str]], columns: Sequence[str] = (), note: str = "") -> Group:
    """Return a table under its title; texts are `Text`, so that brackets in names are no markup."""
    from rich import box
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD if columns else None, pad_edge=False, show_header=bool(columns))
    table.add_column("", no_wrap=True)
    for column in columns or rows[0][1:]:
        table.add_column(Text(column), justify="right", no_wrap=True, overflow="ellipsis")
    for row in rows:
        table.add_row(*map(Text, row))
    return Group(Text(title, style="bold"), table, Text(f"{note}\n" if note else ""))


def _cell(interval: Interval | None) -> str:
    """Return a figure with its interval in at most 14 characters, so that five systems fit side by side."""
    if interval is None or not interval.known:
        return "–"
    low, high = (f"{end:.2f}".removeprefix("0") for end in (interval.low, interval.high))
    return f"{interval.mean:.3f} {low}–{high}"
