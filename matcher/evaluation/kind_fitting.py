"""Fitting the model of kinds on judged pairs, with what it reaches on families it was not fitted on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.encoding import Encoder
from matcher.evaluation.benchmark import read_benchmark
from matcher.evaluation.fitting import fit_logistic
from matcher.evaluation.judgments import proposal_of
from matcher.evaluation.pair_figures import PairFigures, figures
from matcher.evaluation.pairs import DUPLICATE, JudgedPair, families, folds
from matcher.flagging import Profile, Profiler
from matcher.flagging.agreement import FEATURES, agreement
from matcher.flagging.candidates import candidates_within
from matcher.flagging.duplicates import side_of
from matcher.flagging.kinds import BARRED_BY, FILE, OTHER, SAME, UNRELATED, KindModel, basis, basis_names
from matcher.flagging.verdicts import verdicts
from matcher.ranking.fusion import Logistic, sigmoid
from matcher.records import DuplicateKind, Proposal

Floats = NDArray[np.float64]

#: Inverse strength of the penalty on the weights; 1.0 gives half as many false alarms again, for the same rest.
_C = 0.1
#: Most that the sender may say, in log-odds, alike and unlike: a hospital or a school sends many proposals a year, and
#: synthetic pairs, which name a sender for some kinds more than for others, cannot tell how much it says.
_SENDER = {"organisation_same": 0.7, "organisation_differs": 0.3}
#: Pairs of strangers drawn for each judged pair, and how much one counts beside a judged pair.
STRANGERS, _STRANGER = 1, 0.3
_SPREAD = 1e-9
_NEIGHBOUR = "neighbour"
#: Measures that may speak either way: much wording in common without one meaning is the mark of a template.
_FREE = frozenset(("wording", "wording_set", "words"))
#: Share of a kind's judged pairs that may lie below its bar.
_BELOW = {DuplicateKind.OVERLAP: 0.2, DuplicateKind.SAME_METHOD_ELSEWHERE: 0.1}
#: Folds over the pairs.
FOLDS = 10
#: Of the benchmark's proposals one in so many stands apart: training takes no neighbours among these.
_EVERY = 4


@dataclass(frozen=True, slots=True)
class Material:
    """What a model of kinds is fitted on, as an encoder sees it.

    Attributes
    ----------
    kinds : sequence of str
        Of the judged pairs.
    left, right : sequence of Profile
        Their sides.
    family, fold : ndarray of int, shape (pairs,)
        Pairs of one family are in one fold.
    profiles : sequence of sequence of Profile
        Batches where every proposal is a work of its own.
    pairs : sequence of ndarray of int, shape (n, 2)
        Neighbours in them: rows that the search for duplicates compares.
    batches : sequence of ndarray, shape (n, len(FEATURES))
        Measures of the neighbours.
    """

    kinds: Sequence[str]
    left: Sequence[Profile]
    right: Sequence[Profile]
    family: NDArray[np.intp]
    fold: NDArray[np.intp]
    profiles: Sequence[Sequence[Profile]]
    pairs: Sequence[NDArray[np.int64]]
    batches: Sequence[Floats]

    @property
    def proposals(self) -> list[int]:
        """How many proposals each batch has."""
        return [len(batch) for batch in self.profiles]

    @classmethod
    def of(cls, pairs: Sequence[JudgedPair], profiler: Profiler, encoder: Encoder) -> Material:
        """Bring judged pairs and the batches of `apart` before an encoder that has seen none of them."""
        segmenter = profiler.segmenter
        batches = [profiler(batch, encoder) for batch in apart()]
        near = [candidates_within(side_of(batch)) for batch in batches]
        return cls(
            [str(pair.kind) for pair in pairs],
            profiler([pair.a for pair in pairs], encoder),
            profiler([pair.b for pair in pairs], encoder),
            families(pairs, segmenter),
            folds(pairs, segmenter, FOLDS, seed=0),
            batches,
            near,
            [agreement(batch, batch, rows) for batch, rows in zip(batches, near, strict=True)],
        )


def apart() -> tuple[list[Proposal], list[Proposal]]:
    """Return two batches of the benchmark's synthetic proposals, each a work of its own."""
    judged = read_benchmark()[0]
    chosen = [proposal_of(each) for each in judged.judgments if each.synthetic and each.inside][::_EVERY]
    return chosen[0::2], chosen[1::2]


def fit_and_measure(material: Material) -> tuple[KindModel, PairFigures]:
    """Fit the model of kinds on everything; the figures are of models fitted without the family, or the batch."""
    kinds = material.kinds
    every, whole = np.arange(len(kinds)), range(len(material.batches))
    probability, named = np.zeros(len(kinds)), np.full(len(kinds), "", object)
    for fold in range(FOLDS):
        mine = np.flatnonzero(material.fold == fold)
        model = fit_first_look(material, np.flatnonzero(material.fold != fold), whole)
        probability[mine], named[mine] = predict(
            model, [material.left[i] for i in mine.tolist()], [material.right[i] for i in mine.tolist()]
        )
    alarms = [
        (fit_first_look(material, every, [j for j in whole if j != i]).log_odds(batch) >= 0).sum()
        for i, batch in enumerate(material.batches)
    ]
    per_hundred = 100 * float(sum(alarms)) / sum(material.proposals)
    return fit_first_look(material, every, whole), figures(
        material.kinds, probability, named.tolist(), false_alarms=per_hundred
    )


def fit_first_look(material: Material, rows: NDArray[np.intp], chosen: Sequence[int]) -> KindModel:
    """Fit the model of kinds on some of the judged pairs and some of the batches."""
    kinds = np.array(material.kinds)
    measures = agreement(material.left, material.right, diagonal(len(kinds)))
    unlike = agreement(material.left, material.right, strangers(material.family, rows))
    neighbours = np.concatenate([material.batches[i] for i in chosen])
    return fit_kinds(measures[rows], kinds[rows].tolist(), unlike, neighbours)


