"""The evaluation as tables for a terminal of 100 columns: figures as rows, systems as columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from matcher.evaluation.intervals import Interval
from matcher.evaluation.labels import PROBABILITY, RANKING, SCOPE, SCOPE_KINDS, STATES, label, scope_key

if TYPE_CHECKING:
    from rich.table import Table

    from matcher.evaluation.page import Outcome

Figures = Mapping[str, Interval]


def ranking_table(systems: Mapping[str, Figures], language: str = "en") -> Table:
    """Return the figures of ranking, one column a system."""
    first = next(iter(systems.values()))
    n = first["ndcg@5"].n if "ndcg@5" in first else 0
    title = (
        f"Ranking: {n} proposals inside; 95 % intervals"
        if language == "en"
        else f"Xếp hạng: {n} đề xuất trong định hướng; khoảng tin cậy 95 %"
    )
    table = _table(title, list(systems))
    for key in RANKING:
        if key in first:
            table.add_row(label(key, language, short=True), *(_cell(each.get(key)) for each in systems.values()))
    return table


def tables_of(outcome: Outcome, language: str = "vi") -> Iterator[Table]:
    """Return everything that an evaluation found, as tables."""
    figures = outcome.evaluation.figures
    english = language == "en"
    if any(key in figures for key in RANKING):
        yield ranking_table(outcome.systems, language)
    for group, rows in outcome.evaluation.groups.items():
        table = _table(f"nDCG@5 {label(group, language)}", ["", "n"])
        for name, interval in rows.items():
            table.add_row(label(name, language), _cell(interval), str(interval.n))
        yield table
    kinds = [
        kind for kind in SCOPE_KINDS if scope_key("auroc", kind) in figures or scope_key("caught", kind) in figures
    ]
    if kinds:
        title = "Outside proposals, by kind" if english else "Đề xuất ngoài định hướng, theo loại"
        table = _table(title, [label(kind, language, short=True) for kind in kinds])
        for metric in SCOPE:
            cells = [figures.get(scope_key(metric, kind)) for kind in kinds]
            if any(cells):
                table.add_row(label(metric, language, short=True), *map(_cell, cells))
        yield table
    yield from _lists(figures, language)


def _lists(figures: Figures, language: str) -> Iterator[Table]:
    titles = ("Calibration", "States") if language == "en" else ("Hiệu chuẩn", "Trạng thái")
    for title, keys in zip(titles, (PROBABILITY, STATES), strict=True):
        present = [key for key in keys if key in figures]
        if present:
            table = _table(title, [""])
            for key in present:
                table.add_row(label(key, language), _cell(figures[key]))
            yield table


def _table(title: str, columns: Sequence[str]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("", no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def _cell(interval: Interval | None) -> str:
    """Return a figure with its interval in at most 14 characters, so that five systems fit side by side."""
    if interval is None or not interval.known:
        return "–"
    low, high = (f"{end:.2f}".removeprefix("0") for end in (interval.low, interval.high))
    return f"{interval.mean:.3f} {low}–{high}"
