"""Vectors of past tasks, kept beside the register, so that the second comparison encodes nothing."""

from __future__ import annotations

from matcher.encoding import Encoder
from matcher.encoding.cache import CachedEncoder
from matcher.register.database import RegisterDatabase

#: Room for five million vectors of 384 numbers: what was encoded once stays.
_MOST_MB = 8_000


def lasting_encoder(encoder: Encoder, database: RegisterDatabase) -> CachedEncoder:
    """Return an encoder that keeps its vectors beside the register, by text and model fingerprint.

    Vectors are float32 rows of a second SQLite file. Half precision would halve it (77 instead of 154 MB for 100,000
    titles) but move cosines in the fourth decimal, so that the same register would give one probability as a table and
    another by name; a memory-mapped file could not be filled by two processes at once. The file is apart from the
    register so that it can be removed, or found damaged and made again, without harm; the cache of single runs, which
    forgets its oldest vectors, is not filled with the register's.

    Parameters
    ----------
    encoder : Encoder
        Asked, in batches, for what is not kept yet.
    database : RegisterDatabase
        Says where.
    """
    inner = encoder.encoder if isinstance(encoder, CachedEncoder) else encoder
    return CachedEncoder(inner, database.vectors_path, max_mb=_MOST_MB)
