"""Limits of the announcement: the length of the form, the last day, and dates that look mistyped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from matcher.checking.case import Case, Finding, Severity
from matcher.checking.wording import deadline_rule, page_rule

#: Proposals are called for in the months before the deadline; a date a year before it is a slip of the pen.
_ROUND = timedelta(days=365)
#: A date so long after the deadline belongs to another year: typed wrong, or an old blank used again.
_LONG_AFTER = timedelta(days=240)


def over_page_limit(case: Case) -> Iterator[Finding]:
    """Flag more pages than the announcement allows, counted as the file has them."""
    pages, limit = case.proposal.pages, case.announcement.form.max_pages
    if pages is not None and 0 < limit < pages:
        yield Finding(
            "over_page_limit",
            f"Phiếu dài {pages} trang, quá {limit} trang cho phép.",
            page_rule(case.announcement),
            f"Rút gọn phiếu còn tối đa {limit} trang A4, ví dụ lược bớt phần lý do và nội dung.",
            where=f"trang {limit + 1}–{pages}" if pages > limit + 1 else f"trang {pages}",
        )


def after_deadline(case: Case) -> Iterator[Finding]:
    """Flag a date above the signature that is after the deadline; a slip in the year is only information."""
    sent, deadline = case.form.sent if case.form else None, case.announcement.deadline
    if sent is None or deadline is None or sent <= deadline:
        return
    slip = _is_slip(sent, deadline)
    meant = ", có thể ghi nhầm năm" if slip else ""
    yield Finding(
        "after_deadline",
        f"Phiếu ghi ngày {sent:%d/%m/%Y}, sau hạn nhận {deadline:%d/%m/%Y}{meant}.",
        deadline_rule(case.announcement),
        "Kiểm tra lại ngày, tháng, năm ghi trên phiếu."
        if slip
        else "Liên hệ cơ quan nhận xem phiếu còn được nhận không.",
        where="ngày ký ở cuối phiếu",
        severity=Severity.INFO if slip else Severity.ERROR,
    )


def date_unlikely(case: Case) -> Iterator[Finding]:
    """Flag a date above the signature of a year or more before the deadline: an old form, or a slip."""
    sent, deadline = case.form.sent if case.form else None, case.announcement.deadline
    if sent is not None and deadline is not None and sent < deadline - _ROUND:
        yield Finding(
            "date_unlikely",
            f"Phiếu ghi ngày {sent:%d/%m/%Y}, trước hạn nhận {deadline:%d/%m/%Y} hơn một năm.",
            deadline_rule(case.announcement),
            "Kiểm tra lại ngày, tháng, năm ghi trên phiếu.",
            where="ngày ký ở cuối phiếu",
            severity=Severity.INFO,
        )


def _is_slip(sent: date, deadline: date) -> bool:
    """Tell whether the same day in the deadline's year would have been in time, and this one is far out."""
    try:
        meant = sent.replace(year=deadline.year)
    except ValueError:  # 29 February
        meant = sent.replace(year=deadline.year, day=28)
    return sent.year != deadline.year and meant <= deadline and sent - deadline > _LONG_AFTER
