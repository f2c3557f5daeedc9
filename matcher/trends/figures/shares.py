"""Shares by year with their intervals, as small multiples of one scale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matcher.trends.figures.labels import named
from matcher.trends.figures.specs import Figure, Panel, Panels
from matcher.trends.grid import Column, Grid, Kind, text
from matcher.trends.numbers import number
from matcher.trends.records import Analysis, Movement, Trend
from matcher.trends.words import trend_words

#: Panels of one figure.
MOST = 12
_MOVES = (Trend.RISING, Trend.FALLING)


@dataclass(frozen=True, slots=True)
class Series:
    """A named share by year."""

    name: str
    movement: Movement


def field_shares(analysis: Analysis) -> Figure | None:
    """Return the share of each field by year."""
    series = [Series(each.name or each.id, each.movement) for each in analysis.fields]
    return shares("fields", "Tỷ trọng các lĩnh vực theo năm", series)


def topic_shares(analysis: Analysis) -> Figure | None:
    """Return the share of each topic by year, those that move first, then the largest."""
    topics = sorted(analysis.topics, key=lambda each: (each.movement.trend not in _MOVES, -each.size))
    return shares("topics", "Tỷ trọng các chủ đề theo năm", [Series(each.label, each.movement) for each in topics])


def orientation_shares(analysis: Analysis) -> Figure | None:
    """Return the share of each orientation whose trend leaves no doubt."""
    moved = [each for each in analysis.orientations if each.movement.trend in _MOVES]
    series = [Series(named(each.id, each.name), each.movement) for each in moved]
    return shares("orientations", "Các định hướng tăng hoặc giảm rõ rệt", series)


def shares(id: str, title: str, series: Sequence[Series]) -> Figure | None:
    """Return shares by year as a figure; None where there are fewer than two years with any."""
    known = [each for each in series if sum(share.total > 0 for share in each.movement.by_year.values()) > 1]
    if not known:
        return None
    picture = Panels(tuple(_panel(each) for each in known[:MOST]), "tỷ lệ đề xuất trong năm")
    return Figure(f"shares-{id}", title, _caption(known), picture, share_table(f"Xu hướng {id}", title, known))


def share_table(name: str, title: str, series: Iterable[Series]) -> Grid:
    """Return a table with a row for each series and year, the bounds of each share beside it."""
    columns = (
        text("Tên", width=4.2),
        Column("Năm", kind=Kind.TEXT, width=1.2),
        Column("Số lượng", "Số đề xuất của năm"),
        Column("Tổng", "Tổng số mà tỷ lệ được tính trên đó"),
        Column("Tỷ lệ", "Số lượng trên tổng", Kind.SHARE),
        Column("Cận dưới", "Cận dưới của khoảng tin cậy 95% (Wilson)", Kind.SHARE),
        Column("Cận trên", "Cận trên của khoảng tin cậy 95% (Wilson)", Kind.SHARE),
        text("Xu hướng", "Chỉ nêu tăng, giảm, ổn định khi khoảng tin cậy không để nghi ngờ", 2.6),
    )
    rows = tuple(
        (each.name, str(year), share.count, share.total, share.mean, share.low, share.high, trend_words(each.movement))
        for each in series
        for year, share in sorted(each.movement.by_year.items())
    )
    return Grid(name, title, columns, rows, "Khoảng tin cậy 95% của từng tỷ lệ tính theo Wilson.")


def _panel(series: Series) -> Panel:
    shares = sorted((year, share) for year, share in series.movement.by_year.items() if share.total)
    return Panel(
        series.name,
        trend_words(series.movement),
        tuple(year for year, _ in shares),
        tuple(share.mean for _, share in shares),
        tuple(share.low for _, share in shares),
        tuple(share.high for _, share in shares),
        tuple(share.count for _, share in shares),
        series.movement.trend in _MOVES,
    )


def _caption(series: Sequence[Series]) -> str:
    def those(trend: Trend) -> int:
        return sum(each.movement.trend is trend for each in series)

    more = f" Hình vẽ {MOST} chuỗi đầu; bảng có đủ {number(len(series))} chuỗi." if len(series) > MOST else ""
    return (
        "Đường là tỷ lệ đề xuất của từng năm, dải mờ là khoảng tin cậy 95% của tỷ lệ đó: ít đề xuất thì dải rộng. "
        f"Trong {number(len(series))} chuỗi có {number(those(Trend.RISING))} tăng, "
        f"{number(those(Trend.FALLING))} giảm, {number(those(Trend.STEADY))} ổn định; {number(those(Trend.UNCLEAR))} "
        "chuỗi chưa đủ căn cứ để nói. Tăng, giảm chỉ được nêu khi khoảng của mức thay đổi, đã hiệu chỉnh cho mọi "
        "chuỗi cùng xét, nằm hẳn một phía của 0."
        f"{more}"
    )
