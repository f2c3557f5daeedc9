"""What a system said about judged proposals, from a run's output or straight from a matcher."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from matcher.errors import InputError
from matcher.evaluation.judgments import Judgment
from matcher.records import Assessment, State


@dataclass(frozen=True, slots=True)
class Results:
    """By proposal id: orientations ranked, their probabilities, the outside probability and the state.

    `top_plans` is the plan ranked first, `plans` the plan of each orientation; another system may leave them out, as
    it may the outside probability (NaN) and the state ("").
    """

    rankings: dict[str, list[str]]
    probabilities: dict[str, dict[str, float]]
    outside: dict[str, float]
    states: dict[str, str]
    top_plans: dict[str, str] = field(default_factory=dict)
    plans: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def orientations(self) -> frozenset[str]:
        """Every orientation that is ranked for any proposal."""
        return frozenset(o for ranked in self.rankings.values() for o in ranked)

    def check_complete(self, judgments: Sequence[Judgment], file: Path | None) -> None:
        """Refuse to score a system on a part of the judgments.

        Raises
        ------
        InputError
            Naming the first proposals that the system did not rank.
        """
        missing = [judgment.id for judgment in judgments if judgment.id not in self.rankings]
        if missing:
            raise InputError(
                f"lacks {len(missing)} of the judged proposals: {', '.join(missing[:5])}"
                f"{', …' if len(missing) > 5 else ''}",
                file=file,
                cure="Match the proposals of the gold files first.",
            )


def results_of(assessments: Iterable[Assessment]) -> Results:
    """Gather what a matcher said."""
    results = Results({}, {}, {}, {})
    for assessment in assessments:
        key = assessment.proposal.id
        results.rankings[key] = [match.orientation for match in assessment.matches]
        results.probabilities[key] = {match.orientation: match.probability for match in assessment.matches}
        results.plans[key] = {match.orientation: match.plan.id for match in assessment.matches}
        results.outside[key] = assessment.flag.outside_probability
        results.states[key] = assessment.flag.state.value
        if assessment.plans:
            results.top_plans[key] = assessment.plans[0].id
    return results


def read_results(file: Path) -> Results:
    """Read the output of `match` (JSON lines), of this program or another that keeps the contract.

    Raises
    ------
    InputError
        If the file cannot be read, a line is no record of a proposal, or a proposal comes twice.
    """
    results = Results({}, {}, {}, {})
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as err:
        raise InputError(f"cannot be read: {err}", file=file, cure="Give an output of `matcher match`.") from err
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            _add(json.loads(line), results)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as err:
            reason = f"{err} is missing" if isinstance(err, KeyError) else str(err)
            raise InputError(
                f"is no record of a proposal: {reason}", file=file, place=f"line {number}", cure="Match again."
            ) from err
    return results


def _add(record: Mapping[str, Any], results: Results) -> None:
    key = str(record["proposal"]["id"])
    if key in results.rankings:
        raise ValueError(f"proposal {key!r} comes a second time")
    matches = sorted(record["matches"], key=lambda match: int(match["rank"]))
    ranked = [str(match["orientation"]) for match in matches]
    if len(set(ranked)) < len(ranked):
        raise ValueError(f"an orientation is ranked twice for proposal {key!r}")
    state = str(record.get("state") or "")
    if state and state not in {known.value for known in State}:
        raise ValueError(f"state {state!r} is none of {', '.join(known.value for known in State)}")
    outside = record.get("outside_probability")
    results.rankings[key] = ranked
    results.probabilities[key] = {str(m["orientation"]): _probability(m["probability"]) for m in matches}
    results.outside[key] = math.nan if outside is None else _probability(outside)
    results.states[key] = state
    results.plans[key] = {str(m["orientation"]): str((m.get("plan") or {}).get("id") or "") for m in matches}
    if plans := record.get("plans"):
        results.top_plans[key] = str(plans[0]["id"])


def _probability(value: Any) -> float:  # noqa: ANN401
    number = float(value)
    if not 0 <= number <= 1:
        raise ValueError(f"{value!r} is no probability")
    return number
