"""`matcher register`: past tasks brought in once and searched by every round after."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from matcher.register import ImportReport, RegisterDatabase, RegisterSummary
    from matcher.settings import Settings

_FILE = click.Path(path_type=Path)
_SOME_FAILED = 1
#: Problems listed one by one; the rest is counted.
_LISTED = 200
_DATABASE = click.option("--db", "database", type=_FILE, help="The database file  [in the user's data folder]")
_YEAR = click.option("--year", type=click.IntRange(1950, 2099), help="For tasks that name no year.")
_NOTE = click.option("--note", default="", help="Where it is from and under which licence.")


@click.group()
def register() -> None:
    """Keep past tasks, to compare every proposal with.

    Danh mục nhiệm vụ đã và đang thực hiện: nhập một lần, tra cứu mọi đợt.
    """


@register.command("import")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--name", default="", help="Of the register; the file's own if left out.")
@_YEAR
@click.option("--status", default="", help="For tasks that name none, such as «đã nghiệm thu».")
@_NOTE
@_DATABASE
@click.pass_context
def import_command(
    context: click.Context,
    files: tuple[Path, ...],
    name: str,
    year: int | None,
    status: str,
    note: str,
    database: Path | None,
) -> int:
    """Import tables of past tasks: .csv .xlsx .jsonl, FILES.

    A second import of a table adds nothing; an interrupted one is taken up by the same command. Headings may be those
    of proposals or of the national register, in any order. Names of persons are not kept.
    """
    from matcher.errors import InputError
    from matcher.register import import_file

    settings, kept = _opened(context, database)
    failed: list[InputError] = []
    partly = False
    for file in files:
        try:
            with _progress(file) as progress:
                report = import_file(
                    kept, file, name=name, year=year, status=status, note=note, settings=settings, progress=progress
                )
        except InputError as err:
            failed.append(err)
            click.echo(str(err), err=True)
            continue
        _show(report)
        partly = partly or bool(report.failed or report.problems or not report.complete)
    if len(failed) == len(files):
        return 2
    return _SOME_FAILED if failed or partly else 0


@register.command("list")
@click.option("--json", "json_file", type=_FILE, help="Write the list as JSON.")
@_DATABASE
@click.pass_context
def list_command(context: click.Context, json_file: Path | None, database: Path | None) -> None:
    """List the registers with their sizes, years, dates and files."""
    _, kept = _opened(context, database)
    registers = kept.registers()
    if json_file is not None:
        _write_json(json_file, registers)
    if not registers:
        click.echo("Chưa nhập danh mục nào. Nhập bằng: matcher register import TỆP --name TÊN", err=True)
    for each in registers:
        click.echo(_line(each))


@register.command("add")
@click.argument("run", type=_FILE)
@click.option("--name", required=True, help="Of the register; made where it is new.")
@_YEAR
@click.option("--status", default="đề xuất", show_default=True, help="For proposals that name none.")
@_NOTE
@_DATABASE
@click.pass_context
def add_command(
    context: click.Context, run: Path, name: str, year: int | None, status: str, note: str, database: Path | None
) -> int:
    """Add the proposals of a saved RUN (.jsonl of `match`), so that later rounds are compared with them."""
    from matcher.records import State
    from matcher.register import add_proposals
    from matcher.reporting import AssessmentFile

    _, kept = _opened(context, database)
    assessments = list(AssessmentFile(run).best(1))
    proposals = [each.proposal for each in assessments if each.flag.state is not State.INVALID]
    if passed_over := len(assessments) - len(proposals):
        click.echo(f"Bỏ qua {passed_over} mục không phải đề xuất hoặc không đọc được.", err=True)
    report = add_proposals(kept, proposals, name=name, source=run.name, year=year, status=status, note=note)
    _show(report)
    return _SOME_FAILED if report.failed else 0


@register.command("remove")
@click.argument("name")
@_DATABASE
@click.pass_context
def remove_command(context: click.Context, name: str, database: Path | None) -> None:
    """Take the register NAME out of the database."""
    _, kept = _opened(context, database)
    click.echo(f"Đã xóa danh mục «{name}»: {kept.remove(name)} nhiệm vụ.")


def _opened(context: click.Context, database: Path | None) -> tuple[Settings, RegisterDatabase]:
    from matcher.register import RegisterDatabase
    from matcher.settings import Settings

    settings = Settings.load(context.obj)
    return settings, RegisterDatabase.of(settings, database)


def _show(report: ImportReport) -> None:
    """Print how an import went: the outcome on stdout, what needs a person on stderr."""
    if report.resumed:
        click.echo(f"{report.file}: lần nhập trước chưa xong, đã làm tiếp.", err=True)
    if report.not_kept:
        names = ", ".join(f"«{name}»" for name in report.not_kept)
        click.echo(f"{report.file}: không lưu cột có tên người: {names}.", err=True)
    for problem in report.problems[:_LISTED]:
        click.echo(f"{report.file}, {problem.where}: {problem.message}", err=True)
    if (more := len(report.problems) - _LISTED) > 0:
        click.echo(f"{report.file}: … và {more} chỗ khác cần sửa.", err=True)
    counts = {
        "thêm": report.added,
        "cập nhật": report.updated,
        "đã có": report.unchanged,
        "lặp trong bảng": report.repeated,
        "không nhập được": report.failed,
    }
    shown = ", ".join(f"{name} {count}" for name, count in counts.items() if count)
    nothing = "không có gì mới" if report.nothing_new else ""
    click.echo(f"Danh mục «{report.register}»: {'; '.join(part for part in (nothing, shown) if part)}.")


def _line(register: RegisterSummary) -> str:
    years = register.years
    span = "không rõ năm"
    if years.first is not None:
        span = str(years.first) if years.first == years.last else f"{years.first}–{years.last}"
        span += f" ({years.missing} không rõ năm)" if years.missing else ""
    files = ", ".join(f"{each.file} ({each.started[:10]})" for each in register.imports)
    parts = [
        f"{register.name}: {register.tasks} nhiệm vụ, {span}",
        f"cập nhật {register.changed[:10]}",
        f"từ {files}" if files else "",
        "CHƯA NHẬP XONG: nhập lại tệp" if register.unfinished else "",
        register.note,
    ]
    return "; ".join(part for part in parts if part)


def _write_json(file: Path, registers: Sequence[RegisterSummary]) -> None:
    import json

    from matcher.reporting.atomic import replacing

    with replacing(file) as stream:
        records = [each.to_record() for each in registers]
        stream.write(json.dumps(records, ensure_ascii=False, indent=1).encode() + b"\n")


@contextmanager
def _progress(file: Path) -> Iterator[Callable[[int], None] | None]:
    """Show progress with an estimate on a terminal, and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from matcher.proposal import count_inputs

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        total = count_inputs([file])
        task = bar.add_task(f"Nhập {file.name}", total=total)

        def show(done: int) -> None:
            bar.update(task, completed=done, total=max(total, done))

        yield show
