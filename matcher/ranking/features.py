"""What the fusion sees of a proposal and an orientation; nothing here names a bullet, so it carries over.

Every feature depends on the proposal and the announcement alone, never on other proposals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Names of the features, in the order of the last axis of `stack`.
FEATURES = (
    "dense",  # cosine of the masked, centred vectors
    "dense_z",  # the same, standardised over the announcement's bullets
    "aspect",  # best cosine with one clause of the bullet
    "aspect_z",
    "lexical",  # TF–IDF cosine over words
    "lexical_z",
    "rarest",  # weight of the rarest term that both name
    "rarest_z",
    "character",  # TF–IDF cosine over letter n-grams: misspellings, missing diacritics
    "plan",  # the title of the bullet's plan and the name of its field speak for it
    "field_mean",  # mean cosine with the bullets of its field
    "field_best",  # best cosine in its field
    "precedent",  # how judged proposals like this one were graded; 0 where the announcement has none
    "precedents",  # 1 where the announcement has judged proposals
    "hubness",  # mean cosine of the bullet with a fixed reference set: general bullets attract everything
)

#: What a person calls the features; the reasons why an orientation was not chosen are told in these.
PARTS = {
    "meaning": ("dense", "dense_z", "aspect", "aspect_z"),
    "words": ("lexical", "lexical_z", "rarest", "rarest_z", "character"),
    "plan": ("plan", "field_mean", "field_best"),
    "precedent": ("precedent", "precedents"),
    "breadth": ("hubness",),
}


@dataclass(frozen=True, slots=True)
class PairScores:
    """Raw scores of one proposal against the `n` orientations of an announcement, each of shape (n,).

    `precedent_outside` is the share of judged proposals like this one that no orientation covers.
    """

    dense: Floats
    aspect: Floats
    lexical: Floats
    rarest: Floats
    character: Floats
    plan: Floats
    precedent: Floats
    precedent_outside: float = 0.0
    has_precedents: bool = False


def standardised(scores: Floats) -> Floats:
    """Return scores with mean 0 and deviation 1 over the bullets of one proposal; zeros for a single bullet."""
    spread = scores.std()
    return (scores - scores.mean()) / spread if spread > 1e-9 else np.zeros_like(scores)


def stack(scores: PairScores, fields: Sequence[int], hubness: Floats) -> Floats:
    """Return the feature matrix of one proposal, shape (n, len(FEATURES))."""
    of_field = np.asarray(fields)
    field_mean = np.empty_like(scores.dense)
    field_best = np.empty_like(scores.dense)
    for number in np.unique(of_field):
        mine = of_field == number
        field_mean[mine] = scores.dense[mine].mean()
        field_best[mine] = scores.dense[mine].max()
    columns = {
        "dense": scores.dense,
        "dense_z": standardised(scores.dense),
        "aspect": scores.aspect,
        "aspect_z": standardised(scores.aspect),
        "lexical": scores.lexical,
        "lexical_z": standardised(scores.lexical),
        "rarest": scores.rarest,
        "rarest_z": standardised(scores.rarest),
        "character": scores.character,
        "plan": scores.plan,
        "field_mean": field_mean,
        "field_best": field_best,
        "precedent": scores.precedent,
        "precedents": np.full_like(scores.dense, float(scores.has_precedents)),
        "hubness": hubness,
    }
    return np.stack([columns[name] for name in FEATURES], axis=-1)
