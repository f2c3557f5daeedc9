"""How much a share changes a year, with the score interval that holds for small counts.

The model is a straight line through the shares, p = a + b · year, each year's count binomial. The interval of b holds
every change that the score test does not refuse (Rao, 1948): with two years it is that of Mee (1984) for a difference,
and at no change the test is that of Cochran and Armitage. It never claims a change that would leave [0, 1], and three
proposals of three years give the wide interval that they deserve. All series are worked out at once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Halvings of an interval; the last is a hundred-millionth of the first.
_HALVINGS = 28
#: Shares are kept this far from 0 and 1, where nothing varies.
_EDGE = 1e-9


def slope_intervals(years: Floats, counts: Floats, totals: Floats, critical: float) -> Floats:
    """Return the interval of the change a year of each series.

    Parameters
    ----------
    years : ndarray, shape (years,)
        Ascending.
    counts, totals : ndarray, shape (series, years)
        A total of 0 where a series has nothing to say on a year. A series with fewer than two years that say something
        gets an interval that rules nothing out, from -1 to 1.
    critical : float
        Of the standard normal distribution: 1.96 for 95 %.

    Returns
    -------
    ndarray, shape (series, 2)
        The lower and upper end.

    Examples
    --------
    >>> found = slope_intervals(np.array([0.0, 1.0]), np.array([[10.0, 30.0]]), np.array([[100.0, 100.0]]), 1.96)
    >>> found.round(3).tolist()
    [[0.091, 0.306]]
    """
    told = totals > 0
    first = np.where(told, years, np.inf).min(axis=1, initial=np.inf)
    last = np.where(told, years, -np.inf).max(axis=1, initial=-np.inf)
    found = np.tile([-1.0, 1.0], (len(counts), 1))
    rows = np.flatnonzero(last > first)
    if len(rows):
        both = np.concatenate([rows, rows])  # once for the lower end, once for the upper
        steps = np.where(told[both], years - first[both, None], 0.0)
        ends = _Line(steps, counts[both], totals[both], told[both]).boundary(
            np.repeat((critical, -critical), len(rows))
        )
        found[rows] = ends.reshape(2, len(rows)).T
    return found


class _Line:
    """The likelihood of straight lines; all arrays of shape (series, years) or (series,)."""

    def __init__(self, steps: Floats, counts: Floats, totals: Floats, told: NDArray[np.bool_]) -> None:
        self._steps, self._counts, self._totals, self._told = steps, counts, totals, told
        self._limit = 1.0 / steps.max(axis=1)

    def boundary(self, critical: Floats) -> Floats:
        """Return the change at which the score, falling from large to small, passes `critical`; the outer side."""
        low, high = -self._limit, self._limit.copy()
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            above = self._score(middle) > critical
            low, high = np.where(above, middle, low), np.where(above, high, middle)
        found: Floats = np.where(critical > 0, low, high)
        return found

    def _score(self, slope: Floats) -> Floats:
        """Return the standardised efficient score of each series at a slope, the line's height being the likeliest."""
        share = self._share(self._height(slope), slope)
        variance = share * (1 - share)
        weight = np.where(self._told, self._totals / variance, 0.0)
        centred = self._steps - (weight * self._steps).sum(axis=1, keepdims=True) / weight.sum(axis=1, keepdims=True)
        pull = np.where(self._told, (self._counts - self._totals * share) / variance, 0.0)
        spread: Floats = np.sqrt((weight * centred**2).sum(axis=1))
        score: Floats = (centred * pull).sum(axis=1) / spread
        return score

    def _height(self, slope: Floats) -> Floats:
        rise = slope[:, None] * self._steps
        low = np.where(self._told, -rise, -np.inf).max(axis=1)
        high = np.where(self._told, 1 - rise, np.inf).min(axis=1)
        for _ in range(_HALVINGS):
            height = (low + high) / 2
            share = self._share(height, slope)
            pull = np.where(self._told, (self._counts - self._totals * share) / (share * (1 - share)), 0.0).sum(axis=1)
            low, high = np.where(pull > 0, height, low), np.where(pull > 0, high, height)
        found: Floats = (low + high) / 2
        return found

    def _share(self, height: Floats, slope: Floats) -> Floats:
        share: Floats = np.clip(height[:, None] + slope[:, None] * self._steps, _EDGE, 1 - _EDGE)
        return share
