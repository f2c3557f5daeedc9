"""`matcher train --pairs`: the encoder adapted so that two texts lie together when they are one work.

The vector is trained in thirds (`matcher.flagging.agreement`): the first third says whether two texts are the same
work, the second whether they are about the same thing, the third whether the kind of work is the same. Each learns
from every judged pair by a logistic loss. The first also learns to find the other text of a duplicate among the
texts of a step (InfoNCE; van den Oord et al., 2018), and so that a title and the objective of one proposal belong
together, from the synthetic proposals of the benchmark.

One family of pairs in three is held out of training; on them the model of kinds is fitted, and by cross-validation
over families measured. What ships is the very model that was measured.
"""

from __future__ import annotations

import json
import math
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from matcher.encoding import Description, Encoder, ModelCard, expand, load_encoder, pack_adapter, read_card
from matcher.evaluation.benchmark import read_benchmark
from matcher.evaluation.judgments import proposal_of
from matcher.evaluation.pairing import (
    DUPLICATE,
    JudgedPair,
    PairFigures,
    families,
    figures,
    fit_kinds,
    folds,
    predict,
    read_pairs,
    strangers,
)
from matcher.flagging import Profiler
from matcher.flagging.agreement import Floats, agreement
from matcher.flagging.candidates import candidates_within
from matcher.flagging.duplicates import side_of
from matcher.flagging.kinds import FILE, KindModel
from matcher.flagging.profiling import title_text, whole_text
from matcher.records import DuplicateKind, Proposal
from matcher.segmenting import Segmenter
from matcher.settings import BASE_MODEL, Settings, resource_dir
from matcher.text import sentence_case, strip_diacritics
from matcher.training.pipeline import PROMPTS
from matcher.training.side_by_side import Report, Weights
from matcher.training.tower import Tower

if TYPE_CHECKING:
    import torch

#: One family in so many is held out of the measured model.
K = 3
#: Folds over the held-out pairs, for figures of the model of kinds on families it was not fitted on.
_INNER = 10
#: What the logistic loss asks of each kind: the same work, about the same thing, the same kind of work.
TARGETS = {
    DuplicateKind.IDENTICAL: (0.97, 0.97, 0.97),
    DuplicateKind.REVISED: (0.97, 0.97, 0.97),
    DuplicateKind.SAME_WORK: (0.95, 0.97, 0.97),
    DuplicateKind.OVERLAP: (0.20, 0.97, 0.10),
    DuplicateKind.SAME_METHOD_ELSEWHERE: (0.03, 0.03, 0.97),
    "unrelated": (0.01, 0.03, 0.03),
}
_THIRDS = 3
_NEVER = -1e4
_BULLETS = 4
_FEWEST_WORDS = 6
_EVERY = 4


@dataclass(frozen=True, slots=True)
class PairRecipe:
    """Settings of one training run on pairs.

    Attributes
    ----------
    epochs, batch : int
        Passes over the duplicates; duplicates a step.
    others : int
        Pairs a step that are no duplicates.
    objectives : int
        Titles a step with the objectives of their proposals, from a few bullets, so that they are neighbours.
    learning_rate, weight_decay, frozen, dropout, max_tokens, seed, threads
        As in `matcher.training.recipe.Recipe`.
    plain : float
        Share of texts shown without diacritics.
    """

    epochs: int = 10
    batch: int = 20
    others: int = 28
    objectives: int = 12
    learning_rate: float = 1.2e-4
    weight_decay: float = 0.01
    frozen: int = 4
    dropout: float = 0.1
    max_tokens: int = 112
    plain: float = 0.06
    seed: int = 0
    threads: int = 1


def train_pairs(
    out: Path,
    *,
    folder: Path | None = None,
    benchmark: Path | None = None,
    base: str = BASE_MODEL,
    recipe: PairRecipe | None = None,
    settings: Settings | None = None,
    progress: Report | None = None,
) -> PairFigures:
    """Train an adapter on judged pairs and write its folder; return what it reaches on those held out.

    Parameters
    ----------
    out : Path
        The folder to write.
    folder, benchmark : Path, optional
        Judged pairs, and proposals with objectives; those of `corpus` by default.
    base : str
        A packed model of `models/`.
    recipe, settings, progress
        How to train, where the cache is, what is called after every step.
    """
    recipe, settings = recipe or PairRecipe(), settings or Settings()
    card, pairs = read_card(resource_dir("models") / base), read_pairs(folder)
    tower = Tower(
        expand(card, settings.cache_path),
        PROMPTS,
        frozen=recipe.frozen,
        max_tokens=recipe.max_tokens,
        dropout=recipe.dropout,
    )
    seen = [pair for pair, fold in zip(pairs, folds(pairs, Segmenter(), K), strict=True) if fold]
    adapt_pairs(tower, seen, _objectives(benchmark), recipe, progress)
    _pack(tower.learned(), out, card, recipe)
    return fit_on_held_out(out, pairs, settings)


