"""Questions for next year's announcement, each with its evidence; never decisions.

They are asked where counts leave little doubt: an orientation that nobody answered though its share of proposals would
have brought several, one that drew clearly more than its share, two bullets that say nearly the same, and proposals
outside all bullets that are about one thing and are many.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from matcher.records import Announcement
from matcher.trends.numbers import number
from matcher.trends.records import Demand, OutsideGroup, Suggestion, SuggestionKind

#: Proposals of one thing outside all orientations, from which they are worth a question.
FEWEST_OUTSIDE = 4
#: Answers from which an orientation may be called over-subscribed.
FEWEST_ANSWERS = 5
_LONGEST = 120
_MOST_EXAMPLES = 3
_OVERLAP = "near_identical_bullets"


def suggest(
    orientations: Sequence[Demand], outside: Iterable[OutsideGroup], latest: Announcement | None
) -> tuple[Suggestion, ...]:
    """Return the questions, those with the weightiest evidence first within their kind.

    Parameters
    ----------
    orientations : sequence of Demand
        Of all years; only those that the latest year asks for are asked about.
    outside : iterable of OutsideGroup
        Proposals outside all orientations, by what they are about.
    latest : Announcement, optional
        The latest announcement, whose own repetitions are asked about; None where it is not known.
    """
    last = max((year for each in orientations for year in each.years_asked), default=0)
    asked = [each for each in orientations if last in each.years_asked]
    return (*_unanswered(asked), *_oversubscribed(asked), *_overlaps(latest), *_outside(outside))


def _unanswered(asked: Sequence[Demand]) -> Iterator[Suggestion]:
    """Ask about orientations without any answer, those that most were expected of first."""
    for each in sorted((each for each in asked if not each.answered), key=lambda each: (-each.expected, each.id)):
        years = ", ".join(map(str, each.years_asked))
        certain = each.gap[1] < 1
        yield Suggestion(
            SuggestionKind.UNANSWERED,
            f"Định hướng {each.id} chưa có đề xuất nào: còn cần không, hay cần nêu cụ thể hơn, giới thiệu rộng hơn?",
            (
                f"«{_short(each.name)}»",
                f"Nêu trong thông báo các năm {years}; nếu các định hướng thu hút như nhau thì được khoảng "
                f"{number(each.expected, 1)} đề xuất.",
                "Khó có thể do ngẫu nhiên." if certain else "Số đề xuất còn ít, có thể chỉ do ngẫu nhiên.",
            ),
        )


def _oversubscribed(asked: Sequence[Demand]) -> Iterator[Suggestion]:
    """Ask about orientations that certainly drew more than their share."""
    many = [each for each in asked if each.observed >= FEWEST_ANSWERS and each.gap[0] > 1]
    for each in sorted(many, key=lambda each: (-each.gap[0], each.id)):
        yield Suggestion(
            SuggestionKind.OVERSUBSCRIBED,
            f"Định hướng {each.id} nhận nhiều đề xuất hơn hẳn phần của nó: có nên tách ra, hay nêu rõ phần ưu tiên?",
            (
                f"«{_short(each.name)}»",
                f"{each.observed} đề xuất, trong khi chia đều là {number(each.expected, 1)}; gấp từ "
                f"{number(each.gap[0], 1)} đến {number(each.gap[1], 1)} lần (khoảng tin cậy 95%).",
            ),
        )


def _overlaps(latest: Announcement | None) -> Iterator[Suggestion]:
    """Ask about bullets of the announcement that say nearly the same."""
    for problem in latest.integrity if latest is not None else ():
        if problem.code == _OVERLAP:
            yield Suggestion(
                SuggestionKind.OVERLAP,
                "Hai định hướng trong thông báo gần như trùng nhau: có nên gộp lại, hay nói rõ khác nhau ở đâu?",
                (problem.message,),
            )


def _outside(groups: Iterable[OutsideGroup]) -> Iterator[Suggestion]:
    """Ask about what is proposed again and again though no orientation asks for it."""
    many = [group for group in groups if group.size >= FEWEST_OUTSIDE]
    for group in sorted(many, key=lambda group: (-group.size, group.label)):
        years = f" trong các năm {', '.join(map(str, group.years))}" if group.years else ""
        examples = ", ".join(group.examples[:_MOST_EXAMPLES])
        yield Suggestion(
            SuggestionKind.OUTSIDE_CLUSTER,
            f"Nhiều đề xuất về «{group.label}» nằm ngoài mọi định hướng: có nên thêm một định hướng?",
            (f"{group.size} đề xuất{years}.", f"Ví dụ: {examples}."),
        )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]}…"
