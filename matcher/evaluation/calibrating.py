"""Fitting the fusion and the scope model on judgments, with what they reach on what they were not fitted on.

With three announcements or more, whole announcements are held out in turn: the figures then speak of an announcement
never seen. With fewer, proposals are held out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.announcement import builtin_names
from matcher.encoding import Encoder, Reference
from matcher.errors import InputError
from matcher.evaluation.benchmark import JudgedAnnouncement
from matcher.evaluation.fitting import Floats, cross_fit, fit_logistic, fold_of, relevance
from matcher.evaluation.judgments import Judgment, proposal_of
from matcher.evaluation.metrics import Interval, auroc, evaluate, expected_calibration_error, fpr_at_95
from matcher.evaluation.probing import NO_RESEARCH, FittedProbe
from matcher.flagging import SCOPE_FEATURES, ScopeModel, Thresholds, invalid_reason, scope_features
from matcher.flagging.scope import FORM_FEATURES, INVALID_FORM, either
from matcher.ranking import Precedents, Ranker, Ranking
from matcher.ranking.features import FEATURES
from matcher.ranking.fusion import Logistic, sigmoid
from matcher.records import Announcement
from matcher.segmenting import Segmenter

#: Fewer judged proposals than this give a calibration that means nothing.
FEWEST = 60
#: Fewer inside or outside ones give no scope model.
FEWEST_OF_A_KIND = 20
#: From so many announcements on, whole announcements are held out.
FEWEST_ANNOUNCEMENTS = 3
#: What the uncertain band guards: aligned proposals called outside, of which an officer bears one in a hundred (a
#: little less is asked, as new proposals differ from those fitted on), and outside ones called aligned.
LOST, MISSED = 0.008, 0.08
_TOP = 3
#: How much a real announcement counts beside a synthetic one.
REAL_WEIGHT = 10.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """The fitted models and what they reach out of fold, by announcement and kind of judgment."""

    fusion: Logistic
    scope: ScopeModel
    ranking: dict[str, dict[str, Interval]]
    figures: dict[str, float]

    def to_json(self) -> str:
        """Return the content of a fusion file."""
        ranking = {
            name: {metric: [round(v, 4) for v in (i.mean, i.low, i.high)] + [i.n] for metric, i in each.items()}
            for name, each in self.ranking.items()
        }
        record: dict[str, Any] = {
            "fusion": self.fusion.to_dict(),
            "scope": self.scope.to_dict(),
            "out_of_fold": {"ranking": ranking, "figures": {k: round(v, 4) for k, v in self.figures.items()}},
        }
        return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True, slots=True)
class _Case:
    judged: JudgedAnnouncement
    rankings: list[Ranking]  # with blank fusion: their scores are what counts
    x: Floats  # (proposals, orientations, features)
    y: NDArray[np.bool_]  # (proposals, orientations)

    @property
    def judgments(self) -> tuple[Judgment, ...]:
        return self.judged.judgments


def calibrate(
    sets: Sequence[JudgedAnnouncement],
    encoder: Encoder,
    reference: Reference,
    probe: FittedProbe,
    precedents: Mapping[str, Precedents] = MappingProxyType({}),
    *,
    file: Path | None = None,
) -> Calibration:
    """Fit on judged announcements.

    Parameters
    ----------
    sets : sequence of JudgedAnnouncement
        What to fit on; nothing that shaped the encoder.
    encoder, reference
        What gives the scores.
    probe : FittedProbe
        The probe of form, with out-of-fold log-odds of the texts.
    precedents : mapping of str to Precedents
        By announcement, judged proposals that are not among those fitted on.
    file : Path, optional
        Named in errors.

    Raises
    ------
    InputError
        If there are too few judgments to fit anything that means something.
    """
    _refuse_few([judgment for judged in sets for judgment in judged.judgments], file)
    segmenter = Segmenter()
    cases = [_case(judged, encoder, reference, segmenter, precedents.get(judged.name)) for judged in sets]
    groups = _groups(cases)
    rows = np.concatenate([np.repeat(g, case.y.shape[1]) for g, case in zip(groups, cases, strict=True)])
    x = np.concatenate([case.x.reshape(-1, case.x.shape[-1]) for case in cases])
    y = np.concatenate([case.y.reshape(-1) for case in cases])
    weights = np.concatenate([np.full(case.y.size, _weight(case.judged)) for case in cases])
    fusion = cross_fit(x, y, rows, FEATURES, weights=weights)
    ends = np.cumsum([case.y.size for case in cases])[:-1]
    logits = [part.reshape(case.y.shape) for part, case in zip(np.split(fusion.logit, ends), cases, strict=True)]
    scope, scope_figures = _scope(cases, logits, probe)
    return Calibration(fusion.model, scope, _ranking(cases, logits), _pair_figures(cases, logits) | scope_figures)


def _weight(judged: JudgedAnnouncement) -> float:
    return REAL_WEIGHT if judged.name in builtin_names() else 1.0


def _refuse_few(judgments: Sequence[Judgment], file: Path | None) -> None:
    outside = sum(judgment.off_topic for judgment in judgments)
    inside = len(judgments) - outside
    if len(judgments) < FEWEST or min(inside, outside) < FEWEST_OF_A_KIND:
        raise InputError(
            f"chỉ có {inside} đề xuất trong định hướng và {outside} ngoài định hướng",
            file=file,
            cure=f"Cần ít nhất {FEWEST} đề xuất đã đánh giá, mỗi loại ít nhất {FEWEST_OF_A_KIND}.",
        )


def blank_ranker(
    announcement: Announcement,
    encoder: Encoder,
    reference: Reference,
    segmenter: Segmenter,
    precedents: Precedents | None = None,
) -> Ranker:
    """Return a ranker that gives scores and features, its fusion still to be fitted."""
    n = len(FEATURES)
    blank = Logistic(FEATURES, (0.0,) * n, (1.0,) * n, (0.0,) * n, 0.0)
    return Ranker(
        announcement, encoder=encoder, segmenter=segmenter, fusion=blank, reference=reference, precedents=precedents
    )


def precedents_of(ranker: Ranker, judgments: Sequence[Judgment]) -> Precedents:
    """Return judged proposals as precedents, in the ranker's vectors."""
    queries = [ranker.query(proposal_of(judgment)) for judgment in judgments]
    grades = relevance(judgments, [orientation.id for orientation in ranker.announcement.orientations])
    return Precedents(ranker.proposal_vectors(queries), grades.astype(np.float64))


