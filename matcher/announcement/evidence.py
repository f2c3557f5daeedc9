"""What the integrity report is drawn from, and the words in which it speaks of plans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from matcher.announcement.citing import mentions_by_note
from matcher.announcement.footnotes import Note
from matcher.announcement.orientations import Bullet, FieldPart
from matcher.announcement.plans import Mention, PlanBook
from matcher.records import Announcement, Orientation


@dataclass(frozen=True, slots=True)
class Evidence:
    """An announcement as read, with what its record leaves out.

    `latest` is the last day that the announcement can be from.
    """

    announcement: Announcement
    notes: tuple[Note, ...]
    fields: tuple[FieldPart, ...]
    listed: tuple[Mention, ...]
    book: PlanBook
    latest: date | None

    def bullets(self) -> Iterator[tuple[Orientation, Bullet]]:
        """Yield each orientation with the bullet that it was read from."""
        bullets = (bullet for part in self.fields for bullet in part.bullets)
        yield from zip(self.announcement.orientations, bullets, strict=True)

    def note_mentions(self) -> Iterator[tuple[int, Mention]]:
        """Yield the plans that the notes name, with the number of the note."""
        for number, mentions in mentions_by_note(self.notes).items():
            for mention in mentions:
                yield number, mention

    def called_by(self) -> dict[int, str]:
        """Return, for each note that something calls, the first orientation (or field) that does."""
        called: dict[int, str] = {}
        for orientation, bullet in self.bullets():
            for number in bullet.marks:
                called.setdefault(number, orientation.id)
        for place, part in enumerate(self.fields, start=1):
            for number in part.marks:
                called.setdefault(number, str(place))
        return called


def named(number: str, kind: str = "", day: date | None = None) -> str:
    """Return a plan as the report names it: «Kế hoạch số 53/KH-UBND ngày 03/03/2023»."""
    head = f"{kind} số {number}" if kind else f"Văn bản số {number}"
    return f"{head} ngày {day:%d/%m/%Y}" if day else head


def note_place(number: int) -> str:
    """Return how the report points to a note."""
    return f"chú thích {number}"
