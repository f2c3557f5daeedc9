"""What every rule is given, a proposal beside its announcement, and what it gives back, a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from matcher.checking.roles import Role, roles_of
from matcher.records import Announcement, FilledForm, FilledItem, FormItem, Proposal


class Severity(StrEnum):
    """How much a finding weighs: a rule is broken, probably broken, or there is something to know."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule: where, in whose words, and how to mend it; all texts are Vietnamese, one sentence each."""

    code: str
    message: str
    rule: str
    cure: str
    item: int | None = None
    where: str = "phiếu đề xuất"
    severity: Severity = Severity.ERROR

    def to_dict(self) -> dict[str, Any]:
        """Return the mapping that `FormReport.problems` holds."""
        return {**asdict(self), "severity": self.severity.value}


#: A rule looks at a case and yields what it finds; it never raises, whatever the text.
Rule = Callable[["Case"], Iterator[Finding]]

#: The section of a table's row that answers an item.
_SECTIONS = {
    Role.TITLE: "title",
    Role.REASONS: "rationale",
    Role.OBJECTIVE: "objective",
    Role.PRODUCTS: "results",
    Role.CONTENT: "content",
}


@dataclass(frozen=True)
class Case:
    """A proposal beside the announcement that it answers."""

    proposal: Proposal
    announcement: Announcement

    @property
    def form(self) -> FilledForm | None:
        """The filled-in form; None for a row of a table."""
        return self.proposal.form

    @cached_property
    def asked(self) -> tuple[tuple[FormItem, FilledItem | None], ...]:
        """The items that the announcement's form asks for, each with what was filled in (None: not found).

        Where the announcement has no form, the items that the proposal has are taken for those asked.
        """
        form = self.form
        if form is None:
            return ()
        items = self.announcement.form.items or tuple(FormItem(item.number, item.name) for item in form.items)
        return tuple((item, self._present(form.item(item.number))) for item in items)

    @staticmethod
    def _present(filled: FilledItem | None) -> FilledItem | None:
        return filled if filled is not None and (filled.present or filled.text.strip()) else None

    @cached_property
    def is_form(self) -> bool:
        """Whether at least two of the items asked for were found: with fewer, no item is worth a word of its own."""
        return sum(filled is not None for _, filled in self.asked) >= min(2, len(self.asked)) > 0

    def asking(self, role: Role) -> FormItem | None:
        """Return the item that asks for something, or None where the announcement's form does not ask for it."""
        return next((item for item, _ in self.asked if role in roles_of(item.name)), None)

    def filled(self, role: Role) -> FilledItem | None:
        """Return the item that answers it, or None where it was not found."""
        return next((filled for item, filled in self.asked if role in roles_of(item.name)), None)

    def text(self, role: Role) -> str:
        """Return what the proposer wrote on it, in the form or in the table's row; "" where there is nothing."""
        form = self.form
        if form is None:
            return self.proposal.sections.get(_SECTIONS.get(role, ""), "")
        filled = self.filled(role)
        if role is Role.REASONS:
            halves = "\n".join(part for part in (form.grounds, form.urgency) if part)
            whole = filled.text if filled else ""
            return whole if len(whole) >= len(halves) else halves
        if role is Role.TITLE:
            return filled.text if filled and filled.text else self.proposal.title
        return filled.text if filled else ""

    def place(self, role: Role) -> tuple[int | None, str]:
        """Return the number of the item that asks for it, and where that is in words."""
        item = self.asking(role)
        if item is None:
            return None, "phiếu đề xuất" if self.form else "bảng đề xuất"
        return item.number, where(item.number, self.filled(role))


def where(number: int, filled: FilledItem | None) -> str:
    """Return where an item stands: «mục 9, trang 2»; without the page where that is not known.

    Examples
    --------
    >>> where(9, FilledItem(9, "Dự kiến nhu cầu kinh phí", present=True, page=2))
    'mục 9, trang 2'
    """
    return f"mục {number}, trang {filled.page}" if filled is not None and filled.page > 0 else f"mục {number}"
