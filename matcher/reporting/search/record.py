"""What a search report is made from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

import matcher
from matcher.flagging import Passage
from matcher.records import DuplicateKind, DuplicatePair, Proposal, Status


class Weight(StrEnum):
    """How much a finding asks of the reader, the most first."""

    LIKELY = "likely"  # suspected
    LOOK = "look"  # to be looked at
    COPIED = "copied"  # copied passages, and no pair of a kind
    INFORMATION = "information"  # the same method with another object: no duplicate


@dataclass(frozen=True, slots=True)
class RegisterScope:
    """A register (danh mục) that was searched.

    `tasks` were compared; `lost` says what of the register could not be; `years` are the first and last that tasks
    state; `updated` is the day on which the register was last changed.
    """

    name: str
    tasks: int
    lost: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    updated: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What was searched and by which rules (phạm vi tra cứu).

    `batch` is the number of proposals that were compared with one another; `low` and `high` are the thresholds of
    the settings; `known` names the announcement whose words are no copying.
    """

    registers: tuple[RegisterScope, ...]
    low: float
    high: float
    searched_on: dt.date
    model: str
    model_fingerprint: str
    known: str = ""
    batch: int = 0
    program: str = matcher.__version__

    @property
    def is_empty(self) -> bool:
        """Tell whether there was nothing to compare a proposal with."""
        return self.batch < 2 and not any(register.tasks for register in self.registers)


@dataclass(frozen=True, slots=True)
class Finding:
    """A past task, or another proposal of the batch, that lies near a proposal.

    `other` may have only a title; `register` is "" for a proposal of the batch; `pair` is None where only copied
    passages were found. The left side of `passages` is the proposal that the finding belongs to.
    """

    other: Proposal
    register: str
    pair: DuplicatePair | None
    passages: tuple[Passage, ...] = ()

    def weight(self, high: float) -> Weight:
        """Return how much the finding asks of the reader; `high` is the settings' upper threshold."""
        if self.pair is None:
            return Weight.COPIED
        if self.pair.kind is DuplicateKind.SAME_METHOD_ELSEWHERE:
            return Weight.COPIED if self.passages else Weight.INFORMATION
        if self.pair.kind is DuplicateKind.OVERLAP or self.pair.probability < high:
            return Weight.LOOK
        return Weight.LIKELY


@dataclass(frozen=True, slots=True)
class Searched:
    """A proposal and everything that was found near it, the nearest first."""

    proposal: Proposal
    findings: tuple[Finding, ...] = ()

    @property
    def is_read(self) -> bool:
        """Tell whether there was a text to search with."""
        return self.proposal.status is not Status.FAILED and bool(self.proposal.title.strip())


@dataclass(frozen=True, slots=True)
class SearchReport:
    """The result of a search for one proposal or a round; `office` heads the document."""

    scope: Scope
    proposals: tuple[Searched, ...]
    office: str = ""
