"""Near copies count as one when topics form, so a wave of resubmissions makes no topic by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Vectors = NDArray[np.float32]

#: Two texts are one work put in again where vectors and words both say so; templates agree in one of them only.
_COSINE = 0.9
_SHARED_WORDS = 0.7
_AT_ONCE = 1024


@dataclass(frozen=True, slots=True)
class Units:
    """Distinct works: `of[row]` is the unit of a text, `rows[unit]` the text that stands for it."""

    of: Rows
    rows: Rows

    def __len__(self) -> int:
        """How many distinct works there are."""
        return len(self.rows)


def unit_length(vectors: Vectors) -> Vectors:
    """Return the vectors brought to length 1; a vector of zeros stays one."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


def find_units(keys: Sequence[str], words: Sequence[frozenset[str]], vectors: Vectors) -> Units:
    """Join what is nearly the same text; rows must be in an order that does not depend on the input's.

    Every row is compared with the first row of the units before it, so that no chain of small changes joins two works.
    """
    first_of: dict[str, int] = {}
    for row, key in enumerate(keys):
        first_of.setdefault(key, row)
    leader = np.array([first_of[key] for key in keys], dtype=np.int64)
    distinct = np.unique(leader)
    _join_near(distinct, words, unit_length(vectors[distinct]), leader)
    heads = leader[leader]
    rows, of = np.unique(heads, return_inverse=True)
    return Units(of.astype(np.int64), rows.astype(np.int64))


def _join_near(distinct: Rows, words: Sequence[frozenset[str]], vectors: Vectors, leader: Rows) -> None:
    joined = np.zeros(len(distinct), dtype=bool)
    for start in range(0, len(distinct), _AT_ONCE):
        near = vectors[start : start + _AT_ONCE] @ vectors[: start + _AT_ONCE].T
        for offset, other in np.argwhere(near >= _COSINE):
            mine = start + offset
            if other >= mine or joined[other] or joined[mine]:
                continue
            if _alike(words[distinct[mine]], words[distinct[other]]):
                leader[distinct[mine]] = distinct[other]
                joined[mine] = True


def _alike(left: frozenset[str], right: frozenset[str]) -> bool:
    return bool(left) and len(left & right) >= _SHARED_WORDS * len(left | right)
