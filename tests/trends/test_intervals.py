"""Intervals of shares and ratios: right by other people's figures, and never narrower than small counts allow."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.trends.intervals import ratio, share

counts = st.integers(0, 60).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


@settings(deadline=None)
@given(counts)
def test_share_lies_in_its_interval_and_in_the_unit(pair: tuple[int, int]) -> None:
    found = share(*pair)
    assert 0 <= found.low <= found.mean <= found.high <= 1
    assert found.low < found.high


@settings(deadline=None)
@given(st.integers(0, 50), st.integers(1, 50))
def test_more_proposals_narrow_the_interval(count: int, more: int) -> None:
    small, large = share(count, 50), share(count * (more + 1), 50 * (more + 1))
    assert large.high - large.low < small.high - small.low


def test_share_of_nothing_rules_nothing_out() -> None:
    assert (share(0, 0).low, share(0, 0).high) == (0.0, 1.0)


def test_newcombes_own_example() -> None:
    found = share(81, 263)  # Newcombe (1998), table I
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)


def test_more_than_there_is_is_refused() -> None:
    with pytest.raises(ValueError, match="3 of 2"):
        share(3, 2)


def test_garwoods_table() -> None:
    assert ratio(0, 1.0) == pytest.approx((0.0, 3.689), abs=1e-3)
    assert ratio(10, 1.0) == pytest.approx((4.795, 18.390), abs=1e-3)
    assert ratio(10, 5.0) == pytest.approx((4.795 / 5, 18.390 / 5), abs=1e-3)


def test_nothing_expected_says_nothing() -> None:
    assert ratio(0, 0.0) == (0.0, math.inf)


@settings(deadline=None)
@given(st.integers(0, 100), st.floats(0.1, 100))
def test_ratio_lies_in_its_interval(observed: int, expected: float) -> None:
    low, high = ratio(observed, expected)
    assert low <= observed / expected <= high
