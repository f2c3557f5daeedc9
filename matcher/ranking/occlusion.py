"""What each phrase of a proposal does for its matches, found by leaving the phrase out (occlusion; Li et al., 2016).

Only the proposal's side changes, so one set of encodings serves all orientations. What is encoded again is the masked
view, the shorter of the two; the fusion then ranks as if the phrase had not been written. In long texts the phrase is
left out where the tokens are averaged, which leaves its traces in its neighbours but costs a single encoding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from matcher.ranking.ranker import JOINT, OBJECTIVE_CHARS, QueryText, Ranker
from matcher.records import Proposal
from matcher.segmenting import Word, WordKind
from matcher.text import sentence_case

Vectors = NDArray[np.float32]

#: Of a text that is encoded again, two neighbouring words are left out together where it has more than this many.
MOST_OCCLUDED = 16
#: In a view longer than this, words are left out of the mean of its token vectors and not of the text: each encoding
#: would cost as much as the whole, and there would be more of them (0.5 s a proposal instead of 0.05).
LONGEST_OCCLUDED = 120
#: What is looked at of each section.
_LOOKED_AT = {"title": 1000, "objective": OBJECTIVE_CHARS}


@dataclass(frozen=True, slots=True)
class Phrase:
    """Neighbouring content words of a section; offsets count in the section's text."""

    section: str
    words: tuple[Word, ...]

    @property
    def start(self) -> int:
        """Where the phrase begins."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.words[-1].end


@dataclass(frozen=True, slots=True)
class Occlusion:
    """The phrases of a proposal with how far the log-odds of each orientation fall without them.

    `drops` has shape (phrases, orientations), in the announcement's order; `query` and `vector` are what of the
    proposal was compared, nothing left out.
    """

    phrases: tuple[Phrase, ...]
    drops: NDArray[np.float64]
    query: QueryText
    vector: Vectors


@dataclass(frozen=True, slots=True)
class _View:
    """The masked view of a proposal, as it is encoded, and where each phrase stands in it."""

    text: str
    phrases: tuple[Phrase, ...]
    places: tuple[tuple[int, int], ...]

    @property
    def is_long(self) -> bool:
        return len(self.text) > LONGEST_OCCLUDED

    def texts(self) -> list[str]:
        """Return what is encoded: the view, and the view without each of its phrases."""
        return [] if self.is_long else [self.text, *(_without(self.text, *place) for place in self.places)]


class Occluder:
    """Leaves out the phrases of proposals, one after another.

    Parameters
    ----------
    ranker : Ranker
        Ranks the proposals.
    """

    def __init__(self, ranker: Ranker) -> None:
        self._ranker = ranker

    def __call__(self, proposals: Sequence[Proposal]) -> list[Occlusion]:
        """Return what the phrases of each proposal do, all encoded in one go; each must have a title."""
        if not proposals:
            return []
        short = [shortened(proposal) for proposal in proposals]
        queries = [self._ranker.query(proposal) for proposal in short]
        vectors = self._ranker.proposal_vectors(queries)
        views = [self._view(proposal, query) for proposal, query in zip(short, queries, strict=True)]
        encoded = iter(self._encoded([text for view in views for text in view.texts()]))
        return [self._occlusion(*each, encoded) for each in zip(short, queries, vectors, views, strict=True)]

    def _encoded(self, texts: list[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self._ranker.encoder.dimension), np.float32)
        return self._ranker.reference.centre(self._ranker.encoder.encode(texts, role="proposal"))

    def _occlusion(
        self, proposal: Proposal, query: QueryText, vector: Vectors, view: _View, encoded: Iterator[Vectors]
    ) -> Occlusion:
        shifts = self._left_out(view) if view.is_long else _shifts(view, encoded)
        whole = self._ranker.rank_one(query, vector).logit
        drops = np.empty((len(view.phrases), len(whole)))
        for row, phrase in enumerate(view.phrases):
            rest = vector - shifts[row]
            rest /= max(float(np.linalg.norm(rest)), 1e-9)
            drops[row] = whole - self._ranker.rank_one(self._cut(query, proposal, phrase), rest).logit
        return Occlusion(view.phrases, drops, query, vector)

    def _cut(self, query: QueryText, proposal: Proposal, phrase: Phrase) -> QueryText:
        """Return a query without the words of a phrase; its views stay as they are, their vector is known."""
        words = list(query.words)
        for key in self._ranker.segmenter.words(proposal.sections[phrase.section][phrase.start : phrase.end]):
            if key in words:
                words.remove(key)
        before = 0 if phrase.section == "title" else len(proposal.title) + len(JOINT)
        letters = _without(query.letters, before + phrase.start, before + phrase.end)
        return replace(query, words=tuple(words), letters=letters)

    def _left_out(self, view: _View) -> Vectors:
        """Return the shifts of a long view: its mean token vector, less that of the tokens outside the phrase."""
        tokens = self._ranker.encoder.token_vectors(view.text, role="proposal")
        total, count = tokens.vectors.sum(axis=0), len(tokens.offsets)
        shifts = np.zeros((len(view.phrases), self._ranker.encoder.dimension), np.float32)
        for row, (start, end) in enumerate(view.places):
            inside = [k for k, (first, last) in enumerate(tokens.offsets) if first < end and last > start]
            if 0 < len(inside) < count:
                means = np.stack([total, total - tokens.vectors[inside].sum(axis=0)])
                whole, rest = self._ranker.reference.centre(means / np.linalg.norm(means, axis=1, keepdims=True))
                shifts[row] = whole - rest
        return shifts

    def _view(self, proposal: Proposal, query: QueryText) -> _View:
        segmenter, text = self._ranker.segmenter, query.views[1]
        words: dict[str, list[Word]] = {}
        place: dict[tuple[str, int], int] = {}
        at = 0
        for name, section in proposal.sections.items():
            masked = segmenter.masked(sentence_case(section))
            place |= {(name, offset): at + i for i, offset in enumerate(masked.offsets)}
            words[name] = [word for word in segmenter.segment(section) if word.kind is WordKind.CONTENT]
            at += len(masked.text) + len(JOINT)
        short = len(text) <= LONGEST_OCCLUDED
        together = 2 if short and sum(map(len, words.values())) > MOST_OCCLUDED else 1
        found = chain.from_iterable(_phrases(name, words[name], proposal.sections[name], together) for name in words)
        phrases = tuple(p for p in found if (p.section, p.start) in place and (p.section, p.end - 1) in place)
        places = tuple((place[p.section, p.start], place[p.section, p.end - 1] + 1) for p in phrases)
        return _View(text, phrases, places)


def shortened(proposal: Proposal) -> Proposal:
    """Return a proposal with the sections that are looked at, each of bounded length."""
    sections = {name: proposal.sections.get(name, "")[:length] for name, length in _LOOKED_AT.items()}
    return replace(proposal, sections={name: text for name, text in sections.items() if text})


def _phrases(section: str, words: Sequence[Word], text: str, together: int) -> Iterator[Phrase]:
    group: list[Word] = []
    for word in words:
        if group and (len(group) == together or text[group[-1].end : word.start].strip()):
            yield Phrase(section, tuple(group))
            group = []
        group.append(word)
    if group:
        yield Phrase(section, tuple(group))


def _shifts(view: _View, encoded: Iterator[Vectors]) -> Vectors:
    whole, *rest = islice(encoded, 1 + len(view.phrases))
    return np.stack([whole - each for each in rest]) if rest else np.zeros((0, len(whole)), np.float32)


def _without(text: str, start: int, end: int) -> str:
    return " ".join(f"{text[:start]} {text[end:]}".split())
