"""The curves behind the figures: reliability, risk against coverage, ROC of scope; as points, drawn by `charts`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.evaluation.metrics import equal_mass, roc

#: Points of a curve that is kept and drawn; more are thinned out evenly.
MOST_POINTS = 200
_BINS, _ROUNDS = 10, 1000

#: Points (x, y), x ascending.
Line = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class ReliabilityPoint:
    """A bin of equal mass: mean probability, how often it came true with its 95 % interval, pairs in the bin."""

    predicted: float
    observed: float
    low: float
    high: float
    n: int


def reliability(
    probability: ArrayLike, happened: ArrayLike, proposal: ArrayLike, *, bins: int = _BINS, seed: int = 0
) -> tuple[ReliabilityPoint, ...]:
    """Return the reliability diagram over bins of equal mass.

    Parameters
    ----------
    probability, happened, proposal : array, shape (pairs,)
        What was said, what is so, and the row of the proposal that the pair belongs to: the intervals resample whole
        proposals, for pairs of one proposal are not independent.
    bins, seed : int
        How many bins, and what draws the resamples.
    """
    p, y, rows = np.asarray(probability, float), np.asarray(happened, float), np.asarray(proposal, int)
    parts = equal_mass(p, bins)
    if not parts:
        return ()
    n = int(rows.max()) + 1
    drawn = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=_ROUNDS).astype(float)
    return tuple(_point(p[part], y[part], rows[part], drawn) for part in parts)


def _point(p: NDArray[Any], y: NDArray[Any], rows: NDArray[Any], drawn: NDArray[Any]) -> ReliabilityPoint:
    """Return one bin's point; `drawn` says how often each proposal is in each resample."""
    n = drawn.shape[1]
    asked = drawn @ np.bincount(rows, minlength=n)
    true = drawn @ np.bincount(rows, weights=y, minlength=n)
    low, high = np.quantile(true[asked > 0] / asked[asked > 0], (0.025, 0.975))
    return ReliabilityPoint(float(p.mean()), float(y.mean()), float(low), float(high), len(p))


def risk_coverage(confidence: ArrayLike, correct: ArrayLike) -> Line:
    """Return the share of correct ones among the surest, against the share kept (El-Yaniv & Wiener, 2010)."""
    sure, right = np.asarray(confidence, float), np.asarray(correct, bool)
    if not len(sure):
        return ()
    wrong, good = roc(sure, right)
    kept = wrong[1:] + good[1:]
    return _line(kept / len(sure), good[1:] / kept)


def area_over_coverage(confidence: ArrayLike, correct: ArrayLike) -> float:
    """Return the mean error over all coverages (AURC, lower is better); ties share their mean."""
    sure, right = np.asarray(confidence, float), np.asarray(correct, float)
    order = np.argsort(-sure, kind="stable")
    _, tied = np.unique(-sure[order], return_inverse=True)
    smooth = (np.bincount(tied, weights=right[order]) / np.bincount(tied))[tied]
    return float(1 - (np.cumsum(smooth) / np.arange(1, len(sure) + 1)).mean())


def roc_line(score: ArrayLike, positive: ArrayLike) -> Line:
    """Return the ROC curve from (0, 0) to (1, 1); nothing with one class only."""
    labels = np.asarray(positive, bool)
    if labels.all() or not labels.any():
        return ()
    false, true = roc(score, labels)
    return _line(false / false[-1], true / true[-1])


def _line(x: NDArray[Any], y: NDArray[Any]) -> Line:
    """Return the points, thinned to `MOST_POINTS` with both ends kept."""
    kept = np.unique(np.linspace(0, len(x) - 1, min(len(x), MOST_POINTS)).round().astype(int))
    return tuple((float(a), float(b)) for a, b in zip(x[kept], y[kept], strict=True))
