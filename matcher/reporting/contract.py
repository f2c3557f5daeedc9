"""Assessments ⇄ the JSON records of the contract («Output of `match`»).

Every float that leaves the program is rounded here, once, to six decimals; what is not finite, or no
probability, is refused. Beyond the contract a record carries `reasons` and `urgency` of the verdict, the
proposal's other `sections` (offsets of evidence count in them), its unknown columns (`extra`), `pages`, under `source`
a document's `sha256`, what was read from a `filled` form, and of each duplicate its `cluster` and whether this proposal
comes `first`: with them a record turns back into an equal `Assessment`, but for two things. Contact data never leave
the program this way, and the wording of a form's items is not written twice: it stands in the sections.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from matcher.errors import InputError, OutputError
from matcher.records import (
    SECTIONS,
    Assessment,
    Basis,
    DuplicateKind,
    DuplicatePair,
    Evidence,
    EvidenceSpan,
    FilledForm,
    Flag,
    FormReport,
    Match,
    MatchedPlan,
    NotChosen,
    Problem,
    Proposal,
    RankedPlan,
    Reason,
    Source,
    State,
    Status,
)
from matcher.reporting.filled_record import filled_to_record, record_to_filled

#: Decimals of every float in a record.
DECIMALS = 6
#: The `plan.id` of a match whose bullet is tied to no plan.
NO_PLAN = "none"
_SURROGATES = re.compile("[\ud800-\udfff]")

Record = dict[str, Any]


def assessment_to_record(a: Assessment, top: int = 0) -> Record:
    """Return an assessment as a record of plain values, keys in the order of the contract.

    Parameters
    ----------
    a : Assessment
        What the program says about one proposal.
    top : int
        How many matches to keep; 0 keeps all.

    Raises
    ------
    OutputError
        For a number that is not finite, or a probability outside [0, 1].
    """
    try:
        return {
            "proposal": proposal_to_record(a.proposal),
            "state": a.flag.state.value,
            "outside_probability": _probability(a.flag.outside_probability, "outside_probability"),
            "reasons": [_text(reason) for reason in a.flag.reasons],
            "urgency": _text(a.flag.urgency),
            "matches": [_match_record(match, a.proposal.form) for match in (a.matches[:top] if top else a.matches)],
            "plans": [_ranked_plan_record(plan) for plan in a.plans],
            "duplicates": [_duplicate_record(pair, a.proposal.id) for pair in a.duplicates],
            "form": _form_record(a.form),
            "not_chosen": _not_chosen_record(a.not_chosen) if a.not_chosen else None,
        }
    except _NotFiniteError as err:
        raise OutputError(
            str(err),
            place=f"proposal {a.proposal.id}",
            cure="The figures of this run cannot be trusted: rebuild the model (`matcher model build`).",
        ) from err


def record_to_assessment(d: Mapping[str, Any], top: int = 0) -> Assessment:
    """Return the assessment that a record describes; the inverse of `assessment_to_record`.

    Keys beyond the contract may be missing; `top` bounds the matches that are read, 0 reads all.

    Raises
    ------
    InputError
        If the record is not of the contract's shape; `place` names what is missing or wrong.
    """
    try:
        proposal = _read_proposal(d["proposal"])
        return Assessment(
            proposal=proposal,
            flag=Flag(
                state=State(d["state"]),
                outside_probability=float(d["outside_probability"]),
                reasons=tuple(str(reason) for reason in d.get("reasons", ())),
                urgency=str(d.get("urgency", "")),
            ),
            matches=tuple(_read_match(match) for match in (d["matches"][:top] if top else d["matches"])),
            plans=tuple(_read_ranked_plan(plan) for plan in d["plans"]),
            duplicates=tuple(_read_duplicate(pair, proposal.id) for pair in d["duplicates"]),
            form=_read_form(d["form"]),
            not_chosen=_read_not_chosen(d.get("not_chosen")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as err:
        what = f"key {err} is missing" if isinstance(err, KeyError) else str(err)
        raise InputError(
            f"no record of `matcher match`: {what}",
            cure="Give a file that `matcher match --output X.jsonl` wrote.",
        ) from err


# --------------------------------------------------------------------------------------------- writing


class _NotFiniteError(ValueError):
    """A number that no record may carry."""


def _number(value: float, name: str) -> float:
    """Return a finite number, rounded; minus nought becomes nought."""
    if not math.isfinite(value):
        raise _NotFiniteError(f"{name} is {value}")
    return round(float(value), DECIMALS) + 0.0


def _probability(value: float, name: str) -> float:
    rounded = _number(value, name)
    if not 0 <= rounded <= 1:
        raise _NotFiniteError(f"{name} is {value}, no probability")
    return rounded


def _text(text: str) -> str:
    """Return text that UTF-8 can carry: lone surrogates replaced one for one, so that offsets hold."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def _plain(value: Any, name: str) -> Any:  # noqa: ANN401
    """Return a JSON value made of plain types."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return _number(value, name)
    if isinstance(value, Mapping):
        return {_text(str(key)): _plain(inner, f"{name}.{key}") for key, inner in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(inner, name) for inner in value]
    return _text(str(value))


def _problem_record(problem: Problem) -> Record:
    return {"code": _text(problem.code), "message": _text(problem.message), "where": _text(problem.where)}


def proposal_to_record(proposal: Proposal) -> Record:
    """Return the part of an assessment's record that its proposal makes alone."""
    names = [name for name in SECTIONS if name != "title" and name in proposal.sections]
    names += sorted(name for name in proposal.sections if name not in SECTIONS)
    return {
        "id": _text(proposal.id),
        "title": _text(proposal.title),
        "source": _source_record(proposal.source),
        "status": proposal.status.value,
        "problems": [_problem_record(problem) for problem in proposal.problems],
        "sections": {name: _text(proposal.sections[name]) for name in names},
        "extra": {_text(name): _text(value) for name, value in proposal.extra.items()},
        "pages": proposal.pages,
        "filled": filled_to_record(proposal.form) if proposal.form else None,
    }


