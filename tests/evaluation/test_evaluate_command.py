"""`matcher evaluate` as a user sees it: tables, JSON, the page, and what it refuses."""

import importlib.util
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from matcher.cli.commands import cli
from matcher.errors import InputError, MissingDependencyError
from matcher.evaluation import comparison
from matcher.evaluation.labels import LABELS, RANKING

from .systems import gold_line, prediction_line, random_run, write_lines


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "100")

    def call(*arguments: object) -> Result:
        return CliRunner().invoke(cli, ["evaluate", *map(str, arguments)])

    return call


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    gold, predictions = random_run(3, n=40)
    return (
        write_lines(tmp_path / "real.jsonl", gold[:25]),
        write_lines(tmp_path / "more.jsonl", gold[25:]),
        write_lines(tmp_path / "run.jsonl", predictions),
    )


@pytest.mark.parametrize("language", ["vi", "en"])
def test_tables_fit_in_100_columns_and_say_what_is_synthetic(run, files, language: str) -> None:
    real, more, predictions = files
    shown = run(real, more, "--predictions", predictions, "--lang", language)
    assert shown.exit_code == 0, shown.output
    assert max(map(len, shown.stdout.splitlines())) <= 100
    head = " ".join(shown.stdout.split()[:30])
    assert ("26 of them synthetic" if language == "en" else "26 đề xuất là tổng hợp") in head
    for word in ("nDCG@5", "AUROC", "FPR95", "ECE", "Brier", "AURC"):
        assert word in shown.stdout


def test_json_has_every_figure_with_its_interval_and_the_curves(run, files, tmp_path: Path) -> None:
    real, more, predictions = files
    out = tmp_path / "figures.json"
    assert run(real, more, "--predictions", predictions, "--json", out).exit_code == 0
    record = json.loads(out.read_text(encoding="utf-8"))
    assert record["gold"] == [{"file": "real.jsonl", "judgments": 25}, {"file": "more.jsonl", "judgments": 15}]
    assert record["counts"]["synthetic"] == 26
    for figure in ("ndcg@5", "plan@1", "outside_auroc_near", "ece_top3", "uncertain", "aurc"):
        assert record["figures"][figure].keys() == {"mean", "low", "high", "n"}
    assert record["systems"]["run.jsonl"]["ndcg@5"] == record["figures"]["ndcg@5"]
    assert record["difference"] is None
    assert len(record["reliability"]["top3"]) == 10
    assert record["roc"]["near"][-1] == [1, 1]
    assert record["risk_coverage"]["inside"][-1][0] == 1


def test_the_page_is_whole_offline_and_bilingual(run, files, tmp_path: Path) -> None:
    real, more, predictions = files
    out = tmp_path / "page.html"
    assert run(real, more, "--predictions", predictions, "--html", out).exit_code == 0
    page = out.read_text(encoding="utf-8")
    assert "<script" not in page
    assert "http://" not in page.replace("http-equiv", "")
    assert "https://" not in page
    assert "26 trong 40 đề xuất là tổng hợp" in page
    assert "26 of 40 proposals are synthetic" in page
    assert page.count('<svg class="chart"') == 3
    for key in RANKING:
        assert all(text in page for text in LABELS[key])
    svg = page[page.index('<svg class="chart"') : page.index("</svg>")] + "</svg>"
    drawn = ET.fromstring(svg)
    for point in drawn.findall("circle"):
        assert 46 <= float(point.get("cx")) <= 348
        assert 10 <= float(point.get("cy")) <= 256


def test_hostile_titles_and_ids_stay_text_on_the_page(run, tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>"
    gold = write_lines(tmp_path / "g.jsonl", [gold_line("a", {evil: 2}), gold_line("b", {"1.1": 2})])
    said = {evil: 0.9, "1.1": 0.2}
    predictions = write_lines(tmp_path / "r.jsonl", [prediction_line(key, said) for key in "ab"])
    out = tmp_path / "page.html"
    assert run(gold, "--predictions", predictions, "--html", out).exit_code == 0
    assert "<script" not in out.read_text(encoding="utf-8")


def test_gold_about_another_announcement_is_refused_with_the_ids(run, tmp_path: Path) -> None:
    gold = write_lines(tmp_path / "g.jsonl", [gold_line("a", {"9.1": 2, "1.1": 1}), gold_line("b", {"7.3": 1})])
    shown = run(gold)
    assert isinstance(shown.exception, InputError)
    assert "9.1 (a), 7.3 (b)" in str(shown.exception)
    assert "--announcement" in str(shown.exception)


def test_predictions_that_lack_proposals_are_refused(run, tmp_path: Path) -> None:
    gold = write_lines(tmp_path / "g.jsonl", [gold_line("a", {"1.1": 2}), gold_line("b", {"1.1": 2})])
    predictions = write_lines(tmp_path / "r.jsonl", [prediction_line("a", {"1.1": 0.5})])
    shown = run(gold, "--predictions", predictions)
    assert isinstance(shown.exception, InputError)
    assert "lacks 1 of the judged proposals: b" in str(shown.exception)


def test_baselines_without_bm25s_name_the_extra(run, files, monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(comparison, "find_spec", lambda name: None if name == "bm25s" else find(name))
    shown = run(files[0], "--predictions", files[2], "--baselines")
    assert isinstance(shown.exception, MissingDependencyError)
    assert "orientation-matcher[bench]" in str(shown.exception)


def test_an_output_that_cannot_be_written_is_told_before_the_work(run, files, tmp_path: Path) -> None:
    shown = run(files[0], "--predictions", tmp_path / "none.jsonl", "--json", tmp_path)
    assert shown.exit_code != 0
    assert str(tmp_path) in str(shown.exception)
    assert "folder" in str(shown.exception)


def test_ours_beside_the_baselines(run, tmp_path: Path) -> None:
    titles = {
        "3.13": "Nghiên cứu lịch sử khởi nghĩa Bắc Sơn", "4.1": "Ứng dụng kỹ thuật mới trong khám, chữa bệnh",
        "1.5": "Bảo tồn nguồn gen gà sáu ngón",
    }  # fmt: skip
    lines = [gold_line(f"t{o}", {o: 2}) | {"title": title} for o, title in titles.items()]
    out = tmp_path / "figures.json"
    shown = run(write_lines(tmp_path / "g.jsonl", lines), "--baselines", "--json", out)
    assert shown.exit_code == 0, shown.output
    assert max(map(len, shown.stdout.splitlines())) <= 100
    record = json.loads(out.read_text(encoding="utf-8"))
    assert list(record["systems"]) == ["matcher", "TF-IDF", "BM25", "raw cosine", "rank fusion"]
    assert record["difference"]["baseline"] in record["systems"]
    assert record["systems"]["matcher"]["ndcg@5"]["mean"] > 0.5
    assert "nDCG@5 − " in shown.stdout
    assert "DEBUG" not in shown.stderr
