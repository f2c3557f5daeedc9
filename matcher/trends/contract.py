"""The analysis as the JSON object of `matcher trends --output X.json` (CONTRACT, «Output of trends»).

Beyond the contract each series has its name, its shares with their intervals, and, where something was asked for, what
was expected; a bound without end is null, as JSON knows no infinity.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, BinaryIO

from matcher.trends.records import (
    Amounts,
    Analysis,
    Demand,
    Movement,
    OutsideGroup,
    Resubmission,
    Share,
    Suggestion,
    Tally,
    Topic,
)

Record = dict[str, Any]


def analysis_to_record(analysis: Analysis) -> Record:
    """Return the analysis as plain values, ready for JSON."""
    return {
        "years": list(analysis.years),
        "proposals": _by_year(analysis.proposals),
        "states": [_tally(each) for each in analysis.states],
        "orientations": [_demand(each) for each in analysis.orientations],
        "fields": [_demand(each) for each in analysis.fields],
        "plans": [_demand(each) for each in analysis.plans],
        "topics": [_topic(each) for each in analysis.topics],
        "outside": [_outside(each) for each in analysis.outside],
        "resubmissions": [_resubmission(each) for each in analysis.resubmissions],
        "organisations": [_tally(each) for each in analysis.organisations],
        "districts": [_tally(each) for each in analysis.districts],
        "form_problems": [_tally(each) for each in analysis.form_problems],
        "budgets": _amounts(analysis.budgets),
        "durations": _amounts(analysis.durations),
        "suggestions": [_suggestion(each) for each in analysis.suggestions],
        "flows": [asdict(each) for each in analysis.flows],
        "points": [asdict(each) for each in analysis.points],
        "notes": list(analysis.notes),
    }


def write_json(analysis: Analysis, stream: BinaryIO) -> None:
    """Write the analysis as one JSON object."""
    record = analysis_to_record(analysis)
    stream.write(json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False).encode("utf-8") + b"\n")


def _by_year(counts: Mapping[int, int]) -> Record:
    return {str(year): counts[year] for year in sorted(counts)}


def _movement(movement: Movement) -> Record:
    return {
        "by_year": _by_year({year: share.count for year, share in movement.by_year.items()}),
        "trend": movement.trend.value,
        "interval": _bounds(movement.interval),
        "shares": {str(year): _share(movement.by_year[year]) for year in sorted(movement.by_year)},
    }


def _share(share: Share) -> Record:
    return {"total": share.total, "mean": share.mean, "low": share.low, "high": share.high}


def _bounds(interval: tuple[float, float]) -> list[float | None]:
    return [bound if math.isfinite(bound) else None for bound in interval]


def _demand(demand: Demand) -> Record:
    return {
        "id": demand.id,
        "name": demand.name,
        **_movement(demand.movement),
        "answered": demand.answered,
        "observed": demand.observed,
        "expected": demand.expected,
        "gap": _bounds(demand.gap),
        "years_asked": list(demand.years_asked),
        "wordings": {str(year): text for year, text in sorted(demand.wordings.items())},
    }


def _topic(topic: Topic) -> Record:
    return {
        "id": topic.id,
        "label": topic.label,
        "words": list(topic.words),
        "size": topic.size,
        **_movement(topic.movement),
        "by_field": dict(topic.by_field),
        "stability": topic.stability,
        "examples": list(topic.examples),
    }


def _outside(group: OutsideGroup) -> Record:
    return {
        "label": group.label,
        "size": group.size,
        "examples": list(group.examples),
        "years": list(group.years),
    }


def _resubmission(found: Resubmission) -> Record:
    return {"ids": list(found.ids), "years": list(found.years), "kind": found.kind, "titles": list(found.titles)}


def _suggestion(suggestion: Suggestion) -> Record:
    return {"kind": suggestion.kind.value, "text": suggestion.text, "evidence": list(suggestion.evidence)}


def _tally(tally: Tally) -> Record:
    return {"name": tally.name, **_movement(tally.movement)}


def _amounts(amounts: Iterable[Amounts]) -> list[Record]:
    return [
        {"year": each.year, "stated": each.stated, "total": each.total, "quartiles": list(each.quartiles)}
        for each in amounts
    ]
