"""Words on both sides that carry a match, and the aspects of a bullet that a proposal leaves out.

Token vectors of the encoder are compared as in late interaction (Khattab & Zaharia, 2020): a pair of words is
evidence where each is the other's nearest among the content words, so both sides can be marked in the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matcher.encoding import Encoder, Reference, Role
from matcher.records import Evidence, EvidenceSpan, Orientation, Proposal
from matcher.segmenting import Segmenter, Word, WordKind
from matcher.text import sentence_case

#: Pairs of words shown for one match.
MOST_EVIDENCE = 5
#: Below this cosine of token vectors, taken from their mean, two words do not speak of the same thing.
LEAST_COSINE = 0.35
#: An aspect nearer than this share of the best aspect's cosine counts as touched.
TOUCHED = 0.6


@dataclass(frozen=True, slots=True)
class _WordVectors:
    words: tuple[Word, ...]
    vectors: NDArray[np.float32]


class Explainer:
    """Finds evidence and uncovered aspects with an encoder's token vectors."""

    def __init__(self, encoder: Encoder, segmenter: Segmenter, reference: Reference) -> None:
        self._encoder = encoder
        self._segmenter = segmenter
        self._reference = reference
        self._cached = lru_cache(maxsize=2048)(self._word_vectors)
        self._aspect_vectors = lru_cache(maxsize=2048)(lambda aspects: self._encoded(aspects, "orientation"))
        self._titles: dict[str, NDArray[np.float32]] = {}

    def __call__(self, proposal: Proposal, orientation: Orientation) -> tuple[tuple[Evidence, ...], tuple[str, ...]]:
        """Return the evidence, strongest first, and the aspects of the bullet that the proposal does not touch."""
        return self.evidence(proposal, orientation), self.uncovered(proposal, orientation)

    def evidence(self, proposal: Proposal, orientation: Orientation) -> tuple[Evidence, ...]:
        """Return pairs of spans, of the title and of the bullet; weights add up to at most 1."""
        mine, theirs = self._cached(proposal.title), self._cached(orientation.text)
        if not mine.words or not theirs.words:
            return ()
        cosine = mine.vectors @ theirs.vectors.T
        same = np.array([[a.text.casefold() == b.text.casefold() for b in theirs.words] for a in mine.words])
        cosine = np.where(same, 1.0, cosine)
        found = [
            (float(cosine[i, j]), i, int(j))
            for i, j in enumerate(cosine.argmax(axis=1))
            if cosine[i, j] >= LEAST_COSINE and cosine[:, j].argmax() == i
        ]
        chosen = sorted(found, key=lambda item: (-item[0], item[1]))[:MOST_EVIDENCE]
        total = sum(value for value, _, _ in chosen)
        return tuple(
            Evidence(_span("title", mine.words[i]), _span("orientation", theirs.words[j]), value / total)
            for value, i, j in chosen
        )

    def uncovered(self, proposal: Proposal, orientation: Orientation) -> tuple[str, ...]:
        """Return the aspects that lie much farther from the title than the nearest one does."""
        aspects = orientation.aspects
        if len(aspects) < 2:
            return ()
        if proposal.title not in self._titles:
            self.prepare([proposal])
        cosine = self._aspect_vectors(aspects) @ self._titles[proposal.title]
        bar = TOUCHED * float(cosine.max())
        return tuple(aspect for aspect, value in zip(aspects, cosine, strict=True) if value < bar)

    def prepare(self, proposals: Sequence[Proposal]) -> None:
        """Encode the titles of the proposals that come next in one go; one at a time would cost a full pass each."""
        titles = list(dict.fromkeys(proposal.title for proposal in proposals))
        self._titles = dict(zip(titles, self._encoded(tuple(titles), "proposal"), strict=True))

    def _encoded(self, texts: tuple[str, ...], role: Role) -> NDArray[np.float32]:
        masked = [self._segmenter.masked(sentence_case(text)).text for text in texts]
        return self._reference.centre(self._encoder.encode(masked, role=role))

    def _word_vectors(self, text: str) -> _WordVectors:
        content = tuple(word for word in self._segmenter.segment(text) if word.kind is WordKind.CONTENT)
        tokens = self._encoder.token_vectors(sentence_case(text))
        if not content or not len(tokens.offsets):
            return _WordVectors((), np.zeros((0, self._encoder.dimension), np.float32))
        centred = tokens.vectors - tokens.vectors.mean(axis=0)
        rows, kept = [], []
        for word in content:
            inside = [k for k, (start, end) in enumerate(tokens.offsets) if start < word.end and end > word.start]
            if inside:
                mean = centred[inside].mean(axis=0)
                rows.append(mean / max(float(np.linalg.norm(mean)), 1e-9))
                kept.append(word)
        vectors = np.stack(rows).astype(np.float32) if rows else np.zeros((0, self._encoder.dimension), np.float32)
        return _WordVectors(tuple(kept), vectors)


def _span(section: str, word: Word) -> EvidenceSpan:
    return EvidenceSpan(section, word.start, word.end, word.text)
