"""Does a text read like a research proposal at all? A linear probe on the base encoder's vector.

Lists of cue words would miss «Đại hội thể thao chào mừng…» or catch research on festivals; the vector knows the
difference. The base model is probed, not the adapted one: what training for orientations does to a text's form is not
controlled (Alain & Bengio, 2017, on linear probes).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.records import Proposal
from matcher.text import restore_diacritics, sentence_case

#: Of a long objective this much is read.
_CHARS = 600


@dataclass(frozen=True, slots=True)
class FormProbe:
    """Log-odds, linear in a vector of shape (d,), that a text is no research proposal."""

    weights: tuple[float, ...]
    bias: float

    def logit(self, vectors: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the log-odds of each row, shape (n, d) → (n,)."""
        weights = np.asarray(self.weights)
        # Row by row: a matrix product may round differently for other numbers of rows.
        return np.array([float(np.dot(row.astype(np.float64), weights)) + self.bias for row in vectors])

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {"weights": [round(value, 5) for value in self.weights], "bias": round(self.bias, 5)}

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> FormProbe:
        """Rebuild from `to_dict`.

        Raises
        ------
        KeyError, TypeError, ValueError
            If parts are missing or of the wrong kind.
        """
        return cls(tuple(float(value) for value in raw["weights"]), float(raw["bias"]))


def form_text(proposal: Proposal) -> str:
    """Return the text whose form is judged: the title, and the objective where there is one."""
    objective = proposal.sections.get("objective", "")[:_CHARS]
    return restore_diacritics(sentence_case(f"{proposal.title}. {objective}" if objective else proposal.title))
