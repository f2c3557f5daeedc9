"""`matcher train` from end to end: two models of one recipe, one to measure and one to ship.

The measured model sees one part of the benchmark; on the other part it is measured, and probabilities and states are
fitted. The shipped model is trained on everything in the same way, and takes over what was fitted: its scores lie on
the same scale, as one recipe's do from seed to seed (`docs/accuracy.md` has the figures).
"""

from __future__ import annotations

import logging
import tempfile
from dataclasses import asdict, dataclass
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
from matcher.training.adapting import adapt
from matcher.training.loop import Report
from matcher.training.recipe import OrientationRecipe
from matcher.training.side_by_side import MEASURED, SHIPPED, Progress, Weights, side_by_side
from matcher.training.splitting import split
from matcher.training.tower import Tower
from matcher.training.views import Views

log = logging.getLogger(__name__)

PROMPTS = {"proposal": "query: ", "orientation": "passage: "}
REFERENCE_FILE = "reference.npz"


@dataclass(frozen=True, slots=True)
class _Job:
    """One model to train, in a process of its own."""

    name: str
    benchmark: Path | None
    base: Path
    recipe: OrientationRecipe
    settings: Settings


def train(
    out: Path,
    *,
    benchmark: Path | None = None,
    base: str = BASE_MODEL,
    recipe: OrientationRecipe | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> Calibration:
    """Train an adapter over a base model and write its folder; return what its measured twin reached.

    Parameters
    ----------
    out : Path
        The folder to write.
    benchmark : Path, optional
        Announcements with judgments; `corpus/benchmark` by default.
    base : str
        A packed model of `models/`.
    recipe : OrientationRecipe, optional
        How to train.
    settings : Settings, optional
        Names the cache directory.
    progress : callable, optional
        Called after every step.
    """
    recipe, settings = recipe or OrientationRecipe(), settings or Settings()
    sets = read_benchmark(benchmark)
    card = read_card(resource_dir("models") / base)
    expand(card, settings.cache_path)  # once, before two processes want it
    parts = split(sets)
    jobs = [_Job(name, benchmark, card.folder, recipe, settings) for name in (MEASURED, SHIPPED)]
    weights = side_by_side(_train_one, jobs, progress)
    segmenter = Segmenter()
    with tempfile.TemporaryDirectory() as folder:
        measured = Path(folder) / MEASURED
        _pack(weights[MEASURED], measured, out.name, card, recipe)
        encoder = load_encoder(str(measured), settings)
        known = {each.name: _precedents(each, encoder, segmenter) for each in parts.train}
        # The probe is of the base model, which no judgment has shaped: it learns from all of them.
        probe = fit_probe(sets, load_cached_encoder(base, settings))
        fitted = calibrate(parts.held, encoder, uncentred(encoder), probe, known)
    _pack(weights[SHIPPED], out, out.name, card, recipe)
    encoder = load_encoder(str(out), settings)
    uncentred(encoder).save(out / REFERENCE_FILE)
    for each in sets:
        if each.name in builtin_names():
            _precedents(each, encoder, segmenter).save(precedents_file(out, each.announcement))
    (out / FUSION_FILE).write_text(fitted.to_json(), encoding="utf-8", newline="\n")
    return fitted


def _train_one(job: _Job, report: Report) -> Weights:
    recipe, card = job.recipe, read_card(job.base)
    sets = read_benchmark(job.benchmark)
    chosen = split(sets).train if job.name == MEASURED else sets
    folder = expand(card, job.settings.cache_path)
    tower = Tower(folder, PROMPTS, frozen=recipe.frozen, max_tokens=recipe.max_tokens, dropout=recipe.dropout)
    views = Views(Segmenter())
    adapt(tower, chosen, views, recipe, report)
    return tower.learned()


def _pack(weights: Weights, out: Path, name: str, card: ModelCard, recipe: OrientationRecipe) -> None:
    made_by = ", ".join(f"{key} {value}" for key, value in asdict(recipe).items())
    description = Description(
        name=name,
        version="1",
        base=card.base,
        licence=card.licence,
        description=f"{card.name} adapted to matching proposals to orientations ({made_by})",
        prompts=PROMPTS,
        max_tokens=card.max_tokens,
    )
    report = pack_adapter(weights, out, card=description, over=card)
    log.info("packed %s: largest relative loss %.4f", out, max(report.errors.values(), default=0.0))


def _precedents(judged: JudgedAnnouncement, encoder: Encoder, segmenter: Segmenter) -> Precedents:
    return precedents_of(blank_ranker(judged.announcement, encoder, uncentred(encoder), segmenter), judged.judgments)


def uncentred(encoder: Encoder) -> Reference:
    """Return the reference that moves nothing: centring costs trained vectors accuracy."""
    return Reference(np.zeros(encoder.dimension, np.float32), 0, encoder.fingerprint, "none: trained vectors")
