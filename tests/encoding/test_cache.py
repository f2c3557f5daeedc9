import hashlib
import logging
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from matcher.encoding import CachedEncoder, TokenVectors


class Drawn:
    """An encoder that draws each vector from the text's hash, and counts what it is asked."""

    def __init__(self, fingerprint="f" * 16, dimension=8, pause=0.0):
        self.name, self.dimension, self.fingerprint, self.pause = "drawn", dimension, fingerprint, pause
        self.asked = []

    def encode(self, texts, *, role="proposal"):
        time.sleep(self.pause)
        self.asked += texts
        rows = [self.draw(text, role) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(-1, self.dimension)

    def draw(self, text, role):
        seed = hashlib.sha256(f"{self.fingerprint}{role}{text}".encode("utf-8", "replace")).digest()
        vector = np.random.default_rng(list(seed)).standard_normal(self.dimension).astype(np.float32)
        return vector / np.linalg.norm(vector)

    def token_vectors(self, text, *, role="proposal"):
        return TokenVectors((), np.empty((0, self.dimension), np.float32))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cache" / "vectors.sqlite3"


def right(vectors, texts, encoder, role="proposal"):
    return np.array_equal(vectors, np.array([encoder.draw(text, role) for text in texts]))


def test_a_text_is_encoded_once(path):
    first, second = Drawn(), Drawn()
    texts = ["một", "hai", "một", ""]
    assert right(CachedEncoder(first, path).encode(texts), texts, first)
    assert sorted(first.asked) == ["", "hai", "một"]
    again = CachedEncoder(second, path)
    assert right(again.encode(["ba", *texts]), ["ba", *texts], second)
    assert second.asked == ["ba"]


def test_role_and_model_are_kept_apart(path):
    one, other = Drawn(), Drawn(fingerprint="e" * 16)
    cached = CachedEncoder(one, path)
    assert right(cached.encode(["a"]), ["a"], one)
    assert right(cached.encode(["a"], role="orientation"), ["a"], one, "orientation")
    assert right(CachedEncoder(other, path).encode(["a"]), ["a"], other)


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0" + b"\xff" * 5000, os.urandom(8192)])
def test_a_damaged_file_is_made_again_and_said(path, content, caplog):
    path.parent.mkdir()
    path.write_bytes(content)
    encoder = Drawn()
    with caplog.at_level(logging.WARNING):
        assert right(CachedEncoder(encoder, path).encode(["a", "b"]), ["a", "b"], encoder)
    assert "damaged" in caplog.text
    later = Drawn()
    CachedEncoder(later, path).encode(["a", "b"])
    assert later.asked == []


def test_a_file_damaged_in_the_middle_gives_no_wrong_vector(path):
    texts = [f"text {n}" for n in range(400)]
    CachedEncoder(Drawn(dimension=64), path).encode(texts)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    raw = bytearray(path.read_bytes())
    random = np.random.default_rng(0)
    for at in random.integers(4096, len(raw), 300):
        raw[at] ^= 0x55
    path.write_bytes(raw)
    encoder = Drawn(dimension=64)
    assert right(CachedEncoder(encoder, path).encode(texts), texts, encoder)
    assert encoder.asked


@pytest.mark.parametrize("change", ["vector", "crc", "short"])
def test_a_changed_row_is_not_believed(path, change):
    CachedEncoder(Drawn(), path).encode(["a"])
    value = {"vector": "vector = zeroblob(32)", "crc": "crc = crc + 1", "short": "vector = zeroblob(3)"}[change]
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(f"UPDATE vectors SET {value}")
    connection.close()
    encoder = Drawn()
    assert right(CachedEncoder(encoder, path).encode(["a"]), ["a"], encoder)
    assert encoder.asked == ["a"]


def test_where_nothing_can_be_written_it_goes_on_without(tmp_path, caplog):
    (tmp_path / "file").write_text("", encoding="utf-8")
    encoder = Drawn()
    cached = CachedEncoder(encoder, tmp_path / "file" / "vectors.sqlite3")
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            assert right(cached.encode(["a"]), ["a"], encoder)
    assert caplog.text.count("going on without it") == 1


def test_the_oldest_go_when_it_grows_too_large(path):
    encoder = Drawn(dimension=2470)  # 10,000 bytes a row with what the file adds: 100 rows to the megabyte
    cached = CachedEncoder(encoder, path, max_mb=1)
    texts = [f"{n:03}" for n in range(101)]
    for text in texts:
        cached.encode([text])
    encoder.asked.clear()
    cached.encode(texts[-90:])
    assert encoder.asked == []
    cached.encode(texts[:11])
    assert encoder.asked == texts[:11]


WRITER = """
import sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from tests.encoding.test_cache import CachedEncoder, Drawn
cached = CachedEncoder(Drawn(dimension=64, pause=float(sys.argv[4])), Path(sys.argv[1]))
start, end = map(int, sys.argv[3].split("-"))
for n in range(start, end):
    cached.encode([f"{n}.{m}" for m in range(20)])
"""


def writer(path, numbers, pause):
    root = str(Path(__file__).resolve().parents[2])
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), root, numbers, str(pause)], stderr=subprocess.PIPE
    )


def rows(path):
    if not path.exists():
        return 0
    connection = sqlite3.connect(path, timeout=30)
    try:
        return connection.execute("SELECT COUNT(*) FROM vectors").fetchone()[0]
    except sqlite3.OperationalError:  # the table is not made yet
        return 0
    finally:
        connection.close()


def test_what_was_encoded_before_a_kill_is_kept(path):
    process = writer(path, "0-100000", 0.001)
    try:
        deadline = time.monotonic() + 60
        while rows(path) < 200 and time.monotonic() < deadline:
            time.sleep(0.02)
    finally:
        process.kill()
        process.communicate()
    if hasattr(signal, "SIGKILL"):
        assert process.returncode == -signal.SIGKILL
    kept = rows(path)
    assert kept >= 200
    encoder = Drawn(dimension=64)
    texts = [f"{n}.{m}" for n in range(10) for m in range(20)]
    assert right(CachedEncoder(encoder, path).encode(texts), texts, encoder)
    assert encoder.asked == []


def test_two_processes_may_write_at_once(path):
    processes = [writer(path, "0-30", 0), writer(path, "20-50", 0)]
    for process in processes:
        _, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, b"")
    encoder = Drawn(dimension=64)
    texts = [f"{n}.{m}" for n in range(50) for m in range(20)]
    assert right(CachedEncoder(encoder, path).encode(texts), texts, encoder)
    assert encoder.asked == []


def test_what_is_not_written_is_remembered_until_it_is_forgotten(path):
    encoder = Drawn()
    cached = CachedEncoder(encoder, path)
    cached.keeps = False
    assert right(cached.encode(["bản thảo"]), ["bản thảo"], encoder)
    assert right(cached.encode(["bản thảo"]), ["bản thảo"], encoder)
    assert encoder.asked == ["bản thảo"]
    cached.forget()
    cached.encode(["bản thảo"])
    assert encoder.asked == ["bản thảo"] * 2
    assert CachedEncoder(Drawn(), path).encode(["khác"]).shape == (1, 8)
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT COUNT(*) FROM vectors").fetchone() == (1,)
