"""Vectors kept on disk between runs, by content and model; a damaged file is thrown away, never believed."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import sqlite3
import time
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from matcher.encoding.base import Encoder, Role, TokenVectors, Vectors

logger = logging.getLogger(__name__)

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS vectors "
    "(number INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB NOT NULL UNIQUE, vector BLOB NOT NULL, crc INTEGER NOT NULL)"
)
_WRITE_AT_ONCE = 256
_ASK_AT_ONCE = 500
_BUSY_SECONDS = 30.0
_PAUSE = 0.05
_KEPT_SHARE = 0.9
_ROW_OVERHEAD = 120


class CachedEncoder:
    """An encoder that remembers.

    The file is SQLite with a write-ahead log: what was encoded before a kill is kept, and several processes may use
    it at once. Each vector carries a checksum. Where the file cannot be used, the encoder works without it.

    Parameters
    ----------
    encoder : Encoder
        Asked for what is not in the cache.
    path : Path
        The cache's file; made with its folder if it is not there. Several models may share it.
    max_mb : int
        Above this size the oldest vectors go.

    Attributes
    ----------
    keeps : bool
        Whether new vectors are written; what is in the file already is used in any case. Where they are not, they are
        remembered in memory alone, until `forget`.
    """

    def __init__(self, encoder: Encoder, path: Path, *, max_mb: int = 512) -> None:
        self.encoder = encoder
        self.name = encoder.name
        self.dimension = encoder.dimension
        self.fingerprint = encoder.fingerprint
        self.path = path
        self._max_rows = max(1, max_mb * 1_000_000 // (4 * self.dimension + _ROW_OVERHEAD))
        self._usable = True
        self.keeps = True
        self._held: dict[bytes, Vectors] = {}

    def encode(self, texts: Sequence[str], *, role: Role = "proposal") -> Vectors:
        """Return float32 vectors of length 1, shape (len(texts), dimension)."""
        keys = [self._key(text, role) for text in texts]
        known = {key: self._held[key] for key in keys if key in self._held}
        known |= self._read([key for key in dict.fromkeys(keys) if key not in known])
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        wanted = list(missing.items())
        for at in range(0, len(wanted), _WRITE_AT_ONCE):
            part = wanted[at : at + _WRITE_AT_ONCE]
            fresh = self.encoder.encode([text for _, text in part], role=role)
            new = {key: vector for (key, _), vector in zip(part, fresh, strict=True)}
            self._keep(new)
            known |= new
        out = np.empty((len(texts), self.dimension), dtype=np.float32)
        for row, key in enumerate(keys):
            out[row] = known[key]
        return out

    def forget(self) -> None:
        """Drop the vectors that were not written."""
        self._held.clear()

    def token_vectors(self, text: str, *, role: Role = "proposal") -> TokenVectors:
        """Return the vectors of the tokens of one text; these are not kept."""
        return self.encoder.token_vectors(text, role=role)

    def _key(self, text: str, role: Role) -> bytes:
        content = "\0".join((self.fingerprint, role, text))
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).digest()

    def _read(self, keys: list[bytes]) -> dict[bytes, Vectors]:
        rows: list[tuple[bytes, bytes, int]] = []
        if not self._usable:
            return {}
        with self._guarded(), self._open() as connection:
            for at in range(0, len(keys), _ASK_AT_ONCE):
                part = keys[at : at + _ASK_AT_ONCE]
                marks = ",".join("?" * len(part))
                rows += connection.execute(f"SELECT key, vector, crc FROM vectors WHERE key IN ({marks})", part)
        return {
            key: np.frombuffer(vector, dtype="<f4").astype(np.float32)
            for key, vector, crc in rows
            if len(vector) == 4 * self.dimension and _crc(key, vector) == crc
        }

    def _keep(self, vectors: dict[bytes, Vectors]) -> None:
        if self.keeps:
            self._write(vectors)
        else:
            self._held |= vectors

    def _write(self, vectors: dict[bytes, Vectors]) -> None:
        if not self._usable:
            return
        packed = [(key, vector.astype("<f4").tobytes()) for key, vector in vectors.items()]
        rows = [(key, vector, _crc(key, vector)) for key, vector in packed]
        with self._guarded(), self._open() as connection, connection:
            connection.executemany("INSERT OR REPLACE INTO vectors (key, vector, crc) VALUES (?, ?, ?)", rows)
            self._evict(connection)

    def _evict(self, connection: sqlite3.Connection) -> None:
        (count,) = connection.execute("SELECT COUNT(*) FROM vectors").fetchone()
        if count > self._max_rows:
            surplus = count - int(self._max_rows * _KEPT_SHARE)
            connection.execute(
                "DELETE FROM vectors WHERE number IN (SELECT number FROM vectors ORDER BY number LIMIT ?)", (surplus,)
            )

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.closing(sqlite3.connect(self.path, timeout=_BUSY_SECONDS)) as connection:
            self._to_write_ahead(connection)
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute(_SCHEMA)
            yield connection

    @staticmethod
    def _to_write_ahead(connection: sqlite3.Connection) -> None:
        """Turn on the write-ahead log; SQLite does not wait by itself while another process does the same."""
        last = time.monotonic() + _BUSY_SECONDS
        while True:
            try:
                connection.execute("PRAGMA journal_mode=WAL")
                return
            except sqlite3.OperationalError as err:
                if "locked" not in str(err) or time.monotonic() > last:
                    raise
                time.sleep(_PAUSE)

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        """Do without the cache where it fails: a damaged file is removed, any other failure ends its use."""
        try:
            yield
        except sqlite3.OperationalError as err:
            self._give_up(err)
        except sqlite3.DatabaseError as err:
            logger.warning("the cache of vectors %s is damaged (%s) and is made again", self.path, err)
            self._remove()
        except OSError as err:
            self._give_up(err)

    def _give_up(self, err: Exception) -> None:
        if self._usable:
            logger.warning("the cache of vectors %s cannot be used (%s): going on without it", self.path, err)
        self._usable = False

    def _remove(self) -> None:
        for ending in ("", "-wal", "-shm"):
            try:
                self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
            except OSError as err:
                self._give_up(err)


def _crc(key: bytes, vector: bytes) -> int:
    return zlib.crc32(vector, zlib.crc32(key))
