"""Training on judged announcements.

Each step takes proposals of one announcement and learns three things at once: the order of the orientations for a
proposal (softmax over orientations, targets in proportion to the gains of the grades; ListNet, Cao et al., 2007), the
order of the proposals for an orientation, and whether each pair is relevant at all (a logistic loss; it is what teaches
that a proposal outside lies near no orientation).
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from matcher.evaluation.benchmark import JudgedAnnouncement
from matcher.evaluation.fitting import relevance
from matcher.evaluation.judgments import GAIN
from matcher.training.loop import Report, optimise, seeded
from matcher.training.recipe import OrientationRecipe
from matcher.training.tower import Tower
from matcher.training.views import Views

if TYPE_CHECKING:
    import torch

#: What the logistic loss asks of grades 0, 1 and 2: a defensible second basis is no certainty.
TARGETS = (0.0, 0.7, 0.95)
_FEWEST_OTHERS = 4


@dataclass(frozen=True, slots=True)
class _Course:
    """One announcement's material: grades of shape (judgments, orientations)."""

    judged: JudgedAnnouncement
    grades: NDArray[np.int_]


def adapt(
    tower: Tower,
    sets: Sequence[JudgedAnnouncement],
    views: Views,
    recipe: OrientationRecipe,
    report: Report | None = None,
) -> None:
    """Train the upper layers of a tower on judged announcements."""
    import torch

    rng = seeded(recipe)
    courses = [_course(judged, tower, views) for judged in sets]
    scalars = torch.tensor([20.0, 12.0, -9.0], requires_grad=True)  # softmax scale; slope and shift of the logistic
    steps = recipe.epochs * sum(math.ceil(len(course.grades) / recipe.batch) for course in courses)
    losses = (
        partial(_loss, tower, course, rows, views, recipe, scalars, rng)
        for _ in range(recipe.epochs)
        for course, rows in _batches(courses, recipe.batch, rng)
    )
    optimise(tower, [scalars], losses, steps, recipe, report)


def _course(judged: JudgedAnnouncement, tower: Tower, views: Views) -> _Course:
    orientations = judged.announcement.orientations
    tower.keep([view for each in orientations for view in views.of_orientation(each)], "orientation")
    tower.keep([view for each in judged.judgments for view in views.of_proposal(each)], "proposal")
    return _Course(judged, relevance(judged.judgments, [each.id for each in orientations]))


def _batches(courses: Sequence[_Course], size: int, rng: random.Random) -> list[tuple[_Course, list[int]]]:
    batches = []
    for course in courses:
        rows = list(range(len(course.grades)))
        rng.shuffle(rows)
        batches += [(course, rows[at : at + size]) for at in range(0, len(rows), size)]
    rng.shuffle(batches)
    return batches


def _loss(
    tower: Tower,
    course: _Course,
    rows: list[int],
    views: Views,
    recipe: OrientationRecipe,
    scalars: torch.Tensor,
    rng: random.Random,
) -> torch.Tensor:
    import torch
    from torch.nn import functional

    columns = _columns(course.grades[rows], recipe.orientations, rng)
    judged = course.judged
    proposals = [views.draw_proposal(judged.judgments[row], recipe.plain, rng) for row in rows]
    orientations = [views.draw_orientation(judged.announcement.orientations[column], rng) for column in columns]
    cosine = tower.vectors(proposals, "proposal") @ tower.vectors(orientations, "orientation").T
    grades = torch.tensor(course.grades[np.ix_(rows, columns)])
    gains = torch.tensor([0.0, GAIN[1], GAIN[2]])[grades]
    scale, slope, shift = scalars
    loss = recipe.absolute * functional.binary_cross_entropy_with_logits(
        slope * cosine + shift, torch.tensor(TARGETS)[grades]
    )
    for weight, scores, wanted in ((1.0, cosine, gains), (recipe.across, cosine.T, gains.T)):
        answered = wanted.sum(1) > 0
        if bool(answered.any()):
            share = wanted[answered] / wanted[answered].sum(1, keepdim=True)
            loss = loss - weight * (share * functional.log_softmax(scores[answered] * scale, dim=1)).sum(1).mean()
    return loss


def _columns(grades: NDArray[np.int_], wanted: int, rng: random.Random) -> list[int]:
    """Return the orientations of a step: all that answer a proposal of the batch, and others as negatives."""
    answers = np.flatnonzero(grades.max(axis=0)).tolist()
    others = sorted(set(range(grades.shape[1])) - set(answers))
    rng.shuffle(others)
    return sorted(answers) + others[: max(_FEWEST_OTHERS, wanted - len(answers))]
