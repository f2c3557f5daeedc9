"""Everything that judgments say about one system: figures with intervals, groups, orientations, curves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.evaluation.claims import (
    calibration_figures,
    coverage_lines,
    pairs_of,
    scope_figures,
    scope_lines,
    selective_figures,
    state_figures,
)
from matcher.evaluation.curves import Line, ReliabilityPoint
from matcher.evaluation.intervals import Interval, bootstrap
from matcher.evaluation.judgments import Judgment
from matcher.evaluation.metrics import evaluate, hits_of_best, ndcg_values
from matcher.evaluation.results import Results

#: Proposals that an officer would see ranked first: the pairs whose probability matters most.
_TOP = 3

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many proposals were judged, how many lie inside and outside, and how many are synthetic."""

    judged: int
    inside: int
    outside: int
    synthetic: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What judgments say about a system.

    Attributes
    ----------
    figures : dict of str to Interval
        By metric; those that cannot be told (no proposal outside, no states) are left out.
    groups : dict
        nDCG@5 by `difficulty`, `voice` and `source` (real, synthetic), where the judgments tell several apart.
    orientations : dict of str to (int, int)
        Of each grade-2 orientation, in how many proposals it was among the first three, and in how many it should.
    reliability, risk_coverage, roc : dict
        Curves: of `pairs` and of the `top3`; of proposals `inside` and of `all`; of scope by kind and over `all`.
    """

    counts: Counts
    figures: dict[str, Interval]
    groups: dict[str, dict[str, Interval]] = field(default_factory=dict)
    orientations: dict[str, tuple[int, int]] = field(default_factory=dict)
    reliability: dict[str, tuple[ReliabilityPoint, ...]] = field(default_factory=dict)
    risk_coverage: dict[str, Line] = field(default_factory=dict)
    roc: dict[str, Line] = field(default_factory=dict)

    def to_record(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "counts": asdict(self.counts),
            "figures": {name: interval.to_record() for name, interval in self.figures.items()},
            "groups": {g: {name: i.to_record() for name, i in each.items()} for g, each in self.groups.items()},
            "orientations": {o: {"found": hit, "asked": asked} for o, (hit, asked) in self.orientations.items()},
            "reliability": {name: [asdict(point) for point in points] for name, points in self.reliability.items()},
            "risk_coverage": self.risk_coverage,
            "roc": self.roc,
        }


def score(judgments: Sequence[Judgment], results: Results, *, seed: int = 0) -> Evaluation:
    """Score a system that ranked every judged proposal.

    Parameters
    ----------
    judgments : sequence of Judgment
        At least one.
    results : Results
        Of all of them; `Results.check_complete` tells.
    seed : int
        What draws the resamples.
    """
    rankings = [results.rankings[judgment.id] for judgment in judgments]
    pairs, top = pairs_of(judgments, results), pairs_of(judgments, results, _TOP)
    figures = evaluate(judgments, rankings, seed=seed)
    figures |= _plan(judgments, results, seed) | scope_figures(judgments, results, seed)
    figures |= state_figures(judgments, results, seed) | selective_figures(judgments, results, seed)
    figures |= calibration_figures(pairs, top, seed)
    return Evaluation(
        counts=count(judgments),
        figures={name: interval for name, interval in figures.items() if interval.known},
        groups=_groups(judgments, ndcg_values(judgments, rankings), seed),
        orientations=_orientations(judgments, rankings),
        reliability={"pairs": pairs.reliability(seed), "top3": top.reliability(seed)},
        risk_coverage=coverage_lines(judgments, results),
        roc=scope_lines(judgments, results),
    )


def count(judgments: Sequence[Judgment]) -> Counts:
    """Count judgments by kind."""
    outside = sum(judgment.off_topic for judgment in judgments)
    synthetic = sum(judgment.synthetic for judgment in judgments)
    return Counts(len(judgments), len(judgments) - outside, outside, synthetic)


def _plan(judgments: Sequence[Judgment], results: Results, seed: int) -> dict[str, Interval]:
    """Source plan right at rank 1: that of a grade-2 orientation, or of any relevant one where none is grade 2."""
    right = []
    for judgment in judgments:
        if judgment.inside and judgment.id in results.top_plans:
            of = results.plans.get(judgment.id, {})
            wanted = {of.get(o) for o in judgment.best or judgment.relevant}
            right.append(float(results.top_plans[judgment.id] in wanted))
    return {"plan@1": bootstrap(np.array(right), seed=seed)} if right else {}


def _orientations(judgments: Sequence[Judgment], rankings: Sequence[Sequence[str]]) -> dict[str, tuple[int, int]]:
    pairs = [(j, r) for j, r in zip(judgments, rankings, strict=True) if j.inside]
    names, hits = hits_of_best([j for j, _ in pairs], [r for _, r in pairs])
    counted = {
        name: (int(hits[hits[:, 1] == i, 2].sum()), int((hits[:, 1] == i).sum())) for i, name in enumerate(names)
    }
    return dict(sorted(counted.items(), key=lambda item: _natural(item[0])))


def _natural(orientation: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that puts 1.10 after 1.9."""
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in orientation.split("."))


def _groups(judgments: Sequence[Judgment], values: Array, seed: int) -> dict[str, dict[str, Interval]]:
    """Return nDCG@5 by group, where the judgments tell at least two groups apart."""
    inside = [i for i, judgment in enumerate(judgments) if judgment.inside]
    by = {
        "difficulty": [judgments[i].difficulty for i in inside],
        "voice": [judgments[i].voice for i in inside],
        "source": ["synthetic" if judgments[i].synthetic else "real" for i in inside],
    }
    mine = values[inside]
    return {
        group: {name: bootstrap(mine[np.array(labels) == name], seed=seed) for name in sorted(set(labels) - {""})}
        for group, labels in by.items()
        if len(set(labels)) > 1
    }
