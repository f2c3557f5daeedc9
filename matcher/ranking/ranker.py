"""Ranking an announcement's orientations for a proposal.

Nothing here looks at more than one proposal at a time: the vectors, the words and the fusion of one proposal give
the same bits whatever else is in the batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.encoding import Encoder, Reference
from matcher.ranking.features import PairScores, stack
from matcher.ranking.fusion import Floats, Logistic, sigmoid
from matcher.ranking.lexical import LexicalIndex, character_grams
from matcher.ranking.passages import Passage, passages_of
from matcher.ranking.precedents import Precedents
from matcher.ranking.sections import Reading, cited_by
from matcher.records import Announcement, Orientation, Proposal
from matcher.segmenting import Segmenter
from matcher.text import restore_diacritics, sentence_case

#: Of a long objective this many characters are encoded with the title; longer sections are read in passages.
OBJECTIVE_CHARS = 600
#: Between a title and an objective that are compared as one text.
JOINT = ". "


@dataclass(frozen=True, slots=True)
class Ranking:
    """One proposal against the `n` orientations of an announcement, in the announcement's order.

    `logit` has shape (n,); `orientations` are the ids. `scores` are those of title and objective. `reading` is there
    where further sections were read; `logit` is then that of the whole form.
    """

    orientations: tuple[str, ...]
    logit: Floats
    scores: PairScores
    reading: Reading | None = None

    @property
    def probability(self) -> Floats:
        """Chance that a careful officer would call the orientation relevant, shape (n,)."""
        return sigmoid(self.logit)

    @property
    def added(self) -> Floats:
        """What the further sections add to the log-odds of title and objective, shape (n,)."""
        return np.zeros_like(self.logit) if self.reading is None else self.logit - self.reading.head

    @property
    def covering(self) -> Floats:
        """Log-odds that tell whether any orientation covers the proposal, shape (n,).

        The further sections speak for that only where they leave some orientation more likely than not: of what lies
        outside, some passage comes nearer to some orientation than the title does, and means nothing by it.
        """
        return self.logit if self.reading is None or self.logit.max() >= 0 else self.reading.head

    @property
    def order(self) -> NDArray[np.intp]:
        """Indices of the orientations from the most to the least probable; ties keep the announcement's order."""
        return np.argsort(-self.logit, kind="stable")

    @property
    def best(self) -> str:
        """The most probable orientation's id."""
        return self.orientations[int(self.order[0])]


@dataclass(frozen=True, slots=True)
class QueryText:
    """What of a proposal is compared: `views` are encoded and averaged, `words` are compared as they are."""

    views: tuple[str, str]
    words: tuple[str, ...]
    letters: str


