"""Fitting the probe of form on a benchmark, with log-odds of every text from a probe that had not seen it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matcher.encoding import Encoder
from matcher.evaluation.benchmark import JudgedAnnouncement
from matcher.evaluation.fitting import Floats, fold_of
from matcher.evaluation.judgments import Judgment, proposal_of
from matcher.flagging import FormProbe, form_text
from matcher.ranking.fusion import Logistic

#: Kinds of texts outside that are no research: what the probe looks for.
NO_RESEARCH = ("far", "invalid")
_C = 10.0


@dataclass(frozen=True, slots=True)
class FittedProbe:
    """The probe on all texts, and of each text its log-odds out of fold.

    `no_research` is how those log-odds tell what is no research, for judgments that have too few of it.
    """

    probe: FormProbe
    held_out: dict[str, float]
    no_research: Logistic | None = None

    def logits(self, judgments: Sequence[Judgment]) -> Floats:
        """Return the out-of-fold log-odds of judged texts."""
        return np.array([self.held_out[form_text(proposal_of(judgment))] for judgment in judgments])


def fit_probe(sets: Sequence[JudgedAnnouncement], encoder: Encoder) -> FittedProbe:
    """Fit on every distinct text of a benchmark; titles without their objectives count as texts of their own."""
    label: dict[str, bool] = {}
    for judged in sets:
        for judgment in judged.judgments:
            label[form_text(proposal_of(judgment))] = judgment.outside in NO_RESEARCH
    texts = sorted(label)
    x = encoder.encode(texts).astype(np.float64)
    y = np.array([label[text] for text in texts])
    logit = np.empty(len(texts))
    folds = fold_of(len(texts))
    for fold in np.unique(folds):
        mine = folds == fold
        logit[mine] = _fit(x[~mine], y[~mine]).logit(x[mine].astype(np.float32))
    return FittedProbe(_fit(x, y), dict(zip(texts, logit.tolist(), strict=True)))


def _fit(x: Floats, y: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> FormProbe:
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=_C, max_iter=5000, class_weight="balanced").fit(x, y)
    return FormProbe(tuple(fitted.coef_[0].tolist()), float(fitted.intercept_[0]))
