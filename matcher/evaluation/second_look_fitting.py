"""Fitting the second look on judged pairs, with what both looks together reach on families they were not fitted on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.evaluation.fitting import fit_logistic
from matcher.evaluation.kind_fitting import FOLDS, Material, diagonal, fit_first_look
from matcher.evaluation.pair_figures import PairFigures, figures
from matcher.evaluation.pairs import DUPLICATE
from matcher.flagging.agreement import agreement
from matcher.flagging.kinds import OTHER, SAME, KindModel, basis
from matcher.flagging.second_look import WEIGHED, Reader, Reads, SecondLook, kind_features, to_read, weighed
from matcher.flagging.verdicts import verdicts
from matcher.records import DuplicateKind

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

#: How much a neighbour of a batch counts beside a judged pair: 0.3 and 1 give fewer false alarms, a lower F1, and a
#: worse calibration on sets where every kind is equally frequent.
NEIGHBOUR = 0.1
#: Inverse strength of the penalty on the weights of kinds.
_C = 0.1


class _Readings:
    """What a cross-encoder says of judged pairs, and of neighbours in batches; each is read once."""

    def __init__(self, material: Material, kept: KindModel, cross: Reads) -> None:
        self._cross = cross
        self._known: dict[tuple[str, str], Floats] = {}
        self.judged = self.read([(a.text, b.text) for a, b in zip(material.left, material.right, strict=True)])
        self.rows: list[Rows] = []
        self.outputs: list[Floats] = []
        for profiles, pairs, measures in zip(material.profiles, material.pairs, material.batches, strict=True):
            chosen = np.flatnonzero(to_read(kept, kept.log_odds(measures), measures))
            self.rows.append(chosen)
            self.outputs.append(self.read([(profiles[i].text, profiles[j].text) for i, j in pairs[chosen].tolist()]))

    def read(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """Return the outputs of pairs of texts, shape (pairs, outputs)."""
        new = [pair for pair in dict.fromkeys(pairs) if pair not in self._known]
        self._known |= zip(new, self._cross.read(new), strict=True)
        return np.stack([self._known[pair] for pair in pairs])

    @property
    def fingerprint(self) -> str:
        """The cross-encoder's."""
        return self._cross.fingerprint


def fit_second_look(material: Material, kept: KindModel, cross: Reads) -> tuple[SecondLook, PairFigures]:
    """Fit the second look on everything; the figures are of both looks fitted without the family, or the batch.

    Parameters
    ----------
    material : Material
        Families that neither encoder was trained on.
    kept : KindModel
        The first look as it ships.
    cross : Reads
        The cross-encoder.
    """
    readings = _Readings(material, kept, cross)
    kinds = np.array(material.kinds)
    measures = agreement(material.left, material.right, diagonal(len(kinds)))
    every, whole = np.arange(len(kinds)), range(len(material.batches))

    def fit(first: KindModel, rows: Rows, chosen: Sequence[int]) -> SecondLook:
        near = [weighed(first.log_odds(material.batches[i][readings.rows[i]]), readings.outputs[i]) for i in chosen]
        x = weighed(first.log_odds(measures[rows]), readings.judged[rows])
        return fit_looks(measures[rows], x, kinds[rows], np.concatenate(near))

    probability, named = np.zeros(len(kinds)), np.full(len(kinds), "", object)
    for fold in range(FOLDS):
        mine, rest = np.flatnonzero(material.fold == fold), np.flatnonzero(material.fold != fold)
        first = fit_first_look(material, rest, whole)
        reader = Reader(readings, fit(first, rest, whole))
        left, right = ([side[i] for i in mine.tolist()] for side in (material.left, material.right))
        found = verdicts(first, left, right, diagonal(len(mine)), measures[mine], reader)
        probability[mine], named[mine] = found.probability, [str(kind) for kind in found.kinds]
    alarms = 0
    for batch in whole:
        others = [i for i in whole if i != batch]
        first = fit_first_look(material, every, others)
        profiles = material.profiles[batch]
        reader = Reader(readings, fit(first, every, others))
        found = verdicts(first, profiles, profiles, material.pairs[batch], material.batches[batch], reader)
        alarms += int((found.probability >= 0.5).sum())
    per_hundred = 100 * alarms / sum(material.proposals)
    reached = figures(material.kinds, probability, named.tolist(), false_alarms=per_hundred)
    return fit(kept, every, whole), reached


def fit_looks(measures: Floats, x: Floats, kinds: NDArray[np.str_], neighbours: Floats) -> SecondLook:
    """Fit a second look.

    Parameters
    ----------
    measures : ndarray, shape (pairs, len(FEATURES))
        Of judged pairs.
    x : ndarray, shape (pairs, len(WEIGHED))
        What was weighed of them.
    kinds : ndarray of str, shape (pairs,)
        Theirs; an overlap counts for half among those that are not one work.
    neighbours : ndarray, shape (m, len(WEIGHED))
        Of proposals that the search puts side by side though each is a work of its own.
    """
    same = fit_logistic(
        np.concatenate([x, neighbours]),
        np.concatenate([np.isin(kinds, DUPLICATE), np.zeros(len(neighbours), bool)]),
        WEIGHED,
        weights=np.concatenate(
            [np.where(kinds == DuplicateKind.OVERLAP, 0.5, 1.0), np.full(len(neighbours), NEIGHBOUR)]
        ),
    )
    told = np.hstack([basis(measures), x])
    fitted = {}
    for group in (SAME, OTHER):
        mine = np.isin(kinds, group)
        for name in group:
            fitted[str(name)] = fit_logistic(told[mine], kinds[mine] == name, kind_features(), c=_C)
    return SecondLook(same, fitted)
