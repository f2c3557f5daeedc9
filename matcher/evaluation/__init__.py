"""Judgments, metrics, and comparison with baselines; nothing that serves users imports this package."""

from matcher.evaluation.intervals import Difference, Interval, bootstrap, paired_difference
from matcher.evaluation.judgments import Judgment, check_orientations, gather_judgments, read_judgments
from matcher.evaluation.metrics import evaluate
from matcher.evaluation.results import Results, read_results, results_of
from matcher.evaluation.scoring import Evaluation, score

__all__ = [
    "Difference",
    "Evaluation",
    "Interval",
    "Judgment",
    "Results",
    "bootstrap",
    "check_orientations",
    "evaluate",
    "gather_judgments",
    "paired_difference",
    "read_judgments",
    "read_results",
    "results_of",
    "score",
]