class Ranker:
    """Ranks the orientations of one announcement.

    Parameters
    ----------
    announcement : Announcement
        At least one orientation.
    encoder : Encoder
        Gives vectors of shape (n, d).
    segmenter : Segmenter
        Gives words and masks.
    fusion : Logistic
        Over `FEATURES`, fitted on this encoder's vectors.
    reference : Reference
        The fixed set against which vectors are centred and hubness is measured.
    precedents : Precedents, optional
        Judged proposals of the same announcement.
    sections : Logistic, optional
        Over `SECTION_FEATURES`: what further sections add; without it they are not read.
    """

    def __init__(
        self,
        announcement: Announcement,
        *,
        encoder: Encoder,
        segmenter: Segmenter,
        fusion: Logistic,
        reference: Reference,
        precedents: Precedents | None = None,
        sections: Logistic | None = None,
    ) -> None:
        self.announcement = announcement
        self.encoder = encoder
        self.segmenter = segmenter
        self.fusion = fusion
        self.reference = reference
        self.precedents = precedents
        self.sections = sections
        self._ids = tuple(o.id for o in announcement.orientations)
        self._fields = [o.field for o in announcement.orientations]
        self._index_orientations(announcement.orientations)

    def _index_orientations(self, orientations: Sequence[Orientation]) -> None:
        texts = [o.text for o in orientations]
        self._whole = _mean(self._vectors(texts), self._vectors([self._masked(text) for text in texts]))
        # The mean cosine with the reference set is the product with its mean.
        self._hubness = (self._whole @ self.reference.mean).astype(np.float64)
        clauses = [(i, aspect) for i, o in enumerate(orientations) for aspect in (o.aspects or (o.text,))]
        self._clause_of = np.array([i for i, _ in clauses])
        self._clauses = self._vectors([text for _, text in clauses])
        self._plans = self._vectors([self._plan_text(o) for o in orientations])
        self._lexical = LexicalIndex([self.segmenter.words(text) for text in texts])
        self._characters = LexicalIndex([character_grams(text) for text in texts], pairs=False)

    def _plan_text(self, orientation: Orientation) -> str:
        plan, _ = self.announcement.plan_of(orientation)
        field = next((f.name for f in self.announcement.fields if f.id == orientation.field), "")
        return ". ".join(part for part in (field, plan.title if plan else "") if part) or orientation.text

    def _vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.reference.centre(self.encoder.encode(texts, role="orientation"))

    def _masked(self, text: str) -> str:
        return self.segmenter.masked(text).text

    def query(self, proposal: Proposal) -> QueryText:
        """Return what of a proposal is compared: its title and objective, as written and masked."""
        title = restore_diacritics(sentence_case(proposal.title))
        objective = restore_diacritics(sentence_case(proposal.sections.get("objective", "")[:OBJECTIVE_CHARS]))
        parts = [title, objective] if objective else [title]
        text, masked = JOINT.join(parts), JOINT.join(map(self._masked, parts))
        return QueryText((text, masked), self.segmenter.words(text), text)

    def proposal_vectors(self, queries: Sequence[QueryText]) -> NDArray[np.float32]:
        """Return the centred unit vector of each query: the mean over its views, shape (n, d)."""
        flat = [view for query in queries for view in query.views]
        vectors = self.reference.centre(self.encoder.encode(flat, role="proposal"))
        return _mean(vectors[0::2], vectors[1::2])

    def rank(self, proposals: Sequence[Proposal]) -> list[Ranking]:
        """Rank the orientations for each proposal; each must have a title."""
        queries = [self.query(proposal) for proposal in proposals]
        if not queries:
            return []
        vectors = self.proposal_vectors(queries)
        heads = [self.rank_one(query, vector) for query, vector in zip(queries, vectors, strict=True)]
        return self._whole_forms(proposals, heads)

    def _whole_forms(self, proposals: Sequence[Proposal], heads: Sequence[Ranking]) -> list[Ranking]:
        """Add to the rankings by title and objective what further sections say, where there are any."""
        if self.sections is None:
            return list(heads)
        whole = []
        for head, reading in zip(heads, self.read(proposals, heads), strict=True):
            if reading is not None:
                logit = head.logit + self.sections.logit(reading.features())
                head = replace(head, logit=logit, reading=reading)
            whole.append(head)
        return whole

    def read(self, proposals: Sequence[Proposal], heads: Sequence[Ranking]) -> list[Reading | None]:
        """Read the further sections of proposals in passages, all encoded in one go; None where there are none."""
        passages = [passages_of(proposal) for proposal in proposals]
        queries = [self._passage_query(passage) for mine in passages for passage in mine]
        if not queries:
            return [None] * len(proposals)
        vectors = self.reference.centre(self.encoder.encode([query.views[1] for query in queries], role="proposal"))
        logits = np.stack([self.rank_one(query, vector).logit for query, vector in zip(queries, vectors, strict=True)])
        readings: list[Reading | None] = []
        end = 0
        for proposal, head, mine in zip(proposals, heads, passages, strict=True):
            start, end = end, end + len(mine)
            cites = cited_by(proposal, self.announcement) if mine else head.logit
            reading = Reading(mine, logits[start:end], head.logit, cites, vectors[start:end])
            readings.append(reading if mine else None)
        return readings

    def _passage_query(self, passage: Passage) -> QueryText:
        """Return what of a passage is compared; the masked view alone is encoded."""
        text = restore_diacritics(sentence_case(passage.text))
        return QueryText((text, self._masked(text)), self.segmenter.words(text), text)

    def rank_one(self, query: QueryText, vector: NDArray[np.float32]) -> Ranking:
        """Rank the orientations for one query, whose vector `proposal_vectors` gave."""
        scores = self.scores(query, vector)
        x = stack(scores, self._fields, self._hubness)
        return Ranking(self._ids, self.fusion.logit(x), scores)

    def scores(self, query: QueryText, vector: NDArray[np.float32]) -> PairScores:
        """Return the raw scores of one proposal, before fusion."""
        clause = (self._clauses @ vector).astype(np.float64)
        aspect = np.full(len(self._ids), -1.0)
        np.maximum.at(aspect, self._clause_of, clause)
        return PairScores(
            dense=(self._whole @ vector).astype(np.float64),
            aspect=aspect,
            lexical=self._lexical.scores(query.words).astype(np.float64),
            rarest=self._lexical.rarest(query.words).astype(np.float64),
            character=self._characters.scores(character_grams(query.letters)).astype(np.float64),
            plan=(self._plans @ vector).astype(np.float64),
            precedent=self.precedents.scores(vector) if self.precedents else np.zeros(len(self._ids)),
            precedent_outside=self.precedents.outside(vector) if self.precedents else 0.0,
            has_precedents=self.precedents is not None,
        )

    def features(self, ranking: Ranking) -> Floats:
        """Return the fusion's input for one proposal, shape (n, len(FEATURES))."""
        return stack(ranking.scores, self._fields, self._hubness)

    def pushes(self, ranking: Ranking) -> Floats:
        """Return what each feature adds to the log-odds of each orientation, shape (n, len(FEATURES))."""
        return self.fusion.pushes(self.features(ranking))


def _mean(one: NDArray[np.float32], two: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the unit vectors halfway between two sets of unit vectors."""
    mean = one + two
    return np.asarray(mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9), np.float32)