def _case(
    judged: JudgedAnnouncement,
    encoder: Encoder,
    reference: Reference,
    segmenter: Segmenter,
    precedents: Precedents | None,
) -> _Case:
    ranker = blank_ranker(judged.announcement, encoder, reference, segmenter, precedents)
    proposals = [proposal_of(judgment) for judgment in judged.judgments]
    grades = relevance(judged.judgments, [orientation.id for orientation in judged.announcement.orientations])
    rankings = ranker.rank(proposals)
    n = len(judged.announcement.orientations)
    x = np.stack([ranker.features(each) for each in rankings]) if rankings else np.zeros((0, n, len(FEATURES)))
    return _Case(judged, rankings, x, grades > 0)


def _groups(cases: Sequence[_Case]) -> list[NDArray[np.intp]]:
    if len(cases) >= FEWEST_ANNOUNCEMENTS:
        return [np.full(len(case.y), number, np.intp) for number, case in enumerate(cases)]
    folds = fold_of(sum(len(case.y) for case in cases))
    return np.split(folds, np.cumsum([len(case.y) for case in cases])[:-1])


def _ranking(cases: Sequence[_Case], logits: Sequence[Floats]) -> dict[str, dict[str, Interval]]:
    figures = {}
    for case, logit in zip(cases, logits, strict=True):
        ids = [orientation.id for orientation in case.judged.announcement.orientations]
        ranked = [[ids[i] for i in np.argsort(-row, kind="stable")] for row in logit]
        for kind, synthetic in (("real", False), ("synthetic", True)):
            mine = [i for i, judgment in enumerate(case.judgments) if judgment.synthetic is synthetic]
            if any(case.judgments[i].relevant for i in mine):
                figures[f"{case.judged.name}, {kind}"] = evaluate(
                    [case.judgments[i] for i in mine], [ranked[i] for i in mine]
                )
    return figures


def _pair_figures(cases: Sequence[_Case], logits: Sequence[Floats]) -> dict[str, float]:
    figures = {}
    for case, logit in zip(cases, logits, strict=True):
        p = sigmoid(logit)
        top = np.argsort(-logit, axis=1, kind="stable")[:, :_TOP]
        figures[f"ece, {case.judged.name}"] = expected_calibration_error(p.ravel(), case.y.ravel())
        figures[f"ece of the top {_TOP}, {case.judged.name}"] = expected_calibration_error(
            np.take_along_axis(p, top, 1).ravel(), np.take_along_axis(case.y, top, 1).ravel()
        )
    return figures


