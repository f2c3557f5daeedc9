"""Which shares rise and fall over the years, said only where chance is no longer a good explanation.

All the series that an analysis looks at (orientations, fields, plans, topics, organisations…) are judged together:
`judge` corrects for their number, so that **in at most 5 of 100 analyses in which the year makes no difference is any
trend named at all**. A control of the family-wise error (Bonferroni, sharpened for counts as `matcher.trends.exact`
tells) was chosen and not one of the false discovery rate, since the report names trends one by one, and each must stand
when it is the only one quoted. Measured with shuffled years, 1,000 analyses of about 150 series each: a trend was named
in 4.6 % of those of three years of 60 proposals, in 4.6 % of three years of 400, in 3.8 % of five years of 60 to 100.
What it costs: among 100 proposals a year, a share that doubles twice (5, 10, 20 %)
is named where it is looked at alone, and hardly where 150 series are.

The years of single proposals are taken as independent. Where one organisation sends twenty forms of one kind in a year,
they count as twenty: the examples beside a trend are there to be looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matcher.trends.exact import common_level, p_of_no_movement
from matcher.trends.intervals import normal_quantile, share
from matcher.trends.records import Movement, Share, Trend

#: Two percentage points a year: what moves by less for certain is called steady.
STEADY_WITHIN = 0.02
#: The chance that an analysis in which nothing moves names any trend.
ERROR = 0.05
#: Counts and totals by year.
Counts = Mapping[int, tuple[int, int]]


def unjudged(counts: Counts) -> Movement:
    """Return shares by year, with their own 95 % intervals, whose trend is still to be judged.

    Examples
    --------
    >>> unjudged({2024: (3, 10), 2023: (1, 10)}).trend
    <Trend.UNCLEAR: 'unclear'>
    """
    by_year = {year: share(*counts[year]) for year in sorted(counts)}
    return Movement(by_year, Trend.UNCLEAR, (-1.0, 1.0))


def movement(counts: Counts) -> Movement:
    """Return how one series moves, looked at alone; several that are looked at together belong into `judge`.

    Examples
    --------
    >>> movement({2023: (5, 100), 2024: (20, 100)}).trend
    <Trend.RISING: 'rising'>
    >>> movement({2023: (1, 3), 2024: (3, 3)}).trend
    <Trend.UNCLEAR: 'unclear'>
    """
    return judge([unjudged(counts)])[0]


def judge(movements: Sequence[Movement], *, error: float = ERROR) -> tuple[Movement, ...]:
    """Judge the trends of all series that are looked at together.

    A series rises or falls where the exact test at the common level says so; its interval is the score interval of
    that level, and holds 0 wherever the test does not refuse 0. It is steady where the interval lies within two
    percentage points a year and the years lie no farther from a straight line than chance puts them; else unclear.

    Parameters
    ----------
    movements : sequence of Movement
        Of which only the shares by year are read; years with a total of 0 say nothing.
    error : float
        The chance of naming any trend where nothing moves.

    Returns
    -------
    tuple of Movement
        In the same order; it does not matter for the result.
    """
    if not movements:
        return ()
    tests = [p_of_no_movement(*_columns(each.by_year)) if _years(each.by_year) else (1.0, None) for each in movements]
    level = common_level([law for _, law in tests if law is not None], error)
    intervals = _intervals(movements, normal_quantile(1 - level / 2))
    return tuple(
        _judged(each, p_value <= level * (1 + 1e-9), (float(low), float(high)))
        for each, (p_value, _), (low, high) in zip(movements, tests, intervals, strict=True)
    )


def _judged(movement: Movement, moved: bool, interval: tuple[float, float]) -> Movement:
    low, high = interval
    if not moved:
        low, high = min(low, 0.0), max(high, 0.0)
    if len(_years(movement.by_year)) < 2:
        trend = Trend.UNCLEAR
    elif low > 0:
        trend = Trend.RISING
    elif high < 0:
        trend = Trend.FALLING
    elif -STEADY_WITHIN <= low and high <= STEADY_WITHIN and _is_straight(movement.by_year):
        trend = Trend.STEADY
    else:
        trend = Trend.UNCLEAR
    return replace(movement, trend=trend, interval=(low, high))


def _years(by_year: Mapping[int, Share]) -> list[int]:
    return [year for year in sorted(by_year) if by_year[year].total]


def _columns(by_year: Mapping[int, Share]) -> tuple[list[int], list[int], list[int]]:
    years = _years(by_year)
    return years, [by_year[year].count for year in years], [by_year[year].total for year in years]


def _intervals(movements: Sequence[Movement], critical: float) -> NDArray[np.float64]:
    from matcher.trends.slopes import slope_intervals

    years = sorted({year for each in movements for year in each.by_year})
    nothing = Share(0, 0, 0.0, 1.0)
    shares = [[each.by_year.get(year, nothing) for year in years] for each in movements]
    counts = np.array([[one.count for one in row] for row in shares], float).reshape(len(shares), len(years))
    totals = np.array([[one.total for one in row] for row in shares], float).reshape(len(shares), len(years))
    return slope_intervals(np.array(years, float), counts, totals, critical)


def _is_straight(by_year: Mapping[int, Share]) -> bool:
    """Tell whether the years lie about a straight line: a share that jumps up and down is not steady."""
    from scipy.special import chdtrc

    years, counts, totals = (np.array(column, float) for column in _columns(by_year))
    pooled = counts.sum() / totals.sum()
    if len(years) < 3 or pooled in (0.0, 1.0):
        return True
    variance = pooled * (1 - pooled)
    away = float(((counts - totals * pooled) ** 2 / (totals * variance)).sum())
    centred = years - (totals @ years) / totals.sum()
    along = float((centred @ counts) ** 2 / (variance * (totals @ centred**2)))
    return bool(chdtrc(len(years) - 2, max(0.0, away - along)) > ERROR)
