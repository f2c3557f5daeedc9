"""Topics, groups of outside proposals and the map, made of the titles of all years at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.encoding import Encoder
from matcher.records import State
from matcher.segmenting import Segmenter
from matcher.trends.gathering import Bullet, Entry
from matcher.trends.movement import unjudged
from matcher.trends.records import OutsideGroup, Point, Topic
from matcher.trends.topics import Topics, find_topics, group_outside

#: Decimals of the map: what lies beyond differs from machine to machine.
_DECIMALS = 4


def find_subjects(
    entries: Sequence[Entry], asked: Mapping[int, tuple[Bullet, ...]], encoder: Encoder, *, seed: int = 0
) -> tuple[tuple[Topic, ...], tuple[OutsideGroup, ...], tuple[Point, ...]]:
    """Return the topics of all proposals and tasks, the groups of those outside, and where each lies on the map.

    Parameters
    ----------
    entries : sequence of Entry
        Of all years; what is no proposal, or has no title, is left out.
    asked : mapping of int to tuple of Bullet
        The orientations of each year: a topic is counted by the fields that its proposals answer.
    encoder : Encoder
        The one by which works are compared.
    seed : int
        Of the resamples by which topics are tried.
    """
    read = [entry for entry in entries if entry.state is not State.INVALID and entry.proposal.title.strip()]
    titles = [entry.proposal.title for entry in read]
    ids = names_of(read)
    segmenter = Segmenter()
    words = segmenter.words_all(titles)
    distinct = list(dict.fromkeys(segmenter.masked(title).text for title in titles))
    row_of = {text: row for row, text in enumerate(distinct)}
    known = encoder.encode(distinct, role="proposal") if distinct else np.zeros((0, encoder.dimension), np.float32)
    vectors = known[[row_of[segmenter.masked(title).text] for title in titles]] if titles else known
    found = find_topics(titles, words, vectors, ids=ids, seed=seed)
    lone = [row for row, entry in enumerate(read) if entry.state is State.OUTSIDE]
    outside = group_outside(
        [titles[row] for row in lone],
        [words[row] for row in lone],
        vectors[lone],
        ids=[ids[row] for row in lone],
        years=[read[row].year for row in lone],
        seed=seed,
    )
    return _topics(found, read, asked), outside, _points(found, read, ids, vectors)


def names_of(entries: Sequence[Entry]) -> list[str]:
    """Return the ids by which proposals are named: with the year where several years use one."""
    used = Counter(entry.proposal.id for entry in entries)
    return [
        entry.proposal.id if used[entry.proposal.id] == 1 else f"{entry.proposal.id} ({entry.year})"
        for entry in entries
    ]


def _topics(found: Topics, read: Sequence[Entry], asked: Mapping[int, tuple[Bullet, ...]]) -> tuple[Topic, ...]:
    fields = {(year, bullet.id): bullet.field_name for year, bullets in asked.items() for bullet in bullets}
    totals = Counter(entry.year for entry in read)
    topics = []
    for number, topic in enumerate(found.topics):
        mine = [entry for entry, of in zip(read, found.assignment, strict=True) if of == number]
        years = Counter(entry.year for entry in mine)
        topics.append(
            Topic(
                id=_topic_id(number),
                label=topic.label,
                words=topic.words,
                size=topic.size,
                movement=unjudged({year: (years[year], totals[year]) for year in sorted(totals)}),
                by_field=dict(sorted(Counter(fields.get((each.year, each.orientation), "") for each in mine).items())),
                stability=topic.stability,
                examples=topic.examples,
            )
        )
    return tuple(topics)


def _points(
    found: Topics, read: Sequence[Entry], ids: Sequence[str], vectors: NDArray[np.float32]
) -> tuple[Point, ...]:
    places = _map(vectors)
    return tuple(
        Point(
            id=name,
            title=entry.proposal.title,
            year=entry.year,
            topic=_topic_id(of) if of >= 0 else "",
            state=entry.state.value if entry.state is not None else "",
            x=float(x),
            y=float(y),
        )
        for entry, name, of, (x, y) in zip(read, ids, found.assignment, places, strict=True)
    )


def _map(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the two directions in which vectors differ most (principal components), each with a fixed sign."""
    if len(vectors) < 3:
        return np.stack([np.arange(len(vectors), dtype=float), np.zeros(len(vectors))], axis=1)
    centred = vectors.astype(np.float64) - vectors.mean(axis=0, dtype=np.float64)
    _, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, [-1, -2]]
    axes = axes * np.sign(axes[np.abs(axes).argmax(axis=0), [0, 1]])
    return np.asarray(np.round(centred @ axes, _DECIMALS) + 0.0, np.float64)


def _topic_id(number: int) -> str:
    return f"t{number + 1}"
