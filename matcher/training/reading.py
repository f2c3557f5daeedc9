"""`matcher train --cross`: a cross-encoder that reads two tasks together and says what kind of pair they are.

It starts from the encoder that `matcher train --pairs` made, and learns the kinds of judged pairs by a softmax; that
neighbours in batches, and objectives of other proposals, are not the same work; and that two titles which differ in
the name of one object or place are siblings (`matcher.training.swapping`).

Two models of one recipe are trained side by side. One does not see the families that the encoder was not shown either:
on those, the second look (`matcher.flagging.second_look`) is fitted, and by cross-validation over families measured.
The other, which ships, is trained on all pairs in the same way and takes over what was fitted.
"""

from __future__ import annotations

import math
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.encoding import ModelCard, expand, load_cached_encoder, load_encoder, read_card
from matcher.encoding.cross import CrossEncoder
from matcher.evaluation.kind_fitting import Material
from matcher.evaluation.pair_figures import PairFigures
from matcher.evaluation.pairs import JudgedPair, folds, read_pairs
from matcher.evaluation.second_look_fitting import fit_second_look
from matcher.flagging import Profiler, read_kinds
from matcher.flagging.profiling import title_text, whole_text
from matcher.flagging.second_look import OUTPUTS, save_second_look
from matcher.records import DuplicateKind, Proposal
from matcher.segmenting import Segmenter
from matcher.settings import BASE_MODEL, PAIR_MODEL, Settings, resource_dir
from matcher.text import sentence_case, strip_diacritics
from matcher.training.cross_tower import CrossTower
from matcher.training.loop import Loss, Report, optimise, seeded
from matcher.training.mining import Objectives, neighbours_of, objectives_of
from matcher.training.pairs import K, pack_weights
from matcher.training.recipe import ReadingRecipe
from matcher.training.side_by_side import MEASURED, SHIPPED, Progress, Weights, side_by_side
from matcher.training.swapping import Swapper

if TYPE_CHECKING:
    import torch

#: Which output speaks for each kind.
TARGETS = {
    DuplicateKind.IDENTICAL: 0,
    DuplicateKind.REVISED: 0,
    DuplicateKind.SAME_WORK: 0,
    DuplicateKind.OVERLAP: 1,
    DuplicateKind.SAME_METHOD_ELSEWHERE: 2,
    "unrelated": 3,
}
_SAME, _SIBLING, _UNRELATED = 0, 2, 3
#: Of the softmax over kinds; and weights, beside it, of neighbours, objectives, swapped names and strangers.
_SMOOTHING = 0.05
_OF_NEIGHBOURS, _OF_OBJECTIVES, _OF_SWAPPED, _OF_STRANGERS = 1.0, 0.4, 0.5, 0.3
_BULLETS, _LEAST = 2, 1e-6

_Texts = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Material:
    pairs: list[JudgedPair]
    neighbours: Sequence[tuple[Proposal, Proposal]]
    objectives: Objectives
    swapper: Swapper


@dataclass(frozen=True, slots=True)
class _Job:
    """One model to train, in a process of its own."""

    name: str
    folder: Path | None
    benchmark: Path | None
    start: Path
    recipe: ReadingRecipe
    settings: Settings


