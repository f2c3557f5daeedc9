"""The self-check as a page of lines, on a terminal or piped."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from matcher.reporting.check import words
from matcher.reporting.check.record import SelfCheck
from matcher.reporting.check.view import CheckView, FaultView, OrientationView, TaskView, check_view
from matcher.reporting.terminal import encodable

if TYPE_CHECKING:
    from rich.console import Console

#: Columns of a line at most, and where the console is not known to be narrower.
_WIDTH = 100
_OUTCOME_STYLES = {"ready": "bold blue", "look": "bold yellow", "mend": "bold red"}
_FAULT_STYLES = {"error": "bold red", "warning": "bold yellow", "info": "dim"}
_Line = tuple[str, int, str]  # the text, columns of indentation, style


def show_check(check: SelfCheck, console: Console) -> None:
    """Print the page; letters that the console's encoding lacks lose their marks."""
    width = min(console.width if console.is_terminal else _WIDTH, _WIDTH)
    for text, indent, style in _page(check_view(check)):
        for line in textwrap.wrap(text, max(width - indent, 20), break_on_hyphens=False) or [""]:
            shown = encodable(" " * indent + line, console.encoding)
            console.print(shown, style=style or None, markup=False, highlight=False, emoji=False, soft_wrap=True)


def _page(view: CheckView) -> Iterator[_Line]:
    yield words.TITLE, 0, "bold"
    yield view.announcement, 0, ""
    yield f"{words.FILE}: {view.file}", 0, ""
    yield view.title, 0, "bold"
    yield view.verdict, 0, _OUTCOME_STYLES[view.outcome]
    for note in view.notes:
        yield note, 0, "bold yellow"
    if view.facts:
        facts = "; ".join(f"{name} {text}" for name, text in view.facts)
        yield f"{words.READ}: {facts}. {words.READ_HINT}", 0, ""
    yield "", 0, ""
    yield words.FIT, 0, "bold"
    for line in view.state:
        yield line, 0, ""
    for each in view.orientations:
        yield from _orientation(each)
    if any(each.uncovered for each in view.orientations):
        yield words.UNCOVERED_HINT, 3, "dim"
    yield "", 0, ""
    yield from _register(view)
    yield "", 0, ""
    yield words.FORM, 0, "bold"
    for line in (view.items, view.no_faults):
        if line:
            yield line, 0, ""
    for fault in view.faults:
        yield from _fault(fault)
    yield "", 0, ""
    if view.contact:
        yield f"{words.CONTACT}: {'; '.join(view.contact)}", 0, ""
    yield words.NOTHING_KEPT, 0, "dim"


def _orientation(each: OrientationView) -> Iterator[_Line]:
    yield f"• {each.heading}", 1, "bold"
    if each.text:
        yield f"«{each.text}»", 3, ""
    yield f"{words.PLAN}: {each.plan}", 3, ""
    if each.uncovered:
        yield f"{words.UNCOVERED}:", 3, ""
    for aspect in each.uncovered:
        yield f"- {aspect}", 5, ""


def _register(view: CheckView) -> Iterator[_Line]:
    yield words.REGISTER, 0, "bold"
    yield view.compared, 0, ""
    if view.no_near:
        yield view.no_near, 0, ""
    for task in view.near:
        yield from _task(task)
    if view.elsewhere:
        yield f"{words.ELSEWHERE}:", 1, "dim"
    for line in view.elsewhere:
        yield f"- {line}", 3, "dim"


def _task(task: TaskView) -> Iterator[_Line]:
    yield f"• {task.heading}", 1, "bold"
    for line in (f"«{task.title}»" if task.title else "", task.facts, task.advice):
        if line:
            yield line, 3, ""


def _fault(fault: FaultView) -> Iterator[_Line]:
    yield f"[{fault.label}] {fault.message}", 1, _FAULT_STYLES[fault.severity]
    if fault.cure:
        yield f"{words.CURE}: {fault.cure}", 3, ""
    if fault.rule:
        yield f"{words.RULE}: «{fault.rule}»", 3, "dim"
