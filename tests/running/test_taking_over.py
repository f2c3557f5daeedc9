"""A second run does only what is new, and what it writes is what a first run would have written."""

import hashlib
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from matcher.reporting import manifest_path
from matcher.running import Request, Run, Tally
from matcher.running.run import JOURNAL_EVERY
from matcher.settings import Settings

FORMS = Path(__file__).parents[1] / "data" / "forms"
TITLES = {
    "hồi.txt": "Nghiên cứu kỹ thuật trồng thâm canh cây hồi tại huyện Văn Quan",
    "rác.txt": "Ứng dụng chế phẩm vi sinh xử lý rác thải hữu cơ tại hộ gia đình xã Mai Pha",
    "gà.txt": "Bảo tồn và phát triển giống gà sáu ngón Mẫu Sơn tại huyện Lộc Bình",
}
#: Documents of three kinds, and one that LibreOffice would have to convert is left to the tests of reading.
DOCUMENTS = ("01 phieu de xuat.docx", "05-bang-ba-cot.docx", "40-thuong.pdf")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "hồ sơ"
    folder.mkdir()
    for name, title in TITLES.items():
        (folder / name).write_text(f"Tên nhiệm vụ: {title}\nMục tiêu: Nâng cao thu nhập.\n", encoding="utf-8")
    for name in DOCUMENTS:
        shutil.copyfile(FORMS / name, folder / name)
    (folder / "hỏng.docx").write_bytes(b"PK\x03\x04 not really")
    return folder


def run(folder: Path, output: Path, settings: Settings) -> Tally:
    with Run(Request((folder,), (), (output, output.with_suffix(".csv")), settings)) as job:
        job.finish()
    return job.tally


def as_if_first(folder: Path, output: Path, settings: Settings) -> bytes:
    """Run into another place, where nothing can be taken over, and return what was written."""
    fresh = output.with_name(f"lần đầu {time.monotonic_ns()}.jsonl")
    assert run(folder, fresh, settings).taken_over == 0
    assert fresh.with_suffix(".csv").read_bytes() == output.with_suffix(".csv").read_bytes()
    return fresh.read_bytes()


def ids(output: Path) -> list[str]:
    return [json.loads(line)["proposal"]["id"] for line in output.read_text(encoding="utf-8").splitlines()]


def test_only_what_changed_is_done(folder: Path, tmp_path: Path, settings: Settings) -> None:
    output = tmp_path / "r.jsonl"
    assert run(folder, output, settings) == Tally(0, 6, 1)
    first, noted = output.read_bytes(), manifest_path(output).read_bytes()
    assert run(folder, output, settings) == Tally(6, 0, 1), "nothing is new; what could not be read is tried again"
    assert (output.read_bytes(), manifest_path(output).read_bytes()) == (first, noted)

    (folder / "gà.txt").write_text("Tên nhiệm vụ: Phòng chống đuối nước cho học sinh", encoding="utf-8")
    assert run(folder, output, settings) == Tally(5, 1, 1)
    assert output.read_bytes() == as_if_first(folder, output, settings) != first


def test_files_added_removed_renamed_and_copied(folder: Path, tmp_path: Path, settings: Settings) -> None:
    output = tmp_path / "r.jsonl"
    run(folder, output, settings)
    (folder / "rác.txt").unlink()
    (folder / "01 phieu de xuat.docx").rename(folder / "tên khác.docx")
    (folder / "mới.txt").write_text("Tên nhiệm vụ: Ứng dụng công nghệ số trong du lịch", encoding="utf-8")
    shutil.copyfile(folder / "hồi.txt", folder / "00 bản sao.txt")
    assert run(folder, output, settings) == Tally(6, 1, 1)
    assert output.read_bytes() == as_if_first(folder, output, settings)
    assert "tên khác" in ids(output) and "01 phieu de xuat" not in ids(output)

    (folder / "00 bản sao.txt").unlink()
    assert run(folder, output, settings) == Tally(6, 0, 1)
    assert output.read_bytes() == as_if_first(folder, output, settings), "no copy is spoken of any more"
    (folder / "trong").mkdir()
    (folder / "gà.txt").rename(folder / "trong" / "hồi.txt")
    run(folder, output, settings)
    assert output.read_bytes() == as_if_first(folder, output, settings)
    assert [name for name in ids(output) if name.startswith("hồi")] == ["hồi", "hồi#2"]


