"""What a system said about judged proposals, from a run's output or straight from a matcher."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from matcher.errors import InputError
from matcher.records import Assessment


@dataclass(frozen=True, slots=True)
class Results:
    """By proposal id: orientations ranked, their probabilities, the outside probability and the state."""

    rankings: dict[str, list[str]]
    probabilities: dict[str, dict[str, float]]
    outside: dict[str, float]
    states: dict[str, str]


def results_of(assessments: Iterable[Assessment]) -> Results:
    """Gather what a matcher said."""
    results = Results({}, {}, {}, {})
    for assessment in assessments:
        key = assessment.proposal.id
        results.rankings[key] = [match.orientation for match in assessment.matches]
        results.probabilities[key] = {match.orientation: match.probability for match in assessment.matches}
        results.outside[key] = assessment.flag.outside_probability
        results.states[key] = assessment.flag.state.value
    return results


def read_results(file: Path) -> Results:
    """Read the output of `match` (JSON lines), of this program or another that keeps the contract.

    Raises
    ------
    InputError
        If the file cannot be read or a line is no record of a proposal.
    """
    results = Results({}, {}, {}, {})
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as err:
        raise InputError(f"cannot be read: {err}", file=file, cure="Give an output of `matcher match`.") from err
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            key = str(record["proposal"]["id"])
            matches = sorted(record["matches"], key=lambda match: int(match["rank"]))
            results.rankings[key] = [str(match["orientation"]) for match in matches]
            results.probabilities[key] = {str(m["orientation"]): float(m["probability"]) for m in matches}
            results.outside[key] = float(record.get("outside_probability", "nan"))
            results.states[key] = str(record.get("state", ""))
        except (ValueError, KeyError, TypeError) as err:
            raise InputError(
                f"is no record of a proposal: {err}", file=file, place=f"line {number}", cure="Match again."
            ) from err
    return results
