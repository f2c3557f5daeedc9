"""`analyse`: rounds in, the yearly analysis out. It composes the parts and holds no statistics of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from matcher.errors import InputError
from matcher.matching import Matcher
from matcher.records import State
from matcher.running import Progress, silent
from matcher.settings import Settings
from matcher.trends import demand, tallies
from matcher.trends.announcements import text_hash
from matcher.trends.checks import notes_on
from matcher.trends.gathering import Bullet, Entry, gather, proposals_a_year
from matcher.trends.movement import judge
from matcher.trends.places import home_of
from matcher.trends.records import Analysis, Flow, Movement
from matcher.trends.resubmissions import find_resubmissions
from matcher.trends.rounds import Round
from matcher.trends.subjects import find_subjects
from matcher.trends.suggestions import suggest

#: Parts of an analysis whose series are looked at together, and judged so.
_SERIES = ("states", "orientations", "fields", "plans", "topics", "organisations", "districts", "form_problems")


@dataclass(slots=True)
class _Models:
    """A matcher, made when something first needs one: an analysis of one year without topics needs none."""

    rounds: Sequence[Round]
    settings: Settings
    made: Matcher | None

    def __call__(self) -> Matcher:
        if self.made is None:
            known = [each.announcement for each in self.rounds if each.announcement is not None]
            self.made = Matcher.from_announcement(known[-1] if known else self.settings.announcement, self.settings)
        return self.made


def analyse(
    rounds: Sequence[Round],
    *,
    settings: Settings | None = None,
    topics: bool = True,
    matcher: Matcher | None = None,
    progress: Progress = silent,
) -> Analysis:
    """Analyse rounds of proposals over the years.

    Parameters
    ----------
    rounds : sequence of Round
        Of `matcher.trends.rounds.read_rounds`; one a year.
    settings : Settings, optional
        The model by which works of different years, wordings and topics are compared; thresholds of duplicates.
    topics : bool
        Whether topics and groups of outside proposals are looked for.
    matcher : Matcher, optional
        One that is there already; else one is made where it is needed.
    progress : callable
        Called with a stage's name, how much of it is done, and how much there is.

    Raises
    ------
    InputError
        Where there is no round.
    ModelError
        Where the model cannot be had.
    """
    if not rounds:
        raise InputError("chưa có đợt nào để phân tích", cure="Nêu các tệp .jsonl do `matcher match` ghi.")
    rounds = sorted(rounds, key=lambda each: each.year)
    models = _Models(rounds, settings or Settings(), matcher)
    entries, asked = _staged("gather", progress, lambda: gather(rounds))
    found = _staged("count", progress, lambda: _counted(rounds, entries, asked, models))
    years = {entry.year for entry in entries}
    finder = models() if len(years) > 1 else None
    again = _staged("resubmissions", progress, lambda: find_resubmissions(entries, finder, models.settings))
    found = replace(found, resubmissions=again)
    if topics:
        encoder = models().task_encoder
        subjects, outside, points = _staged("topics", progress, lambda: find_subjects(entries, asked, encoder))
        found = replace(found, topics=subjects, outside=outside, points=points)
    found = judged_together(found)
    latest = next((each.announcement for each in reversed(rounds) if each.announcement is not None), None)
    found = replace(found, suggestions=suggest(found.orientations, found.outside, latest))
    return replace(found, notes=(*notes_on(rounds), *_notes(entries, topics)))


def judged_together(analysis: Analysis) -> Analysis:
    """Return the analysis with all its series judged as one family, so that few are named by chance."""
    rows = [row for name in _SERIES for row in getattr(analysis, name)]
    movements = iter(judge([row.movement for row in rows]))
    changed: dict[str, Any] = {name: _moved(getattr(analysis, name), movements) for name in _SERIES}
    return replace(analysis, **changed)


def _moved(rows: Iterable[Any], movements: Iterator[Movement]) -> tuple[Any, ...]:
    return tuple(replace(row, movement=next(movements)) for row in rows)


_Found = TypeVar("_Found")


def _staged(stage: str, progress: Progress, work: Callable[[], _Found]) -> _Found:
    progress(stage, 0, 1)
    found = work()
    progress(stage, 1, 1)
    return found


def _counted(
    rounds: Sequence[Round], entries: Sequence[Entry], asked: Mapping[int, tuple[Bullet, ...]], models: _Models
) -> Analysis:
    years = tuple(each.year for each in rounds)
    totals = proposals_a_year(entries, years)
    tasks = Counter(entry.year for entry in entries if entry.state is None)
    threads = _threads(rounds, asked, models)
    home = next((name for each in reversed(rounds) if (name := home_of(each.announcement))), "")
    return Analysis(
        years=years,
        proposals={year: totals[year] or tasks[year] for year in years},
        states=tallies.states(entries),
        orientations=demand.by_orientation(entries, asked, totals, threads),
        fields=demand.by_field(entries, asked, totals),
        plans=demand.by_plan(entries, asked, totals),
        topics=(),
        outside=(),
        resubmissions=(),
        organisations=tallies.organisations(entries, home),
        districts=tallies.districts(entries, home),
        form_problems=tallies.form_problems(entries),
        budgets=tallies.budgets(entries),
        durations=tallies.durations(entries),
        suggestions=(),
        flows=_flows(entries, asked, threads),
    )


def _threads(rounds: Sequence[Round], asked: Mapping[int, tuple[Bullet, ...]], models: _Models) -> demand.Threads:
    """Return which orientations are one over the years; of an announcement without text, none is one of another's."""
    known = {each.year: each.announcement for each in rounds if each.announcement is not None}
    names = {each.announcement_name for each in rounds if each.year in asked}
    if len({text_hash(each) for each in known.values()}) <= 1 and len(names) <= 1:
        return demand.NO_THREADS
    from matcher.trends.alignment import align

    threads = {(year, bullet.id): f"{year}:{bullet.id}" for year, bullets in asked.items() for bullet in bullets}
    if known:
        threads |= align(known, models().encoder).mapping()
    return threads


def _flows(
    entries: Iterable[Entry], asked: Mapping[int, tuple[Bullet, ...]], threads: demand.Threads
) -> tuple[Flow, ...]:
    plans = {(year, bullet.id): bullet.plan for year, bullets in asked.items() for bullet in bullets}
    counted: Counter[tuple[str, str, str]] = Counter()
    for entry in entries:
        if entry.state is not None:
            key = (entry.year, entry.nearest)
            orientation = threads.get(key, entry.nearest) if key in plans else ""
            counted[plans.get(key, ""), orientation, entry.state.value] += 1
    return tuple(Flow(*key, count) for key, count in sorted(counted.items()))


def _notes(entries: Sequence[Entry], topics: bool) -> Iterator[str]:
    unsure = sum(entry.state is State.UNCERTAIN for entry in entries)
    if unsure:
        yield f"{unsure} đề xuất «cần xem xét» không tính cho định hướng nào, nhưng vẫn nằm trong tổng số."
    invalid = sum(entry.state is State.INVALID for entry in entries)
    if invalid:
        yield f"{invalid} mục không phải là đề xuất, hoặc không đọc được, không tính vào tỷ lệ nào."
    if not topics:
        yield "Không tìm chủ đề, theo yêu cầu của lần phân tích này."