def fit_on_held_out(out: Path, pairs: Sequence[JudgedPair], settings: Settings) -> PairFigures:
    """Fit the model of kinds on the pairs that the model in a folder has not seen, write it there, and measure it."""
    segmenter = Segmenter()
    held = [pair for pair, fold in zip(pairs, folds(pairs, segmenter, K), strict=True) if fold == 0]
    encoder, profiler = load_encoder(str(out), settings), Profiler(segmenter)
    left, right = profiler([pair.a for pair in held], encoder), profiler([pair.b for pair in held], encoder)
    kinds = np.array([pair.kind for pair in held])
    measures = agreement(left, right, np.stack([np.arange(len(held))] * 2, axis=1))
    family = families(held, segmenter)

    batches = [_neighbours(batch, encoder, profiler) for batch in _distinct()]

    def fit(rows: NDArray[np.intp], chosen: Sequence[int] = (0, 1)) -> KindModel:
        unlike = agreement(left, right, strangers(family, rows))
        return fit_kinds(measures[rows], kinds[rows].tolist(), unlike, np.concatenate([batches[i] for i in chosen]))

    probability, named = np.zeros(len(held)), [""] * len(held)
    inner = folds(held, segmenter, _INNER, seed=0)
    for fold in range(_INNER):
        mine = np.flatnonzero(inner == fold)
        p, given = predict(fit(np.flatnonzero(inner != fold)), [left[i] for i in mine], [right[i] for i in mine])
        probability[mine] = p
        for row, kind in zip(mine.tolist(), given, strict=True):
            named[row] = kind
    # Each batch is judged by a model that the other was fitted on.
    alarms = [(fit(np.arange(len(held)), (1 - i,)).log_odds(batches[i]) >= 0).sum() for i in (0, 1)]
    proposals = sum(map(len, _distinct()))
    reached = figures(kinds.tolist(), probability, named, false_alarms=100 * float(sum(alarms)) / proposals)
    record = {"model": fit(np.arange(len(held))).to_dict(), "held_out": reached.to_record()}
    (out / FILE).write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    return reached


def _distinct() -> tuple[list[Proposal], list[Proposal]]:
    """Return two batches of proposals of which each is a work of its own: the benchmark's, one in `_EVERY`."""
    judged = read_benchmark()[0]
    chosen = [proposal_of(each) for each in judged.judgments if each.synthetic and each.inside][::_EVERY]
    return chosen[0::2], chosen[1::2]


def _neighbours(batch: Sequence[Proposal], encoder: Encoder, profiler: Profiler) -> Floats:
    """Return the measures of the pairs of a batch that the search for duplicates compares."""
    profiles = profiler(batch, encoder)
    return agreement(profiles, profiles, candidates_within(side_of(profiles)))


