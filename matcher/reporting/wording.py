"""What one cell or line says about an assessment; shared by every output that people read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from matcher.records import (
    Assessment,
    Basis,
    DuplicateKind,
    DuplicatePair,
    EvidenceSpan,
    Match,
    MatchedPlan,
    Orientation,
    Problem,
    Proposal,
    Reason,
    State,
    Status,
)
from matcher.reporting.language import Language
from matcher.reporting.report import Report

# Not allowed in XML, or able to reorder and hide what stands beside them (bidirectional overrides).
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069\ufeff]")


class Verdict(StrEnum):
    """What the worklist says of a proposal: its state, or that it could not be read at all."""

    ALIGNED = "aligned"
    UNCERTAIN = "uncertain"
    OUTSIDE = "outside"
    INVALID = "invalid"
    FAILED = "failed"


#: Words and missing aspects of weaker matches than this explain nothing; the nearest has them in any case.
WORTH_EXPLAINING = 0.10
_LEVEL = re.compile(r": (\d+%)$")
_DIFFERS, _SAME = "khác nhau", "giống nhau"
_WHOLE_PARTS = ("year", "near_copy", "continuation")

#: A sign for each verdict, so that colour is never needed; the second is for terminals without Unicode.
SIGNS = {
    Verdict.ALIGNED: ("✓", "+"),
    Verdict.UNCERTAIN: ("?", "?"),
    Verdict.OUTSIDE: ("○", "o"),
    Verdict.INVALID: ("–", "-"),
    Verdict.FAILED: ("✗", "x"),
}


def clean(text: str) -> str:
    """Return text without control characters; tabs and line ends of any kind are kept as they are."""
    return _UNSAFE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """Return clean text with every run of spaces and line ends as one space."""
    return clean(" ".join(text.split()))


def shortened(text: str, limit: int) -> str:
    """Return text of at most `limit` code points, cut between words where possible, with an ellipsis."""
    text = one_line(text)
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    cut = head.rfind(" ")
    return (head[:cut] if cut > limit // 2 else head).rstrip(" ,;.") + "…"


def percent(probability: float) -> str:
    """Return a probability in whole per cent, never rounded to a certainty that it is not.

    Examples
    --------
    >>> percent(0.914), percent(0.9999), percent(0.0001), percent(1.0)
    ('91%', '>99%', '<1%', '100%')
    """
    whole = f"{probability:.0%}"
    if whole == "100%" and probability < 1:
        return ">99%"
    return "<1%" if whole == "0%" and probability > 0 else whole


def part_note(reason: Reason, t: Language) -> str:
    """Return what a part says, with its level where it has one: «tên viết giống nhau: 92%»; empty for other parts."""
    level, key = _LEVEL.search(reason.note), f"part.{reason.part}"
    if reason.note.endswith(_DIFFERS) and t.has(f"{key}_differs"):
        return t(f"{key}_differs")
    told = level or reason.note.endswith(_SAME) or reason.part in _WHOLE_PARTS
    return t(key) + (level[0] if level else "") if told and t.has(key) else ""


def other_of(pair: DuplicatePair, own_id: str) -> str:
    """Return the id on the other side of a pair."""
    return pair.b if pair.a == own_id else pair.a


def shown_matches(assessment: Assessment) -> tuple[Match, ...]:
    """Return the matches that a list may name: none for what is no proposal or was not read.

    The nearest orientation of a page of junk, with its plan, would look like a finding.
    """
    if verdict(assessment) in (Verdict.INVALID, Verdict.FAILED):
        return ()
    return assessment.matches


def explained(match: Match) -> bool:
    """Say whether a match is near enough for its words and missing aspects to mean something to a reader."""
    return match.rank == 1 or match.probability >= WORTH_EXPLAINING


def verdict(assessment: Assessment) -> Verdict:
    """Return what the worklist says of a proposal."""
    if assessment.proposal.status is Status.FAILED:
        return Verdict.FAILED
    return Verdict(assessment.flag.state.value)


@dataclass(frozen=True)
class Wording:
    """Turns parts of a report's assessments into words."""

    report: Report

    @cached_property
    def t(self) -> Language:
        """The words of the report's language."""
        return Language(self.report.language)

    @cached_property
    def orientations(self) -> dict[str, Orientation]:
        """The announcement's orientations by id."""
        return {each.id: each for each in self.report.announcement.orientations}

    @cached_property
    def fields(self) -> dict[int, str]:
        """Names of the announcement's fields by id."""
        return {each.id: one_line(each.name) for each in self.report.announcement.fields}

    def state(self, assessment: Assessment, *, sign: bool = True) -> str:
        """Return the state in words, with its sign, and that the proposal was read only in part."""
        kind = verdict(assessment)
        words = self.t(f"state.{kind}")
        if assessment.proposal.status is Status.PARTIAL:
            words += f" ({self.t('state.partial')})"
        return f"{SIGNS[kind][0]} {words}" if sign else words

    def reasons(self, assessment: Assessment) -> str:
        """Return why the state is what it is, one reason a line."""
        return "\n".join(one_line(reason) for reason in assessment.flag.reasons)

    def orientation_text(self, orientation_id: str) -> str:
        """Return the words of an orientation on one line."""
        found = self.orientations.get(orientation_id)
        return one_line(found.text) if found else self.t("says.orientation_unknown")

    def plan(self, plan: MatchedPlan) -> str:
        """Return a plan's number, date and how it is tied to the orientation."""
        basis = self.t(f"basis.{plan.basis}")
        if not plan.id:
            return basis
        day = f" {self.t('says.date', date=self.day(plan.date))}" if plan.date else ""
        return f"{one_line(plan.id)}{day} ({basis})"

    def day(self, day: date | None) -> str:
        """Return a date as the language writes it; empty for none."""
        if day is None:
            return ""
        return day.strftime("%d/%m/%Y") if self.t.code == "vi" else day.isoformat()

    def other_matches(self, matches: Iterable[Match]) -> str:
        """Return matches as «1.2 (64%)», one a line."""
        return "\n".join(f"{match.orientation} ({percent(match.probability)})" for match in matches)

    def duplicate_verdict(self, pair: DuplicatePair) -> str:
        """Return whether a pair is suspected, to be checked, or information only."""
        if pair.kind is DuplicateKind.SAME_METHOD_ELSEWHERE:
            return self.t("duplicate.information")
        likely = pair.probability >= self.report.manifest.settings.duplicate_high
        return self.t("duplicate.likely" if likely else "duplicate.look")

    def duplicate(self, pair: DuplicatePair, own_id: str) -> str:
        """Return the other side of a pair with kind, probability and source."""
        other = one_line(other_of(pair, own_id))
        parts = [self.t(f"kind.{pair.kind}"), percent(pair.probability), self.duplicate_verdict(pair)]
        if pair.source == "register":
            parts.append(self.t("source.register"))
        return f"{other} – {', '.join(parts)}"

    def duplicates(self, assessment: Assessment) -> str:
        """Return a proposal's duplicates, one a line; same method elsewhere is left out, being none."""
        pairs = [pair for pair in assessment.duplicates if pair.kind is not DuplicateKind.SAME_METHOD_ELSEWHERE]
        return "\n".join(self.duplicate(pair, assessment.proposal.id) for pair in pairs)

    def reason_notes(self, pair: DuplicatePair) -> str:
        """Return why a pair is alike (+) or not (−), one reason a line."""
        return "\n".join(
            f"{'+' if each.weight >= 0 else '−'} {self.reason_note(each)}"
            for each in pair.reasons
            if each.part != "prior"  # the same for every pair
        )

    def reason_note(self, reason: Reason) -> str:
        """Return one reason in words, with its level where it has one."""
        return part_note(reason, self.t) or f"{self.section(reason.part)}: {one_line(reason.note)}"

    def section(self, name: str) -> str:
        """Return the word for a section of a proposal."""
        key = f"section.{name}"
        return self.t(key) if self.t.has(key) else one_line(name)

    def place(self, proposal: Proposal, span: EvidenceSpan) -> str:
        """Return the section of some words and, of a form, their item and page: «nội dung, mục 5, trang 2»."""
        place = proposal.form.place(span.section, span.start) if proposal.form else None
        parts = [self.section(span.section)]
        if place and place.item:
            parts.append(self.t("says.item", n=place.item))
        if place and place.page:
            parts.append(self.t("says.page", n=place.page))
        return ", ".join(parts)

    def problem(self, problem: Problem) -> str:
        """Return a problem's message and place."""
        message = one_line(problem.message) or one_line(problem.code)
        where = self.where(problem)
        named = any(each.lower() in message.lower() for each in (where, one_line(problem.where)))
        return f"{message} ({where})" if where and not named else message

    def where(self, problem: Problem) -> str:
        """Return the place of a problem; a bare number of an orientation is named as such."""
        where = one_line(problem.where)
        return self.t("says.orientation", id=where) if where in self.orientations else where

    def problems(self, assessment: Assessment) -> str:
        """Return the problems of reading a proposal, one a line."""
        return "\n".join(self.problem(problem) for problem in assessment.proposal.problems)

    def words(self, proposal: Proposal, match: Match) -> str:
        """Return the words that meet, strongest first, with their place: «tên, mục 1, trang 1: «hồi» ↔ «cây hồi»»."""
        if not explained(match):
            return ""
        lines = []
        for evidence in sorted(match.evidence, key=lambda each: -each.weight):
            ours, theirs = one_line(evidence.proposal.text), one_line(evidence.orientation.text)
            other = "" if ours.lower() == theirs.lower() else f" ↔ «{theirs}»"
            lines.append(f"{self.place(proposal, evidence.proposal)}: «{ours}»{other}")
        return "\n".join(lines)

    def uncovered(self, match: Match) -> str:
        """Return the aspects that a proposal does not cover, one a line."""
        return "\n".join(f"• {one_line(aspect)}" for aspect in match.uncovered if explained(match))

    def not_chosen(self, assessment: Assessment) -> str:
        """Return the nearest orientation that was not chosen and why; empty where all were, or nothing is a reason."""
        other = assessment.not_chosen
        if other is None or not other.reasons:
            return ""
        reasons = "; ".join(self.t(f"contrast.{each.part}") for each in other.reasons)
        beside = self.t("contrast.against", id=other.against) if other.against else self.t("contrast.usual")
        return f"{other.orientation} ({percent(other.probability)}) – {beside}: {reasons}"

    def announcement_line(self) -> str:
        """Return the announcement's title, number and date."""
        announcement = self.report.announcement
        parts = [one_line(announcement.title) or announcement.name]
        if announcement.number:
            number = one_line(announcement.number)
            # A draft leaves the number open: «/TB-SKHCN».
            parts.append(self.t("says.number", number=f"…{number}" if number.startswith("/") else number))
        if announcement.date:
            parts.append(self.t("says.date", date=self.day(announcement.date)))
        return ", ".join(parts)

    def registers_line(self) -> str:
        """Return which registers were compared with, or that none was."""
        notes = self.report.registers
        if not notes:
            return self.t("says.no_register")
        names = [self.t("says.register", name=one_line(each.name), tasks=self.t.count(each.tasks)) for each in notes]
        return self.t("says.registers", names="; ".join(names))

    def counts(self) -> list[tuple[Verdict, int]]:
        """Return how many proposals have each verdict; empty ones are left out but for the first three."""
        summary = self.report.summary
        pairs = [(Verdict(state.value), summary.states[state]) for state in State]
        pairs.append((Verdict.FAILED, summary.failed))
        always = (Verdict.ALIGNED, Verdict.UNCERTAIN, Verdict.OUTSIDE)
        return [(kind, number) for kind, number in pairs if number or kind in always]

    def counts_line(self) -> str:
        """Return the counts by verdict as one line."""
        return " · ".join(f"{self.t(f'state.{kind}')}: {self.t.count(number)}" for kind, number in self.counts())

    def coverage_line(self) -> str:
        """Return how many orientations were answered."""
        summary = self.report.summary
        total = len(summary.coverage)
        return self.t("coverage.summary", answered=summary.answered, total=total, missing=total - summary.answered)

    def left_out_line(self) -> str:
        """Return the proposals that count for no orientation, by verdict; empty where there are none."""
        counted = (Verdict.ALIGNED, Verdict.UNCERTAIN)
        left = [(kind, number) for kind, number in self.counts() if number and kind not in counted]
        counts = ", ".join(f"{self.t(f'state.{kind}').lower()} {self.t.count(number)}" for kind, number in left)
        return self.t("coverage.left_out", counts=counts) if left else ""

    def incomplete_line(self) -> str:
        """Return the warning that some proposals were not read, or in part; empty where all were."""
        summary = self.report.summary
        if not summary.failed and not summary.partial:
            return ""
        return self.t("says.incomplete", failed=self.t.count(summary.failed), partial=self.t.count(summary.partial))

    def legend(self) -> list[tuple[str, str]]:
        """Return every term of the outputs with what it means and does not mean."""
        settings, t = self.report.manifest.settings, self.t
        rows = [(f"{SIGNS[kind][0]} {t(f'state.{kind}')}", t(f"meaning.{kind}")) for kind in Verdict]
        low, high = settings.aligned_below, settings.outside_above
        bounds = t("legend.bounds_of_model")  # 0 leaves a bound to the model
        if low and high:
            bounds = t("legend.bounds", low=percent(low), high=percent(high))
        pairs = {"low": percent(settings.duplicate_low), "high": percent(settings.duplicate_high)}
        rows += [
            (t("column.probability"), t("legend.probability")),
            (t("column.outside_probability"), t("legend.outside_probability", bounds=bounds)),
            (t("column.plan"), t("legend.plan")),
            (t("column.duplicates"), t("legend.duplicates", **pairs)),
            (t("sheet.coverage"), t("legend.coverage")),
            (t("column.words"), t("legend.words", least=percent(WORTH_EXPLAINING))),
            (t("column.uncovered"), t("legend.uncovered")),
            (t("column.decision"), t("legend.decision")),
        ]
        return rows

    def basis_words(self, basis: Basis) -> str:
        """Return how a plan is tied to an orientation."""
        return self.t(f"basis.{basis}")
