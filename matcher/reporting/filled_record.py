"""What was read from a filled-in form ⇄ a record of plain values, without contact data and without wording."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from matcher.records import FilledForm, FilledItem, SectionPlace


def filled_to_record(form: FilledForm) -> dict[str, Any]:
    """Return the figures and the outline of a form."""
    return {
        "months": form.months,
        "budget_vnd": form.budget_vnd,
        "committed": form.committed,
        "sent": form.sent.isoformat() if form.sent else None,
        "items": [
            {
                "number": item.number,
                "name": item.name,
                "present": item.present,
                "hint_left": item.hint_left,
                "page": item.page,
                "confidence": round(item.confidence, 6),
            }
            for item in form.items
        ],
        "places": [[each.section, each.start, each.item, each.page] for each in form.places],
    }


def record_to_filled(d: Mapping[str, Any]) -> FilledForm:
    """Return the form that a record describes; its items are without their text and lines."""
    return FilledForm(
        items=tuple(
            FilledItem(
                number=int(item["number"]),
                name=str(item["name"]),
                present=bool(item["present"]),
                hint_left=bool(item["hint_left"]),
                page=int(item["page"]),
                confidence=float(item["confidence"]),
            )
            for item in d["items"]
        ),
        months=d["months"],
        budget_vnd=d["budget_vnd"],
        committed=bool(d["committed"]),
        sent=date.fromisoformat(d["sent"]) if d["sent"] else None,
        places=tuple(SectionPlace(str(name), *map(int, rest)) for name, *rest in d.get("places", ())),
    )
