"""Three hundred mixed files of 2 to 4 pages through `matcher match`: first, again, and after changing three of them.

The command is run as a user runs it, on a terminal of its own whose progress is read back. Memory is the most that it
and its children (LibreOffice, Tesseract) held at one moment, sampled five times a second. The models are unpacked
before, by a run over one title. `BENCH_FORMS=60` makes fewer files, `BENCH_FORMS_KEEP=FOLDER` keeps them.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
FILES = int(os.environ.get("BENCH_FORMS", "300"))
MOST_MB = 2000
_NEEDED = ("soffice", "tesseract")
_STEP = re.compile(r"(?:Đọc phiếu|Đối chiếu)\D*\d+/\d+|Chuẩn bị mô hình|Tìm trùng lặp|Ghi kết quả")
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_TALLY = re.compile(r"(\d+) lấy lại từ lần chạy trước(?:, (\d+) mới)?")
_SAMPLE = 0.2


@dataclass
class Ran:
    """One run of the command: what it cost, and what it said of itself on the way."""

    seconds: float
    processor: float = 0.0
    megabytes: float = 0.0
    said: str = ""
    steps: list[tuple[float, str]] = field(default_factory=list)

    @property
    def longest_silence(self) -> float:
        """Seconds for which nothing of the progress moved."""
        times = [0.0, *(at for at, _ in self.steps), self.seconds]
        return max(later - sooner for sooner, later in pairwise(times))


@dataclass(frozen=True)
class State:
    """What is kept between runs: vectors, documents that were slow to read."""

    vectors: int
    documents: int

    @classmethod
    def of(cls, cache: Path) -> State:
        vectors = 0
        for file in cache.rglob("*.sqlite*"):
            if file.suffix.startswith(".sqlite") and not file.name.endswith(("-wal", "-shm")):
                with sqlite3.connect(file) as connection:
                    vectors += connection.execute("SELECT COUNT(*) FROM vectors").fetchone()[0]
        return cls(vectors, len(list((cache / "documents").glob("*.json"))))


def figures() -> Iterator[dict[str, Any]]:
    """Yield figures as keyword arguments of `benchmarks.__main__.Figure`."""
    missing = [name for name in _NEEDED if shutil.which(name) is None]
    if missing or sys.platform == "win32":
        why = f"{', '.join(missing)} is not installed" if missing else "it needs a terminal that Windows has not"
        yield {"what": "mixed files", "ours": float("nan"), "unit": "s", "alternative": why}
        return
    from benchmarks.mixed_folder import make_folder

    with tempfile.TemporaryDirectory() as temporary:
        place = Path(os.environ.get("BENCH_FORMS_KEEP", temporary))
        folder, work = place / "hồ sơ", place / "work"
        if not folder.is_dir():
            work.mkdir(parents=True)
            make_folder(folder, work, FILES)
        yield from measured(folder, sorted(folder.iterdir()), place)


def measured(folder: Path, files: Sequence[Path], place: Path) -> Iterator[dict[str, Any]]:
    from benchmarks.plain_text import text_of_all

    (place / "text").mkdir(exist_ok=True)
    title = place / "một.txt"
    title.write_text("Tên nhiệm vụ: Nghiên cứu kỹ thuật trồng thâm canh cây hồi\n", encoding="utf-8")
    match(title, place, "một")
    before = State.of(place / "cache")
    first = match(folder, place)
    kept = State.of(place / "cache")
    records = [json.loads(line) for line in (place / "r.jsonl").read_text(encoding="utf-8").splitlines()]
    name = f"{len(files)} files"
    yield {"what": f"{name}: documents in them", "ours": len(records), "unit": ""}
    pages = [record["form"]["pages"] or 0 for record in records]
    yield {"what": f"{name}: pages a document", "ours": sum(pages) / len(pages), "unit": ""}
    yield {"what": f"{name}: matched, nothing kept from before", "ours": first.seconds, "unit": "s"}
    yield {"what": f"{name}: the same, of one processor", "ours": first.processor, "unit": "s"}
    yield from of_run(first, name)
    yield {"what": f"{name}: texts encoded", "ours": kept.vectors - before.vectors, "unit": ""}
    again = match(folder, place)
    yield from done_again(again, first, kept, State.of(place / "cache"), "again, nothing changed")
    changed = change_three(files, place)
    third = match(folder, place)
    yield from done_again(third, first, kept, State.of(place / "cache"), f"again, {changed} changed")
    plain = processor_seconds(lambda: text_of_all(files, place / "text"))
    named = {"alternative": "their text alone: python-docx, pypdfium2, soffice, tesseract", "theirs": plain}
    yield {"what": f"{name}: the first run, of one processor", "ours": first.processor, "unit": "s", **named}


def of_run(run: Ran, name: str) -> Iterator[dict[str, Any]]:
    limit = {"alternative": "the limit", "theirs": MOST_MB}
    yield {"what": f"{name}: memory at the most, children too", "ours": run.megabytes, "unit": "MB", **limit}
    yield {"what": f"{name}: steps of the progress shown", "ours": len(run.steps), "unit": ""}
    yield {"what": f"{name}: longest that the progress stood still", "ours": run.longest_silence, "unit": "s"}


def done_again(run: Ran, first: Ran, before: State, after: State, name: str) -> Iterator[dict[str, Any]]:
    """Yield what a later run did, by its own account and by what it added to what is kept."""
    taken_over, fresh = tally(run.said)
    beside = {"alternative": "the first run", "theirs": first.seconds}
    yield {"what": name, "ours": run.seconds, "unit": "s", **beside}
    beside = {"alternative": "the first run", "theirs": first.processor}
    yield {"what": f"{name}: of one processor", "ours": run.processor, "unit": "s", **beside}
    yield {"what": f"{name}: taken over, it says", "ours": taken_over, "unit": "documents"}
    yield {"what": f"{name}: new, it says", "ours": fresh, "unit": "documents"}
    yield {"what": f"{name}: texts encoded", "ours": after.vectors - before.vectors, "unit": ""}
    yield {"what": f"{name}: read by LibreOffice or Tesseract", "ours": after.documents - before.documents, "unit": ""}


def tally(said: str) -> tuple[int, int]:
    found = _TALLY.search(said)
    if found is None:
        raise ValueError(f"the command says nothing of an earlier run: {said[-1000:]}")
    return int(found[1]), int(found[2] or 0)


def change_three(files: Sequence[Path], place: Path) -> int:
    """Change a Word file, a file for LibreOffice and a member of an archive."""
    import zipfile

    from benchmarks.mixed_folder import pack

    word = next(path for path in files if path.suffix == ".docx")
    other = next(path for path in files if path.suffix == ".rtf")
    archive = next(path for path in files if path.suffix == ".zip")
    reword(word)
    content = other.read_bytes()
    other.write_bytes(content.replace(b"(khu v", b"(c\\'e1c khu v", 1))
    if other.read_bytes() == content:
        raise ValueError(f"{other.name}: nothing to change")
    with tempfile.TemporaryDirectory(dir=place) as temporary:
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(temporary)
        members = sorted(Path(temporary).rglob("*.*"))
        reword(next(path for path in members if path.suffix == ".docx"))
        pack(archive, members)
    return 3


def reword(path: Path) -> None:
    """Change a word of a Word file's lines."""
    import docx

    document = docx.Document(str(path))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)]
    runs = [run for paragraph in paragraphs for run in paragraph.runs if " số " in run.text]
    if not runs:
        raise ValueError(f"{path.name}: nothing to change")
    for run in runs:
        run.text = run.text.replace(" số ", " thử nghiệm số ")
    document.save(str(path))


