"""Filled-in forms with their judgments (`corpus/forms`), as proposals to fit and to measure on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matcher.errors import ErrorGroup, InputError
from matcher.evaluation.judgments import GAIN, Judgment
from matcher.proposal.cleaning import clean
from matcher.records import Proposal, Source
from matcher.text import normalize

#: The items of the agreed form whose text is a section.
_ITEMS = {"objective": "3", "results": "4", "content": "5"}


@dataclass(frozen=True, slots=True)
class JudgedForm:
    """A filled-in form with its judgment."""

    judgment: Judgment
    proposal: Proposal

    def under(self, title: str) -> JudgedForm:
        """Return the form under another title and without its objective."""
        kept = {name: text for name, text in self.proposal.sections.items() if name != "objective"}
        return JudgedForm(self.judgment, Proposal(self.proposal.id, kept | {"title": title}, self.proposal.source))

    def only(self, *names: str) -> Proposal:
        """Return the form with some of its sections."""
        sections = {name: text for name, text in self.proposal.sections.items() if name in names}
        return Proposal(self.proposal.id, sections, self.proposal.source)


def read_forms(files: Sequence[Path]) -> list[JudgedForm]:
    """Read judged forms from JSON lines (`corpus/forms/README.md` says what a line holds).

    Raises
    ------
    InputError, ErrorGroup
        If a file cannot be read, or lines are broken.
    """
    forms: list[JudgedForm] = []
    errors = []
    for file in files:
        try:
            lines = file.read_text(encoding="utf-8-sig").split("\n")
        except (OSError, UnicodeDecodeError) as err:
            raise InputError(f"cannot be read: {err}", file=file, cure="Give a UTF-8 file of JSON lines.") from err
        for number, line in enumerate(lines, start=1):
            try:
                forms += [_form(json.loads(line))] if line.strip() else []
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as err:
                errors.append(InputError(f"is no form: {err}", file=file, place=f"line {number}", cure="Mend it."))
    if errors:
        raise ErrorGroup(errors)
    return forms


def _form(raw: dict[str, Any]) -> JudgedForm:
    items = raw["items"]
    reasons = items.get("2") or {}
    texts = {"title": raw["title"], **{name: items.get(number) or "" for name, number in _ITEMS.items()}}
    halves = [reasons] if isinstance(reasons, str) else [reasons.get("grounds") or "", reasons.get("urgency") or ""]
    texts["rationale"] = "\n".join(half for half in halves if half)
    sections = {name: cleaned for name, text in texts.items() if (cleaned := clean(normalize(text)))}
    judgment = Judgment(
        id=str(raw["id"]),
        title=str(raw["title"]),
        relevant={str(o): int(grade) for o, grade in raw["relevant"].items() if int(grade) in GAIN},
        off_topic=bool(raw.get("off_topic", not raw["relevant"])),
        synthetic=bool(raw.get("synthetic", False)),
    )
    return JudgedForm(judgment, Proposal(judgment.id, sections, Source("forms")))
