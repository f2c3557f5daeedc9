"""What the self-check shows, in words: the same on the terminal, in HTML and in DOCX."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.records import DuplicatePair, FilledForm, Match, Problem, Proposal, State, Status
from matcher.reporting.check import words
from matcher.reporting.check.record import SelfCheck
from matcher.reporting.form_words import problem_line
from matcher.reporting.language import Language
from matcher.reporting.money import million_dong
from matcher.reporting.search.contacts import without_contacts
from matcher.reporting.severity import count_of, form_problems, severity_of
from matcher.reporting.wording import clean, one_line, percent, shortened

#: Orientations, past tasks, and tasks of the same method elsewhere that are shown.
SHOWN_ORIENTATIONS, SHOWN_TASKS, SHOWN_ELSEWHERE = 3, 3, 2
#: Letters of an orientation, of an aspect, of a title, of a rule.
ORIENTATION_LETTERS, ASPECT_LETTERS, TITLE_LETTERS, RULE_LETTERS = 320, 160, 260, 220
_T = Language("vi")


@dataclass(frozen=True, slots=True)
class OrientationView:
    """One of the nearest orientations; `uncovered` is what of it the draft does not address."""

    id: str
    heading: str
    text: str
    plan: str
    uncovered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaskView:
    """A past task near the draft."""

    heading: str
    title: str
    facts: str
    advice: str
    likely: bool


@dataclass(frozen=True, slots=True)
class FaultView:
    """A rule that the form breaks; `severity` is error, warning or info."""

    severity: str
    label: str
    message: str
    cure: str
    rule: str


@dataclass(frozen=True, slots=True)
class CheckView:
    """The page; empty strings and tuples are left out by those who show it."""

    outcome: str
    verdict: str
    announcement: str
    file: str
    title: str
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    state: tuple[str, ...]
    orientations: tuple[OrientationView, ...]
    compared: str
    no_near: str
    near: tuple[TaskView, ...]
    elsewhere: tuple[str, ...]
    items: str
    faults: tuple[FaultView, ...]
    no_faults: str
    contact: tuple[str, ...]


def check_view(check: SelfCheck) -> CheckView:
    """Return everything that is shown of a check."""
    assessment, proposal = check.assessment, check.assessment.proposal
    valid = assessment.flag.state is not State.INVALID
    shown = assessment.matches[:SHOWN_ORIENTATIONS] if valid else ()
    problems = [_reading_problem(problem) for problem in proposal.problems]
    return CheckView(
        outcome=check.outcome,
        verdict=verdict_line(check),
        announcement=_announcement(check),
        file=one_line(proposal.source.file),
        title=shortened(without_contacts(proposal.title), TITLE_LETTERS) or words.NO_TITLE,
        facts=_facts(proposal),
        notes=(*([words.PARTLY] if proposal.status is Status.PARTIAL else []), *problems),
        state=_state(check),
        orientations=tuple(_orientation(check, match) for match in shown),
        compared=compared_line(check),
        no_near="" if check.near else _no_near(check),
        near=tuple(_task(check, pair) for pair in check.near[:SHOWN_TASKS]),
        elsewhere=tuple(_elsewhere(check, pair) for pair in check.elsewhere[:SHOWN_ELSEWHERE]),
        items=_items(check),
        faults=tuple(_faults(check)),
        no_faults="" if assessment.form.problems or not check.follows_form else words.NO_FAULTS,
        contact=_contact(proposal) if check.contact else (),
    )


def verdict_line(check: SelfCheck) -> str:
    """Return the whole in one line: «CHƯA NÊN GỬI: phù hợp định hướng 1.5; …; phiếu có 2 lỗi phải sửa.»."""
    assessment = check.assessment
    best = assessment.matches[0].orientation if assessment.matches else ""
    parts = [words.FITS[assessment.flag.state].format(id=best), _near_in_short(check)]
    warnings = count_of(assessment.form, "warning")
    if not check.follows_form:
        parts.append(words.NOT_A_FORM)
    if check.errors:
        parts.append(words.ERRORS.format(n=check.errors))
    if warnings:
        parts.append(words.WARNINGS.format(n=warnings))
    if not check.errors and not warnings and check.follows_form:
        parts.append(words.NO_ERRORS)
    return f"{words.OUTCOMES[check.outcome]}: {'; '.join(part for part in parts if part)}."


def _near_in_short(check: SelfCheck) -> str:
    if check.assessment.flag.state is State.INVALID and not check.near:
        return ""
    likely = sum(map(check.is_likely, check.near))
    if likely:
        return words.LIKELY.format(n=likely)
    if check.near:
        return words.NEAR.format(n=len(check.near))
    return words.NOT_NEAR if check.registers else words.NOT_COMPARED


def sure(probability: float) -> str:
    """Return how sure a match is, in words.

    Examples
    --------
    >>> sure(0.9), sure(0.02)
    ('rất có khả năng phù hợp', 'hầu như không phù hợp')
    """
    return next(name for least, name in words.SURE if probability >= least)


def _announcement(check: SelfCheck) -> str:
    announcement = check.announcement
    name = shortened(announcement.title or announcement.name, TITLE_LETTERS)
    parts = [words.ANNOUNCEMENT.format(name=name)]
    if announcement.deadline:
        parts.append(words.DEADLINE.format(day=announcement.deadline.strftime("%d/%m/%Y")))
    return "; ".join(parts)


def _facts(proposal: Proposal) -> tuple[tuple[str, str], ...]:
    """Return what was read of the form, so that the proposer sees whether it was read rightly."""
    form = proposal.form or FilledForm()
    months = words.MONTHS_VALUE.format(n=form.months) if form.months else ""
    organisation = shortened(without_contacts(proposal.sections.get("organisation", "")), TITLE_LETTERS)
    facts = (
        (words.ORGANISATION, organisation),
        (words.MONTHS, months),
        (words.BUDGET, million_dong(form.budget_vnd)),
        (words.SENT, form.sent.strftime("%d/%m/%Y") if form.sent else ""),
        (words.PAGES, str(proposal.pages or "")),
    )
    return tuple((name, text) for name, text in facts if text)


def _reading_problem(problem: Problem) -> str:
    return one_line(problem.message) or one_line(problem.code)


def _state(check: SelfCheck) -> tuple[str, ...]:
    flag, exception = check.assessment.flag, one_line(check.announcement.exception)
    lines = [words.STATES[flag.state]]
    if flag.state is State.INVALID:
        lines += [one_line(reason) for reason in flag.reasons]
    if flag.state is State.OUTSIDE:
        lines += [words.EXCEPTION.format(text=shortened(exception, ORIENTATION_LETTERS))] if exception else []
        lines.append(words.URGENCY if flag.urgency else words.NO_URGENCY)
    return tuple(lines)


def _orientation(check: SelfCheck, match: Match) -> OrientationView:
    found = next((each for each in check.announcement.orientations if each.id == match.orientation), None)
    heading = words.ORIENTATION.format(
        id=match.orientation, sure=sure(match.probability), percent=percent(match.probability)
    )
    uncovered = tuple(shortened(aspect, ASPECT_LETTERS) for aspect in match.uncovered)
    text = shortened(found.text, ORIENTATION_LETTERS) if found else ""
    return OrientationView(match.orientation, heading, text, _plan(match), uncovered)


def _plan(match: Match) -> str:
    plan = match.plan
    if not plan.id:
        return words.NO_PLAN
    day = f" ngày {plan.date.strftime('%d/%m/%Y')}" if plan.date else ""
    title = f" – {shortened(plan.title, TITLE_LETTERS)}" if plan.title else ""
    return f"{one_line(plan.id)}{day}{title} ({_T(f'basis.{plan.basis}')})"


def compared_line(check: SelfCheck) -> str:
    """Return what the draft was compared with, losses among it."""
    if not check.registers:
        return words.NO_REGISTER
    named = [
        words.COMPARED_WITH.format(name=one_line(each.name), tasks=_T.count(each.tasks)) for each in check.registers
    ]
    lost = sum(each.lost for each in check.registers)
    tail = f" {words.LOST.format(n=_T.count(lost))}." if lost else ""
    return words.COMPARED.format(names="; ".join(named)) + tail


def _no_near(check: SelfCheck) -> str:
    if not check.assessment.proposal.title:
        return words.NOT_SEARCHED
    return words.NO_NEAR if check.registers else ""


def _task(check: SelfCheck, pair: DuplicatePair) -> TaskView:
    likely = check.is_likely(pair)
    return TaskView(
        heading=words.TASK.format(
            id=one_line(pair.b),
            kind=_T(f"kind.{pair.kind}"),
            percent=percent(pair.probability),
            verdict=words.VERDICT_LIKELY if likely else words.VERDICT_LOOK,
        ),
        title=_title_of(check, pair),
        facts=_task_facts(check.tasks.get(pair.b)),
        advice=words.ADVICE_LIKELY if likely else words.ADVICE_LOOK,
        likely=likely,
    )


def _title_of(check: SelfCheck, pair: DuplicatePair) -> str:
    task = check.tasks.get(pair.b)
    return shortened(without_contacts(task.title), TITLE_LETTERS) if task else ""


def _task_facts(task: Proposal | None) -> str:
    if task is None:
        return ""
    named = (("", "organisation"), (f"{words.YEAR} ", "year"), (f"{words.STATUS}: ", "status"))
    texts = ((name, shortened(without_contacts(task.sections.get(key, "")), TITLE_LETTERS)) for name, key in named)
    return "; ".join(f"{name}{text}" for name, text in texts if text)


def _elsewhere(check: SelfCheck, pair: DuplicatePair) -> str:
    return f"{one_line(pair.b)}: {_title_of(check, pair)}"


def _items(check: SelfCheck) -> str:
    if not check.follows_form:
        return words.NO_FORM.format(n=len(check.announcement.form.items))
    items = check.assessment.form.items
    missing = [f"{number}. {one_line(name)}" for number, name, present in items if not present]
    if not items:
        return ""
    return words.MISSING.format(names="; ".join(missing)) if missing else words.COMPLETE.format(n=len(items))


def _faults(check: SelfCheck) -> list[FaultView]:
    return [
        FaultView(
            severity=severity_of(each),
            label=words.SEVERITIES[severity_of(each)],
            message=clean(problem_line(each, _T)),
            cure=one_line(str(each.get("cure") or "")),
            rule=shortened(str(each.get("rule") or ""), RULE_LETTERS),
        )
        for each in form_problems(check.assessment.form)
    ]


def _contact(proposal: Proposal) -> tuple[str, ...]:
    contact = proposal.form.contact if proposal.form else None
    if contact is None:
        return ()
    return tuple(one_line(text) for text in (contact.name, contact.telephone, contact.email, contact.address) if text)
