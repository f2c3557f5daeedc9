"""Files that the user names become rounds; what does not compare is refused, with the cure."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.announcement import load_builtin
from matcher.errors import InputError, MatcherError
from matcher.records import Assessment
from matcher.reporting import json_line
from matcher.settings import Settings
from matcher.trends.announcements import text_hash
from matcher.trends.checks import notes_on
from matcher.trends.rounds import read_rounds

from .runs import assessment, failed, lines, pair, save, several


def ids(assessments: object) -> list[str]:
    return [each.proposal.id for each in assessments if isinstance(each, Assessment)]  # type: ignore[attr-defined]


def test_two_years_with_their_columns_of_years(tmp_path: Path) -> None:
    later = save(tmp_path / "b.jsonl", several(12, "2025"))
    earlier = save(tmp_path / "a.jsonl", several(11, "2024"))
    first, second = read_rounds([str(later), str(earlier)])
    assert (first.year, first.size, second.year, second.size) == (2024, 11, 2025, 12)
    assert ids(first.assessments) == ids(first.assessments) == [f"P{n}" for n in range(1, 12)]
    assert first.source == "a.jsonl"
    assert first.manifest is not None and first.manifest.fingerprint == "f" * 16
    assert first.announcement is None and first.announcement_name == "vi-du"
    assert any("Không tìm thấy thông báo «vi-du»" in note for note in first.notes)


def test_the_year_given_wins(tmp_path: Path) -> None:
    run = save(tmp_path / "a.jsonl", several(3, "2024"))
    (only,) = read_rounds([f"2019={run}"])
    assert only.year == 2019
    notes = notes_on([only])
    assert any("Chỉ có một năm (2019)" in note for note in notes)
    assert any("chỉ có 3 đề xuất" in note for note in notes)


def test_the_deadline_of_the_announcement_tells_the_year(tmp_path: Path) -> None:
    real = load_builtin("lang-son-2025")
    run = save(tmp_path / "a.jsonl", several(3), announcement=("lang-son-2025", text_hash(real)))
    (only,) = read_rounds([str(run)])
    assert only.year == 2024  # proposals were due on 15/5/2024
    assert only.announcement == real
    assert any("theo hạn nộp của thông báo «lang-son-2025»" in note for note in only.notes)


def test_an_announcement_of_the_name_with_other_words_is_said(tmp_path: Path) -> None:
    run = save(tmp_path / "a.jsonl", several(3), announcement=("lang-son-2025", "0" * 64))
    (only,) = read_rounds([str(run)])
    assert only.announcement is not None
    assert any("nay khác văn bản" in note for note in only.notes)


def test_a_manifest_cannot_point_into_other_folders(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    text = load_builtin("lang-son-2025").text
    (tmp_path / "secret.txt").write_text(text, encoding="utf-8")
    run = save(tmp_path / "x" / "a.jsonl", several(3, "2024"), announcement=("../secret", "0" * 64))
    assert read_rounds([str(run)])[0].announcement is None


def test_no_year_anywhere_names_the_cure(tmp_path: Path) -> None:
    run = save(tmp_path / "a.jsonl", several(3))
    with pytest.raises(InputError, match=r"không rõ các đề xuất thuộc năm nào.*NĂM=a\.jsonl"):
        read_rounds([str(run)])


def test_a_year_in_the_names_of_the_manifest(tmp_path: Path) -> None:
    run = save(tmp_path / "de-xuat-2023.jsonl", several(3))
    assert read_rounds([str(run)])[0].year == 2023


@pytest.mark.parametrize("argument", ["20={}", "1200={}", "2200={}"])
def test_an_impossible_year(tmp_path: Path, argument: str) -> None:
    with pytest.raises(InputError, match="bốn chữ số"):
        read_rounds([argument.format(save(tmp_path / "a.jsonl", several(3)))])


def test_different_models_are_refused(tmp_path: Path) -> None:
    a = save(tmp_path / "a.jsonl", several(3, "2024"))
    b = save(tmp_path / "b.jsonl", several(3, "2025"), fingerprint="e" * 16)
    with pytest.raises(InputError, match=r"mô hình khác nhau.*Chạy lại"):
        read_rounds([str(a), str(b)])


def test_different_thresholds_of_states_are_refused_those_of_duplicates_said(tmp_path: Path) -> None:
    a = save(tmp_path / "a.jsonl", several(3, "2024"))
    b = save(tmp_path / "b.jsonl", several(3, "2025"), settings=Settings(duplicate_high=0.9, top=5))
    c = save(tmp_path / "c.jsonl", several(3, "2025"), settings=Settings(outside_above=0.9))
    with pytest.raises(InputError, match="outside_above"):
        read_rounds([str(a), str(c)])
    notes = " ".join(notes_on(read_rounds([str(a), str(b)])))
    assert "duplicate_high" in notes and "2025 chỉ giữ những định hướng đầu" in notes


def test_one_announcement_a_year_several_over_years(tmp_path: Path) -> None:
    a = save(tmp_path / "a.jsonl", several(3, "2024"))
    b = save(tmp_path / "b.jsonl", several(3, "2024", 10), announcement=("khac", "b" * 64))
    with pytest.raises(InputError, match=r"năm 2024 đối chiếu với thông báo khác nhau: khac, vi-du"):
        read_rounds([str(a), str(b)])
    assert any("2 thông báo khác nhau" in note for note in notes_on(read_rounds([str(a), f"2025={b}"])))


def test_the_same_run_twice_counts_once(tmp_path: Path) -> None:
    run = save(tmp_path / "a.jsonl", several(3, "2024"))
    (only,) = read_rounds([str(run), f"2025={run}"])
    assert (only.year, only.size) == (2024, 3)
    assert any("chỉ tính một lần" in note for note in only.notes)


def test_two_runs_of_the_same_proposals_are_refused(tmp_path: Path) -> None:
    a = save(tmp_path / "a.jsonl", several(3, "2024"), inputs="x")
    b = save(tmp_path / "b.jsonl", several(4, "2024"), inputs="x")
    with pytest.raises(InputError, match="tính hai lần"):
        read_rounds([str(a), str(b)])


def test_two_files_of_one_year_are_joined(tmp_path: Path) -> None:
    first = several(3, "2024")
    other = [
        first[1],
        assessment("P1", "Một đề xuất khác", pairs=[pair("P1", "P3"), pair("P1", "R1", "register")], year="2024"),
    ]
    a, b = save(tmp_path / "a.jsonl", first), save(tmp_path / "b.jsonl", other)
    (only,) = read_rounds([str(a), str(b)])
    joined = list(only.assessments)
    assert ids(joined) == ["P1", "P2", "P3", "P1 (2)"] and only.size == 4
    assert [(each.a, each.b) for each in joined[3].duplicates] == [("P1 (2)", "P3"), ("P1 (2)", "R1")]
    notes = notes_on([only])
    assert any("Năm 2024 gộp từ 2 tệp: a.jsonl, b.jsonl" in note for note in notes)
    assert any(note.startswith("1 đề xuất có cùng mã và tên") for note in notes)


def test_damaged_lines_cost_only_themselves(tmp_path: Path) -> None:
    run = save(tmp_path / "a.jsonl", several(4, "2024"))
    whole = run.read_bytes().splitlines(keepends=True)
    run.write_bytes(whole[0] + b'{"proposal": 3}\n\xff\n' + whole[1] + whole[2] + whole[3][:40])
    (only,) = read_rounds([str(run)])
    assert ids(only.assessments) == ["P1", "P2", "P3"]
    assert [each.where for each in only.problems] == ["a.jsonl, dòng 2", "a.jsonl, dòng 3", "a.jsonl, dòng 6"]
    assert any("bỏ qua 3 dòng hỏng (dòng 2; dòng 3; dòng 6)" in note for note in only.notes)
    assert any("không còn đúng như tệp kê khai" in note for note in only.notes)


def test_a_line_damaged_deep_inside_is_never_passed_over_in_silence(tmp_path: Path) -> None:
    run = save(tmp_path / "a.jsonl", several(3, "2024"))
    records = lines(run)
    records[1]["matches"][1]["probability"] = "nhiều"  # type: ignore[index]
    run.write_bytes(b"".join(map(json_line, records)))
    (only,) = read_rounds([str(run)])
    with pytest.raises(InputError, match=r"a\.jsonl, dòng 2"):
        list(only.assessments)


@pytest.mark.parametrize("content", [b'{"proposal": {}, "state": "x", "matches": []}\n', b"\xff\xfe\n\n"])
def test_no_line_to_read_is_an_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.jsonl").write_bytes(content)
    with pytest.raises(InputError, match=r"a\.jsonl"):
        read_rounds([f"2024={tmp_path / 'a.jsonl'}"])


def test_a_damaged_manifest_is_named(tmp_path: Path) -> None:
    run = save(tmp_path / "a.jsonl", several(3, "2024"))
    (tmp_path / "a.jsonl.manifest.json").write_text('{"announcement": 1}', encoding="utf-8")
    with pytest.raises(InputError, match=r"manifest\.json.*không phải tệp kê khai"):
        read_rounds([str(run)])


def test_a_run_without_manifest_is_said(tmp_path: Path) -> None:
    run = save(tmp_path / "a.jsonl", [*several(9, "2024"), failed("x")], manifest=False)
    (only,) = read_rounds([str(run)])
    assert (only.year, only.size, only.manifest) == (2024, 10, None)
    assert any("không có tệp kê khai" in note for note in only.notes)


REGISTER = (
    "mã số,tên nhiệm vụ,tổ chức chủ trì,năm\nT1,Trồng hồi,Sở A; TS. Tên Họ,2020-2022\nT2,Nuôi gà,,2021\nT3,Bảo tồn,,\n"
)


def test_a_register_is_shared_out_to_its_years(tmp_path: Path) -> None:
    table = tmp_path / "tasks.csv"
    table.write_text(REGISTER, encoding="utf-8")
    first, second = read_rounds([str(table)])
    assert [(each.year, [task.id for task in each.tasks]) for each in (first, second)] == [
        (2020, ["T1"]),
        (2021, ["T2"]),
    ]
    assert not first.is_assessed and list(first.assessments) == []
    assert first.tasks[0].sections["organisation"] == "Sở A"  # no persons
    assert any("1 dòng không nêu năm" in note for note in first.notes)
    assert any("Năm 2020, 2021 chỉ có bảng nhiệm vụ" in note for note in notes_on((first, second)))
    dated = read_rounds([f"2023={table}"])
    assert [each.year for each in dated] == [2020, 2021, 2023]


def test_a_register_without_years_names_the_cure(tmp_path: Path) -> None:
    table = tmp_path / "tasks.csv"
    table.write_text("tên nhiệm vụ\nTrồng hồi\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"danh mục không có năm.*NĂM=tasks\.csv"):
        read_rounds([str(table)])
    (only,) = read_rounds([f"2022={table}"])
    assert [task.title for task in only.proposals()] == ["Trồng hồi"]


def test_a_table_without_titles_is_an_error(tmp_path: Path) -> None:
    table = tmp_path / "tasks.csv"
    table.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"tasks\.csv"):
        read_rounds([str(table)])


def test_tasks_that_the_run_proposed_count_once(tmp_path: Path) -> None:
    run = save(tmp_path / "a.jsonl", several(3, "2024"))
    table = tmp_path / "t.csv"
    table.write_text("title,year\nNGHIÊN CỨU giống cây thứ 2,2024\nMột việc khác,2024\n", encoding="utf-8")
    (only,) = read_rounds([str(run), str(table)])
    assert (only.size, [task.title for task in only.tasks], only.repeated) == (3, ["Một việc khác"], 1)


@pytest.mark.parametrize("arguments", [[], ["/no/such.jsonl"], ["2024=/no/such.csv"]])
def test_nothing_to_read(arguments: list[str]) -> None:
    with pytest.raises(InputError):
        read_rounds(arguments)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "a.jsonl"
    path.write_bytes(content)
    try:
        read_rounds([f"2024={path}"])
    except MatcherError as err:
        assert err.cure or "a.jsonl" in str(err)
