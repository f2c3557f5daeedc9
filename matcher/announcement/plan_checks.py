"""Checks on the plans: cited and listed, numbers and dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from rapidfuzz.distance import OSA

from matcher.announcement.evidence import Evidence, named, note_place
from matcher.announcement.numbers import kind_of, ordinal_of, same_number, symbol_of
from matcher.announcement.plans import Mention
from matcher.records import Basis, Plan, Problem

#: More documents than any office numbers in a day: a number that high so early in its year is doubtful.
_NUMBERS_A_DAY = 60
#: Days by which a number may stray from the pace of its series, and how many others that pace must rest on.
_STRAY_DAYS, _SERIES = 90, 5


def cited_not_listed(evidence: Evidence) -> Iterator[Problem]:
    """Report a footnote that names a plan that the preamble does not."""
    called = evidence.called_by()
    for number, mention in evidence.note_mentions():
        plan = evidence.book.find(mention)
        if plan is None or plan.listed:
            continue
        cited = f" (định hướng {called[number]})" if number in called else ""
        yield Problem(
            "cited_not_listed",
            f"Chú thích {number}{cited} dẫn {named(mention.number, mention.kind, mention.date)}, "
            f"nhưng phần căn cứ không nêu văn bản này.{_look_alike(evidence, mention)}",
            note_place(number),
        )


def _look_alike(evidence: Evidence, mention: Mention) -> str:
    """Name the listed plans that may have been meant: the same series, nearly the same number or the same day."""
    near = [plan for plan in evidence.announcement.plans if plan.listed and _resembles(plan, mention)]
    if not near:
        return ""
    names = " hoặc ".join(named(plan.id, plan.kind, plan.date) for plan in near[:2])
    return f" Dễ nhầm với {names} có trong phần căn cứ."


def _resembles(plan: Plan, mention: Mention) -> bool:
    if symbol_of(plan.id).casefold() != symbol_of(mention.number).casefold():
        return False
    near = OSA.distance(str(ordinal_of(plan.id)), str(ordinal_of(mention.number))) <= 1
    if plan.date is None or mention.date is None:
        return near
    same_day = (plan.date.day, plan.date.month) == (mention.date.day, mention.date.month)
    return plan.date == mention.date or (near and same_day)


def listed_not_cited(evidence: Evidence) -> Iterator[Problem]:
    """Report a plan that the preamble calls for and no orientation rests on."""
    cited = {citation.plan for each in evidence.announcement.orientations for citation in each.citations}
    if not cited:
        return
    for plan in evidence.announcement.plans:
        if plan.listed and plan.id not in cited and plan.id in evidence.book.carried_out:
            yield Problem(
                "listed_not_cited",
                f"{named(plan.id, plan.kind, plan.date)} được nêu ở phần căn cứ nhưng không định hướng nào dẫn tới.",
                plan.id,
            )


def inline_only(evidence: Evidence) -> Iterator[Problem]:
    """Report a plan named inside bullets alone, neither in the preamble nor in a footnote."""
    footnoted = {same_number(mention.number) for _, mention in evidence.note_mentions()}
    for orientation in evidence.announcement.orientations:
        for citation in orientation.citations:
            plan = evidence.announcement.plan(citation.plan)
            if citation.basis is not Basis.INLINE or plan is None or plan.listed:
                continue
            if same_number(plan.id) not in footnoted:
                yield Problem(
                    "inline_only",
                    f"{named(plan.id, plan.kind, plan.date)} chỉ được nêu trong nội dung định hướng {orientation.id}, "
                    "không có ở phần căn cứ hay chú thích.",
                    orientation.id,
                )


def differing_dates(evidence: Evidence) -> Iterator[Problem]:
    """Report a number with two dates, and a date left out."""
    for number, mention in evidence.note_mentions():
        plan = evidence.book.find(mention)
        if plan is None:
            continue
        if not mention.raw_date:
            hint = f" Phần căn cứ ghi ngày {plan.date:%d/%m/%Y}." if plan.date else ""
            yield Problem(
                "date_missing", f"Chú thích {number} không ghi ngày của {named(mention.number, mention.kind)}.{hint}",
                note_place(number),
            )  # fmt: skip
        elif mention.date and plan.date and mention.date != plan.date:
            yield Problem(
                "date_differs",
                f"Chú thích {number} ghi {named(mention.number, mention.kind, mention.date)}, "
                f"nơi khác ghi ngày {plan.date:%d/%m/%Y}.",
                note_place(number),
            )
    yield from _listed_twice(evidence.listed)


def _listed_twice(listed: Sequence[Mention]) -> Iterator[Problem]:
    by_number: dict[str, list[Mention]] = defaultdict(list)
    for mention in listed:
        by_number[same_number(mention.number)].append(mention)
        if not mention.raw_date:
            yield Problem(
                "date_missing", f"Phần căn cứ không ghi ngày của {named(mention.number, mention.kind)}.", mention.number
            )
    for mentions in by_number.values():
        days = sorted({mention.date for mention in mentions if mention.date})
        if len(days) > 1:
            yield Problem(
                "date_differs",
                f"{named(mentions[0].number, mentions[0].kind)} được nêu với các ngày khác nhau: "
                f"{', '.join(f'{day:%d/%m/%Y}' for day in days)}.",
                mentions[0].number,
            )
        elif len(mentions) > 1:
            yield Problem(
                "listed_twice",
                f"{named(mentions[0].number, mentions[0].kind, mentions[0].date)} được nêu hai lần ở phần căn cứ.",
                mentions[0].number,
            )


def odd_dates(evidence: Evidence) -> Iterator[Problem]:
    """Report a date that no calendar has, lies after the announcement, or does not fit its number."""
    places = [(note_place(number), mention) for number, mention in evidence.note_mentions()]
    for where, mention in [*((mention.number, mention) for mention in evidence.listed), *places]:
        name = named(mention.number, mention.kind)
        if mention.raw_date and mention.date is None:
            yield Problem("date_impossible", f"{name}: không có ngày {mention.raw_date} trong lịch.", where)
        elif mention.date and evidence.latest and mention.date > evidence.latest:
            yield Problem("date_in_future", f"{name} ghi ngày {mention.date:%d/%m/%Y}, sau ngày thông báo.", where)
    for plan in evidence.announcement.plans:
        if plan.date and ordinal_of(plan.id) > _NUMBERS_A_DAY * plan.date.timetuple().tm_yday:
            yield Problem(
                "number_unlikely",
                f"{named(plan.id, plan.kind, plan.date)}: số văn bản quá lớn so với ngày đầu năm, nên "
                f"kiểm tra lại ngày.",
                plan.id,
            )
    yield from _out_of_pace(evidence.announcement.plans)


def _out_of_pace(plans: Sequence[Plan]) -> Iterator[Problem]:
    """Report a number far from the day that the others of its series and year lead to expect."""
    series: dict[tuple[str, int], list[tuple[int, int, Plan]]] = defaultdict(list)
    for plan in plans:
        if plan.date and ordinal_of(plan.id):
            key = (symbol_of(plan.id).casefold(), plan.date.year)
            series[key].append((ordinal_of(plan.id), plan.date.timetuple().tm_yday, plan))
    for members in series.values():
        for number, day, plan in members:
            others = [(n, d) for n, d, other in members if other is not plan]
            expected = _expected_day(number, others)
            if expected is not None and abs(day - expected) > _STRAY_DAYS:
                yield Problem(
                    "number_unlikely",
                    f"{named(plan.id, plan.kind, plan.date)}: số và ngày không khớp nhịp với các văn "
                    f"bản cùng loại trong năm "
                    f"(khoảng {date.fromordinal(date(_year(plan), 1, 1).toordinal() + round(expected) - 1):%m/%Y}), "
                    "nên kiểm tra lại.",
                    plan.id,
                )


def _year(plan: Plan) -> int:
    return plan.date.year if plan.date else 1


def _expected_day(number: int, others: Sequence[tuple[int, int]]) -> float | None:
    """Read a number's day of the year off the straight line through the others; None outside their range."""
    numbers = [n for n, _ in others]
    if len(others) < _SERIES or not min(numbers) * 0.8 <= number <= max(numbers) * 1.2:
        return None
    mean_n, mean_d = sum(numbers) / len(others), sum(d for _, d in others) / len(others)
    spread = sum((n - mean_n) ** 2 for n in numbers)
    if not spread:
        return None
    slope = sum((n - mean_n) * (d - mean_d) for n, d in others) / spread
    if slope <= 0:
        return None
    return min(366.0, max(1.0, mean_d + slope * (number - mean_n)))


def kinds_differ(evidence: Evidence) -> Iterator[Problem]:
    """Report a document called by one kind and numbered as another: «Kế hoạch số 5/QĐ-UBND»."""
    for plan in evidence.announcement.plans:
        by_symbol = kind_of(plan.id)
        if by_symbol and plan.kind not in ("", "Văn bản") and not plan.kind.startswith(by_symbol):
            yield Problem(
                "kind_differs", f"Số {plan.id} là ký hiệu của {by_symbol}, nhưng được gọi là {plan.kind}.", plan.id
            )


PLAN_CHECKS = (cited_not_listed, listed_not_cited, inline_only, differing_dates, odd_dates, kinds_differ)
