"""Judged pairs of tasks: reading them, and sharing them out by family.

Pairs that share an object are one *family*; families are held out whole, never single pairs: `corpus/duplicates` says
why.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.errors import InputError
from matcher.flagging.clusters import components
from matcher.flagging.kinds import SAME, UNRELATED
from matcher.records import DuplicateKind, Proposal, Source
from matcher.segmenting import Segmenter
from matcher.settings import resource_dir
from matcher.text import plain_key

KINDS = (*(str(kind) for kind in DuplicateKind), UNRELATED)
#: Kinds that are duplicates; an overlap is neither.
DUPLICATE = (DuplicateKind.IDENTICAL, *SAME)
_TEXTS = ("title", "objective", "content", "organisation", "place")


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """Two texts and the kind of pair that they make."""

    id: str
    kind: str
    a: Proposal
    b: Proposal
    continuation: bool = False


def read_pairs(folder: Path | None = None) -> tuple[JudgedPair, ...]:
    """Read the judged pairs of a folder; `corpus/duplicates` by default.

    Raises
    ------
    InputError
        If there are none, or a line is not as the folder's card describes it.
    """
    folder = folder or resource_dir("corpus") / "duplicates"
    pairs = tuple(pair for file in sorted(folder.glob("pairs-*.jsonl")) for pair in _pairs_of(file))
    if not pairs:
        raise InputError("holds no pairs", file=folder, cure="Give the folder corpus/duplicates of the repository.")
    return pairs


def _pairs_of(file: Path) -> Iterator[JudgedPair]:
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
            if raw["kind"] not in KINDS:
                raise ValueError(f"kind is {raw['kind']!r}")
            a, b = (_side(raw, side, Source(file.name, number)) for side in "ab")
            yield JudgedPair(str(raw["id"]), raw["kind"], a, b, bool(raw["continuation"]))
        except (KeyError, TypeError, ValueError) as err:
            raise InputError(f"is no judged pair: {err}", file=file, place=f"line {number}", cure="Mend it.") from err


def _side(raw: Mapping[str, Any], side: str, source: Source) -> Proposal:
    texts = {name: str(raw[side][name]) for name in _TEXTS if raw[side].get(name)}
    if raw[side].get("year"):
        texts["year"] = str(raw[side]["year"])
    return Proposal(f"{raw['id']}{side}", MappingProxyType(texts), source)


def families(pairs: Sequence[JudgedPair], segmenter: Segmenter) -> NDArray[np.intp]:
    """Return for each pair the number of its family: pairs whose first titles, or their objects, are the same."""
    seen: dict[str, int] = {}
    links = []
    for row, pair in enumerate(pairs):
        found = segmenter.research_object(pair.a.title)
        for sign in (f"title {plain_key(pair.a.title)}", f"object {found.key}" if found else ""):
            if sign:
                links.append((row, seen.setdefault(sign, row)))
    return np.unique(components(len(pairs), links), return_inverse=True)[1].astype(np.intp)


def folds(pairs: Sequence[JudgedPair], segmenter: Segmenter, k: int, *, seed: int = 7) -> NDArray[np.intp]:
    """Share the families out into `k` folds; return the fold of each pair."""
    family = families(pairs, segmenter)
    return np.random.default_rng(seed).permutation(int(family.max()) + 1)[family] % k
