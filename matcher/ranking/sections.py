"""What the sections of a whole form add to what its title and objective say of an orientation.

Each passage is read as a query of its own and weighed by the same fusion; of a section, the best passage decides. How
far it lies above or below the title and objective, section by section, and whether the grounds cite a plan of the
orientation, make a correction of the log-odds. Its weights are learned on filled-in forms by
`matcher.evaluation.form_fitting` and stand beside the fusion. A proposal without these sections is left as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.announcement.numbers import same_number
from matcher.checking.cited import cited_plans
from matcher.ranking.fusion import Floats, Logistic, damaged, read_part
from matcher.ranking.passages import PASSAGE_SECTIONS, Passage
from matcher.records import Announcement, Proposal

#: The file of a model's folder with what was learned, and the part of it that is read.
SECTIONS_FILE, SECTIONS_PART = "sections.json", "sections"
#: Names of the features: the best passage of each section less the head, and whether the grounds cite a plan.
SECTION_FEATURES = (*PASSAGE_SECTIONS, "cites")
#: Of the reasons this much is searched for plans.
_SEARCHED = 20_000


@dataclass(frozen=True, slots=True)
class Reading:
    """The passages of one proposal against the `n` orientations.

    Attributes
    ----------
    passages : tuple of Passage
        What was read.
    logits : ndarray, shape (passages, n)
        Log-odds by the fusion of each passage on its own.
    head : ndarray, shape (n,)
        Log-odds of title and objective.
    cites : ndarray, shape (n,)
        1 where the grounds cite a plan that the orientation rests on.
    vectors : ndarray of float32, shape (passages, d)
        Of the passages.
    """

    passages: tuple[Passage, ...]
    logits: Floats
    head: Floats
    cites: Floats
    vectors: NDArray[np.float32]

    def features(self, without: int = -1) -> Floats:
        """Return the features of each orientation, shape (n, len(SECTION_FEATURES)), one passage left out if asked."""
        columns = []
        for name in PASSAGE_SECTIONS:
            rows = [k for k, passage in enumerate(self.passages) if passage.section == name and k != without]
            columns.append(self.logits[rows].max(axis=0) - self.head if rows else np.zeros_like(self.head))
        return np.stack([*columns, self.cites], axis=-1)


def cited_by(proposal: Proposal, announcement: Announcement) -> Floats:
    """Return 1 for each orientation one of whose plans the proposal's reasons cite, whatever the date given."""
    reasons = proposal.sections.get("rationale", "")[:_SEARCHED]
    numbers = {same_number(cited.mention.number) for cited in cited_plans(reasons, announcement)} if reasons else set()
    return np.array(
        [
            float(any(same_number(citation.plan) in numbers for citation in orientation.citations))
            for orientation in announcement.orientations
        ]
    )


def read_sections(folder: Path) -> Logistic | None:
    """Return what a model's folder knows of the weight of sections; None where it knows nothing.

    Raises
    ------
    ModelError
        If the file is damaged, or was fitted on other features.
    """
    file = folder / SECTIONS_FILE
    if not file.is_file():
        return None
    try:
        model = Logistic.from_dict(read_part(file, SECTIONS_PART))
        if model.features != SECTION_FEATURES:
            raise ValueError(f"it was fitted on other features: {', '.join(model.features)}")
    except (KeyError, TypeError, ValueError) as err:
        raise damaged(file, err) from err
    return model
