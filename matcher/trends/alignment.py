"""Orientations of several years brought together: which was kept, reworded, new, dropped.

Announcements reword, split and renumber their bullets from year to year; a trend must follow a bullet through its
wordings, not through its number. Each year's bullets are matched one to one with the latest wording of every thread so
far (linear assignment; Kuhn, 1955), by likeness in meaning and in wording together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from matcher.encoding import Encoder
from matcher.records import Announcement, Orientation
from matcher.text import plain_key

Floats = NDArray[np.float64]

#: Least likeness of two wordings of one orientation: between the synthetic announcements of `corpus/rounds` and the
#: real one, wordings of one bullet have 0.61 or more, the best other pair 0.48.
LEAST_LIKENESS = 0.55
#: From this share of common wording, in order, a bullet counts as kept and not as reworded.
KEPT_FROM = 0.97


class Change(StrEnum):
    """What became of an orientation from one announcement to the next."""

    KEPT = "kept"
    REWORDED = "reworded"
    NEW = "new"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Thread:
    """One orientation through the years.

    `id` is its number in the latest announcement that has it, with that year before it where a later one does not
    («2023:1.7»). `orientations` and `wordings` are by year; `changes` says what it became in each year, the first in
    which it is asked for left out where that is the first year of all.
    """

    id: str
    field: int
    orientations: Mapping[int, str]
    wordings: Mapping[int, str]
    changes: Mapping[int, Change]


@dataclass(frozen=True, slots=True)
class Alignment:
    """The threads of the announcements of some years, in the order of the latest announcement, older ones after."""

    years: tuple[int, ...]
    threads: tuple[Thread, ...]

    def mapping(self) -> dict[tuple[int, str], str]:
        """Return the thread's id by year and orientation."""
        return {(year, mine): thread.id for thread in self.threads for year, mine in thread.orientations.items()}

    def changes(self, year: int) -> tuple[tuple[Change, Thread], ...]:
        """Return what became of each thread in a year."""
        return tuple((thread.changes[year], thread) for thread in self.threads if year in thread.changes)


@dataclass(slots=True)
class _Growing:
    """A thread while it is put together."""

    orientations: dict[int, Orientation]
    changes: dict[int, Change]

    @property
    def latest(self) -> Orientation:
        return self.orientations[max(self.orientations)]


def align(announcements: Mapping[int, Announcement], encoder: Encoder) -> Alignment:
    """Follow orientations through the announcements of several years.

    Parameters
    ----------
    announcements : mapping of int to Announcement
        By year; the same announcement may stand for several years.
    encoder : Encoder
        The one by which proposals are matched to orientations.
    """
    years = sorted(announcements)
    growing: list[_Growing] = []
    for year in years:
        bullets = announcements[year].orientations
        found = _partners([thread.latest for thread in growing], bullets, encoder)
        for row, thread in enumerate(growing):
            if row in found:
                bullet = bullets[found[row]]
                kept = wording_likeness(thread.latest.text, bullet.text) >= KEPT_FROM
                thread.changes[year] = Change.KEPT if kept else Change.REWORDED
                thread.orientations[year] = bullet
            elif Change.DROPPED not in thread.changes.values():
                thread.changes[year] = Change.DROPPED
        taken = set(found.values())
        for column, bullet in enumerate(bullets):
            if column not in taken:
                growing.append(_Growing({year: bullet}, {year: Change.NEW} if year != years[0] else {}))
    return Alignment(tuple(years), tuple(sorted((_thread(each, years[-1]) for each in growing), key=_order)))


def wording_likeness(one: str, two: str) -> float:
    """Return the share of wording that two texts have in common, words in whatever order, in [0, 1]."""
    from rapidfuzz import fuzz

    return float(fuzz.token_sort_ratio(plain_key(one), plain_key(two))) / 100


def _partners(threads: list[Orientation], bullets: tuple[Orientation, ...], encoder: Encoder) -> dict[int, int]:
    """Return for threads the rows of their new wording, one to one."""
    from scipy.optimize import linear_sum_assignment

    if not threads or not bullets:
        return {}
    likeness = _likeness(threads, bullets, encoder)
    rows, columns = linear_sum_assignment(-likeness)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return {row: column for row, column in pairs if likeness[row, column] >= LEAST_LIKENESS}


def _likeness(threads: list[Orientation], bullets: tuple[Orientation, ...], encoder: Encoder) -> Floats:
    """Return the mean of the cosine and of the common wording, shape (threads, bullets)."""
    ours = encoder.encode([each.text for each in threads], role="orientation").astype(np.float64)
    theirs = encoder.encode([each.text for each in bullets], role="orientation").astype(np.float64)
    wording = [[wording_likeness(one.text, two.text) for two in bullets] for one in threads]
    return np.asarray((ours @ theirs.T + np.array(wording)) / 2, np.float64)


def _thread(growing: _Growing, last: int) -> Thread:
    latest = max(growing.orientations)
    number = growing.orientations[latest].id
    return Thread(
        id=number if latest == last else f"{latest}:{number}",
        field=growing.latest.field,
        orientations=MappingProxyType({year: each.id for year, each in growing.orientations.items()}),
        wordings=MappingProxyType({year: each.text for year, each in growing.orientations.items()}),
        changes=MappingProxyType(growing.changes),
    )


def _order(thread: Thread) -> tuple[int, tuple[int, ...]]:
    latest = max(thread.orientations)
    return -latest, tuple(int(part) for part in thread.orientations[latest].split("."))
