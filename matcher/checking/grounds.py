"""Plans cited in the reasons of a proposal: unknown, with a wrong date, or outside the announcement's list."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.checking.case import Case, Finding, Severity
from matcher.checking.cited import Cited, Standing, cited_plans, document_name
from matcher.checking.roles import Role
from matcher.checking.wording import item_rule, requirement

_MOST_NAMED = 6


def plan_unknown(case: Case) -> Iterator[Finding]:
    """Flag a plan of the province (KH-UBND, QĐ-UBND, NQ-HĐND, CTr/TU) that the announcement does not name."""
    for cited in _cited(case, Standing.UNKNOWN):
        near = cited.known
        meant = document_name(near.kind, near.number, near.date) if near else ""
        yield _finding(
            case,
            "plan_unknown",
            f"Thông báo không nêu {cited.name}.",
            f"Kiểm tra lại số văn bản, có thể là {meant}."
            if meant
            else "Kiểm tra lại số, ngày của văn bản, hoặc gửi kèm văn bản.",
            Severity.WARNING,
        )


def plan_wrong_date(case: Case) -> Iterator[Finding]:
    """Flag a document of the announcement that is cited with another date, or one that no calendar has."""
    for cited in _cited(case, Standing.OTHER_DATE):
        if cited.known is None or cited.known.date is None:
            continue
        day = f"{cited.known.date:%d/%m/%Y}"
        yield _finding(
            case,
            "plan_wrong_date",
            f"{cited.name} ghi sai ngày: thông báo ghi ngày {day}.",
            f"Sửa ngày của văn bản số {cited.known.number} thành {day}, hoặc ghi rõ nếu là văn bản khác.",
            Severity.ERROR,
        )


def plan_unlisted(case: Case) -> Iterator[Finding]:
    """Name the decrees and plans of other levels that the announcement does not list, all in one line."""
    cited = _cited(case, Standing.UNLISTED)
    if not cited:
        return
    names = "; ".join(each.name for each in cited[:_MOST_NAMED])
    more = f" và {len(cited) - _MOST_NAMED} văn bản khác" if len(cited) > _MOST_NAMED else ""
    yield _finding(
        case,
        "plan_unlisted",
        f"Phiếu dẫn văn bản không có trong thông báo: {names}{more}.",
        "Không phải lỗi; nên dẫn thêm văn bản của tỉnh mà định hướng trong thông báo căn cứ vào.",
        Severity.INFO,
    )


def _cited(case: Case, standing: Standing) -> list[Cited]:
    return [each for each in cited_plans(case.text(Role.REASONS), case.announcement) if each.standing is standing]


def _finding(case: Case, code: str, message: str, cure: str, severity: Severity) -> Finding:
    number, place = case.place(Role.REASONS)
    rule = requirement(case.announcement, "trích dẫn", item_rule(case.asking(Role.REASONS)))
    return Finding(code, message, rule or "Văn bản căn cứ cần ghi đúng số và ngày.", cure, number, place, severity)