def save_kinds(model: KindModel, reached: PairFigures, folder: Path) -> None:
    """Write the model of kinds with its figures beside the encoder it was fitted on."""
    record = {"model": model.to_dict(), "held_out": reached.to_record()}
    (folder / FILE).write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def predict(model: KindModel, left: Sequence[Profile], right: Sequence[Profile]) -> tuple[Floats, list[str]]:
    """Return for paired profiles the probability of one work and the kind, `UNRELATED` where it is no pair."""
    rows = diagonal(len(left))
    found = verdicts(model, left, right, rows, agreement(left, right, rows))
    return found.probability, [str(kind) for kind in found.kinds]


def diagonal(size: int) -> NDArray[np.int64]:
    """Return the rows of paired texts, shape (size, 2)."""
    return np.stack([np.arange(size)] * 2, axis=1)


def strangers(family: NDArray[np.intp], rows: NDArray[np.intp], *, seed: int = 0) -> NDArray[np.int64]:
    """Draw pairs of texts that have nothing to do with one another, shape (n, 2): rows of the left and right sides.

    `family` has the family of each judged pair, `rows` are those to draw from.
    """
    rng = np.random.default_rng(seed)
    drawn = np.stack([rng.permutation(np.tile(rows, STRANGERS)), rng.permutation(np.tile(rows, STRANGERS))], axis=1)
    apart = family[drawn[:, 0]] != family[drawn[:, 1]]
    return np.asarray(drawn[apart], np.int64)


def fit_kinds(measures: Floats, kinds: Sequence[str], unlike: Floats, neighbours: Floats) -> KindModel:
    """Fit the model of kinds.

    Parameters
    ----------
    measures : ndarray, shape (pairs, len(FEATURES))
        Of judged pairs, which are all alike in something.
    kinds : sequence of str
        Theirs. An overlap is no duplicate: it counts, for half, among those that are not.
    unlike : ndarray, shape (n, len(FEATURES))
        Of pairs that have nothing to do with one another; they teach which kind, `UNRELATED`, they are of.
    neighbours : ndarray, shape (m, len(FEATURES))
        Of proposals that the search puts side by side though each is a work of its own. All together they count as
        much as the judged pairs: without them nearly every neighbour in a real batch would be called the same work.
    """
    kind = np.array(kinds)
    x = basis(np.concatenate([measures, neighbours]))
    weights = np.where(kind == DuplicateKind.OVERLAP, 0.5, 1.0)
    of_neighbour = len(kind) / max(1, len(neighbours))
    same = fit_monotone(
        x,
        np.concatenate([np.isin(kind, DUPLICATE), np.zeros(len(neighbours), bool)]),
        np.concatenate([weights, np.full(len(neighbours), of_neighbour)]),
    )
    x = basis(np.concatenate([measures, unlike, neighbours]))
    kind = np.array([*kinds, *[UNRELATED] * len(unlike), *[_NEIGHBOUR] * len(neighbours)])
    weights = np.repeat([1.0, _STRANGER, of_neighbour], [len(kinds), len(unlike), len(neighbours)])
    fitted = {}
    for group in (SAME, OTHER):
        for name in group:
            # Neighbours have one template now and then, and one object hardly ever.
            mine = np.isin(kind, (*group, _NEIGHBOUR) if name == DuplicateKind.OVERLAP else group)
            fitted[str(name)] = fit_logistic(x[mine], kind[mine] == name, basis_names(), c=_C, weights=weights[mine])
    bars = {
        name: float(
            np.quantile(measures[np.array(kinds) == name, FEATURES.index(measure)], _BELOW[DuplicateKind(name)])
        )
        for name, measure in BARRED_BY.items()
    }
    return KindModel(same, fitted, bars)


def fit_monotone(x: Floats, y: NDArray[np.bool_], weights: Floats) -> Logistic:
    """Fit a logistic regression over `basis` in which likeness does not speak against, nor difference for, one work.

    Common wording alone may speak either way.

    Parameters
    ----------
    x : ndarray, shape (n, len(basis_names()))
        Measures by level.
    y, weights : ndarray, shape (n,)
        What is one work, and how much each row counts.
    """
    from scipy.optimize import minimize

    names = basis_names()
    mean, scale = x.mean(axis=0), np.where(x.std(axis=0) > _SPREAD, x.std(axis=0), 1.0)
    z, sign = (x - mean) / scale, np.where(y, 1.0, -1.0)

    def loss(parameters: Floats) -> tuple[float, Floats]:
        w, b = parameters[:-1], parameters[-1]
        margin = sign * (z @ w + b)
        slope = -weights * sign * sigmoid(-margin)
        value = float((weights * np.logaddexp(0, -margin)).sum() + w @ w / (2 * _C))
        return value, np.append(z.T @ slope + w / _C, slope.sum())

    bounds = [_bounds_of(name, float(size)) for name, size in zip(names, scale, strict=True)]
    found = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)])
    return Logistic(
        names, tuple(mean.tolist()), tuple(scale.tolist()), tuple(found.x[:-1].tolist()), float(found.x[-1])
    )


def _bounds_of(name: str, scale: float) -> tuple[float | None, float | None]:
    """Return the bounds of the weight of a standardised measure, whose spread was `scale`."""
    if name.endswith("_known") or name.split(">")[0] in _FREE:
        return None, None
    most = _SENDER[name] * scale if name in _SENDER else None
    return (None if most is None else -most, 0.0) if name.endswith("_differs") else (0.0, most)
