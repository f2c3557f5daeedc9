"""Judgments (gold): which orientations a careful reader calls relevant for a proposal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matcher.errors import ErrorGroup, InputError

#: Gain of a grade in nDCG: 2^grade − 1 (Burges et al., 2005).
GAIN = {2: 3.0, 1: 1.0}


@dataclass(frozen=True, slots=True)
class Judgment:
    """One judged proposal: grade 2 is the basis a careful officer would cite, 1 a defensible second basis."""

    id: str
    title: str
    relevant: Mapping[str, int]
    objective: str = ""
    field: int | None = None
    off_topic: bool = False
    outside: str = ""  # for off-topic ones that say so: near, far, invalid
    target: str = ""  # for synthetic ones: the bullet they were written for
    synthetic: bool = False

    @property
    def best(self) -> frozenset[str]:
        """Orientations of grade 2."""
        return frozenset(o for o, grade in self.relevant.items() if grade == 2)


def read_judgments(file: Path) -> tuple[Judgment, ...]:
    """Read judgments from JSON lines.

    Raises
    ------
    InputError
        If the file is missing or empty.
    ErrorGroup
        If lines are broken: each is named with what is wrong.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as err:
        raise InputError(f"cannot be read: {err}", file=file, cure="Give a UTF-8 file of JSON lines.") from err
    judgments, errors = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            judgments.append(_judgment(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as err:
            errors.append(InputError(f"is no judgment: {err}", file=file, place=f"line {number}", cure="Mend it."))
    if errors:
        raise ErrorGroup(errors)
    if not judgments:
        raise InputError("holds no judgments", file=file, cure="Give JSON lines with id, title and relevant.")
    return tuple(judgments)


def _judgment(raw: dict[str, Any]) -> Judgment:
    relevant = {str(o): int(grade) for o, grade in raw["relevant"].items() if grade}
    if unknown := set(relevant.values()) - set(GAIN):
        raise ValueError(f"grades {sorted(unknown)} are not 1 or 2")
    return Judgment(
        id=str(raw["id"]),
        title=str(raw["title"]),
        relevant=relevant,
        objective=str(raw.get("objective") or ""),
        field=raw.get("field"),
        off_topic=bool(raw.get("off_topic", not relevant)),
        outside=str(raw.get("outside") or ""),
        target=str(raw.get("target") or ""),
        synthetic=bool(raw.get("synthetic", False)),
    )
