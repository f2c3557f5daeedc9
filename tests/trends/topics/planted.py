"""Synthetic proposals of the benchmark that answer a few bullets far from each other, and their vectors."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.encoding import Encoder, load_encoder
from matcher.segmenting import Segmenter
from matcher.settings import PAIR_MODEL, Settings

_FOLDER = Path(__file__).parents[3] / "corpus/benchmark/lang-son-2025"
#: Forest trees; border gates; credit for ethnic minorities; disasters. Their edges touch, as real ones do.
_BULLETS = ("1.7", "3.3", "3.8", "3.14")
_EACH = 14


def _titles() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {bullet: [] for bullet in _BULLETS}
    for file in sorted(_FOLDER.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row.get("target") in found and row["difficulty"] == "plain":
                found[row["target"]].append(row["title"])
    return {bullet: titles[:_EACH] for bullet, titles in found.items()}


@cache
def _encoder() -> Encoder:
    return load_encoder(PAIR_MODEL, Settings())


def planted_vectors(titles: Sequence[str]) -> NDArray[np.float32]:
    """Encode titles as proposals are: without places and administrative wording."""
    if not titles:
        return np.zeros((0, _encoder().dimension), np.float32)
    segmenter = Segmenter()
    return _encoder().encode([segmenter.masked(title).text for title in titles])


PLANTED = _titles()
