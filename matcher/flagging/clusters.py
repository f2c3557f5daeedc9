"""Clusters of duplicates (nhóm trùng lặp): texts connected by pairs, under a name that lasts.

A cluster is named after one of its members, that of the smallest mark (a hash of its id and its title's key). An
officer who decided on it last week finds it under the same name this week, though a copy came in or another was
withdrawn: of m members a new one takes the name over in one case of m + 1, and one that leaves takes it along in one
of m. When two clusters grow together, one of the two names stays. A name made of all members, by contrast, is lost
whenever anyone joins. It depends on no other cluster, nor on the order of texts or pairs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence


def mark_of(id: str, key: str) -> str:
    """Return a text's mark: two registers may number from 1, so the title's key belongs to it.

    >>> mark_of("P1", "trồng hồi")[:6]
    '35475e'
    """
    return hashlib.sha256(f"{id}\n{key}".encode()).hexdigest()


def components(size: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Return for each of `size` rows the smallest row that pairs connect it to, itself if none (Tarjan, 1975).

    >>> components(5, [(3, 1), (1, 4)])
    [0, 1, 2, 1, 1]
    """
    parent = list(range(size))

    def find(row: int) -> int:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    for a, b in pairs:
        first, second = sorted((find(a), find(b)))
        parent[second] = first
    return [find(row) for row in range(size)]


def name_clusters(marks: Sequence[str], pairs: Iterable[tuple[int, int]]) -> list[str]:
    """Return the name of each text's cluster, "" for a text that no pair connects.

    Parameters
    ----------
    marks : sequence of str
        One a text, of `mark_of`.
    pairs : iterable of pairs of int
        Rows of texts that are duplicates.
    """
    root = components(len(marks), pairs)
    smallest: dict[int, str] = {}
    members: dict[int, int] = {}
    for row, mark in zip(root, marks, strict=True):
        smallest[row] = min(mark, smallest.get(row, mark))
        members[row] = members.get(row, 0) + 1
    return [f"c-{smallest[row][:12]}" if members[row] > 1 else "" for row in root]