def _scope(cases: Sequence[_Case], logits: Sequence[Floats], probe: FittedProbe) -> tuple[ScopeModel, dict[str, float]]:
    """Fit the scope model on what the rules of validity let pass, over out-of-fold log-odds."""
    judgments = [judgment for case in cases for judgment in case.judgments]
    ranked = [
        Ranking(ranking.orientations, row, ranking.scores)
        for case, logit in zip(cases, logits, strict=True)
        for ranking, row in zip(case.rankings, logit, strict=True)
    ]
    forms = probe.logits(judgments)
    x = np.stack([scope_features(ranking) for ranking in ranked])
    outside = np.array([judgment.off_topic for judgment in judgments])
    passed = np.array([not invalid_reason(proposal_of(judgment)) for judgment in judgments])
    no_research = np.array([judgment.outside in NO_RESEARCH for judgment in judgments])

    def fit(rows: NDArray[np.bool_]) -> tuple[Logistic, Logistic]:
        """Fit both questions on some rows: the first on research alone."""
        research = rows & ~no_research
        uncovered = fit_logistic(x[research], outside[research], SCOPE_FEATURES)
        return uncovered, _fit_form(forms[rows], no_research[rows], probe)

    # Proposals are held out here, not announcements: few announcements have texts outside of every kind.
    folds = fold_of(len(judgments))
    probability = np.ones(len(judgments))
    for fold in np.unique(folds):
        mine, rest = passed & (folds == fold), passed & (folds != fold)
        first, second = fit(rest)
        probability[mine] = either(first.probability(x[mine]), second.probability(forms[mine, None]))
    thresholds = choose_thresholds(probability, outside)
    figures = _scope_figures(judgments, probability, outside) | _state_figures(
        probability, outside, thresholds, forms >= INVALID_FORM
    )
    return ScopeModel(*fit(passed), probe.probe, thresholds), figures


def _fit_form(forms: Floats, no_research: NDArray[np.bool_], probe: FittedProbe) -> Logistic:
    """Fit how the probe's log-odds, shape (n,), tell what is no research; where few are told, take the known answer."""
    if probe.no_research is not None and no_research.sum() < FEWEST_OF_A_KIND:
        return probe.no_research
    return fit_logistic(forms[:, None], no_research, FORM_FEATURES)


def choose_thresholds(
    probability: Floats, outside: NDArray[np.bool_], *, lost: float = LOST, missed: float = MISSED
) -> Thresholds:
    """Choose the uncertain band by conformal risk control (Angelopoulos et al., 2022).

    Of exchangeable proposals, at most the share `lost` of those inside will be called outside, and at most the share
    `missed` of those outside will be called aligned, in expectation.
    """
    inside = np.sort(probability[~outside])[::-1]
    allowed = int(np.floor(lost * (len(inside) + 1))) - 1
    outside_above = float(inside[max(allowed, 0)]) if allowed >= 0 else 1.0
    caught = np.sort(probability[outside])
    passed = int(np.floor(missed * (len(caught) + 1))) - 1
    aligned_below = float(caught[passed]) if passed >= 0 else 0.0
    # Where the two kinds hardly overlap no band is needed: the bounds meet.
    low, high = min(aligned_below, outside_above), max(aligned_below, outside_above)
    return Thresholds(low, high if aligned_below <= outside_above else low)


def _state_figures(
    probability: Floats, outside: NDArray[np.bool_], bounds: Thresholds, formless: NDArray[np.bool_]
) -> dict[str, float]:
    above = (probability > bounds.outside_above) | formless
    below = (probability < bounds.aligned_below) & ~formless
    return {
        "aligned called outside": float(above[~outside].mean()),
        "left uncertain": float((~above & ~below).mean()),
        "outside caught": float(above[outside].mean()),
    }


def _scope_figures(judgments: Sequence[Judgment], probability: Floats, outside: NDArray[np.bool_]) -> dict[str, float]:
    figures = {"outside AUROC": auroc(probability, outside), "outside FPR95": fpr_at_95(probability, outside)}
    for kind in sorted({judgment.outside for judgment in judgments} - {""}):
        mine = ~outside | np.array([judgment.outside == kind for judgment in judgments])
        figures[f"outside AUROC, {kind}"] = auroc(probability[mine], outside[mine])
        figures[f"outside FPR95, {kind}"] = fpr_at_95(probability[mine], outside[mine])
    figures["outside ECE"] = expected_calibration_error(probability, outside)
    return figures