def copies_of(name: str, output: Path) -> list[str]:
    records = map(json.loads, output.read_text(encoding="utf-8").splitlines())
    (pairs,) = (record["duplicates"] for record in records if record["proposal"]["id"] == name)
    return [pair["with"] for pair in pairs]


def test_duplicates_are_found_over_all(folder: Path, tmp_path: Path, settings: Settings) -> None:
    output = tmp_path / "r.jsonl"
    run(folder, output, settings)
    text = (folder / "hồi.txt").read_text(encoding="utf-8")
    (folder / "z hồi.txt").write_text(f"{text}\n", encoding="utf-8")
    assert run(folder, output, settings) == Tally(6, 1, 1)
    assert copies_of("hồi", output) == ["z hồi"], "the old one learns of the new one"
    (folder / "z hồi.txt").unlink()
    run(folder, output, settings)
    assert copies_of("hồi", output) == []


def test_rows_of_the_same_content(table: Path, tmp_path: Path, settings: Settings) -> None:
    output = tmp_path / "r.jsonl"
    run(table, output, settings)
    lines = table.read_text(encoding="utf-8").splitlines()
    lines[2:3] = ["B1,Chuyển đổi số trong quản lý di tích xứ Lạng", lines[2].replace("A2", "A2b")]
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert run(table, output, settings) == Tally(6, 1, 0)
    assert ids(output) == ["A1", "B1", "A2b", "A3", "A4", "A5", "A6"]
    assert output.read_bytes() == as_if_first(table, output, settings)


def test_members_of_archives(folder: Path, tmp_path: Path, settings: Settings) -> None:
    output, pack = tmp_path / "r.jsonl", tmp_path / "gói.zip"
    for note in ("một", "hai"):
        with zipfile.ZipFile(pack, "w") as archive:
            for name in TITLES:
                archive.write(folder / name, f"trong/{name}")
            archive.writestr("ghi chú.txt", f"Tên nhiệm vụ: Ghi chú {note} về trồng rau an toàn")
        tally = run(pack, output, settings)
    assert tally == Tally(3, 1, 0)
    assert output.read_bytes() == as_if_first(pack, output, settings)


def edited(output: Path) -> None:
    text = output.read_text(encoding="utf-8")
    output.write_text(text.replace('"outside_probability": 0.', '"outside_probability": 0.9', 1), encoding="utf-8")


def cut(output: Path) -> None:
    output.write_bytes(output.read_bytes()[:-500])


def no_record(output: Path) -> None:
    content = b'{"proposal": 7}\n'
    output.write_bytes(content)
    manifest = json.loads(manifest_path(output).read_bytes())
    manifest["output"]["sha256"] = hashlib.sha256(content).hexdigest()
    manifest_path(output).write_text(json.dumps(manifest), encoding="utf-8")


def other_code(output: Path) -> None:
    manifest = json.loads(manifest_path(output).read_bytes())
    manifest_path(output).write_text(json.dumps(manifest | {"code": "0" * 16}), encoding="utf-8")


def no_manifest(output: Path) -> None:
    manifest_path(output).write_bytes(b"[")


