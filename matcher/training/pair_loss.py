"""What a step of training on pairs makes small; `matcher.training.pairs` says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from matcher.evaluation.pairs import JudgedPair
from matcher.records import DuplicateKind, Proposal
from matcher.segmenting import Segmenter

if TYPE_CHECKING:
    import torch

#: What the logistic loss asks of each kind: the same work, about the same thing, the same kind of work.
TARGETS = {
    DuplicateKind.IDENTICAL: (0.97, 0.97, 0.97),
    DuplicateKind.REVISED: (0.97, 0.97, 0.97),
    DuplicateKind.SAME_WORK: (0.95, 0.97, 0.97),
    DuplicateKind.OVERLAP: (0.20, 0.97, 0.10),
    DuplicateKind.SAME_METHOD_ELSEWHERE: (0.03, 0.03, 0.97),
    "unrelated": (0.01, 0.03, 0.03),
}
#: What it asks of neighbours in the first third; the others do not count.
_NEIGHBOURS = 0.02
#: Weights of the thirds in the logistic loss; of neighbours; and of titles with objectives in the first two thirds.
_OF_THIRD, _OF_NEIGHBOURS, _OF_OBJECTIVES = (2.0, 1.0, 1.0), 2.0, (0.25, 0.15)
_THIRDS = 3
_NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Step:
    """What one step learns from: judged pairs, first the `duplicates` ones, titles with objectives, neighbours."""

    pairs: Sequence[JudgedPair]
    duplicates: int
    objectives: Sequence[tuple[str, str]]
    neighbours: Sequence[tuple[Proposal, Proposal]]


def start_of_scalars() -> torch.Tensor:
    """Return what the scales and shifts start from: of the softmax; slope and shift of each third's logistic."""
    import torch

    return torch.tensor([20.0, 12.0, -7.0, 8.0, -4.0, 8.0, -4.0], requires_grad=True)


def loss_of(step: Step, left: torch.Tensor, right: torch.Tensor, scalars: torch.Tensor) -> torch.Tensor:
    """Return the loss of a step.

    Parameters
    ----------
    step : Step
        What was drawn.
    left, right : tensor, shape (texts, d)
        Vectors of the two sides of its pairs, then of its neighbours, then of its titles and their objectives.
    scalars : tensor
        As `start_of_scalars`.
    """
    thirds = list(zip(_cut(left), _cut(right), strict=True))
    judged = len(step.pairs)
    near = judged + len(step.neighbours)
    loss = _alike([(a[:judged], b[:judged]) for a, b in thirds], step.pairs, scalars)
    if step.neighbours:
        a, b = thirds[0]
        loss = loss + _OF_NEIGHBOURS * _apart(a[judged:near], b[judged:near], scalars)
    loss = loss + _found(thirds[0][0][:judged], thirds[0][1][:judged], step, scalars[0])
    if step.objectives:
        for weight, (a, b) in zip(_OF_OBJECTIVES, thirds, strict=False):
            loss = loss + weight * _matched(a[near:] @ b[near:].T * scalars[0])
    return loss


def _cut(vectors: torch.Tensor) -> list[torch.Tensor]:
    """Return the thirds of vectors, each of unit length."""
    from torch.nn.functional import normalize

    width = vectors.shape[1] // _THIRDS
    return [normalize(vectors[:, i * width : (i + 1) * width], dim=-1) for i in range(_THIRDS)]


def _alike(
    thirds: Sequence[tuple[torch.Tensor, torch.Tensor]], pairs: Sequence[JudgedPair], scalars: torch.Tensor
) -> torch.Tensor:
    """Return the logistic loss of judged pairs, each third for what it says."""
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits

    wanted = torch.tensor([TARGETS[pair.kind] for pair in pairs])
    loss = torch.zeros(())
    for i, ((a, b), weight) in enumerate(zip(thirds, _OF_THIRD, strict=True)):
        logit = scalars[1 + 2 * i] * (a * b).sum(1) + scalars[2 + 2 * i]
        counts = _counts(pairs, i)
        each = binary_cross_entropy_with_logits(logit, wanted[:, i], reduction="none")
        loss = loss + weight * (each * counts).sum() / counts.sum().clamp(min=1)
    return loss


def _apart(a: torch.Tensor, b: torch.Tensor, scalars: torch.Tensor) -> torch.Tensor:
    """Return the logistic loss of neighbours that are works of their own."""
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits

    logit = scalars[1] * (a * b).sum(1) + scalars[2]
    return binary_cross_entropy_with_logits(logit, torch.full_like(logit, _NEIGHBOURS))


def _found(a: torch.Tensor, b: torch.Tensor, step: Step, scale: torch.Tensor) -> torch.Tensor:
    """Return the loss of finding the other text of each duplicate among the texts of the step."""
    import torch
    from torch.nn.functional import cross_entropy

    cosine, n = a @ b.T, step.duplicates
    titles = [pair.a.title for pair in step.pairs]
    family = torch.tensor([[i != j and titles[i] == titles[j] for j in range(len(titles))] for i in range(n)])
    scores = (cosine[:n], cosine[:, :n].T)
    each = [cross_entropy(score.masked_fill(family, _NEVER) * scale, torch.arange(n)) for score in scores]
    return each[0] + each[1]


def _matched(scores: torch.Tensor) -> torch.Tensor:
    """Return the loss of matching rows to columns of a square of scores, both ways."""
    import torch
    from torch.nn.functional import cross_entropy

    target = torch.arange(len(scores))
    return cross_entropy(scores, target) + cross_entropy(scores.T, target)


def _counts(pairs: Sequence[JudgedPair], third: int) -> torch.Tensor:
    """Return which pairs count for a third: siblings in another place may well be about the same thing."""
    import torch

    elsewhere = [third == 1 and p.kind == DuplicateKind.SAME_METHOD_ELSEWHERE and _same_object(p) for p in pairs]
    return torch.tensor([0.0 if each else 1.0 for each in elsewhere])


@lru_cache(maxsize=1)
def _segmenter() -> Segmenter:
    return Segmenter()


def _same_object(pair: JudgedPair) -> bool:
    return _object(pair.a.title) == _object(pair.b.title)


@lru_cache(maxsize=8192)
def _object(title: str) -> str:
    found = _segmenter().research_object(title)
    return found.key if found else ""
