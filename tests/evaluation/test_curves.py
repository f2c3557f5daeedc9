import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.evaluation.curves import MOST_POINTS, area_over_coverage, reliability, risk_coverage, roc_line
from matcher.evaluation.metrics import auroc, average_precision


def test_reliability_of_a_calibrated_forecaster_lies_on_the_diagonal() -> None:
    rng = np.random.default_rng(0)
    p = rng.random(5000)
    points = reliability(p, rng.random(5000) < p, np.arange(5000) // 5)
    assert [point.n for point in points] == [500] * 10
    for point in points:
        assert point.low <= point.observed <= point.high
        assert point.observed == pytest.approx(point.predicted, abs=0.07)


def test_intervals_of_reliability_resample_whole_proposals() -> None:
    # One hundred pairs of two proposals, all or nothing each: hardly anything is known.
    happened = np.repeat([0, 1], 50)
    (point,) = reliability(np.full(100, 0.5), happened, happened, bins=1)
    assert (point.observed, point.low, point.high) == (0.5, 0, 1)


def test_risk_coverage_by_hand() -> None:
    assert risk_coverage([0.9, 0.5, 0.7, 0.1], [True, False, True, False]) == (
        (0.25, 1.0), (0.5, 1.0), (0.75, pytest.approx(2 / 3)), (1.0, 0.5),
    )  # fmt: skip
    assert area_over_coverage([0.9, 0.5, 0.7, 0.1], [1, 0, 1, 0]) == pytest.approx(1 - (1 + 1 + 2 / 3 + 0.5) / 4)
    assert area_over_coverage([0.5, 0.5], [1, 0]) == area_over_coverage([0.5, 0.5], [0, 1]) == 0.5
    assert risk_coverage([], []) == ()


def test_long_curves_are_thinned_and_keep_their_ends() -> None:
    rng = np.random.default_rng(0)
    line = roc_line(rng.random(5000), rng.random(5000) < 0.5)
    assert len(line) <= MOST_POINTS
    assert (line[0], line[-1]) == ((0, 0), (1, 1))
    assert roc_line([0.5], [True]) == ()


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=40))
def test_scope_metrics_against_their_definitions(scored: list[tuple[int, bool]]) -> None:
    values, labels = [s for s, _ in scored], [label for _, label in scored]
    good, bad = [s for s, label in scored if label], [s for s, label in scored if not label]
    if not good or not bad:
        assert np.isnan(auroc(values, labels))
        assert np.isnan(average_precision(values, labels))
        return
    wins = sum((g > b) + 0.5 * (g == b) for g in good for b in bad)
    assert auroc(values, labels) == pytest.approx(wins / (len(good) * len(bad)))
    steps = 0.0
    for level in sorted(set(values), reverse=True):
        precision = sum(g >= level for g in good) / sum(v >= level for v in values)
        steps += precision * good.count(level) / len(good)
    assert average_precision(values, labels) == pytest.approx(steps)
