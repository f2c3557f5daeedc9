"""Words on both sides that carry a match, and the aspects of a bullet that a proposal leaves out.

A proposal's words are chosen by what the match loses without them (`occlusion`), so that the evidence is faithful:
`matcher.evaluation.faithfulness` measures it. Each is shown beside the bullet's words nearest to it, by the encoder's
token vectors as in late interaction (Khattab & Zaharia, 2020).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matcher.encoding import Role
from matcher.ranking.occlusion import Occluder, Occlusion, Phrase, shortened
from matcher.ranking.ranker import QueryText, Ranker, Ranking
from matcher.records import Evidence, EvidenceSpan, Orientation, Proposal
from matcher.segmenting import Word, WordKind
from matcher.text import sentence_case

#: Phrases of the proposal shown for one match, before neighbours are joined.
MOST_EVIDENCE = 5
#: A phrase that does less than this share of what the strongest does is not shown.
LEAST_DROP = 0.25
#: Of a whole form at most so many passages are shown for a match, each of which must move the log-odds so far.
MOST_PASSAGES_SHOWN, LEAST_PASSAGE_DROP = 2, 0.1
#: An aspect nearer than this share of the best aspect's cosine counts as touched, and so does one that shares this many
#: of its words with the proposal.
TOUCHED, SHARED = 0.8, 0.3
#: An aspect of fewer content words says nothing of its own («Nghiên cứu, ứng dụng phát triển công nghệ mới»).
FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class _WordVectors:
    words: tuple[Word, ...]
    vectors: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A span of the proposal beside one of the bullet; `first` and `last` number the bullet's content words."""

    section: str
    start: int
    end: int
    first: int
    last: int
    weight: float


