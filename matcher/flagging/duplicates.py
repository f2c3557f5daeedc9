"""Duplicates inside a batch and against registers of past tasks (trùng lặp), with their kinds.

`matcher.flagging.candidates` says which pairs are compared, `matcher.flagging.agreement` compares them part by part,
`matcher.flagging.kinds` decides, and `matcher.flagging.clusters` puts together what is the same work. A pair's kind
depends on its two texts alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from matcher.flagging.agreement import agreement
from matcher.flagging.candidates import Side, candidates_between, candidates_within
from matcher.flagging.clusters import mark_of, name_clusters
from matcher.flagging.kinds import UNRELATED, KindModel
from matcher.flagging.nearest import Rows
from matcher.flagging.profile import Profile
from matcher.flagging.second_look import Reader
from matcher.flagging.verdicts import verdicts
from matcher.records import DuplicateKind, DuplicatePair
from matcher.settings import Settings

#: Kinds that make a pair the same work; only these join clusters.
SAME = frozenset({DuplicateKind.IDENTICAL, DuplicateKind.REVISED, DuplicateKind.SAME_WORK})
#: Pairs compared together; their vectors take 100 MiB.
CHUNK = 16_384

#: A pair found, and the rows of its two texts, those of registers after those of the batch.
_Found = tuple[int, int, DuplicatePair]


def find_duplicates(
    batch: Sequence[Profile],
    registers: Sequence[Profile] = (),
    *,
    model: KindModel,
    settings: Settings,
    reader: Reader | None = None,
) -> tuple[DuplicatePair, ...]:
    """Return the pairs within a batch, and between it and past tasks, in the order of the batch.

    Every pair comes once, `a` before `b`, with the cluster it belongs to; of each text those of the batch come before
    those of registers, the likeliest first. Which pairs are compared at all, `matcher.flagging.candidates` says: of
    more than 31 copies of one text, some of the pairs, but all copies are in one cluster. `model` was fitted on
    vectors of the encoder that made the profiles; `reader` takes the second look where the first leaves a pair open.
    """
    if not batch:
        return ()
    mine = side_of(batch)
    found = list(_compared(batch, batch, candidates_within(mine), "batch", model, settings, reader))
    if registers:
        rows = candidates_between(mine, side_of(registers))
        found += _compared(batch, registers, rows, "register", model, settings, reader)
    found.sort(key=lambda one: (one[0], one[2].source, -one[2].probability, one[1]))  # "batch" < "register"
    return _with_clusters(found, [*batch, *registers])


def side_of(profiles: Sequence[Profile]) -> Side:
    """Return the texts of one side as the search for candidates sees them."""
    vectors = np.stack([profile.vector for profile in profiles])
    return Side.of([profile.id for profile in profiles], [profile.key for profile in profiles], vectors)


def _compared(
    batch: Sequence[Profile],
    other: Sequence[Profile],
    rows: Rows,
    source: str,
    model: KindModel,
    settings: Settings,
    reader: Reader | None,
) -> Iterator[_Found]:
    offset = 0 if other is batch else len(batch)
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        measures = agreement(batch, other, chunk)
        found = verdicts(model, batch, other, chunk, measures, reader)
        for n, (i, j) in enumerate(chunk.tolist()):
            kind, probability = found.kinds[n], float(found.probability[n])
            if kind == UNRELATED or (kind in SAME and probability < settings.duplicate_low):
                continue
            reasons = found.reasons(n, model, measures[n], reader)
            pair = DuplicatePair(batch[i].id, other[j].id, source, DuplicateKind(kind), probability, reasons)
            yield i, j + offset, pair


def _with_clusters(found: Sequence[_Found], profiles: Sequence[Profile]) -> tuple[DuplicatePair, ...]:
    same = [(i, j) for i, j, pair in found if pair.kind in SAME]
    names = name_clusters([mark_of(profile.id, profile.key) for profile in profiles], same)
    return tuple(replace(pair, cluster=names[i]) if pair.kind in SAME else pair for i, _, pair in found)
