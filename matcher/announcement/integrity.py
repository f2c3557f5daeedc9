"""The integrity report: where an announcement contradicts itself, as a careful reader would note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.announcement.footnotes import Note
from matcher.announcement.orientations import FieldPart
from matcher.announcement.plans import Mention, PlanBook
from matcher.records import Announcement, Problem


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the report is drawn from; `latest` is the last day that the announcement can be from."""

    announcement: Announcement
    notes: tuple[Note, ...]
    fields: tuple[FieldPart, ...]
    listed: tuple[Mention, ...]
    book: PlanBook
    latest: date | None


def integrity_of(evidence: Evidence) -> list[Problem]:
    return []
