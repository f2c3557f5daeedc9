"""The synthetic rounds hold what their truths say, are labelled, and read as an officer's tables do."""

from __future__ import annotations

import csv
import importlib.util
import json
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from matcher.announcement import load_builtin, read_announcement
from matcher.proposal.durations import read_months

CORPUS = Path(__file__).parents[2] / "corpus"
ROUNDS = CORPUS / "rounds"
YEARS = (2023, 2024, 2025)


def load_builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("rounds_builder", ROUNDS / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    return load_builder()


@pytest.fixture(scope="module")
def truths() -> dict[str, Any]:
    result: dict[str, Any] = json.loads((ROUNDS / "truths.json").read_text(encoding="utf-8"))
    return result


@pytest.fixture(scope="module")
def rows() -> dict[int, list[dict[str, str]]]:
    result = {}
    for year in YEARS:
        with (ROUNDS / f"round-{year}.csv").open(encoding="utf-8", newline="") as file:
            result[year] = list(csv.DictReader(file))
    return result


def test_the_files_are_what_the_builder_makes(builder: ModuleType) -> None:
    for name, text in builder.files().items():
        assert (ROUNDS / name).read_text(encoding="utf-8") == text, f"{name}: run corpus/rounds/build.py"


def test_everything_is_labelled_synthetic(rows: dict[int, list[dict[str, str]]]) -> None:
    assert {row["ghi chú"] for year in YEARS for row in rows[year]} == {"dữ liệu giả lập"}
    for year in (2023, 2025):
        assert "VĂN BẢN GIẢ LẬP" in (ROUNDS / f"announcement-{year}.txt").read_text(encoding="utf-8")
    assert "Everything here is synthetic" in (ROUNDS / "README.md").read_text(encoding="utf-8")


def test_no_real_title_is_among_them(rows: dict[int, list[dict[str, str]]]) -> None:
    lines = (CORPUS / "lang-son-2025" / "gold-dev.jsonl").read_text(encoding="utf-8").splitlines()
    real = {json.loads(line)["title"].casefold() for line in lines}
    assert len(real) > 100
    assert not real & {row["tên nhiệm vụ"].casefold() for year in YEARS for row in rows[year]}


def test_rounds_are_of_the_size_stated(rows: dict[int, list[dict[str, str]]], truths: dict[str, Any]) -> None:
    assert (
        {str(year): len(rows[year]) for year in YEARS} == truths["proposals"] == {"2023": 106, "2024": 103, "2025": 121}
    )
    for year in YEARS:
        assert {row["năm"] for row in rows[year]} == {str(year)}
        assert len({row["mã số"] for row in rows[year]}) == len(rows[year])


@pytest.mark.parametrize(
    ("truth", "counts"),
    [
        ("rising", (3, 12, 26)),
        ("falling", (18, 9, 2)),
        ("abandoned", (8, 0, 0)),
        ("oversubscribed", (10, 11, 12)),
        ("outside_cluster", (1, 4, 13)),
        ("outside_others", (6, 7, 8)),
    ],
)
def test_planted_groups_have_their_counts(
    truth: str, counts: tuple[int, ...], truths: dict[str, Any], rows: dict[int, list[dict[str, str]]]
) -> None:
    ids = truths[truth]["ids"]
    found = tuple(sum(row["mã số"] in ids for row in rows[year]) for year in YEARS)
    assert found == counts == tuple(truths[truth]["by_year"].values())


def test_the_rest_is_steady_and_keeps_off_planted_bullets(truths: dict[str, Any]) -> None:
    steady = truths["steady"]
    planted = {truths[name]["orientation"] for name in ("falling", "abandoned", "oversubscribed")}
    assert not set(steady) & (planted | set(truths["unanswered"]))
    assert len(steady) == 36
    assert all(max(counts.values()) - min(counts.values()) <= 1 for counts in steady.values())
    assert {year: sum(counts[year] for counts in steady.values()) for year in ("2023", "2024", "2025")} == {
        "2023": 60,
        "2024": 60,
        "2025": 60,
    }


def test_resubmissions_are_pairs_over_years(truths: dict[str, Any], rows: dict[int, list[dict[str, str]]]) -> None:
    titles = {row["mã số"]: (row["tên nhiệm vụ"], row["mục tiêu"]) for year in YEARS for row in rows[year]}
    kinds = Counter(pair["kind"] for pair in truths["resubmissions"])
    assert kinds == {"identical": 3, "revised": 3, "same_work": 4}
    for pair in truths["resubmissions"]:
        early, late = pair["ids"]
        assert early.startswith(f"R{pair['years'][0] % 100}-")
        assert late.startswith("R25-")
        assert (titles[early] == titles[late]) == (pair["kind"] == "identical")
    again = {titles[pair["ids"][0]] for pair in truths["resubmissions"] if pair["kind"] == "identical"}
    assert {text for text, count in Counter(titles.values()).items() if count > 1} == again


def test_places_are_districts_before_july_2025_and_communes_after(rows: dict[int, list[dict[str, str]]]) -> None:
    before = [row["địa bàn"] for year in (2023, 2024) for row in rows[year]]
    assert all(place.startswith(("huyện ", "H. ", "thành phố ", "TP")) for place in before)
    assert all(row["địa bàn"].startswith(("xã ", "phường ")) for row in rows[2025])


def test_organisations_are_spelt_in_several_ways(truths: dict[str, Any], rows: dict[int, list[dict[str, str]]]) -> None:
    named = truths["organisations"]
    spellings = [spelling for entry in named.values() for spelling in entry["spellings"]]
    assert len(set(spellings)) == len(spellings)
    assert all(len(entry["spellings"]) >= 2 for entry in named.values())
    assert {row["đơn vị"] for year in YEARS for row in rows[year]} == set(spellings)
    assert sum(sum(entry["by_year"].values()) for entry in named.values()) == sum(len(rows[year]) for year in YEARS)


def test_durations_are_written_in_ways_the_program_reads(
    truths: dict[str, Any], rows: dict[int, list[dict[str, str]]]
) -> None:
    for year in YEARS:
        for row, months in zip(rows[year], truths["durations"][str(year)], strict=True):
            assert (read_months(row["thời gian thực hiện"]) or 0) == months, row["thời gian thực hiện"]


@pytest.mark.parametrize(("year", "count"), [(2023, 27), (2025, 36)])
def test_announcements_read_as_the_truths_align_them(year: int, count: int, truths: dict[str, Any]) -> None:
    real = {orientation.id: orientation.text for orientation in load_builtin("lang-son-2025").orientations}
    found = {o.id: o.text for o in read_announcement(ROUNDS / f"announcement-{year}.txt").orientations}
    alignment = truths["alignment"][str(year)]
    assert len(found) == count == alignment["bullets"]
    assert set(found) == set(alignment["kept"]) | set(alignment["reworded"]) | set(alignment["only_here"])
    assert set(real) == {*alignment["kept"].values(), *alignment["reworded"].values(), *alignment["only_real"]}
    for id, source in alignment["kept"].items():
        assert " ".join(found[id].split()).rstrip(".;…") == " ".join(real[source].split()).rstrip(".;…")
    for id, source in alignment["reworded"].items():
        assert found[id] != real[source]
    asked = set(alignment["kept"].values()) | set(alignment["reworded"].values())
    assert {*truths["unanswered"], "5.3", "4.1", "1.7", "3.4"} <= asked


def test_shuffled_years_keep_sizes_and_proposals(builder: ModuleType, rows: dict[int, list[dict[str, str]]]) -> None:
    ids = {year: [row["mã số"] for row in rows[year]] for year in YEARS}
    shuffled = builder.shuffled_years(ids, 1)
    assert {year: len(shuffled[year]) for year in YEARS} == {year: len(ids[year]) for year in YEARS}
    assert sorted(id for year in YEARS for id in shuffled[year]) == sorted(id for year in YEARS for id in ids[year])
    assert shuffled == builder.shuffled_years(ids, 1) != builder.shuffled_years(ids, 2)
    moved = sum(not id.startswith(f"R{year % 100}-") for year in YEARS for id in shuffled[year])
    assert moved > 150