def _source_record(source: Source) -> Record:
    record: Record = {"file": _text(source.file), "row": source.row}
    return record | {"sha256": source.sha256} if source.sha256 else record


def _match_record(match: Match, form: FilledForm | None) -> Record:
    name = f"probability of orientation {match.orientation}"
    return {
        "rank": match.rank,
        "orientation": match.orientation,
        "field": match.field,
        "probability": _probability(match.probability, name),
        "scores": {
            key: _number(match.scores[key], f"score {key} of {match.orientation}") for key in sorted(match.scores)
        },
        "plan": {
            "id": _text(match.plan.id) or NO_PLAN,
            "date": match.plan.date.isoformat() if match.plan.date else None,
            "title": _text(match.plan.title),
            "basis": match.plan.basis.value,
            "probability": _probability(match.plan.probability, f"probability of plan {match.plan.id}"),
        },
        "evidence": [_evidence_record(evidence, form) for evidence in match.evidence],
        "uncovered": [_text(aspect) for aspect in match.uncovered],
    }


def _evidence_record(evidence: Evidence, form: FilledForm | None) -> Record:
    ours, theirs = evidence.proposal, evidence.orientation
    place = form.place(ours.section, ours.start) if form else None
    in_form = {"item": place.item or None, "page": place.page or None} if place else {}
    return {
        "proposal": {
            "section": ours.section,
            "start": ours.start,
            "end": ours.end,
            "text": _text(ours.text),
            **in_form,
        },
        "orientation": {"start": theirs.start, "end": theirs.end, "text": _text(theirs.text)},
        "weight": _number(evidence.weight, "weight of evidence"),
    }


def _ranked_plan_record(plan: RankedPlan) -> Record:
    return {
        "rank": plan.rank,
        "id": _text(plan.id) or NO_PLAN,
        "probability": _probability(plan.probability, f"probability of plan {plan.id}"),
        "orientations": list(plan.orientations),
    }


def _duplicate_record(pair: DuplicatePair, own_id: str) -> Record:
    """Return a pair as the proposal `own_id` sees it."""
    first = pair.a == own_id
    return {
        "with": _text(pair.b if first else pair.a),
        "source": pair.source,
        "kind": pair.kind.value,
        "probability": _probability(pair.probability, f"probability of the pair {pair.a} and {pair.b}"),
        "reasons": _reason_records(pair.reasons),
        "cluster": _text(pair.cluster),
        "first": first,
    }


