"""Siblings made from one title: its object, or its place, exchanged for another of the same sort.

Judged pairs hold too few titles that differ in one word alone, and just those are what a template hides: roast pork and
roast duck, volleyball and football, one district and the next.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from types import MappingProxyType

from matcher.records import Proposal
from matcher.segmenting import Segmenter

_TEXTS = ("title", "objective", "content")
_TRIES = 8


class Swapper:
    """Draws siblings.

    Parameters
    ----------
    proposals : sequence of Proposal
        Whose titles are taken, and whose objects and places are put in.
    segmenter : Segmenter
        Finds objects and places.
    """

    def __init__(self, proposals: Sequence[Proposal], segmenter: Segmenter) -> None:
        self._proposals: list[tuple[Proposal, list[tuple[str, str]]]] = []
        self._names: dict[str, list[str]] = defaultdict(list)
        for proposal in proposals:
            found = _parts(proposal.title, segmenter)
            if found:
                self._proposals.append((proposal, found))
            for sort, name in found:
                self._names[sort].append(name)

    def draw(self, rng: random.Random) -> tuple[Proposal, Proposal]:
        """Return a proposal and its sibling, which differs in the name of one object or place."""
        while True:
            proposal, found = rng.choice(self._proposals)
            sort, name = rng.choice(found)
            for other in rng.sample(self._names[sort], min(_TRIES, len(self._names[sort]))):
                if _unlike(name, other):
                    return proposal, _with(proposal, name, other)


def _parts(title: str, segmenter: Segmenter) -> list[tuple[str, str]]:
    """Return the sort and the wording of a title's object and of its most local place."""
    thing, places = segmenter.research_object(title), segmenter.places(title)
    found = [(f"object {thing.kind}", title[thing.start : thing.end])] if thing else []
    if places:
        found.append((f"place {places[0].level.value}", title[places[0].start : places[0].end]))
    return found


def _unlike(one: str, two: str) -> bool:
    """Say whether two names share no word but the first, which may say what sort of thing both are."""
    mine, theirs = one.casefold().split(), two.casefold().split()
    return not set(mine[1:]) & set(theirs[1:]) and mine[-1] != theirs[-1] and one.casefold() not in two.casefold()


def _with(proposal: Proposal, name: str, other: str) -> Proposal:
    texts = dict(proposal.sections)
    for part in _TEXTS:
        if part in texts:
            texts[part] = texts[part].replace(name, other)
    return Proposal(f"{proposal.id}'", MappingProxyType(texts), proposal.source)
