"""Groups of proposals that are one work (nhóm trùng lặp): what an officer decides once."""

from __future__ import annotations

from dataclasses import dataclass, field

from matcher.records import Assessment


@dataclass(frozen=True, slots=True)
class Member:
    """A proposal of a group: its ordinal in the input from 1, id, title, and nearest orientation ("" where none)."""

    position: int
    id: str
    title: str
    best: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Proposals that pairs of one work connect, in the order of input, and the past tasks that they repeat.

    `probability` is that of the likeliest of its pairs.
    """

    name: str
    members: tuple[Member, ...]
    tasks: tuple[str, ...]
    probability: float


@dataclass
class Grouping:
    """Gathers groups as assessments stream by; only what is in some group stays in memory."""

    _members: dict[str, list[Member]] = field(default_factory=dict)
    _tasks: dict[str, dict[str, None]] = field(default_factory=dict)
    _probability: dict[str, float] = field(default_factory=dict)

    def add(self, position: int, assessment: Assessment) -> None:
        """Take in one assessment."""
        proposal = assessment.proposal
        mine = {pair.cluster: None for pair in assessment.duplicates if pair.cluster}
        best = assessment.matches[0].orientation if assessment.matches else ""
        for name in mine:
            self._members.setdefault(name, []).append(Member(position, proposal.id, proposal.title, best))
        for pair in assessment.duplicates:
            if pair.cluster:
                self._probability[pair.cluster] = max(pair.probability, self._probability.get(pair.cluster, 0.0))
                if pair.source == "register":
                    self._tasks.setdefault(pair.cluster, {})[pair.b] = None

    def groups(self) -> tuple[Group, ...]:
        """Return the groups of two proposals or more, in the order of their first members."""
        return tuple(
            Group(name, tuple(members), tuple(self._tasks.get(name, ())), self._probability[name])
            for name, members in self._members.items()
            if len(members) > 1
        )
