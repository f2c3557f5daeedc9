"""The texts that stand for a proposal or an orientation in training: as written, masked, short, without diacritics."""

from __future__ import annotations

import random

from matcher.evaluation.judgments import Judgment
from matcher.records import Orientation
from matcher.segmenting import Segmenter
from matcher.text import strip_diacritics


class Views:
    """Makes and keeps the views of texts."""

    def __init__(self, segmenter: Segmenter) -> None:
        self.segmenter = segmenter
        self._masked: dict[str, str] = {}

    def masked(self, text: str) -> str:
        """Return a text without places and boilerplate."""
        if text not in self._masked:
            self._masked[text] = self.segmenter.masked(text).text
        return self._masked[text]

    def of_proposal(self, judgment: Judgment) -> tuple[str, ...]:
        """Return the views of a proposal, the one without diacritics last."""
        title, objective = judgment.title.strip(), judgment.objective.strip()
        whole = f"{title}. {objective}" if objective else title
        views = [whole, f"{self.masked(title)}. {self.masked(objective)}" if objective else self.masked(title)]
        if objective:
            views += [title, self.masked(title)]
        return (*views, strip_diacritics(whole))

    def of_orientation(self, orientation: Orientation) -> tuple[str, str]:
        """Return the views of an orientation: as written, and masked."""
        return orientation.text, self.masked(orientation.text)

    def draw_proposal(self, judgment: Judgment, plain: float, rng: random.Random) -> str:
        """Draw one view of a proposal; with probability `plain` the one without diacritics."""
        *accented, bare = self.of_proposal(judgment)
        return bare if rng.random() < plain else rng.choice(accented)

    def draw_orientation(self, orientation: Orientation, rng: random.Random) -> str:
        """Draw one view of an orientation."""
        written, masked = self.of_orientation(orientation)
        return written if rng.random() < 0.6 else masked
