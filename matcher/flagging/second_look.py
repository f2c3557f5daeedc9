"""The second look at a pair: both texts read together, and what that adds to the agreement of their parts.

The first look (`matcher.flagging.kinds`) compares vectors and words, and is cheap. Where it leaves open that two texts
are one work, a cross-encoder reads them side by side (`matcher.encoding.cross`). Its outputs and the log-odds of the
first look make the log-odds of the second, a sum as before, so that every push can still be told.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.flagging.agreement import FEATURES
from matcher.flagging.kinds import BARRED_BY, OTHER, SAME, UNRELATED, KindModel, basis, basis_names
from matcher.flagging.profile import Profile
from matcher.ranking.fusion import Logistic, damaged, read_part
from matcher.records import Reason

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

FILE = "second-look.json"
#: What the cross-encoder's outputs speak for.
OUTPUTS = ("same", "overlap", "same_method_elsewhere", "unrelated")
#: What the second look weighs: the first look's log-odds, and those of each output against the others.
WEIGHED = ("first", *OUTPUTS)
#: Pairs below these log-odds of the first look are not read.
GATE = -3.0
_LEAST = 1e-6
_NOTE = "đọc hai văn bản cạnh nhau"


class Reads(Protocol):
    """What reads pairs of texts (`matcher.encoding.cross`), directly or through a cache."""

    @property
    def fingerprint(self) -> str:
        """A hash of everything that shapes the outputs."""
        ...

    def read(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """Return the outputs of pairs of texts, shape (pairs, len(OUTPUTS))."""
        ...


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What a pair that was read is: `same` over `WEIGHED`, and which kind over the parts and `WEIGHED` together."""

    same: Logistic
    kinds: Mapping[str, Logistic]

    def kind_names(self, measures: Floats, weighed: Floats, same: Bools, bars: Mapping[str, float]) -> list[str]:
        """Return the kind that fits best, of `SAME` where `same`, else of `OTHER` and above its bar."""
        x = np.hstack([basis(measures), weighed])
        fits = {name: model.logit(x) for name, model in self.kinds.items()}
        for kind, measure in BARRED_BY.items():
            fits[kind] = np.where(measures[:, FEATURES.index(measure)] >= bars[kind], fits[kind], -np.inf)
        best = [np.array(group)[np.argmax([fits[name] for name in group], axis=0)] for group in (SAME, OTHER)]
        return [str(name) for name in np.where(same, *best)]

    def reasons(self, first: Sequence[Reason], weighed: Floats) -> list[Reason]:
        """Return the pushes of a pair that was read: those of the first look, weighed anew, and the reading's own."""
        weight = self.same.weights[0] / self.same.scale[0]
        rest = float(self.same.logit(weighed[None])[0]) - weight * float(weighed[0])
        chance = float(1 / (1 + np.exp(-weighed[1])))
        told = [Reason(each.part, round(weight * each.weight, 3), each.note) for each in first]
        return [*told, Reason("reading", round(rest, 3), f"{_NOTE}: giống cùng một việc {chance:.0%}")]

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "same": self.same.to_dict(),
            "kinds": {str(name): each.to_dict() for name, each in self.kinds.items()},
        }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> SecondLook:
        """Rebuild from `to_dict`.

        Raises
        ------
        KeyError, TypeError, ValueError
            If parts are missing or of the wrong kind.
        """
        kinds = {name: Logistic.from_dict(raw["kinds"][name]) for name in map(str, (*SAME, *OTHER))}
        look = cls(Logistic.from_dict(raw["same"]), MappingProxyType(kinds))
        if look.same.features != WEIGHED or any(each.features != kind_features() for each in kinds.values()):
            raise ValueError("it was fitted on other measures")
        return look


@dataclass(frozen=True, slots=True)
class Reader:
    """A cross-encoder and what its outputs mean."""

    cross: Reads
    look: SecondLook

    def weigh(
        self, model: KindModel, pairs: Sequence[tuple[Profile, Profile]], measures: Floats, wanted: Bools
    ) -> Floats:
        """Read the pairs that the first look leaves open; return `WEIGHED`, shape (pairs, 5), NaN where not read.

        Parameters
        ----------
        model : KindModel
            That of the first look.
        pairs : sequence of (Profile, Profile)
            The texts.
        measures : ndarray of float64, shape (pairs, len(FEATURES))
            `agreement` of them.
        wanted : ndarray of bool, shape (pairs,)
            Of the others it is certain already what they are.
        """
        first = model.log_odds(measures)
        out = np.full((len(pairs), len(WEIGHED)), np.nan)
        left_open = np.flatnonzero(wanted & to_read(model, first, measures))
        texts = [(pairs[row][0].text, pairs[row][1].text) for row in left_open.tolist()]
        if texts:
            out[left_open] = weighed(first[left_open], self.cross.read(texts))
        return out


def to_read(model: KindModel, first: Floats, measures: Floats) -> Bools:
    """Say which pairs are read: those that may be one work, and those that the first look calls related."""
    named = np.array(model.kind_names(measures, np.zeros(len(first), bool)), object)
    return np.asarray((first >= GATE) | (named != UNRELATED))


def weighed(first: Floats, outputs: Floats) -> Floats:
    """Return the log-odds of the first look beside those of each output against the others, shape (pairs, 5)."""
    shifted = np.exp(outputs - outputs.max(axis=1, keepdims=True))
    share = np.clip(shifted / shifted.sum(axis=1, keepdims=True), _LEAST, 1 - _LEAST)
    return np.column_stack([first, np.log(share) - np.log1p(-share)])


def kind_features() -> tuple[str, ...]:
    """Return the names of what the kinds are told by."""
    return (*basis_names(), *WEIGHED)


def save_second_look(look: SecondLook, held_out: Mapping[str, Any], folder: Path) -> None:
    """Write the second look with its held-out figures beside the cross-encoder it was fitted on."""
    record = {"model": look.to_dict(), "held_out": dict(held_out)}
    (folder / FILE).write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def read_second_look(folder: Path) -> SecondLook:
    """Read the second look from a cross-encoder's folder.

    Raises
    ------
    ModelError
        If the file is missing, damaged, or was fitted on other measures.
    """
    file = folder / FILE
    try:
        return SecondLook.from_dict(read_part(file, "model"))
    except (KeyError, TypeError, ValueError) as err:
        raise damaged(file, err) from err
