"""Which kind of pair two texts make, how sure, and why: a model learned from judged pairs.

The log-odds that a pair is one work are a sum over the parts of `agreement`, so that every part's push can be told (the
waterfall of splink; Fellegi & Sunter, 1969). Each measure has three levels, up to a half, to four fifths, and to the
whole, as from «hardly alike» to «half alike» tells something else than from there to «the same». More likeness does not
speak against one work, but for common wording: without one meaning it is the mark of a template. A second small model
over the same measures names the kind. Both are fitted by `matcher.evaluation.kind_fitting`, and stored beside the
encoder whose vectors they were fitted on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.flagging.agreement import FEATURES, PARTS
from matcher.ranking.fusion import Logistic, damaged, read_part
from matcher.records import DuplicateKind, Reason

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
#: The measure by which an overlap must be about one thing, and a sibling the same kind of work.
BARRED_BY: Mapping[str, str] = MappingProxyType(
    {DuplicateKind.OVERLAP: "object_meaning", DuplicateKind.SAME_METHOD_ELSEWHERE: "method_meaning"}
)
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

    def reasons(self, measures: Floats) -> list[Reason]:
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
        return reasons

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
