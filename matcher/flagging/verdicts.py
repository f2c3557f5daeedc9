"""What is said of a pair: three rules make it certain, else the first look decides, and the second where it was taken.

Rules that need no model: two titles that are one text are `identical`; two that have the same content words are a near
copy; a text that names another as the work it continues is no duplicate of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.flagging.kinds import NOTES, KindModel
from matcher.flagging.profile import Profile
from matcher.flagging.second_look import WEIGHED, Reader
from matcher.ranking.fusion import sigmoid
from matcher.records import DuplicateKind, Reason
from matcher.text import has_diacritics

Floats = NDArray[np.float64]

#: Push, in log-odds, of a text that names the other as the work it continues: legitimate, and no duplicate.
CONTINUATION = -6.0
#: Least log-odds of a near copy, and how many content words it takes to be one.
NEAR_COPY, FEWEST_WORDS = 3.5, 3
#: How well a named title must agree, and how well the titles where none is named, of 100.
_NAMED, _CLOSE = 85, 65
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What is said of paired texts, each of shape or length (pairs,).

    Attributes
    ----------
    probability : ndarray of float64
        Of one work.
    kinds : tuple
        A `DuplicateKind`, or `UNRELATED`.
    continuation : tuple of bool
        Whether one text says that it continues the other.
    raised : tuple of float
        Log-odds added because the titles are near copies.
    weighed : ndarray of float64, shape (pairs, 5)
        What the second look weighed; NaN where a pair was not read.
    """

    probability: Floats
    kinds: tuple[DuplicateKind | str, ...]
    continuation: tuple[bool, ...]
    raised: tuple[float, ...]
    weighed: Floats

    def reasons(self, row: int, model: KindModel, measures: Floats, reader: Reader | None) -> tuple[Reason, ...]:
        """Return the pushes of one pair, together its log-odds; `measures` are its own, shape (len(FEATURES),)."""
        told = model.reasons(measures)
        if reader is not None and not np.isnan(self.weighed[row, 0]):
            told = reader.look.reasons(told, self.weighed[row])
        if self.raised[row]:
            told.append(Reason("near_copy", round(self.raised[row], 3), NOTES["near_copy"]))
        if self.continuation[row]:
            told.append(Reason("continuation", CONTINUATION, NOTES["continuation"]))
        return tuple(told)


def verdicts(
    model: KindModel,
    left: Sequence[Profile],
    right: Sequence[Profile],
    rows: NDArray[np.int64],
    measures: Floats,
    reader: Reader | None = None,
) -> Verdicts:
    """Decide on pairs: what three rules make certain, and what the model says of the rest.

    Parameters
    ----------
    model : KindModel
        Fitted on vectors of the encoder that made the profiles.
    left, right : sequence of Profile
        The texts.
    rows : ndarray of int, shape (pairs, 2)
        For each pair its row in `left` and in `right`.
    measures : ndarray of float64, shape (pairs, len(FEATURES))
        `agreement` of them.
    reader : Reader, optional
        Takes the second look; without it the first decides.
    """
    pairs = [(left[i], right[j]) for i, j in rows.tolist()]
    weighed = np.full((len(pairs), len(WEIGHED)), np.nan)
    if not pairs:
        return Verdicts(np.zeros(0), (), (), (), weighed)
    identical = np.array([is_identical(a, b) for a, b in pairs])
    follows = np.array([continues(a, b) for a, b in pairs]) & ~identical
    copied = np.array([is_near_copy(a, b) for a, b in pairs]) & ~identical & ~follows
    log_odds = model.log_odds(measures)
    if reader is not None:
        weighed = reader.weigh(model, pairs, measures, ~identical)
        read = ~np.isnan(weighed[:, 0])
        log_odds[read] = reader.look.same.logit(weighed[read])
    log_odds += CONTINUATION * follows
    raised = np.where(copied, np.maximum(0.0, NEAR_COPY - log_odds), 0.0)
    probability = np.where(identical, 1.0, sigmoid(log_odds + raised))
    same = probability >= _HALF
    named = np.array(model.kind_names(measures, same), object)
    if reader is not None and read.any():
        named[read] = reader.look.kind_names(measures[read], weighed[read], same[read], model.bars)
    named[copied] = DuplicateKind.REVISED
    named[follows] = DuplicateKind.OVERLAP
    named[identical] = DuplicateKind.IDENTICAL
    return Verdicts(probability, tuple(named), tuple(follows.tolist()), tuple(raised.tolist()), weighed)


def is_identical(a: Profile, b: Profile) -> bool:
    """Say whether two titles are one text but for case, spaces, punctuation, and diacritics that one leaves out."""
    if a.bare.replace(" ", "") != b.bare.replace(" ", ""):
        return False
    one, two = a.key.replace(" ", ""), b.key.replace(" ", "")
    if one == two:
        return bool(one)
    return not has_diacritics(one) or not has_diacritics(two)


def is_near_copy(a: Profile, b: Profile) -> bool:
    """Say whether two titles have the same content words, at least `FEWEST_WORDS`, and name no other places.

    What is left to differ is wording that says nothing of its own: «Nghiên cứu», «nhằm», a period, a year.
    """
    return a.words == b.words and len(a.words) >= FEWEST_WORDS and not (a.places and b.places and a.places != b.places)


def continues(a: Profile, b: Profile) -> bool:
    """Say whether one text says that it continues an earlier task, and names the other or none but is close to it."""
    return _continues(a, b) or _continues(b, a)


def _continues(later: Profile, earlier: Profile) -> bool:
    from rapidfuzz import fuzz

    if later.earlier is None:
        return False
    named = later.earlier or later.key
    return fuzz.token_set_ratio(named, earlier.key) >= (_NAMED if later.earlier else _CLOSE)
