"""What the program says about registers and their imports."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from matcher.records import Problem


@dataclass(frozen=True, slots=True)
class Years:
    """The first and last year of a register's tasks, and how many tasks have none."""

    first: int | None
    last: int | None
    missing: int


@dataclass(frozen=True, slots=True)
class ImportNote:
    """A table that went into a register; `finished` is "" where it was not read to its end."""

    file: str
    sha256: str
    started: str
    finished: str
    rows: int
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterSummary:
    """A register's name, size and origin; `note` says where it is from and under which licence."""

    name: str
    tasks: int
    years: Years
    note: str
    created: str
    changed: str
    imports: tuple[ImportNote, ...]

    @property
    def unfinished(self) -> int:
        """How many of its imports were not brought to their end."""
        return sum(not each.finished for each in self.imports)

    def to_record(self) -> dict[str, Any]:
        """Return plain values in a fixed order."""
        return asdict(self) | {"imports": [asdict(each) | {"columns": list(each.columns)} for each in self.imports]}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How an import went.

    Attributes
    ----------
    register, file : str
        Where to, and from where.
    added, updated, unchanged : int
        Tasks that are new, that changed, that were there already.
    repeated : int
        Rows of a task that an earlier row of the same table gave.
    failed : int
        Rows that gave no task.
    problems : tuple of Problem
        Each with its row and what to do.
    not_kept : tuple of str
        Columns left out because they name persons.
    resumed : bool
        Whether an import of the same table that was not finished was taken up.
    complete : bool
        Whether the table was read to its end.
    """

    register: str
    file: str
    added: int
    updated: int
    unchanged: int
    repeated: int
    failed: int
    problems: tuple[Problem, ...]
    not_kept: tuple[str, ...]
    resumed: bool
    complete: bool

    @property
    def nothing_new(self) -> bool:
        """Whether the register is as it was."""
        return not self.added and not self.updated
