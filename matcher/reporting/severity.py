"""How grave the problems of a proposal's form are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matcher.records import FormReport

#: The gravest first.
SEVERITIES = ("error", "warning", "info")

FormProblem = Mapping[str, Any]


def severity_of(problem: FormProblem) -> str:
    """Return how grave a problem is; one that does not say is an error."""
    severity = str(problem.get("severity") or SEVERITIES[0])
    return severity if severity in SEVERITIES else SEVERITIES[0]


def form_problems(form: FormReport) -> list[FormProblem]:
    """Return a form's problems, the gravest first, else in the order of the check."""
    return sorted(form.problems, key=lambda problem: SEVERITIES.index(severity_of(problem)))


def count_of(form: FormReport, severity: str) -> int:
    """Return how many problems of a form are so grave."""
    return sum(severity_of(problem) == severity for problem in form.problems)
