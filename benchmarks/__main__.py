"""`make bench`: prints a table; `make bench ONLY=words` runs the parts whose name holds the word.

A noisy machine makes absolute figures poor; the ratio to the alternative, measured in the same run, is what to read.
"""

from __future__ import annotations

import csv
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Figure:
    what: str
    ours: float
    unit: str
    alternative: str = ""
    theirs: float | None = None


def best_of(action: Callable[[], object], times: int = 3) -> float:
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def titles() -> list[str]:
    with (ROOT / "corpus/lang-son-2025/register.csv").open(encoding="utf-8") as stream:
        return [row["tên nhiệm vụ"] for row in csv.DictReader(stream)]


def start_up() -> Iterator[Figure]:
    def command(*arguments: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, *arguments], capture_output=True, check=True)

    ours = best_of(command("-c", "from matcher.cli import main; main(['--help'])"))
    yield Figure("matcher --help", ours, "s", "python -c pass", best_of(command("-c", "pass")))


def announcement() -> Iterator[Figure]:
    from matcher.announcement import read_announcement
    from matcher.reading import read_document

    file = ROOT / "corpus/lang-son-2025/announcement.txt"
    read_announcement(file)
    ours = best_of(lambda: read_announcement(file), 5)
    yield Figure(
        "reading the real announcement",
        ours * 1000,
        "ms",
        "its text alone",
        best_of(lambda: read_document(file)) * 1000,
    )


def words() -> Iterator[Figure]:
    from underthesea import word_tokenize

    from matcher.segmenting import Segmenter

    many = [f"{title} {i}" for i in range(14) for title in titles()][:1000]
    Segmenter().segment("làm nóng")
    ours = 1000 / best_of(lambda: Segmenter().segment_all(many), 1)
    theirs = 1000 / best_of(lambda: [word_tokenize(title) for title in many], 1)
    yield Figure("words of 1,000 titles", ours, "titles/s", "underthesea.word_tokenize", theirs)


def encoding() -> Iterator[Figure]:
    from sentence_transformers import SentenceTransformer

    from matcher.encoding import expand, load_encoder, read_card
    from matcher.settings import Settings, resource_dir

    settings = Settings()
    encoder = load_encoder(settings.model, settings)
    other = SentenceTransformer(str(expand(read_card(resource_dir("models") / settings.model), settings.cache_path)))
    for name, texts in (
        ("titles", titles()),
        ("texts of about 80 tokens", [" ".join([t, t, t])[:330] for t in titles()]),
    ):
        ours = len(texts) / best_of(lambda texts=texts: encoder.encode(texts), 2)
        theirs = len(texts) / best_of(lambda texts=texts: other.encode([f"query: {t}" for t in texts]), 2)
        yield Figure(f"vectors of {name}", ours, "texts/s", "sentence-transformers, batches of 32", theirs)


def matching() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        arguments = ["match", str(ROOT / "corpus/lang-son-2025/proposals.csv"), "--quiet"]
        arguments += ["--output", f"{folder}/r.jsonl", "--output", f"{folder}/r.xlsx", "--output", f"{folder}/r.html"]
        code = f"from matcher.cli import main; main({arguments!r})"
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=ROOT)
        yield Figure("make match: 43 proposals, three outputs", time.perf_counter() - start, "s")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        yield Figure("its memory at the most", peak, "MB")


def duplicates() -> Iterator[Figure]:
    from benchmarks.duplicates import figures

    return (Figure(**figure) for figure in figures())


def topics() -> Iterator[Figure]:
    from benchmarks.topics import figures

    return (Figure(**figure) for figure in figures())


def forms() -> Iterator[Figure]:
    from benchmarks.forms import figures

    return (Figure(**figure) for figure in figures())


PARTS = (start_up, announcement, words, encoding, matching, forms, duplicates, topics)


def main(only: str = "") -> None:
    for part in PARTS:
        if only not in part.__name__:
            continue
        for figure in part():
            line = f"{figure.what:44} {figure.ours:10.2f} {figure.unit}"
            if figure.theirs is not None:
                line += f"   ({figure.alternative}: {figure.theirs:.2f}; ours/theirs {figure.ours / figure.theirs:.2f})"
            elif figure.alternative:
                line += f"   ({figure.alternative})"
            print(line, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:2])
