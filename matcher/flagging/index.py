"""Approximate search beyond what exact search does in minutes: the graph index of usearch (HNSW).

Malkov & Yashunin, "Efficient and robust approximate nearest neighbor search using Hierarchical Navigable Small World
graphs" (2018); https://github.com/unum-cloud/usearch. Time grows nearly as the number of texts; some of the farther
neighbours are missed: `make bench ONLY=duplicates` measures how many.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, cast

import numpy as np

from matcher.errors import MissingDependencyError
from matcher.flagging.nearest import Links, Vectors

if TYPE_CHECKING:
    from usearch.index import BatchMatches, Index

#: Edges a node, and nodes looked at while building and while searching: wider is slower and misses less.
CONNECTIVITY, WIDTH_OF_BUILDING, WIDTH_OF_SEARCH = 16, 96, 96
_ROWS = 8192


class IndexSearch:
    """Finds neighbours by an index built in memory: 2 bytes a dimension and about 400 bytes of edges a text.

    Raises
    ------
    MissingDependencyError
        If usearch is not installed.
    """

    def __init__(self) -> None:
        if find_spec("usearch") is None:
            raise MissingDependencyError(
                "so many texts are searched by an index, for which the package usearch is missing",
                cure='install it with: pip install "orientation-matcher[scale]"',
            )

    def between(self, left: Vectors, right: Vectors, *, most: int, floor: float) -> Links:
        """Link each left row to its `most` nearest right rows of nearness `floor` or more, as far as they are found."""
        if not len(left) or not len(right):
            return Links.of((), ())
        index = _built(right)
        return Links.joined(
            self._of_block(index, left[start : start + _ROWS], start, most, floor)
            for start in range(0, len(left), _ROWS)
        )

    def within(self, vectors: Vectors, *, most: int, floor: float) -> Links:
        """Link each row to its `most` nearest other rows, as far as they are found."""
        links = self.between(vectors, vectors, most=most + 1, floor=floor)
        return links.take(links.left != links.right)

    def _of_block(self, index: Index, mine: Vectors, start: int, most: int, floor: float) -> Links:
        many = np.repeat(mine, 2, axis=0) if len(mine) == 1 else mine  # a single row would be answered in another shape
        found = cast("BatchMatches", index.search(many, min(most, len(index))))
        rows, places = np.nonzero(np.arange(found.keys.shape[1])[None, :] < found.counts[:, None])
        near = 1 - found.distances[rows, places].astype(np.float32)
        links = Links(rows + start, found.keys[rows, places].astype(np.int64), near)
        return links.take((near >= floor) & (rows < len(mine)))


def _built(vectors: Vectors) -> Index:
    from usearch.index import Index

    index = Index(
        ndim=vectors.shape[1],
        metric="ip",
        dtype="f16",
        connectivity=CONNECTIVITY,
        expansion_add=WIDTH_OF_BUILDING,
        expansion_search=WIDTH_OF_SEARCH,
    )
    index.add(np.arange(len(vectors)), vectors, threads=1)  # one thread: the same texts give the same index
    return index
