"""`make bench ONLY=topics`: topics beside NMF on TF-IDF and plain k-means, on benchmark and codified-law titles."""

from __future__ import annotations

import gzip
import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, pairwise
from math import log
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
LAW = ROOT.parent / "shared/data/sets/phapdien-article-titles.jsonl.gz"
TEXTS = 700
SEEDS = 5


def _benchmark() -> tuple[list[str], list[str]]:
    rows: dict[str, str] = {}
    for file in sorted((ROOT / "corpus/benchmark/lang-son-2025").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row.get("synthetic") and row.get("target"):
                rows[row["title"]] = row["target"]
    return _drawn(list(rows.items()))


def _law() -> tuple[list[str], list[str]]:
    with gzip.open(LAW, "rt", encoding="utf-8") as stream:
        rows = {row["text"]: row["label"] for row in map(json.loads, stream)}
    return _drawn(sorted(rows.items()))


def _drawn(rows: list[tuple[str, str]]) -> tuple[list[str], list[str]]:
    chosen = random.Random(0).sample(rows, min(TEXTS, len(rows)))
    return [text for text, _ in chosen], [label for _, label in chosen]


def _coherence(described: Sequence[Sequence[str]], texts: Sequence[Sequence[str]]) -> float:
    """Mean NPMI of the five first words of each topic over texts; words that never meet count -1."""
    held = [set(words) for words in texts]
    values = []
    for words in described:
        for left, right in combinations(words[:5], 2):
            both = sum(left in each and right in each for each in held) / len(held)
            one, two = (sum(word in each for each in held) / len(held) for word in (left, right))
            values.append(log(both / one / two) / -log(both) if both else -1.0)
    return float(np.mean(values)) if values else 0.0


def _words_of(of: Sequence[int], texts: Sequence[Sequence[str]]) -> list[list[str]]:
    """The five words of each cluster by class-based TF-IDF: the same for all methods, so that clusters compare."""
    clusters = sorted(set(of) - {-1})
    counts = np.zeros((len(clusters), len(names := sorted({word for words in texts for word in words}))))
    place = {word: number for number, word in enumerate(names)}
    for topic, words in zip(of, texts, strict=True):
        for word in set(words):
            if topic >= 0:
                counts[clusters.index(topic), place[word]] += 1
    weight = counts / counts.sum(axis=1, keepdims=True) * np.log(1 + len(texts) / np.maximum(counts.sum(axis=0), 1))
    return [[names[column] for column in np.argsort(-row, kind="stable")[:5]] for row in weight]


def _methods(
    texts: list[str], words: Sequence[Sequence[str]], vectors: Any, count: int
) -> dict[str, Callable[[int], Any]]:
    from sklearn.cluster import KMeans
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    from matcher.trends.topics import find_topics

    def nmf(seed: int) -> list[int]:
        table = TfidfVectorizer(analyzer=lambda each: each, min_df=2).fit_transform(words)
        parts = NMF(count, init="nndsvdar", random_state=seed, max_iter=400, tol=1e-3).fit_transform(table)
        return list(np.where(parts.max(axis=1) > 0, parts.argmax(axis=1), -1))

    return {
        "matcher": lambda seed: find_topics(texts, words, vectors, seed=seed).assignment,
        "k-means": lambda seed: list(KMeans(count, n_init=1, random_state=seed).fit_predict(vectors)),
        "NMF on TF-IDF": nmf,
    }


def figures() -> Iterator[dict[str, Any]]:
    from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

    from matcher.encoding import load_cached_encoder
    from matcher.segmenting import Segmenter
    from matcher.settings import PAIR_MODEL, Settings
    from matcher.trends.topics import find_topics

    segmenter, encoder = Segmenter(), load_cached_encoder(PAIR_MODEL, Settings())
    for name, read in (("benchmark", _benchmark), ("law", _law)):
        if read is _law and not LAW.exists():
            continue
        texts, truth = read()
        words = segmenter.words_all(texts)
        vectors = encoder.encode([segmenter.masked(text).text for text in texts])
        count = len(find_topics(texts, words, vectors).topics)
        for method, run in _methods(texts, words, vectors, count).items():
            start = time.process_time()
            found = [run(seed) for seed in range(SEEDS)]
            seconds = (time.process_time() - start) / SEEDS
            alike = np.mean([adjusted_rand_score(left, right) for left, right in pairwise(found)])
            told = f"{name}, {count} topics, {method}"
            yield {"what": f"{told}: coherence", "ours": _coherence(_words_of(found[0], words), words), "unit": "NPMI"}
            yield {"what": f"{told}: agreement", "ours": normalized_mutual_info_score(truth, found[0]), "unit": "NMI"}
            yield {"what": f"{told}: over seeds", "ours": alike, "unit": "ARI"}
            yield {"what": f"{told}: time", "ours": seconds, "unit": "s"}
            none = sum(topic == -1 for topic in found[0]) / len(texts)
            yield {"what": f"{told}: in no topic", "ours": none, "unit": "of 1"}
