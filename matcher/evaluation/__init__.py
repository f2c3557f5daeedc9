"""Judgments, metrics, and comparison with baselines; nothing that serves users imports this package."""

from matcher.evaluation.judgments import Judgment, read_judgments
from matcher.evaluation.metrics import Interval, bootstrap, evaluate

__all__ = ["Interval", "Judgment", "bootstrap", "evaluate", "read_judgments"]
