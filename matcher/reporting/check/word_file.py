"""The self-check as DOCX: A4 upright."""

from __future__ import annotations

from typing import BinaryIO

from matcher.reporting.check import words
from matcher.reporting.check.record import SelfCheck
from matcher.reporting.check.view import CheckView, check_view
from matcher.reporting.paper import Body, Paper, Run
from matcher.reporting.severity import SEVERITIES

#: The check is to fit on one page.
_SIZE = 10
_OUTCOME_SHADES = {"ready": "D6E8F5", "look": "FFF3CF", "mend": "F8D8C4"}


def write_check_docx(check: SelfCheck, stream: BinaryIO) -> None:
    """Write the page."""
    view = check_view(check)
    paper = Paper(words.TITLE, size=_SIZE, table_size=_SIZE, dense=True)
    body = paper.body
    body.add(Run(words.TITLE, "bold"), align="center", keep=True)
    body.add(Run(view.announcement, "italic"), align="center")
    body.add(Run(view.title, "bold"), align="center")
    body.add_table([paper.width]).add_row([[[Run(view.verdict, "bold")]]], shade=_OUTCOME_SHADES[view.outcome])
    for note in view.notes:
        body.add(Run(note, "bold"))
    facts = "; ".join(f"{name} {text}" for name, text in view.facts)
    if facts:
        body.add(Run(f"{words.READ}: ", "italic"), Run(f"{facts}. {words.READ_HINT}"), before=4)
    _add_fit(body, view)
    _add_register(body, view)
    _add_form(body, view)
    if view.contact:
        body.add(Run(f"{words.CONTACT}: {'; '.join(view.contact)}"))
    body.add(Run(words.NOTHING_KEPT, "italic"), before=6)
    paper.save(stream)


def _add_title(body: Body, text: str) -> None:
    body.add(Run(text, "bold"), keep=True, before=4)


def _add_fit(body: Body, view: CheckView) -> None:
    _add_title(body, words.FIT)
    for line in view.state:
        body.add(Run(line), keep=True)
    for each in view.orientations:
        body.add(Run(f"{each.heading}. ", "bold"), Run(f"«{each.text}»" if each.text else ""), bullet=True)
        body.add(Run(f"{words.PLAN}: ", "italic"), Run(each.plan))
        if each.uncovered:
            body.add(Run(f"{words.UNCOVERED}: ", "italic"), Run("; ".join(each.uncovered) + "."))
    if any(each.uncovered for each in view.orientations):
        body.add(Run(words.UNCOVERED_HINT, "italic"))


def _add_register(body: Body, view: CheckView) -> None:
    _add_title(body, words.REGISTER)
    body.add(Run(view.compared))
    if view.no_near:
        body.add(Run(view.no_near))
    for task in view.near:
        body.add(Run(f"{task.heading}. ", "bold"), Run(f"«{task.title}»" if task.title else ""), bullet=True)
        if task.facts:
            body.add(Run(task.facts))
        body.add(Run(task.advice, "italic"))
    if view.elsewhere:
        body.add(Run(f"{words.ELSEWHERE}: ", "italic"), Run("; ".join(view.elsewhere)))


def _add_form(body: Body, view: CheckView) -> None:
    _add_title(body, words.FORM)
    for line in (view.items, view.no_faults):
        if line:
            body.add(Run(line))
    for fault in view.faults:
        mark = "bold" if fault.severity == "error" else ""
        body.add(Run(f"{fault.label}: ", "bold"), Run(fault.message, mark), bullet=True)
        mending = [Run(f"{words.CURE}: ", "italic"), Run(f"{fault.cure} ")] if fault.cure else []
        if fault.rule and fault.severity != SEVERITIES[-1]:  # what is only to be known breaks no rule
            mending += [Run(f"{words.RULE}: ", "italic"), Run(f"«{fault.rule}»")]
        if mending:
            body.add(*mending)
