"""Ids of proposals: from the input, else from the text; never random, and never twice in a run."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping

from matcher.records import TEXT_SECTIONS, Problem, Proposal
from matcher.text import comparison_key, normalize

_LONGEST = 200


def tidy_id(text: str) -> str:
    """Return an id as it is written: normalised, on one line, of bounded length."""
    return " ".join(normalize(text).split())[:_LONGEST]


def id_of_text(sections: Mapping[str, str]) -> str:
    """Return the id of a proposal that has none: a hash of its text, equal for equal words.

    Examples
    --------
    >>> id_of_text({"title": "Khoa học"}) == id_of_text({"title": "KHOA  HỌC"})
    True
    """
    words = "\n".join(comparison_key(sections.get(name, "")) for name in TEXT_SECTIONS)
    return f"p-{hashlib.sha256(words.encode()).hexdigest()[:12]}"


class Ids:
    """Keeps the ids of a run apart: the first keeps its id, the others get «#2», «#3» and a problem."""

    def __init__(self) -> None:
        self._places: dict[str, str] = {}
        self._counts: dict[str, int] = {}

    def distinct(self, proposal: Proposal) -> Proposal:
        """Return the proposal under an id that no other of the run has."""
        source = proposal.source
        place = source.file if source.row is None else f"{source.file}, dòng {source.row}"
        if proposal.id not in self._places:
            self._places[proposal.id] = place
            return proposal
        number = self._counts.get(proposal.id, 1) + 1
        while f"{proposal.id}#{number}" in self._places:
            number += 1
        self._counts[proposal.id] = number
        new = f"{proposal.id}#{number}"
        self._places[new] = place
        message = f"Mã «{proposal.id}» đã có ở {self._places[proposal.id]}; đề xuất này mang mã «{new}»."
        return dataclasses.replace(
            proposal, id=new, problems=(*proposal.problems, Problem("duplicate_id", message, place))
        )
