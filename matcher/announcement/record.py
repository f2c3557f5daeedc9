"""Announcement → the record that `matcher announcement --json` writes (CONTRACT)."""

from __future__ import annotations

from datetime import date
from typing import Any

from matcher.records import Announcement, Orientation, Plan


def announcement_to_record(announcement: Announcement) -> dict[str, Any]:
    """Return an announcement as plain values, ready for JSON; dates are ISO strings or None.

    Examples
    --------
    >>> from matcher.announcement import load_builtin
    >>> announcement_to_record(load_builtin("lang-son-2025"))["deadline"]
    '2024-05-15'
    """
    return {
        "name": announcement.name,
        "issuer": announcement.issuer,
        "number": announcement.number,
        "date": _iso(announcement.date),
        "deadline": _iso(announcement.deadline),
        "title": announcement.title,
        "receiving_office": announcement.receiving_office,
        "requirements": list(announcement.requirements),
        "exception": announcement.exception,
        "fields": [{"id": field.id, "name": field.name} for field in announcement.fields],
        "orientations": [_orientation(orientation) for orientation in announcement.orientations],
        "plans": [_plan(plan) for plan in announcement.plans],
        "form": {
            "items": [
                {"number": item.number, "name": item.name, "hint": item.hint} for item in announcement.form.items
            ],
            "max_pages": announcement.form.max_pages,
        },
        "integrity": [
            {"code": problem.code, "message": problem.message, "where": problem.where}
            for problem in announcement.integrity
        ],
    }


def _orientation(orientation: Orientation) -> dict[str, Any]:
    return {
        "id": orientation.id,
        "field": orientation.field,
        "text": orientation.text,
        "source": {"start": orientation.source.start, "end": orientation.source.end},
        "aspects": list(orientation.aspects),
        "citations": [
            {"plan": citation.plan, "basis": citation.basis.value, "footnote": citation.footnote}
            for citation in orientation.citations
        ],
    }


def _plan(plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.id,
        "kind": plan.kind,
        "date": _iso(plan.date),
        "issuer": plan.issuer,
        "title": plan.title,
        "listed": plan.listed,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
