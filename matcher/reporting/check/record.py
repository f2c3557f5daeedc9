"""What the self-check of a draft is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from matcher.records import Announcement, Assessment, DuplicateKind, DuplicatePair, Proposal, State, Status
from matcher.reporting.severity import count_of


@dataclass(frozen=True, slots=True)
class ComparedRegister:
    """A register (danh mục) that the draft was compared with; `lost` tasks of it could not be."""

    name: str
    tasks: int
    lost: int = 0


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """Everything that is said of one draft.

    `tasks` are the past tasks that the assessment's duplicates name, by id; `high` is the settings' upper threshold
    for duplicates; `contact` says whether personal data may be shown.
    """

    assessment: Assessment
    announcement: Announcement
    registers: tuple[ComparedRegister, ...] = ()
    tasks: Mapping[str, Proposal] = field(default_factory=lambda: MappingProxyType({}))
    high: float = 0.5
    contact: bool = False

    @property
    def near(self) -> tuple[DuplicatePair, ...]:
        """Past tasks that may be the same work, the most alike first."""
        return tuple(pair for pair in self._pairs if pair.kind is not DuplicateKind.SAME_METHOD_ELSEWHERE)

    @property
    def elsewhere(self) -> tuple[DuplicatePair, ...]:
        """Past tasks of the same method with another object: no duplicates."""
        return tuple(pair for pair in self._pairs if pair.kind is DuplicateKind.SAME_METHOD_ELSEWHERE)

    @property
    def _pairs(self) -> list[DuplicatePair]:
        return sorted(self.assessment.duplicates, key=lambda pair: -pair.probability)

    def is_likely(self, pair: DuplicatePair) -> bool:
        """Tell whether a pair is suspected of being the same work, more than worth a look."""
        return pair.kind is not DuplicateKind.OVERLAP and pair.probability >= self.high

    @property
    def follows_form(self) -> bool:
        """Tell whether the draft came as the announcement's form, or the announcement has none to follow."""
        return self.assessment.proposal.form is not None or not self.announcement.form.items

    @property
    def errors(self) -> int:
        """Problems of the form that have to be mended."""
        return count_of(self.assessment.form, "error")

    @property
    def outcome(self) -> str:
        """What the draft needs: "mend" before it is sent, "look" again, or nothing ("ready")."""
        state = self.assessment.flag.state
        if self.errors or not self.follows_form or state is State.INVALID or any(map(self.is_likely, self.near)):
            return "mend"
        warned = count_of(self.assessment.form, "warning")
        partial = self.assessment.proposal.status is not Status.OK
        return "look" if warned or partial or self.near or state is not State.ALIGNED else "ready"
