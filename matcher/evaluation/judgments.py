"""Judgments (gold): which orientations a careful reader calls relevant for a proposal."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matcher.errors import ErrorGroup, InputError
from matcher.proposal.cleaning import clean
from matcher.records import Proposal, Source
from matcher.text import normalize

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
    difficulty: str = ""  # for synthetic ones: plain, neighbour, far_wording
    voice: str = ""  # for synthetic ones: who speaks (cooperative, hospital, …)

    @property
    def best(self) -> frozenset[str]:
        """Orientations of grade 2."""
        return frozenset(o for o, grade in self.relevant.items() if grade == 2)

    @property
    def inside(self) -> bool:
        """Whether some orientation covers the proposal, so that its ranking can be judged."""
        return bool(self.relevant) and not self.off_topic


def proposal_of(judgment: Judgment) -> Proposal:
    """Return a judged text as the proposal that a table with this row would be read as."""
    texts = {"title": judgment.title, "objective": judgment.objective}
    cleaned = {name: clean(normalize(text)) for name, text in texts.items()}
    cleaned["title"] = " ".join(cleaned["title"].split())
    return Proposal(judgment.id, {name: text for name, text in cleaned.items() if text}, Source("judgments"))


def gather_judgments(files: Sequence[Path]) -> tuple[Judgment, ...]:
    """Read several files of judgments against one announcement.

    Raises
    ------
    InputError
        As `read_judgments` does, and where two judgments have the same id.
    """
    judgments = tuple(judgment for file in files for judgment in read_judgments(file))
    twice = [name for name, times in Counter(judgment.id for judgment in judgments).items() if times > 1]
    if twice:
        raise InputError(
            f"{len(twice)} proposals are judged twice: {_some(twice)}",
            file=", ".join(map(str, files)),
            cure="Give each proposal one judgment; files about other announcements need a run of their own.",
        )
    return judgments


def check_orientations(judgments: Sequence[Judgment], known: Collection[str], *, announcement: str) -> None:
    """Refuse judgments that name orientations which the announcement does not have.

    Raises
    ------
    InputError
        Listing them.
    """
    unknown = {o: judgment.id for judgment in judgments for o in judgment.relevant if o not in known}
    if unknown:
        named = [f"{o} ({proposal})" for o, proposal in unknown.items()]
        raise InputError(
            f"the judgments name {len(unknown)} orientations that {announcement!r} does not have: {_some(named)}",
            cure="Name the announcement that they are about with --announcement, or mend the judgments.",
        )


def _some(names: Sequence[str], most: int = 12) -> str:
    return ", ".join(names[:most]) + (f" … and {len(names) - most} more" if len(names) > most else "")


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
    for number, line in enumerate(text.split("\n"), start=1):  # a title may hold other line ends, such as U+2028
        if not line.strip():
            continue
        try:
            judgments.append(_judgment(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as err:
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
        difficulty=str(raw.get("difficulty") or ""),
        voice=str(raw.get("voice") or ""),
    )
