"""`matcher register` as an office uses it."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REAL = ROOT / "corpus" / "registers" / "viet-nam-real-titles.csv"
Matcher = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def matcher(tmp_path: Path) -> Matcher:
    """Run the command line with a database of this test's own."""

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        code = "import sys; from matcher.cli import main; sys.exit(main(sys.argv[1:]))"
        given = [*map(str, arguments)]
        if given[0] == "register":
            given += ["--db", str(tmp_path / "r.sqlite3")]
        return subprocess.run(
            [sys.executable, "-X", "utf8", "-c", code, *given], capture_output=True, text=True, encoding="utf-8"
        )

    return run


def test_the_real_titles_go_in_once(matcher: Matcher, tmp_path: Path) -> None:
    first = matcher("register", "import", REAL, "--note", "tên công khai")
    assert (first.returncode, first.stderr) == (0, "")
    assert "thêm 119" in first.stdout
    second = matcher("register", "import", REAL)
    assert second.returncode == 0
    assert "không có gì mới" in second.stdout
    shown = matcher("register", "list", "--json", tmp_path / "l.json")
    assert shown.returncode == 0
    assert "viet-nam-real-titles: 119 nhiệm vụ, 2005–2025 (28 không rõ năm)" in shown.stdout
    assert "tên công khai" in shown.stdout
    (record,) = json.loads((tmp_path / "l.json").read_text(encoding="utf-8"))
    assert (record["name"], record["tasks"]) == ("viet-nam-real-titles", 119)
    assert record["years"] == {"first": 2005, "last": 2025, "missing": 28}
    assert record["imports"][0]["file"] == "viet-nam-real-titles.csv"


def test_broken_rows_end_with_1_and_a_missing_file_beside_good_ones_too(matcher: Matcher, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"title": "Một"}\n{broken\n{"title": "Hai"}\n', encoding="utf-8")
    shown = matcher("register", "import", tmp_path / "a.jsonl", tmp_path / "nowhere.csv", REAL)
    assert shown.returncode == 1
    assert "a.jsonl, dòng 2: " in shown.stderr
    assert "nhập lại" in shown.stderr
    assert "nowhere.csv" in shown.stderr
    assert "thêm 2, không nhập được 1" in shown.stdout
    assert "thêm 119" in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["register", "import", "nowhere.csv"], "nowhere.csv"),
        (["register", "import", "README.md"], "README.md"),
        (["register", "import", REAL, "--name", "all"], "--name"),
        (["register", "import", REAL, "--year", "12"], "12"),
        (["register", "add", "nowhere.jsonl", "--name", "x"], "nowhere.jsonl"),
        (["register", "remove", "nothing"], "nothing"),
        (["match", REAL, "--register", "no-such-register"], "no-such-register"),
    ],
)
def test_wrong_use_ends_with_2(matcher: Matcher, arguments: list[object], word: str) -> None:
    shown = matcher(*arguments)
    assert shown.returncode == 2, shown.stdout
    assert word in shown.stderr
    assert "Traceback" not in shown.stderr


def test_an_empty_list_says_what_to_do(matcher: Matcher) -> None:
    shown = matcher("register", "list")
    assert (shown.returncode, shown.stdout) == (0, "")
    assert "matcher register import" in shown.stderr


def test_a_round_compared_with_everything_before_and_added_after(matcher: Matcher, tmp_path: Path) -> None:
    matcher("register", "import", REAL, "--name", "Thật")
    table = tmp_path / "p.csv"
    table.write_text("id,title\nA,Xây dựng nhãn hiệu tập thể rau Cao Lộc\nB,Thử xem\n", encoding="utf-8")
    database = ("--db", tmp_path / "r.sqlite3")
    shown = matcher("match", table, "--register", "Thật", *database, "--output", tmp_path / "o.jsonl", "--quiet")
    assert shown.returncode == 0, shown.stderr
    lines = [json.loads(line) for line in (tmp_path / "o.jsonl").read_text(encoding="utf-8").splitlines()]
    assert ("T020", "identical") in [(pair["with"], pair["kind"]) for pair in lines[0]["duplicates"]]

    added = matcher("register", "add", tmp_path / "o.jsonl", "--name", "Đợt 2026", "--year", "2026")
    assert added.returncode == 0, added.stderr
    assert "Đợt 2026" in added.stdout
    assert (
        "không có gì mới"
        in matcher("register", "add", tmp_path / "o.jsonl", "--name", "Đợt 2026", "--year", 2026).stdout
    )

    later = tmp_path / "q.csv"
    later.write_text("id,title\nC,XÂY DỰNG NHÃN HIỆU TẬP THỂ RAU CAO LỘC\n", encoding="utf-8")
    found = matcher("duplicates", later, "--register", "all", *database, "--output", tmp_path / "d.jsonl")
    assert found.returncode == 0, found.stderr
    pairs = [json.loads(line) for line in (tmp_path / "d.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {pair["b"] for pair in pairs if pair["kind"] == "identical"} == {"A", "T020"}

    removed = matcher("register", "remove", "đợt 2026")
    assert (removed.returncode, "Đợt 2026" in matcher("register", "list").stdout) == (0, False)
