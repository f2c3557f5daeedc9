"""Pairs by kind, on texts as people write them, with the model that ships."""

from collections.abc import Sequence
from functools import lru_cache

import pytest

from matcher.encoding import load_encoder
from matcher.flagging import KindModel, Profile, Profiler, find_duplicates, read_kinds
from matcher.records import DuplicateKind, DuplicatePair, Proposal, Source
from matcher.segmenting import Segmenter
from matcher.settings import PAIR_MODEL, Settings, resource_dir

PORK = "Xây dựng nhãn hiệu chứng nhận cho sản phẩm lợn quay của tỉnh Lạng Sơn"
PORK_REVISED = "Nghiên cứu xây dựng nhãn hiệu chứng nhận cho sản phẩm lợn quay tỉnh Lạng Sơn"
DUCK = "Xây dựng nhãn hiệu chứng nhận cho sản phẩm vịt quay của tỉnh Lạng Sơn"
COURT = "Sửa đổi, bổ sung Luật Công chứng phục vụ cải cách tư pháp"


@lru_cache(maxsize=1)
def _parts() -> tuple[Profiler, KindModel]:
    return Profiler(Segmenter()), read_kinds(resource_dir("models") / PAIR_MODEL)


@pytest.fixture(scope="module")
def profiles(tmp_path_factory: pytest.TempPathFactory):
    encoder = load_encoder(PAIR_MODEL, Settings(cache_dir=str(tmp_path_factory.mktemp("cache"))))

    def make(**titles: str) -> list[Profile]:
        proposals = [Proposal(key, {"title": title}, Source("test")) for key, title in titles.items()]
        return _parts()[0](proposals, encoder)

    return make


def pairs_of(batch: Sequence[Profile], past: Sequence[Profile] = ()) -> tuple[DuplicatePair, ...]:
    return find_duplicates(batch, past, model=_parts()[1], settings=Settings())


def test_kinds_of_pairs(profiles) -> None:
    found = pairs_of(profiles(P1=PORK, P2=PORK.upper(), P3=PORK_REVISED, P4=DUCK, P5=COURT))
    kinds = {(pair.a, pair.b): pair.kind for pair in found}
    assert kinds["P1", "P2"] is DuplicateKind.IDENTICAL
    assert kinds["P1", "P3"] is DuplicateKind.REVISED
    assert kinds["P1", "P4"] is DuplicateKind.SAME_METHOD_ELSEWHERE, "one template, two products: no duplicate"
    assert not any("P5" in pair for pair in kinds)


def test_the_same_work_in_another_district_is_no_duplicate(profiles) -> None:
    one = "Nghiên cứu trồng thử nghiệm cây ba kích tím dưới tán rừng tại huyện Ba Chẽ, tỉnh Quảng Ninh"
    two = "Nghiên cứu trồng thử nghiệm cây ba kích tím dưới tán rừng tại huyện Nam Trà My, tỉnh Quảng Nam"
    (pair,) = pairs_of(profiles(P1=one, P2=two))
    assert pair.kind is DuplicateKind.SAME_METHOD_ELSEWHERE
    assert pair.probability < 0.5


def test_a_continuation_that_names_its_first_phase_is_said(profiles) -> None:
    one = "Nghiên cứu kỹ thuật trồng cây ba kích tím dưới tán rừng tại huyện Ba Chẽ"
    (pair,) = pairs_of(profiles(P1=one, P2=f"Nhân rộng mô hình ba kích tím, tiếp theo kết quả nhiệm vụ “{one}”"))
    assert pair.kind is DuplicateKind.OVERLAP
    assert pair.probability < 0.5
    assert "continuation" in {reason.part for reason in pair.reasons}


def test_every_pair_comes_once_in_the_order_of_input(profiles) -> None:
    found = pairs_of(profiles(P4=DUCK, P2=PORK, P1=PORK))
    assert [(pair.a, pair.b) for pair in found] == [("P4", "P2"), ("P4", "P1"), ("P2", "P1")]


def test_clusters_do_not_depend_on_the_order(profiles) -> None:
    texts = {"P1": PORK, "P2": PORK.upper(), "P3": PORK_REVISED}
    one, other = pairs_of(profiles(**texts)), pairs_of(profiles(**dict(reversed(texts.items()))))
    assert {pair.cluster for pair in one} == {pair.cluster for pair in other}
    assert len({pair.cluster for pair in one}) == 1


def test_a_pair_does_not_depend_on_what_else_is_there(profiles) -> None:
    (alone,) = pairs_of(profiles(P1=PORK, P4=DUCK))
    among = [pair for pair in pairs_of(profiles(P1=PORK, P3=PORK_REVISED, P4=DUCK, P5=COURT)) if pair.b == "P4"]
    assert (among[0].kind, among[0].reasons) == (alone.kind, alone.reasons)


def test_a_past_task_with_the_same_id_is_another_text(profiles) -> None:
    (pair,) = pairs_of(profiles(P1=PORK), profiles(P1=PORK))
    assert (pair.source, pair.kind, pair.probability) == ("register", DuplicateKind.IDENTICAL, 1.0)


def test_reasons_add_up_to_the_probability(profiles) -> None:
    for pair in pairs_of(profiles(P1=PORK, P3=PORK_REVISED, P4=DUCK)):
        total = sum(reason.weight for reason in pair.reasons)
        log_odds = -_log(1 / pair.probability - 1)
        assert total == pytest.approx(log_odds, abs=0.4), "pushes too small to be told are left out"


def _log(x: float) -> float:
    from math import log

    return log(x)


def test_a_batch_of_one_and_of_none(profiles) -> None:
    assert pairs_of([]) == ()
    assert pairs_of(profiles(P1=PORK)) == ()


def test_ten_thousand_copies_of_one_text_stay_affordable(profiles) -> None:
    from dataclasses import replace

    (first,) = profiles(C="Trồng hồi lấy tinh dầu")
    copies = [replace(first, id=f"C{i}") for i in range(10_000)]
    pairs = pairs_of(copies)
    assert len(pairs) == 9_999
    assert {pair.cluster for pair in pairs} == {pairs[0].cluster}
    assert {id for pair in pairs for id in (pair.a, pair.b)} == {copy.id for copy in copies}


def test_a_text_lists_the_batch_before_registers_and_the_likeliest_first(profiles) -> None:
    pairs = pairs_of(profiles(P1=PORK, P4=DUCK, P2=PORK), profiles(R1=PORK_REVISED, R2=PORK))
    assert [(pair.a, pair.b) for pair in pairs if pair.a == "P1"] == [
        ("P1", "P2"),
        ("P1", "P4"),
        ("P1", "R2"),
        ("P1", "R1"),
    ]


def test_a_text_of_which_another_is_the_beginning(profiles) -> None:
    (pair,) = pairs_of(profiles(P1=PORK, P2=f"{PORK} giai đoạn 2021 - 2025"))
    assert pair.kind is DuplicateKind.REVISED


def test_tasks_of_two_registers_numbered_alike_join_no_clusters(profiles) -> None:
    past = [*profiles(**{"1": PORK}), *profiles(**{"1": COURT})]
    pairs = [pair for pair in pairs_of(profiles(P1=PORK, P5=COURT), past) if pair.cluster]
    assert {pair.a for pair in pairs} == {"P1", "P5"}
    assert len({pair.cluster for pair in pairs}) == 2
