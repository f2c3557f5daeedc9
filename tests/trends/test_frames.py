"""Runs as tidy tables: the columns documented, types that do not depend on the content, Parquet there and back."""

import importlib.util
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pandas as pd
import pytest

from matcher.announcement import load_builtin
from matcher.errors import InputError, MissingDependencyError
from matcher.records import FilledForm, State
from matcher.trends.columns import COLUMNS
from matcher.trends.frames import Run
from matcher.trends.rounds import read_rounds
from matcher.trends.rows import ROWS

from .runs import assessment, failed, match, pair, save, several

FRAMES = {
    "proposals": "to_frame",
    "matches": "matches",
    "plans": "plans",
    "duplicates": "duplicates",
    "problems": "problems",
}

CHECKED = (
    {"code": "item_missing", "item": 3, "message": "Thiếu mục 3.", "where": "trang 1", "severity": "error"},
    {"code": "off_province_object", "item": 1, "message": "Chỉ để biết.", "where": "", "severity": "info"},
    {"code": "budget_missing", "item": None, "message": "Không nêu kinh phí.", "where": ""},
)


def frames(run: Run) -> dict[str, pd.DataFrame]:
    return {name: getattr(run, method)() for name, method in FRAMES.items()}


def full() -> Run:
    form = FilledForm(months=24, budget_vnd=1_200_000_000)
    pairs = [
        pair("P1", "P2"),
        pair("P1", "P3", probability=0.4),
        pair("P1", "R1", "register"),
        pair("P1", "P4", kind="same_method_elsewhere"),
    ]
    return Run.of(
        [
            assessment(
                "P1",
                "Nhân giống hồi tại huyện Văn Quan, tỉnh Lạng Sơn",
                pairs=pairs,
                problems=CHECKED,
                form=form,
                organisation="Trường ĐH Nông Lâm; Sở KH&CN",
                year="2024",
            ),
            assessment(
                "P2", "Nuôi gà", pairs=[pair("P1", "P2")], budget="800 triệu đồng", matches=[match("2.1", 0.3, plan="")]
            ),
            assessment("P3", "Ngoài", state=State.OUTSIDE, matches=(), budget="không rõ"),
            failed("P4"),
        ]
    )


def test_every_table_is_documented_and_filled() -> None:
    assert FRAMES.keys() == COLUMNS.keys() == ROWS.keys()
    for columns in COLUMNS.values():
        assert len({each.name for each in columns}) == len(columns)
        assert all(each.meaning.endswith(".") for each in columns)


@pytest.mark.parametrize("run", [Run.of([]), full(), Run.of([failed("x")])], ids=["empty", "full", "failed"])
def test_columns_and_types_are_those_documented(run: Run) -> None:
    for name, frame in frames(run).items():
        assert [(column, str(dtype)) for column, dtype in frame.dtypes.items()] == [
            (each.name, each.dtype) for each in COLUMNS[name]
        ]


def test_a_row_a_proposal() -> None:
    frame = full().to_frame().set_index("id")
    first = frame.loc["P1"]
    assert (first["best_orientation"], first["field"], first["plan"], first["plan_basis"]) == (
        "1.1",
        1,
        "9/KH-UBND",
        "explicit",
    )
    assert (first["probability"], first["relevant_orientations"]) == (0.9, 1)
    assert (first["district"], first["province"], first["province_now"]) == ("Huyện Văn Quan", "Lạng Sơn", "Lạng Sơn")
    assert (first["organisation"], first["organisation_key"]) == ("Trường ĐH Nông Lâm; Sở KH&CN", "đại học nông lâm")
    assert (first["budget_vnd"], first["months"], first["pages"]) == (1_200_000_000, 24, 3)
    assert (first["duplicates_in_round"], first["duplicates_in_register"]) == (1, 1)
    assert (first["form_problems"], first["form_problem_codes"]) == (2, "budget_missing; item_missing")
    assert (first["year"], first["stated_year"]) == (2024, 2024)


def test_what_is_not_known_is_missing() -> None:
    frame = full().to_frame().set_index("id")
    assert frame.loc["P2", "budget_vnd"] == 800_000_000
    assert pd.isna(frame.loc["P2", "plan"]) and frame.loc["P2", "plan_basis"] == "none"
    for column in (
        "best_orientation",
        "probability",
        "field",
        "budget_vnd",
        "months",
        "year",
        "district",
        "organisation",
    ):
        assert pd.isna(frame.loc["P3", column]), column
    assert pd.isna(frame.loc["P4", "title"]) and frame.loc["P4", "state"] == "invalid"
    assert frame["relevant_orientations"].tolist() == [1, 0, 0, 0]


