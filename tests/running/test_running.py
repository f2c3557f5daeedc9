"""Runs: outputs, manifests, interruption, bad input."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from matcher.errors import InputError, OutputError
from matcher.running import Request, Run
from matcher.running.run import JOURNAL_EVERY
from matcher.settings import Settings


def run(request: Request) -> list[dict]:
    with Run(request) as job:
        job.finish()
    (output,) = [path for path in request.outputs if path.suffix == ".jsonl"]
    return [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]


def test_every_kind_of_output_with_its_manifest(table: Path, tmp_path: Path, settings: Settings) -> None:
    outputs = tuple(tmp_path / "kết quả" / f"r.{suffix}" for suffix in ("jsonl", "csv", "xlsx", "docx", "html"))
    records = run(Request((table,), (), outputs, settings))
    assert [record["proposal"]["id"] for record in records] == ["A1", "A2", "A3", "A4", "A5", "A6"]
    for output in outputs:
        assert output.stat().st_size > 500
        manifest = json.loads(output.with_name(output.name + ".manifest.json").read_text(encoding="utf-8"))
        assert manifest["inputs"][0]["name"] == "đề xuất.csv"
        assert manifest["settings"]["model"] == "orientation-vi"


def test_progress_is_told_for_every_proposal_read_and_assessed(table: Path, settings: Settings) -> None:
    told: list[tuple[str, int, int]] = []
    with Run(Request((table,), (), (), settings)) as job:
        job.finish(lambda *step: told.append(step))
    assert [step for step in told if step[0] == "read"] == [("read", done, 6) for done in range(7)]
    assert [step for step in told if step[0] == "assess"] == [("assess", done, 6) for done in range(1, 7)]
    assert [stage for stage, _, _ in told[-2:]] == ["duplicates", "outputs"]


def test_the_same_run_twice_gives_the_same_bytes(table: Path, tmp_path: Path, settings: Settings) -> None:
    files = [(tmp_path / f"{i}" / "r.jsonl", tmp_path / f"{i}" / "r.html") for i in (1, 2)]
    for outputs in files:
        run(Request((table,), (), outputs, settings))
    for one, two in zip(*files, strict=True):
        assert one.read_bytes() == two.read_bytes()


def test_an_interrupted_run_goes_on_where_it_stopped(table: Path, tmp_path: Path, settings: Settings) -> None:
    request = Request((table,), (), (tmp_path / "r.jsonl",), settings)
    whole = run(request)

    stopped = Run(request)
    stopped._journal.parent.mkdir(parents=True, exist_ok=True)
    lines = (tmp_path / "r.jsonl").read_bytes().splitlines(keepends=True)
    marked = json.loads(lines[0]) | {"outside_probability": 0.123456, "duplicates": []}
    first = json.dumps(marked, ensure_ascii=False).encode() + b"\n"
    stopped._journal.write_bytes(first + lines[1][: len(lines[1]) // 2])  # the power went in the second line
    again = run(request)
    assert again[0]["outside_probability"] == 0.123456, "what was finished is kept"
    assert [record["matches"] for record in again[1:]] == [record["matches"] for record in whole[1:]]
    assert again[0]["duplicates"] == whole[0]["duplicates"], "duplicates are found anew over the whole batch"
    assert not stopped._journal.exists(), "a finished run leaves no journal"


def test_a_killed_run_is_taken_up(tmp_path: Path, settings: Settings) -> None:
    """A real process killed in the middle of its work."""
    table = tmp_path / "p.csv"
    titles = [f"Nghiên cứu kỹ thuật trồng cây dược liệu số {i} tại huyện Bắc Sơn" for i in range(200)]
    table.write_text("title\n" + "\n".join(titles) + "\n", encoding="utf-8")
    code = (
        "import os, sys; from pathlib import Path; from matcher.running import *; from matcher.settings import Settings\n"
        f"s = Settings(cache_dir={settings.cache_dir!r}, explained=0)\n"
        "def stop(stage, done, total):\n"
        "    if done >= 64: os._exit(9)\n"
        f"Run(Request((Path({str(table)!r}),), (), (Path({str(tmp_path / 'r.jsonl')!r}),), s)).finish(stop)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 9, done.stderr
    assert not (tmp_path / "r.jsonl").exists(), "no half-written output stands under its name"
    request = Request((table,), (), (tmp_path / "r.jsonl",), settings.replace(explained=0))
    started = Run(request)
    kept = started._journal.read_bytes().count(b"\n")
    assert 64 - JOURNAL_EVERY <= kept <= 64, "a power cut costs no more than lies between two writes"
    assert len(run(request)) == 200


def test_one_bad_file_never_stops_the_rest(table: Path, tmp_path: Path, settings: Settings) -> None:
    folder = tmp_path / "hồ sơ"
    folder.mkdir()
    (folder / "hỏng.docx").write_bytes(b"PK\x03\x04 not really")
    (folder / "rỗng.txt").write_bytes(b"")
    (folder / "tốt.txt").write_text("Tên nhiệm vụ: Nghiên cứu bảo tồn gà sáu ngón Mẫu Sơn", encoding="utf-8")
    records = run(Request((folder, table), (), (tmp_path / "r.jsonl",), settings))
    status = [record["proposal"]["status"] for record in records]
    assert status.count("failed") == 2
    assert status.count("ok") == 7
    assert all(record["proposal"]["problems"] for record in records if record["proposal"]["status"] == "failed")


def test_requests_that_cannot_be_met(table: Path, tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(InputError, match="nowhere"):
        Run(Request((tmp_path / "nowhere.csv",), (), (), settings))
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="empty"):
        Run(Request((tmp_path / "empty",), (), (), settings))
    with pytest.raises(OutputError, match="pptx"):
        Run(Request((table,), (), (tmp_path / "r.pptx",), settings))
    with pytest.raises(InputError, match="lang-son-2025"):
        Run(Request((table,), (), (), settings.replace(announcement="hanoi")))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_said(table: Path, settings: Settings) -> None:
    code = (
        "import sys, matcher.cli; sys.exit(matcher.cli.main(['announcement', 'lang-son-2025', '--json', '/dev/full']))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, "PYTHONIOENCODING": "utf-8"}
    )
    assert shown.returncode == 2
    assert "/dev/full" in shown.stderr
    assert "Traceback" not in shown.stderr


@pytest.mark.slow
def test_fifty_thousand_rows_in_bounded_memory(tmp_path: Path, settings: Settings) -> None:
    table = tmp_path / "big.csv"
    crops = ["hồi", "na", "quýt", "thạch đen", "mắc ca", "rau bò khai", "đào", "chè", "lúa nếp", "ngựa bạch"]
    with table.open("w", encoding="utf-8") as stream:
        stream.write("title\n")
        for i in range(50_000):
            stream.write(f"Nghiên cứu kỹ thuật trồng {crops[i % 10]} giống số {i % 2000} tại thôn {i % 500}\n")
    code = (
        "import resource; from pathlib import Path; from matcher.running import *; from matcher.settings import Settings\n"
        f"s = Settings(cache_dir={settings.cache_dir!r}, explained=0)\n"
        f"with Run(Request((Path({str(table)!r}),), (), (Path({str(tmp_path / 'r.jsonl')!r}),), s)) as job: job.finish()\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 4000