class Explainer:
    """Finds evidence and uncovered aspects.

    Parameters
    ----------
    ranker : Ranker
        Whose matches are explained.

    Attributes
    ----------
    with_evidence : bool
        Whether words are looked for; without them uncovered aspects cost one encoding instead of dozens.
    """

    def __init__(self, ranker: Ranker) -> None:
        self.with_evidence = True
        self._ranker = ranker
        self._segmenter = ranker.segmenter
        self._column = {orientation.id: i for i, orientation in enumerate(ranker.announcement.orientations)}
        self._occlude = Occluder(ranker)
        self._cached = lru_cache(maxsize=2048)(self._word_vectors)
        self._aspect_vectors = lru_cache(maxsize=2048)(lambda aspects: self._encoded(aspects, "orientation"))
        self._occlusions: dict[tuple[str, str], Occlusion] = {}

    def __call__(
        self, proposal: Proposal, orientation: Orientation, ranking: Ranking | None = None
    ) -> tuple[tuple[Evidence, ...], tuple[str, ...]]:
        """Return the evidence, strongest first, and the aspects of the bullet that the proposal does not touch."""
        evidence = self.evidence(proposal, orientation, ranking) if self.with_evidence else ()
        return evidence, self.uncovered(proposal, orientation, ranking)

    def evidence(
        self, proposal: Proposal, orientation: Orientation, ranking: Ranking | None = None
    ) -> tuple[Evidence, ...]:
        """Return pairs of spans, of the proposal and of the bullet, strongest first.

        A weight is the share of the log-odds that all phrases together would take away; they add up to at most 1. Of a
        whole form, whose `ranking` must be given, the passages that the match would fall without take their part.
        """
        occlusion, column = self._occlusion(proposal), self._column[orientation.id]
        head = self._of_phrases(occlusion, proposal, orientation)
        telling = self._telling_passages(ranking, column)
        if ranking is None or ranking.reading is None or not telling:
            return head
        kept = float(np.maximum(occlusion.drops[:, column], 0.0).sum())
        total = kept + sum(drop for _, drop in telling)
        found = [replace(each, weight=each.weight * kept / total) for each in head]
        for k, drop in telling:
            passage, vector = ranking.reading.passages[k], ranking.reading.vectors[k]
            theirs = self._nearest_aspect(orientation, vector)
            text = proposal.sections[passage.section][passage.start : passage.end]
            span = EvidenceSpan(passage.section, passage.start, passage.end, text)
            found.append(Evidence(span, theirs, drop / total))
        return tuple(sorted(found, key=lambda each: -each.weight))

    def _nearest_aspect(self, orientation: Orientation, vector: NDArray[np.float32]) -> EvidenceSpan:
        """Return the aspect of a bullet that a passage comes nearest to; the bullet as a whole where it has none."""
        aspects = tuple(aspect for aspect in orientation.aspects if aspect in orientation.text)
        text = aspects[int((self._aspect_vectors(aspects) @ vector).argmax())] if aspects else orientation.text
        start = orientation.text.find(text)
        return EvidenceSpan("orientation", start, start + len(text), text)

    def _telling_passages(self, ranking: Ranking | None, column: int) -> list[tuple[int, float]]:
        """Return which passages the log-odds would fall without, strongest first, with how far."""
        reading, sections = (ranking.reading, self._ranker.sections) if ranking else (None, None)
        if reading is None or sections is None:
            return []
        whole = sections.logit(reading.features())[column]
        drops = [
            (k, float(whole - sections.logit(reading.features(without=k))[column]))
            for k in range(len(reading.passages))
        ]
        telling = sorted((each for each in drops if each[1] >= LEAST_PASSAGE_DROP), key=lambda each: -each[1])
        return telling[:MOST_PASSAGES_SHOWN]

    def _of_phrases(self, occlusion: Occlusion, proposal: Proposal, orientation: Orientation) -> tuple[Evidence, ...]:
        drops = np.maximum(occlusion.drops[:, self._column[orientation.id]], 0.0)
        theirs = self._cached(orientation.text, "orientation")
        if not drops.any() or not theirs.words:
            return ()
        order = np.argsort(-drops, kind="stable")[:MOST_EVIDENCE]
        chosen = [int(i) for i in order if drops[i] >= LEAST_DROP * drops.max()]
        pieces = [self._piece(proposal, occlusion.phrases[i], theirs, drops[i] / drops.sum()) for i in sorted(chosen)]
        joined = sorted(_joined(pieces, proposal), key=lambda piece: -piece.weight)
        return tuple(_evidence(piece, proposal, orientation, theirs.words) for piece in joined)

    def _piece(self, proposal: Proposal, phrase: Phrase, theirs: _WordVectors, weight: float) -> _Piece:
        """Set a phrase beside the bullet's words nearest to it: those of its words that stand together there."""
        mine = self._cached(proposal.sections[phrase.section], "proposal")
        rows = [k for k, word in enumerate(mine.words) if word in phrase.words]
        near = _cosines(mine, rows, theirs) if rows else np.zeros((1, len(theirs.words)))
        best = near.argmax(axis=1)
        first = last = int(best[near.max(axis=1).argmax()])
        for other in sorted(map(int, best), key=lambda j: abs(j - first)):
            if other in (first - 1, last + 1):
                first, last = min(first, other), max(last, other)
        return _Piece(phrase.section, phrase.start, phrase.end, first, last, float(weight))

    def uncovered(
        self, proposal: Proposal, orientation: Orientation, ranking: Ranking | None = None
    ) -> tuple[str, ...]:
        """Return the aspects that lie farther off than the nearest one does and share hardly a word."""
        aspects = orientation.aspects
        if len(aspects) < 2:
            return ()
        query, vector = self._compared(proposal)
        cosine = self._aspect_vectors(aspects) @ vector
        bar = TOUCHED * float(cosine.max())
        known = set(query.words)
        if ranking is not None and ranking.reading is not None:
            known.update(*(self._segmenter.words(passage.text) for passage in ranking.reading.passages))
        return tuple(
            aspect for aspect, value in zip(aspects, cosine, strict=True) if value < bar and self._is_new(aspect, known)
        )

    def _is_new(self, aspect: str, known: Collection[str]) -> bool:
        words = set(self._segmenter.words(aspect))
        return len(words) >= FEWEST_WORDS and len(words.intersection(known)) < SHARED * len(words)

    def prepare(self, proposals: Sequence[Proposal]) -> None:
        """Encode what the proposals that come next need in one go; one at a time would cost a full pass each."""
        if not self.with_evidence:
            return
        distinct = {_key(proposal): proposal for proposal in proposals}
        self._occlusions = dict(zip(distinct, self._occlude(list(distinct.values())), strict=True))

    def _compared(self, proposal: Proposal) -> tuple[QueryText, NDArray[np.float32]]:
        """Return what of a proposal is compared, and its vector."""
        if self.with_evidence:
            occlusion = self._occlusion(proposal)
            return occlusion.query, occlusion.vector
        query = self._ranker.query(shortened(proposal))
        return query, self._ranker.proposal_vectors([query])[0]

    def _occlusion(self, proposal: Proposal) -> Occlusion:
        if _key(proposal) not in self._occlusions:
            self.prepare([proposal])
        return self._occlusions[_key(proposal)]

    def _encoded(self, texts: tuple[str, ...], role: Role) -> NDArray[np.float32]:
        masked = [self._segmenter.masked(sentence_case(text)).text for text in texts]
        return self._ranker.reference.centre(self._ranker.encoder.encode(masked, role=role))

    def _word_vectors(self, text: str, role: Role) -> _WordVectors:
        content = tuple(word for word in self._segmenter.segment(text) if word.kind is WordKind.CONTENT)
        tokens = self._ranker.encoder.token_vectors(sentence_case(text), role=role)
        if not content or not len(tokens.offsets):
            return _WordVectors((), np.zeros((0, self._ranker.encoder.dimension), np.float32))
        centred = tokens.vectors - tokens.vectors.mean(axis=0)
        rows, kept = [], []
        for word in content:
            inside = [k for k, (start, end) in enumerate(tokens.offsets) if start < word.end and end > word.start]
            if inside:
                mean = centred[inside].mean(axis=0)
                rows.append(mean / max(float(np.linalg.norm(mean)), 1e-9))
                kept.append(word)
        dimension = self._ranker.encoder.dimension
        vectors = np.stack(rows).astype(np.float32) if rows else np.zeros((0, dimension), np.float32)
        return _WordVectors(tuple(kept), vectors)


