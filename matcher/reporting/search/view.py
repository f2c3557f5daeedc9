"""What the search report shows, in words: the same for every kind of file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.flagging.passages import LEAST_RUN, LEAST_WORDS, Passage
from matcher.flagging.runs import GAP
from matcher.records import DuplicatePair, EvidenceSpan, Proposal, Reason, Status
from matcher.reporting.language import Language
from matcher.reporting.search import words
from matcher.reporting.search.contacts import without_contacts
from matcher.reporting.search.differences import SideBySide, side_by_side
from matcher.reporting.search.record import Finding, RegisterScope, Scope, Searched, SearchReport, Weight
from matcher.reporting.wording import clean, one_line, part_note, percent, shortened

#: Findings of a proposal that are shown in full, that are only named, and passages of a finding that are quoted.
SHOWN_FINDINGS, NAMED_FINDINGS, SHOWN_PASSAGES = 5, 15, 8
#: Losses of a register that are named one by one.
NAMED_LOSSES = 3
#: Words of a quotation; of a longer passage the beginning and the end are quoted.
QUOTED_WORDS = 120
#: Letters of a title in headings and lists; the comparison shows more.
TITLE_LETTERS = 400
_WORD = re.compile(r"[^\W_]+")
_T = Language("vi")


@dataclass(frozen=True, slots=True)
class QuotedPassage:
    """A copied passage with its places in words."""

    places: str
    quotation: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding as it is shown; `sections` are (name, the two texts)."""

    heading: str
    weight: Weight
    facts: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    here: str
    there: str
    sections: tuple[tuple[str, SideBySide], ...]
    notes: tuple[str, ...]
    passages: tuple[QuotedPassage, ...]
    more_passages: str


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal as it is shown; `is_clear` where nothing was found and everything was searched."""

    number: int
    id: str
    title: str
    result: tuple[str, ...]
    is_clear: bool
    facts: tuple[tuple[str, str], ...]
    findings: tuple[FindingView, ...]
    named: tuple[str, ...]
    more: str
    information: tuple[str, ...]

    @property
    def has_details(self) -> bool:
        """Tell whether there is more to show than the result."""
        return bool(self.findings or self.information)


def scope_lines(report: SearchReport) -> list[str]:
    """Return what was searched and how, a sentence each."""
    scope = report.scope
    lines = [_register_line(register) for register in scope.registers] or [words.NO_REGISTER]
    lines.append(words.IN_BATCH.format(n=_T.count(scope.batch)) if scope.batch != 1 else words.ONE_IN_BATCH)
    unread = sum(not each.is_read for each in report.proposals)
    if unread:
        lines.append(words.UNREAD_PROPOSALS.format(n=_T.count(unread)))
    lines.append(words.RULE_PAIRS.format(low=percent(scope.low), high=percent(scope.high)))
    lines.append(words.RULE_PASSAGES.format(least=LEAST_WORDS, gap=GAP, run=LEAST_RUN))
    if scope.known:
        lines.append(words.RULE_KNOWN.format(name=shortened(scope.known, TITLE_LETTERS)))
    lines.append(words.RULE_CONTACTS)
    fingerprint = scope.model_fingerprint[:16]
    lines.append(words.MODEL.format(program=scope.program, model=one_line(scope.model), fingerprint=fingerprint))
    return lines


def _register_line(register: RegisterScope) -> str:
    parts = [words.REGISTER.format(name=one_line(register.name), tasks=_T.count(register.tasks))]
    if register.years is None:
        parts.append(words.REGISTER_NO_YEARS)
    else:
        first, last = register.years
        template = words.REGISTER_YEAR if first == last else words.REGISTER_YEARS
        parts.append(template.format(first=first, last=last))
    if register.updated:
        parts.append(words.REGISTER_UPDATED.format(day=register.updated.strftime("%d/%m/%Y")))
    if register.lost:
        named = [shortened(each, TITLE_LETTERS).rstrip(".") for each in register.lost[:NAMED_LOSSES]]
        more = ["…"] if len(register.lost) > NAMED_LOSSES else []
        parts.append(words.REGISTER_LOST.format(n=_T.count(len(register.lost)), messages="; ".join(named + more)))
    return "; ".join(parts) + "."


def proposal_view(number: int, searched: Searched, scope: Scope) -> ProposalView:
    """Return a proposal in words, its findings with it."""
    proposal = searched.proposal
    information = [each for each in searched.findings if each.weight(scope.high) is Weight.INFORMATION]
    serious = [each for each in searched.findings if each.weight(scope.high) is not Weight.INFORMATION]
    named = serious[SHOWN_FINDINGS : SHOWN_FINDINGS + NAMED_FINDINGS]
    left = len(serious) - SHOWN_FINDINGS
    result = _result(searched, scope)
    return ProposalView(
        number=number,
        id=one_line(proposal.id),
        title=_title(proposal),
        result=tuple(result),
        is_clear=result[0] == words.NOTHING,
        facts=_facts(proposal),
        findings=tuple(_finding(n, each, proposal, scope) for n, each in enumerate(serious[:SHOWN_FINDINGS], 1)),
        named=tuple(_named(each, scope) for each in named),
        more=words.MORE_FINDINGS.format(n=_T.count(left)) if left > 0 else "",
        information=tuple(_information(information)),
    )


def _result(searched: Searched, scope: Scope) -> list[str]:
    """Return the plain statement on a proposal; never that nothing was found where nothing was searched."""
    if not searched.is_read:
        why = "; ".join(one_line(problem.message).rstrip(".") for problem in searched.proposal.problems)
        return [words.NOT_READ.format(why=f" ({why})" if why else "")]
    counts = Counter(each.weight(scope.high) for each in searched.findings)
    serious = [words.COUNTED[each].format(n=counts[each]) for each in words.COUNTED if counts[each]]
    lines = [words.FOUND.format(counts=", ".join(serious)) if serious else words.NOTHING]
    if scope.is_empty and not searched.findings:
        lines = [words.EMPTY_SCOPE]
    if searched.proposal.status is Status.PARTIAL:
        lines.append(words.PARTLY_READ)
    if counts[Weight.INFORMATION]:
        lines.append(words.INFORMED.format(n=counts[Weight.INFORMATION]))
    return lines


def _title(proposal: Proposal) -> str:
    return shortened(without_contacts(proposal.title), TITLE_LETTERS) or words.NO_TITLE


def _facts(proposal: Proposal) -> tuple[tuple[str, str], ...]:
    names = {
        "organisation": words.ORGANISATION,
        "place": words.PLACE,
        "year": words.YEAR,
        "status": words.STATUS,
    }
    texts = {key: shortened(without_contacts(proposal.sections.get(key, "")), TITLE_LETTERS) for key in names}
    return tuple((names[key], text) for key, text in texts.items() if text)


def _side(finding: Finding) -> str:
    template = words.TASK if finding.register else words.PROPOSAL
    return template.format(id=one_line(finding.other.id))


def _with_register(finding: Finding) -> str:
    if not finding.register:
        return words.IN_THIS_BATCH.format(title=_side(finding))
    return words.IN_REGISTER.format(title=_side(finding), register=one_line(finding.register))


def _finding(number: int, finding: Finding, proposal: Proposal, scope: Scope) -> FindingView:
    weight = finding.weight(scope.high)
    sections, notes = _sections(proposal, finding.other)
    return FindingView(
        heading=f"{number}. {_with_register(finding)}: {words.VERDICTS[weight]}",
        weight=weight,
        facts=(*_pair_facts(finding.pair), *_facts(finding.other)),
        reasons=tuple(_reason(each) for each in finding.pair.reasons if each.part != "prior") if finding.pair else (),
        here=words.PROPOSAL.format(id=one_line(proposal.id)),
        there=_side(finding),
        sections=sections,
        notes=notes,
        passages=tuple(_quoted(each, proposal, finding) for each in finding.passages[:SHOWN_PASSAGES]),
        more_passages=_more(words.MORE_PASSAGES, len(finding.passages) - SHOWN_PASSAGES),
    )


def _pair_facts(pair: DuplicatePair | None) -> tuple[tuple[str, str], ...]:
    if pair is None:
        return ((words.KIND, words.ONLY_PASSAGES),)
    return ((words.KIND, _T(f"kind.{pair.kind}")), (words.PROBABILITY, percent(pair.probability)))


def _reason(reason: Reason) -> str:
    """Return one part's push in words: «+ tên viết giống nhau: 95%»."""
    sign = "+" if reason.weight >= 0 else "−"
    note = part_note(reason, _T) or f"{section_name(reason.part)}: {one_line(without_contacts(reason.note))}"
    return f"{sign} {note}"


