"""Topics: planted groups are found, one input gives one answer, and names say nothing that any proposal says."""

import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.metrics import adjusted_rand_score

from matcher.segmenting import Segmenter
from matcher.trends.topics import Topics, find_topics, group_outside
from tests.trends.topics.planted import PLANTED, planted_vectors

SEGMENTER = Segmenter()
TITLES = [title for titles in PLANTED.values() for title in titles]
TRUTH = [number for number, titles in enumerate(PLANTED.values()) for _ in titles]
IDS = [f"P{number:02}" for number in range(len(TITLES))]
WORDS = SEGMENTER.words_all(TITLES)
VECTORS = planted_vectors(TITLES)


@pytest.fixture(scope="module")
def found() -> Topics:
    return find_topics(TITLES, WORDS, VECTORS, ids=IDS)


def test_planted_groups_are_found(found: Topics) -> None:
    assert len(found.topics) == len(PLANTED)
    assert adjusted_rand_score(TRUTH, found.assignment) > 0.7, "a bullet may hold two topics: timber and forest fires"
    assert sum(topic.size for topic in found.topics) == sum(topic >= 0 for topic in found.assignment)
    assert found.outliers < 0.1


@pytest.mark.parametrize(("count", "groups"), [(60, 5), (300, 12)])
def test_groups_far_apart_are_found_exactly(count: int, groups: int) -> None:
    chance = np.random.default_rng(0)
    centres = chance.normal(size=(groups, 384)) / 20
    truth = chance.integers(0, groups, count)
    vectors = (centres[truth] + chance.normal(size=(count, 384)) * 0.03).astype(np.float32)
    found = find_topics([f"việc {row}" for row in range(count)], [(f"từ{row}",) for row in range(count)], vectors)
    assert len(found.topics) == groups
    assert adjusted_rand_score(truth, found.assignment) == 1


def test_topics_are_named_by_their_own_words(found: Topics) -> None:
    labels = [topic.label for topic in found.topics]
    assert len(set(labels)) == len(labels)
    for topic in found.topics:
        members = " ".join(TITLES[row] for row, mine in enumerate(found.assignment) if found.topics[mine] is topic)
        for term in topic.label.split(", "):
            assert all(word in members.lower() for word in term.split())


def test_labels_hold_no_place_and_no_boilerplate(found: Topics) -> None:
    for topic in found.topics:
        for text in (topic.label, *topic.words):
            for word in ("lạng sơn", "chi lăng", "tỉnh", "huyện", "nghiên cứu", "ứng dụng", "đề tài", "giải pháp"):
                assert word not in text


def test_examples_are_members(found: Topics) -> None:
    for number, topic in enumerate(found.topics):
        assert topic.examples
        assert all(found.assignment[IDS.index(example)] == number for example in topic.examples)


def test_stability_is_a_share(found: Topics) -> None:
    assert 0 <= found.stability <= 1
    assert all(0 <= topic.stability <= 1 for topic in found.topics)
    assert all(topic.stability > 0.7 for topic in found.topics), "groups that are there come back"


def test_the_same_input_gives_the_same_topics(found: Topics) -> None:
    assert find_topics(TITLES, WORDS, VECTORS, ids=IDS) == found


@pytest.mark.parametrize("shuffle", range(3))
def test_the_order_of_input_changes_nothing(found: Topics, shuffle: int) -> None:
    order = list(range(len(TITLES)))
    random.Random(shuffle).shuffle(order)
    other = find_topics(
        [TITLES[row] for row in order],
        [WORDS[row] for row in order],
        VECTORS[order],
        ids=[IDS[row] for row in order],
    )
    assert other.topics == found.topics
    assert [other.assignment[order.index(row)] for row in range(len(order))] == list(found.assignment)


def test_another_seed_finds_the_same_groups(found: Topics) -> None:
    other = find_topics(TITLES, WORDS, VECTORS, ids=IDS, seed=7)
    assert adjusted_rand_score(other.assignment, found.assignment) > 0.9


def test_a_wave_of_resubmissions_makes_no_topic() -> None:
    title = "Xây dựng kho dữ liệu số về hát then và đàn tính"
    titles = [*TITLES, *[f"{title} đợt {number}" for number in range(20)]]
    found = find_topics(titles, SEGMENTER.words_all(titles), planted_vectors(titles))
    wave = set(found.assignment[len(TITLES) :])
    assert len(wave) == 1, "they share one fate"
    for topic in wave - {-1}:
        assert found.topics[topic].works >= 3, "and stand beside other works or nowhere"


def test_equal_texts_count_as_one_work() -> None:
    titles = [TITLES[0]] * 10
    found = find_topics(titles, SEGMENTER.words_all(titles), planted_vectors(titles))
    assert found.topics == ()
    assert found.assignment == (-1,) * 10


def run(titles: Sequence[str]) -> Topics:
    return find_topics(titles, SEGMENTER.words_all(titles), planted_vectors(titles))


def test_nothing_has_no_topics() -> None:
    assert run([]) == Topics((), (), 0.0)
    assert run([]).outliers == 0.0


@pytest.mark.parametrize("count", [1, 2])
def test_one_or_two_proposals_are_no_topic(count: int) -> None:
    assert run(TITLES[:count]).assignment == (-1,) * count


def test_three_proposals_are_a_topic_only_if_they_share_a_word() -> None:
    alike = ["Nhân giống hồi chất lượng cao", "Bảo tồn hồi cổ thụ", "Chưng cất tinh dầu hồi"]
    assert [topic.size for topic in run(alike).topics] == [3]
    assert "hồi" in run(alike).topics[0].label
    assert run(["Nhân giống hồi", "Dạy học số", "Khám tim mạch"]).topics == ()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 30), st.integers(1, 6), st.integers(0, 5))
def test_any_vectors_are_taken(count: int, dimension: int, seed: int) -> None:
    vectors: NDArray[np.float32] = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    vectors[::4] = 0
    texts = [f"việc {row}" for row in range(count)]
    found = find_topics(texts, [("việc", f"từ_{row % 5}") for row in range(count)], vectors)
    assert len(found.assignment) == count
    assert set(found.assignment) - {-1} == set(range(len(found.topics)))
    for number, topic in enumerate(found.topics):
        assert topic.size == found.assignment.count(number) >= 3
        assert 0 <= topic.stability <= 1


def test_lengths_must_agree() -> None:
    with pytest.raises(ValueError, match="2 texts"):
        find_topics(["a", "b"], [()], np.zeros((2, 3), np.float32))
    with pytest.raises(ValueError, match="finite"):
        find_topics(["a"], [()], np.full((1, 3), np.nan, np.float32))


def test_outside_groups_have_size_label_examples_and_years() -> None:
    years = [2023 + row % 2 for row in range(len(TITLES))]
    groups = group_outside(TITLES, WORDS, VECTORS, ids=IDS, years=years)
    assert groups
    assert [group.size for group in groups] == sorted((group.size for group in groups), reverse=True)
    for group in groups:
        assert group.size >= 3
        assert group.label
        assert set(group.examples) <= set(IDS)
        assert group.years
        assert set(group.years) <= {2023, 2024}


def test_few_outside_proposals_make_no_group() -> None:
    assert group_outside(["Một việc", "Việc khác"], [("một",), ("khác",)], np.eye(2, dtype=np.float32)) == ()


def test_unrelated_outside_proposals_make_no_group() -> None:
    vectors = np.eye(12, dtype=np.float32)
    assert group_outside([f"Việc {row}" for row in range(12)], [(f"từ{row}",) for row in range(12)], vectors) == ()
