"""Stage 5: proposals × orientations become matches with calibrated probabilities."""

from matcher.ranking.contrast import not_chosen
from matcher.ranking.evidence import Explainer
from matcher.ranking.matches import build_matches, ranked_plans
from matcher.ranking.precedents import Precedents, load_precedents
from matcher.ranking.ranker import Ranker, Ranking
from matcher.ranking.sections import read_sections

__all__ = [
    "Explainer",
    "Precedents",
    "Ranker",
    "Ranking",
    "build_matches",
    "load_precedents",
    "not_chosen",
    "ranked_plans",
    "read_sections",
]
