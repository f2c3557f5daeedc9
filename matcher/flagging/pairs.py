"""Two proposals side by side: what agrees, and what kind of pair that makes.

The parts are those of record linkage (Fellegi & Sunter, 1969): the wording of the title, its meaning, the research
object, the kind of work, the place. Each pushes the log-odds of «the same work» up or down, and the pushes are kept
as reasons. The weights below are set by hand from what each part means; a model learned from judged pairs replaces
`WEIGHTS` and `kind_of` when there are such pairs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from matcher.records import DuplicateKind, Reason


@dataclass(frozen=True, slots=True)
class Profile:
    """What is compared of one proposal.

    `key` is the title's comparison key without punctuation; `object` and `method` are what the work is about and
    what is done, "" where unknown; `vector` is the centred unit vector of the masked title, shape (d,).
    """

    id: str
    key: str
    words: frozenset[str]
    object: str
    method: str
    places: frozenset[str]
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two profiles agree, part by part; all but `places_differ` in [0, 1], None where a side does not say."""

    wording: float
    meaning: float
    words: float
    object: float | None
    method: bool | None
    places_differ: bool


PRIOR = -3.0
#: Log-odds at full agreement and at none, for each part.
WEIGHTS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "wording": (5.0, -2.0),
        "meaning": (3.0, -3.0),
        "words": (3.0, -1.5),
        "object": (2.0, -6.0),
        "method": (0.5, -2.0),
        "place": (0.0, -2.5),
    }
)
NOTES: Mapping[str, str] = MappingProxyType(
    {
        "prior": "phần lớn các cặp không liên quan",
        "wording": "mức giống nhau của câu chữ trong tên",
        "meaning": "mức gần nghĩa của tên",
        "words": "tỷ lệ từ nội dung chung",
        "object": "đối tượng nghiên cứu",
        "method": "loại công việc",
        "place": "địa bàn khác nhau",
    }
)


def compare(a: Profile, b: Profile) -> Agreement:
    """Compare two profiles part by part; symmetric."""
    from rapidfuzz import fuzz

    union = a.words | b.words
    both_objects = bool(a.object and b.object)
    return Agreement(
        wording=fuzz.ratio(a.key, b.key) / 100,
        # Between unit vectors, centred: unrelated pairs lie about 0.
        meaning=max(0.0, float(np.dot(a.vector, b.vector))),
        words=len(a.words & b.words) / len(union) if union else 0.0,
        object=fuzz.token_set_ratio(a.object, b.object) / 100 if both_objects else None,
        method=(a.method == b.method) if a.method and b.method else None,
        places_differ=bool(a.places and b.places and not a.places & b.places),
    )


def log_odds(agreement: Agreement) -> tuple[Reason, ...]:
    """Return the pushes towards (+) or away from (−) the same work, the prior first; their sum is the log-odds."""
    levels: dict[str, float | None] = {
        "wording": agreement.wording,
        "meaning": agreement.meaning,
        "words": agreement.words,
        "object": agreement.object,
        "method": None if agreement.method is None else float(agreement.method),
        "place": 0.0 if agreement.places_differ else None,
    }
    reasons = [Reason("prior", PRIOR, NOTES["prior"])]
    for part, level in levels.items():
        if level is None:
            continue
        full, none = WEIGHTS[part]
        # From the midpoint up to full agreement, and down to none: half agreement says nothing.
        weight = full * (2 * level - 1) if level >= 0.5 else none * (1 - 2 * level)
        reasons.append(Reason(part, round(weight, 3), f"{NOTES[part]}: {level:.0%}"))
    return tuple(reasons)


SAME_OBJECT = 0.8
REVISED_WORDING = 0.85


def kind_of(a: Profile, b: Profile, agreement: Agreement, probability: float, high: float) -> DuplicateKind | None:
    """Name the kind of a pair, or None where the two have nothing in common that an officer would want to know."""
    if a.key == b.key:
        return DuplicateKind.IDENTICAL
    other_object = agreement.object is not None and agreement.object < SAME_OBJECT
    elsewhere = other_object or agreement.places_differ
    if probability >= high and not other_object:
        return DuplicateKind.REVISED if agreement.wording >= REVISED_WORDING else DuplicateKind.SAME_WORK
    same_object = agreement.object is not None and not other_object
    if same_object and not agreement.places_differ and agreement.meaning >= 0.5:
        return DuplicateKind.OVERLAP
    if elsewhere and agreement.method and agreement.meaning >= 0.5:
        return DuplicateKind.SAME_METHOD_ELSEWHERE
    return None
