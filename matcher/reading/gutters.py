"""Columns of running text in a picture: the upright white stretch between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from PIL.Image import Image

_INK = 128  # grey of what is printed
_CELL = 3.0  # points: side of the squares that are looked at
_INKED = 0.06  # of a square's pixels: fewer are specks
_GUTTER = 9.0  # points, at least
_LONG = 150.0  # points: ten lines; a letterhead or the place of signatures has fewer
_MIDDLE = (0.43, 0.57)  # of the text's width: columns are of one width, labels beside their texts are not
_FILLED = 0.5  # of the squares of both sides, upwards and downwards of a line's middle, that hold text
_BROAD = 0.6  # of a column's width, that its lines take

Column = tuple[int, int, int, int]


def find_columns(image: Image, points: float) -> list[tuple[Column, Column]]:
    """Return the stretches of a grey, straight picture in two columns: (left, top, right, bottom) of both, in pixels.

    Parameters
    ----------
    image : PIL.Image.Image
        Mode L; ruled tables are taken out.
    points : float
        Points (1/72 inch) that a pixel measures.
    """
    import numpy as np

    side = max(2, round(_CELL / points))
    ink = _squares(np.asarray(image) < _INK, side)
    across = np.flatnonzero(ink.sum(axis=0) > 1)
    if len(across) < 8:
        return []
    left, right = int(across[0]), int(across[-1]) + 1
    wide = max(2, round(_GUTTER / _CELL))
    found: list[tuple[int, int, int]] = []
    low, high = (round(left + share * (right - left)) for share in _MIDDLE)
    for at in range(low, high - wide + 2):
        empty = np.logical_not(ink[:, at : at + wide].any(axis=1))
        found += [(end - start, start, end) for start, end in _spans(empty) if _are_columns(ink, start, end, at, wide)]
    stretches: list[tuple[Column, Column]] = []
    taken = np.zeros(len(ink), dtype=bool)
    for _, start, end in sorted(found, reverse=True):
        if taken[start:end].any():
            continue
        taken[start:end] = True
        middle = _middle(ink, start, end, low, high) * side
        top, bottom = start * side, min(image.height, end * side)
        stretches.append(((0, top, middle, bottom), (middle, top, image.width, bottom)))
    return sorted(stretches, key=lambda pair: pair[0][1])


def _squares(dark: np.ndarray, side: int) -> np.ndarray:
    """Return which squares of a picture hold ink."""
    rows, columns = dark.shape[0] // side, dark.shape[1] // side
    shares: np.ndarray = dark[: rows * side, : columns * side].reshape(rows, side, columns, side).mean(axis=(1, 3))
    inked: np.ndarray = shares > _INKED
    return inked


def _spans(empty: np.ndarray) -> list[tuple[int, int]]:
    """Return where an upright stretch is empty for long."""
    import numpy as np

    edges = np.diff(np.pad(empty, 1).astype(np.int8))
    pairs = zip(np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist(), strict=True)
    return [(start, end) for start, end in pairs if (end - start) * _CELL >= _LONG]


def _are_columns(ink: np.ndarray, start: int, end: int, at: int, wide: int) -> bool:
    """Tell columns from a page's margin or short lines: text at both sides for long, and broad."""
    import numpy as np

    sides = ink[start:end, :at], ink[start:end, at + wide :]
    both = np.flatnonzero(sides[0].any(axis=1) & sides[1].any(axis=1))
    held = [side.any(axis=1) for side in sides]
    across = np.flatnonzero(ink[start:end].any(axis=0))
    if len(both) * _CELL < _FILLED * _LONG or min(map(np.mean, held)) < _FILLED / 2:
        return False
    widths = at - across[0], across[-1] + 1 - at - wide
    extents = [np.median([np.ptp(np.flatnonzero(row)) for row in side if row.any()]) for side in sides]
    return all(extent >= _BROAD * width for extent, width in zip(extents, widths, strict=True))


def _middle(ink: np.ndarray, start: int, end: int, low: int, high: int) -> int:
    """Return the middle of the widest empty strip."""
    import numpy as np

    free = np.flatnonzero(~ink[start:end, low : high + 1].any(axis=0))
    runs = np.split(free, np.flatnonzero(np.diff(free) > 1) + 1)
    widest = max(runs, key=len)
    return low + int((widest[0] + widest[-1] + 1) // 2)
