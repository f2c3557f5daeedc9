"""The integrity report: where an announcement contradicts itself, as a careful reader would note."""

from __future__ import annotations

from matcher.announcement.evidence import Evidence
from matcher.announcement.plan_checks import PLAN_CHECKS
from matcher.announcement.spelling import suspected_misspellings
from matcher.announcement.text_checks import TEXT_CHECKS
from matcher.records import Problem


def integrity_of(evidence: Evidence) -> list[Problem]:
    """Return everything in an announcement that contradicts itself or deserves a look, in a fixed order."""
    problems = [problem for check in (*PLAN_CHECKS, *TEXT_CHECKS) for problem in check(evidence)]
    problems += suspected_misspellings(evidence.announcement.orientations)
    return list(dict.fromkeys(problems))
