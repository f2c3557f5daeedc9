"""`matcher evaluate`: figures with intervals, beside baselines where asked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from matcher.errors import InputError
from matcher.evaluation import Interval, Judgment, evaluate, read_judgments
from matcher.evaluation.comparison import baseline_rankings, our_results
from matcher.evaluation.metrics import auroc, expected_calibration_error, fpr_at_95
from matcher.evaluation.results import Results, read_results
from matcher.reporting.atomic import replacing
from matcher.settings import Settings

_NAMES = {
    "ndcg@5": "nDCG@5", "precision@1": "P@1", "recall@3": "recall@3 (grade 2)", "mrr": "MRR",
    "macro_recall@3": "recall@3, mean over orientations",
}  # fmt: skip


def evaluate_command(
    gold: Path, predictions: Path | None, settings: Settings, *, baselines: bool, json_file: Path | None
) -> None:
    """Print a table of metrics, one line a system; write them as JSON where asked."""
    judgments = read_judgments(gold)
    results = read_results(predictions) if predictions else our_results(judgments, settings)
    missing = [j.id for j in judgments if j.id not in results.rankings]
    if missing:
        raise InputError(
            f"lacks {len(missing)} of the judged proposals ({', '.join(missing[:5])}…)",
            file=predictions,
            cure="Match the proposals of the gold file first.",
        )
    systems = {"matcher": _rows(judgments, results.rankings)}
    if baselines:
        for name, rankings in baseline_rankings(judgments, settings).items():
            systems[name] = _rows(judgments, rankings)
    console = Console()
    console.print(_table(systems))
    scope = _scope(judgments, results)
    for name, value in scope.items():
        console.print(f"{name}: {value:.3f}")
    if json_file is not None:
        record = {"systems": {n: {k: _plain(v) for k, v in m.items()} for n, m in systems.items()}, "scope": scope}
        with replacing(json_file) as stream:
            stream.write((json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode())
    click.echo("In-sample for anything fitted on these judgments; out-of-fold figures: `matcher model show`.", err=True)


def _rows(judgments: tuple[Judgment, ...], rankings: dict[str, list[str]]) -> dict[str, Interval]:
    return evaluate(judgments, [rankings[j.id] for j in judgments])


def _table(systems: dict[str, dict[str, Interval]]) -> Table:
    first = next(iter(systems.values()))
    n = first["ndcg@5"].n
    table = Table(title=f"{n} proposals with relevant orientations; 95 % bootstrap intervals", title_justify="left")
    table.add_column("system")
    for metric in first:
        table.add_column(_NAMES[metric], justify="right")
    for name, metrics in systems.items():
        table.add_row(name, *(str(interval) for interval in metrics.values()))
    return table


def _scope(judgments: tuple[Judgment, ...], results: Results) -> dict[str, float]:
    off = [j.off_topic for j in judgments]
    figures: dict[str, float] = {}
    if any(off) and not all(off):
        outside = [results.outside[j.id] for j in judgments]
        figures |= {"outside AUROC": auroc(outside, off), "outside FPR@95": fpr_at_95(outside, off)}
    pairs = [(p, j.relevant.get(o, 0) > 0) for j in judgments for o, p in results.probabilities[j.id].items()]
    p, y = zip(*pairs, strict=True)
    figures["ECE over pairs"] = expected_calibration_error(p, y)
    return figures


def _plain(interval: Interval) -> dict[str, Any]:
    return {"mean": interval.mean, "low": interval.low, "high": interval.high, "n": interval.n}


def calibrate_command(gold: Sequence[Path], output: Path, settings: Settings) -> None:
    """Fit the fusion and the scope model, write them, and print the out-of-fold figures."""
    from matcher.evaluation.calibrating import calibrate

    judgments = [judgment for file in gold for judgment in read_judgments(file)]
    fitted = calibrate(judgments, settings, file=gold[0])
    with replacing(output) as stream:
        stream.write(fitted.to_json().encode())
    Console().print(_table({"out of fold": fitted.ranking}))
    for name, value in fitted.figures.items():
        click.echo(f"{name}: {value:.3f}")
