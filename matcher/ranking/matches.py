"""From a ranking to what people see: matches with their plans, and plans ranked by the best of their bullets."""

from __future__ import annotations

from collections.abc import Callable

from matcher.ranking.ranker import Ranking
from matcher.records import Announcement, Evidence, Match, MatchedPlan, Orientation, Proposal, RankedPlan

#: Gives the evidence and the uncovered aspects of a proposal against one orientation.
Explain = Callable[[Proposal, Orientation], tuple[tuple[Evidence, ...], tuple[str, ...]]]


def plan_id_of(orientation: Orientation) -> str:
    """Return the number of the plan that an orientation rests on; "" where nothing ties it to one."""
    citation = orientation.main_citation
    return citation.plan if citation else ""


def ranked_plans(announcement: Announcement, ranking: Ranking) -> tuple[RankedPlan, ...]:
    """Rank the plans behind the orientations.

    A plan is as probable as its most probable bullet: summing over bullets would favour plans with many of them.
    """
    probability = ranking.probability
    bullets: dict[str, list[int]] = {}
    for i in ranking.order:
        bullets.setdefault(plan_id_of(announcement.orientations[i]), []).append(int(i))
    return tuple(
        RankedPlan(rank, plan, float(probability[mine[0]]), tuple(announcement.orientations[i].id for i in mine))
        for rank, (plan, mine) in enumerate(bullets.items(), start=1)
    )


def build_matches(
    proposal: Proposal, announcement: Announcement, ranking: Ranking, *, explain: Explain, explained: int
) -> tuple[tuple[Match, ...], tuple[RankedPlan, ...]]:
    """Return every orientation as a match, best first, the first `explained` with evidence, and the ranked plans."""
    plans = ranked_plans(announcement, ranking)
    of_plan = {plan.id: plan.probability for plan in plans}
    probability = ranking.probability
    matches = []
    for rank, i in enumerate(ranking.order, start=1):
        orientation = announcement.orientations[i]
        evidence, uncovered = explain(proposal, orientation) if rank <= explained else ((), ())
        scores = ranking.scores
        matches.append(
            Match(
                rank=rank,
                orientation=orientation.id,
                field=orientation.field,
                probability=float(probability[i]),
                scores={
                    "dense": float(scores.dense[i]),
                    "lexical": float(scores.lexical[i]),
                    "plan": float(scores.plan[i]),
                },
                plan=_matched_plan(announcement, orientation, of_plan),
                evidence=evidence,
                uncovered=uncovered,
            )
        )
    return tuple(matches), plans


def _matched_plan(announcement: Announcement, orientation: Orientation, of_plan: dict[str, float]) -> MatchedPlan:
    plan, basis = announcement.plan_of(orientation)
    plan_id = plan_id_of(orientation)
    return MatchedPlan(
        id=plan_id,
        date=plan.date if plan else None,
        title=plan.title if plan else "",
        basis=basis,
        probability=of_plan[plan_id],
    )
