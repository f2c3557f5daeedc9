"""Lines of dots to fill in («……»), painted over in a picture: recognised, they become letters and spoil the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from PIL.Image import Image

_INK = 160
_DOT = 2.4  # points: no larger
_SPECK = 0.4  # points: no smaller
_NEXT = 7.0  # points from dot to dot, at most
_LEVEL = 0.8  # points by which dots of one line differ in height
_FEWEST = 8  # dots in a line; an ellipsis has three


def without_leaders(image: Image, points: float) -> Image:
    """Return a grey, straight picture without its lines of dots.

    Parameters
    ----------
    image : PIL.Image.Image
        Mode L, its paper white.
    points : float
        Points (1/72 inch) that a pixel measures.
    """
    import numpy as np
    from PIL import Image as pil
    from scipy import ndimage

    pixels = np.asarray(image)
    labels, _ = ndimage.label(pixels < _INK, structure=np.ones((3, 3)))
    pieces = ndimage.find_objects(labels)
    boxes = np.array([(rows.start, rows.stop, columns.start, columns.stop) for rows, columns in pieces]).reshape(-1, 4)
    sizes = np.stack([boxes[:, 1] - boxes[:, 0], boxes[:, 3] - boxes[:, 2]], axis=1) * points
    dots = boxes[(sizes.max(axis=1) <= _DOT) & (sizes.min(axis=1) >= _SPECK)]
    leaders = _in_lines(dots, points)
    if not len(leaders):
        return image
    clean = pixels.copy()
    for top, bottom, left, right in leaders:
        clean[max(0, top - 1) : bottom + 1, max(0, left - 1) : right + 1] = 255
    return pil.fromarray(clean)


def _in_lines(dots: np.ndarray, points: float) -> np.ndarray:
    """Return the dots that stand in a row with many others, each near the next."""
    import numpy as np

    middles = (dots[:, 0] + dots[:, 1]) / 2 * points
    taken = np.zeros(len(dots), dtype=bool)
    by_height = np.argsort(middles, kind="stable")
    heights = middles[by_height]
    for dot in np.argsort(dots[:, 2], kind="stable"):
        if taken[dot]:
            continue
        low, high = np.searchsorted(heights, (middles[dot] - _LEVEL, middles[dot] + _LEVEL))
        level = by_height[low:high]
        level = level[np.argsort(dots[level, 2], kind="stable")]
        gaps = np.diff(dots[level, 2]) * points > _NEXT
        for run in np.split(level, np.flatnonzero(gaps) + 1):
            if len(run) >= _FEWEST:
                taken[run] = True
    kept: np.ndarray = dots[taken]
    return kept
