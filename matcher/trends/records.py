"""What the yearly analysis says, as plain frozen records; `matcher.trends.contract` turns them into JSON.

Every share comes with an interval, and a trend is only named where its interval leaves no doubt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Trend(StrEnum):
    """How the share of proposals moved over the years."""

    RISING = "rising"
    FALLING = "falling"
    STEADY = "steady"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Share:
    """A count of a total, with the 95 % interval of the share; all of [0, 1]."""

    count: int
    total: int
    low: float
    high: float

    @property
    def mean(self) -> float:
        """The share itself; 0 of nothing is 0."""
        return self.count / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Movement:
    """A share by year and how it moves.

    `interval` is that of the mean change of the share a year (0.02 is two percentage points), after the correction for
    all the series that were looked at together; `trend` is rising or falling only where it lies on one side of 0.
    """

    by_year: Mapping[int, Share]
    trend: Trend
    interval: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Demand:
    """What was asked for (an orientation, a plan, a field) against what was proposed.

    `years_asked` are the years whose announcements ask for it; `expected` is how many proposals it would have had if
    all that was asked for had drawn alike, and `gap` the two-sided interval of observed over expected, 95 % for all of
    one table together; it has no upper end where nothing was expected.
    `wordings` has the text by year where it was reworded.
    """

    id: str
    name: str
    years_asked: tuple[int, ...]
    movement: Movement
    expected: float
    gap: tuple[float, float]
    wordings: Mapping[int, str]

    @property
    def observed(self) -> int:
        """Proposals that answer it, in all years."""
        return sum(share.count for share in self.movement.by_year.values())

    @property
    def answered(self) -> bool:
        """Whether anyone answered it."""
        return self.observed > 0


@dataclass(frozen=True, slots=True)
class Topic:
    """Proposals about one thing; `stability` is how well it comes back in resamples, in [0, 1].

    `by_field` counts proposals by the name of the field that they answer, "" for those outside.
    """

    id: str
    label: str
    words: tuple[str, ...]
    size: int
    movement: Movement
    by_field: Mapping[str, int]
    stability: float
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutsideGroup:
    """Proposals outside all orientations that are about one thing."""

    label: str
    size: int
    examples: tuple[str, ...]
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Resubmission:
    """One work proposed in several rounds, or in a round and among past tasks."""

    ids: tuple[str, ...]
    years: tuple[int, ...]
    kind: str
    titles: tuple[str, ...]


class SuggestionKind(StrEnum):
    """What a question for next year's announcement is about."""

    UNANSWERED = "unanswered"
    OVERLAP = "overlap"
    OUTSIDE_CLUSTER = "outside_cluster"
    OVERSUBSCRIBED = "oversubscribed"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question for next year's announcement, never a decision; `evidence` are lines with figures and examples."""

    kind: SuggestionKind
    text: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a value occurs, by year: an organisation, a district, a kind of form problem, a state."""

    name: str
    movement: Movement


@dataclass(frozen=True, slots=True)
class Amounts:
    """Budgets (million đồng) or durations (months) of a year: how many state one, and the quartiles."""

    year: int
    stated: int
    total: int
    quartiles: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Flow:
    """How many proposals go from a plan over an orientation to a state; "" where there is none."""

    plan: str
    orientation: str
    state: str
    count: int


@dataclass(frozen=True, slots=True)
class Point:
    """A proposal on the map: `x` and `y` have no unit, near points are alike; `topic` is its id, "" for none."""

    id: str
    title: str
    year: int
    topic: str
    state: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Analysis:
    """The yearly analysis over rounds.

    `notes` say what makes it less than whole (years missing, announcements aligned, models that differ), in Vietnamese.
    """

    years: tuple[int, ...]
    proposals: Mapping[int, int]
    states: tuple[Tally, ...]
    orientations: tuple[Demand, ...]
    fields: tuple[Demand, ...]
    plans: tuple[Demand, ...]
    topics: tuple[Topic, ...]
    outside: tuple[OutsideGroup, ...]
    resubmissions: tuple[Resubmission, ...]
    organisations: tuple[Tally, ...]
    districts: tuple[Tally, ...]
    form_problems: tuple[Tally, ...]
    budgets: tuple[Amounts, ...]
    durations: tuple[Amounts, ...]
    suggestions: tuple[Suggestion, ...]
    notes: tuple[str, ...] = ()
    flows: tuple[Flow, ...] = ()
    points: tuple[Point, ...] = ()
