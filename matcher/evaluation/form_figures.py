"""What whole forms reach beside their titles alone: ranking, calibration and states, with paired intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.evaluation.fitting import Floats
from matcher.evaluation.forms import JudgedForm
from matcher.evaluation.intervals import Interval, bootstrap
from matcher.evaluation.metrics import expected_calibration_error, ndcg_values
from matcher.matching import Matcher
from matcher.ranking import Ranking
from matcher.ranking.sections import Reading
from matcher.records import Proposal, State

#: What is compared; the last is the whole form but for its objective, under a title that says nothing.
TITLE, HEAD, WHOLE, UNTITLED = "title", "title and objective", "whole form", "vague title, contents"
SYSTEMS = (TITLE, HEAD, WHOLE, UNTITLED)
_TOP = 3


@dataclass(frozen=True, slots=True)
class FormCases:
    """Forms ranked by title and objective alone, and what their other sections say."""

    forms: Sequence[JudgedForm]
    head: list[Ranking]
    readings: list[Reading | None]
    x: Floats  # (forms, orientations, features)
    grades: NDArray[np.int_]

    @property
    def offset(self) -> Floats:
        """Log-odds by title and objective, shape (forms, orientations)."""
        return np.stack([ranking.logit for ranking in self.head])

    def whole(self, added: Floats) -> list[Ranking]:
        """Return the rankings of the whole forms, given the correction, shape (forms, orientations)."""
        return [
            replace(head, logit=head.logit + row, reading=reading) if reading else head
            for head, row, reading in zip(self.head, added, self.readings, strict=True)
        ]


def form_figures(
    matcher: Matcher, views: Sequence[FormCases], added: Sequence[Floats]
) -> tuple[dict[str, dict[str, list[float]]], dict[str, list[float]]]:
    """Return metric → system → values, and metric → what the whole form gains over title and objective.

    Parameters
    ----------
    matcher : Matcher
        Gives the states.
    views : sequence of FormCases
        Forms as they are, with their title alone, and under titles that say nothing.
    added : sequence of arrays, each of shape (forms, orientations)
        The correction of each view, by a model not fitted on its forms.
    """
    cases, titled, untitled = views
    wholes = [view.whole(values) for view, values in zip(views, added, strict=True)]
    systems = {TITLE: titled.head, HEAD: cases.head, WHOLE: wholes[0], UNTITLED: wholes[2]}
    shown = {
        TITLE: [form.only("title") for form in titled.forms],
        HEAD: [form.only("title", "objective") for form in cases.forms],
        WHOLE: [form.proposal for form in cases.forms],
        UNTITLED: [form.proposal for form in untitled.forms],
    }
    inside = np.array([form.judgment.inside for form in cases.forms])
    figures: dict[str, dict[str, list[float]]] = {}
    gains: dict[str, list[float]] = {}
    for name, values in _METRICS.items():
        each = {system: values(cases, rankings)[inside] for system, rankings in systems.items()}
        figures[name] = {system: _listed(bootstrap(value)) for system, value in each.items()}
        gains[name] = _listed(bootstrap(each[WHOLE] - each[HEAD]))
    for system, rankings in systems.items():
        for name, value in _calibration(cases, rankings).items():
            figures.setdefault(name, {})[system] = [value]
        for name, value in _states(matcher, cases, shown[system], rankings).items():
            figures.setdefault(name, {})[system] = [value]
    return figures, gains


def _ndcg(cases: FormCases, rankings: Sequence[Ranking]) -> Floats:
    ranked = [[ranking.orientations[i] for i in ranking.order] for ranking in rankings]
    return np.asarray(ndcg_values([form.judgment for form in cases.forms], ranked), np.float64)


def _first(cases: FormCases, rankings: Sequence[Ranking]) -> Floats:
    return np.array([float(cases.grades[k, each.order[0]] > 0) for k, each in enumerate(rankings)])


def _recall(cases: FormCases, rankings: Sequence[Ranking]) -> Floats:
    best = [cases.grades[k] == 2 for k in range(len(rankings))]
    return np.array(
        [b[r.order[:_TOP]].sum() / b.sum() if b.any() else np.nan for b, r in zip(best, rankings, strict=True)]
    )


_METRICS: dict[str, Callable[[FormCases, Sequence[Ranking]], Floats]] = {
    "ndcg@5": _ndcg,
    "precision@1": _first,
    "recall@3": _recall,
}


def _calibration(cases: FormCases, rankings: Sequence[Ranking]) -> dict[str, float]:
    p, y = np.stack([ranking.probability for ranking in rankings]), cases.grades > 0
    top = np.stack([ranking.order[:_TOP] for ranking in rankings])
    best = (np.take_along_axis(p, top, 1).ravel(), np.take_along_axis(y, top, 1).ravel())
    return {
        "ece": round(expected_calibration_error(p.ravel(), y.ravel()), 4),
        f"ece of the top {_TOP}": round(expected_calibration_error(*best), 4),
    }


def _states(
    matcher: Matcher, cases: FormCases, proposals: Sequence[Proposal], rankings: Sequence[Ranking]
) -> dict[str, float]:
    flags = matcher.flags(proposals, rankings)
    inside = np.array([form.judgment.inside for form in cases.forms])
    counts: dict[str, float] = {}
    for kind, mine in (("inside", inside), ("outside", ~inside)):
        for state in State:
            counts[f"{kind} called {state.value}"] = sum(
                each.state is state for each, chosen in zip(flags, mine, strict=True) if chosen
            )
    return counts


def _listed(interval: Interval) -> list[float]:
    return [round(value, 4) for value in (interval.mean, interval.low, interval.high)] + [interval.n]
