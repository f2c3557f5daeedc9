"""Which kind of pair two texts make, how sure, and why: a model learned from judged pairs.

The log-odds that a pair is one work are a sum over the parts of `agreement`, so that every part's push can be told (the
waterfall of splink; Fellegi & Sunter, 1969). Each measure has three levels, up to a half, to four fifths, and to the
whole, as from «hardly alike» to «half alike» tells something else than from there to «the same». More likeness does not
speak against one work, but for common wording: without one meaning it is the mark of a template. A second small model
over the same measures names the kind. Both are fitted by `matcher.evaluation.kind_fitting`, and stored beside the
encoder whose vectors they were fitted on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.flagging.agreement import FEATURES, PARTS
from matcher.flagging.profile import Profile
from matcher.ranking.fusion import Logistic, damaged, read_part, sigmoid
from matcher.records import DuplicateKind, Reason
from matcher.text import has_diacritics

Floats = NDArray[np.float64]

FILE = "kinds.json"
#: Ends of the levels of a measure.
LEVELS = ((0.0, 0.5), (0.5, 0.8), (0.8, 1.0))
_INDICATORS = ("_known", "_same", "_differs")
#: Kinds that make a pair the same work, and the others; `UNRELATED` is no pair.
UNRELATED = "unrelated"
SAME = (DuplicateKind.REVISED, DuplicateKind.SAME_WORK)
OTHER = (DuplicateKind.OVERLAP, DuplicateKind.SAME_METHOD_ELSEWHERE, UNRELATED)
#: What each part is called, in words.
NOTES: Mapping[str, str] = MappingProxyType(
    {
        "prior": "phần lớn các cặp không liên quan",
        "wording": "mức giống nhau của câu chữ trong tên",
        "meaning": "mức gần nghĩa của tên",
        "text": "mức giống nhau của mục tiêu, nội dung, kết quả",
        "object": "đối tượng nghiên cứu",
        "method": "loại công việc",
        "place": "địa bàn",
        "organisation": "tổ chức",
        "year": "năm khác nhau",
        "near_copy": "cùng từ ngữ chuyên môn, chỉ khác cách diễn đạt",
        "continuation": "nêu rõ là giai đoạn tiếp theo của nhiệm vụ kia",
    }
)
#: Push, in log-odds, of a text that names the other as the work it continues: legitimate, and no duplicate.
CONTINUATION = -6.0
#: The measure by which an overlap must be about one thing, and a sibling the same kind of work.
BARRED_BY: Mapping[str, str] = MappingProxyType(
    {DuplicateKind.OVERLAP: "object_meaning", DuplicateKind.SAME_METHOD_ELSEWHERE: "method_meaning"}
)
#: Least log-odds of a near copy, and how many content words it takes to be one.
NEAR_COPY, FEWEST_WORDS = 3.5, 3
#: Parts whose push in log-odds is smaller say nothing worth a line.
LEAST_PUSH = 0.05


def basis_names() -> tuple[str, ...]:
    """Return the names of the columns of `basis`."""
    names: list[str] = []
    for name in FEATURES:
        names += [name] if name.endswith(_INDICATORS) else [f"{name}>{low}" for low, _ in LEVELS]
    return tuple(names)


def basis(measures: Floats) -> Floats:
    """Return the measures by level, shape (pairs, len(FEATURES)) → (pairs, len(basis_names()))."""
    columns = []
    for i, name in enumerate(FEATURES):
        value = measures[:, i]
        columns += [value] if name.endswith(_INDICATORS) else [np.clip(value, low, high) - low for low, high in LEVELS]
    return np.stack(columns, axis=1)


@dataclass(frozen=True, slots=True)
class KindModel:
    """What makes a pair the same work, and which kind it is.

    `same` gives the log-odds of one work; `kinds` gives for each of `SAME` and of `OTHER` how well it fits, to be
    compared within its group. `bars` is how near a kind of `BARRED_BY` must be in its measure.
    """

    same: Logistic
    kinds: Mapping[str, Logistic]
    bars: Mapping[str, float]

    def log_odds(self, measures: Floats) -> Floats:
        """Return the log-odds that pairs are one work, shape (pairs, len(FEATURES)) → (pairs,)."""
        return self.same.logit(basis(measures))

    def kind_names(self, measures: Floats, same: NDArray[np.bool_]) -> list[str]:
        """Return the kind that fits best, of `SAME` where `same`, else of `OTHER` and above its bar."""
        x = basis(measures)
        fits = {name: model.logit(x) for name, model in self.kinds.items()}
        for kind, measure in BARRED_BY.items():
            fits[kind] = np.where(measures[:, FEATURES.index(measure)] >= self.bars[kind], fits[kind], -np.inf)
        best = [np.array(group)[np.argmax([fits[name] for name in group], axis=0)] for group in (SAME, OTHER)]
        return [str(name) for name in np.where(same, *best)]

    def reasons(self, measures: Floats, *, continuation: bool = False, raised: float = 0.0) -> tuple[Reason, ...]:
        """Return the pushes of one pair towards (+) or away from (−) one work, the prior first.

        `measures` has shape (len(FEATURES),). Together the pushes are the log-odds; small ones are left out. The prior
        is what pairs that agree in nothing have.
        """
        x = basis(np.stack([measures, np.zeros_like(measures)]))
        pushes = self.same.pushes(x)
        of_measure: dict[str, float] = dict.fromkeys(FEATURES, 0.0)
        for name, push in zip(self.same.features, (pushes[0] - pushes[1]).tolist(), strict=True):
            of_measure[name.split(">")[0]] += push
        value = dict(zip(FEATURES, measures.tolist(), strict=True))
        prior = float(self.same.logit(x[1:])[0])
        reasons = [Reason("prior", round(prior, 3), NOTES["prior"])]
        for part, names in PARTS.items():
            weight = sum(of_measure[name] for name in names)
            if abs(weight) >= LEAST_PUSH:
                reasons.append(Reason(part, round(weight, 3), _note(part, value)))
        if raised:
            reasons.append(Reason("near_copy", round(raised, 3), NOTES["near_copy"]))
        if continuation:
            reasons.append(Reason("continuation", CONTINUATION, NOTES["continuation"]))
        return tuple(reasons)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "same": self.same.to_dict(),
            "kinds": {str(name): each.to_dict() for name, each in self.kinds.items()},
            "bars": {str(name): round(bar, 4) for name, bar in self.bars.items()},
        }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> KindModel:
        """Rebuild from `to_dict`.

        Raises
        ------
        KeyError, TypeError, ValueError
            If parts are missing or of the wrong kind.
        """
        kinds = {name: Logistic.from_dict(raw["kinds"][name]) for name in map(str, (*SAME, *OTHER))}
        bars = {str(name): float(raw["bars"][name]) for name in BARRED_BY}
        model = cls(Logistic.from_dict(raw["same"]), kinds, bars)
        if any(each.features != basis_names() for each in (model.same, *kinds.values())):
            raise ValueError("it was fitted on other measures")
        return model


def read_kinds(folder: Path) -> KindModel:
    """Read the model of kinds from an encoder's folder.

    Raises
    ------
    ModelError
        If the file is missing, damaged, or was fitted on other measures.
    """
    file = folder / FILE
    try:
        return KindModel.from_dict(read_part(file, "model"))
    except (KeyError, TypeError, ValueError) as err:
        raise damaged(file, err) from err


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
    """

    probability: Floats
    kinds: tuple[DuplicateKind | str, ...]
    continuation: tuple[bool, ...]
    raised: tuple[float, ...]


