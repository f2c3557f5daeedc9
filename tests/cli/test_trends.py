"""`matcher trends` as an office uses it, over saved runs made up for the tests."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from matcher.cli import main
from tests.trends.runs import save, several


def matcher(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["trends", *map(str, arguments)])
    return int(ended.value.code or 0)


def test_a_run_becomes_every_kind_of_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = save(tmp_path / "lan-1.jsonl", several(12))
    outputs = [tmp_path / f"r.{kind}" for kind in ("html", "docx", "xlsx", "json")]
    code = matcher(f"2024={run}", "--no-topics", *(part for output in outputs for part in ("--output", output)))
    shown = capsys.readouterr()
    assert code == 0, shown.err
    assert "Có 12 đề xuất trong năm 2024" in shown.out and "Chỉ có một năm" in shown.out
    assert all(output.stat().st_size for output in outputs)
    assert json.loads(outputs[-1].read_text(encoding="utf-8"))["proposals"] == {"2024": 12}


def test_damaged_lines_cost_only_themselves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = save(tmp_path / "lan-1.jsonl", several(12), manifest=False)
    run.write_bytes(run.read_bytes() + b"{hong\n")
    assert matcher(f"2024={run}", "--no-topics", "--output", tmp_path / "r.json") == 1
    assert "dòng 13" in capsys.readouterr().err
    assert (tmp_path / "r.json").is_file()


@pytest.mark.parametrize(
    ("run", "output", "says"),
    [("2024=a.jsonl", "r.pdf", ".html"), ("2024=a.jsonl", "a.jsonl.json", "khong-co"), ("a.jsonl", "r.json", "năm")],
)
def test_wrong_use_is_one_line(tmp_path, capsys, monkeypatch, run, output, says):
    monkeypatch.chdir(tmp_path)
    if says != "khong-co":
        save(tmp_path / "a.jsonl", several(3), manifest=False)
    assert matcher(run, "--output", output) == 2
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert says in line or says == "khong-co"
    assert not (tmp_path / output).exists()


def test_its_help_is_light() -> None:
    heavy = ("torch", "pandas", "plotly", "matplotlib", "sklearn", "scipy", "docx")
    code = f"import sys, matcher.cli.trending; print([name for name in {heavy!r} if name in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
