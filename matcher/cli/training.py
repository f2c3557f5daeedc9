"""`matcher train` and `matcher calibrate`: models made and fitted, with their held-out figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from matcher.announcement import find_announcement
from matcher.encoding import load_cached_encoder
from matcher.evaluation import read_judgments
from matcher.evaluation.benchmark import JudgedAnnouncement
from matcher.evaluation.calibrating import Calibration, calibrate
from matcher.evaluation.form_figures import SYSTEMS
from matcher.evaluation.form_fitting import calibrate_forms
from matcher.evaluation.forms import read_forms
from matcher.evaluation.judgments import proposal_of
from matcher.evaluation.pair_figures import PairFigures
from matcher.evaluation.probing import FittedProbe
from matcher.flagging import form_text
from matcher.matching import Matcher, fusion_file, read_fusion, reference_for
from matcher.reporting.atomic import replacing
from matcher.settings import BASE_MODEL, Settings
from matcher.training.pairs import train_pairs
from matcher.training.pipeline import train
from matcher.training.reading import train_reading
from matcher.training.recipe import OrientationRecipe, PairRecipe, ReadingRecipe

_EVERY = 20


def calibrate_command(gold: Sequence[Path], output: Path, settings: Settings) -> None:
    """Fit the fusion and the scope model, write them, and print the out-of-fold figures."""
    judgments = tuple(judgment for file in gold for judgment in read_judgments(file))
    judged = JudgedAnnouncement(find_announcement(settings.announcement), judgments)
    encoder = load_cached_encoder(settings.model, settings)
    # What a text of a proposal looks like does not change from office to office: the model's own probe serves.
    scope = read_fusion(fusion_file(settings.model))[1]
    probe = scope.probe
    base = load_cached_encoder(BASE_MODEL, settings)
    texts = [form_text(proposal_of(judgment)) for judgment in judgments]
    known = FittedProbe(
        probe, dict(zip(texts, probe.logit(base.encode(texts)).tolist(), strict=True)), scope.no_research
    )
    fitted = calibrate([judged], encoder, reference_for(encoder, settings.model), known, file=gold[0])
    with replacing(output) as stream:
        stream.write(fitted.to_json().encode())
    show(fitted)


def calibrate_forms_command(forms: Sequence[Path], held: Sequence[Path], output: Path, settings: Settings) -> None:
    """Fit what the sections of whole forms add, write it, and print the figures of forms not fitted on."""
    matcher = Matcher.from_announcement(settings.announcement, settings)
    fitted = calibrate_forms(matcher, read_forms(forms), read_forms(held))
    with replacing(output) as stream:
        stream.write(fitted.to_json().encode())
    table = Table(title=f"{fitted.measured} forms: {fitted.how}; 95 % bootstrap intervals", title_justify="left")
    for column in ("figure", *SYSTEMS, "gain"):
        table.add_column(column)
    for name, each in fitted.figures.items():
        cells = [_figure(each[system]) for system in SYSTEMS]
        table.add_row(name, *cells, _figure(fitted.gains.get(name, [])))
    Console(highlight=False).print(table)


def _figure(values: Sequence[float]) -> str:
    if len(values) < len(("mean", "low", "high")):
        return "".join(f"{value:g}" for value in values)
    return f"{values[0]:.3f} [{values[1]:.3f}, {values[2]:.3f}]"


def train_command(output: Path, benchmark: Path | None, recipe: OrientationRecipe, settings: Settings) -> None:
    """Train an adapter, write its folder, and print the held-out figures."""
    show(train(output, benchmark=benchmark, recipe=recipe, settings=settings, progress=_progress))


def train_pairs_command(output: Path, benchmark: Path | None, recipe: PairRecipe, settings: Settings) -> None:
    """Train the model that compares tasks, write its folder, and print the held-out figures."""
    reached = train_pairs(
        output,
        benchmark=benchmark,
        recipe=recipe,
        settings=settings,
        progress=lambda done, total, loss: _progress("pair", done, total, loss),
    )
    _show_pairs(reached)


def train_reading_command(output: Path, benchmark: Path | None, recipe: ReadingRecipe, settings: Settings) -> None:
    """Train the cross-encoder that reads two tasks together, write its folder, and print the held-out figures."""
    _show_pairs(train_reading(output, benchmark=benchmark, recipe=recipe, settings=settings, progress=_progress))


def _show_pairs(reached: PairFigures) -> None:
    table = Table(title="Held-out families of pairs; 95 % bootstrap intervals", title_justify="left")
    table.add_column("figure")
    table.add_column("value")
    for name in ("average_precision", "f1", "siblings_above", "same_work", "kind_right", "ece"):
        table.add_row(name, str(getattr(reached, name)))
    table.add_row("false alarms per 100 proposals", f"{reached.false_alarms:.1f}")
    Console(highlight=False).print(table)


def show(fitted: Calibration) -> None:
    """Print held-out figures, a line an announcement and kind of judgment."""
    table = Table(title="Held out; 95 % bootstrap intervals", title_justify="left")
    table.add_column("judgments")
    metrics = ("ndcg@5", "precision@1", "recall@3", "macro_recall@3")
    for metric in ("n", *metrics):
        table.add_column(metric, justify="right")
    for name, each in fitted.ranking.items():
        cells = [f"{each[m].mean:.3f}\n[{each[m].low:.3f}, {each[m].high:.3f}]" for m in metrics]
        table.add_row(name, str(each["ndcg@5"].n), *cells)
    Console().print(table)
    for name, value in fitted.figures.items():
        click.echo(f"{name}: {value:.3f}")


def _progress(model: str, done: int, total: int, loss: float) -> None:
    if done % _EVERY == 0 or done == total:
        click.echo(f"{model} model: step {done} of {total}, loss {loss:.3f}", err=True)
