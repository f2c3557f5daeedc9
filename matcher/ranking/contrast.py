"""Why not the next one: the nearest orientation that was not chosen, and what kept it from being chosen.

The fusion is a sum, so the answer is exact: part by part, what the orientation lacks beside the best match, or beside
what relevant orientations usually show where nothing was chosen.
"""

from __future__ import annotations

import numpy as np

from matcher.ranking.features import FEATURES, PARTS
from matcher.ranking.fusion import Floats
from matcher.ranking.ranker import Ranker, Ranking
from matcher.records import NotChosen, Reason

#: Orientations below this probability are more likely irrelevant than relevant.
CHOSEN = 0.5
#: Parts that matter less than this, in log-odds, are not named, and at most so many are.
LEAST_PUSH, MOST_REASONS = 0.1, 3
#: How a part falls short, in words.
NOTES = {
    "meaning": "nội dung xa hơn về nghĩa",
    "words": "ít từ chung hơn, nhất là từ riêng của định hướng",
    "plan": "kế hoạch và lĩnh vực của định hướng ít liên quan hơn",
    "precedent": "đề xuất tương tự trước đây ít được xếp vào định hướng này hơn",
    "breadth": "định hướng chung chung, gần với mọi đề xuất",
    "sections": "lý do, kết quả và nội dung của phiếu ít nói đến định hướng này hơn",
}


def not_chosen(ranker: Ranker, ranking: Ranking) -> NotChosen | None:
    """Return the nearest orientation that was not chosen; None where all were."""
    probability, order = ranking.probability, ranking.order
    left = [int(i) for i in order if probability[i] < CHOSEN]
    if not left:
        return None
    nearest, best = left[0], int(order[0])
    pushes = ranker.pushes(ranking)
    fusion = ranker.fusion
    usual = fusion.pushes(np.asarray(fusion.typical)) if fusion.typical else np.zeros(len(FEATURES))
    chosen = probability[best] >= CHOSEN
    return NotChosen(
        orientation=ranking.orientations[nearest],
        probability=float(probability[nearest]),
        against=ranking.orientations[best] if chosen else "",
        reasons=_reasons(
            pushes[nearest] - (pushes[best] if chosen else usual),
            float(ranking.added[nearest] - (ranking.added[best] if chosen else 0.0)),
        ),
    )


def _reasons(pushes: Floats, sections: float) -> tuple[Reason, ...]:
    """Return what speaks against, strongest first; `sections` is what the further sections push."""
    of_feature = dict(zip(FEATURES, pushes.tolist(), strict=True))
    sums = {part: sum(of_feature[name] for name in names) for part, names in PARTS.items()}
    sums["sections"] = sections
    against = sorted((weight, part) for part, weight in sums.items() if weight <= -LEAST_PUSH)
    return tuple(Reason(part, weight, NOTES[part]) for weight, part in against[:MOST_REASONS])
