"""Duplicates inside a batch and against registers of past tasks (trùng lặp), with their kinds.

Candidates are found by exact search over vectors in blocks, so memory stays bounded; each candidate pair is then
compared part by part in `matcher.flagging.pairs`. A pair depends on its two texts alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.flagging.pairs import Profile, compare, kind_of, log_odds
from matcher.records import DuplicateKind, DuplicatePair
from matcher.settings import Settings

#: Pairs below this cosine of centred vectors are not looked at, unless their titles are equal.
CANDIDATE_COSINE = 0.45
#: Kinds that make a pair the same work; only these join clusters.
SAME = frozenset({DuplicateKind.IDENTICAL, DuplicateKind.REVISED, DuplicateKind.SAME_WORK})
#: Of a proposal's candidates, the nearest so many are compared: thousands of copies of one text stay affordable.
MOST_CANDIDATES = 30
_BLOCK = 1024


def find_duplicates(
    batch: Sequence[Profile], registers: Sequence[Profile] = (), *, settings: Settings
) -> tuple[DuplicatePair, ...]:
    """Return the pairs within a batch, and between it and past tasks, in the order of the batch.

    Every pair comes once, `a` before `b`, with the cluster of proposals it belongs to.
    """
    pairs = [_pair(batch[i], batch[j], "batch", settings) for i, j in _candidates(batch, batch, upper=True)]
    pairs += [_pair(batch[i], registers[j], "register", settings) for i, j in _candidates(batch, registers)]
    found = [pair for pair in pairs if pair is not None]
    order = {profile.id: i for i, profile in enumerate(batch)}
    found.sort(key=lambda pair: order[pair.a])  # stable: batch before register, then by probability
    return _with_clusters(found)


def _pair(a: Profile, b: Profile, source: str, settings: Settings) -> DuplicatePair | None:
    agreement = compare(a, b)
    reasons = log_odds(agreement)
    total = sum(reason.weight for reason in reasons)
    probability = 1.0 if a.key == b.key else float(1 / (1 + np.exp(-total)))
    kind = kind_of(a, b, agreement, probability, settings.duplicate_high)
    if kind is None or (kind in SAME and probability < settings.duplicate_low):
        return None
    return DuplicatePair(a.id, b.id, source, kind, probability, reasons)


def _candidates(left: Sequence[Profile], right: Sequence[Profile], *, upper: bool = False) -> Iterator[tuple[int, int]]:
    if not left or not right:
        return
    theirs = np.stack([profile.vector for profile in right])
    same_key: dict[str, list[int]] = {}
    for j, profile in enumerate(right):
        same_key.setdefault(profile.key, []).append(j)
    for start in range(0, len(left), _BLOCK):
        mine = np.stack([profile.vector for profile in left[start : start + _BLOCK]])
        yield from _of_block(mine @ theirs.T, start, left, same_key, upper=upper)


def _of_block(
    cosines: NDArray[np.float32],
    start: int,
    left: Sequence[Profile],
    same_key: dict[str, list[int]],
    *,
    upper: bool,
) -> Iterator[tuple[int, int]]:
    for row, line in enumerate(cosines):
        i = start + row
        near = set(np.flatnonzero(line >= CANDIDATE_COSINE).tolist()) | set(same_key.get(left[i].key, ()))
        chosen = sorted((j for j in near if not upper or j > i), key=lambda j: (-round(float(line[j]), 4), j))
        for j in chosen[:MOST_CANDIDATES]:
            yield i, j


@dataclass(slots=True)
class _Sets:
    """Disjoint sets of ids (Tarjan, 1975); the result does not depend on the order of unions."""

    parent: dict[str, str]

    def find(self, key: str) -> str:
        self.parent.setdefault(key, key)
        while self.parent[key] != key:
            self.parent[key] = self.parent[self.parent[key]]
            key = self.parent[key]
        return key

    def join(self, a: str, b: str) -> None:
        first, second = sorted((self.find(a), self.find(b)))
        self.parent[second] = first


def _with_clusters(pairs: Sequence[DuplicatePair]) -> tuple[DuplicatePair, ...]:
    sets = _Sets({})
    for pair in pairs:
        if pair.kind in SAME:
            sets.join(_node(pair.source, pair.b), _node("batch", pair.a))
    members: dict[str, list[str]] = {}
    for node in sorted(sets.parent):
        members.setdefault(sets.find(node), []).append(node)
    names = {root: "c-" + hashlib.sha256("\n".join(nodes).encode()).hexdigest()[:12] for root, nodes in members.items()}
    return tuple(
        replace(pair, cluster=names[sets.find(_node("batch", pair.a))]) if pair.kind in SAME else pair for pair in pairs
    )


def _node(source: str, key: str) -> str:
    return f"{source}:{key}"
