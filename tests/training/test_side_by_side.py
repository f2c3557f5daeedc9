"""Two models trained side by side: what each gives, and what is told on the way."""

from dataclasses import dataclass

import numpy as np
import pytest

from matcher.training.side_by_side import Report, Weights, side_by_side


@dataclass(frozen=True)
class Job:
    name: str
    steps: int


def pretend(job: Job, report: Report) -> Weights:
    if job.steps < 0:
        raise ValueError("no steps")
    for done in range(1, job.steps + 1):
        report(done, job.steps, 1 / done)
    return {"weight": np.full(2, job.steps, np.float32)}


def test_each_job_gives_its_weights_and_tells_its_steps() -> None:
    told: list[tuple[str, int, int, float]] = []
    weights = side_by_side(pretend, [Job("measured", 3), Job("shipped", 2)], lambda *step: told.append(step))
    assert {name: each["weight"].tolist() for name, each in weights.items()} == {"measured": [3, 3], "shipped": [2, 2]}
    assert [step[1:3] for step in told if step[0] == "measured"] == [(1, 3), (2, 3), (3, 3)]


def test_a_job_that_fails_is_not_silent() -> None:
    with pytest.raises(ValueError, match="no steps"):
        side_by_side(pretend, [Job("measured", 1), Job("shipped", -1)], None)
