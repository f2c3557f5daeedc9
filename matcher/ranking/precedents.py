"""Precedents (tiền lệ): how proposals like this one were judged against the same announcement.

Officers share habits that no bullet states: any crop trial cites the bullet on high-tech agriculture, any brand two
more. Judged proposals carry the habit over. An announcement without judged proposals simply has no precedents.
"""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.errors import ModelError
from matcher.records import Announcement

#: Width of the kernel over cosines: judged proposals so much farther away count e times less.
WIDTH = 0.04


@dataclass(frozen=True, slots=True)
class Precedents:
    """Judged proposals of one announcement.

    Attributes
    ----------
    vectors : ndarray of float32, shape (m, d)
        Unit vectors of the judged proposals, as the ranker makes them.
    grades : ndarray of float64, shape (m, n)
        Grades 0 to 2 against the announcement's orientations, in its order.
    """

    vectors: NDArray[np.float32]
    grades: NDArray[np.float64]

    @property
    def digest(self) -> str:
        """A hash of all vectors and grades."""
        return hashlib.sha256(self.vectors.tobytes() + self.grades.tobytes()).hexdigest()

    def scores(self, vector: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the kernel-weighted mean grade of each orientation, shape (n,), scaled to [0, 1]."""
        return np.asarray(self._weights(vector) @ self.grades / 2, np.float64)

    def outside(self, vector: NDArray[np.float32]) -> float:
        """Return the kernel-weighted share of judged proposals that no orientation covers."""
        return float(self._weights(vector) @ ~self.grades.any(axis=1))

    def _weights(self, vector: NDArray[np.float32]) -> NDArray[np.float64]:
        cosine = (self.vectors @ vector).astype(np.float64)
        weights = np.exp((cosine - cosine.max()) / WIDTH)
        return np.asarray(weights / weights.sum(), np.float64)

    def save(self, file: Path) -> None:
        """Write the precedents, vectors in half precision; the same precedents give the same bytes."""
        np.savez(file, vectors=self.vectors.astype(np.float16), grades=self.grades.astype(np.int8))


def precedents_file(folder: Path, announcement: Announcement) -> Path:
    """Return where a model's folder keeps the precedents of an announcement: named by the orientations' texts."""
    content = "\n".join(f"{orientation.id} {orientation.text}" for orientation in announcement.orientations)
    return folder / f"precedents-{hashlib.sha256(content.encode()).hexdigest()[:12]}.npz"


def load_precedents(folder: Path, announcement: Announcement) -> Precedents | None:
    """Return the precedents that a model's folder has for an announcement, None where it has none.

    Raises
    ------
    ModelError
        If the file is damaged.
    """
    file = precedents_file(folder, announcement)
    if not file.is_file():
        return None
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            vectors, grades = stored["vectors"].astype(np.float32), stored["grades"].astype(np.float64)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as err:
        raise ModelError(f"is damaged: {err}", file=file, cure="Restore the file from the repository.") from err
    if grades.shape != (len(vectors), len(announcement.orientations)):
        raise ModelError("does not fit the announcement", file=file, cure="Train the model again.")
    return Precedents(vectors, grades)