@pytest.mark.parametrize("damage", [edited, cut, no_record, other_code, no_manifest])
def test_an_output_that_cannot_be_trusted_is_not_built_on(
    damage, folder: Path, tmp_path: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    output = tmp_path / "r.jsonl"
    run(folder, output, settings)
    whole = output.read_bytes()
    damage(output)
    with caplog.at_level(logging.WARNING, "matcher.running"):
        assert run(folder, output, settings) == Tally(0, 6, 1)
    assert str(output) in caplog.text
    assert output.read_bytes() == whole


def test_another_announcement_or_setting_is_another_run(folder: Path, tmp_path: Path, settings: Settings) -> None:
    output = tmp_path / "r.jsonl"
    run(folder, output, settings)
    assert run(folder, output, settings.replace(explained=2)).taken_over == 0
    assert run(folder, output, settings.replace(explained=2, top=3)).taken_over == 0
    assert run(folder, output, settings.replace(explained=2, top=3)).taken_over == 0, "what was left out is not there"
    assert run(folder, output, settings.replace(explained=2, cache_dir=f"{settings.cache_dir}/khác")).taken_over == 0
    other = tmp_path / "thông báo.txt"
    text = (FORMS.parents[2] / "corpus/lang-son-2025/announcement.txt").read_text(encoding="utf-8")
    other.write_text(text.replace("cây ăn quả", "cây lấy quả"), encoding="utf-8")
    run(folder, output, settings)
    assert run(folder, output, settings.replace(announcement=str(other))).taken_over == 0


def test_contact_data_are_not_kept(folder: Path, tmp_path: Path, settings: Settings) -> None:
    golden = json.loads((FORMS / "01 phieu de xuat.json").read_text(encoding="utf-8"))
    output = tmp_path / "r.jsonl"
    run(folder, output, settings)
    run(folder, output, settings)
    assert golden["contact"]["telephone"] not in output.read_text(encoding="utf-8")
    assert golden["contact"]["email"] not in output.read_text(encoding="utf-8")


@pytest.mark.parametrize("tail", [b"\0" * 700, b'{"proposal": {"id": "x"', b"}\n\n"])
def test_what_a_power_cut_leaves_at_the_end_of_a_journal(
    tail: bytes, folder: Path, tmp_path: Path, settings: Settings
) -> None:
    output = tmp_path / "r.jsonl"
    run(folder, output, settings)
    lines = output.read_bytes().splitlines(keepends=True)
    whole = output.read_bytes()
    output.unlink()
    cut_off = Run(Request((folder,), (), (output, output.with_suffix(".csv")), settings))
    cut_off._journal.parent.mkdir(parents=True, exist_ok=True)
    cut_off._journal.write_bytes(b"".join(lines[:2]) + tail)
    assert run(folder, output, settings).fresh == 4, "two were finished, one cannot be read"
    assert output.read_bytes() == whole


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send to one process")
def test_stopped_by_hand_it_goes_on_and_the_earlier_output_stands(tmp_path: Path, settings: Settings) -> None:
    table, output = tmp_path / "p.csv", tmp_path / "r.jsonl"
    titles = [f"Nghiên cứu kỹ thuật trồng cây dược liệu giống số {i} ở huyện vùng cao" for i in range(600)]
    environment = {**os.environ, "MATCHER_CACHE_DIR": str(tmp_path / "cache"), "PYTHONIOENCODING": "utf-8"}
    code = "import sys; from matcher.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "match", str(table), "--output", str(output)]
    journals = tmp_path / "cache" / "runs"

    def lines() -> int:
        return sum(path.read_bytes().count(b"\n") for path in journals.glob("*.jsonl"))

    table.write_text("title\n" + "\n".join(titles[:40]) + "\n", encoding="utf-8")
    subprocess.run(command, env=environment, check=True, capture_output=True)
    before = output.read_bytes()
    table.write_text("title\n" + "\n".join(titles) + "\n", encoding="utf-8")
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and not lines() and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, shown = process.communicate(timeout=60)
    assert process.returncode == 130, shown.decode()
    assert output.read_bytes() == before, "the earlier output stands until the new one is whole"
    assert lines() >= JOURNAL_EVERY, "what was taken over or worked out is kept"
    done = subprocess.run(command, env=environment, check=True, capture_output=True, encoding="utf-8")
    assert len(output.read_bytes().splitlines()) == 600
    assert not list(journals.glob("*.jsonl"))
    again = subprocess.run(command, env=environment, check=True, capture_output=True, encoding="utf-8")
    assert "600 lấy lại từ lần chạy trước." in again.stderr, done.stderr
