"""Duplicates: among the proposals of a run, and between them and registers of past tasks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from matcher.flagging import Profile
from matcher.matching import Matcher
from matcher.records import DuplicatePair, Proposal
from matcher.register import RegisterDatabase, SearchedRegister, lasting_encoder
from matcher.settings import Settings


def find_pairs(
    proposals: Iterable[Proposal],
    registers: Sequence[SearchedRegister],
    settings: Settings,
    *,
    matcher: Matcher | None = None,
) -> tuple[DuplicatePair, ...]:
    """Return the duplicate pairs alone, as `matcher duplicates` writes them; `matcher` saves making one."""
    matcher = matcher or Matcher.from_announcement(settings.announcement, settings)
    return matcher.duplicates(matcher.profiles(proposals), task_profiles(matcher, registers))


def task_profiles(matcher: Matcher, registers: Sequence[SearchedRegister]) -> list[Profile]:
    """Return what is compared of past tasks; vectors of imported registers are kept beside their database."""
    lasting = lasting_encoder(matcher.task_encoder, RegisterDatabase.of(matcher.settings))
    return [
        profile
        for each in registers
        for profile in matcher.profiles(each.register.tasks, encoder=None if each.file else lasting)
    ]
