"""Titles, durations and budgets that no rule forbids, but that an officer would ask about; all information."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.checking.case import Case, Finding, Severity
from matcher.checking.roles import Role
from matcher.checking.wording import item_rule

#: The longest of the real titles in `corpus/registers` has 53 words; two thirds have fewer than 25.
_LONGEST_TITLE = 60
_SHORTEST_TITLE = 4
#: Provincial tasks take one to three years; a council asks about more than five or less than three months.
_MONTHS = (3, 60)
#: From twenty million to fifty thousand million đồng: outside it is mostly a unit taken for another.
_BUDGET = (20_000_000, 50_000_000_000)


def title_too_long(case: Case) -> Iterator[Finding]:
    """Flag a title of more than sixty words: the objective was put into it."""
    words = len(case.text(Role.TITLE).split())
    if words > _LONGEST_TITLE:
        yield _finding(
            case, Role.TITLE, "title_too_long",
            f"Tên nhiệm vụ dài {words} từ, khó dùng làm tên gọi.",
            "Rút gọn tên nhiệm vụ: việc làm, đối tượng, địa bàn; phần còn lại đưa vào mục tiêu.",
        )  # fmt: skip


def title_not_a_task(case: Case) -> Iterator[Finding]:
    """Flag a title of fewer than four words, which can hardly say what is done to what."""
    words = len(case.text(Role.TITLE).split())
    if 0 < words < _SHORTEST_TITLE:
        yield _finding(
            case, Role.TITLE, "title_not_a_task",
            f"Tên nhiệm vụ «{case.text(Role.TITLE)}» chưa nói rõ làm gì, với đối tượng nào.",
            "Ghi đủ việc cần làm, đối tượng và địa bàn, ví dụ «Nghiên cứu … tại …».",
        )  # fmt: skip


def duration_unlikely(case: Case) -> Iterator[Finding]:
    """Flag a duration of less than three months or more than five years."""
    months = case.form.months if case.form else None
    if months is not None and not _MONTHS[0] <= months <= _MONTHS[1]:
        yield _finding(
            case, Role.DURATION, "duration_unlikely",
            f"Thời gian thực hiện {months} tháng là khác thường với nhiệm vụ cấp tỉnh.",
            "Kiểm tra lại số tháng và năm bắt đầu, kết thúc.",
        )  # fmt: skip


def budget_unlikely(case: Case) -> Iterator[Finding]:
    """Flag a budget of less than twenty million or more than fifty thousand million đồng."""
    budget = case.form.budget_vnd if case.form else None
    if budget is not None and not _BUDGET[0] <= budget <= _BUDGET[1]:
        yield _finding(
            case, Role.BUDGET, "budget_unlikely",
            f"Kinh phí {budget:,} đồng là khác thường với nhiệm vụ cấp tỉnh.".replace(",", "."),
            "Kiểm tra lại số tiền và đơn vị (đồng, triệu đồng, tỷ đồng).",
        )  # fmt: skip


def _finding(case: Case, role: Role, code: str, message: str, cure: str) -> Finding:
    number, place = case.place(role)
    rule = item_rule(case.asking(role), "Thông báo không có quy định riêng.")
    return Finding(code, message, rule, cure, number, place, Severity.INFO)
