"""`matcher train` from end to end: train on one part of the benchmark, measure and calibrate on the other, pack.

What ships is the very model that was measured. Training it once more on everything would rank a little better and
decide worse: its cosines move, and the states and probabilities fitted on the held-out part no longer fit it.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from matcher.announcement import builtin_names
from matcher.encoding import (
    Description,
    Encoder,
    ModelCard,
    Reference,
    expand,
    load_cached_encoder,
    load_encoder,
    pack_adapter,
    read_card,
)
from matcher.evaluation.benchmark import JudgedAnnouncement, read_benchmark
from matcher.evaluation.calibrating import Calibration, blank_ranker, calibrate, precedents_of
from matcher.evaluation.probing import fit_probe
from matcher.matching import FUSION_FILE
from matcher.ranking import Precedents
from matcher.ranking.precedents import precedents_file
from matcher.segmenting import Segmenter
from matcher.settings import BASE_MODEL, Settings, resource_dir
from matcher.training.adapting import Progress, adapt
from matcher.training.recipe import Recipe
from matcher.training.splitting import split
from matcher.training.tower import Tower
from matcher.training.views import Views

log = logging.getLogger(__name__)

PROMPTS = {"proposal": "query: ", "orientation": "passage: "}
REFERENCE_FILE = "reference.npz"


def train(
    out: Path,
    *,
    benchmark: Path | None = None,
    base: str = BASE_MODEL,
    recipe: Recipe | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> Calibration:
    """Train an adapter over a base model and write its folder; return what it reached on what was held out.

    Parameters
    ----------
    out : Path
        The folder to write.
    benchmark : Path, optional
        Announcements with judgments; `corpus/benchmark` by default.
    base : str
        A packed model of `models/`.
    recipe : Recipe, optional
        How to train.
    settings : Settings, optional
        Names the cache directory.
    progress : callable, optional
        Called after every step with the steps done, all steps, and the running loss.
    """
    recipe, settings = recipe or Recipe(), settings or Settings()
    sets = read_benchmark(benchmark)
    card = read_card(resource_dir("models") / base)
    views = Views(Segmenter())
    parts = split(sets)
    _adapted(parts.train, card, out, views, recipe, settings, progress)
    encoder = load_encoder(str(out), settings)
    uncentred(encoder).save(out / REFERENCE_FILE)
    judged = {each.name: (each, _precedents(each, encoder, views.segmenter)) for each in parts.train}
    for name, (each, precedents) in judged.items():
        if name in builtin_names():
            precedents.save(precedents_file(out, each.announcement))
    # The probe is of the base model, which no judgment has shaped: it learns from all of them.
    probe = fit_probe(sets, load_cached_encoder(base, settings))
    known = {name: precedents for name, (_, precedents) in judged.items()}
    fitted = calibrate(parts.held, encoder, uncentred(encoder), probe, known)
    (out / FUSION_FILE).write_text(fitted.to_json(), encoding="utf-8", newline="\n")
    return fitted


def _adapted(
    sets: Sequence[JudgedAnnouncement],
    card: ModelCard,
    out: Path,
    views: Views,
    recipe: Recipe,
    settings: Settings,
    progress: Progress | None,
) -> None:
    tower = Tower(expand(card, settings.cache_path), PROMPTS, frozen=recipe.frozen, max_tokens=recipe.max_tokens)
    adapt(tower, sets, views, recipe, progress)
    made_by = ", ".join(f"{key} {value}" for key, value in asdict(recipe).items())
    description = Description(
        name=out.name,
        version="1",
        base=card.base,
        licence=card.licence,
        description=f"{card.name} adapted to matching proposals to orientations ({made_by})",
        prompts=PROMPTS,
        max_tokens=card.max_tokens,
    )
    report = pack_adapter(tower.learned(), out, card=description, over=card)
    log.info("packed %s: largest relative loss %.4f", out, max(report.errors.values(), default=0.0))


def _precedents(judged: JudgedAnnouncement, encoder: Encoder, segmenter: Segmenter) -> Precedents:
    return precedents_of(blank_ranker(judged.announcement, encoder, uncentred(encoder), segmenter), judged.judgments)


def uncentred(encoder: Encoder) -> Reference:
    """Return the reference that moves nothing: centring costs trained vectors accuracy."""
    return Reference(np.zeros(encoder.dimension, np.float32), 0, encoder.fingerprint, "none: trained vectors")
