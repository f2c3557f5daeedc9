"""What two rules make certain, and how texts are compared part by part."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.flagging import Profile
from matcher.flagging.agreement import FEATURES, PARTS, agreement, third
from matcher.flagging.continuation import earlier_task
from matcher.flagging.kinds import basis, basis_names
from matcher.flagging.verdicts import continues, is_identical
from matcher.text import plain_key

KEYS = st.text(alphabet="abcđăâ êôơư", min_size=1, max_size=30).map(plain_key)


def profile(key: str, seed: int = 0, **parts: object) -> Profile:
    vector = np.random.default_rng(seed).normal(size=12).astype(np.float32)
    values: dict[str, object] = {
        "words": frozenset(key.split()), "object": "", "method": "", "places": frozenset(),
        "vector": vector, "title_vector": vector,
    }  # fmt: skip
    return Profile(id=key, key=key, **(values | parts))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("trồng hồi", "trồng hồi", True),
        ("trồng hồi", "trong hoi", True),  # one leaves its diacritics out
        ("đường dây 110 kv", "đường dây 110kv", True),
        ("nuôi bò", "nuôi bơ", False),  # both have diacritics: two words
        ("", "", False),
    ],
)
def test_identical_titles(one: str, two: str, same: bool) -> None:
    assert is_identical(profile(one), profile(two)) is same


@settings(deadline=None)
@given(KEYS, KEYS)
def test_agreement_is_symmetric(one: str, two: str) -> None:
    a, b = profile(one, 1, method="brand", places=frozenset({"x"})), profile(two, 2, method="survey")
    rows = np.array([[0, 0]])
    assert agreement([a], [b], rows) == pytest.approx(agreement([b], [a], rows), abs=1e-6)


def test_what_one_side_does_not_say_counts_for_nothing() -> None:
    a = profile("trồng hồi", object="hồi", method="trial", organisation="sở", year=2020, text_words=frozenset("ab"))
    row = dict(zip(FEATURES, agreement([a], [profile("trồng quế", 1)], np.array([[0, 0]]))[0], strict=True))
    silent = ("object_known", "object_wording", "method_same", "method_differs", "text_known", "text_words",
              "place_same", "place_differs", "organisation_same", "organisation_differs", "year_differs")  # fmt: skip
    assert {name: row[name] for name in silent} == dict.fromkeys(silent, 0.0)


def test_each_third_of_a_vector_is_compared_for_itself() -> None:
    a = np.array([[1, 0, 0, 1, 3, 4]], np.float32)
    b = np.array([[2, 0, 1, 0, 4, 3]], np.float32)
    assert [third(a, b, part)[0] for part in ("work", "object", "method")] == pytest.approx([1.0, 0.0, 0.96])


def test_every_measure_belongs_to_one_part() -> None:
    assert sorted(name for names in PARTS.values() for name in names) == sorted(FEATURES)


def test_measures_have_three_levels() -> None:
    x = np.zeros((1, len(FEATURES)))
    x[0, FEATURES.index("meaning")] = 0.9
    row = dict(zip(basis_names(), basis(x)[0], strict=True))
    assert (row["meaning>0.0"], row["meaning>0.5"], row["meaning>0.8"]) == pytest.approx((0.5, 0.3, 0.1))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Phát triển cây hồi giai đoạn 2021 - 2025", None),
        ("Quy hoạch giai đoạn 2 - 3 năm tới", None),
        ("Nuôi gà thả vườn (giai đoạn 2)", ""),
        ("Trồng mây nếp, pha II: khai thác", ""),
        ("Mở rộng mô hình, kế thừa kết quả đề tài «Nuôi cá chiên trong lồng»", "nuôi cá chiên trong lồng"),
    ],
)
def test_what_a_text_says_it_continues(text: str, named: str | None) -> None:
    assert earlier_task(text) == named


def test_a_continuation_of_another_task_is_none_of_this_one() -> None:
    first = profile("nuôi cá chiên trong lồng trên sông kỳ cùng")
    named = profile("nhân rộng mô hình nuôi cá", earlier="nuôi cá chiên trong lồng")
    other = profile(
        "nuôi cá chiên trong lồng trên sông kỳ cùng mở rộng", earlier="trồng quýt bắc sơn theo chuỗi giá trị"
    )
    assert continues(first, named)
    assert continues(named, first)
    assert not continues(first, other)
