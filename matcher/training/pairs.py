"""`matcher train --pairs`: the encoder adapted so that two texts lie together when they are one work.

The vector is trained in thirds (`matcher.flagging.agreement`): the first third says whether two texts are the same
work, the second whether they are about the same thing, the third whether the kind of work is the same. Each learns
from every judged pair by a logistic loss. The first also learns to find the other text of a duplicate among the
texts of a step (InfoNCE; van den Oord et al., 2018), that a title and the objective of one proposal belong together,
and that neighbours among the proposals of the benchmark are works of their own (`matcher.training.mining`).

One family of pairs in three is held out of training; on them the model of kinds is fitted, and by cross-validation
over families measured. What ships is the very model that was measured.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.encoding import Description, ModelCard, expand, load_cached_encoder, load_encoder, pack_adapter, read_card
from matcher.evaluation.kind_fitting import Material, fit_and_measure, save_kinds
from matcher.evaluation.pair_figures import PairFigures
from matcher.evaluation.pairs import DUPLICATE, JudgedPair, folds, read_pairs
from matcher.flagging import Profiler
from matcher.flagging.profiling import title_text, whole_text
from matcher.records import Proposal
from matcher.segmenting import Segmenter
from matcher.settings import BASE_MODEL, Settings, resource_dir
from matcher.text import sentence_case, strip_diacritics
from matcher.training.loop import Loss, Report, optimise, seeded
from matcher.training.mining import Objectives, neighbours_of, objectives_of
from matcher.training.pair_loss import Step, loss_of, start_of_scalars
from matcher.training.pipeline import PROMPTS
from matcher.training.recipe import PairRecipe, Recipe
from matcher.training.side_by_side import Weights
from matcher.training.tower import Tower

if TYPE_CHECKING:
    import torch

#: One family in so many is held out of the model.
K = 3
_BULLETS = 4


@dataclass(frozen=True, slots=True)
class PairMaterial:
    """What training on pairs learns from; the last two may be empty."""

    pairs: Sequence[JudgedPair]
    objectives: Objectives
    neighbours: Sequence[tuple[Proposal, Proposal]]


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
    card, pairs, profiler = read_card(resource_dir("models") / base), read_pairs(folder), Profiler(Segmenter())
    tower = Tower(
        expand(card, settings.cache_path),
        PROMPTS,
        frozen=recipe.frozen,
        max_tokens=recipe.max_tokens,
        dropout=recipe.dropout,
    )
    fold = folds(pairs, profiler.segmenter, K)
    seen = [pair for pair, number in zip(pairs, fold, strict=True) if number]
    near = neighbours_of(load_cached_encoder(base, settings), profiler, benchmark)
    adapt_pairs(tower, PairMaterial(seen, objectives_of(benchmark), near), recipe, progress)
    pack_weights(tower.learned(), out, card, recipe, "telling whether two tasks are one work")
    held = [pair for pair, number in zip(pairs, fold, strict=True) if not number]
    kinds, reached = fit_and_measure(Material.of(held, profiler, load_encoder(str(out), settings)))
    save_kinds(kinds, reached, out)
    return reached


def adapt_pairs(tower: Tower, material: PairMaterial, recipe: PairRecipe, report: Report | None = None) -> None:
    """Train the upper layers of a tower."""
    rng = seeded(recipe)
    same = [pair for pair in material.pairs if pair.kind in DUPLICATE]
    other = [pair for pair in material.pairs if pair.kind not in DUPLICATE]
    views = _Views(material)
    tower.keep(views.all(), "proposal")
    scalars = start_of_scalars()

    def losses() -> Iterator[Loss]:
        for _ in range(recipe.epochs):
            rng.shuffle(same)
            for at in range(0, len(same), recipe.batch):
                duplicates = same[at : at + recipe.batch]
                drawn = Step(
                    [*duplicates, *rng.sample(other, min(len(other), recipe.others))],
                    len(duplicates),
                    _drawn(material.objectives, recipe, rng),
                    rng.sample(material.neighbours, min(len(material.neighbours), recipe.neighbours)),
                )
                yield partial(_loss, tower, drawn, views, scalars, recipe, rng)

    optimise(tower, [scalars], losses(), recipe.epochs * math.ceil(len(same) / recipe.batch), recipe, report)


class _Views:
    """What stands for a text: its title, and all that is told where more is told."""

    def __init__(self, material: PairMaterial) -> None:
        sides = [side for pair in material.pairs for side in (pair.a, pair.b)]
        sides += [side for near in material.neighbours for side in near]
        self._told = {_mark(side): tuple(dict.fromkeys((title_text(side), whole_text(side)))) for side in sides}
        self._objectives = material.objectives

    def all(self) -> Iterator[str]:
        """Yield every text that may be drawn."""
        for views in self._told.values():
            yield from views
            yield from map(strip_diacritics, views)
        for texts in self._objectives.values():
            for two in texts:
                yield from map(sentence_case, two)

    def draw(self, side: Proposal, plain: float, rng: random.Random) -> str:
        """Draw one view of a text; with probability `plain` without diacritics."""
        text = rng.choice(self._told[_mark(side)])
        return strip_diacritics(text) if rng.random() < plain else text


def _mark(side: Proposal) -> tuple[str, str]:
    return side.id, side.title


def _drawn(objectives: Objectives, recipe: PairRecipe, rng: random.Random) -> list[tuple[str, str]]:
    if not objectives or not recipe.objectives:
        return []
    chosen = rng.sample(sorted(objectives), min(_BULLETS, len(objectives)))
    each = max(1, recipe.objectives // _BULLETS)
    drawn = [two for bullet in chosen for two in rng.sample(objectives[bullet], min(each, len(objectives[bullet])))]
    return [(sentence_case(title), sentence_case(objective)) for title, objective in drawn]


def _loss(
    tower: Tower, step: Step, views: _Views, scalars: torch.Tensor, recipe: PairRecipe, rng: random.Random
) -> torch.Tensor:
    sides = [(pair.a, pair.b) if rng.random() < 0.5 else (pair.b, pair.a) for pair in step.pairs] + [*step.neighbours]
    told = [tuple(views.draw(side, recipe.plain, rng) for side in two) for two in sides] + [*step.objectives]
    vectors = tower.vectors([one for one, _ in told] + [two for _, two in told], "proposal")
    return loss_of(step, vectors[: len(told)], vectors[len(told) :], scalars)


def pack_weights(weights: Weights, out: Path, card: ModelCard, recipe: Recipe, what: str) -> None:
    """Write the weights that learned beside the model they are laid over; `what` they were adapted to."""
    made_by = ", ".join(f"{key} {value}" for key, value in asdict(recipe).items())
    description = Description(
        name=out.name,
        version="1",
        base=card.base,
        licence=card.licence,
        description=f"{card.name} adapted to {what} ({made_by})",
        prompts=PROMPTS,
        max_tokens=card.max_tokens,
    )
    pack_adapter(weights, out, card=description, over=card)
