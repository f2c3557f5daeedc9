"""`matcher train` from end to end: measure and calibrate on what was held out, then train on everything and pack.

The figures and the fusion come from a model that did not see the held-out part; the model that ships is trained by the
same recipe on all judgments, so that its own vectors of them are never what its probabilities were fitted on.
"""

from __future__ import annotations

import logging
import tempfile
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
    with tempfile.TemporaryDirectory() as scratch:
        held = Path(scratch) / f"{out.name}-held"
        _adapted(parts.train, card, held, views, recipe, settings, progress)
        encoder = load_encoder(str(held), settings)
        # The probe is of the base model, which no judgment has shaped: it learns from all of them.
        probe = fit_probe(sets, load_cached_encoder(base, settings))
        judged = {each.name: _precedents(each, encoder, views.segmenter) for each in parts.train}
        fitted = calibrate(parts.held, encoder, uncentred(encoder), probe, judged)
    out.mkdir(parents=True, exist_ok=True)
    (out / FUSION_FILE).write_text(fitted.to_json(), encoding="utf-8", newline="\n")
    _adapted(sets, card, out, views, recipe, settings, progress)
    encoder = load_encoder(str(out), settings)
    uncentred(encoder).save(out / REFERENCE_FILE)
    for each in sets:
        if each.name in builtin_names():
            _precedents(each, encoder, views.segmenter).save(precedents_file(out, each.announcement))
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
