"""Does any orientation cover a proposal? The outside probability, and the three states made from it.

The signals are those of out-of-scope detection (Hendrycks & Gimpel, 2017, and successors): how sure the best match
is, how far it stands out, how near the nearest bullet lies in meaning and in words. They depend on the proposal and
the announcement alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.flagging.validity import invalid_reason
from matcher.ranking.fusion import Logistic
from matcher.ranking.ranker import Ranking
from matcher.records import Flag, Proposal, State
from matcher.settings import Settings

#: Names of the scope features, in the order of `scope_features`.
SCOPE_FEATURES = ("best_logit", "second_logit", "mean_logit", "best_dense", "best_aspect", "best_lexical", "lift")


def scope_features(ranking: Ranking) -> NDArray[np.float64]:
    """Return the scope features of one proposal, shape (len(SCOPE_FEATURES),)."""
    logits = np.sort(ranking.logit)[::-1]
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
        ]
    )


def flag(proposal: Proposal, ranking: Ranking, model: Logistic, settings: Settings) -> Flag:
    """Return the state of a proposal with its outside probability and the reasons in words."""
    if reason := invalid_reason(proposal):
        return Flag(State.INVALID, 1.0, (reason,))
    outside = float(model.probability(scope_features(ranking)))
    if outside < settings.aligned_below:
        return Flag(State.ALIGNED, outside)
    best = f"Định hướng gần nhất là {ranking.best} (xác suất {ranking.probability.max():.0%})."
    if outside <= settings.outside_above:
        return Flag(State.UNCERTAIN, outside, (best,))
    return Flag(State.OUTSIDE, outside, (best,), urgency=proposal.sections.get("rationale", ""))