def section_name(name: str) -> str:
    """Return the word for a section of a proposal."""
    return _T(f"section.{name}") if _T.has(f"section.{name}") else one_line(name)


def _sections(proposal: Proposal, other: Proposal) -> tuple[tuple[tuple[str, SideBySide], ...], tuple[str, ...]]:
    """Return the sections that both sides have, side by side, and what is to be said of the others."""
    shown: list[tuple[str, SideBySide]] = []
    unmarked: list[str] = []
    missing_here: list[str] = []
    missing_there: list[str] = []
    for key, name in words.SHOWN_SECTIONS.items():
        ours, theirs = _shown_text(proposal, key), _shown_text(other, key)
        if ours and theirs:
            texts = side_by_side(ours, theirs, words.CUT)
            shown.append((name, texts))
            unmarked += [] if texts.is_marked else [name]
        elif ours or theirs:
            (missing_there if ours else missing_here).append(name.lower())
    templates = (words.NO_MARKS, words.MISSING_THERE, words.MISSING_HERE)
    lists = (unmarked, missing_there, missing_here)
    notes = [each.format(names=", ".join(names)) for each, names in zip(templates, lists, strict=True) if names]
    marked = [words.MARKS] if any(piece.differs for _, both in shown for piece in (*both.left, *both.right)) else []
    return tuple(shown), tuple(marked + notes)


