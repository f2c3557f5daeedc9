"""Intervals of shares and of ratios, honest for small counts."""

from __future__ import annotations

import math

from matcher.trends.records import Share

#: Confidence of every interval that is not corrected for what was looked at beside it.
LEVEL = 0.95


def share(count: int, total: int, *, level: float = LEVEL) -> Share:
    """Return a share with its Wilson score interval (Wilson, 1927).

    It keeps its level with small counts, never leaves [0, 1], and always holds the share itself; of nothing nothing
    is known, and the interval is all of [0, 1].

    Parameters
    ----------
    count, total : int
        0 <= count <= total.
    level : float
        Confidence, above 0 and below 1.

    Raises
    ------
    ValueError
        If more was counted than there is, or less than nothing.

    Examples
    --------
    >>> found = share(3, 10)
    >>> round(found.low, 3), round(found.high, 3)
    (0.108, 0.603)
    """
    if not 0 <= count <= total:
        raise ValueError(f"{count} of {total} is no share")
    if total == 0:
        return Share(0, 0, 0.0, 1.0)
    squared = normal_quantile(0.5 + level / 2) ** 2
    middle = (count + squared / 2) / (total + squared)
    half = math.sqrt(squared * (count * (total - count) / total + squared / 4)) / (total + squared)
    low = 0.0 if count == 0 else min(middle - half, count / total)
    high = 1.0 if count == total else max(middle + half, count / total)
    return Share(count, total, max(low, 0.0), min(high, 1.0))


def ratio(observed: int, expected: float, *, level: float = LEVEL) -> tuple[float, float]:
    """Return the exact Poisson interval of observed over expected (Garwood, 1936).

    Where nothing was expected nothing can be said: the interval is then from 0 to infinity.

    Examples
    --------
    >>> low, high = ratio(0, 4.0)
    >>> low, round(high, 2)
    (0.0, 0.92)
    """
    if expected <= 0:
        return 0.0, math.inf
    from scipy.stats import chi2

    tail = (1 - level) / 2
    low = float(chi2.ppf(tail, 2 * observed)) / 2 if observed else 0.0
    return low / expected, float(chi2.ppf(1 - tail, 2 * observed + 2)) / 2 / expected


def normal_quantile(probability: float) -> float:
    """Return the quantile of the standard normal distribution.

    >>> round(normal_quantile(0.975), 2)
    1.96
    """
    from scipy.special import ndtri

    return float(ndtri(probability))
