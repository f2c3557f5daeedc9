"""Duplicates inside a batch and against registers of past tasks (trùng lặp), with their kinds.

`matcher.flagging.candidates` says which pairs are compared, `matcher.flagging.pairs` compares them part by part, and
`matcher.flagging.clusters` puts together what is the same work. A pair's kind depends on its two texts alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import exp

import numpy as np

from matcher.flagging.candidates import Side, candidates_between, candidates_within
from matcher.flagging.clusters import mark_of, name_clusters
from matcher.flagging.nearest import Rows
from matcher.flagging.pairs import Profile, compare, kind_of, log_odds
from matcher.flagging.screen import chunks_of, worth_comparing
from matcher.records import DuplicateKind, DuplicatePair
from matcher.settings import Settings

#: Kinds that make a pair the same work; only these join clusters.
SAME = frozenset({DuplicateKind.IDENTICAL, DuplicateKind.REVISED, DuplicateKind.SAME_WORK})

#: A pair found, and the rows of its two texts, those of registers after those of the batch.
_Found = tuple[int, int, DuplicatePair]


def find_duplicates(
    batch: Sequence[Profile], registers: Sequence[Profile] = (), *, settings: Settings
) -> tuple[DuplicatePair, ...]:
    """Return the pairs within a batch, and between it and past tasks, in the order of the batch.

    Every pair comes once, `a` before `b`, with the cluster it belongs to; of each text those of the batch come before
    those of registers, the likeliest first. Which pairs are compared at all, `matcher.flagging.candidates` says: of
    more than 31 copies of one text, some of the pairs, but all copies are in one cluster.
    """
    if not batch:
        return ()
    mine = _side(batch)
    found = list(_compared(batch, batch, candidates_within(mine), "batch", settings))
    if registers:
        found += _compared(batch, registers, candidates_between(mine, _side(registers)), "register", settings)
    found.sort(key=lambda one: (one[0], one[2].source, -one[2].probability, one[1]))  # "batch" < "register"
    return _with_clusters(found, [*batch, *registers])


def _side(profiles: Sequence[Profile]) -> Side:
    vectors = np.stack([profile.vector for profile in profiles])
    return Side.of([profile.id for profile in profiles], [profile.key for profile in profiles], vectors)


def _compared(
    batch: Sequence[Profile], other: Sequence[Profile], rows: Rows, source: str, settings: Settings
) -> Iterator[_Found]:
    offset = 0 if other is batch else len(batch)
    low = min(settings.duplicate_low, settings.duplicate_high)
    for chunk in chunks_of(rows):
        left, right = [batch[i] for i in chunk[:, 0]], [other[j] for j in chunk[:, 1]]
        for n in np.flatnonzero(worth_comparing(left, right, low)).tolist():
            pair = _pair(left[n], right[n], source, settings)
            if pair is not None:
                yield int(chunk[n, 0]), int(chunk[n, 1]) + offset, pair


def _pair(a: Profile, b: Profile, source: str, settings: Settings) -> DuplicatePair | None:
    agreement = compare(a, b)
    reasons = log_odds(agreement)
    total = sum(reason.weight for reason in reasons)
    probability = 1.0 if a.key == b.key else 1 / (1 + exp(-total))
    kind = kind_of(a, b, agreement, probability, settings.duplicate_high)
    if kind is None or (kind in SAME and probability < settings.duplicate_low):
        return None
    return DuplicatePair(a.id, b.id, source, kind, probability, reasons)


def _with_clusters(found: Sequence[_Found], profiles: Sequence[Profile]) -> tuple[DuplicatePair, ...]:
    same = [(i, j) for i, j, pair in found if pair.kind in SAME]
    names = name_clusters([mark_of(profile.id, profile.key) for profile in profiles], same)
    return tuple(replace(pair, cluster=names[i]) if pair.kind in SAME else pair for i, _, pair in found)
