"""How two texts agree, part by part, as in record linkage (Fellegi & Sunter, 1969).

The vectors are those of a model trained on pairs of tasks (`matcher.training.pairs`). Its three thirds are compared
each for itself: the first says whether two texts are the same work, the second whether they are about the same thing,
the third whether the kind of work is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from matcher.flagging.profile import Profile

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

#: Names of what is compared, in the order of the columns of `agreement`. Those that end in `_known`, `_same` or
#: `_differs` are 0 or 1; all others lie in [0, 1], and are 0 where one side does not say.
FEATURES = (
    "wording",  # letters of the titles in order
    "wording_set",  # words of the titles, in whatever order, one within the other
    "words",  # share of content words in common
    "meaning",  # same work, by the titles
    "text_meaning",  # same work, by all that is told, where both tell more than the title
    "object_meaning",  # about the same thing, by the titles
    "object_wording",
    "object_known",
    "method_meaning",  # the same kind of work, by the titles
    "method_same",
    "method_differs",
    "place_same",
    "place_differs",
    "text_words",  # share of the shorter text's content words that the other has
    "text_known",
    "organisation_same",
    "organisation_differs",
    "year_differs",
    "bare_same",  # the titles differ in diacritics alone
)
#: What a person calls them; reasons are told in these parts.
PARTS = MappingProxyType(
    {
        "wording": ("wording", "wording_set", "words", "bare_same"),
        "meaning": ("meaning",),
        "text": ("text_meaning", "text_words", "text_known"),
        "object": ("object_meaning", "object_wording", "object_known"),
        "method": ("method_meaning", "method_same", "method_differs"),
        "place": ("place_same", "place_differs"),
        "organisation": ("organisation_same", "organisation_differs"),
        "year": ("year_differs",),
    }
)
_THIRDS = {"work": 0, "object": 1, "method": 2}


def agreement(left: Sequence[Profile], right: Sequence[Profile], rows: Rows) -> Floats:
    """Compare pairs of profiles; symmetric.

    Parameters
    ----------
    left, right : sequence of Profile
        The texts.
    rows : ndarray of int, shape (pairs, 2)
        For each pair its row in `left` and in `right`.

    Returns
    -------
    ndarray of float64, shape (pairs, len(FEATURES))
    """
    pairs = [(left[i], right[j]) for i, j in rows.tolist()]
    if not pairs:
        return np.zeros((0, len(FEATURES)))
    ours, theirs = np.stack([a.title_vector for a, _ in pairs]), np.stack([b.title_vector for _, b in pairs])
    our_text, their_text = np.stack([a.vector for a, _ in pairs]), np.stack([b.vector for _, b in pairs])
    columns: dict[str, Floats] = {
        "meaning": third(ours, theirs, "work"),
        "text_meaning": third(our_text, their_text, "work")
        * np.array([bool(a.text_words and b.text_words) for a, b in pairs], np.float64),
        "object_meaning": third(ours, theirs, "object"),
        "method_meaning": third(ours, theirs, "method"),
    }
    columns |= _wordings(pairs)
    rest = np.array([_said(a, b) for a, b in pairs], np.float64)
    columns |= {name: rest[:, i] for i, name in enumerate(_SAID)}
    return np.stack([columns[name] for name in FEATURES], axis=1)


def third(a: NDArray[np.float32], b: NDArray[np.float32], part: str) -> Floats:
    """Return the cosines of one third of paired vectors, shapes (n, d) and (n, d) → (n,), none below 0."""
    width = a.shape[1] // len(_THIRDS)
    cut = slice(_THIRDS[part] * width, (_THIRDS[part] + 1) * width)
    one, two = a[:, cut].astype(np.float64), b[:, cut].astype(np.float64)
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(two, axis=1)
    return np.asarray(np.maximum(0.0, (one * two).sum(axis=1) / np.maximum(lengths, 1e-12)), np.float64)


def _wordings(pairs: Sequence[tuple[Profile, Profile]]) -> dict[str, Floats]:
    from rapidfuzz import fuzz, process

    ours, theirs = [a.key for a, _ in pairs], [b.key for _, b in pairs]
    objects = [(a.object, b.object) if a.object and b.object else ("", "") for a, b in pairs]
    one, two = [a for a, _ in objects], [b for _, b in objects]

    def scores(a: Iterable[str], b: Iterable[str], scorer: object) -> Floats:
        return np.asarray(process.cpdist(list(a), list(b), scorer=scorer), np.float64) / 100  # type: ignore[arg-type]

    known = np.array([bool(a) for a in one], np.float64)
    return {
        "wording": scores(ours, theirs, fuzz.ratio),
        "wording_set": scores(ours, theirs, fuzz.token_set_ratio),
        "object_wording": scores(one, two, fuzz.token_set_ratio) * known,
        "object_known": known,
    }


_SAID = (
    "words", "method_same", "method_differs", "place_same", "place_differs", "text_words", "text_known",
    "organisation_same", "organisation_differs", "year_differs", "bare_same",
)  # fmt: skip


def _said(a: Profile, b: Profile) -> tuple[float, ...]:
    """Return the columns `_SAID` of one pair."""
    method = bool(a.method and b.method)
    places = bool(a.places and b.places)
    organisation = bool(a.organisation and b.organisation)
    shorter = min(len(a.text_words), len(b.text_words))
    union = len(a.words | b.words)
    return (
        len(a.words & b.words) / union if union else 0.0,
        method and a.method == b.method,
        method and a.method != b.method,
        places and bool(a.places & b.places),
        places and not a.places & b.places,
        len(a.text_words & b.text_words) / shorter if shorter else 0.0,
        shorter > 0,
        organisation and a.organisation == b.organisation,
        organisation and a.organisation != b.organisation,
        a.year is not None and b.year is not None and a.year != b.year,
        a.bare == b.bare,
    )
