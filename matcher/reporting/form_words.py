"""What a reader is told of a proposal's form: its problems, the gravest first, in words long and short."""

from __future__ import annotations

from matcher.records import FormReport
from matcher.reporting.language import Language
from matcher.reporting.report import Summary
from matcher.reporting.severity import SEVERITIES, FormProblem, form_problems, severity_of
from matcher.reporting.wording import one_line, shortened

#: Letters of a problem in a narrow cell, where it has no short name.
_SHORT = 60
#: Kinds of error that a summary names.
_NAMED_CODES = 5


def problem_place(problem: FormProblem, t: Language) -> str:
    """Return where in the form a problem is; the item where nothing nearer is known."""
    item = problem.get("item")
    return one_line(str(problem.get("where") or "")) or (t("says.item", n=item) if item else "")


def problem_line(problem: FormProblem, t: Language) -> str:
    """Return a problem's message with its place: «Không nêu kinh phí. (mục 9)»."""
    message, where = one_line(str(problem.get("message", ""))), problem_place(problem, t)
    return f"{message} ({where})" if where and where.lower() not in message.lower() else message


def short_problem(problem: FormProblem, t: Language) -> str:
    """Return a problem in a few words: «thiếu mục 5», «quá số trang»."""
    key, item = f"fault.{problem.get('code', '')}", problem.get("item")
    if not t.has(key):
        return shortened(str(problem.get("message", "")), _SHORT)
    return t(key) + (f" ({t('says.item', n=item)})" if item else "")


def form_cell(form: FormReport, t: Language) -> str:
    """Return what is wrong with a form in a narrow cell, one problem a line; information is left out."""
    grave = [problem for problem in form_problems(form) if severity_of(problem) != SEVERITIES[-1]]
    return "\n".join(dict.fromkeys(short_problem(problem, t) for problem in grave))


def forms_line(summary: Summary, t: Language) -> str:
    """Return how many forms have errors, and which are the most frequent."""
    counts = list(summary.form_problems.items())[:_NAMED_CODES]
    names = [f"{t(f'fault.{code}') if t.has(f'fault.{code}') else code} {t.count(n)}" for code, n in counts]
    more = ["…"] if len(summary.form_problems) > _NAMED_CODES else []
    return t("says.form_faulty", n=t.count(summary.faulty), names=", ".join(names + more))