def match(inputs: Path, place: Path, name: str = "r") -> Ran:
    """Run `matcher match` with three outputs on a terminal of its own."""
    import pty

    arguments = ["match", str(inputs)]
    for suffix in ("jsonl", "xlsx", "html"):
        arguments += ["--output", str(place / f"{name}.{suffix}")]
    command = [sys.executable, "-c", f"from matcher.cli import main; raise SystemExit(main({arguments!r}))"]
    environment = {**os.environ, "MATCHER_CACHE_DIR": str(place / "cache"), "COLUMNS": "100", "TERM": "xterm"}
    ours, theirs = pty.openpty()
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=theirs, stdout=subprocess.DEVNULL)
    os.close(theirs)
    run = watched(process, ours, begun)
    os.close(ours)
    if process.returncode not in (0, 1) or "Traceback" in run.said:
        raise RuntimeError(run.said)
    return run


def watched(process: subprocess.Popen[bytes], terminal: int, begun: float) -> Ran:
    """Follow a run to its end: what it shows, and the memory that it takes."""
    import select

    run = Ran(0.0)
    seen: set[str] = set()
    used = processor_time()
    while process.poll() is None or select.select([terminal], [], [], 0)[0]:
        run.megabytes = max(run.megabytes, sum(map(resident, family(process.pid))))
        if not select.select([terminal], [], [], _SAMPLE)[0]:
            continue
        shown = read(terminal)
        if not shown:
            break
        run.said += _CONTROL.sub("", shown)
        for step in _STEP.findall(_CONTROL.sub("", shown)):
            if step not in seen:
                seen.add(step)
                run.steps.append((time.perf_counter() - begun, step))
    process.wait()
    run.seconds, run.processor = time.perf_counter() - begun, processor_time() - used
    return run


def read(terminal: int) -> str:
    try:
        return os.read(terminal, 1 << 20).decode(errors="ignore")
    except OSError:  # Linux's way to say that nobody writes any more
        return ""


def family(pid: int) -> list[int]:
    """Return a process and all that it started, where the system tells (Linux)."""
    found = [pid]
    for each in found:
        for task in Path(f"/proc/{each}/task").glob("*/children"):
            try:
                found += [int(child) for child in task.read_text(encoding="ascii").split()]
            except OSError:
                continue  # it ended meanwhile
    return found


def resident(pid: int) -> float:
    """Return the megabytes that a process holds in memory."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


def processor_time() -> float:
    """Return the seconds of one processor that this process and those that it waited for have used."""
    import resource

    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def processor_seconds(action: Callable[[], Any]) -> float:
    start = processor_time()
    action()
    return processor_time() - start
