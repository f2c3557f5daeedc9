"""A run's result as one object: the announcement, the assessments as a stream, and what they add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from matcher.records import (
    Announcement,
    Assessment,
    DuplicateKind,
    DuplicatePair,
    Problem,
    Source,
    State,
    Status,
)
from matcher.reporting.assessment_file import AssessmentFile
from matcher.reporting.groups import Group, Grouping
from matcher.reporting.manifest import Manifest, RegisterNote
from matcher.reporting.severity import SEVERITIES, severity_of

#: How many proposals an orientation's coverage names.
EXAMPLES = 12
#: How many failed or partly read proposals are named one by one.
LISTED_FAILURES = 200


@dataclass(frozen=True, slots=True)
class Coverage:
    """How an orientation was answered: proposals whose best match it is, by state.

    `examples` are the first of them: ordinal in the input, from 1, and id.
    """

    aligned: int = 0
    uncertain: int = 0
    examples: tuple[tuple[int, str], ...] = ()

    @property
    def total(self) -> int:
        """Proposals whose best match the orientation is, aligned or uncertain."""
        return self.aligned + self.uncertain


@dataclass(frozen=True, slots=True)
class Failure:
    """A proposal that could not be read, or only in part."""

    id: str
    title: str
    source: Source
    status: Status
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What the assessments of a run add up to.

    Attributes
    ----------
    total : int
        Proposals, failed ones included.
    states : mapping of State to int
        Proposals that were read, by state; with `failed` they add up to `total`.
    failed, partial : int
        Proposals that could not be read, or only in part (these have a state too).
    coverage : mapping of str to Coverage
        By orientation, every one of the announcement, in its order.
    plans : mapping of str to int
        Aligned and uncertain proposals by the plan of their best match; "" where none is named.
    pairs : mapping of DuplicateKind to int
        Pairs above the settings' `duplicate_high`, each once.
    duplicated : int
        Proposals in such a pair of a kind that is a duplicate.
    failures : tuple of Failure
        The first `LISTED_FAILURES` failed or partly read proposals.
    paired : mapping of str to (int, str)
        Ordinal (from 1) and title of the proposals that are in some pair.
    id_width : int
        Code points of the longest id.
    faulty : int
        Proposals whose form has a problem that is an error.
    form_problems : mapping of str to int
        Proposals by code of such a problem, the most frequent first.
    groups : tuple of Group
        Proposals that are one work, to be decided once.
    """

    total: int
    states: Mapping[State, int]
    failed: int
    partial: int
    coverage: Mapping[str, Coverage]
    plans: Mapping[str, int]
    pairs: Mapping[DuplicateKind, int]
    duplicated: int
    failures: tuple[Failure, ...] = ()
    paired: Mapping[str, tuple[int, str]] = field(default_factory=dict, repr=False)
    id_width: int = 0
    faulty: int = 0
    form_problems: Mapping[str, int] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()

    @property
    def answered(self) -> int:
        """Orientations that are the best match of at least one aligned or uncertain proposal."""
        return sum(1 for each in self.coverage.values() if each.total)

    def to_record(self) -> dict[str, Any]:
        """Return the counts as plain values, for the manifest."""
        return {
            "proposals": self.total,
            "failed": self.failed,
            "partial": self.partial,
            "states": {state.value: self.states[state] for state in State},
            "orientations": {name: each.total for name, each in self.coverage.items()},
            "plans": dict(self.plans),
            "pairs": {kind.value: self.pairs[kind] for kind in DuplicateKind},
            "duplicated": self.duplicated,
            "forms": {"faulty": self.faulty, "problems": dict(self.form_problems)},
        }


@dataclass(frozen=True)
class Report:
    """A run's result.

    Parameters
    ----------
    announcement : Announcement
        What the proposals were matched against.
    assessments : iterable of Assessment
        In the order of input; iterated anew by each output, so an iterator will not do: a list, or an
        `AssessmentFile` for runs that do not fit into memory.
    manifest : Manifest
        What the run was made from, its settings and registers among it.
    language : str
        Of what people read: "vi" or "en".
    task_titles : mapping of str to str
        Titles of the registers' tasks that duplicates name.
    """

    announcement: Announcement
    assessments: Iterable[Assessment]
    manifest: Manifest
    language: str = "vi"
    task_titles: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        if isinstance(self.assessments, Iterator):
            raise TypeError("assessments are read more than once: give a list or an AssessmentFile, no iterator")

    @property
    def registers(self) -> tuple[RegisterNote, ...]:
        """The registers that proposals were compared with."""
        return self.manifest.registers

    def best(self, top: int) -> Iterator[Assessment]:
        """Iterate over the assessments, with no less than the best `top` matches of each."""
        if isinstance(self.assessments, AssessmentFile):
            return self.assessments.best(top)
        return iter(self.assessments)

    @cached_property
    def summary(self) -> Summary:
        """What the assessments add up to; one pass, made when first asked for."""
        tally = _Tally(self.announcement, self.manifest.settings.duplicate_high)
        for assessment in self.best(1):
            tally.add(assessment)
        return tally.summary()

    def title_of(self, pair: DuplicatePair, proposal_id: str) -> str:
        """Return the title of one side of a pair; empty where it is not known."""
        if pair.source == "register" and proposal_id == pair.b:
            return self.task_titles.get(proposal_id, "")
        return self.summary.paired.get(proposal_id, (0, ""))[1]


