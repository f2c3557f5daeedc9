"""Demand, tallies, works proposed again, and the whole, on a few made-up proposals counted by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from types import MappingProxyType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from matcher.errors import InputError
from matcher.records import (
    Announcement,
    Basis,
    Citation,
    DuplicateKind,
    DuplicatePair,
    Field,
    FilledForm,
    Form,
    Orientation,
    Plan,
    Proposal,
    Source,
    Span,
    State,
)
from matcher.settings import Settings
from matcher.trends import demand, tallies
from matcher.trends.analysis import analyse
from matcher.trends.gathering import Entry, gather, proposals_a_year
from matcher.trends.records import Trend
from matcher.trends.resubmissions import find_resubmissions
from matcher.trends.rounds import Round
from matcher.trends.subjects import _map
from tests.trends.runs import assessment, match

EMPTY: tuple[Any, ...] = ()


def announcement(name: str, bullets: dict[str, tuple[str, str]], fields: tuple[str, ...]) -> Announcement:
    """Bullets are (text, plan) by id."""
    plans = sorted({plan for _, plan in bullets.values() if plan})
    orientations = [
        Orientation(id, int(id[0]), text, Span(0, 0), citations=(Citation(plan, Basis.EXPLICIT, 1),) if plan else ())
        for id, (text, plan) in bullets.items()
    ]
    return Announcement(
        name=name,
        issuer="Sở thử nghiệm",
        number="1",
        date=dt.date(2024, 3, 1),
        deadline=None,
        title="",
        receiving_office="",
        requirements=(),
        exception="",
        fields=tuple(Field(n, text) for n, text in enumerate(fields, 1)),
        orientations=tuple(orientations),
        plans=tuple(Plan(id, "Kế hoạch", None, "", f"Về {id}", True) for id in plans),
        form=Form(),
        integrity=(),
        text=name,
    )


ONE = announcement(
    "một",
    {"1.1": ("Giống cây", "9/KH"), "1.2": ("Tưới nước", "9/KH"), "2.1": ("Văn hóa", "12/KH"), "2.2": ("Lễ hội", "")},
    ("Nông nghiệp", "Xã hội"),
)


def answers(year: int, *given: tuple[str, State], **sections: str) -> Round:
    found = [
        assessment(
            f"P{n}", f"Đề tài thứ {n} của năm {year}", state=state,
            matches=(match(orientation, 0.9), match("2.2", 0.1, 2)) if orientation else (), **sections,
        )
        for n, (orientation, state) in enumerate(given, 1)
    ]  # fmt: skip
    return Round(year, tuple(found), len(found), announcement=ONE)


FITS, UNSURE, LONE, NONE = State.ALIGNED, State.UNCERTAIN, State.OUTSIDE, State.INVALID
ROUNDS = (
    answers(2023, ("1.1", FITS), ("1.1", FITS), ("1.2", FITS), ("2.1", UNSURE), ("", LONE), ("1.1", NONE)),
    answers(2024, ("1.1", FITS), ("2.1", FITS), ("1.2", LONE)),
)


def test_demand_counted_by_hand() -> None:
    entries, asked = gather(ROUNDS)
    totals = proposals_a_year(entries, (2023, 2024))
    assert totals == {2023: 5, 2024: 3}  # what is no proposal counts nowhere
    rows = {row.id: row for row in demand.by_orientation(entries, asked, totals)}
    assert {id: row.observed for id, row in rows.items()} == {"1.1": 3, "1.2": 1, "2.1": 1, "2.2": 0}
    assert [row.answered for row in rows.values()] == [True, True, True, False]
    assert {row.expected for row in rows.values()} == {3 / 4 + 2 / 4}  # 3 answers in 2023, 2 in 2024, 4 bullets
    assert (rows["1.1"].movement.by_year[2023].count, rows["1.1"].movement.by_year[2023].total) == (2, 5)
    fields = {row.name: row for row in demand.by_field(entries, asked, totals)}
    assert {name: (row.id, row.observed, row.expected) for name, row in fields.items()} == {
        "Nông nghiệp": ("1", 4, 2.5),
        "Xã hội": ("2", 1, 2.5),
    }
    plans = {row.id: row for row in demand.by_plan(entries, asked, totals)}
    assert {id: (row.observed, row.expected) for id, row in plans.items()} == {"9/KH": (4, 2.5), "12/KH": (1, 1.25)}


def test_few_proposals_are_neither_too_many_nor_too_few() -> None:
    entries, asked = gather(ROUNDS)
    for row in demand.by_orientation(entries, asked, {2023: 5, 2024: 3}):
        assert not demand.is_oversubscribed(row)
        assert not demand.is_undersubscribed(row)


def test_many_for_one_are_too_many() -> None:
    entries, asked = gather([answers(2024, *[("1.1", FITS)] * 40, ("1.2", FITS))])
    rows = {row.id: row for row in demand.by_orientation(entries, asked, {2024: 41})}
    assert [id for id, row in rows.items() if demand.is_oversubscribed(row)] == ["1.1"]
    assert [id for id, row in rows.items() if demand.is_undersubscribed(row)] == ["1.2", "2.1", "2.2"]


def test_orientations_are_followed_through_their_wordings() -> None:
    two = announcement(
        "hai", {"1.1": ("Tưới tiết kiệm", "9/KH"), "2.1": ("Dược liệu", "9/KH")}, ("Nông nghiệp", "Y dược")
    )
    later = replace(answers(2024, ("1.1", FITS), ("1.1", FITS), ("2.1", FITS)), announcement=two)
    entries, asked = gather([ROUNDS[0], later])
    threads = {(2023, "1.2"): "tưới", (2024, "1.1"): "tưới", (2024, "2.1"): "2024:2.1"}
    rows = {row.id: row for row in demand.by_orientation(entries, asked, {2023: 5, 2024: 3}, threads)}
    assert rows["tưới"].years_asked == (2023, 2024)
    assert rows["tưới"].wordings == {2023: "Tưới nước", 2024: "Tưới tiết kiệm"}
    assert rows["tưới"].name == "Tưới tiết kiệm"
    assert {year: share.count for year, share in rows["tưới"].movement.by_year.items()} == {2023: 1, 2024: 2}
    assert rows["2024:2.1"].years_asked == (2024,)
    assert rows["2024:2.1"].movement.trend is Trend.UNCLEAR  # new: nothing to compare with
    fields = {row.name: (row.id, row.years_asked) for row in demand.by_field(entries, asked, {2023: 5, 2024: 3})}
    assert fields == {"Nông nghiệp": ("1", (2023, 2024)), "Xã hội": ("2023:2", (2023,)), "Y dược": ("2", (2024,))}


def test_without_the_announcements_text_orientations_are_named_by_their_ids() -> None:
    bare = [replace(each, announcement=None) for each in ROUNDS]
    entries, asked = gather(bare)
    rows = demand.by_orientation(entries, asked, proposals_a_year(entries, asked))
    assert {row.id: (row.name, row.observed) for row in rows} == {
        "1.1": ("1.1", 3), "1.2": ("1.2", 1), "2.1": ("2.1", 1), "2.2": ("2.2", 0),
    }  # fmt: skip


def test_order_of_proposals_changes_nothing() -> None:
    turned = [replace(each, assessments=tuple(reversed(tuple(each.assessments)))) for each in ROUNDS]
    assert analyse(turned[::-1], topics=False, matcher=NO_MODEL) == analyse(ROUNDS, topics=False, matcher=NO_MODEL)


def entry(year: int, id: str, title: str = "Tên", form: FilledForm | None = None, **more: Any) -> Entry:
    sections = more.pop("sections", {})
    proposal = Proposal(id, MappingProxyType({"title": title, **sections}), Source("a.csv"), form=form)
    return Entry(year, proposal, more.pop("state", State.ALIGNED), **more)


def test_tallies_counted_by_hand() -> None:
    hospital, school = {"organisation": "Bệnh viện Đa khoa tỉnh"}, {"organisation": "Trường ĐH Mẫu; BVĐK tỉnh"}
    rows = [
        entry(2023, "a", sections=hospital, codes=frozenset({"budget_missing"})),
        entry(2023, "b", sections=school, codes=frozenset()),
        entry(2024, "c", sections=hospital, codes=None),
        entry(2024, "d", state=State.INVALID, sections=hospital, codes=frozenset({"budget_missing"})),
        entry(2024, "e"),
    ]
    found = tallies.organisations(rows)
    assert [(t.movement.by_year[2023].count, t.movement.by_year[2024].count) for t in found] == [(2, 1), (1, 0)]
    assert found[0].movement.by_year[2023].total == 2
    (problem,) = tallies.form_problems(rows)
    assert (problem.name, problem.movement.by_year[2023].count, problem.movement.by_year[2023].total) == (
        "budget_missing", 1, 2,
    )  # fmt: skip
    assert {t.name: t.movement.by_year[2024].count for t in tallies.states(rows)} == {
        "aligned": 2, "uncertain": 0, "outside": 0, "invalid": 1,
    }  # fmt: skip


def test_districts_are_counted_once_a_proposal() -> None:
    rows = [
        entry(2023, "a", sections={"place": "huyện Văn Quan, huyện Chi Lăng"}),
        entry(2023, "b", "Trồng hồi tại huyện Văn Quan, xã khác của huyện Văn Quan"),
        entry(2023, "c", "Không nói ở đâu"),
    ]
    found = {t.name: t.movement.by_year[2023] for t in tallies.districts(rows, "Lạng Sơn")}
    assert {name: (share.count, share.total) for name, share in found.items()} == {
        "Huyện Văn Quan": (2, 2), "Huyện Chi Lăng": (1, 2),
    }  # fmt: skip


def test_quartiles_of_what_is_stated() -> None:
    million = 1_000_000
    rows = [entry(2024, str(n), form=FilledForm(months=n, budget_vnd=n * million)) for n in (12, 24, 36, 48, 60)]
    (amounts,) = tallies.budgets([*rows, entry(2024, "x"), entry(2023, "y")])
    assert (amounts.year, amounts.stated, amounts.total, amounts.quartiles) == (2024, 5, 6, (24.0, 36.0, 48.0))
    assert tallies.durations(rows)[0].quartiles == (24.0, 36.0, 48.0)
    assert tallies.budgets([entry(2023, "y")]) == ()


def finder(*pairs: tuple[int, int, DuplicateKind, float]) -> Any:
    """A search that finds the pairs told, by rows."""

    def duplicates(batch: Sequence[Proposal]) -> tuple[DuplicatePair, ...]:
        return tuple(
            DuplicatePair(batch[a].id, batch[b].id, "batch", kind, probability) for a, b, kind, probability in pairs
        )

    def profiles(proposals: Iterable[Proposal]) -> list[Proposal]:
        return list(proposals)

    return SimpleNamespace(profiles=profiles, duplicates=duplicates)


NO_MODEL = finder()


def test_works_over_years() -> None:
    rows = [
        entry(2023, "P1"),
        entry(2023, "P2"),
        entry(2024, "P1"),
        entry(2025, "P1"),
        entry(2025, "P9"),
        entry(2025, "P8"),
    ]
    search = finder(
        (0, 2, DuplicateKind.IDENTICAL, 0.99),
        (2, 3, DuplicateKind.SAME_WORK, 0.995),
        (0, 1, DuplicateKind.SAME_WORK, 0.9),  # in other words, and not sure enough
        (1, 4, DuplicateKind.OVERLAP, 0.9),  # the same object is not the same work
        (1, 5, DuplicateKind.REVISED, 0.4),  # below the threshold
        (4, 5, DuplicateKind.IDENTICAL, 1.0),  # in one year: no resubmission
    )
    (work,) = find_resubmissions(rows, search, Settings())
    assert (work.ids, work.years, work.kind) == (("P1", "P1", "P1"), (2023, 2024, 2025), "same_work")


def test_a_work_among_past_tasks() -> None:
    past = DuplicatePair("P1", "REG7", "register", DuplicateKind.REVISED, 0.9)
    weak = DuplicatePair("P2", "REG8", "register", DuplicateKind.OVERLAP, 0.9)
    rows = [entry(2024, "P1", duplicates=(past,)), entry(2024, "P2", duplicates=(weak,))]
    (work,) = find_resubmissions(rows, None, Settings())
    assert (work.ids, work.years, work.kind, work.titles) == (("P1", "REG7"), (2024,), "revised", ("Tên", ""))


def test_one_year_names_no_trend_and_says_so() -> None:
    found = analyse(ROUNDS[:1], topics=False)
    everything = (*found.orientations, *found.fields, *found.plans, *found.states)
    assert {row.movement.trend for row in everything} == {Trend.UNCLEAR}
    assert any("một năm" in note for note in found.notes)
    assert found.resubmissions == ()


def test_a_year_of_tables_alone_counts_for_no_orientation() -> None:
    tasks = tuple(Proposal(f"T{n}", MappingProxyType({"title": f"Nhiệm vụ {n}"}), Source("r.csv")) for n in range(4))
    found = analyse([Round(2022, (), 0, tasks), *ROUNDS], topics=False, matcher=NO_MODEL)
    assert found.years == (2022, 2023, 2024)
    assert found.proposals == {2022: 4, 2023: 5, 2024: 3}
    assert all(row.years_asked == (2023, 2024) for row in found.orientations)


def test_flows_name_each_assessed_proposal_once() -> None:
    found = analyse(ROUNDS, topics=False, matcher=NO_MODEL)
    assert sum(flow.count for flow in found.flows) == 9
    assert ("9/KH", "1.1", "aligned", 3) in {(f.plan, f.orientation, f.state, f.count) for f in found.flows}


def test_nothing_to_analyse_is_said() -> None:
    with pytest.raises(InputError, match="chưa có đợt nào"):
        analyse([])


def test_progress_is_told() -> None:
    told: list[tuple[str, int, int]] = []
    analyse(ROUNDS[:1], topics=False, progress=lambda *step: told.append(step))
    assert [stage for stage, done, total in told if done == total] == ["gather", "count", "resubmissions"]


def test_rows_of_tables_have_no_form_to_find_fault_with() -> None:
    row = assessment("P1", "Tên", problems=[{"code": "off_province_object"}])
    form = assessment("P2", "Tên khác", problems=[{"code": "budget_missing"}], form=FilledForm())
    entries, _ = gather([Round(2024, (row, form), 2)])
    (tally,) = tallies.form_problems(entries)
    assert (tally.name, tally.movement.by_year[2024].total) == ("budget_missing", 1)


def test_the_map_is_the_same_whatever_the_order() -> None:
    vectors = np.random.default_rng(1).normal(size=(8, 5)).astype(np.float32)
    there, back = _map(vectors), _map(vectors[::-1])
    assert np.abs(there - back[::-1]).max() <= 2e-4
    assert _map(vectors[:0]).shape == (0, 2)
