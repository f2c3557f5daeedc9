"""One pass over the rounds: what of each proposal is counted, and what each year asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from matcher.records import Announcement, Assessment, DuplicatePair, Match, Proposal, State


class RoundLike(Protocol):
    """What is needed of a `matcher.trends.rounds.Round`."""

    @property
    def year(self) -> int:
        """The year."""

    @property
    def assessments(self) -> Iterable[Assessment]:
        """What saved runs say, readable as often as wanted."""

    @property
    def tasks(self) -> Sequence[Proposal]:
        """Past tasks and proposals of which only a table is known."""

    @property
    def announcement(self) -> Announcement | None:
        """What the runs answered, where its text was found."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A proposal of a year, or a past task, of which no `state` is known.

    `orientation` is the one that it answers: the best match of an aligned proposal, and no other. So each counts once
    at most, what a person must look at counts for no orientation, and what is no proposal counts nowhere. `codes` are
    those of its form's problems, None where it came without a form. `nearest` is the best match also of a proposal that
    a person must look at: shown, but never counted as an answer.
    """

    year: int
    proposal: Proposal
    state: State | None = None
    orientation: str = ""
    codes: frozenset[str] | None = None
    duplicates: tuple[DuplicatePair, ...] = ()
    nearest: str = ""

    @property
    def counts(self) -> bool:
        """Whether it is a proposal that was read and judged, of which shares are taken."""
        return self.state not in (None, State.INVALID)


@dataclass(frozen=True, slots=True)
class Bullet:
    """An orientation as one year's announcement has it; `plan` is "" where nothing ties it to one."""

    id: str
    text: str
    field: int
    field_name: str
    plan: str
    plan_title: str


def gather(rounds: Sequence[RoundLike]) -> tuple[tuple[Entry, ...], Mapping[int, tuple[Bullet, ...]]]:
    """Return every proposal and task of the rounds, and what was asked for in the years of which that is known.

    Where an announcement's text was not found, its orientations are those that the matches name, by their ids alone.
    """
    entries: list[Entry] = []
    asked: dict[int, dict[str, Bullet]] = {}
    for each in rounds:
        bullets = asked.setdefault(each.year, {})
        if each.announcement is not None:
            bullets.update({bullet.id: bullet for bullet in _bullets(each.announcement)})
        for assessment in each.assessments:
            entries.append(_entry(each.year, assessment))
            if each.announcement is None:
                for match in assessment.matches:
                    bullets.setdefault(match.orientation, _named(match))
        entries += (Entry(each.year, task) for task in each.tasks)
    return tuple(entries), {year: tuple(found.values()) for year, found in asked.items() if found}


def proposals_a_year(entries: Iterable[Entry], years: Iterable[int]) -> dict[int, int]:
    """Return how many proposals each year's shares are taken of."""
    totals = dict.fromkeys(sorted(set(years)), 0)
    for entry in entries:
        totals[entry.year] += entry.counts
    return totals


def _entry(year: int, assessment: Assessment) -> Entry:
    best = min(assessment.matches, key=lambda match: match.rank, default=None)
    state = assessment.flag.state
    return Entry(
        year=year,
        proposal=assessment.proposal,
        state=state,
        orientation=best.orientation if best is not None and state is State.ALIGNED else "",
        codes=_codes(assessment),
        duplicates=assessment.duplicates,
        nearest=best.orientation if best is not None and state in (State.ALIGNED, State.UNCERTAIN) else "",
    )


def _codes(assessment: Assessment) -> frozenset[str] | None:
    if assessment.proposal.form is None and not assessment.form.items:
        return None
    return frozenset(code for problem in assessment.form.problems if (code := str(problem.get("code", ""))))


def _bullets(announcement: Announcement) -> list[Bullet]:
    fields = {field.id: field.name for field in announcement.fields}
    found = []
    for orientation in announcement.orientations:
        plan, _ = announcement.plan_of(orientation)
        citation = orientation.main_citation
        found.append(
            Bullet(
                id=orientation.id,
                text=orientation.text,
                field=orientation.field,
                field_name=fields.get(orientation.field, ""),
                plan=citation.plan if citation else "",
                plan_title=plan.title if plan else "",
            )
        )
    return found


def _named(match: Match) -> Bullet:
    return Bullet(match.orientation, match.orientation, match.field, "", match.plan.id, match.plan.title)
