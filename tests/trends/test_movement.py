"""Trends: named where the figures leave no doubt, and not by chance."""

from __future__ import annotations

import itertools
import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.trends.exact import common_level, p_of_no_movement
from matcher.trends.movement import judge, movement, unjudged
from matcher.trends.records import Movement, Trend
from matcher.trends.slopes import slope_intervals

YEARS = (2023, 2024, 2025)
year_counts = st.integers(0, 40).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))
series = st.lists(year_counts, min_size=1, max_size=4).map(lambda rows: dict(enumerate(rows, 2022)))


def chances_by_hand(totals: tuple[int, ...], member: int, steps: tuple[int, ...]) -> dict[int, float]:
    """Every way to draw the members from the urn, one by one."""
    ways: Counter[int] = Counter()
    for drawn in itertools.product(*(range(n + 1) for n in totals)):
        if sum(drawn) == member:
            score = sum(step * count for step, count in zip(steps, drawn, strict=True))
            ways[score] += math.prod(math.comb(n, k) for n, k in zip(totals, drawn, strict=True))
    return {score: ways[score] / ways.total() for score in ways}


@pytest.mark.parametrize(
    "years, counts, totals",
    [
        ((2023, 2024), (0, 3), (3, 3)),
        ((2023, 2024, 2025), (0, 1, 3), (5, 4, 6)),
        ((2021, 2023, 2024), (2, 1, 0), (3, 5, 4)),
        ((2020, 2021, 2022, 2025), (0, 0, 2, 1), (4, 2, 5, 2)),
        ((2023, 2024), (5, 6), (6, 6)),
        ((2024,), (2,), (5,)),
    ],
)
def test_exact_chance_is_that_of_all_draws(
    years: tuple[int, ...], counts: tuple[int, ...], totals: tuple[int, ...]
) -> None:
    steps = tuple(year - years[0] for year in years)
    chances = chances_by_hand(totals, sum(counts), steps)
    score = sum(step * count for step, count in zip(steps, counts, strict=True))
    below = sum(chance for each, chance in chances.items() if each <= score)
    above = sum(chance for each, chance in chances.items() if each >= score)
    assert p_of_no_movement(years, counts, totals)[0] == pytest.approx(min(1.0, 2 * min(below, above)))


def test_three_proposals_can_never_name_a_trend_and_cost_nothing() -> None:
    p, law = p_of_no_movement(YEARS, (0, 0, 3), (100, 100, 100))
    assert p > 0.05
    assert law.chance(0.05) == 0
    _, other = p_of_no_movement(YEARS, (5, 10, 20), (100, 100, 100))
    assert common_level([other] + [law] * 500) == common_level([other])


@given(st.lists(series, min_size=1, max_size=6), st.randoms())
@settings(max_examples=20, deadline=None)
def test_order_changes_nothing(many: list[dict[int, tuple[int, int]]], random: object) -> None:
    movements = [unjudged(each) for each in many]
    turned = [unjudged(dict(reversed(each.items()))) for each in reversed(many)]
    assert judge(turned)[::-1] == judge(movements)


@given(series)
@settings(max_examples=25, deadline=None)
def test_a_trend_is_named_exactly_where_the_interval_says_so(counts: dict[int, tuple[int, int]]) -> None:
    found = movement(counts)
    low, high = found.interval
    assert -1 <= low <= high <= 1
    assert (found.trend is Trend.RISING) == (low > 0)
    assert (found.trend is Trend.FALLING) == (high < 0)
    if sum(total > 0 for _, total in counts.values()) < 2:
        assert found.trend is Trend.UNCLEAR


@given(year_counts, year_counts)
@settings(max_examples=25, deadline=None)
def test_the_change_lies_in_its_interval(first: tuple[int, int], second: tuple[int, int]) -> None:
    found = movement({2023: first, 2025: second})
    if first[1] and second[1]:
        change = (second[0] / second[1] - first[0] / first[1]) / 2
        assert found.interval[0] - 1e-6 <= change <= found.interval[1] + 1e-6


@given(series)
@settings(max_examples=20, deadline=None)
def test_years_turned_round_turn_the_trend_round(counts: dict[int, tuple[int, int]]) -> None:
    there = movement(counts)
    back = movement({-year: pair for year, pair in counts.items()})
    assert back.interval == pytest.approx((-there.interval[1], -there.interval[0]), abs=1e-6)


def test_interval_is_mees_for_two_years() -> None:
    # Newcombe (1998), differences: 56/70 - 48/80, method 5 (Mee): 0.0533 to 0.3377
    found = slope_intervals(np.array([0.0, 1.0]), np.array([[48.0, 56.0]]), np.array([[80.0, 70.0]]), 1.959964)
    assert found[0] == pytest.approx((0.0533, 0.3377), abs=2e-4)


def test_the_four_words() -> None:
    def trend(*counts: tuple[int, int]) -> Trend:
        return movement(dict(zip(YEARS, counts, strict=False))).trend

    assert trend((5, 100), (10, 100), (20, 100)) is Trend.RISING
    assert trend((20, 100), (10, 100), (5, 100)) is Trend.FALLING
    assert trend((500, 5000), (510, 5000), (495, 5000)) is Trend.STEADY
    assert trend((5, 50), (5, 50), (5, 50)) is Trend.UNCLEAR  # alike, but too few to say so
    assert trend((1, 3), (3, 3)) is Trend.UNCLEAR
    assert trend((30, 100)) is Trend.UNCLEAR
    assert trend((0, 0), (3, 30), (0, 0)) is Trend.UNCLEAR


def test_a_share_that_jumps_is_not_steady() -> None:
    found = movement({2023: (500, 5000), 2024: (0, 5000), 2025: (500, 5000)})
    assert abs(found.interval[0]) < 0.02
    assert found.trend is Trend.UNCLEAR


def test_a_trend_among_many_must_be_clearer() -> None:
    rising = unjudged({2023: (5, 100), 2024: (10, 100), 2025: (20, 100)})
    others = [unjudged({year: (10 + n % 3, 100) for year in YEARS}) for n in range(150)]
    assert judge([rising])[0].trend is Trend.RISING
    assert judge([rising, *others])[0].trend is Trend.UNCLEAR
    clear = unjudged({2023: (3, 100), 2024: (12, 100), 2025: (26, 100)})
    assert judge([clear, *others])[0].trend is Trend.RISING


def test_nothing_to_judge() -> None:
    assert judge([]) == ()
    assert movement({}).trend is Trend.UNCLEAR


def shuffled_analysis(labels: list[np.ndarray], years: np.ndarray, rng: np.random.Generator) -> list[Movement]:
    years = rng.permutation(years)
    rows = []
    for column in labels:
        for value in np.unique(column):
            counts = {y: (int(((column == value) & (years == y)).sum()), int((years == y).sum())) for y in YEARS}
            rows.append(unjudged(counts))
    return rows


def test_shuffled_years_name_a_trend_in_few_analyses() -> None:
    """At most 5 % by construction; more than 6 of 40 come in 1 of 100 tests of a program that keeps it."""
    rng = np.random.default_rng(6)
    orientation = rng.choice(43, 150, p=rng.dirichlet(np.ones(43)))
    labels = [orientation, orientation // 9, orientation % 17, rng.integers(0, 12, 150), rng.integers(0, 60, 150)]
    years = np.repeat(YEARS, (40, 60, 50))
    named = sum(
        any(row.trend in (Trend.RISING, Trend.FALLING) for row in judge(shuffled_analysis(labels, years, rng)))
        for _ in range(40)
    )
    assert named <= 6
