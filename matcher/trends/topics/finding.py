"""Topics of proposals: units of distinct works, clusters that come back, words that tell them apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.trends.topics.consensus import consensus
from matcher.trends.topics.describing import describe
from matcher.trends.topics.thinning import Rows, Units, Vectors, find_units, unit_length

#: Fewer distinct works are no topic.
LEAST = 3
#: Fewer distinct works than this are not clustered: they are one topic if they share a word, else none.
_FEW = 6
_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class FoundTopic:
    """A topic (chủ đề): `size` counts proposals, `works` distinct works; `stability` is in [0, 1].

    `cohesion` is the mean cosine among its works less that to all others, vectors centred: 0 where nothing holds them
    together.
    """

    label: str
    words: tuple[str, ...]
    size: int
    works: int
    stability: float
    cohesion: float
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topics:
    """Topics, the largest first, and the topic of each text in the order given, -1 for none.

    `stability` is the mean adjusted Rand index of the whole against resamples; 0 where nothing was clustered.
    """

    assignment: tuple[int, ...]
    topics: tuple[FoundTopic, ...]
    stability: float

    @property
    def outliers(self) -> float:
        """The share of texts in no topic."""
        return self.assignment.count(-1) / len(self.assignment) if self.assignment else 0.0


def find_topics(
    texts: Sequence[str],
    words: Sequence[Sequence[str]],
    vectors: NDArray[np.float32],
    *,
    ids: Sequence[str] | None = None,
    seed: int = 0,
) -> Topics:
    """Find what texts are about; the answer does not depend on their order.

    Parameters
    ----------
    texts : sequence of str
        Titles, say; equal ones count as one work.
    words : sequence of sequences of str
        `Segmenter.words` of each text: without places, boilerplate and stop words.
    vectors : ndarray of float32, shape (texts, dimension)
        Of any encoder; they need not have length 1.
    ids : sequence of str, optional
        What examples are called; the row's number otherwise.
    seed : int
        Of the resamples.

    Raises
    ------
    ValueError
        If the sequences differ in length or a vector is not finite.

    Examples
    --------
    >>> find_topics([], [], np.zeros((0, 4), np.float32))
    Topics(assignment=(), topics=(), stability=0.0)
    """
    names = [str(row) for row in range(len(texts))] if ids is None else list(ids)
    _check(len(texts), words, vectors, names)
    if not len(texts):
        return Topics((), (), 0.0)
    order = sorted(range(len(texts)), key=lambda row: (texts[row], names[row]))
    units = find_units(
        [texts[row] for row in order], [frozenset(words[row]) for row in order], np.asarray(vectors)[order]
    )
    rows = np.array(order, dtype=np.int64)
    heads = rows[units.rows]
    found = _Finding(units, rows, [words[row] for row in heads], unit_length(vectors[heads]))
    return found.topics(names, [texts[row] for row in heads], seed)


def _check(count: int, words: Sequence[Sequence[str]], vectors: NDArray[np.float32], names: Sequence[str]) -> None:
    if not len(words) == len(vectors) == len(names) == count:
        raise ValueError(f"{count} texts, {len(words)} lists of words, {len(vectors)} vectors, {len(names)} ids")
    if not np.isfinite(vectors).all():
        raise ValueError("vectors must be finite")


class _Finding:
    """Distinct works in their fixed order, and how they become topics."""

    def __init__(self, units: Units, rows: Rows, words: list[Sequence[str]], vectors: Vectors) -> None:
        self._units, self._rows, self._words, self._vectors = units, rows, words, vectors
        self._centred = unit_length(vectors - vectors.mean(axis=0))

    def topics(self, names: Sequence[str], texts: Sequence[str], seed: int) -> Topics:
        of, stabilities, whole = self._clustered(seed)
        sizes = np.bincount(of[self._units.of][of[self._units.of] >= 0], minlength=len(stabilities))
        rank = sorted(range(len(stabilities)), key=lambda topic: (-sizes[topic], int(np.argmax(of == topic))))
        members = [np.flatnonzero(of == topic) for topic in rank]
        described = describe([[self._words[unit] for unit in units] for units in members], texts)
        found = tuple(
            FoundTopic(
                label,
                words,
                int(sizes[topic]),
                len(units),
                float(stabilities[topic]),
                self._cohesion(units),
                self._central(units, names),
            )
            for (label, words), topic, units in zip(described, rank, members, strict=True)
        )
        place = {topic: number for number, topic in enumerate(rank)}
        assignment = np.full(len(self._rows), -1, dtype=np.int64)
        assignment[self._rows] = [place.get(int(topic), -1) for topic in of[self._units.of]]
        return Topics(tuple(assignment.tolist()), found, whole)

    def _clustered(self, seed: int) -> tuple[Rows, NDArray[np.float64], float]:
        if len(self._words) < _FEW:
            return self._few()
        clusters = consensus(self._vectors, seed=seed)
        of = self._without_small(clusters.of)
        kept = np.unique(of[of >= 0])
        number = {int(old): new for new, old in enumerate(kept)}
        of = np.array([number.get(int(old), -1) for old in of], dtype=np.int64)
        return of, np.clip(clusters.stabilities[kept], 0, 1), clusters.stability

    def _few(self) -> tuple[Rows, NDArray[np.float64], float]:
        of = np.full(len(self._words), -1, dtype=np.int64)
        if len(self._words) < LEAST or not frozenset.intersection(*(frozenset(words) for words in self._words)):
            return of, np.zeros(0), 0.0
        of[:] = 0
        return of, np.ones(1), 1.0

    def _without_small(self, of: Rows) -> Rows:
        """Move works of clusters too small to be a topic to a topic whose members are as far from it; else to none."""
        sizes = np.bincount(of)
        kept = np.flatnonzero(sizes >= LEAST)
        centred = self._centred
        if not len(kept):
            return np.full(len(of), -1, dtype=np.int64)
        centres = unit_length(np.stack([centred[of == topic].mean(axis=0) for topic in kept]))
        near = centred @ centres.T
        usual = np.array([np.quantile(near[of == topic, column], 0.1) for column, topic in enumerate(kept)])
        moved = of.copy()
        for unit in np.flatnonzero(sizes[of] < LEAST):
            column = int(np.argmax(near[unit]))
            moved[unit] = kept[column] if near[unit, column] >= usual[column] else -1
        return moved

    def _cohesion(self, units: Rows) -> float:
        mine, count, others = self._centred[units].sum(axis=0), len(units), len(self._centred) - len(units)
        inside = (float(mine @ mine) - count) / (count * (count - 1))
        if not others:
            return 1.0
        return round(inside - float(mine @ (self._centred.sum(axis=0) - mine)) / (count * others), 4)

    def _central(self, units: Rows, names: Sequence[str]) -> tuple[str, ...]:
        near = np.round(self._vectors[units] @ self._vectors[units].mean(axis=0), 5)
        best = units[np.lexsort((units, -near))][:_EXAMPLES]
        return tuple(names[row] for row in self._rows[self._units.rows[best]])