def verdicts(
    model: KindModel, left: Sequence[Profile], right: Sequence[Profile], rows: NDArray[np.int64], measures: Floats
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
    """
    pairs = [(left[i], right[j]) for i, j in rows.tolist()]
    if not pairs:
        return Verdicts(np.zeros(0), (), (), ())
    identical = np.array([is_identical(a, b) for a, b in pairs])
    follows = np.array([continues(a, b) for a, b in pairs]) & ~identical
    copied = np.array([is_near_copy(a, b) for a, b in pairs]) & ~identical & ~follows
    log_odds = model.log_odds(measures) + CONTINUATION * follows
    raised = np.where(copied, np.maximum(0.0, NEAR_COPY - log_odds), 0.0)
    probability = np.where(identical, 1.0, sigmoid(log_odds + raised))
    named: list[DuplicateKind | str] = list(model.kind_names(measures, probability >= 0.5))
    for row in np.flatnonzero(copied):
        named[row] = DuplicateKind.REVISED
    for row in np.flatnonzero(follows):
        named[row] = DuplicateKind.OVERLAP
    for row in np.flatnonzero(identical):
        named[row] = DuplicateKind.IDENTICAL
    return Verdicts(probability, tuple(named), tuple(follows.tolist()), tuple(raised.tolist()))


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


#: How well a named title must agree, and how well the titles where none is named, of 100.
_NAMED, _CLOSE = 85, 65
_LEVELS = {
    "wording": "wording", "meaning": "meaning", "text": "text_meaning", "object": "object_meaning",
    "method": "method_meaning",
}  # fmt: skip


def _note(part: str, value: Mapping[str, float]) -> str:
    if part in _LEVELS:
        return f"{NOTES[part]}: {value[_LEVELS[part]]:.0%}"
    if part in ("place", "organisation"):
        return f"{NOTES[part]} {'giống nhau' if value[f'{part}_same'] else 'khác nhau'}"
    return NOTES[part]
