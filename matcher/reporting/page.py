"""The HTML report: one file that opens with no network, prints well, and works without scripts too."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from matcher.records import (
    Assessment,
    DuplicateKind,
    DuplicatePair,
    EvidenceSpan,
    Match,
    Plan,
    Span,
    Status,
)
from matcher.reporting.form_words import problem_line
from matcher.reporting.report import Report
from matcher.reporting.severity import SEVERITIES, count_of, form_problems, severity_of
from matcher.reporting.sheets import COLOURS
from matcher.reporting.summary_table import capped_line
from matcher.reporting.wording import (
    SIGNS,
    Verdict,
    Wording,
    clean,
    explained,
    one_line,
    other_of,
    percent,
    shortened,
    shown_matches,
    verdict,
)

if TYPE_CHECKING:
    from markupsafe import Markup

#: Proposals on a page: more would open slowly on an office computer.
MAX_PROPOSALS = 2_000
#: Orientations explained for each proposal, and on pages of more than `MANY` proposals.
SHOWN_MATCHES, SHOWN_OF_MANY, MANY = 5, 3, 500
#: Failed and partly read proposals that the banner names one by one.
NAMED_FAILURES = 50
_TEMPLATES = Path(__file__).parent / "templates"
_AROUND = 70  # code points shown on each side of evidence in a long section


def write_html(report: Report, stream: BinaryIO, max_proposals: int = MAX_PROPOSALS) -> None:
    """Write the page; proposals beyond `max_proposals` are left out and the page says so at its top."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = _Page(report, max_proposals)
    for chunk in environment.get_template("report.html.j2").generate(page.context()):
        stream.write(chunk.encode("utf-8"))


def marked(text: str, spans: Sequence[Span]) -> Markup:
    """Return text as safe HTML with the spans in `<mark>`; overlapping spans are joined.

    Examples
    --------
    >>> str(marked("cây <hồi>", [Span(0, 3)]))
    '<mark>cây</mark> &lt;hồi&gt;'
    """
    from markupsafe import Markup, escape

    parts: list[Markup] = []
    done = 0
    for start, end in _joined(spans, len(text)):
        parts += [escape(clean(text[done:start])), Markup("<mark>{}</mark>").format(clean(text[start:end]))]
        done = end
    return Markup("").join([*parts, escape(clean(text[done:]))])


