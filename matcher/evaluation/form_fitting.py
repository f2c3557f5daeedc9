"""Learning what the sections of a whole form add, on filled-in forms with judgments; and what that reaches.

The correction is fitted as a logistic regression over an offset, the log-odds of title and objective, with its weights
shrunk towards zero: where forms tell nothing, the title's verdict stands. Figures are those of forms that nothing was
fitted on: forms held out, or else folds of cross-validation over forms.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.errors import ErrorGroup, InputError
from matcher.evaluation.fitting import Floats, fold_of, relevance
from matcher.evaluation.intervals import Interval, bootstrap
from matcher.evaluation.judgments import GAIN, Judgment
from matcher.evaluation.metrics import expected_calibration_error, ndcg_values
from matcher.matching import Matcher
from matcher.proposal.cleaning import clean
from matcher.ranking import Ranking
from matcher.ranking.fusion import Logistic, sigmoid
from matcher.ranking.sections import SECTION_FEATURES, SECTIONS_PART, Reading
from matcher.records import Proposal, Source, State
from matcher.text import normalize

#: Strength of the penalty on standardised weights.
PENALTY = 3.0
#: Fewer forms inside give no weights that mean anything.
FEWEST_FORMS = 20
_STEPS, _CLOSE, _TOP = 50, 1e-9, 3
#: The items of the agreed form whose text is a section.
_ITEMS = {"objective": "3", "results": "4", "content": "5"}
#: What is compared.
TITLE, HEAD, WHOLE = "title", "title and objective", "whole form"


@dataclass(frozen=True, slots=True)
class JudgedForm:
    """A filled-in form with its judgment."""

    judgment: Judgment
    proposal: Proposal

    def only(self, *names: str) -> Proposal:
        """Return the form with some of its sections."""
        sections = {name: text for name, text in self.proposal.sections.items() if name in names}
        return Proposal(self.proposal.id, sections, self.proposal.source)


@dataclass(frozen=True, slots=True)
class FormCalibration:
    """The fitted correction, and what is reached on forms not fitted on.

    `figures` has metric → system → (mean, low, high, n); `gains` metric → the whole form less title and objective,
    with paired intervals.
    """

    model: Logistic
    fitted: int
    measured: int
    how: str
    figures: dict[str, dict[str, list[float]]]
    gains: dict[str, list[float]]

    def to_json(self) -> str:
        """Return the content of the file of sections."""
        record = {
            SECTIONS_PART: self.model.to_dict(),
            "fitted_on": self.fitted,
            "held_out": {
                "forms": self.measured,
                "how": self.how,
                "figures": self.figures,
                "whole less head": self.gains,
            },
        }
        return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True, slots=True)
class _Cases:
    forms: Sequence[JudgedForm]
    title: list[Ranking]
    head: list[Ranking]
    readings: list[Reading | None]
    x: Floats  # (forms, orientations, features)
    grades: NDArray[np.int_]

    @property
    def offset(self) -> Floats:
        return np.stack([ranking.logit for ranking in self.head])


def read_forms(files: Sequence[Path]) -> list[JudgedForm]:
    """Read judged forms from JSON lines (`corpus/forms/README.md` says what a line holds).

    Raises
    ------
    InputError, ErrorGroup
        If a file cannot be read, or lines are broken.
    """
    forms: list[JudgedForm] = []
    errors = []
    for file in files:
        try:
            lines = file.read_text(encoding="utf-8-sig").split("\n")
        except (OSError, UnicodeDecodeError) as err:
            raise InputError(f"cannot be read: {err}", file=file, cure="Give a UTF-8 file of JSON lines.") from err
        for number, line in enumerate(lines, start=1):
            try:
                forms += [_form(json.loads(line))] if line.strip() else []
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as err:
                errors.append(InputError(f"is no form: {err}", file=file, place=f"line {number}", cure="Mend it."))
    if errors:
        raise ErrorGroup(errors)
    return forms


def _form(raw: dict[str, Any]) -> JudgedForm:
    items = raw["items"]
    reasons = items.get("2") or {}
    texts = {"title": raw["title"], **{name: items.get(number) or "" for name, number in _ITEMS.items()}}
    halves = [reasons] if isinstance(reasons, str) else [reasons.get("grounds") or "", reasons.get("urgency") or ""]
    texts["rationale"] = "\n".join(half for half in halves if half)
    sections = {name: cleaned for name, text in texts.items() if (cleaned := clean(normalize(text)))}
    judgment = Judgment(
        id=str(raw["id"]),
        title=str(raw["title"]),
        relevant={str(o): int(grade) for o, grade in raw["relevant"].items() if int(grade) in GAIN},
        off_topic=bool(raw.get("off_topic", not raw["relevant"])),
        synthetic=bool(raw.get("synthetic", False)),
    )
    return JudgedForm(judgment, Proposal(judgment.id, sections, Source("forms")))


def calibrate_forms(matcher: Matcher, forms: Sequence[JudgedForm], held: Sequence[JudgedForm] = ()) -> FormCalibration:
    """Fit the weights of sections for a matcher's model.

    Parameters
    ----------
    matcher : Matcher
        Its model and fusion read titles, objectives and passages.
    forms : sequence of JudgedForm
        What is fitted on.
    held : sequence of JudgedForm
        What is measured on; without any, folds of the forms fitted on.

    Raises
    ------
    InputError
        If there are too few forms, or they name orientations that the announcement does not have.
    """
    inside = sum(form.judgment.inside for form in forms)
    if inside < FEWEST_FORMS:
        raise InputError(f"chỉ có {inside} phiếu trong định hướng", cure=f"Cần ít nhất {FEWEST_FORMS} phiếu.")
    known = {orientation.id for orientation in matcher.announcement.orientations}
    if unknown := {o for form in (*forms, *held) for o in form.judgment.relevant} - known:
        raise InputError(f"forms name unknown orientations: {', '.join(sorted(unknown))}", cure="Mend the forms.")
    cases = _cases(matcher, forms)
    model = fit_correction(cases.x, cases.offset, cases.grades > 0)
    if held:
        measured = _cases(matcher, held)
        added, how = model.logit(measured.x), "forms kept aside"
    else:
        measured, added, how = cases, _out_of_fold(cases), "cross-validation over forms"
    figures, gains = _figures(matcher, measured, added)
    return FormCalibration(model, len(forms), len(measured.forms), how, figures, gains)


def fit_correction(x: Floats, offset: Floats, y: NDArray[np.bool_]) -> Logistic:
    """Fit weights for `y` over an offset; shapes (n, m, features), (n, m), (n, m).

    Newton's method; the intercept is not shrunk. Features are scaled but not centred: one of 0 adds nothing.
    """
    rows = x.reshape(-1, x.shape[-1])
    scale = rows.std(axis=0)
    scale = np.where(scale > _CLOSE, scale, 1.0)
    z = np.column_stack([rows / scale, np.ones(len(rows))])
    penalty = np.array([PENALTY] * x.shape[-1] + [_CLOSE])
    weights = np.zeros(z.shape[1])
    for _ in range(_STEPS):
        p = sigmoid(offset.ravel() + z @ weights)
        gradient = z.T @ (p - y.ravel()) + penalty * weights
        hessian = (z * (p * (1 - p))[:, None]).T @ z + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < _CLOSE:
            break
    *slopes, intercept = (float(weight) for weight in weights)
    return Logistic(
        SECTION_FEATURES, (0.0,) * len(slopes), tuple(float(each) for each in scale), tuple(slopes), intercept
    )


def _cases(matcher: Matcher, forms: Sequence[JudgedForm]) -> _Cases:
    heads = matcher.rank([form.only("title", "objective") for form in forms])
    readings = matcher.ranker.read([form.proposal for form in forms], heads)
    n = len(matcher.announcement.orientations)
    x = [np.zeros((n, len(SECTION_FEATURES))) if each is None else each.features() for each in readings]
    grades = relevance([form.judgment for form in forms], [each.id for each in matcher.announcement.orientations])
    titles = matcher.rank([form.only("title") for form in forms])
    return _Cases(forms, titles, heads, readings, np.stack(x), grades)


def _out_of_fold(cases: _Cases) -> Floats:
    folds = fold_of(len(cases.forms))
    added = np.zeros(cases.offset.shape)
    for fold in np.unique(folds):
        rest, mine = folds != fold, folds == fold
        model = fit_correction(cases.x[rest], cases.offset[rest], cases.grades[rest] > 0)
        added[mine] = model.logit(cases.x[mine])
    return added


def _figures(
    matcher: Matcher, cases: _Cases, added: Floats
) -> tuple[dict[str, dict[str, list[float]]], dict[str, list[float]]]:
    whole = [
        replace(head, logit=head.logit + row, reading=reading) if reading else head
        for head, row, reading in zip(cases.head, added, cases.readings, strict=True)
    ]
    systems = {TITLE: cases.title, HEAD: cases.head, WHOLE: whole}
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
        for name, value in _states(matcher, cases, rankings, head=system != TITLE).items():
            figures.setdefault(name, {})[system] = [value]
    return figures, gains


def _ndcg(cases: _Cases, rankings: Sequence[Ranking]) -> Floats:
    ranked = [[ranking.orientations[i] for i in ranking.order] for ranking in rankings]
    return np.asarray(ndcg_values([form.judgment for form in cases.forms], ranked), np.float64)


def _first(cases: _Cases, rankings: Sequence[Ranking]) -> Floats:
    return np.array([float(cases.grades[k, each.order[0]] > 0) for k, each in enumerate(rankings)])


def _recall(cases: _Cases, rankings: Sequence[Ranking]) -> Floats:
    best = [cases.grades[k] == 2 for k in range(len(rankings))]
    return np.array(
        [b[r.order[:_TOP]].sum() / b.sum() if b.any() else np.nan for b, r in zip(best, rankings, strict=True)]
    )


_METRICS: dict[str, Callable[[_Cases, Sequence[Ranking]], Floats]] = {
    "ndcg@5": _ndcg,
    "precision@1": _first,
    "recall@3": _recall,
}


def _calibration(cases: _Cases, rankings: Sequence[Ranking]) -> dict[str, float]:
    p, y = np.stack([ranking.probability for ranking in rankings]), cases.grades > 0
    top = np.stack([ranking.order[:_TOP] for ranking in rankings])
    best = (np.take_along_axis(p, top, 1).ravel(), np.take_along_axis(y, top, 1).ravel())
    return {
        "ece": round(expected_calibration_error(p.ravel(), y.ravel()), 4),
        f"ece of the top {_TOP}": round(expected_calibration_error(*best), 4),
    }


def _states(matcher: Matcher, cases: _Cases, rankings: Sequence[Ranking], *, head: bool) -> dict[str, float]:
    sections = ("title", "objective") if head else ("title",)
    flags = matcher.flags([form.only(*sections) for form in cases.forms], rankings)
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
