"""Growth of the search for duplicates over 10,000 to 300,000 texts, beside sentence-transformers, SemHash, datasketch.

The texts are variants, from a fixed seed, of the real titles of `corpus/` and the synthetic ones of its benchmark: of
nine in ten half the syllables are replaced by those of other titles, one in ten is a copy; the vector is the title's
own with noise, at a cosine of about 0.8 to it. Each size is measured in a process of its own, so that its memory is
its own. `BENCH_SIZES=1000,3000` measures other sizes.
"""

from __future__ import annotations

import csv
import json
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
SIZES = (10_000, 30_000, 100_000, 300_000)
#: Up to so many texts the pairs found are compared, too; beyond, only the search is measured.
COMPARED_UP_TO = 100_000
SEEDS = 2000


def figures() -> Iterator[dict[str, Any]]:
    """Yield the figures of all sizes, as keyword arguments of `benchmarks.__main__.Figure`."""
    chosen = os.environ.get("BENCH_SIZES")
    with tempfile.TemporaryDirectory() as folder:
        seeds = Path(folder) / "seeds.pickle"
        run("seeds", seeds)
        for size in [int(part) for part in chosen.split(",")] if chosen else SIZES:
            yield from run(str(size), seeds)


def run(what: str, seeds: Path) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "benchmarks.duplicates", what, str(seeds)]
    lines = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout
    return [json.loads(line) for line in lines.splitlines()]


def seed_titles() -> list[str]:
    titles: list[str] = []
    for file in [ROOT / "corpus/lang-son-2025/register.csv", *sorted((ROOT / "corpus/registers").glob("*.csv"))]:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            titles += [row.get("title") or row.get("tên nhiệm vụ") or "" for row in csv.DictReader(stream)]
    for file in sorted((ROOT / "corpus/benchmark").glob("*/*.jsonl")):
        lines = file.read_text(encoding="utf-8").splitlines()
        titles += [record["title"] for record in map(json.loads, lines) if record.get("title")]
    return list(dict.fromkeys(filter(None, titles)))[:SEEDS]


def save_seeds(file: Path) -> None:
    """Keep the profiles of the titles, so that no measured process loads a model."""
    from matcher.matching import Matcher
    from matcher.records import Proposal, Source
    from matcher.text import normalize

    found = Matcher.from_announcement("lang-son-2025").profiles(
        Proposal(str(i), {"title": normalize(title)}, Source("corpus")) for i, title in enumerate(seed_titles())
    )
    file.write_bytes(pickle.dumps(found))


