"""The first look loses no pair that a full comparison lists."""

import random

import numpy as np
import pytest

from matcher.flagging import Profile
from matcher.flagging.duplicates import _pair
from matcher.flagging.screen import worth_comparing
from matcher.settings import Settings

WORDS = "nghiên cứu xây dựng mô hình trồng chè hồi nhãn hiệu lợn quay vịt bảo tồn giống nếp".split()


def profiles(count: int, seed: int) -> list[Profile]:
    chance = random.Random(seed)
    found = []
    for i in range(count):
        words = chance.choices(WORDS, k=chance.randint(1, 9))
        vector = np.random.default_rng(i * 7 + seed).normal(size=6) + np.array([2, 0, 0, 0, 0, 0])
        found.append(
            Profile(
                f"P{i}",
                " ".join(words),
                frozenset(words),
                " ".join(chance.choices(WORDS, k=2)) if chance.random() < 0.7 else "",
                chance.choice(["", "brand", "model"]),
                frozenset(chance.sample(["Bình Gia", "Chi Lăng"], k=chance.randint(0, 2))),
                (vector / np.linalg.norm(vector)).astype(np.float32),
            )
        )
    return found


@pytest.mark.parametrize(("low", "high"), [(0.2, 0.5), (0.01, 0.99), (0.5, 0.5)])
def test_no_listed_pair_is_lost(low: float, high: float) -> None:
    settings = Settings(duplicate_low=low, duplicate_high=high)
    left, right = profiles(1500, 1), profiles(1500, 2)
    worth = worth_comparing(left, right, low)
    listed = [_pair(a, b, "batch", settings) is not None for a, b in zip(left, right, strict=True)]
    assert sum(listed) > 30, "the sample holds pairs of interest"
    assert not (np.array(listed) & ~worth).any()
    assert worth.sum() < 1500, "it spares something"


def test_equal_titles_always_pass() -> None:
    (one,) = profiles(1, 3)
    assert worth_comparing([one], [one], 0.999).tolist() == [True]
