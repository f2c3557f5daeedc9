"""What is done to titles, and that the ranking survives it."""

import random

import pytest

from matcher.evaluation.judgments import Judgment
from matcher.evaluation.robustness import AS_WRITTEN, CHANGES, misspelt, robustness
from matcher.settings import Settings

TITLE = "Nghiên cứu trồng thử nghiệm và nhân giống cây mắc ca theo chuỗi giá trị tại huyện Bình Gia tỉnh Lạng Sơn"


def test_one_word_in_eight_is_misspelt() -> None:
    for seed in range(20):
        changed = misspelt(TITLE, random.Random(seed)).split()
        assert len(changed) == len(TITLE.split())
        differing = [(a, b) for a, b in zip(TITLE.split(), changed, strict=True) if a != b]
        assert len(differing) <= 2
        assert all(abs(len(a) - len(b)) <= 1 for a, b in differing)


def test_short_words_are_left_alone() -> None:
    assert misspelt("ở xã", random.Random(0)) == "ở xã"


def test_each_change_is_measured_against_the_titles_as_written(tmp_path) -> None:
    judgments = [
        Judgment("1", TITLE, {"5.3": 2}),
        Judgment("2", "Phát triển du lịch cộng đồng gắn với lễ hội của người Tày", {"3.4": 2}),
        Judgment("3", "Chúc mừng năm mới", {}, off_topic=True),
    ]
    losses = robustness(judgments, Settings(cache_dir=str(tmp_path)))
    assert list(losses) == [AS_WRITTEN, *CHANGES]
    assert losses[AS_WRITTEN].ndcg.n == 2, "what lies outside has no ranking to lose"
    assert losses[AS_WRITTEN].difference is None
    assert losses["decomposed letters"].difference is not None
    assert losses["decomposed letters"].difference.mean == pytest.approx(0, abs=1e-9), "the reader composes letters"