def test_the_other_tables() -> None:
    run = full()
    assert run.matches()[["id", "rank", "orientation", "probability"]].values.tolist()[:3] == [
        ["P1", 1, "1.1", 0.9], ["P1", 2, "2.1", 0.2], ["P2", 1, "2.1", 0.3],
    ]  # fmt: skip
    assert run.plans()["orientations"].tolist()[0] == "1.1; 1.2"
    pairs = run.duplicates()
    assert pairs[["a", "b", "counts"]].values.tolist() == [
        ["P1", "P2", True], ["P1", "P3", False], ["P1", "R1", True], ["P1", "P4", False],
    ]  # fmt: skip
    assert pairs["main_reason"].tolist()[0] == "tên gần giống"
    problems = run.problems()
    assert problems[["id", "of", "code", "severity"]].fillna("").values.tolist() == [
        ["P1", "form", "item_missing", "error"],
        ["P1", "form", "off_province_object", "info"],
        ["P1", "form", "budget_missing", "error"],
        ["P4", "reading", "encrypted", ""],
    ]


def test_a_table_is_the_readers_to_change() -> None:
    run = full()
    mine = run.to_frame()
    mine["id"] = "x"
    assert run.to_frame()["id"].tolist() == ["P1", "P2", "P3", "P4"]


def test_a_saved_run_and_its_round_give_the_same(tmp_path: Path) -> None:
    path = save(tmp_path / "a.jsonl", several(5, "2024"))
    (round_,) = read_rounds([f"2023={path}"])
    frame = Run.read(path, year=2023).to_frame()
    pd.testing.assert_frame_equal(frame, Run.of(round_).to_frame())
    assert set(frame["year"]) == {2023} and set(frame["stated_year"]) == {2024}
    assert set(Run.read(path).to_frame()["year"]) == {2024}


def test_a_run_without_a_year_is_read(tmp_path: Path) -> None:
    frame = Run.read(save(tmp_path / "a.jsonl", several(2))).to_frame()
    assert frame["year"].isna().all()


def test_the_name_of_the_field_and_the_home_province(tmp_path: Path) -> None:
    path = save(tmp_path / "a.jsonl", [assessment("P1", "Nuôi gà", organisation="Sở KH&CN tỉnh Lạng Sơn", year="2024")])
    row = Run.read(path, announcement="lang-son-2025").to_frame().iloc[0]
    assert row["field_name"] == load_builtin("lang-son-2025").fields[0].name
    assert row["organisation_key"] == "sở khoa học công nghệ"


@pytest.mark.parametrize("run", [Run.of([]), full()], ids=["empty", "full"])
def test_parquet_there_and_back(tmp_path: Path, run: Run) -> None:
    files = run.to_parquet(tmp_path / "new" / "folder")
    assert sorted(each.name for each in files) == sorted(f"{name}.parquet" for name in COLUMNS)
    back = frames(Run.from_parquet(tmp_path / "new" / "folder"))
    for name, frame in frames(run).items():
        pd.testing.assert_frame_equal(frame, back[name])


def test_bad_parquet(tmp_path: Path) -> None:
    full().to_parquet(tmp_path)
    pd.DataFrame({"id": ["x"]}).to_parquet(tmp_path / "plans.parquet")
    with pytest.raises(InputError, match=r"plans\.parquet: bảng thiếu cột"):
        Run.from_parquet(tmp_path)
    (tmp_path / "plans.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(InputError, match="không đọc được bảng Parquet"):
        Run.from_parquet(tmp_path)
    with pytest.raises(InputError):
        Run.from_parquet(tmp_path / "nowhere")


def test_without_pyarrow_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingDependencyError, match=r"orientation-matcher\[parquet\]"):
        full().to_parquet(tmp_path)


def test_numbers_that_no_column_holds_are_missing() -> None:
    huge = assessment(
        "P1", "Nuôi gà", form=FilledForm(months=10**30, budget_vnd=10**30), problems=[{"code": "x", "item": "ba"}]
    )
    run = Run.of([huge])
    assert run.to_frame()[["months", "budget_vnd"]].isna().all(axis=None)
    assert run.problems()["item"].isna().all()


def test_scores_that_a_run_lacks_are_missing() -> None:
    bare = match("1.1", 0.5)
    frame = Run.of([assessment("P1", "Nuôi gà", matches=[replace(bare, scores=MappingProxyType({}))])]).matches()
    assert frame[["score_dense", "score_lexical", "score_plan"]].isna().all(axis=None)
