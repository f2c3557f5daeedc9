"""The command line as other programs use it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def matcher(*arguments: object) -> subprocess.CompletedProcess[str]:
    code = "import sys; from matcher.cli import main; sys.exit(main(sys.argv[1:]))"
    return subprocess.run([sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True)


def test_help_lists_every_command() -> None:
    shown = matcher("--help")
    assert shown.returncode == 0
    for command in ("announcement", "match", "duplicates", "evaluate", "calibrate", "model"):
        assert f"\n  {command}" in shown.stdout


def test_an_announcement_is_shown_and_written(tmp_path: Path) -> None:
    shown = matcher("announcement", "lang-son-2025", "--json", tmp_path / "a.json")
    assert shown.returncode == 0, shown.stderr
    assert "5.3" in shown.stdout
    assert "18/KH-UBND" in shown.stdout
    assert len(json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["orientations"]) == 43


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["match", "nowhere.csv"], "nowhere.csv"),
        (["match"], "PROPOSALS"),
        (["announcement", "nowhere.txt"], "nowhere.txt"),
        (["announcement", "README.md"], "README.md"),
        (["frobnicate"], "frobnicate"),
        (["match", "README.md", "--lang", "fr"], "fr"),
        (["evaluate", "nowhere.jsonl"], "nowhere.jsonl"),
        (["model", "show", "no-such-model"], "no-such-model"),
        (["--settings", "nowhere.toml", "model", "show"], "nowhere.toml"),
    ],
)
def test_wrong_use_ends_with_2_and_says_what_to_do(arguments: list[str], word: str) -> None:
    shown = matcher(*arguments)
    assert shown.returncode == 2
    assert word in shown.stderr
    assert "Traceback" not in shown.stderr


def test_a_table_without_titles_lists_its_columns(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("số,diễn giải\n1,abc\n", encoding="utf-8")
    shown = matcher("match", tmp_path / "t.csv")
    assert shown.returncode in (1, 2)
    assert "diễn giải" in shown.stderr


def test_models_are_listed_and_shown() -> None:
    assert "orientation-vi" in matcher("model", "list").stdout
    assert "multilingual-e5-small" in matcher("model", "show").stdout


def test_duplicates_alone(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text(
        "id,title\na,Bảo tồn gà sáu ngón Mẫu Sơn\nb,Bảo tồn gà sáu ngón Mẫu Sơn\n", encoding="utf-8"
    )
    shown = matcher("duplicates", tmp_path / "p.csv", "--output", tmp_path / "d.jsonl")
    assert shown.returncode == 0, shown.stderr
    (pair,) = [json.loads(line) for line in (tmp_path / "d.jsonl").read_text(encoding="utf-8").splitlines()]
    assert (pair["a"], pair["b"], pair["kind"], pair["source"]) == ("a", "b", "identical", "batch")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send to one process")
def test_an_interrupt_ends_with_130_and_keeps_what_was_finished(tmp_path: Path) -> None:
    import signal
    import time

    titles = [f"Nghiên cứu kỹ thuật trồng cây dược liệu giống số {i} ở huyện vùng cao" for i in range(1500)]
    (tmp_path / "p.csv").write_text("title\n" + "\n".join(titles) + "\n", encoding="utf-8")
    code = "import sys; from matcher.cli import main; sys.exit(main(sys.argv[1:]))"
    arguments = ["match", str(tmp_path / "p.csv"), "--output", str(tmp_path / "o.jsonl"), "--quiet"]
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "MATCHER_CACHE_DIR": str(tmp_path / "cache")},
    )
    journals = tmp_path / "cache" / "runs"
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and not any(path.stat().st_size for path in journals.glob("*.jsonl")):
        time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, shown = process.communicate(timeout=60)
    assert process.returncode == 130, shown
    assert "Traceback" not in shown
    assert not (tmp_path / "o.jsonl").exists()
    assert sum(path.read_bytes().count(b"\n") for path in journals.glob("*.jsonl")) >= 1
