"""`matcher evaluate`: figures with intervals, beside baselines where asked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from matcher.announcement import find_announcement
from matcher.evaluation import check_orientations, evaluate, gather_judgments, read_judgments, read_results, score
from matcher.evaluation.comparison import baseline_rankings, best_baseline, our_results, require_baselines
from matcher.evaluation.judgments import Judgment
from matcher.evaluation.labels import label
from matcher.evaluation.page import Outcome, page_of
from matcher.evaluation.robustness import robustness
from matcher.evaluation.tables import tables_of
from matcher.reporting.atomic import probe, replacing
from matcher.settings import Settings


def evaluate_command(
    gold: Sequence[Path],
    predictions: Path | None,
    settings: Settings,
    *,
    baselines: bool,
    json_file: Path | None,
    html_file: Path | None,
) -> None:
    """Print tables of metrics; write them as JSON and as a page where asked."""
    for output in (json_file, html_file):
        if output is not None:
            probe(output)
    if baselines:
        require_baselines()
    outcome = _outcome(gold, predictions, settings, baselines=baselines)
    _show(outcome, settings.language)
    if json_file is not None:
        record = json.dumps(outcome.to_record(), ensure_ascii=False, indent=1, allow_nan=False)
        with replacing(json_file) as stream:
            stream.write((record + "\n").encode())
    if html_file is not None:
        with replacing(html_file) as stream:
            stream.write(page_of(outcome, settings.language).encode())
    if predictions is None:
        click.echo(
            "In-sample for anything fitted on these judgments; out-of-fold figures: `matcher model show`.", err=True
        )


def show_robustness(gold: Sequence[Path], settings: Settings) -> None:
    """Print what ranking loses on titles without diacritics, in capitals, misspelt, cut short."""
    english = settings.language == "en"
    table = Table(
        title="Titles alone; 95 % intervals" if english else "Chỉ dùng tên đề xuất; khoảng tin cậy 95 %",
        title_justify="left",
    )
    table.add_column("Text" if english else "Văn bản")
    table.add_column("nDCG@5")
    table.add_column("Loss" if english else "So với nguyên văn")
    for name, loss in robustness(gather_judgments(gold), settings).items():
        table.add_row(label(name, settings.language), str(loss.ndcg), str(loss.difference or ""))
    Console(highlight=False).print(table)


def _outcome(gold: Sequence[Path], predictions: Path | None, settings: Settings, *, baselines: bool) -> Outcome:
    judgments = gather_judgments(gold)
    announcement = find_announcement(settings.announcement)
    texts = {orientation.id: orientation.text for orientation in announcement.orientations}
    results = read_results(predictions) if predictions else None
    ranked = results.orientations if results else frozenset()
    check_orientations(judgments, ranked | texts.keys(), announcement=announcement.name)
    if results is None:
        results = our_results(judgments, settings)
    results.check_complete(judgments, predictions)
    outcome = Outcome(
        announcement=announcement.name,
        gold=[(file.name, len(read_judgments(file))) for file in gold],
        system=predictions.name if predictions else "matcher",
        evaluation=score(judgments, results),
        texts=texts if ranked <= texts.keys() else {},
    )
    return _beside_baselines(outcome, judgments, results.rankings, settings) if baselines else outcome


def _beside_baselines(
    outcome: Outcome, judgments: Sequence[Judgment], ours: Mapping[str, Sequence[str]], settings: Settings
) -> Outcome:
    rankings = baseline_rankings(judgments, settings)
    figures = {name: evaluate(judgments, [each[j.id] for j in judgments]) for name, each in rankings.items()}
    name, difference = best_baseline(judgments, ours, rankings)
    return replace(outcome, baselines=figures, best_baseline=name, difference=difference)


def _show(outcome: Outcome, language: str) -> None:
    console, counts, english = Console(highlight=False), outcome.evaluation.counts, language == "en"
    head = (
        f"{outcome.announcement}: {counts.judged} judged proposals, {counts.inside} inside, {counts.outside} outside; "
        f"{counts.synthetic} of them synthetic"
        if english
        else f"{outcome.announcement}: {counts.judged} đề xuất đã có người đánh giá, {counts.inside} trong định hướng, "
        f"{counts.outside} ngoài định hướng; {counts.synthetic} đề xuất là tổng hợp (synthetic)"
    )
    console.print(head, markup=False)
    for table in tables_of(outcome, language):
        console.print(table)