def _shown_text(proposal: Proposal, section: str) -> str:
    return clean(without_contacts(proposal.sections.get(section, ""))).strip()


def _quoted(passage: Passage, proposal: Proposal, finding: Finding) -> QuotedPassage:
    first, last = _ordinals(passage.left, proposal)
    from_, to = _ordinals(passage.right, finding.other)
    hidden = without_contacts(proposal.sections[passage.left.section])
    places = words.PASSAGE.format(
        words=_T.count(passage.words),
        here=section_name(passage.left.section),
        there=section_name(passage.right.section),
        other=_side(finding)[0].lower() + _side(finding)[1:],
        first=_T.count(first), last=_T.count(last), from_=_T.count(from_), to=_T.count(to),
    )  # fmt: skip
    return QuotedPassage(places, _quotation(hidden[passage.left.start : passage.left.end]))


def _ordinals(span: EvidenceSpan, proposal: Proposal) -> tuple[int, int]:
    """Return which words of its section a passage begins and ends with, from 1."""
    text = proposal.sections[span.section]
    before = len(_WORD.findall(text[: span.start]))
    return before + 1, before + len(_WORD.findall(text[span.start : span.end]))


def _quotation(text: str) -> str:
    tokens = one_line(text).split(" ")
    if len(tokens) > QUOTED_WORDS:
        half = QUOTED_WORDS // 2
        tokens = [*tokens[:half], "[…]", *tokens[-half:]]
    return f"«{' '.join(tokens)}»"


def _named(finding: Finding, scope: Scope) -> str:
    weight = words.VERDICTS[finding.weight(scope.high)]
    kind = f", {_T(f'kind.{finding.pair.kind}')}, {percent(finding.pair.probability)}" if finding.pair else ""
    return f"{_with_register(finding)}: {_title(finding.other)} – {weight}{kind}"


def _information(findings: Sequence[Finding]) -> list[str]:
    lines = [f"{_with_register(each)}: {_title(each.other)}" for each in findings[:NAMED_FINDINGS]]
    more = _more(words.MORE_INFORMATION, len(findings) - NAMED_FINDINGS)
    return [*lines, more] if more else lines


def _more(template: str, left: int) -> str:
    return template.format(n=_T.count(left)) if left > 0 else ""
