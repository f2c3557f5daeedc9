"""The fixed point that vectors are centred on: the mean of a fixed reference set, never of a batch."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from matcher.encoding.base import Encoder, Role, Vectors
from matcher.errors import ModelError, OutputError

FILE = "reference.npz"
_AT_ONCE = 2048


@dataclass(frozen=True, slots=True)
class Reference:
    """The mean vector of a reference set under one model.

    Attributes
    ----------
    mean : ndarray of float32, shape (dimension,)
        Mean of the set's unit vectors; not itself of length 1.
    count : int
        Texts in the set.
    fingerprint : str
        Of the encoder that made the vectors.
    source : str
        What the set is.
    """

    mean: Vectors
    count: int
    fingerprint: str
    source: str = ""

    def centre(self, vectors: Vectors) -> Vectors:
        """Return the vectors less the mean, each brought to length 1 again."""
        moved = vectors - self.mean
        lengths = np.linalg.norm(moved, axis=-1, keepdims=True)
        return np.asarray(moved / np.maximum(lengths, np.float32(1e-12)), dtype=np.float32)

    def save(self, file: Path) -> None:
        """Write the reference; the same reference gives the same bytes."""
        try:
            np.savez(
                file,
                mean=self.mean,
                count=self.count,
                fingerprint=np.array(self.fingerprint),
                source=np.array(self.source),
            )
        except OSError as err:
            raise OutputError(f"cannot be written: {err.strerror}", file=file, cure="Choose another file.") from err

    @classmethod
    def load(cls, file: Path) -> Reference:
        """Read what `save` wrote.

        Raises
        ------
        ModelError
            If the file is missing or damaged.
        """
        try:
            with file.open("rb") as stream, np.load(stream, allow_pickle=False) as values:
                mean = np.asarray(values["mean"], dtype=np.float32)
                count, fingerprint, source = int(values["count"]), str(values["fingerprint"]), str(values["source"])
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as err:
            raise ModelError(f"is no reference: {err}", file=file, cure="Install the model again.") from err
        if mean.ndim != 1 or not np.isfinite(mean).all():
            raise ModelError("holds no mean vector", file=file, cure="Install the model again.")
        return cls(mean, count, fingerprint, source)


def build_reference(encoder: Encoder, texts: Sequence[str], *, role: Role = "proposal", source: str = "") -> Reference:
    """Return the mean vector of a set of texts; repeated texts count once, and their order does not matter.

    Raises
    ------
    ModelError
        If there is no text.
    """
    distinct = sorted(set(texts))
    if not distinct:
        raise ModelError("a reference set needs at least one text", cure="Give some texts.")
    total = np.zeros(encoder.dimension, dtype=np.float64)
    for at in range(0, len(distinct), _AT_ONCE):
        total += encoder.encode(distinct[at : at + _AT_ONCE], role=role).sum(axis=0, dtype=np.float64)
    return Reference((total / len(distinct)).astype(np.float32), len(distinct), encoder.fingerprint, source)