def _reason_records(reasons: Iterable[Reason]) -> list[Record]:
    return [
        {"part": _text(each.part), "weight": _number(each.weight, "weight of a reason"), "note": _text(each.note)}
        for each in reasons
    ]


def _not_chosen_record(other: NotChosen) -> Record:
    return {
        "orientation": other.orientation,
        "probability": _probability(other.probability, f"probability of orientation {other.orientation}"),
        "against": other.against,
        "reasons": _reason_records(other.reasons),
    }


def _form_record(form: FormReport) -> Record:
    return {
        "items": [{"number": number, "name": _text(name), "present": present} for number, name, present in form.items],
        "pages": form.pages,
        "problems": [_plain(problem, "form.problems") for problem in form.problems],
    }


# --------------------------------------------------------------------------------------------- reading


def _read_proposal(d: Mapping[str, Any]) -> Proposal:
    sections = {"title": d["title"]} if d["title"] else {}
    return Proposal(
        id=d["id"],
        sections=MappingProxyType(sections | dict(d.get("sections", {}))),
        source=Source(d["source"]["file"], d["source"]["row"], d["source"].get("sha256", "")),
        status=Status(d["status"]),
        problems=tuple(Problem(each["code"], each["message"], each.get("where", "")) for each in d["problems"]),
        extra=MappingProxyType(dict(d.get("extra", {}))),
        pages=d.get("pages"),
        form=record_to_filled(d["filled"]) if d.get("filled") else None,
    )


def _read_match(d: Mapping[str, Any]) -> Match:
    plan = d["plan"]
    return Match(
        rank=int(d["rank"]),
        orientation=d["orientation"],
        field=int(d["field"]),
        probability=float(d["probability"]),
        scores=MappingProxyType({name: float(score) for name, score in d["scores"].items()}),
        plan=MatchedPlan(
            id=_read_plan_id(plan["id"]),
            date=date.fromisoformat(plan["date"]) if plan["date"] else None,
            title=plan["title"],
            basis=Basis(plan["basis"]),
            probability=float(plan["probability"]),
        ),
        evidence=tuple(_read_evidence(evidence) for evidence in d["evidence"]),
        uncovered=tuple(d["uncovered"]),
    )


def _read_plan_id(plan_id: str) -> str:
    return "" if plan_id == NO_PLAN else plan_id


def _read_evidence(d: Mapping[str, Any]) -> Evidence:
    ours, theirs = d["proposal"], d["orientation"]
    return Evidence(
        proposal=EvidenceSpan(ours["section"], int(ours["start"]), int(ours["end"]), ours["text"]),
        orientation=EvidenceSpan("orientation", int(theirs["start"]), int(theirs["end"]), theirs["text"]),
        weight=float(d["weight"]),
    )


def _read_ranked_plan(d: Mapping[str, Any]) -> RankedPlan:
    return RankedPlan(int(d["rank"]), _read_plan_id(d["id"]), float(d["probability"]), tuple(d["orientations"]))


def _read_duplicate(d: Mapping[str, Any], own_id: str) -> DuplicatePair:
    first = bool(d.get("first", True))
    return DuplicatePair(
        a=own_id if first else d["with"],
        b=d["with"] if first else own_id,
        source=d["source"],
        kind=DuplicateKind(d["kind"]),
        probability=float(d["probability"]),
        reasons=_read_reasons(d["reasons"]),
        cluster=d.get("cluster", ""),
    )


def _read_reasons(reasons: Iterable[Mapping[str, Any]]) -> tuple[Reason, ...]:
    return tuple(Reason(each["part"], float(each["weight"]), each["note"]) for each in reasons)


def _read_not_chosen(d: Mapping[str, Any] | None) -> NotChosen | None:
    if d is None:
        return None
    return NotChosen(d["orientation"], float(d["probability"]), d["against"], _read_reasons(d["reasons"]))


def _read_form(d: Mapping[str, Any]) -> FormReport:
    return FormReport(
        items=tuple((int(item["number"]), str(item["name"]), bool(item["present"])) for item in d["items"]),
        pages=d["pages"],
        problems=tuple(MappingProxyType(dict(problem)) for problem in d["problems"]),
    )
