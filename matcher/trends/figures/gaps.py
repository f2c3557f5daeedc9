"""What was proposed over what was expected, with its interval."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matcher.trends.figures.labels import named
from matcher.trends.figures.screen import farthest
from matcher.trends.figures.specs import Dot, Dots, Figure
from matcher.trends.grid import Column, Grid, Kind, text
from matcher.trends.numbers import number, span, year_list
from matcher.trends.records import Analysis, Demand
from matcher.trends.words import LESS, MORE, demand_words, trend_words

#: Dots of one figure.
MOST = 24


def gaps(analysis: Analysis) -> Figure | None:
    """Return the orientations that say most: those whose interval leaves 1 out first, then the farthest from 1."""
    known = [each for each in analysis.orientations if each.expected > 0]
    if not known:
        return None
    ranked = sorted(known, key=lambda each: (not _stands_out(each), -abs(_distance(each))))[:MOST]
    dots = tuple(_dot(each) for each in sorted(ranked, key=lambda each: (-each.observed / each.expected, each.id)))
    more, less = (sum(demand_words(each) == verdict for each in known) for verdict in (MORE, LESS))
    caption = (
        "Chấm là số đề xuất nhận được chia cho số kỳ vọng nếu mọi định hướng cùng được nêu thu hút như nhau; vạch "
        "ngang là khoảng tin cậy 95%, đúng cho mọi định hướng cùng lúc. "
        f"{number(more)} định hướng chắc chắn nhận nhiều hơn và {number(less)} định hướng chắc chắn nhận ít hơn kỳ "
        "vọng (khoảng nằm hẳn một phía của 1); "
        f"{number(len(known) - more - less)} định hướng còn lại chưa đủ căn cứ."
        + (f" Hình vẽ {MOST} định hướng cách 1 nhiều nhất; bảng có đủ." if len(known) > MOST else "")
    )
    picture = Dots(dots, "nhận được / kỳ vọng", 1.0)
    if any(dot.value > farthest(picture) for dot in dots):
        caption += f" Tỷ số trên {number(farthest(picture), 1)} vẽ ở mép phải."
    table = demand_table("Chênh lệch", "Đề xuất nhận được so với kỳ vọng theo định hướng", analysis.orientations)
    return Figure("gaps", "Nhu cầu và đáp ứng theo định hướng", caption, picture, table)


def demand_table(name: str, title: str, demands: Sequence[Demand]) -> Grid:
    """Return what was asked for and proposed, a row each."""
    columns = (
        text("Mã", "Số thứ tự trong thông báo, hoặc số văn bản", 1.6),
        text("Tên", width=4.2),
        text("Năm nêu", "Các năm thông báo có nêu", 1.5),
        Column("Nhận được", "Số đề xuất phù hợp, cộng mọi năm"),
        Column("Kỳ vọng", "Số đề xuất nếu mọi định hướng cùng được nêu thu hút như nhau", Kind.NUMBER),
        text("Tỷ số (95%)", "Nhận được chia kỳ vọng, với khoảng tin cậy 95% đúng cho cả bảng", 2.1),
        text("Nhận xét", "Chỉ nêu nhiều, ít khi khoảng nằm hẳn một phía của 1", 2.2),
        text("Xu hướng", "Của tỷ lệ đề xuất qua các năm", 2.4),
    )
    rows = tuple(
        (
            *(each.id, each.name, year_list(each.years_asked), each.observed, each.expected, _ratio(each)),
            *(demand_words(each), trend_words(each.movement)),
        )
        for each in demands
    )
    return Grid(name, title, columns, rows, "Kỳ vọng không phải là chỉ tiêu: chỉ là mốc để so các định hướng với nhau.")


def _ratio(demand: Demand) -> str:
    if demand.expected <= 0:
        return "–"
    return f"{number(demand.observed / demand.expected, 1)} ({span(*demand.gap)})"


def _stands_out(demand: Demand) -> bool:
    return demand.gap[0] > 1 or demand.gap[1] < 1


def _distance(demand: Demand) -> float:
    return math.log((demand.observed + 0.5) / (demand.expected + 0.5))


def _dot(demand: Demand) -> Dot:
    name = named(demand.id, demand.name)
    note = demand_words(demand)
    words = f"{demand.observed} nhận được, kỳ vọng {number(demand.expected, 1)}"
    return Dot(
        name, f"{name}: {words}; {note}", demand.observed / demand.expected, *demand.gap, words, _stands_out(demand)
    )