class _Tally:
    """Counts assessments as they stream by."""

    def __init__(self, announcement: Announcement, duplicate_high: float) -> None:
        self._high = duplicate_high
        self._states: Counter[State] = Counter()
        self._status: Counter[Status] = Counter()
        self._best: Counter[tuple[str, State]] = Counter()
        self._plans: Counter[str] = Counter()
        self._pairs: Counter[DuplicateKind] = Counter()
        self._seen: set[tuple[str, str, str]] = set()
        self._duplicated = 0
        self._failures: list[Failure] = []
        self._paired: dict[str, tuple[int, str]] = {}
        self._total = 0
        self._examples: dict[str, list[tuple[int, str]]] = {each.id: [] for each in announcement.orientations}
        self._id_width = 0
        self._faulty = 0
        self._form: Counter[str] = Counter()
        self._grouping = Grouping()

    def add(self, assessment: Assessment) -> None:
        """Count one assessment."""
        proposal = assessment.proposal
        self._total += 1
        self._status[proposal.status] += 1
        self._id_width = max(self._id_width, len(proposal.id))
        if proposal.status is not Status.OK and len(self._failures) < LISTED_FAILURES:
            self._failures.append(
                Failure(proposal.id, proposal.title, proposal.source, proposal.status, proposal.problems)
            )
        if proposal.status is not Status.FAILED:
            self._states[assessment.flag.state] += 1
            self._add_best(assessment)
        self._add_duplicates(assessment)
        self._grouping.add(self._total, assessment)
        codes = {str(each.get("code", "")) for each in assessment.form.problems if severity_of(each) == SEVERITIES[0]}
        self._form.update(codes)
        self._faulty += bool(codes)

    def _add_best(self, assessment: Assessment) -> None:
        state = assessment.flag.state
        if state not in (State.ALIGNED, State.UNCERTAIN) or not assessment.matches:
            return
        best = assessment.matches[0]
        self._best[best.orientation, state] += 1
        self._plans[best.plan.id] += 1
        examples = self._examples.setdefault(best.orientation, [])
        if len(examples) < EXAMPLES:
            examples.append((self._total, assessment.proposal.id))

    def _add_duplicates(self, assessment: Assessment) -> None:
        likely = [pair for pair in assessment.duplicates if pair.probability >= self._high]
        if any(pair.kind is not DuplicateKind.SAME_METHOD_ELSEWHERE for pair in likely):
            self._duplicated += 1
        for pair in likely:
            key = (pair.a, pair.b, pair.source)
            if key not in self._seen:
                self._seen.add(key)
                self._pairs[pair.kind] += 1
        if assessment.duplicates:
            self._paired[assessment.proposal.id] = (self._total, assessment.proposal.title)

    def summary(self) -> Summary:
        """Return what was counted."""
        coverage = {
            name: Coverage(self._best[name, State.ALIGNED], self._best[name, State.UNCERTAIN], tuple(examples))
            for name, examples in self._examples.items()
        }
        return Summary(
            total=self._total,
            states={state: self._states[state] for state in State},
            failed=self._status[Status.FAILED],
            partial=self._status[Status.PARTIAL],
            coverage=coverage,
            plans=dict(sorted(self._plans.items(), key=lambda item: (-item[1], item[0]))),
            pairs={kind: self._pairs[kind] for kind in DuplicateKind},
            duplicated=self._duplicated,
            failures=tuple(self._failures),
            paired=self._paired,
            id_width=self._id_width,
            faulty=self._faulty,
            form_problems=dict(sorted(self._form.items(), key=lambda item: (-item[1], item[0]))),
            groups=self._grouping.groups(),
        )
