"""The analysis in five sentences, each with its figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from matcher.reporting.wording import shortened
from matcher.trends.figures.labels import named
from matcher.trends.intervals import share
from matcher.trends.numbers import number, percent, percent_span, year_list
from matcher.trends.records import Analysis, Movement, Tally, Trend
from matcher.trends.words import LESS, MORE, demand_words, state_name

#: Names given in a sentence; the others are counted.
_NAMED = 5


def summary(analysis: Analysis) -> tuple[str, ...]:
    """Return five sentences: how many, in which state, what was answered, what moves, what lies outside or returns."""
    return (_totals(analysis), _states(analysis), _coverage(analysis), movements(analysis), _beside(analysis))


def movements(analysis: Analysis) -> str:
    """Return which series rise and fall beyond doubt, or that none can be said to."""
    series = list(_series(analysis))
    found = [
        f"{words} rõ rệt: {_listed(names)}"
        for trend, words in ((Trend.RISING, "tăng"), (Trend.FALLING, "giảm"))
        if (names := [name for name, movement in series if movement.trend is trend])
    ]
    if found:
        return f"Tỷ trọng {'; '.join(found)}; phần còn lại ổn định hoặc chưa đủ căn cứ để nói."
    if len(analysis.years) < 2:
        return "Chỉ có một năm nên không nói được gì về xu hướng."
    return "Chưa đủ căn cứ để nói lĩnh vực, định hướng, văn bản hay chủ đề nào tăng hoặc giảm."


def _totals(analysis: Analysis) -> str:
    years = ", ".join(f"{year}: {number(analysis.proposals.get(year, 0))}" for year in analysis.years)
    total = sum(analysis.proposals.get(year, 0) for year in analysis.years)
    return f"Có {number(total)} đề xuất trong {_span(analysis)} ({years})."


def _states(analysis: Analysis) -> str:
    parts = [f"{state_name(each.name).lower()} {_share(each)}" for each in analysis.states]
    if not parts:
        return "Chưa có lượt đối chiếu nào nên không rõ bao nhiêu đề xuất phù hợp định hướng."
    return f"Kết quả đối chiếu: {'; '.join(parts)}."


def _coverage(analysis: Analysis) -> str:
    asked = analysis.orientations
    if not asked:
        return "Không rõ định hướng nào đã được nêu nên không nói được về độ phủ."
    silent = [each.id for each in asked if not each.answered]
    none = f"{number(len(silent))} không có đề xuất nào" + (f" ({_listed(silent)})" if silent else "")
    more, less = (sum(demand_words(each) == verdict for each in asked) for verdict in (MORE, LESS))
    return (
        f"Trong {number(len(asked))} định hướng đã nêu, {none}; so với kỳ vọng, {number(more)} chắc chắn nhận nhiều "
        f"hơn và {number(less)} chắc chắn nhận ít hơn."
    )


def _beside(analysis: Analysis) -> str:
    outside = sum(each.size for each in analysis.outside)
    groups = f"{number(len(analysis.outside))} nhóm nội dung ngoài định hướng ({number(outside)} đề xuất)"
    again = f"{number(len(analysis.resubmissions))} nhiệm vụ được đề xuất nhiều lần"
    asked = f"{number(len(analysis.suggestions))} câu hỏi cho thông báo năm sau"
    return f"Máy tìm thấy {groups}, {again}, và đặt {asked}."


def _share(tally: Tally) -> str:
    counted = sum(each.count for each in tally.movement.by_year.values())
    whole = share(counted, sum(each.total for each in tally.movement.by_year.values()))
    return f"{number(counted)} ({percent(whole.mean)}; 95%: {percent_span(whole.low, whole.high)})"


def _series(analysis: Analysis) -> Iterator[tuple[str, Movement]]:
    for field in analysis.fields:
        own = field.name.lower().startswith("lĩnh vực")  # fields of announcements are often headed so
        yield field.name[0].lower() + field.name[1:] if own else f"lĩnh vực {field.name or field.id}", field.movement
    for orientation in analysis.orientations:
        yield f"định hướng {shortened(named(orientation.id, orientation.name), 60)}", orientation.movement
    for plan in analysis.plans:
        yield f"văn bản {plan.id}", plan.movement
    for topic in analysis.topics:
        yield f"chủ đề «{topic.label}»", topic.movement


def _listed(names: Iterable[str]) -> str:
    known = list(names)
    more = f" và {number(len(known) - _NAMED)} nữa" if len(known) > _NAMED else ""
    return ", ".join(known[:_NAMED]) + more


def _span(analysis: Analysis) -> str:
    return f"{'năm' if len(analysis.years) == 1 else 'các năm'} {year_list(analysis.years)}"
