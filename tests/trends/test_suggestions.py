"""Questions for the next announcement: asked where the figures speak, and only there (figures made up)."""

from types import MappingProxyType

from matcher.announcement import find_announcement
from matcher.trends.movement import unjudged
from matcher.trends.records import Demand, OutsideGroup
from matcher.trends.suggestions import suggest


def demand(
    id: str, observed: int, expected: float, gap: tuple[float, float], years: tuple[int, ...] = (2024, 2025)
) -> Demand:
    moved = unjudged({2024: (observed, 100), 2025: (0, 100)})
    return Demand(id, f"Nghiên cứu {id}", years, moved, expected, gap, MappingProxyType({}))


def test_what_nobody_answers_is_asked_about_with_how_sure_that_is() -> None:
    rows = [demand("1.1", 0, 9.0, (0.0, 0.4)), demand("1.2", 0, 1.0, (0.0, 3.7)), demand("1.3", 4, 4.0, (0.3, 2.5))]
    found = suggest(rows, (), None)
    assert [(each.kind.value, each.text.split()[2]) for each in found] == [("unanswered", "1.1"), ("unanswered", "1.2")]
    assert "Khó có thể do ngẫu nhiên." in found[0].evidence
    assert "Số đề xuất còn ít, có thể chỉ do ngẫu nhiên." in found[1].evidence
    assert all(each.text.endswith("?") for each in found), "a question, never a decision"


def test_what_the_latest_year_no_longer_asks_for_is_no_question() -> None:
    assert (
        suggest([demand("2023:1.7", 0, 3.0, (0.0, 1.2), (2023, 2024)), demand("1.1", 3, 3.0, (0.2, 2.9))], (), None)
        == ()
    )


def test_more_than_its_share_is_asked_about_only_where_chance_is_no_explanation() -> None:
    rows = [demand("2.10", 30, 6.0, (3.1, 8.2)), demand("2.4", 9, 6.0, (0.6, 3.4)), demand("3.1", 4, 0.5, (1.1, 20.0))]
    (found,) = suggest(rows, (), None)
    assert found.kind.value == "oversubscribed"
    assert "30 đề xuất, trong khi chia đều là 6,0; gấp từ 3,1 đến 8,2 lần" in found.evidence[1]


def test_the_announcements_own_repetition_and_groups_outside_are_asked_about() -> None:
    groups = [OutsideGroup("vỏ quýt", 6, ("P1", "P2", "P3", "P4"), (2024, 2025)), OutsideGroup("lễ hội", 2, ("P9",))]
    overlap, outside = suggest([], groups, find_announcement("lang-son-2025"))
    assert "2.6 và 2.7" in overlap.evidence[0]
    assert outside.evidence == ("6 đề xuất trong các năm 2024, 2025.", "Ví dụ: P1, P2, P3.")
