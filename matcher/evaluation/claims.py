"""Figures and curves of what a system claims of itself: probabilities, scope and states."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.evaluation.curves import (
    Line,
    ReliabilityPoint,
    area_over_coverage,
    reliability,
    risk_coverage,
    roc_line,
)
from matcher.evaluation.intervals import POOLED_ROUNDS, Interval, bootstrap
from matcher.evaluation.judgments import Judgment
from matcher.evaluation.labels import KINDS, scope_key
from matcher.evaluation.metrics import auroc, average_precision, brier, expected_calibration_error, fpr_at_95
from matcher.evaluation.results import Results

#: States that keep a proposal from a reviewer's worklist.
_REFUSED = ("outside", "invalid")

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Probabilities of pairs, whether the orientation is relevant, and the proposal's row; each of shape (pairs,)."""

    probability: Array
    relevant: Array
    row: Array

    def of(self, rows: Array) -> tuple[Array, Array]:
        """Return probabilities and relevance of a resample of proposals, a proposal's pairs as often as it is drawn."""
        often = np.bincount(rows, minlength=len(rows))[self.row]
        return np.repeat(self.probability, often), np.repeat(self.relevant, often)

    def reliability(self, seed: int) -> tuple[ReliabilityPoint, ...]:
        """Return the reliability diagram."""
        return reliability(self.probability, self.relevant, self.row, seed=seed)


def pairs_of(judgments: Sequence[Judgment], results: Results, top: int | None = None) -> Pairs:
    """Return the pairs of each proposal, or of its first `top` orientations."""
    found = [
        (results.probabilities[judgment.id][o], judgment.relevant.get(o, 0) > 0, row)
        for row, judgment in enumerate(judgments)
        for o in results.rankings[judgment.id][:top]
    ]
    table = np.array(found, float).reshape(-1, 3)
    order = np.argsort(table[:, 0], kind="stable")  # sorted once, so that each resample is nearly sorted too
    return Pairs(table[order, 0], table[order, 1], table[order, 2].astype(int))


def calibration_figures(pairs: Pairs, top: Pairs, seed: int) -> dict[str, Interval]:
    """Return calibration error and Brier score over all pairs and over the first ones of each proposal."""
    if not len(pairs.row):
        return {}

    def interval(of: Pairs, metric: Callable[[Array, Array], float], *, centred: bool) -> Interval:
        rows = np.arange(int(pairs.row.max()) + 1)
        return bootstrap(
            rows, statistic=lambda drawn: metric(*of.of(drawn)), rounds=POOLED_ROUNDS, seed=seed, centred=centred
        )

    return {
        "ece_pairs": interval(pairs, expected_calibration_error, centred=True),
        "ece_top3": interval(top, expected_calibration_error, centred=True),
        "brier_pairs": interval(pairs, brier, centred=False),
        "brier_top3": interval(top, brier, centred=False),
    }


def _outside(judgments: Sequence[Judgment], results: Results) -> tuple[Array, Array, dict[str, Array]]:
    """Return outside probabilities, who is outside, and by kind the rows that tell that kind from those inside."""
    said = np.array([results.outside.get(judgment.id, math.nan) for judgment in judgments])
    off = np.array([judgment.off_topic for judgment in judgments])
    kind = np.array([judgment.outside for judgment in judgments])
    rows = {"all": np.arange(len(judgments))}
    rows |= {name: np.flatnonzero(~off | (kind == name)) for name in KINDS if (off & (kind == name)).any()}
    if np.isnan(said).any() or not off.any() or off.all():
        return said, off, {}
    return said, off, rows


def scope_figures(judgments: Sequence[Judgment], results: Results, seed: int) -> dict[str, Interval]:
    """Return how well the outside probability tells each kind of outside proposal from those inside."""
    said, off, kinds = _outside(judgments, results)
    metrics = {"auroc": auroc, "aupr": average_precision, "fpr95": fpr_at_95}
    figures = {}
    for kind, rows in kinds.items():
        for name, metric in metrics.items():
            figures[scope_key(name, kind)] = bootstrap(rows, statistic=partial(_over, metric, said, off), seed=seed)
    if kinds:
        figures["brier_outside"] = bootstrap((said - off) ** 2, seed=seed)
        gap = partial(_over, expected_calibration_error, said, off)
        figures["ece_outside"] = bootstrap(kinds["all"], statistic=gap, seed=seed, centred=True)
    return figures


def _over(metric: Callable[[Array, Array], float], said: Array, happened: Array, rows: Array) -> float:
    """Return a metric over a resample of proposals."""
    return metric(said[rows], happened[rows])


def state_figures(judgments: Sequence[Judgment], results: Results, seed: int) -> dict[str, Interval]:
    """Return what the states lose, leave uncertain, and catch; nothing where a state is missing."""
    said = np.array([results.states.get(judgment.id, "") for judgment in judgments])
    if not said.all():
        return {}
    off = np.array([judgment.off_topic for judgment in judgments])
    kind = np.array([judgment.outside for judgment in judgments])
    refused = np.isin(said, _REFUSED).astype(float)
    figures = {
        "inside_lost": bootstrap(refused[~off], seed=seed),
        "uncertain": bootstrap((said == "uncertain").astype(float), seed=seed),
        "uncertain_inside": bootstrap((said[~off] == "uncertain").astype(float), seed=seed),
        "outside_caught": bootstrap(refused[off], seed=seed),
    }
    return figures | {scope_key("caught", name): bootstrap(refused[off & (kind == name)], seed=seed) for name in KINDS}


def _first(judgments: Sequence[Judgment], results: Results) -> tuple[Array, Array]:
    """Return the probability at rank 1 and whether that orientation is relevant; shape (judgments,)."""
    sure, right = [], []
    for judgment in judgments:
        ranked = results.rankings[judgment.id]
        sure.append(results.probabilities[judgment.id][ranked[0]] if ranked else 0.0)
        right.append(bool(ranked) and judgment.relevant.get(ranked[0], 0) > 0)
    return np.array(sure, float), np.array(right, bool)


def selective_figures(judgments: Sequence[Judgment], results: Results, seed: int) -> dict[str, Interval]:
    """Return the area over the coverage curve of the proposals inside."""
    inside = [judgment for judgment in judgments if judgment.inside]
    sure, right = _first(inside, results)
    return {
        "aurc": bootstrap(
            np.arange(len(inside)), statistic=lambda rows: area_over_coverage(sure[rows], right[rows]), seed=seed
        )
    }


def coverage_lines(judgments: Sequence[Judgment], results: Results) -> dict[str, Line]:
    """Return precision at rank 1 against the share kept, of those inside and, where some are outside, of all."""
    inside = [judgment for judgment in judgments if judgment.inside]
    lines = {"inside": risk_coverage(*_first(inside, results))}
    if len(inside) < len(judgments):
        lines["all"] = risk_coverage(*_first(judgments, results))
    return {name: line for name, line in lines.items() if line}


def scope_lines(judgments: Sequence[Judgment], results: Results) -> dict[str, Line]:
    """Return the ROC curve of the outside probability by kind."""
    said, off, kinds = _outside(judgments, results)
    return {kind: roc_line(said[rows], off[rows]) for kind, rows in kinds.items()}
