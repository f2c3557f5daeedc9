"""`read_rounds`: what the user names becomes rounds, one a year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from matcher.errors import InputError
from matcher.proposal import read_register
from matcher.records import Announcement, Assessment, Problem, Proposal
from matcher.register.task import past_task
from matcher.reporting import FileNote
from matcher.settings import Settings
from matcher.trends.announcements import Announcements
from matcher.trends.checks import check_rounds
from matcher.trends.dating import year_of_run
from matcher.trends.joining import JoinedRuns, joined_tasks
from matcher.trends.manifests import RunManifest, read_manifest
from matcher.trends.runfile import Outline, RunFile, is_run

_WITH_YEAR = re.compile(r"\s*(\d{1,4})\s*=\s*(.+)", re.DOTALL)
_YEARS = range(1950, 2100)


@dataclass(frozen=True, slots=True)
class Round:
    """One year's proposals (một đợt đề xuất).

    Attributes
    ----------
    year : int
        The year.
    assessments : iterable of Assessment
        Of saved runs, read anew from their files each time; empty where only tables were given.
    size : int
        How many assessments there are.
    tasks : tuple of Proposal
        Of tables and registers: titles with what columns say, and no orientations known.
    announcement : Announcement or None
        What the runs were matched against, if it could be found.
    sources : tuple of str
        The files, in the order given.
    manifests : tuple of RunManifest
        Of the runs that have one.
    notes : tuple of str
        What is to be said about how the round was read, in Vietnamese.
    repeated : int
        Tasks left out since a run's proposal or another table of the year has their title.
    problems : tuple of Problem
        Lines and rows that could not be read.
    """

    year: int
    assessments: Iterable[Assessment]
    size: int
    tasks: tuple[Proposal, ...] = ()
    announcement: Announcement | None = None
    sources: tuple[str, ...] = ()
    manifests: tuple[RunManifest, ...] = ()
    notes: tuple[str, ...] = ()
    repeated: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def source(self) -> str:
        """The files in one line."""
        return ", ".join(self.sources)

    @property
    def manifest(self) -> RunManifest | None:
        """The first run's manifest."""
        return self.manifests[0] if self.manifests else None

    @property
    def announcement_name(self) -> str:
        """The announcement's name, also where its text was not found; "" where no run says."""
        if self.announcement is not None:
            return self.announcement.name
        return self.manifest.announcement if self.manifest else ""

    @property
    def is_assessed(self) -> bool:
        """Whether orientations are known of any proposal."""
        return self.size > 0

    def proposals(self) -> Iterator[Proposal]:
        """Return all proposals and past tasks of the year, those of runs first."""
        for assessment in self.assessments:
            yield assessment.proposal
        yield from self.tasks


@dataclass(frozen=True, slots=True)
class _Part:
    """What one file gives to one year: a run, or tasks."""

    year: int
    source: str
    run: tuple[RunFile, Outline] | None = None
    tasks: tuple[Proposal, ...] = ()
    manifest: RunManifest | None = None
    announcement: Announcement | None = None
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_rounds(
    arguments: Sequence[str], settings: Settings | None = None, *, announcements: Sequence[str] = ()
) -> tuple[Round, ...]:
    """Read rounds of proposals, in the order of their years.

    Parameters
    ----------
    arguments : sequence of str
        Each an output of `matcher match` (`.jsonl`, its manifest beside it), a table of proposals or past tasks with a
        column of years, or either of them as `YEAR=FILE`. A run is of one year; in a table the column of years wins,
        and YEAR is for rows that name none. Files of one year are joined.
    settings : Settings, optional
        Its limits on input count.
    announcements : sequence of str
        Names or files of announcements, to be found by the runs that answered them; a built-in one, and one beside the
        run, is found by itself.

    Raises
    ------
    InputError
        Where a file cannot be read or has no year, where runs do not compare (`check_rounds`), or nothing was given.
    """
    if not arguments:
        raise InputError("chưa nêu lượt chạy nào", cure="Nêu các tệp .jsonl do `matcher match` ghi, hoặc NĂM=TỆP.")
    found = Announcements(announcements)
    parts: list[_Part] = []
    seen: dict[str, str] = {}
    for argument in arguments:
        year, path = _split(argument)
        digest = FileNote.of(path).sha256 if path.is_file() else ""
        if digest and digest in seen:
            note = f"{path.name} giống hệt {seen[digest]}, từng byte: chỉ tính một lần."
            parts[-1:] = [_noted(parts[-1], note)]
            continue
        seen[digest] = path.name
        parts += [_run(path, year, found)] if is_run(path) else _table(path, year, settings or Settings())
    rounds = tuple(_joined([part for part in parts if part.year == year]) for year in sorted({p.year for p in parts}))
    check_rounds(rounds)
    return rounds


