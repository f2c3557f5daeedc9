"""Learning what the sections of a whole form add, on filled-in forms with judgments; and what that reaches.

The correction is fitted as a logistic regression over an offset, the log-odds of title and objective, with its weights
shrunk towards zero: where forms tell nothing, the title's verdict stands. Each form is shown with its title and
objective, with its title alone, and under a title that says nothing, as people write them too: else the contents would
be learned as confirming what is known already. Figures are those of forms that nothing was
fitted on: forms held out, or else folds of cross-validation over forms.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.errors import InputError
from matcher.evaluation.fitting import Floats, fold_of, relevance
from matcher.evaluation.form_figures import FormCases, form_figures
from matcher.evaluation.forms import JudgedForm
from matcher.matching import Matcher
from matcher.ranking.fusion import Logistic, sigmoid
from matcher.ranking.sections import SECTION_FEATURES, SECTIONS_PART

#: Strength of the penalty on standardised weights.
PENALTY = 3.0
#: Fewer forms inside give no weights that mean anything.
FEWEST_FORMS = 20
_STEPS, _CLOSE = 50, 1e-9
#: Titles that say nothing, given to forms in turn.
VAGUE_TITLES = (
    "Xây dựng mô hình tại một số xã",
    "Nâng cao hiệu quả hoạt động giai đoạn 2025 - 2030",
    "Giải pháp phát triển bền vững trên địa bàn tỉnh",
    "Hoàn thiện quy trình thực hiện tại huyện",
    "Nghiên cứu, đề xuất một số giải pháp",
    "Đổi mới phương thức tổ chức thực hiện tại cơ sở",
)


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
    views = _views(matcher, forms)
    model = _fit(views)
    if held:
        measured, how = _views(matcher, held), "forms kept aside"
        added = [model.logit(view.x) for view in measured]
    else:
        measured, how = views, "cross-validation over forms"
        added = _out_of_fold(views)
    figures, gains = form_figures(matcher, measured, added)
    return FormCalibration(model, len(forms), len(measured[0].forms), how, figures, gains)


def _views(matcher: Matcher, forms: Sequence[JudgedForm]) -> list[FormCases]:
    """Return forms as they are, with their title alone, and under titles that say nothing."""
    untitled = [form.under(VAGUE_TITLES[k % len(VAGUE_TITLES)]) for k, form in enumerate(forms)]
    return [_cases(matcher, each) for each in (forms, [form.under(form.proposal.title) for form in forms], untitled)]


def _fit(views: Sequence[FormCases], rows: NDArray[np.bool_] | None = None) -> Logistic:
    """Fit on all views of the chosen forms."""
    chosen = np.ones(len(views[0].forms), bool) if rows is None else rows
    return fit_correction(
        np.concatenate([view.x[chosen] for view in views]),
        np.concatenate([view.offset[chosen] for view in views]),
        np.concatenate([view.grades[chosen] > 0 for view in views]),
    )


def fit_correction(x: Floats, offset: Floats, y: NDArray[np.bool_]) -> Logistic:
    """Fit weights for `y` over an offset; shapes (n, m, features), (n, m), (n, m).

    Newton's method; the intercept is not shrunk. Features are scaled but not centred: one of 0 adds nothing.
    """
    rows = x.reshape(-1, x.shape[-1])
    scale = rows.std(axis=0)
    scale = np.where(scale > _CLOSE, scale, 1.0)
    z = np.column_stack([rows / scale, np.ones(len(rows))])
    penalty = np.array([PENALTY] * x.shape[-1] + [_CLOSE])
    weights = _newton(z, offset.ravel(), y.ravel(), penalty)
    *slopes, intercept = (float(weight) for weight in weights)
    return Logistic(
        SECTION_FEATURES, (0.0,) * len(slopes), tuple(float(each) for each in scale), tuple(slopes), intercept
    )


def _newton(z: Floats, offset: Floats, y: NDArray[np.bool_], penalty: Floats) -> Floats:
    """Return the weights of least penalised loss; a step that would raise the loss is halved until it does not."""

    def loss(weights: Floats) -> float:
        logit = offset + z @ weights
        return float(np.logaddexp(0.0, np.where(y, -logit, logit)).sum() + (penalty * weights**2).sum() / 2)

    weights = np.zeros(z.shape[1])
    for _ in range(_STEPS):
        p = sigmoid(offset + z @ weights)
        gradient = z.T @ (p - y) + penalty * weights
        step = np.linalg.solve((z * (p * (1 - p))[:, None]).T @ z + np.diag(penalty), gradient)
        reached = loss(weights)
        while loss(weights - step) > reached and np.abs(step).max() > _CLOSE:
            step /= 2
        weights = weights - step
        if np.abs(step).max() < _CLOSE:
            break
    return weights


def _cases(matcher: Matcher, forms: Sequence[JudgedForm]) -> FormCases:
    heads = matcher.rank([form.only("title", "objective") for form in forms])
    readings = matcher.ranker.read([form.proposal for form in forms], heads)
    n = len(matcher.announcement.orientations)
    x = [np.zeros((n, len(SECTION_FEATURES))) if each is None else each.features() for each in readings]
    grades = relevance([form.judgment for form in forms], [each.id for each in matcher.announcement.orientations])
    return FormCases(forms, heads, readings, np.stack(x), grades)


def _out_of_fold(views: Sequence[FormCases]) -> list[Floats]:
    folds = fold_of(len(views[0].forms))
    added = [np.zeros(view.offset.shape) for view in views]
    for fold in np.unique(folds):
        mine = folds == fold
        model = _fit(views, ~mine)
        for view, values in zip(views, added, strict=True):
            values[mine] = model.logit(view.x[mine])
    return added
