"""Runs of equal numbers in two sequences, and chains of runs; words come in as numbers.

Numbers from 1 are words; 0 and below are equal to nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: Places of one n-gram on the right that are looked at: a text of one phrase over and over stays affordable.
MOST_PLACES = 32
#: Numbers that may differ, on each side, between two runs of a chain: a word of two syllables.
GAP = 2
_SEEDS = np.random.default_rng(20_250_101).integers(1, 2**63, size=64, dtype=np.uint64) | np.uint64(1)

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True, order=True)
class Run:
    """`length` equal numbers, at `left` and at `right`."""

    left: int
    right: int
    length: int

    def cut(self, start: int, end: int) -> Run:
        """Return the part of the run that lies in `[start, end)` on the left."""
        first, last = max(start, self.left), min(end, self.left + self.length)
        return Run(first, self.right + first - self.left, max(0, last - first))


def hashes(ids: Ids, size: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the hash of each n-gram of words, shape (n,), and where it starts; n-grams over a break are left out."""
    count = len(ids) - size + 1
    if count <= 0:
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    values = ids.astype(np.uint64)
    total = np.zeros(count, np.uint64)
    for j in range(size):
        part = values[j : j + count] * _SEEDS[j]
        total += part ^ (part >> np.uint64(29))
    before = np.concatenate([[0], np.cumsum(ids <= 0)])
    starts = np.flatnonzero(before[size:] == before[:-size])
    return total[starts], starts


def equal_runs(left: Ids, right: Ids, least: int) -> list[Run]:
    """Return the maximal runs of at least `least` equal numbers, sorted.

    Of an n-gram that stands on the right more than `MOST_PLACES` times, the first places are looked at.
    """
    runs: list[Run] = []
    diagonal, end = None, 0
    for i, j in _seeds(left, right, least):
        if diagonal == i - j and i < end:
            continue
        back = _same(left[:i][::-1], right[:j][::-1])
        ahead = _same(left[i:], right[j:])
        diagonal, end = i - j, i + ahead
        if ahead + back >= least:
            runs.append(Run(i - back, j - back, ahead + back))
    return sorted(set(runs))


def _seeds(left: Ids, right: Ids, size: int) -> list[tuple[int, int]]:
    """Return where n-grams meet, one pair for each stretch of neighbours, by diagonal and then by place."""
    mine, starts = hashes(left, size)
    theirs, places = hashes(right, size)
    order = np.argsort(theirs, kind="stable")
    theirs, places = theirs[order], places[order]
    first = np.searchsorted(theirs, mine, "left")
    count = np.minimum(np.searchsorted(theirs, mine, "right") - first, MOST_PLACES)
    i = np.repeat(starts, count)
    within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    j = places[np.repeat(first, count) + within]
    order = np.lexsort((i, i - j))
    i, j = i[order], j[order]
    new = np.ones(len(i), np.bool_)
    new[1:] = (np.diff(i) != 1) | (np.diff(i - j) != 0)
    return list(zip(i[new].tolist(), j[new].tolist(), strict=True))


def _same(left: Ids, right: Ids) -> int:
    """Return how many numbers two sequences have in common from their start."""
    done, step, most = 0, 64, min(len(left), len(right))
    while done < most:
        end = min(done + step, most)
        a = left[done:end]
        differ = np.flatnonzero((a != right[done:end]) | (a <= 0))
        if len(differ):
            return done + int(differ[0])
        done, step = end, step * 4
    return most


def chains(runs: Sequence[Run]) -> list[list[Run]]:
    """Join sorted runs that follow one another on both sides with at most `GAP` numbers between them.

    Each run goes with the longest chain that it can follow; a chain that goes on is not given by itself.
    """
    best: dict[Run, tuple[int, Run | None]] = {}
    ends: dict[tuple[int, int], Run] = {}
    followed: set[Run] = set()
    for run in sorted(runs, key=lambda each: (each.left + each.length, each)):
        before = max(_before(run, ends), key=lambda each: (best[each][0], each), default=None)
        if before is not None:
            followed.add(before)
        best[run] = (run.length + (best[before][0] if before else 0), before)
        ends.setdefault((run.left + run.length, run.right + run.length), run)
    return [_unrolled(run, best) for run in runs if run not in followed]


def _before(run: Run, ends: dict[tuple[int, int], Run]) -> list[Run]:
    near = range(-GAP, GAP + 1)
    found = [ends.get((run.left + a, run.right + b)) for a in near for b in near]
    return [each for each in found if each is not None and each.left < run.left and each.right < run.right]


def _unrolled(run: Run | None, best: dict[Run, tuple[int, Run | None]]) -> list[Run]:
    chain: list[Run] = []
    while run is not None:
        chain.append(run)
        run = best[run][1]
    return chain[::-1]


def longest_apart(
    chains: Sequence[list[Run]], counted: NDArray[np.bool_], *, least_run: int, least_words: int
) -> list[tuple[list[Run], int]]:
    """Choose chains that do not overlap on the left, longest first; return them in order with their words.

    `counted` tells of each number on the left whether it counts; chains begin and end with numbers that do. What a
    longer chain leaves of a shorter one stays where it is long enough.
    """
    taken = np.zeros(len(counted), np.bool_)
    sums = np.concatenate([[0], np.cumsum(counted)])
    chosen: list[tuple[list[Run], int]] = []
    waiting = sorted(((-_counted(chain, sums), chain) for chain in chains), key=lambda each: (each[0], each[1]))
    for words, chain in waiting:
        if -words < least_words:
            break
        for start, end in _free(taken, chain[0].left, chain[-1].left + chain[-1].length):
            part = _trimmed([run.cut(start, end) for run in chain], counted, least_run)
            total = _counted(part, sums)
            if total >= least_words:
                taken[part[0].left : part[-1].left + part[-1].length] = True
                chosen.append((part, total))
    return sorted(chosen)


def _counted(chain: Sequence[Run], sums: NDArray[np.int64]) -> int:
    """Return the counted numbers of a chain's runs, which may overlap by a few at their ends."""
    total, done = 0, 0
    for run in chain:
        start, end = max(run.left, done), run.left + run.length
        total += max(0, int(sums[end] - sums[start])) if end > start else 0
        done = end
    return total


def _free(taken: NDArray[np.bool_], start: int, end: int) -> list[tuple[int, int]]:
    """Return the stretches of `[start, end)` that nothing has taken."""
    free = np.flatnonzero(np.diff(np.concatenate([[True], taken[start:end], [True]]).astype(np.int8)))
    return [(start + int(a), start + int(b)) for a, b in zip(free[::2], free[1::2], strict=True)]


def _trimmed(chain: Sequence[Run], counted: NDArray[np.bool_], least_run: int) -> list[Run]:
    """Drop runs that are too short, and the numbers at both ends that do not count."""
    kept = [run for run in chain if run.length >= least_run and counted[run.left : run.left + run.length].any()]
    if not kept:
        return []
    first = kept[0].left + int(np.flatnonzero(counted[kept[0].left : kept[0].left + kept[0].length])[0])
    last = kept[-1].left + int(np.flatnonzero(counted[kept[-1].left : kept[-1].left + kept[-1].length])[-1]) + 1
    return [run.cut(first, last) for run in kept]
