"""Filled-in forms made from the synthetic texts of `corpus/forms`, and what the checks are expected to find on them."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matcher.records import Announcement, Contact, FilledForm, FilledItem, Proposal, Source

CORPUS = Path(__file__).parents[2] / "corpus"


def texts(name: str) -> list[dict[str, Any]]:
    lines = (CORPUS / "forms" / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def item_text(value: Any) -> str:
    return "\n".join(str(each) for each in value.values() if each) if isinstance(value, Mapping) else str(value or "")


def proposal_of(raw: Mapping[str, Any], announcement: Announcement, pages: int | None = None) -> Proposal:
    """Make the proposal that a perfect reader would make of a text."""
    items = raw["items"]
    contact = items.get("10") or {}
    contact = contact if isinstance(contact, Mapping) else {"organisation": contact}
    reasons = items.get("2") or {}
    reasons = reasons if isinstance(reasons, Mapping) else {"grounds": reasons}
    form = FilledForm(
        items=tuple(
            FilledItem(
                item.number,
                item.name,
                "" if item.number == 10 else item_text(items.get(str(item.number))),
                present=str(item.number) in items,
            )
            for item in announcement.form.items
        ),
        grounds=reasons.get("grounds") or "",
        urgency=reasons.get("urgency") or "",
        months=raw["months"],
        budget_vnd=raw["budget_vnd"],
        committed=raw["commitment"],
        sent=dt.date.fromisoformat(raw["sent"]) if raw.get("sent") else None,
        contact=Contact(*(contact.get(key) or "" for key in ("organisation", "telephone", "email", "address"))),
    )
    return Proposal(raw["id"], {"title": raw["title"]}, Source("x.jsonl"), pages=raw.get("pages", pages), form=form)