def train_reading(
    out: Path,
    *,
    folder: Path | None = None,
    benchmark: Path | None = None,
    start: str = PAIR_MODEL,
    recipe: ReadingRecipe | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> PairFigures:
    """Train a cross-encoder on judged pairs and write its folder; return what its measured twin reached.

    Parameters
    ----------
    out : Path
        The folder to write.
    folder, benchmark : Path, optional
        Judged pairs, and proposals with objectives; those of `corpus` by default.
    start : str
        The model of `models/` to start from, whose model of kinds takes the first look.
    recipe, settings, progress
        How to train, where the cache is, what is called after every step.
    """
    recipe, settings = recipe or ReadingRecipe(), settings or Settings()
    card = read_card(resource_dir("models") / start)
    expand(card, settings.cache_path)  # once, before two processes want it
    jobs = [_Job(name, folder, benchmark, card.folder, recipe, settings) for name in (MEASURED, SHIPPED)]
    weights = side_by_side(_train_one, jobs, progress)
    under = card.under or card
    pairs, profiler = read_pairs(folder), Profiler(Segmenter())
    held = [pair for pair, number in zip(pairs, folds(pairs, profiler.segmenter, K), strict=True) if not number]
    with tempfile.TemporaryDirectory() as place:
        measured = Path(place) / MEASURED
        _pack(weights[MEASURED], measured, under, recipe)
        cross = CrossEncoder.from_packed(read_card(measured), settings.cache_path)
        material = Material.of(held, profiler, load_encoder(start, settings))
        look, reached = fit_second_look(material, read_kinds(card.folder), cross)
    _pack(weights[SHIPPED], out, under, recipe)
    save_second_look(look, reached.to_record(), out)
    return reached


def _pack(weights: Weights, out: Path, under: ModelCard, recipe: ReadingRecipe) -> None:
    pack_weights(weights, out, under, recipe, "reading two tasks together and telling what kind of pair they are")


def _train_one(job: _Job, report: Report) -> Weights:
    rng = seeded(job.recipe)
    pairs, profiler = read_pairs(job.folder), Profiler(Segmenter())
    fold = folds(pairs, profiler.segmenter, K)
    seen = [pair for pair, number in zip(pairs, fold, strict=True) if number or job.name == SHIPPED]
    near = neighbours_of(load_cached_encoder(BASE_MODEL, job.settings), profiler, job.benchmark)
    sources = list({pair.a.title: pair.a for pair in seen}.values())
    material = _Material(seen, near, objectives_of(job.benchmark), Swapper(sources, profiler.segmenter))
    recipe, card = job.recipe, read_card(job.start)
    tower = CrossTower(
        expand(card, job.settings.cache_path),
        card.prompts["proposal"],
        frozen=recipe.frozen,
        outputs=len(OUTPUTS),
        dropout=recipe.dropout,
    )
    adapt_reading(tower, material, recipe, rng, report)
    return tower.learned()


def adapt_reading(
    tower: CrossTower, material: _Material, recipe: ReadingRecipe, rng: random.Random, report: Report | None = None
) -> None:
    """Train the upper layers and the head of a tower."""

    def losses() -> Iterator[Loss]:
        for _ in range(recipe.epochs):
            rng.shuffle(material.pairs)
            for at in range(0, len(material.pairs), recipe.batch):
                yield partial(_loss, tower, material, material.pairs[at : at + recipe.batch], recipe, rng)

    steps = recipe.epochs * math.ceil(len(material.pairs) / recipe.batch)
    optimise(tower, tower.head, losses(), steps, recipe, report)


def _loss(
    tower: CrossTower, material: _Material, pairs: Sequence[JudgedPair], recipe: ReadingRecipe, rng: random.Random
) -> torch.Tensor:
    import torch
    from torch.nn.functional import cross_entropy

    judged = [_drawn(pair.a, pair.b, recipe, rng) for pair in pairs]
    near = [_drawn(a, b, recipe, rng) for a, b in rng.sample(material.neighbours, recipe.neighbours)]
    objectives, matched = _objectives(material.objectives, recipe.objectives, rng)
    swapped = [_drawn(*material.swapper.draw(rng), recipe, rng) for _ in range(recipe.swapped)]
    strangers = [_drawn(rng.choice(material.pairs).a, rng.choice(material.pairs).b, recipe, rng) for _ in range(2)]
    parts = (judged, near, objectives, swapped, strangers)
    said = torch.split(tower.outputs([two for part in parts for two in part]), [len(part) for part in parts])
    wanted = torch.tensor([TARGETS[pair.kind] for pair in pairs])
    loss = cross_entropy(said[0], wanted, label_smoothing=_SMOOTHING)
    loss = loss + _OF_NEIGHBOURS * _same_or_not(said[1], torch.zeros(len(near)))
    loss = loss + _OF_OBJECTIVES * _same_or_not(said[2], torch.tensor(matched))
    loss = loss + _OF_SWAPPED * cross_entropy(
        said[3], torch.full((len(swapped),), _SIBLING), label_smoothing=_SMOOTHING
    )
    return loss + _OF_STRANGERS * cross_entropy(said[4], torch.full((len(strangers),), _UNRELATED))


def _same_or_not(said: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Return the logistic loss of one work against all else; targets of shape (pairs,)."""
    import torch
    from torch.nn.functional import binary_cross_entropy

    chance = torch.softmax(said, dim=1)[:, _SAME].clamp(_LEAST, 1 - _LEAST)
    return binary_cross_entropy(chance, wanted)


def _drawn(one: Proposal, two: Proposal, recipe: ReadingRecipe, rng: random.Random) -> tuple[str, str]:
    """Draw a view of each side, in either order: the title, or all that is told; now and then without diacritics."""
    sides = (one, two) if rng.random() < 0.5 else (two, one)
    views = [rng.choice((title_text(side), whole_text(side))) for side in sides]
    first, second = (strip_diacritics(view) if rng.random() < recipe.plain else view for view in views)
    return first, second


def _objectives(objectives: Objectives, bullets: int, rng: random.Random) -> tuple[_Texts, list[float]]:
    """Draw titles with their own objectives (1.0) and with those of another proposal of their bullet (0.0)."""
    texts: _Texts = []
    matched: list[float] = []
    for bullet in rng.sample(sorted(objectives), min(bullets, len(objectives))):
        two = rng.sample(objectives[bullet], min(_BULLETS, len(objectives[bullet])))
        for title, own in two:
            for _, objective in two:
                texts.append((sentence_case(title), sentence_case(objective)))
                matched.append(float(objective == own))
    return texts, matched
