"""Texts that share rare pairs of syllables: what vectors of meaning do not see.

Capitals without diacritics have vectors of their own, and the one crop that two reworded titles both name weighs little
among forty syllables. So texts are linked, too, by neighbouring syllables without diacritics that few texts hold. The
weight of such a pair depends on the texts that hold it alone: unrelated texts, added, change nothing.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from matcher.flagging.nearest import Links, nearest_first

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

#: Pairs of syllables that more texts hold say nothing: so many bound the work, too.
CROWD = 100
_ROWS = 1024
#: So few left texts are compared without scipy, whose import takes longer than they do.
FEW = 4


def nearest_by_wording(left: Sequence[str], right: Sequence[str], *, most: int, floor: float) -> Links:
    """Link each left text to the `most` right texts that share most of its rare pairs of syllables.

    Parameters
    ----------
    left, right : sequence of str
        Keys without diacritics; the same object on both sides links texts to others than themselves.
    floor : float
        Least share of the smaller text's weight that is shared, in (0, 1].

    Returns
    -------
    Links
        With that share as nearness, by left row, nearest first. Memory: 12 bytes for each of at most
        `_ROWS` × syllables × `CROWD` sums, commonly a tenth of it.
    """
    if left is right and len(left) == 1:
        return Links.of((), ())
    numbers: dict[str, int] = {}
    theirs = _bags(right, numbers, grow=True)
    mine = theirs if left is right else _bags(left, numbers, grow=False)
    shape = len(numbers) + 1
    holders = np.bincount(theirs[0], minlength=shape)
    weights = np.where(holders <= CROWD, np.log((CROWD + 1) / np.maximum(holders, 1)), 0).astype(np.float32)
    weights[-1] = np.log(CROWD + 1)  # pairs that no right text holds
    if len(left) <= FEW and left is not right:
        return Links.joined(_of_few(mine, theirs, weights, most, floor))
    from scipy.sparse import csr_matrix

    tables = [_table(csr_matrix, bags, weights, shape) for bags in (mine, theirs)]
    return Links.joined(_of_rows(tables[0], tables[1], weights, most, floor, same=left is right))


def syllable_pairs(text: str) -> set[str]:
    """Return a text's pairs of neighbouring syllables; the syllable itself where there is but one.

    >>> sorted(syllable_pairs("trong cay hoi"))
    ['cay hoi', 'trong cay']
    """
    syllables = text.split()
    return {f"{a} {b}" for a, b in pairwise(syllables)} or set(syllables)


def _bags(texts: Sequence[str], numbers: dict[str, int], *, grow: bool) -> tuple[np.ndarray, np.ndarray]:
    """Return the numbers of all texts' pairs one after another, and where each text's begin; -1 where unknown."""
    flat, starts = array("q"), array("q", [0])
    for text in texts:
        for pair in sorted(syllable_pairs(text)):
            number = numbers.setdefault(pair, len(numbers)) if grow else numbers.get(pair, -1)
            flat.append(number)
        starts.append(len(flat))
    return np.array(flat, np.int64), np.array(starts, np.int64)


def _table(
    make: type[csr_matrix], bags: tuple[np.ndarray, np.ndarray], weights: np.ndarray, width: int
) -> tuple[csr_matrix, np.ndarray]:
    """Return the table of rare pairs (texts × pairs, ones) and each text's whole weight."""
    columns = np.where(bags[0] < 0, width - 1, bags[0])
    table = make((weights[columns], columns, bags[1]), shape=(len(bags[1]) - 1, width), dtype=np.float32)
    whole = np.asarray(table.sum(axis=1), dtype=np.float32).ravel()
    table.eliminate_zeros()
    table.data[:] = 1
    return table, whole


def _of_rows(
    mine: tuple[csr_matrix, np.ndarray],
    theirs: tuple[csr_matrix, np.ndarray],
    weights: np.ndarray,
    most: int,
    floor: float,
    *,
    same: bool,
) -> Iterator[Links]:
    (table, whole), (other, theirs_whole) = mine, theirs
    turned = other.multiply(weights[None, :]).tocsr().T.tocsr()
    for start in range(0, table.shape[0], _ROWS):
        shared = (table[start : start + _ROWS] @ turned).tocoo()
        rows = shared.row.astype(np.int64) + start
        columns = shared.col.astype(np.int64)
        share = shared.data / np.maximum(np.minimum(whole[rows], theirs_whole[columns]), 1e-6)
        kept = share >= floor
        if same:
            kept &= rows != columns
        yield nearest_first(Links(rows, columns, share.astype(np.float32)).take(kept), most)


def _of_few(
    mine: tuple[np.ndarray, np.ndarray],
    theirs: tuple[np.ndarray, np.ndarray],
    weights: np.ndarray,
    most: int,
    floor: float,
) -> Iterator[Links]:
    """Do what `_of_rows` does for a few left texts: the same sums in the same order, hence the same bits."""
    holder = np.repeat(np.arange(len(theirs[1]) - 1), np.diff(theirs[1]))
    whole, other_whole = _whole(mine, weights), _whole(theirs, weights)
    for row in range(len(mine[1]) - 1):
        shared, touched = np.zeros(len(other_whole), np.float32), dict[int, None]()
        for pair in mine[0][mine[1][row] : mine[1][row + 1]]:
            if pair >= 0 and weights[pair] > 0:
                holders = holder[theirs[0] == pair]
                shared[holders] += weights[pair]
                touched |= dict.fromkeys(holders.tolist())
        columns = np.array([*reversed(touched)], np.int64)
        share = shared[columns] / np.maximum(np.minimum(whole[row], other_whole[columns]), 1e-6)
        rows = np.full(len(columns), row, np.int64)
        yield nearest_first(Links(rows, columns, share.astype(np.float32)).take(share >= floor), most)


def _whole(bags: tuple[np.ndarray, np.ndarray], weights: np.ndarray) -> np.ndarray:
    """Return each text's whole weight; unknown pairs, -1, have the last one."""
    whole = np.zeros(len(bags[1]) - 1, np.float32)
    filled = np.flatnonzero(np.diff(bags[1]))
    if len(filled):
        whole[filled] = np.add.reduceat(weights[bags[0]], bags[1][filled])
    return whole