def _key(proposal: Proposal) -> tuple[str, str]:
    return proposal.title, proposal.sections.get("objective", "")


def _cosines(mine: _WordVectors, rows: Sequence[int], theirs: _WordVectors) -> NDArray[np.float32]:
    """Return the cosines of some words with the bullet's, 1 for the same word, shape (rows, words of the bullet)."""
    same = [[mine.words[k].text.casefold() == word.text.casefold() for word in theirs.words] for k in rows]
    return np.where(np.array(same), 1.0, mine.vectors[list(rows)] @ theirs.vectors.T)


def _joined(pieces: Iterable[_Piece], proposal: Proposal) -> Iterator[_Piece]:
    """Join pieces that stand side by side in the proposal and in the bullet; pieces come in the proposal's order."""
    held: _Piece | None = None
    for piece in pieces:
        if held and _together(held, piece, proposal):
            first, last = min(held.first, piece.first), max(held.last, piece.last)
            held = _Piece(held.section, held.start, piece.end, first, last, held.weight + piece.weight)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _together(one: _Piece, two: _Piece, proposal: Proposal) -> bool:
    if one.section != two.section or proposal.sections[one.section][one.end : two.start].strip():
        return False
    return two.first <= one.last + 1 and one.first <= two.last + 1


def _evidence(piece: _Piece, proposal: Proposal, orientation: Orientation, theirs: Sequence[Word]) -> Evidence:
    start, end = theirs[piece.first].start, theirs[piece.last].end
    return Evidence(
        EvidenceSpan(piece.section, piece.start, piece.end, proposal.sections[piece.section][piece.start : piece.end]),
        EvidenceSpan("orientation", start, end, orientation.text[start:end]),
        piece.weight,
    )
