"""A first look at many pairs at once, so that only those that may be listed are compared with reasons.

It reckons what `matcher.flagging.pairs` does, by columns instead of pair by pair and in about a quarter of the time,
and lets through all that could be listed: no pair is lost by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from matcher.flagging.nearest import Rows, Vectors
from matcher.flagging.pairs import PRIOR, WEIGHTS, Profile

#: Pairs looked at together; their vectors take 200 MiB.
CHUNK = 65_536
#: What a pair of another kind than a duplicate needs at least; `kind_of` looks at nearer ones.
_MEANING = 0.5
_ROUNDING = 0.01


def worth_comparing(a: Sequence[Profile], b: Sequence[Profile], low: float) -> NDArray[np.bool_]:
    """Say of each pair (a[i], b[i]) whether it can be listed where `low` is the least probability; shape (n,).

    Pairs of equal keys always can.
    """
    meaning = np.einsum("ij,ij->i", _stacked(a), _stacked(b))
    levels = {
        "wording": _alike([one.key for one in a], [one.key for one in b], whole=True),
        "meaning": np.maximum(meaning, 0),
        "words": np.array([_shared(x.words, y.words) for x, y in zip(a, b, strict=True)], np.float32),
        "object": _alike([one.object for one in a], [one.object for one in b], whole=False),
        "method": np.array(
            [float(x.method == y.method) if x.method and y.method else np.nan for x, y in zip(a, b, strict=True)]
        ),
    }
    total = PRIOR + sum(np.nan_to_num(_push(part, level)) for part, level in levels.items())
    same_key = np.array([x.key == y.key for x, y in zip(a, b, strict=True)], bool)
    # The push of the place is never upwards: left out, the total can only be too high.
    worth: NDArray[np.bool_] = (total >= _logit(low) - _ROUNDING) | (meaning >= _MEANING - _ROUNDING) | same_key
    return worth


def chunks_of(rows: Rows) -> list[Rows]:
    """Cut a table of pairs into pieces of bounded memory."""
    return [rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK)]


def _stacked(profiles: Sequence[Profile]) -> Vectors:
    return np.stack([one.vector for one in profiles])


def _alike(left: Sequence[str], right: Sequence[str], *, whole: bool) -> NDArray[np.float64]:
    """Return the likeness of strings in [0, 1], one with one; nan where a side is empty."""
    from rapidfuzz import fuzz, process

    found = process.cpdist(left, right, scorer=fuzz.ratio if whole else fuzz.token_set_ratio, dtype=np.float64)
    return np.where([bool(x and y) for x, y in zip(left, right, strict=True)], found / 100, 0.0 if whole else np.nan)


def _shared(left: frozenset[str], right: frozenset[str]) -> float:
    shared = len(left & right)
    return shared / (len(left) + len(right) - shared) if shared else 0.0


def _push(part: str, level: NDArray[np.float64]) -> NDArray[np.float64]:
    full, none = WEIGHTS[part]
    return np.where(level >= 0.5, full * (2 * level - 1), none * (1 - 2 * level))


def _logit(probability: float) -> float:
    return log(probability / (1 - probability)) if 0 < probability < 1 else (-np.inf if probability <= 0 else 0.0)
