"""Fitting the fusion and the scope model on judgments, with what they reach on proposals they were not fitted on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.evaluation.judgments import Judgment
from matcher.ranking.fusion import Logistic
from matcher.records import Proposal, Source

Floats = NDArray[np.float64]

#: Folds of cross-validation over proposals, and the seed that draws them.
FOLDS, SEED = 10, 0


def proposal_of(judgment: Judgment) -> Proposal:
    """Return a judged text as a proposal."""
    sections = {"title": judgment.title}
    if judgment.objective:
        sections["objective"] = judgment.objective
    return Proposal(judgment.id, sections, Source("judgments"))


def relevance(judgments: Sequence[Judgment], orientations: Sequence[str]) -> NDArray[np.int_]:
    """Return the grades as a matrix, shape (judgments, orientations)."""
    column = {name: i for i, name in enumerate(orientations)}
    grades = np.zeros((len(judgments), len(orientations)), int)
    for row, judgment in enumerate(judgments):
        for name, grade in judgment.relevant.items():
            grades[row, column[name]] = grade
    return grades


def fit_logistic(x: Floats, y: NDArray[np.bool_], features: tuple[str, ...], *, c: float = 1.0) -> Logistic:
    """Fit a logistic regression on rows of `x`, shape (n, len(features)), for `y`, shape (n,)."""
    from sklearn.linear_model import LogisticRegression

    mean, scale = x.mean(axis=0), x.std(axis=0)
    scale = np.where(scale > 1e-9, scale, 1.0)
    fitted = LogisticRegression(C=c, max_iter=2000).fit((x - mean) / scale, y)
    return Logistic(
        features=features,
        mean=tuple(mean.tolist()),
        scale=tuple(scale.tolist()),
        weights=tuple(fitted.coef_[0].tolist()),
        intercept=float(fitted.intercept_[0]),
    )


def folds(n: int, k: int = FOLDS, seed: int = SEED) -> list[NDArray[np.intp]]:
    """Return `k` disjoint parts of range(n), drawn with a fixed seed."""
    order = np.random.default_rng(seed).permutation(n)
    return [np.sort(part) for part in np.array_split(order, min(k, n))]


@dataclass(frozen=True, slots=True)
class CrossFitted:
    """Out-of-fold log-odds: every row was predicted by a model that had not seen its proposal."""

    logit: Floats
    model: Logistic


def cross_fit(x: Floats, y: NDArray[np.bool_], features: tuple[str, ...], *, c: float = 1.0) -> CrossFitted:
    """Fit over proposals with cross-validation.

    Parameters
    ----------
    x : array, shape (proposals, …, len(features))
        Whole proposals are held out, never single pairs.
    y : array, shape (proposals, …)
        What happened.
    features : tuple of str
        Names of the last axis.
    c : float
        Inverse strength of the penalty.
    """
    logit = np.empty(y.shape)
    everything = np.arange(len(x))
    for part in folds(len(x)):
        rest = np.setdiff1d(everything, part)
        logit[part] = _fit(x[rest], y[rest], features, c).logit(x[part])
    return CrossFitted(logit, _fit(x, y, features, c))


def _fit(x: Floats, y: NDArray[np.bool_], features: tuple[str, ...], c: float) -> Logistic:
    return fit_logistic(x.reshape(-1, x.shape[-1]), y.reshape(-1), features, c=c)
