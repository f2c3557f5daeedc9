"""Small saved runs, made up for these tests (synthetic)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from matcher.records import (
    Assessment,
    Basis,
    DuplicateKind,
    DuplicatePair,
    FilledForm,
    Flag,
    FormReport,
    Match,
    MatchedPlan,
    Problem,
    Proposal,
    RankedPlan,
    Reason,
    Source,
    State,
    Status,
)
from matcher.reporting import FileNote, Manifest, assessment_to_record, json_line, write_manifest
from matcher.settings import Settings


def match(orientation: str, probability: float, rank: int = 1, plan: str = "9/KH-UBND") -> Match:
    basis = Basis.EXPLICIT if plan else Basis.NONE
    scores = MappingProxyType({"dense": 0.5, "lexical": 0.25, "plan": 0.0})
    return Match(
        rank, orientation, int(orientation[0]), probability, scores, MatchedPlan(plan, None, "", basis, probability)
    )


def assessment(
    proposal_id: str,
    title: str,
    *,
    state: State = State.ALIGNED,
    matches: Sequence[Match] = (match("1.1", 0.9), match("2.1", 0.2, 2, "")),
    pairs: Sequence[DuplicatePair] = (),
    problems: Sequence[Mapping[str, object]] = (),
    form: FilledForm | None = None,
    **sections: str,
) -> Assessment:
    proposal = Proposal(
        proposal_id, MappingProxyType({"title": title, **sections}), Source("đề xuất.csv", 2), pages=3, form=form
    )
    plans = (RankedPlan(1, "9/KH-UBND", 0.9, ("1.1", "1.2")), RankedPlan(2, "", 0.2, ("2.1",)))
    report = FormReport((), 3, tuple(MappingProxyType(dict(each)) for each in problems))
    return Assessment(proposal, Flag(state, 0.1), tuple(matches), plans, tuple(pairs), report)


def pair(a: str, b: str, source: str = "batch", probability: float = 0.9, kind: str = "revised") -> DuplicatePair:
    reasons = (Reason("place", -1.0, "khác huyện"), Reason("title", 2.0, "tên gần giống"))
    return DuplicatePair(a, b, source, DuplicateKind(kind), probability, reasons, "c-1" if source == "batch" else "")


def failed(proposal_id: str) -> Assessment:
    problem = Problem("encrypted", "Tệp có mật khẩu.", "trang 1")
    proposal = Proposal(proposal_id, MappingProxyType({}), Source("x.pdf"), Status.FAILED, (problem,))
    return Assessment(proposal, Flag(State.INVALID, 1.0))


def several(count: int, year: str = "", start: int = 1) -> list[Assessment]:
    sections = {"year": year} if year else {}
    numbers = range(start, start + count)
    return [assessment(f"P{n}", f"Nghiên cứu giống cây thứ {n}", **sections) for n in numbers]


def save(
    path: Path,
    assessments: Sequence[Assessment],
    *,
    announcement: tuple[str, str] = ("vi-du", "a" * 64),
    inputs: str = "",
    fingerprint: str = "f" * 16,
    settings: Settings | None = None,
    manifest: bool = True,
) -> Path:
    """Write a run and its manifest; `inputs` stands for the content of its file of proposals."""
    path.write_bytes(b"".join(json_line(assessment_to_record(each)) for each in assessments))
    if manifest:
        name, digest = announcement
        note = FileNote(f"{path.stem}.csv", 1, (inputs or path.name).ljust(64, "0"))
        made = Manifest(FileNote(name, 1, digest), (note,), (), "m", fingerprint, settings or Settings())
        write_manifest(made, path)
    return path


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
