"""What the proposals outside all orientations are about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.trends.records import OutsideGroup
from matcher.trends.topics.finding import find_topics

#: A group that comes back less often is chance.
_STABLE = 0.5
#: Nor are works a group that are hardly nearer to each other than to the rest.
_HELD = 0.15


def group_outside(
    texts: Sequence[str],
    words: Sequence[Sequence[str]],
    vectors: NDArray[np.float32],
    *,
    ids: Sequence[str] | None = None,
    years: Sequence[int] | None = None,
    seed: int = 0,
) -> tuple[OutsideGroup, ...]:
    """Group proposals outside all orientations; a group has three distinct works and comes back in resamples.

    Parameters
    ----------
    texts, words, vectors, ids, seed
        As in `find_topics`.
    years : sequence of int, optional
        The year of each proposal.

    Returns
    -------
    tuple of OutsideGroup
        The largest first; `size` counts proposals, near copies included.
    """
    if years is not None and len(years) != len(texts):
        raise ValueError(f"{len(texts)} texts, {len(years)} years")
    found = find_topics(texts, words, vectors, ids=ids, seed=seed)
    groups = []
    for number, topic in enumerate(found.topics):
        if topic.stability >= _STABLE and topic.cohesion >= _HELD:
            of_group = {year for year, mine in zip(years or (), found.assignment, strict=False) if mine == number}
            groups.append(OutsideGroup(topic.label, topic.size, topic.examples, tuple(sorted(of_group))))
    return tuple(groups)
