"""From a proposal to what the search for duplicates compares."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.encoding import Encoder
from matcher.flagging.continuation import earlier_task
from matcher.flagging.profile import Profile
from matcher.records import Proposal
from matcher.segmenting import Segmenter
from matcher.text import comparison_key, plain_key, restore_diacritics, sentence_case

#: Sections compared beside the title, in this order.
TOLD = ("objective", "content", "results")
#: Of the told text so much goes into the vector; an encoder reads no more.
_CHARS = 900
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Profiler:
    """Makes profiles.

    Parameters
    ----------
    segmenter : Segmenter
        Gives words, objects, places, kinds of work.
    """

    def __init__(self, segmenter: Segmenter) -> None:
        self.segmenter = segmenter

    def __call__(self, proposals: Sequence[Proposal], encoder: Encoder) -> list[Profile]:
        """Return the profile of each proposal; each must have a title."""
        titles = [title_text(proposal) for proposal in proposals]
        texts = [whole_text(proposal) for proposal in proposals]
        distinct = sorted({*titles, *texts})
        vectors = dict(zip(distinct, encoder.encode(distinct, role="proposal"), strict=True)) if distinct else {}
        return [
            self._profile(proposal, text, vectors[title], vectors[text])
            for proposal, title, text in zip(proposals, titles, texts, strict=True)
        ]

    def _profile(
        self, proposal: Proposal, text: str, title_vector: NDArray[np.float32], vector: NDArray[np.float32]
    ) -> Profile:
        title, sections = proposal.title, proposal.sections
        found = self.segmenter.research_object(title)
        told = "\n".join(sections[name] for name in TOLD if sections.get(name))
        year = _YEAR.search(sections.get("year", ""))
        return Profile(
            id=proposal.id,
            key=plain_key(title),
            words=frozenset(self.segmenter.words(title)),
            object=found.key if found else "",
            method=self.segmenter.method(title) or "",
            places=frozenset(place.name for place in self.segmenter.places(title)),
            vector=vector,
            title_vector=title_vector,
            text_words=frozenset(self.segmenter.words(told)) if told else frozenset(),
            organisation=comparison_key(sections.get("organisation", "")).strip(),
            year=int(year[0]) if year else None,
            earlier=earlier_task(f"{title}. {told}"),
            text=text,
        )


def title_text(proposal: Proposal) -> str:
    """Return what of a title is encoded."""
    return restore_diacritics(sentence_case(proposal.title))


def whole_text(proposal: Proposal) -> str:
    """Return title, objective, contents and results as one text, cut to what an encoder reads."""
    parts = [proposal.title, *(proposal.sections.get(name, "") for name in TOLD)]
    told = ". ".join(part.strip().rstrip(".") for part in parts if part.strip())
    return restore_diacritics(sentence_case(told[:_CHARS]))
