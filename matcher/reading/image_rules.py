"""Straight lines in the picture of a page: long runs of dark pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.reading.ruling import Rule

if TYPE_CHECKING:
    import numpy as np
    from PIL.Image import Image

_DARK = 200  # thin lines turn grey in a scan
_LONG = 36.0  # points: longer than any letter's stroke
_BREAKS = 0.9  # of a run must be dark: scans fray
_MOST = 4_000  # runs of one direction; a dark photograph has more, and no table


def rules_in(image: Image, points: float) -> list[Rule]:
    """Return the rules of a grey, straight picture, in points with y upwards.

    Parameters
    ----------
    image : PIL.Image.Image
        Mode L.
    points : float
        Points that a pixel measures.
    """
    import numpy as np

    dark = np.asarray(image) < _DARK
    height = image.height
    length = max(2, round(_LONG / points))
    level = [
        Rule(False, (height - at) * points, start * points, end * points) for at, start, end in _runs(dark, length)
    ]
    upright = [
        Rule(True, at * points, (height - end) * points, (height - start) * points)
        for at, start, end in _runs(np.ascontiguousarray(dark.T), length)
    ]
    return level + upright


def _runs(dark: np.ndarray, length: int) -> list[tuple[int, int, int]]:
    """Return (row, start, end) of runs of at least `length` columns that are dark all but throughout."""
    import numpy as np

    if dark.shape[1] <= length:
        return []
    thick = dark.copy()
    thick[:-1] |= dark[1:]  # a line half a degree askew steps from row to row
    thick[1:] |= dark[:-1]
    sums = np.cumsum(np.pad(thick, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    full = (sums[:, length:] - sums[:, :-length]) >= _BREAKS * length
    edges = np.diff(np.pad(full, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    starts, ends = np.argwhere(edges == 1), np.argwhere(edges == -1)
    if len(starts) > _MOST:
        return []
    pairs = zip(starts.tolist(), ends.tolist(), strict=True)
    return [(row, start, end + length - 1) for (row, start), (_, end) in pairs]
