"""Metrics of ranking, scope and calibration, with bootstrap intervals over proposals.

The ranking metrics follow Järvelin & Kekäläinen (2002) with the gains of `judgments.GAIN`; macro means count every
orientation alike, because real proposals crowd on a few. Scope is measured as in out-of-scope detection (AUROC,
FPR at 95 % caught); calibration by the expected calibration error over bins of equal mass (Nguyen & O'Connor, 2015).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.evaluation.judgments import GAIN, Judgment


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its 95 % bootstrap interval; `n` is the number of proposals it rests on."""

    mean: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}]"


def ndcg(ranked: Sequence[str], relevant: Mapping[str, int], k: int = 5) -> float:
    """Return nDCG at `k` of one ranked list; NaN where nothing is relevant."""
    discount = 1 / np.log2(np.arange(2, k + 2))
    gains = np.array([GAIN.get(relevant.get(o, 0), 0.0) for o in ranked[:k]])
    ideal = np.sort([GAIN[grade] for grade in relevant.values()])[::-1][:k]
    best = float(ideal @ discount[: len(ideal)])
    return float(gains @ discount[: len(gains)]) / best if best else float("nan")


def recall_of_best(ranked: Sequence[str], best: frozenset[str], k: int = 3) -> float:
    """Return the share of grade-2 orientations in the top `k`, of those that fit there; NaN without any."""
    if not best:
        return float("nan")
    return len(best.intersection(ranked[:k])) / min(k, len(best))


def reciprocal_rank(ranked: Sequence[str], best: frozenset[str]) -> float:
    """Return 1 / rank of the first grade-2 orientation; 0 if none is ranked, NaN if there is none."""
    if not best:
        return float("nan")
    return next((1 / rank for rank, o in enumerate(ranked, start=1) if o in best), 0.0)


def macro_recall(judgments: Sequence[Judgment], rankings: Sequence[Sequence[str]], k: int = 3) -> float:
    """Return the mean over orientations of how often one that is grade 2 comes in the top max(k, |grade 2|)."""
    hits: dict[str, list[bool]] = {}
    for judgment, ranked in zip(judgments, rankings, strict=True):
        top = set(ranked[: max(k, len(judgment.best))])
        for orientation in judgment.best:
            hits.setdefault(orientation, []).append(orientation in top)
    return float(np.mean([np.mean(each) for each in hits.values()])) if hits else float("nan")


def auroc(score: ArrayLike, positive: ArrayLike) -> float:
    """Return the area under the ROC curve; NaN with one class only."""
    from sklearn.metrics import roc_auc_score

    labels = np.asarray(positive, bool)
    if labels.all() or not labels.any():
        return float("nan")
    return float(roc_auc_score(labels, np.asarray(score, float)))


def fpr_at_95(score: ArrayLike, positive: ArrayLike) -> float:
    """Return the false-alarm rate at the threshold that catches 95 % of the positives; NaN with one class."""
    values, labels = np.asarray(score, float), np.asarray(positive, bool)
    if labels.all() or not labels.any():
        return float("nan")
    threshold = np.quantile(values[labels], 0.05, method="lower")
    return float((values[~labels] >= threshold).mean())


def expected_calibration_error(probability: ArrayLike, happened: ArrayLike, bins: int = 10) -> float:
    """Return the mean gap between probability and frequency over bins of equal mass."""
    p, y = np.asarray(probability, float), np.asarray(happened, float)
    order = np.argsort(p, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    return float(sum(len(part) / len(p) * abs(p[part].mean() - y[part].mean()) for part in parts))


def brier(probability: ArrayLike, happened: ArrayLike) -> float:
    """Return the mean squared error of probabilities (Brier, 1950)."""
    return float(np.mean((np.asarray(probability, float) - np.asarray(happened, float)) ** 2))


def bootstrap(
    values: ArrayLike, *, statistic: Callable[[NDArray[Any]], float] = np.nanmean, rounds: int = 1000, seed: int = 0
) -> Interval:
    """Return a statistic of per-proposal values with its 95 % percentile interval (Efron, 1979)."""
    sample = np.asarray(values)
    rng = np.random.default_rng(seed)
    draws = [statistic(sample[rng.integers(0, len(sample), len(sample))]) for _ in range(rounds)]
    low, high = np.nanquantile(draws, [0.025, 0.975])
    return Interval(float(statistic(sample)), float(low), float(high), len(sample))


def evaluate(judgments: Sequence[Judgment], rankings: Sequence[Sequence[str]], *, seed: int = 0) -> dict[str, Interval]:
    """Return the ranking metrics over the proposals that have anything relevant, with intervals.

    Keys: `ndcg@5`, `precision@1`, `recall@3` (of grade 2), `mrr`, `macro_recall@3` (mean over orientations).
    """
    pairs = [(j, r) for j, r in zip(judgments, rankings, strict=True) if j.relevant]
    each: dict[str, list[float]] = {"ndcg@5": [], "precision@1": [], "recall@3": [], "mrr": []}
    for judgment, ranked in pairs:
        each["ndcg@5"].append(ndcg(ranked, judgment.relevant))
        each["precision@1"].append(float(judgment.relevant.get(ranked[0], 0) > 0))
        each["recall@3"].append(recall_of_best(ranked, judgment.best))
        each["mrr"].append(reciprocal_rank(ranked, judgment.best))
    result = {name: bootstrap(values, seed=seed) for name, values in each.items()}

    def macro(rows: NDArray[Any]) -> float:
        chosen = [pairs[i] for i in rows]
        return macro_recall([j for j, _ in chosen], [r for _, r in chosen])

    result["macro_recall@3"] = bootstrap(np.arange(len(pairs)), statistic=macro, rounds=300, seed=seed)
    return result
