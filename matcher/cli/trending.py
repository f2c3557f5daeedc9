"""`matcher trends`: the yearly analysis of saved runs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from matcher.settings import Settings
from matcher.trends.analysis import analyse
from matcher.trends.report import check_trend_outputs, summary, write_trends
from matcher.trends.rounds import Round, read_rounds

_SOME_FAILED = 1
#: Problems listed one by one; the rest is counted.
_LISTED = 50
_STAGES = {
    "read": "Đọc các lượt chạy",
    "gather": "Gom đề xuất",
    "count": "Đếm",
    "topics": "Tìm chủ đề",
    "resubmissions": "Tìm nhiệm vụ nộp lại",
    "trends": "Xét xu hướng",
    "suggestions": "Đặt câu hỏi",
    "outputs": "Ghi báo cáo",
}


def trends_command(
    runs: Sequence[str],
    outputs: Sequence[Path],
    announcements: Sequence[str],
    settings: Settings,
    *,
    topics: bool = True,
) -> int:
    """Analyse the runs and write the reports; return 1 where some lines could not be read, else 0."""
    check_trend_outputs(outputs, [Path(run.rpartition("=")[2]) for run in runs])
    with _progress() as progress:
        progress("read", 0, 1)
        rounds = read_rounds(runs, settings, announcements=announcements)
        analysis = analyse(rounds, settings=settings, topics=topics, progress=progress)
        for done, output in enumerate(outputs):
            progress("outputs", done, len(outputs))
            write_trends(analysis, output, office=_office(rounds))
    for line in summary(analysis):
        click.echo(line)
    for note in analysis.notes:
        click.echo(note, err=True)
    for output in outputs:
        click.echo(f"Đã ghi {output}", err=True)
    return _report_problems(rounds)


def _office(rounds: Sequence[Round]) -> str:
    """Return who issued the latest announcement that is known."""
    known = [each.announcement.issuer for each in rounds if each.announcement is not None]
    return known[-1] if known else ""


def _report_problems(rounds: Sequence[Round]) -> int:
    problems = [problem for each in rounds for problem in each.problems]
    for problem in problems[:_LISTED]:
        click.echo(f"{problem.where}: {problem.message}", err=True)
    if (more := len(problems) - _LISTED) > 0:
        click.echo(f"… và {more} chỗ khác không đọc được.", err=True)
    return _SOME_FAILED if problems else 0


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show the stage under way on a terminal, and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(stage: str, done: int, total: int) -> None:
            bar.update(task, description=_STAGES.get(stage, stage), completed=done, total=total or None)

        yield show
