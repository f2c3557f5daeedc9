"""Pairs of tasks with the kind of their duplication: reading them, fitting the model of kinds, its figures.

Pairs that share an object are one *family*; families are held out whole, never single pairs: `corpus/duplicates` says
why.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.errors import InputError
from matcher.evaluation.fitting import fit_logistic
from matcher.evaluation.intervals import Interval, bootstrap
from matcher.evaluation.metrics import expected_calibration_error
from matcher.flagging import Profile
from matcher.flagging.agreement import agreement
from matcher.flagging.kinds import OTHER, SAME, UNRELATED, KindModel, basis, basis_names, verdicts
from matcher.ranking.fusion import Logistic, sigmoid
from matcher.records import DuplicateKind, Proposal, Source
from matcher.segmenting import Segmenter
from matcher.settings import resource_dir

Floats = NDArray[np.float64]

KINDS = (*(str(kind) for kind in DuplicateKind), UNRELATED)
#: Kinds that are duplicates; an overlap is neither.
DUPLICATE = (DuplicateKind.IDENTICAL, *SAME)
_TEXTS = ("title", "objective", "content", "organisation", "place")
#: Inverse strength of the penalty on the weights.
_C = 1.0
#: Pairs of strangers drawn for each judged pair, and how much one counts beside a judged pair.
STRANGERS, _STRANGER = 1, 0.3
_SPREAD = 1e-9
_NEIGHBOUR = "neighbour"
#: Measures that may speak either way: much wording in common without one meaning is the mark of a template.
_FREE = frozenset(("wording", "wording_set", "words"))


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """Two texts and the kind of pair that they make."""

    id: str
    kind: str
    a: Proposal
    b: Proposal
    continuation: bool = False


def read_pairs(folder: Path | None = None) -> tuple[JudgedPair, ...]:
    """Read the judged pairs of a folder; `corpus/duplicates` by default.

    Raises
    ------
    InputError
        If there are none, or a line is not as the folder's card describes it.
    """
    folder = folder or resource_dir("corpus") / "duplicates"
    pairs = tuple(pair for file in sorted(folder.glob("pairs-*.jsonl")) for pair in _pairs_of(file))
    if not pairs:
        raise InputError("holds no pairs", file=folder, cure="Give the folder corpus/duplicates of the repository.")
    return pairs


def _pairs_of(file: Path) -> Iterator[JudgedPair]:
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
            if raw["kind"] not in KINDS:
                raise ValueError(f"kind is {raw['kind']!r}")
            a, b = (_side(raw, side, Source(file.name, number)) for side in "ab")
            yield JudgedPair(str(raw["id"]), raw["kind"], a, b, bool(raw["continuation"]))
        except (KeyError, TypeError, ValueError) as err:
            raise InputError(f"is no judged pair: {err}", file=file, place=f"line {number}", cure="Mend it.") from err


def _side(raw: Mapping[str, Any], side: str, source: Source) -> Proposal:
    texts = {name: str(raw[side][name]) for name in _TEXTS if raw[side].get(name)}
    if raw[side].get("year"):
        texts["year"] = str(raw[side]["year"])
    return Proposal(f"{raw['id']}{side}", MappingProxyType(texts), source)


def families(pairs: Sequence[JudgedPair], segmenter: Segmenter) -> NDArray[np.intp]:
    """Return for each pair the number of its family: pairs whose first titles, or their objects, are the same."""
    parent: dict[str, str] = {}

    def find(key: str) -> str:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for pair in pairs:
        title = pair.a.title.strip().lower()
        parent[find(f"title {title}")] = find(f"pair {pair.id}")
        found = segmenter.research_object(pair.a.title)
        if found is not None:
            parent[find(f"object {found.key}")] = find(f"pair {pair.id}")
    roots = {root: number for number, root in enumerate(sorted({find(f"pair {pair.id}") for pair in pairs}))}
    return np.array([roots[find(f"pair {pair.id}")] for pair in pairs], np.intp)


def folds(pairs: Sequence[JudgedPair], segmenter: Segmenter, k: int, *, seed: int = 7) -> NDArray[np.intp]:
    """Share the families out into `k` folds; return the fold of each pair."""
    family = families(pairs, segmenter)
    return np.random.default_rng(seed).permutation(int(family.max()) + 1)[family] % k


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
    return KindModel(same, fitted)


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

    bounds = [_bounds_of(name) for name in names]
    found = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)])
    return Logistic(
        names, tuple(mean.tolist()), tuple(scale.tolist()), tuple(found.x[:-1].tolist()), float(found.x[-1])
    )


def _bounds_of(name: str) -> tuple[float | None, float | None]:
    if name.endswith("_known") or name.split(">")[0] in _FREE:
        return None, None
    return (None, 0.0) if name.endswith("_differs") else (0.0, None)


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


def predict(model: KindModel, left: Sequence[Profile], right: Sequence[Profile]) -> tuple[Floats, list[str]]:
    """Return for paired profiles the probability of one work and the kind, `UNRELATED` where it is no pair."""
    rows = np.stack([np.arange(len(left))] * 2, axis=1)
    found = verdicts(model, left, right, rows, agreement(left, right, rows))
    return found.probability, [str(kind) for kind in found.kinds]


def _average_precision(truth: NDArray[np.bool_], scores: Floats) -> float:
    from sklearn.metrics import average_precision_score

    return float(average_precision_score(truth, scores)) if truth.any() else float("nan")


def _f1(truth: NDArray[np.bool_], said: NDArray[np.bool_]) -> float:
    hits = (truth & said).sum()
    return float(2 * hits / (truth.sum() + said.sum())) if truth.any() else float("nan")
