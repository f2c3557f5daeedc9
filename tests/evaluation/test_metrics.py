import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import ErrorGroup, InputError
from matcher.evaluation import Judgment, evaluate, read_judgments
from matcher.evaluation.metrics import (
    auroc,
    bootstrap,
    expected_calibration_error,
    fpr_at_95,
    macro_recall,
    ndcg,
    recall_of_best,
    reciprocal_rank,
)


def test_ndcg_by_hand() -> None:
    # Gains 3 (grade 2) at rank 2 and 1 (grade 1) at rank 1: 1/log2(2) + 3/log2(3); ideal 3/log2(2) + 1/log2(3).
    got = ndcg(["b", "a", "c"], {"a": 2, "b": 1})
    assert got == pytest.approx((1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3)))
    assert ndcg(["a", "b"], {"a": 2, "b": 1}) == pytest.approx(1)
    assert math.isnan(ndcg(["a"], {}))


def test_recall_counts_what_fits_in_the_top() -> None:
    assert recall_of_best(list("abcdef"), frozenset("abcd")) == 1  # four are best, three fit
    assert recall_of_best(list("xaybzc"), frozenset("abc")) == pytest.approx(1 / 3)
    assert math.isnan(recall_of_best(list("ab"), frozenset()))


def test_reciprocal_rank() -> None:
    assert reciprocal_rank(list("xya"), frozenset("a")) == pytest.approx(1 / 3)
    assert reciprocal_rank(list("xy"), frozenset("a")) == 0


def test_macro_recall_counts_every_orientation_alike() -> None:
    often = [Judgment(str(i), "", {"a": 2}) for i in range(9)]
    rare = Judgment("r", "", {"b": 2})
    rankings = [["a", "x", "y", "b"]] * 10
    assert macro_recall([*often, rare], rankings) == pytest.approx(0.5)


def test_scope_metrics_at_their_ends() -> None:
    assert auroc([0.9, 0.8, 0.1], [True, True, False]) == 1
    assert auroc([0.5, 0.5], [True, False]) == 0.5
    assert math.isnan(auroc([0.5], [True]))
    # 20 positives at 1..20; catching 95 % of them means a threshold at the lowest or second lowest.
    assert fpr_at_95([*range(1, 21), 0, 5, 25], [True] * 20 + [False] * 3) == pytest.approx(2 / 3)


def test_calibration_of_a_calibrated_and_of_a_boastful_forecaster() -> None:
    rng = np.random.default_rng(0)
    p = rng.random(20_000)
    assert expected_calibration_error(p, rng.random(20_000) < p) < 0.02
    assert expected_calibration_error(np.full(1000, 0.9), rng.random(1000) < 0.5) == pytest.approx(0.4, abs=0.05)


@given(
    st.permutations(list("abcdefg")), st.dictionaries(st.sampled_from("abcdefg"), st.sampled_from([1, 2]), min_size=1)
)
def test_ndcg_lies_between_0_and_1_and_the_ideal_order_reaches_1(ranked: list[str], relevant: dict[str, int]) -> None:
    assert 0 <= ndcg(ranked, relevant) <= 1 + 1e-12
    ideal = sorted(ranked, key=lambda o: -relevant.get(o, 0))
    assert ndcg(ideal, relevant) == pytest.approx(1)


def test_the_interval_holds_the_mean_and_is_the_same_twice() -> None:
    values = np.random.default_rng(1).random(50)
    one, two = bootstrap(values), bootstrap(values)
    assert one == two
    assert one.low < one.mean < one.high
    assert one.mean == pytest.approx(values.mean())


def test_evaluate_leaves_out_what_has_nothing_relevant() -> None:
    judgments = [Judgment("1", "", {"a": 2}), Judgment("2", "", {}, off_topic=True)]
    metrics = evaluate(judgments, [["a", "b"], ["b", "a"]])
    assert metrics["ndcg@5"].n == 1
    assert metrics["precision@1"].mean == 1


def test_judgments_are_read_and_broken_lines_named(tmp_path) -> None:
    good = tmp_path / "g.jsonl"
    good.write_text('\n{"id": 7, "title": "Trồng hồi", "relevant": {"1.5": 2, "1.1": 1, "1.2": 0}}\n', encoding="utf-8")
    (judgment,) = read_judgments(good)
    assert (judgment.id, judgment.best, dict(judgment.relevant)) == ("7", {"1.5"}, {"1.5": 2, "1.1": 1})
    assert not judgment.off_topic

    bad = tmp_path / "b.jsonl"
    bad.write_text('{"id": 1}\nnot json\n{"id": "2", "title": "x", "relevant": {"1.1": 5}}\n', encoding="utf-8")
    with pytest.raises(ErrorGroup) as caught:
        read_judgments(bad)
    assert [error.place for error in caught.value.errors] == ["line 1", "line 2", "line 3"]
    for content in ("", "\n"):
        bad.write_text(content, encoding="utf-8")
        with pytest.raises(InputError, match="holds no judgments"):
            read_judgments(bad)
    with pytest.raises(InputError, match="cannot be read"):
        read_judgments(tmp_path / "none.jsonl")
