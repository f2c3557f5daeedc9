"""Does any orientation cover a proposal? The outside probability, and the three states made from it.

A text lies outside if no bullet covers it, or if it is no research at all: two questions with signals of their own,
joined as a noisy or (Pearl, 1988). The first is one of out-of-scope detection (Hendrycks & Gimpel, 2017, and
successors): how sure the best match is, how far it stands out, how near the nearest bullet lies in meaning and in
words, and how many judged proposals like it were outside. The second hears the probe of form alone, so that an
advertisement for macadamia seedlings is told from research on them however near the bullet on macadamia is. All depends
on the proposal and the announcement alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.flagging.form import FormProbe
from matcher.flagging.validity import invalid_reason
from matcher.ranking.fusion import Logistic
from matcher.ranking.ranker import Ranking
from matcher.records import Flag, Proposal, State
from matcher.settings import Settings

#: Names of the scope features, in the order of `scope_features`.
SCOPE_FEATURES = (
    "best_logit", "second_logit", "mean_logit", "best_dense", "best_aspect", "best_lexical", "lift",
    "precedent_outside", "precedents",
)  # fmt: skip
#: Name of the one feature of the second question: the probe's log-odds.
FORM_FEATURES = ("form",)
#: Log-odds from which the form alone makes a text no proposal: of 4,181 texts inside the benchmark's orientations none
#: reaches 3.65 out of fold, short ones without an objective among them; of 627 pieces of research outside none 2.0.
INVALID_FORM = 3.7


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Bounds of the uncertain band, in outside probability, chosen by risk control."""

    aligned_below: float
    outside_above: float


@dataclass(frozen=True, slots=True)
class ScopeModel:
    """Everything that decides a state.

    Attributes
    ----------
    uncovered : Logistic
        Over `SCOPE_FEATURES`: whether research is covered by no bullet.
    no_research : Logistic
        Over `FORM_FEATURES`: whether a text is no research, from the log-odds of the probe.
    probe : FormProbe
        Of the form of a text.
    thresholds : Thresholds
        The uncertain band.
    """

    uncovered: Logistic
    no_research: Logistic
    probe: FormProbe
    thresholds: Thresholds

    def outside(self, x: NDArray[np.float64], form: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return outside probabilities, shapes (n, len(SCOPE_FEATURES)) and (n,) → (n,)."""
        return either(self.uncovered.probability(x), self.no_research.probability(form[:, None]))

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "uncovered": self.uncovered.to_dict(),
            "no_research": self.no_research.to_dict(),
            "probe": self.probe.to_dict(),
            "thresholds": asdict(self.thresholds),
        }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> ScopeModel:
        """Rebuild from `to_dict`.

        Raises
        ------
        KeyError, TypeError, ValueError
            If parts are missing or of the wrong kind.
        """
        bounds = Thresholds(**{key: float(value) for key, value in raw["thresholds"].items()})
        uncovered, no_research = Logistic.from_dict(raw["uncovered"]), Logistic.from_dict(raw["no_research"])
        if (uncovered.features, no_research.features) != (SCOPE_FEATURES, FORM_FEATURES):
            raise ValueError(f"it was fitted on other features: {', '.join(uncovered.features)}")
        return cls(uncovered, no_research, FormProbe.from_dict(raw["probe"]), bounds)

    def band(self, settings: Settings) -> Thresholds:
        """Return the band in force: the settings', or the model's where they leave it open."""
        return Thresholds(
            settings.aligned_below or self.thresholds.aligned_below,
            settings.outside_above or self.thresholds.outside_above,
        )


def either(one: NDArray[np.float64], two: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the probability that one of two independent causes is at work."""
    return np.asarray(1 - (1 - one) * (1 - two), np.float64)


def scope_features(ranking: Ranking) -> NDArray[np.float64]:
    """Return the scope features of one proposal, shape (len(SCOPE_FEATURES),)."""
    logits = np.sort(ranking.covering)[::-1]
    dense = np.sort(ranking.scores.dense)[::-1]
    return np.array(
        [
            logits[0],
            logits[min(1, len(logits) - 1)],
            logits.mean(),
            dense[0],
            ranking.scores.aspect.max(),
            ranking.scores.lexical.max(),
            dense[0] - dense.mean(),
            ranking.scores.precedent_outside,
            float(ranking.scores.has_precedents),
        ]
    )


def flag(proposal: Proposal, ranking: Ranking, form: float, model: ScopeModel, settings: Settings) -> Flag:
    """Return the state of a proposal with its outside probability and the reasons in words."""
    if reason := invalid_reason(proposal):
        return Flag(State.INVALID, 1.0, (reason,))
    outside = float(model.outside(scope_features(ranking)[None], np.array([form]))[0])
    best = f"Định hướng gần nhất là {ranking.best} (xác suất {ranking.probability.max():.0%})."
    if form >= INVALID_FORM:
        return Flag(State.INVALID, outside, ("Câu chữ không phải của một đề xuất nghiên cứu.", best))
    band = model.band(settings)
    if outside < band.aligned_below:
        return Flag(State.ALIGNED, outside)
    if outside <= band.outside_above:
        return Flag(State.UNCERTAIN, outside, (best,))
    return Flag(State.OUTSIDE, outside, (best,), proposal.sections.get("rationale", ""))
