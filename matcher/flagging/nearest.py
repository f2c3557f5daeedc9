"""The nearest neighbours of unit vectors, exactly, in blocks of bounded memory.

Every text keeps its `most` nearest others above a floor. A neighbour is lost only to nearer ones: texts below the
floor, or farther than the last kept, change nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Rows = NDArray[np.int64]

#: Side of the square of cosines held at a time: 16 MiB of float32, and about three times that while it is worked on.
BLOCK = 2048
#: Neighbours waiting to be sorted: 2²¹ of them take 40 MiB.
_WAITING = 1 << 21


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Pairs of rows of two sides, and how near they are; equally long arrays, shape (m,)."""

    left: Rows
    right: Rows
    nearness: Vectors

    def __len__(self) -> int:
        return len(self.left)

    @classmethod
    def of(cls, left: Iterable[int], right: Iterable[int], nearness: float = 1.0) -> Links:
        """Build links that are all as near."""
        rows = np.fromiter(left, np.int64)
        return cls(rows, np.fromiter(right, np.int64), np.full(len(rows), nearness, np.float32))

    @classmethod
    def joined(cls, parts: Iterable[Links]) -> Links:
        """Put links one after another."""
        many = [cls.of((), ()), *parts]
        return cls(
            np.concatenate([links.left for links in many]),
            np.concatenate([links.right for links in many]),
            np.concatenate([links.nearness for links in many]),
        )

    def take(self, chosen: NDArray[np.int64] | NDArray[np.bool_]) -> Links:
        """Return the links at some positions, or where a mask holds."""
        return Links(self.left[chosen], self.right[chosen], self.nearness[chosen])


class Search(Protocol):
    """How the neighbours of `left` in `right` are found; `ExactSearch` and `IndexSearch` are the two."""

    def between(self, left: Vectors, right: Vectors, *, most: int, floor: float) -> Links:
        """Link each left row to its `most` nearest right rows of nearness `floor` or more."""
        ...

    def within(self, vectors: Vectors, *, most: int, floor: float) -> Links:
        """Link each row to its `most` nearest other rows."""
        ...


class ExactSearch:
    """Compares all with all by matrix products, in squares of `BLOCK` rows.

    Memory beyond the vectors: about 100 MiB, and 16 bytes a link; `within`, where each product serves both of its
    sides, sorts all rows' links at once and takes up to 100 bytes a link (0.6 GiB for 200,000 rows of 30 links).
    Time grows with the square: about 4 × 10⁵ rows × rows × dimensions each microsecond on two cores.
    """

    def between(self, left: Vectors, right: Vectors, *, most: int, floor: float) -> Links:
        """Link each left row to its `most` nearest right rows of nearness `floor` or more; floor > 0."""
        return Links.joined(
            self._of_block(left[start : start + BLOCK], right, start, most, floor)
            for start in range(0, len(left), BLOCK)
        )

    def _of_block(self, mine: Vectors, right: Vectors, start: int, most: int, floor: float) -> Links:
        best = _Nearest(len(mine), most, floor)
        for column in range(0, len(right), BLOCK):
            best.add(mine @ right[column : column + BLOCK].T, 0, column)
        links = best.links()
        return Links(links.left + start, links.right, links.nearness)

    def within(self, vectors: Vectors, *, most: int, floor: float) -> Links:
        """Link each row to its `most` nearest other rows; floor > 0. Both directions of a pair may come."""
        best = _Nearest(len(vectors), most, floor)
        for row in range(0, len(vectors), BLOCK):
            mine = vectors[row : row + BLOCK]
            square = mine @ mine.T
            np.fill_diagonal(square, -np.inf)
            best.add(square, row, row)
            for column in range(row + BLOCK, len(vectors), BLOCK):
                square = mine @ vectors[column : column + BLOCK].T
                best.add(square, row, column)
                best.add(square, row, column, turned=True)
        return best.links()


class _Nearest:
    """The nearest neighbours of each row among the squares seen so far."""

    def __init__(self, rows: int, most: int, floor: float) -> None:
        self._most = most
        self._least = np.full(rows, floor, np.float32)  # what a neighbour must reach to be among a row's nearest
        self._parts: list[Links] = []
        self._kept = self._waiting = 0

    def add(self, square: Vectors, row: int, column: int, *, turned: bool = False) -> None:
        """Take in the square whose upper left corner stands at (row, column); turned, as neighbours of its columns."""
        axis, first = (0, column) if turned else (1, row)
        least = self._least[first : first + square.shape[1 - axis]]
        flat = np.flatnonzero(square >= np.expand_dims(least, axis))
        if len(flat) > 4 * self._most * len(least) and square.shape[axis] > self._most:
            # A crowd: the square's own `most` nearest are a bound already.
            kth = np.partition(square, -self._most, axis=axis).take(-self._most, axis=axis)
            np.maximum(least, kth, out=least)
            flat = np.flatnonzero(square >= np.expand_dims(least, axis))
        rows, columns = np.divmod(flat, square.shape[1])
        near = square.ravel()[flat]
        mine, theirs = (columns + column, rows + row) if turned else (rows + row, columns + column)
        self._parts.append(Links(mine, theirs, near))
        self._waiting += len(flat)
        if self._waiting > max(_WAITING, self._kept):
            self._prune()

    def links(self) -> Links:
        """Return the links, by row, nearest first."""
        self._prune()
        return self._parts[0]

    def _prune(self) -> None:
        links = nearest_first(Links.joined(self._parts), self._most)
        full = np.flatnonzero(_places(links.left) == self._most - 1)
        np.maximum.at(self._least, links.left[full], links.nearness[full])
        self._parts, self._kept, self._waiting = [links], len(links), 0


def nearest_first(links: Links, most: int) -> Links:
    """Sort links by their left row, nearest first, and keep `most` of each; nearness must not be negative."""
    # One integer to sort by: the row, then the nearness falling; the bits of positive floats rise with the float.
    falling = np.int64(0xFFFFFFFF) - np.ascontiguousarray(links.nearness).view(np.uint32).astype(np.int64)
    links = links.take(np.argsort((links.left << np.int64(32)) | falling, kind="stable"))
    return links.take(_places(links.left) < most)


def _places(rows: Rows) -> Rows:
    """Return each position's place among the equal rows around it, from 0; rows are sorted."""
    starts = np.flatnonzero(np.r_[True, rows[1:] != rows[:-1]]) if len(rows) else rows
    return np.arange(len(rows)) - np.repeat(starts, np.diff(np.r_[starts, len(rows)]))
