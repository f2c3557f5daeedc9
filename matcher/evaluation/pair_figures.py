"""What a model of kinds reaches on judged pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.evaluation.intervals import Interval, bootstrap
from matcher.evaluation.metrics import expected_calibration_error
from matcher.evaluation.pairs import DUPLICATE, KINDS
from matcher.flagging.kinds import UNRELATED
from matcher.records import DuplicateKind

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PairFigures:
    """What a model of kinds reaches on pairs that it has not seen.

    Attributes
    ----------
    average_precision : Interval
        Duplicate or not, overlaps left out.
    f1 : Interval
        The same at a probability of a half.
    siblings_above : Interval
        Share of `same_method_elsewhere` above that.
    same_work : Interval
        Average precision of `same_work` against siblings and unrelated pairs.
    kind_right : Interval
        Share of pairs whose kind of six is right.
    ece : Interval
        Expected calibration error of the probability, overlaps left out.
    false_alarms : float
        Pairs above a half a hundred proposals, in batches where every proposal is a work of its own.
    confusion : mapping of str to mapping of str to int
        How often pairs of a kind were given which.
    """

    average_precision: Interval
    f1: Interval
    siblings_above: Interval
    same_work: Interval
    kind_right: Interval
    ece: Interval
    false_alarms: float
    confusion: Mapping[str, Mapping[str, int]]

    def to_record(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        names = ("average_precision", "f1", "siblings_above", "same_work", "kind_right", "ece")
        return {name: getattr(self, name).to_record() for name in names} | {
            "false_alarms": self.false_alarms,
            "confusion": {one: dict(row) for one, row in self.confusion.items()},
        }


def figures(
    kinds: Sequence[str], probability: Floats, named: Sequence[str], *, false_alarms: float = 0.0, seed: int = 0
) -> PairFigures:
    """Return the figures of predictions: probabilities of one work, shape (pairs,), and the kinds named."""
    kind, given = np.array(kinds), np.array(named)
    told = kind != DuplicateKind.OVERLAP
    duplicate = np.isin(kind, DUPLICATE)
    hard = np.isin(kind, (DuplicateKind.SAME_WORK, DuplicateKind.SAME_METHOD_ELSEWHERE, UNRELATED))

    def over(rows: NDArray[np.bool_], statistic: Any) -> Interval:  # noqa: ANN401  (a function of rows)
        return bootstrap(np.flatnonzero(rows), statistic=lambda mine: float(statistic(mine)), seed=seed)

    return PairFigures(
        average_precision=over(told, lambda mine: _average_precision(duplicate[mine], probability[mine])),
        f1=over(told, lambda mine: _f1(duplicate[mine], probability[mine] >= 0.5)),
        siblings_above=over(
            kind == DuplicateKind.SAME_METHOD_ELSEWHERE, lambda mine: (probability[mine] >= 0.5).mean()
        ),
        same_work=over(hard, lambda mine: _average_precision(kind[mine] == DuplicateKind.SAME_WORK, probability[mine])),
        kind_right=bootstrap((kind == given).astype(float), seed=seed),
        ece=over(told, lambda mine: expected_calibration_error(probability[mine], duplicate[mine])),
        false_alarms=false_alarms,
        confusion={one: {other: int(((kind == one) & (given == other)).sum()) for other in KINDS} for one in KINDS},
    )


def _average_precision(truth: NDArray[np.bool_], scores: Floats) -> float:
    from sklearn.metrics import average_precision_score

    return float(average_precision_score(truth, scores)) if truth.any() else float("nan")


def _f1(truth: NDArray[np.bool_], said: NDArray[np.bool_]) -> float:
    hits = (truth & said).sum()
    return float(2 * hits / (truth.sum() + said.sum())) if truth.any() else float("nan")