def _split(argument: str) -> tuple[int | None, Path]:
    """Take `YEAR=FILE` apart."""
    match = _WITH_YEAR.fullmatch(argument)
    if match is None or Path(argument).exists():
        return None, Path(argument)
    year = int(match[1])
    if year not in _YEARS:
        raise InputError(f"năm {match[1]} không hợp lệ", file=match[2], cure="Nêu năm bốn chữ số, ví dụ 2024=TỆP.")
    return year, Path(match[2].strip())


def _run(path: Path, given: int | None, announcements: Announcements) -> _Part:
    run = RunFile(path)
    outline = run.outline()
    manifest = read_manifest(path)
    announcement, notes = None, []
    if manifest is None:
        notes.append(f"{path.name} không có tệp kê khai bên cạnh: không rõ mô hình và thông báo đã dùng.")
    else:
        announcement, note = announcements.of(manifest, path, outline.orientations)
        notes += [note] if note else []
        if manifest.output_hash not in ("", outline.sha256):
            notes.append(
                f"{path.name} không còn đúng như tệp kê khai của nó: đã bị sửa, hoặc tệp kê khai của lượt khác."
            )
    year, basis = (
        (given, "") if given else year_of_run(path, outline.years, len(outline.titles), announcement, manifest)
    )
    if basis:
        notes.append(f"{path.name}: tính cho năm {year}, theo {basis}.")
    if outline.problems:
        places = "; ".join(problem.where.rpartition(", ")[2] for problem in outline.problems[:5])
        notes.append(f"{path.name}: bỏ qua {len(outline.problems)} dòng hỏng ({places}).")
    return _Part(year, path.name, (run, outline), (), manifest, announcement, tuple(notes), outline.problems)


def _table(path: Path, given: int | None, settings: Settings) -> list[_Part]:
    """Share a table's rows out to their years."""
    register = read_register(path, settings=settings)
    by_year: dict[int, list[Proposal]] = {}
    undated = 0
    for row in register.tasks:
        task, _ = past_task(row, year=given)
        if task.year is None:
            undated += 1
        else:
            by_year.setdefault(task.year, []).append(task.to_proposal(register.name))
    if not by_year:
        cure = f"Thêm cột «năm», hoặc nêu năm của cả bảng: NĂM={path.name}, ví dụ 2024={path.name}."
        raise InputError("danh mục không có năm: không có cột năm, hoặc không ô nào đọc được", file=path, cure=cure)
    notes = [f"{path.name} là bảng nhiệm vụ: chỉ dùng tên và các cột, không rõ định hướng nào được trả lời."]
    if undated:
        notes.append(f"{path.name}: {undated} dòng không nêu năm, không tính vào năm nào; nêu NĂM={path.name} để tính.")
    parts = [_Part(year, path.name, tasks=tuple(tasks)) for year, tasks in sorted(by_year.items())]
    return [replace(parts[0], notes=tuple(notes), problems=register.problems), *parts[1:]]


def _noted(part: _Part, note: str) -> _Part:
    return replace(part, notes=(*part.notes, note))


def _joined(parts: Sequence[_Part]) -> Round:
    """Join what several files have of one year."""
    runs = [(part, *part.run) for part in parts if part.run]
    joined = JoinedRuns([(run, outline.titles) for _, run, outline in runs])
    manifests = tuple(part.manifest for part, *_ in runs if part.manifest is not None)
    announcements = [part.announcement for part, *_ in runs if part.announcement is not None]
    titles = [title for *_, outline in runs for title in outline.titles.values()]
    tasks, repeated = joined_tasks([part.tasks for part in parts], titles)
    notes = [*(note for part in parts for note in part.notes), *joined.notes]
    return Round(
        year=parts[0].year,
        assessments=joined,
        size=len(joined),
        tasks=tasks,
        announcement=announcements[0] if announcements else None,
        sources=tuple(part.source for part in parts),
        manifests=manifests,
        notes=tuple(notes),
        repeated=repeated,
        problems=tuple(problem for part in parts for problem in part.problems),
    )
