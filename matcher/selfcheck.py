"""A proposer's self-check of one draft (tự kiểm tra): nothing of the draft is kept.

No journal is written and no vector of the draft reaches the cache; those of the orientations and of past tasks do, as
they make the next check fast.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from matcher.announcement import find_announcement
from matcher.errors import InputError, ReadError
from matcher.matching import Matcher
from matcher.proposal import read_draft, read_proposals
from matcher.records import Announcement, Proposal, Status
from matcher.register import RegisterDatabase, SearchedRegister, find_registers
from matcher.register.database import ALL
from matcher.reporting.check import SHOWN_ORIENTATIONS, ComparedRegister, SelfCheck
from matcher.reporting.search import register_scope
from matcher.running import task_profiles
from matcher.settings import Settings, resource_dir

#: The name under which a draft from standard input is read and shown.
TYPED = "ban-thao.txt"
#: What the register that comes with an announcement is called.
OWN_REGISTER = "danh mục mẫu kèm theo thông báo"


def read_one(draft: Path | bytes, announcement: Announcement, settings: Settings) -> Proposal:
    """Read the draft: a file, or the text itself.

    Raises
    ------
    InputError
        Where there is no draft to be had, or more than one.
    """
    if isinstance(draft, bytes):
        return read_draft(draft, TYPED, settings=settings, form=announcement.form)
    if draft.is_dir():
        raise InputError("là thư mục", file=draft, cure="Chỉ ra một bản thảo; nhiều phiếu thì dùng: matcher match.")
    settings = settings.replace(reading_cache_days=0)
    first, *others = islice(read_proposals([draft], settings=settings, form=announcement.form), 2)
    if others:
        raise InputError("có nhiều hơn một đề xuất", file=draft, cure="Nhiều phiếu thì dùng: matcher match.")
    if first.status is Status.FAILED:
        raise ReadError(" ".join(problem.message for problem in first.problems) or "không đọc được", file=draft)
    return first


def registers_for(
    names: Sequence[Path], announcement: Announcement, settings: Settings
) -> tuple[SearchedRegister, ...]:
    """Return the registers that are named, else all imported ones and the announcement's own.

    Raises
    ------
    InputError
        For a name that is neither a file nor a register.
    """
    chosen: list[Path] = list(names)
    if not chosen:
        own = resource_dir("corpus") / announcement.name / "register.csv"
        chosen = [Path(ALL)] if RegisterDatabase.of(settings).registers() else []
        chosen += [own] if own.is_file() else []
    return find_registers(chosen, settings)


class Checker:
    """Checks drafts one after another; what it takes to do so is loaded once.

    Parameters
    ----------
    settings : Settings
        Announcement, model, thresholds.
    registers : sequence of Path
        As `registers_for`.
    evidence : bool
        Whether the words that carry each match are looked for; a page of the check does not show them.

    Raises
    ------
    MatcherError
        Where the announcement, a register or the model cannot be had.
    """

    def __init__(self, settings: Settings, *, registers: Sequence[Path] = (), evidence: bool = True) -> None:
        self.settings = settings
        self.announcement = find_announcement(settings.announcement)
        self._searched = registers_for(registers, self.announcement, settings)
        self._matcher = Matcher.from_announcement(self.announcement, settings.replace(explained=SHOWN_ORIENTATIONS))
        self._past = task_profiles(self._matcher, self._searched)
        self._matcher.for_one_draft(evidence=evidence)

    def check(self, draft: Path | bytes, *, contact: bool = False) -> SelfCheck:
        """Check a draft against the announcement, past tasks, and the announcement's rules.

        Parameters
        ----------
        draft : Path or bytes
            A file, or the text itself.
        contact : bool
            Whether personal data may be shown.

        Raises
        ------
        MatcherError
            Where the draft cannot be read.
        """
        proposal = read_one(draft, self.announcement, self.settings)
        try:
            (assessment,) = self._matcher.assess([proposal])
            pairs = self._matcher.duplicates(self._matcher.profiles([proposal]), self._past)
        finally:
            self._matcher.forget()
        tasks = {task.id: task for each in self._searched for task in each.register.tasks}
        return SelfCheck(
            assessment=replace(assessment, duplicates=pairs),
            announcement=self.announcement,
            registers=tuple(_compared(each) for each in self._searched),
            tasks={pair.b: tasks[pair.b] for pair in pairs if pair.b in tasks},
            high=self.settings.duplicate_high,
            contact=contact,
        )


def _compared(searched: SearchedRegister) -> ComparedRegister:
    own = searched.file is not None and searched.file.is_relative_to(resource_dir("corpus"))
    scope = register_scope(searched.register, name=OWN_REGISTER if own else searched.name)
    return ComparedRegister(scope.name, scope.tasks, len(scope.lost))