def _objectives(benchmark: Path | None) -> dict[str, list[tuple[str, str]]]:
    """Return titles with their objectives by bullet, of synthetic proposals that are research."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for judged in read_benchmark(benchmark):
        for judgment in judged.judgments:
            if judgment.synthetic and judgment.inside and len(judgment.objective.split()) > _FEWEST_WORDS:
                found[f"{judged.name} {judgment.target}"][judgment.title] = judgment.objective
    return {bullet: sorted(texts.items()) for bullet, texts in sorted(found.items())}


def adapt_pairs(
    tower: Tower,
    pairs: Sequence[JudgedPair],
    objectives: dict[str, list[tuple[str, str]]],
    recipe: PairRecipe,
    report: Report | None = None,
) -> None:
    """Train the upper layers of a tower on judged pairs, and on titles with their objectives."""
    import torch

    if recipe.threads:
        torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    same = [pair for pair in pairs if pair.kind in DUPLICATE]
    other = [pair for pair in pairs if pair.kind not in DUPLICATE]
    told = {side.id: _views(side) for pair in pairs for side in (pair.a, pair.b)}
    _keep(tower, told, objectives)
    # The softmax scale; slope and shift of the logistic of each third.
    scalars = torch.tensor([20.0, 12.0, -7.0, 8.0, -4.0, 8.0, -4.0], requires_grad=True)
    optimiser = torch.optim.AdamW(
        [
            {"params": tower.parameters(), "lr": recipe.learning_rate, "weight_decay": recipe.weight_decay},
            {"params": [scalars], "lr": 0.05, "weight_decay": 0.0},
        ]
    )
    steps = recipe.epochs * math.ceil(len(same) / recipe.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.1 * steps)) * max(0.02, 1 - step / steps)
    )
    done, running = 0, 0.0
    for _ in range(recipe.epochs):
        rng.shuffle(same)
        for at in range(0, len(same), recipe.batch):
            step = same[at : at + recipe.batch]
            step_pairs = step + rng.sample(other, min(len(other), recipe.others))
            loss = _loss(tower, step_pairs, len(step), told, _drawn(objectives, recipe, rng), scalars, recipe, rng)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(tower.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            done += 1
            running = 0.95 * running + 0.05 * loss.item()
            if report is not None:
                report(done, steps, running / (1 - 0.95**done))


def _views(side: Proposal) -> tuple[str, ...]:
    """Return what stands for a text: its title, and all that is told where more is told."""
    return tuple(dict.fromkeys((title_text(side), whole_text(side))))


def _keep(tower: Tower, told: dict[str, tuple[str, ...]], objectives: dict[str, list[tuple[str, str]]]) -> None:
    views = [view for each in told.values() for view in each]
    tower.keep([*views, *map(strip_diacritics, views)], "proposal")
    tower.keep([sentence_case(text) for each in objectives.values() for two in each for text in two], "proposal")


def _drawn(
    objectives: dict[str, list[tuple[str, str]]], recipe: PairRecipe, rng: random.Random
) -> list[tuple[str, str]]:
    if not objectives or not recipe.objectives:
        return []
    chosen = rng.sample(sorted(objectives), min(_BULLETS, len(objectives)))
    each = max(1, recipe.objectives // _BULLETS)
    drawn = [two for bullet in chosen for two in rng.sample(objectives[bullet], min(each, len(objectives[bullet])))]
    return [(sentence_case(title), sentence_case(objective)) for title, objective in drawn]


def _loss(
    tower: Tower,
    pairs: Sequence[JudgedPair],
    duplicates: int,
    told: dict[str, tuple[str, ...]],
    objectives: Sequence[tuple[str, str]],
    scalars: torch.Tensor,
    recipe: PairRecipe,
    rng: random.Random,
) -> torch.Tensor:
    """Return the loss of a step, whose first `duplicates` pairs are duplicates."""
    import torch
    from torch.nn import functional

    def view(side: Proposal) -> str:
        text = rng.choice(told[side.id])
        return strip_diacritics(text) if rng.random() < recipe.plain else text

    sides = [(pair.a, pair.b) if rng.random() < 0.5 else (pair.b, pair.a) for pair in pairs]
    left = [view(one) for one, _ in sides] + [title for title, _ in objectives]
    right = [view(two) for _, two in sides] + [objective for _, objective in objectives]
    vectors = tower.vectors(left + right, "proposal")
    width = vectors.shape[1] // _THIRDS
    thirds = [functional.normalize(vectors[:, i * width : (i + 1) * width], dim=-1) for i in range(_THIRDS)]
    ours, theirs = [t[: len(left)] for t in thirds], [t[len(left) :] for t in thirds]
    n = len(pairs)
    wanted = torch.tensor([TARGETS[pair.kind] for pair in pairs])
    loss = torch.zeros(())
    for i, weight in enumerate((2.0, 1.0, 1.0)):
        cosine = (ours[i] * theirs[i]).sum(1)[:n]
        logit = scalars[1 + 2 * i] * cosine + scalars[2 + 2 * i]
        counts = _counts(pairs, i)
        each = functional.binary_cross_entropy_with_logits(logit, wanted[:, i], reduction="none")
        loss = loss + weight * (each * counts).sum() / counts.sum().clamp(min=1)
    cosine = ours[0] @ theirs[0].T
    titles = [pair.a.title for pair in pairs]
    family = torch.tensor([[i != j and titles[i] == titles[j] for j in range(n)] for i in range(duplicates)])
    target = torch.arange(duplicates)
    for scores in (cosine[:duplicates, :n], cosine[:n, :duplicates].T):
        loss = loss + functional.cross_entropy(scores.masked_fill(family, _NEVER) * scalars[0], target)
    if objectives:
        target = torch.arange(len(objectives))
        for i, weight in ((0, 0.25), (1, 0.15)):
            scores = (ours[i][n:] @ theirs[i][n:].T) * scalars[0]
            loss = loss + weight * (
                functional.cross_entropy(scores, target) + functional.cross_entropy(scores.T, target)
            )
    return loss


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


def _pack(weights: Weights, out: Path, card: ModelCard, recipe: PairRecipe) -> None:
    made_by = ", ".join(f"{key} {value}" for key, value in asdict(recipe).items())
    description = Description(
        name=out.name,
        version="1",
        base=card.base,
        licence=card.licence,
        description=f"{card.name} adapted to telling whether two tasks are one work ({made_by})",
        prompts=PROMPTS,
        max_tokens=card.max_tokens,
    )
    pack_adapter(weights, out, card=description, over=card)