def variants(size: int, name: str, seed: int) -> list[Any]:
    from matcher.flagging import Profile

    seeds = pickle.loads(Path(sys.argv[2]).read_bytes())
    random = np.random.default_rng(seed)
    syllables = np.array([word for profile in seeds for word in profile.key.split()])
    made = []
    for i in range(size):
        base = seeds[int(random.integers(len(seeds)))]
        vector = base.vector + random.normal(scale=0.75 / len(base.vector) ** 0.5, size=len(base.vector))
        words = np.array(base.key.split(), dtype=syllables.dtype)
        if i % 10:
            places = random.integers(len(words), size=len(words) // 2)
            words[places] = syllables[random.integers(len(syllables), size=len(places))]
        said = frozenset(words.tolist())
        unit = (vector / np.linalg.norm(vector)).astype(np.float32)
        about = base.object if i % 3 else " ".join(words[:3])
        made.append(Profile(f"{name}{i}", " ".join(words), said, about, base.method, base.places, unit, unit))
    return made


def seconds(action: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = action()
    return time.perf_counter() - start, result


def of_size(size: int) -> Iterator[dict[str, Any]]:
    """Measure ours before the others, so that the memory is ours."""
    from matcher.flagging.candidates import MEANING_FLOOR, MOST, Side, candidates_between, candidates_within
    from matcher.flagging.nearest import ExactSearch

    batch = variants(size, "P", 1)
    side = Side.of([p.id for p in batch], [p.key for p in batch], np.stack([p.vector for p in batch]))
    candidates_within(Side.of(["1"], ["một"], np.ones((1, 1), np.float32)))
    before = memory()
    exact, links = seconds(lambda: ExactSearch().within(side.vectors, most=MOST, floor=MEANING_FLOOR))
    search, rows = seconds(lambda: candidates_within(side, ExactSearch()))
    yield {"what": f"{size:,} texts: pairs to compare, exact", "ours": search, "unit": "s"}
    yield {"what": f"{size:,} texts: such pairs a text", "ours": len(rows) / size, "unit": ""}
    yield {"what": f"{size:,} texts: memory the search adds", "ours": memory() - before, "unit": "MB"}
    yield from with_index(size, side, links)
    if size <= COMPARED_UP_TO:
        yield from compared(size, batch)
    else:
        past = Side.of([p.id for p in batch], [p.key for p in batch], np.stack([p.vector for p in batch[::-1]]))
        took, _ = seconds(lambda: candidates_between(side, past, ExactSearch()))
        yield {"what": f"{size:,} texts against as many: pairs, exact", "ours": took, "unit": "s"}
    yield from beside(size, batch, side, exact, search)


def memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def compared(size: int, batch: list[Any]) -> Iterator[dict[str, Any]]:
    from matcher.flagging import find_duplicates, read_kinds
    from matcher.settings import PAIR_MODEL, Settings, resource_dir

    model = read_kinds(resource_dir("models") / PAIR_MODEL)
    register = variants(size, "R", 2)
    alone, _ = seconds(lambda: find_duplicates(batch, model=model, settings=Settings()))
    yield {"what": f"{size:,} texts: duplicates found", "ours": alone, "unit": "s"}
    both, _ = seconds(lambda: find_duplicates(batch, register, model=model, settings=Settings()))
    yield {"what": f"{size:,} texts and {size:,} past tasks: the same", "ours": both, "unit": "s"}
    yield {"what": f"{size:,} texts and {size:,} past tasks: memory", "ours": memory(), "unit": "MB"}


def with_index(size: int, side: Any, exact: Any) -> Iterator[dict[str, Any]]:
    if find_spec("usearch") is None:
        yield missing(size, "index", "usearch", "scale")
        return
    from matcher.flagging.candidates import MEANING_FLOOR, MOST
    from matcher.flagging.index import IndexSearch

    took, found = seconds(lambda: IndexSearch().within(side.vectors, most=MOST, floor=MEANING_FLOOR))
    wanted = exact.left * len(side.vectors) + exact.right
    recall = np.isin(wanted, found.left * len(side.vectors) + found.right).mean()
    yield {"what": f"{size:,} texts: nearest by the index", "ours": took, "unit": "s"}
    yield {"what": f"{size:,} texts: recall of the index", "ours": float(recall), "unit": "of the exact search's"}


def missing(size: int, what: str, package: str, extra: str) -> dict[str, Any]:
    alternative = f'{package} is not installed: pip install "orientation-matcher[{extra}]"'
    return {"what": f"{size:,} texts: {what}", "ours": float("nan"), "unit": "s", "alternative": alternative}


def beside(size: int, batch: list[Any], side: Any, exact: float, search: float) -> Iterator[dict[str, Any]]:
    mined(side.vectors[:100])  # what is imported and set up at the first call is nobody's growth
    theirs, _ = seconds(lambda: mined(side.vectors))
    named = {"alternative": "sentence-transformers paraphrase_mining_embeddings", "theirs": theirs}
    yield {"what": f"{size:,} texts: 30 nearest, exact", "ours": exact, "unit": "s", **named}
    for package, action in (("semhash", semhash), ("datasketch", datasketch)):
        if find_spec(package) is None:
            yield missing(size, "pairs to compare", package, "bench")
            continue
        action(batch[:100])
        theirs, _ = seconds(lambda action=action: action(batch))
        named = {"alternative": action.__doc__ or package, "theirs": theirs}
        yield {"what": f"{size:,} texts: pairs to compare, exact", "ours": search, "unit": "s", **named}


def mined(vectors: np.ndarray) -> Any:
    import torch
    from sentence_transformers import util

    return util.paraphrase_mining_embeddings(torch.from_numpy(vectors), top_k=30, max_pairs=30 * len(vectors))


def semhash(batch: list[Any]) -> Any:
    """SemHash self_deduplicate, threshold 0.9"""
    from semhash import SemHash

    vectors = np.stack([p.vector for p in batch])
    numbers = {p.key: i for i, p in enumerate(batch)}

    class Known:
        def encode(self, texts: Any, **_: Any) -> np.ndarray:
            return vectors[[numbers[text] for text in texts]]

    found = SemHash.from_embeddings(vectors, [p.key for p in batch], model=Known())
    return found.self_deduplicate(threshold=0.9)


def datasketch(batch: list[Any]) -> Any:
    """datasketch MinHashLSH, 128 permutations, threshold 0.5"""
    from datasketch import MinHash, MinHashLSH

    from matcher.flagging.wording import syllable_pairs

    index = MinHashLSH(threshold=0.5, num_perm=128)
    hashes = MinHash.bulk([[pair.encode() for pair in syllable_pairs(p.key)] for p in batch], num_perm=128)
    for profile, one in zip(batch, hashes, strict=True):
        index.insert(profile.id, one)
    return [index.query(one) for one in hashes]


if __name__ == "__main__":
    if sys.argv[1] == "seeds":
        save_seeds(Path(sys.argv[2]))
    else:
        for figure in of_size(int(sys.argv[1])):
            print(json.dumps(figure), flush=True)
