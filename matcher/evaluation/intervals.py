"""Bootstrap intervals over proposals, and the paired comparison of two systems."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

#: Resamples of an interval, and of one whose statistic pools all pairs of proposal and orientation.
ROUNDS, POOLED_ROUNDS = 1000, 300
#: Both ends of a 95 % interval.
_ENDS = (0.025, 0.975)


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its 95 % bootstrap interval; `n` is the number of proposals it rests on."""

    mean: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}]"

    @property
    def known(self) -> bool:
        """Whether there was anything to measure."""
        return not math.isnan(self.mean)

    def to_record(self) -> dict[str, float | int | None]:
        """Return plain values for JSON, which knows no NaN."""
        ends = {"mean": self.mean, "low": self.low, "high": self.high}
        return {**{name: None if math.isnan(value) else value for name, value in ends.items()}, "n": self.n}


@dataclass(frozen=True, slots=True)
class Difference:
    """How much better one system is than another on the same proposals; `above` is the share of resamples over 0."""

    mean: float
    low: float
    high: float
    n: int
    above: float

    def __str__(self) -> str:
        return f"{self.mean:+.3f} [{self.low:+.3f}, {self.high:+.3f}]"


def bootstrap(
    values: ArrayLike,
    *,
    statistic: Callable[[NDArray[Any]], float] | None = None,
    rounds: int = ROUNDS,
    seed: int = 0,
    centred: bool = False,
) -> Interval:
    """Return a statistic of per-proposal values with its 95 % percentile interval (Efron, 1979).

    Parameters
    ----------
    values : array, shape (proposals,)
        One value a proposal (NaN where it has none), or row numbers that `statistic` looks up.
    statistic : callable, optional
        From a resample of `values` to a number, NaN where the resample cannot tell; the mean if not given.
    rounds, seed : int
        Resamples, and what draws them.
    centred : bool
        Move the resamples so that their mean is the estimate, and cut them at 0: for figures such as the calibration
        error, which the noise of resampling itself makes larger.

    Examples
    --------
    >>> print(bootstrap([1.0, 1.0, 1.0]))
    1.000 [1.000, 1.000]
    """
    sample = np.asarray(values)
    if statistic is None:
        sample, statistic = sample[~np.isnan(sample)], _mean
    if not len(sample):
        return Interval(math.nan, math.nan, math.nan, 0)
    rng = np.random.default_rng(seed)
    draws = np.array([statistic(sample[rng.integers(0, len(sample), len(sample))]) for _ in range(rounds)], float)
    draws = draws[~np.isnan(draws)]
    estimate = float(statistic(sample))
    if math.isnan(estimate) or not len(draws):
        return Interval(math.nan, math.nan, math.nan, len(sample))
    if centred:
        draws = np.maximum(draws - draws.mean() + estimate, 0.0)
    low, high = np.quantile(draws, _ENDS)
    return Interval(estimate, float(low), float(high), len(sample))


def paired_difference(ours: ArrayLike, theirs: ArrayLike, *, rounds: int = ROUNDS, seed: int = 0) -> Difference:
    """Return the mean of `ours` − `theirs`, both of shape (proposals,), by the paired bootstrap (Koehn, 2004)."""
    gaps = np.asarray(ours, float) - np.asarray(theirs, float)
    gaps = gaps[~np.isnan(gaps)]
    if not len(gaps):
        return Difference(math.nan, math.nan, math.nan, 0, math.nan)
    rng = np.random.default_rng(seed)
    draws = np.array([gaps[rng.integers(0, len(gaps), len(gaps))].mean() for _ in range(rounds)])
    low, high = np.quantile(draws, _ENDS)
    return Difference(float(gaps.mean()), float(low), float(high), len(gaps), float((draws > 0).mean()))


def _mean(values: NDArray[Any]) -> float:
    return float(values.mean())
