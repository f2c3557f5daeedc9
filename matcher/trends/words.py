"""Words of the yearly analysis that several of its parts use, in Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from matcher.reporting.language import Language
from matcher.trends.numbers import points_span
from matcher.trends.records import Demand, Movement, Trend

TRENDS: Mapping[Trend, str] = MappingProxyType(
    {
        Trend.RISING: "tăng",
        Trend.FALLING: "giảm",
        Trend.STEADY: "ổn định",
        Trend.UNCLEAR: "chưa đủ căn cứ",
    }
)
#: Beside colour, so that a print in grey tells the same.
SIGNS: Mapping[Trend, str] = MappingProxyType(
    {Trend.RISING: "▲", Trend.FALLING: "▼", Trend.STEADY: "■", Trend.UNCLEAR: "○"}
)
MORE, LESS, AS_EXPECTED, NOBODY = "nhiều hơn kỳ vọng", "ít hơn kỳ vọng", "chưa đủ căn cứ", "chưa có đề xuất"
NO_PLAN, NO_ORIENTATION, NO_TOPIC = "không nêu văn bản", "không thuộc định hướng nào", "không thuộc chủ đề nào"
_VIETNAMESE = Language("vi")


def state_name(name: str) -> str:
    """Return the words of a state's name; another name as it is."""
    return _of("state", name)


def problem_name(code: str) -> str:
    """Return the words of a form problem's code; an unknown code as it is."""
    return _of("fault", code)


def kind_name(kind: str) -> str:
    """Return the words of a kind of duplicate; an unknown kind as it is."""
    return _of("kind", kind)


def trend_words(movement: Movement) -> str:
    """Return a trend with its interval, or that nothing can be said: «▲ tăng (từ +5,0 đến +26,0 điểm %/năm)»."""
    if movement.trend is Trend.UNCLEAR:
        return f"{SIGNS[movement.trend]} {TRENDS[movement.trend]}"
    return f"{SIGNS[movement.trend]} {TRENDS[movement.trend]} ({points_span(*movement.interval)}/năm)"


def demand_words(demand: Demand) -> str:
    """Return what the interval of observed over expected leaves no doubt of."""
    low, high = demand.gap
    if low > 1:
        verdict = MORE
    elif high < 1:
        verdict = LESS
    else:
        verdict = AS_EXPECTED
    return verdict if demand.answered or verdict == LESS else NOBODY


def _of(group: str, name: str) -> str:
    key = f"{group}.{name}"
    return _VIETNAMESE(key) if _VIETNAMESE.has(key) else name
