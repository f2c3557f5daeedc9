"""Pairs by kind, on profiles whose parts are written by hand."""

import numpy as np
import pytest

from matcher.flagging import Profile, find_duplicates
from matcher.flagging.pairs import compare, log_odds
from matcher.records import DuplicateKind, DuplicatePair
from matcher.settings import Settings


def profile(
    key: str, title: str, *, about: str, method: str = "brand", places: tuple[str, ...] = (), angle: float = 0
) -> Profile:
    words = title.lower().split()
    vector = np.array([np.cos(angle), np.sin(angle)], np.float32)
    return Profile(key, " ".join(words), frozenset(words), about, method, frozenset(places), vector)


PORK = profile("P1", "Xây dựng nhãn hiệu chứng nhận cho sản phẩm lợn quay", about="lợn quay")
PORK_AGAIN = profile("P2", "Xây dựng nhãn hiệu chứng nhận cho sản phẩm lợn quay", about="lợn quay")
PORK_REVISED = profile("P3", "Xây dựng nhãn hiệu chứng nhận cho sản phẩm lợn quay Lạng", about="lợn quay", angle=0.1)
DUCK = profile("P4", "Xây dựng nhãn hiệu chứng nhận cho sản phẩm vịt quay", about="vịt quay bầu", angle=0.3)
COURT = profile("P5", "Sửa đổi luật công chứng", about="luật công chứng", method="policy", angle=1.5)


def kinds(*profiles: Profile) -> dict[tuple[str, str], DuplicateKind]:
    return {(pair.a, pair.b): pair.kind for pair in find_duplicates(profiles, settings=Settings())}


def test_kinds_of_pairs() -> None:
    found = kinds(PORK, PORK_AGAIN, PORK_REVISED, DUCK, COURT)
    assert found["P1", "P2"] is DuplicateKind.IDENTICAL
    assert found["P1", "P3"] is DuplicateKind.REVISED
    assert found["P1", "P4"] is DuplicateKind.SAME_METHOD_ELSEWHERE, "one template, two products: no duplicate"
    assert not any("P5" in pair for pair in found)


def test_every_pair_comes_once_in_the_order_of_input() -> None:
    pairs = find_duplicates([DUCK, PORK_AGAIN, PORK], settings=Settings())
    assert [(pair.a, pair.b) for pair in pairs] == [("P4", "P2"), ("P4", "P1"), ("P2", "P1")]


def test_clusters_do_not_depend_on_the_order() -> None:
    def clusters(pairs: tuple[DuplicatePair, ...]) -> set[str]:
        return {pair.cluster for pair in pairs if pair.cluster}

    one = find_duplicates([PORK, PORK_AGAIN, PORK_REVISED], settings=Settings())
    other = find_duplicates([PORK_REVISED, PORK, PORK_AGAIN], settings=Settings())
    assert clusters(one) == clusters(other)
    assert len(clusters(one)) == 1


def test_a_past_task_with_the_same_id_is_another_text() -> None:
    (pair,) = find_duplicates([PORK], [PORK], settings=Settings())
    assert (pair.source, pair.kind, pair.probability) == ("register", DuplicateKind.IDENTICAL, 1.0)


def test_reasons_add_up_to_the_probability() -> None:
    total = sum(reason.weight for reason in log_odds(compare(PORK, PORK_REVISED)))
    (pair,) = find_duplicates([PORK, PORK_REVISED], settings=Settings())
    assert pair.probability == pytest.approx(1 / (1 + np.exp(-total)), abs=1e-6)


def test_comparison_is_symmetric() -> None:
    assert compare(PORK, DUCK) == compare(DUCK, PORK)


@pytest.mark.parametrize("batch", [[], [PORK]])
def test_small_batches(batch: list[Profile]) -> None:
    assert find_duplicates(batch, settings=Settings()) == ()


def test_ten_thousand_copies_of_one_text_stay_affordable() -> None:
    copies = [profile(f"C{i}", "Trồng hồi", about="hồi") for i in range(10_000)]
    pairs = find_duplicates(copies, settings=Settings())
    assert len(pairs) == 9_999
    assert {pair.cluster for pair in pairs} == {pairs[0].cluster}
    assert {id for pair in pairs for id in (pair.a, pair.b)} == {copy.id for copy in copies}


def test_a_text_lists_the_batch_before_registers_and_the_likeliest_first() -> None:
    past = [profile(key, one.key, about=one.object) for key, one in (("R1", PORK_REVISED), ("R2", PORK))]
    pairs = find_duplicates([PORK, DUCK, PORK_AGAIN], past, settings=Settings())
    assert [(pair.a, pair.b) for pair in pairs if pair.a == "P1"] == [
        ("P1", "P2"),
        ("P1", "P4"),
        ("P1", "R2"),
        ("P1", "R1"),
    ]


def test_empty_titles_are_no_duplicates_of_one_another() -> None:
    empty = [profile("E1", "", about=""), profile("E2", "", about="")]
    assert find_duplicates(empty, empty, settings=Settings()) == ()


def test_tasks_of_two_registers_numbered_alike_join_no_clusters() -> None:
    court = profile("P5", COURT.key, about=COURT.object, method="policy", angle=1.5)
    past = [profile("1", PORK.key, about=PORK.object), profile("1", COURT.key, about=COURT.object, angle=1.5)]
    pairs = find_duplicates([PORK, court], past, settings=Settings())
    assert {pair.a for pair in pairs} == {"P1", "P5"}
    assert len({pair.cluster for pair in pairs}) == 2
