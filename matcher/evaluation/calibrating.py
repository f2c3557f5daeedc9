"""`matcher calibrate`: fit the fusion and the scope model on judgments, and say what they reach out of fold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from matcher.announcement import find_announcement
from matcher.encoding import load_cached_encoder
from matcher.errors import InputError
from matcher.evaluation.fitting import CrossFitted, Floats, cross_fit, proposal_of, relevance
from matcher.evaluation.judgments import Judgment
from matcher.evaluation.metrics import Interval, auroc, evaluate, expected_calibration_error, fpr_at_95
from matcher.flagging import SCOPE_FEATURES, invalid_reason, scope_features
from matcher.matching import reference_for
from matcher.ranking import Ranker, Ranking
from matcher.ranking.features import FEATURES
from matcher.ranking.fusion import Logistic
from matcher.segmenting import Segmenter
from matcher.settings import Settings

#: Fewer judged proposals than this give a calibration that means nothing.
FEWEST = 60
#: Fewer inside or outside ones give no scope model.
FEWEST_OF_A_KIND = 20


@dataclass(frozen=True, slots=True)
class Calibration:
    """The fitted models and their out-of-fold figures."""

    fusion: Logistic
    scope: Logistic
    ranking: dict[str, Interval]
    figures: dict[str, float]

    def to_json(self) -> str:
        """Return the content of a fusion file."""
        record: dict[str, Any] = {
            "fusion": self.fusion.to_dict(),
            "scope": self.scope.to_dict(),
            "out_of_fold": {name: [i.mean, i.low, i.high, i.n] for name, i in self.ranking.items()} | self.figures,
        }
        return json.dumps(record, indent=1) + "\n"


def calibrate(judgments: Sequence[Judgment], settings: Settings, *, file: Path | None = None) -> Calibration:
    """Fit on judgments of one announcement.

    Raises
    ------
    InputError
        If there are too few judgments to fit anything that means something.
    """
    _refuse_few(judgments, file)
    ranker = _ranker(settings)
    orientations = tuple(o.id for o in ranker.announcement.orientations)
    x = ranker.features([proposal_of(judgment) for judgment in judgments])
    y = relevance(judgments, orientations) > 0
    fusion = cross_fit(x, y, FEATURES)
    rankings = [[orientations[i] for i in np.argsort(-row, kind="stable")] for row in fusion.logit]
    scope, scope_figures = _scope(judgments, ranker, fusion)
    probability = 1 / (1 + np.exp(-fusion.logit))
    figures = {"ece": expected_calibration_error(probability.ravel(), y.ravel()), **scope_figures}
    return Calibration(fusion.model, scope, evaluate(judgments, rankings), figures)


def _refuse_few(judgments: Sequence[Judgment], file: Path | None) -> None:
    outside = sum(judgment.off_topic for judgment in judgments)
    inside = len(judgments) - outside
    if len(judgments) < FEWEST or min(inside, outside) < FEWEST_OF_A_KIND:
        raise InputError(
            f"chỉ có {inside} đề xuất trong định hướng và {outside} ngoài định hướng",
            file=file,
            cure=f"Cần ít nhất {FEWEST} đề xuất đã đánh giá, mỗi loại ít nhất {FEWEST_OF_A_KIND}.",
        )


def _ranker(settings: Settings) -> Ranker:
    encoder = load_cached_encoder(settings.model, settings)
    n = len(FEATURES)
    blank = Logistic(FEATURES, (0.0,) * n, (1.0,) * n, (0.0,) * n, 0.0)
    return Ranker(
        find_announcement(settings.announcement),
        encoder=encoder,
        segmenter=Segmenter(),
        fusion=blank,
        reference=reference_for(encoder, settings.model),
    )


def _scope(judgments: Sequence[Judgment], ranker: Ranker, fusion: CrossFitted) -> tuple[Logistic, dict[str, float]]:
    """Fit the scope model on what the rules of validity let pass, over out-of-fold log-odds."""
    proposals = [proposal_of(judgment) for judgment in judgments]
    scores = [ranking.scores for ranking in ranker.rank(proposals)]
    ids = tuple(o.id for o in ranker.announcement.orientations)
    x = np.stack([scope_features(Ranking(ids, row, score)) for row, score in zip(fusion.logit, scores, strict=True)])
    outside = np.array([judgment.off_topic for judgment in judgments])
    refused = np.array([bool(invalid_reason(proposal)) for proposal in proposals])
    fitted = cross_fit(x[~refused], outside[~refused], SCOPE_FEATURES)
    probability = np.ones(len(judgments))
    probability[~refused] = 1 / (1 + np.exp(-fitted.logit))
    return fitted.model, _scope_figures(judgments, probability, outside)


def _scope_figures(
    judgments: Sequence[Judgment], probability: Floats, outside: np.ndarray[Any, Any]
) -> dict[str, float]:
    figures = {"outside_auroc": auroc(probability, outside), "outside_fpr95": fpr_at_95(probability, outside)}
    for kind in sorted({judgment.outside for judgment in judgments} - {""}):
        mine = ~outside | np.array([judgment.outside == kind for judgment in judgments])
        figures[f"outside_auroc_{kind}"] = auroc(probability[mine], outside[mine])
        figures[f"outside_fpr95_{kind}"] = fpr_at_95(probability[mine], outside[mine])
    return figures
