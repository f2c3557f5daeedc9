"""Fitting the fusion and the scope model on judgments, with what they reach on proposals they were not fitted on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.evaluation.judgments import Judgment
from matcher.ranking.fusion import Logistic

Floats = NDArray[np.float64]

#: Folds of cross-validation over proposals, and the seed that draws them.
FOLDS, SEED = 10, 0


def relevance(judgments: Sequence[Judgment], orientations: Sequence[str]) -> NDArray[np.int_]:
    """Return the grades as a matrix, shape (judgments, orientations)."""
    column = {name: i for i, name in enumerate(orientations)}
    grades = np.zeros((len(judgments), len(orientations)), int)
    for row, judgment in enumerate(judgments):
        for name, grade in judgment.relevant.items():
            grades[row, column[name]] = grade
    return grades


def fit_logistic(
    x: Floats, y: NDArray[np.bool_], features: tuple[str, ...], *, c: float = 1.0, weights: Floats | None = None
) -> Logistic:
    """Fit a logistic regression on rows of `x`, shape (n, len(features)), for `y` and `weights`, shape (n,)."""
    from sklearn.linear_model import LogisticRegression

    mean, scale = x.mean(axis=0), x.std(axis=0)
    scale = np.where(scale > 1e-9, scale, 1.0)
    fitted = LogisticRegression(C=c, max_iter=2000).fit((x - mean) / scale, y, weights)
    return Logistic(
        features=features,
        mean=tuple(mean.tolist()),
        scale=tuple(scale.tolist()),
        weights=tuple(fitted.coef_[0].tolist()),
        intercept=float(fitted.intercept_[0]),
        typical=tuple(x[y].mean(axis=0).tolist()),
    )


def fold_of(n: int, k: int = FOLDS, seed: int = SEED) -> NDArray[np.intp]:
    """Return for each of `n` proposals which of `k` folds it is in, drawn with a fixed seed."""
    order = np.random.default_rng(seed).permutation(n)
    number = np.empty(n, np.intp)
    number[order] = np.arange(n) % min(k, n)
    return number


@dataclass(frozen=True, slots=True)
class CrossFitted:
    """Out-of-fold log-odds of rows, each predicted by a model fitted without its group; and the model on all."""

    logit: Floats
    model: Logistic


def cross_fit(
    x: Floats,
    y: NDArray[np.bool_],
    groups: NDArray[np.intp],
    features: tuple[str, ...],
    *,
    c: float = 1.0,
    weights: Floats | None = None,
) -> CrossFitted:
    """Fit on rows, holding one group out at a time.

    Parameters
    ----------
    x : array, shape (rows, len(features))
        All rows of a proposal belong to one group: whole proposals are held out, or whole announcements.
    y : array, shape (rows,)
        What happened.
    groups : array, shape (rows,)
        The group of each row.
    features : tuple of str
        Names of the columns.
    c : float
        Inverse strength of the penalty.
    weights : array, shape (rows,), optional
        How much each row counts.
    """
    w = np.ones(len(y)) if weights is None else weights
    logit = np.empty(len(y))
    for group in np.unique(groups):
        mine = groups == group
        logit[mine] = fit_logistic(x[~mine], y[~mine], features, c=c, weights=w[~mine]).logit(x[mine])
    return CrossFitted(logit, fit_logistic(x, y, features, c=c, weights=w))
