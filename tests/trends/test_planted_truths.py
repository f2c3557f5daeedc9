"""The yearly analysis finds what is planted in the synthetic rounds, and nothing in years dealt out at random."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from matcher.matching import Matcher
from matcher.running import Request, Run
from matcher.settings import Settings
from matcher.trends import demand, tallies
from matcher.trends.analysis import analyse
from matcher.trends.gathering import Entry, gather, proposals_a_year
from matcher.trends.movement import judge
from matcher.trends.records import Analysis, Demand, Movement, Trend
from matcher.trends.rounds import Round, read_rounds
from tests.trends.test_rounds_corpus import ROUNDS, YEARS, load_builder

pytestmark = pytest.mark.slow

SHUFFLES = 100


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(cache_dir=str(tmp_path_factory.mktemp("cache")), explained=0)


@pytest.fixture(scope="module")
def matcher(settings: Settings) -> Matcher:
    return Matcher.from_announcement("lang-son-2025", settings)


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> tuple[Round, ...]:
    """Return the three rounds as saved runs against the real announcement; too large to be kept in the repository."""
    folder = tmp_path_factory.mktemp("runs")
    for year in YEARS:
        request = Request((ROUNDS / f"round-{year}.csv",), (), (folder / f"{year}.jsonl",), settings)
        with Run(request) as job:
            job.finish()
    return read_rounds([str(folder / f"{year}.jsonl") for year in YEARS], settings)


@pytest.fixture(scope="module")
def analysis(rounds: tuple[Round, ...], settings: Settings, matcher: Matcher) -> Analysis:
    return analyse(rounds, settings=settings, matcher=matcher)


@pytest.fixture(scope="module")
def truths() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROUNDS / "truths.json").read_text(encoding="utf-8"))
    return found


def named(rows: Sequence[Demand], trend: Trend) -> set[str]:
    return {row.id for row in rows if row.movement.trend is trend}


def test_years_and_sizes(analysis: Analysis, truths: dict[str, Any]) -> None:
    assert analysis.years == YEARS
    assert {str(year): count for year, count in analysis.proposals.items()} == truths["proposals"]


def test_only_the_planted_orientations_move(analysis: Analysis, truths: dict[str, Any]) -> None:
    """Macadamia falls too, from 8 to none: it may be named, since it is true."""
    assert named(analysis.orientations, Trend.RISING) == {truths["rising"]["orientation"]}
    falling = named(analysis.orientations, Trend.FALLING)
    assert truths["falling"]["orientation"] in falling
    assert falling <= {truths["falling"]["orientation"], truths["abandoned"]["orientation"]}


def test_planted_counts_are_found(analysis: Analysis, truths: dict[str, Any]) -> None:
    """The model loses a few of each group; the 5 proposals of the background that answer 4.1 come on top."""
    found = {row.id: row for row in analysis.orientations}
    for name in ("rising", "falling", "abandoned", "oversubscribed"):
        by_year = found[truths[name]["orientation"]].movement.by_year
        for year, count in truths[name]["by_year"].items():
            assert abs(by_year[int(year)].count - count) <= 3, (name, year)


def test_abandoned_and_unanswered(analysis: Analysis, truths: dict[str, Any]) -> None:
    found = {row.id: row for row in analysis.orientations}
    abandoned = found[truths["abandoned"]["orientation"]].movement.by_year
    assert abandoned[2023].count > 0
    assert abandoned[2024].count == abandoned[2025].count == 0
    unanswered = {row.id for row in analysis.orientations if not row.answered}
    assert set(truths["unanswered"]) <= unanswered


def test_over_subscribed(analysis: Analysis, truths: dict[str, Any]) -> None:
    over = {row.id for row in analysis.orientations if demand.is_oversubscribed(row)}
    assert truths["oversubscribed"]["orientation"] in over
    assert over <= {truths[name]["orientation"] for name in ("oversubscribed", "rising", "falling")}


def test_organisations_are_joined_over_their_spellings(analysis: Analysis, truths: dict[str, Any]) -> None:
    found = [tuple(share.count for share in row.movement.by_year.values()) for row in analysis.organisations]
    wanted = [tuple(entry["by_year"].values()) for entry in truths["organisations"].values()]
    assert sorted(found) == sorted(wanted)


def test_districts_are_followed_over_july_2025(analysis: Analysis) -> None:
    assert len(analysis.districts) == 11
    assert {row.movement.trend for row in analysis.districts} <= {Trend.STEADY, Trend.UNCLEAR}


def test_budgets_and_durations(analysis: Analysis, truths: dict[str, Any]) -> None:
    for amounts, name in ((analysis.budgets, "budgets"), (analysis.durations, "durations")):
        stated = {row.year: row.stated for row in amounts}
        assert stated == {year: sum(value > 0 for value in truths[name][str(year)]) for year in YEARS}


def test_works_sent_again_as_they_were_or_revised_are_all_found(analysis: Analysis, truths: dict[str, Any]) -> None:
    works = [set(work.ids) for work in analysis.resubmissions]
    for pair in truths["resubmissions"]:
        assert pair["kind"] == "same_work" or any(set(pair["ids"]) <= work for work in works), pair


def test_nothing_else_is_called_a_resubmission(analysis: Analysis, truths: dict[str, Any]) -> None:
    planted = {tuple(pair["ids"]) for pair in truths["resubmissions"]}
    assert {tuple(work.ids) for work in analysis.resubmissions} <= planted


@pytest.mark.xfail(
    strict=False, reason="works reworded thoroughly are named only where the model is surer than it is here"
)
def test_works_reworded_thoroughly_are_found_too(analysis: Analysis, truths: dict[str, Any]) -> None:
    works = {tuple(work.ids) for work in analysis.resubmissions}
    assert {tuple(pair["ids"]) for pair in truths["resubmissions"]} <= works


def movements(entries: Sequence[Entry], asked: demand.Asked) -> tuple[Movement, ...]:
    totals = proposals_a_year(entries, YEARS)
    rows = (
        *demand.by_orientation(entries, asked, totals),
        *demand.by_field(entries, asked, totals),
        *demand.by_plan(entries, asked, totals),
        *tallies.states(entries),
    )
    return judge([row.movement for row in rows])


def test_shuffled_years_have_no_trends(rounds: tuple[Round, ...]) -> None:
    """With an error of 5 % for all series together, more than 12 of 100 shuffles come by chance once in 600 times."""
    entries, asked = gather(rounds)
    deal = load_builder().shuffled_years
    by_year = {year: [entry for entry in entries if entry.year == year] for year in YEARS}
    alarms = 0
    for seed in range(SHUFFLES):
        dealt = deal(by_year, seed)
        shuffled = [replace(entry, year=year) for year in YEARS for entry in dealt[year]]
        trends = {movement.trend for movement in movements(shuffled, asked)}
        alarms += bool(trends & {Trend.RISING, Trend.FALLING})
    assert alarms <= 12, f"{alarms} of {SHUFFLES} shuffles claim a trend"
