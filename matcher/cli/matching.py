"""`matcher match` and `matcher duplicates`: the main job on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from matcher.announcement import find_announcement
from matcher.cli.searching import write_report
from matcher.matching import Matcher, is_calibrated
from matcher.proposal import read_proposals
from matcher.records import DuplicatePair, Problem, Status
from matcher.register import find_registers
from matcher.reporting import Report, json_line, worklist
from matcher.reporting.atomic import replacing
from matcher.reporting.search import check_search_output
from matcher.running import Request, Run, Tally, find_pairs, silent
from matcher.settings import Settings

SOME_FAILED = 1
_UNCALIBRATED = (
    "Mô hình {model} chưa được hiệu chỉnh: thứ hạng dùng được, xác suất và trạng thái thì chưa. "
    "Hiệu chỉnh bằng: matcher calibrate DANH-GIA.jsonl --model {model} --output {model}/fusion.json"
)
_STAGES = {
    "vi": {
        "prepare": "Chuẩn bị mô hình",
        "read": "Đọc phiếu",
        "assess": "Đối chiếu",
        "duplicates": "Tìm trùng lặp",
        "outputs": "Ghi kết quả",
    },
    "en": {
        "prepare": "Preparing models",
        "read": "Reading",
        "assess": "Matching",
        "duplicates": "Looking for duplicates",
        "outputs": "Writing",
    },
}
#: Of the proposals of a run: taken over from the earlier output, worked out now, not readable.
_TAKEN_OVER = {
    "vi": ("{} lấy lại từ lần chạy trước", "{} mới", "{} không đọc được"),
    "en": ("{} taken over from the earlier run", "{} new", "{} unreadable"),
}


def match_command(
    proposals: Sequence[Path],
    registers: Sequence[Path],
    outputs: Sequence[Path],
    settings: Settings,
    *,
    quiet: bool,
    pages: Path | None = None,
) -> int:
    """Run the main job; return 0, or 1 where some inputs failed or were read in part."""
    if not is_calibrated(settings.model):
        click.echo(_UNCALIBRATED.format(model=settings.model), err=True)
    request = Request(tuple(proposals), tuple(registers), tuple(outputs), settings, pages)
    with _progress(settings.language, quiet=quiet) as progress:
        progress("prepare", 0, 0)
        begun = Run(request)
    with begun as run:  # its journal is what the report reads: it must stay while the worklist is shown
        _warn(run.register_problems)
        with _progress(settings.language, quiet=quiet) as progress:
            report = run.finish(progress)
        if not quiet:
            _say_taken_over(run.tally, settings.language)
            worklist(report, Console(), [*outputs, *([pages] if pages else [])])
        return _report_failures(report)


def duplicates_command(
    proposals: Sequence[Path],
    registers: Sequence[Path],
    output: Path,
    settings: Settings,
    *,
    report: Path | None = None,
) -> int:
    """Write the duplicate pairs alone, one a line, and the search report where one is asked for."""
    if report is not None:
        check_search_output(report, (*proposals, *registers, output))
    announcement = find_announcement(settings.announcement)
    read = list(read_proposals(proposals, settings=settings, form=announcement.form))
    searched = find_registers(registers, settings)
    _warn([problem for each in searched if not each.file for problem in each.register.problems])
    matcher = Matcher.from_announcement(announcement, settings)
    pairs = find_pairs(read, searched, settings, matcher=matcher)
    with replacing(output) as stream:
        for pair in pairs:
            stream.write(json_line(_pair_record(pair)))
    if report is not None:
        write_report(report, read, searched, pairs, matcher)
    failed = [proposal for proposal in read if proposal.status is not Status.OK]
    for proposal in failed:
        for problem in proposal.problems:
            click.echo(f"{proposal.source.file}: {problem.message}", err=True)
    return SOME_FAILED if failed else 0


def _say_taken_over(tally: Tally, language: str) -> None:
    """Say what was not done again; nothing where all is new."""
    if tally.taken_over:
        counts = (tally.taken_over, tally.fresh, tally.failed)
        parts = [text.format(count) for text, count in zip(_TAKEN_OVER[language], counts, strict=True) if count]
        click.echo(", ".join(parts) + ".", err=True)


def _warn(problems: Sequence[Problem]) -> None:
    for problem in problems:
        click.echo(problem.message, err=True)


def _pair_record(pair: DuplicatePair) -> dict[str, object]:
    return {
        "a": pair.a,
        "b": pair.b,
        "source": pair.source,
        "kind": pair.kind.value,
        "probability": round(pair.probability, 6),
        "reasons": [{"part": r.part, "weight": r.weight, "note": r.note} for r in pair.reasons],
        "cluster": pair.cluster,
    }


def _report_failures(report: Report) -> int:
    for failure in report.summary.failures:
        for problem in failure.problems:
            where = f", {problem.where}" if problem.where and problem.where != failure.source.file else ""
            row = f", dòng {failure.source.row}" if failure.source.row else ""
            click.echo(f"{failure.source.file}{row}{where}: {problem.message}", err=True)
    return SOME_FAILED if report.summary.failed or report.summary.partial else 0


def _progress(language: str, *, quiet: bool) -> AbstractContextManager[Callable[[str, int, int], None]]:
    """Return a context that shows progress with an estimate on a terminal, and nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        return nullcontext(silent)
    return _Bar(language)


class _Bar:
    def __init__(self, language: str) -> None:
        self._names = _STAGES[language]
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._tasks: dict[str, int] = {}

    def __enter__(self) -> Callable[[str, int, int], None]:
        self._bar.start()
        return self._show

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def _show(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bar.add_task(self._names[stage], total=total or None)
        self._bar.update(self._tasks[stage], completed=done, total=total or None)  # type: ignore[arg-type]
