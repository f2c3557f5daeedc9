"""Metrics of ranking, scope and calibration, as plain numbers; `scoring` gives them their intervals.

The ranking metrics follow Järvelin & Kekäläinen (2002) with the gains of `judgments.GAIN`, 3 and 1; macro means count
every orientation alike, because real proposals crowd on a few. Scope is measured as in out-of-scope detection (AUROC,
AUPR, FPR at 95 % caught); calibration by the expected calibration error over bins of equal mass (Nguyen & O'Connor,
2015) and the Brier score. They are written out here, some thirty lines, because ranking libraries (ranx, ir-measures)
give neither recall capped at what fits in the top three, nor means over orientations, nor resamples of whole proposals,
and would add a compiled dependency for one formula; the tests hold an oracle against each.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.evaluation.intervals import Interval, bootstrap
from matcher.evaluation.judgments import GAIN, Judgment

__all__ = [
    "Interval", "auroc", "average_precision", "bootstrap", "brier", "evaluate", "expected_calibration_error",
    "fpr_at_95", "macro_recall", "ndcg", "ndcg_values", "recall_of_best", "reciprocal_rank", "roc",
]  # fmt: skip

Floats = NDArray[np.float64]


def ndcg(ranked: Sequence[str], relevant: Mapping[str, int], k: int = 5) -> float:
    """Return nDCG at `k` of one ranked list; NaN where nothing is relevant."""
    discount = 1 / np.log2(np.arange(2, k + 2))
    gains = np.array([GAIN.get(relevant.get(o, 0), 0.0) for o in ranked[:k]])
    ideal = np.sort([GAIN[grade] for grade in relevant.values()])[::-1][:k]
    best = float(ideal @ discount[: len(ideal)])
    return float(gains @ discount[: len(gains)]) / best if best else math.nan


def recall_of_best(ranked: Sequence[str], best: frozenset[str], k: int = 3) -> float:
    """Return the share of grade-2 orientations in the top `k`, of those that fit there; NaN without any."""
    if not best:
        return math.nan
    return len(best.intersection(ranked[:k])) / min(k, len(best))


def reciprocal_rank(ranked: Sequence[str], best: frozenset[str]) -> float:
    """Return 1 / rank of the first grade-2 orientation; 0 if none is ranked, NaN if there is none."""
    if not best:
        return math.nan
    return next((1 / rank for rank, o in enumerate(ranked, start=1) if o in best), 0.0)


def hits_of_best(
    judgments: Sequence[Judgment], rankings: Sequence[Sequence[str]], k: int = 3
) -> tuple[list[str], NDArray[Any]]:
    """Return the grade-2 orientations, and an array of (proposal's row, orientation, in the top max(k, |grade 2|))."""
    names: dict[str, int] = {}
    hits = []
    for row, (judgment, ranked) in enumerate(zip(judgments, rankings, strict=True)):
        top = set(ranked[: max(k, len(judgment.best))])
        hits += [(row, names.setdefault(o, len(names)), o in top) for o in sorted(judgment.best)]
    return list(names), np.array(hits, int).reshape(-1, 3)


def macro_recall(judgments: Sequence[Judgment], rankings: Sequence[Sequence[str]], k: int = 3) -> float:
    """Return the mean over orientations of how often one that is grade 2 comes in the top max(k, |grade 2|)."""
    _, hits = hits_of_best(judgments, rankings, k)
    return _macro(hits, np.arange(len(judgments)))


def _macro(hits: NDArray[Any], rows: NDArray[Any]) -> float:
    """Return the mean over orientations of their hit rate, each proposal counted as often as `rows` names it."""
    if not len(hits):
        return math.nan
    weight = np.bincount(rows, minlength=int(hits[:, 0].max()) + 1)[hits[:, 0]]
    asked = np.bincount(hits[:, 1], weights=weight)
    found = np.bincount(hits[:, 1], weights=weight * hits[:, 2])
    some = asked > 0
    return float((found[some] / asked[some]).mean()) if some.any() else math.nan


def roc(score: ArrayLike, positive: ArrayLike) -> tuple[Floats, Floats]:
    """Return how many negatives and positives lie at or above each distinct score, downwards, (0, 0) first."""
    values, labels = np.asarray(score, float), np.asarray(positive, bool)
    order = np.argsort(-values, kind="stable")
    last = np.append(np.flatnonzero(np.diff(values[order])), len(values) - 1)  # the last of each run of ties
    caught = np.cumsum(labels[order])[last]
    return np.append(0.0, last + 1 - caught), np.append(0.0, caught)


def auroc(score: ArrayLike, positive: ArrayLike) -> float:
    """Return the area under the ROC curve, ties counted half; NaN with one class only."""
    if _one_class(positive):
        return math.nan
    false, true = roc(score, positive)
    return float(np.trapezoid(true / true[-1], false / false[-1]))


def average_precision(score: ArrayLike, positive: ArrayLike) -> float:
    """Return the area under the precision–recall curve as a sum of steps (AUPR); NaN with one class only."""
    if _one_class(positive):
        return math.nan
    false, true = roc(score, positive)
    return float((np.diff(true) / true[-1]) @ (true[1:] / (true[1:] + false[1:])))


def fpr_at_95(score: ArrayLike, positive: ArrayLike) -> float:
    """Return the false-alarm rate at the threshold that catches 95 % of the positives; NaN with one class."""
    if _one_class(positive):
        return math.nan
    values, labels = np.asarray(score, float), np.asarray(positive, bool)
    threshold = np.quantile(values[labels], 0.05, method="lower")
    return float((values[~labels] >= threshold).mean())


def _one_class(positive: ArrayLike) -> bool:
    labels = np.asarray(positive, bool)
    return bool(labels.all() or not labels.any())


def equal_mass(probability: ArrayLike, bins: int = 10) -> list[NDArray[np.intp]]:
    """Return the places of the values in ascending order, in at most `bins` parts of equal size."""
    order = np.argsort(np.asarray(probability, float), kind="stable")
    return [part for part in np.array_split(order, bins) if len(part)]


def expected_calibration_error(probability: ArrayLike, happened: ArrayLike, bins: int = 10) -> float:
    """Return the mean gap between probability and frequency over bins of equal mass."""
    p, y = np.asarray(probability, float), np.asarray(happened, float)
    parts = equal_mass(p, bins)
    return float(sum(len(part) / len(p) * abs(p[part].mean() - y[part].mean()) for part in parts))


def brier(probability: ArrayLike, happened: ArrayLike) -> float:
    """Return the mean squared error of probabilities (Brier, 1950)."""
    return float(np.mean((np.asarray(probability, float) - np.asarray(happened, float)) ** 2))


def ndcg_values(judgments: Sequence[Judgment], rankings: Sequence[Sequence[str]]) -> Floats:
    """Return nDCG@5 of each proposal, shape (proposals,); NaN for those outside."""
    return np.array(
        [ndcg(r, j.relevant) if j.inside else math.nan for j, r in zip(judgments, rankings, strict=True)], float
    )


def evaluate(judgments: Sequence[Judgment], rankings: Sequence[Sequence[str]], *, seed: int = 0) -> dict[str, Interval]:
    """Return the ranking metrics over the proposals that lie inside, with intervals.

    Keys: `ndcg@5`, `precision@1`, `recall@3` (of grade 2), `mrr`, `macro_recall@3` (mean over orientations), and
    `field@1` where judgments name the field.
    """
    pairs = [(j, r) for j, r in zip(judgments, rankings, strict=True) if j.inside]
    inside, ranked = [j for j, _ in pairs], [r for _, r in pairs]
    each = {
        "ndcg@5": [ndcg(r, j.relevant) for j, r in pairs],
        "precision@1": [float(bool(r) and j.relevant.get(r[0], 0) > 0) for j, r in pairs],
        "recall@3": [recall_of_best(r, j.best) for j, r in pairs],
        "mrr": [reciprocal_rank(r, j.best) for j, r in pairs],
    }
    result = {name: bootstrap(np.array(values, float), seed=seed) for name, values in each.items()}
    _, hits = hits_of_best(inside, ranked)
    result["macro_recall@3"] = bootstrap(np.arange(len(pairs)), statistic=lambda rows: _macro(hits, rows), seed=seed)
    fields = [float(bool(r) and r[0].split(".")[0] == str(j.field)) for j, r in pairs if j.field]
    if fields:
        result["field@1"] = bootstrap(np.array(fields), seed=seed)
    return result