def _joined(spans: Sequence[Span], length: int) -> list[tuple[int, int]]:
    """Return spans cut to `[0, length)`, sorted, with overlapping ones joined and empty ones dropped."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted((max(span.start, 0), min(span.end, length)) for span in spans):
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


@dataclass(frozen=True)
class _Page:
    """Makes what the template shows."""

    report: Report
    max_proposals: int

    def context(self) -> dict[str, Any]:
        """Return the template's variables; rows come from a generator, one proposal at a time."""
        from markupsafe import Markup

        wording, report = Wording(self.report), self.report
        style, script = _read("report.css") + _state_rules(), _read("report.js")
        return {
            "t": wording.t,
            "w": wording,
            "announcement": report.announcement,
            "summary": report.summary,
            "groups": report.summary.groups,
            "most": self.max_proposals,
            "manifest": report.manifest,
            "policy": f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
            "base-uri 'none'; form-action 'none'",
            "style": Markup(style),
            "script": Markup(script),
            "title": wording.announcement_line(),
            "counts": [(kind, SIGNS[kind][0], wording.t(f"state.{kind}"), number) for kind, number in wording.counts()],
            "capped": capped_line(wording, self.max_proposals),
            "failures": report.summary.failures[:NAMED_FAILURES],
            "more_failures": report.summary.failed + report.summary.partial - NAMED_FAILURES,
            "severities": {
                Status.FAILED: wording.t("severity.failed"),
                Status.PARTIAL: wording.t("severity.partial"),
            },
            "coverage": self._coverage(wording),
            "plans": report.announcement.plans,
            "rows": self._rows(wording),
            "anchors": self._anchors,
            "one_line": one_line,
            "percent": percent,
        }

    @property
    def _anchors(self) -> dict[str, str]:
        """Return the anchor of each orientation; ids never go into an address as they are."""
        return {each.id: f"o{number}" for number, each in enumerate(self.report.announcement.orientations, 1)}

    def _coverage(self, wording: Wording) -> list[dict[str, Any]]:
        summary, announcement = self.report.summary, self.report.announcement
        most = max((each.total for each in summary.coverage.values()), default=0) or 1
        rows = []
        for orientation in announcement.orientations:
            covered = summary.coverage[orientation.id]
            plan, basis = announcement.plan_of(orientation)
            cited = orientation.main_citation
            rows.append(
                {
                    "orientation": orientation,
                    "field": wording.fields.get(orientation.field, ""),
                    "covered": covered,
                    "aligned_width": round(100 * covered.aligned / most, 1),
                    "uncertain_width": round(100 * covered.uncertain / most, 1),
                    "plan": plan_words(wording, plan, cited.plan if cited else ""),
                    "basis": wording.basis_words(basis),
                    "examples": [(name, self._anchor(position)) for position, name in covered.examples],
                }
            )
        return rows

    def _rows(self, wording: Wording) -> Iterator[dict[str, Any]]:
        total = min(self.report.summary.total, self.max_proposals)
        shown = SHOWN_MATCHES if total <= MANY else SHOWN_OF_MANY
        for number, assessment in enumerate(islice(self.report.best(SHOWN_MATCHES), self.max_proposals), 1):
            yield self._row(wording, number, assessment, shown)

    def _row(self, wording: Wording, number: int, assessment: Assessment, shown: int) -> dict[str, Any]:
        kind = verdict(assessment)
        best = next(iter(shown_matches(assessment)), None)
        pairs = [self._pair(wording, pair, assessment) for pair in assessment.duplicates]
        real = [pair for pair in pairs if not pair["information"]]
        return {
            "number": number,
            "assessment": assessment,
            "proposal": assessment.proposal,
            "kind": kind,
            "order": list(Verdict).index(kind),
            "state": wording.state(assessment),
            "best": best,
            "best_text": shortened(wording.orientation_text(best.orientation), 110) if best else "",
            "best_order": _natural(best.orientation) if best else "",
            "field": best.field if best else "",
            "answers": best.orientation if best and kind in (Verdict.ALIGNED, Verdict.UNCERTAIN) else "",
            "matches": [self._match(wording, assessment, match) for match in assessment.matches[:shown]],
            "not_chosen": wording.not_chosen(assessment),
            "pairs": pairs,
            "duplicates": real,
            "most_alike": max((pair["probability"] for pair in real), default=0),
            "form": [
                (
                    severity_of(each),
                    problem_line(each, wording.t),
                    one_line(str(each.get("rule") or "")),
                    one_line(str(each.get("cure") or "")),
                )
                for each in form_problems(assessment.form)
            ],
            "faulty": count_of(assessment.form, SEVERITIES[0]),
            "missing": [f"{item}. {one_line(name)}" for item, name, present in assessment.form.items if not present],
        }

    def _match(self, wording: Wording, assessment: Assessment, match: Match) -> dict[str, Any]:
        found = wording.orientations.get(match.orientation)
        text = found.text if found else wording.t("says.orientation_unknown")
        theirs = [each.orientation for each in match.evidence] if found else []
        ours = [each.proposal for each in match.evidence]
        if not explained(match):
            theirs, ours = [], []
        return {
            "match": match,
            "field": wording.fields.get(match.field, ""),
            "text": marked(text, _true_spans(text, theirs)),
            "plan": plan_words(wording, None, match.plan.id),
            "day": wording.day(match.plan.date),
            "basis": wording.basis_words(match.plan.basis),
            "words": _marked_sections(wording, assessment, ours),
            "uncovered": match.uncovered if explained(match) else (),
        }

    def _pair(self, wording: Wording, pair: DuplicatePair, assessment: Assessment) -> dict[str, Any]:
        other = other_of(pair, assessment.proposal.id)
        return {
            "id": one_line(other),
            "title": one_line(self.report.title_of(pair, other)),
            "anchor": self._proposal_anchor(other) if pair.source == "batch" else "",
            "kind": wording.t(f"kind.{pair.kind}"),
            "source": wording.t(f"source.{pair.source}"),
            "verdict": wording.duplicate_verdict(pair),
            "probability": pair.probability,
            "level": "" if pair.kind is DuplicateKind.SAME_METHOD_ELSEWHERE else percent(pair.probability),
            "notes": wording.reason_notes(pair).split("\n") if pair.reasons else [],
            "information": pair.kind is DuplicateKind.SAME_METHOD_ELSEWHERE,
        }

    def _proposal_anchor(self, proposal_id: str) -> str:
        """Return the anchor of another proposal of the batch; empty where it is not shown."""
        return self._anchor(self.report.summary.paired.get(proposal_id, (0, ""))[0])

    def _anchor(self, position: int) -> str:
        return f"p{position}" if 0 < position <= self.max_proposals else ""


def plan_words(wording: Wording, plan: Plan | None, number: str) -> str:
    """Return a plan's number and date."""
    if plan is None:
        return one_line(number)
    day = f" {wording.t('says.date', date=wording.day(plan.date))}" if plan.date else ""
    return one_line(plan.id) + day


def _true_spans(text: str, spans: Sequence[EvidenceSpan]) -> list[Span]:
    """Return the spans that do slice to the words they name; a wrong mark is worse than none."""
    return [Span(each.start, each.end) for each in spans if text[each.start : each.end] == each.text]


def _marked_sections(wording: Wording, assessment: Assessment, spans: Sequence[EvidenceSpan]) -> list[Any]:
    """Return (place, marked text) for each section, or page of one, of a proposal that carries evidence."""
    by_place: dict[tuple[str, str], list[EvidenceSpan]] = {}
    for span in spans:
        by_place.setdefault((span.section, wording.place(assessment.proposal, span)), []).append(span)
    lines = []
    for (name, place), found in by_place.items():
        text = assessment.proposal.sections.get(name, "")
        true = _true_spans(text, found)
        words = _excerpt(text, true) if true else marked(", ".join(f"«{each.text}»" for each in found), [])
        lines.append((place, words))
    return lines


def _excerpt(text: str, spans: Sequence[Span]) -> Markup:
    """Return the marked text around the spans, at most 600 code points of it."""
    start = max(0, min(span.start for span in spans) - _AROUND)
    end = min(len(text), max(span.end for span in spans) + _AROUND, start + 600)
    if len(text) <= 300:
        start, end = 0, len(text)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    moved = [Span(span.start - start, span.end - start) for span in spans]
    return before + marked(text[start:end], moved) + after


def _natural(orientation_id: str) -> str:
    """Return an id that sorts as text in the order of its numbers: «2.14» after «2.2»."""
    return re.sub(r"\d+", lambda number: number[0].zfill(4), orientation_id)


def _state_rules() -> str:
    """Return the style rules of the verdicts' colours, the same as in the workbook."""
    return "".join(f".s-{kind}{{background:{back};color:{fore}}}\n" for kind, (back, fore) in COLOURS.items())


def _read(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """Return the source expression that lets a browser run or apply exactly this text."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
