"""A page's picture cut into what is recognised by itself: the columns of ruled tables, and columns of running text.

Tesseract reads a row of a table straight across, and where the lines of its cells stand at different heights it
makes one tall line of two; its upright rules become letters. Columns read one at a time come out clean, and cost
no more time than the page as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from matcher.reading.gutters import find_columns
from matcher.reading.image_rules import rules_in
from matcher.reading.leaders import without_leaders
from matcher.reading.ruling import Grid, find_grids

if TYPE_CHECKING:
    from PIL.Image import Image

_RULE = 1.5  # points to either side of a rule that are painted over: scans are never quite straight
_EDGE = 4.0  # points around a table that go with it
_PAPER = 0.9  # of a page's median grey: what is lighter is paper
_DARKEST = 100  # of that: below it the picture is no page of dark letters on paper
_MOST_BOXES = 16  # a page of more has tables too ragged to be worth a run each


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a picture in pixels, y downwards; `block` says that its text is one even block, as in a table."""

    left: int
    top: int
    right: int
    bottom: int
    block: bool = True


@dataclass(frozen=True, slots=True)
class Parts:
    """A picture without its parts, the parts in the order they are read, and the tables they belong to."""

    rest: Image
    inked: Image
    boxes: tuple[Box, ...] = ()
    grids: tuple[Grid, ...] = field(default=(), repr=False)

    def cut(self, box: Box) -> Image:
        """Return the picture of a part, without the rules around it."""
        return self.inked.crop((box.left, box.top, box.right, box.bottom))


def parts_of(image: Image, points: float) -> Parts:
    """Find what of a grey, straight picture is recognised by itself.

    Parameters
    ----------
    image : PIL.Image.Image
        Mode L.
    points : float
        Points (1/72 inch) that a pixel measures.
    """
    from PIL import ImageDraw

    grids = find_grids(rules_in(image, points))
    inked = without_leaders(_on_white(image), points)
    whole = inked.copy()
    draw = ImageDraw.Draw(inked)
    for grid in grids:
        for stroke in _strokes(grid):
            draw.rectangle(_pixels(stroke, image, points), fill=255)
    frames = [_pixels(_frame(grid), image, points) for grid in grids]
    rest = inked.copy()
    draw = ImageDraw.Draw(rest)
    for frame in frames:
        draw.rectangle(frame, fill=255)
    boxes = [box for grid in grids for box in _columns(grid, image, points)]
    for stretch in find_columns(rest, points):
        boxes += [Box(*column, block=False) for column in stretch]
        for column in stretch:
            draw.rectangle(column, fill=255)
    if len(boxes) > _MOST_BOXES:
        return Parts(whole, whole, grids=tuple(grids))
    return Parts(rest, inked, tuple(boxes), tuple(grids))


def _on_white(image: Image) -> Image:
    """Return a picture with white paper: on grey, what is painted over would stand out and the letters be lost."""
    from PIL.ImageStat import Stat

    paper = _PAPER * Stat(image).median[0]
    if paper < _DARKEST:
        return image.copy()
    return image.point([min(255, round(grey * 255 / paper)) for grey in range(256)])


def _pixels(place: tuple[float, float, float, float], image: Image, points: float) -> tuple[int, int, int, int]:
    """Turn (left, bottom, right, top) in points, y upwards, into (left, top, right, bottom) in pixels."""
    left, bottom, right, top = place
    return (
        max(0, round(left / points)),
        max(0, round(image.height - top / points)),
        min(image.width, round(right / points)),
        min(image.height, round(image.height - bottom / points)),
    )


def _frame(grid: Grid) -> tuple[float, float, float, float]:
    return grid.xs[0] - _EDGE, grid.ys[-1] - _EDGE, grid.xs[-1] + _EDGE, grid.ys[0] + _EDGE


def _strokes(grid: Grid) -> list[tuple[float, float, float, float]]:
    """Return the rules of a table as thin areas: wherever two slots are not of one cell."""
    columns, rows = range(len(grid.xs) - 1), range(len(grid.ys) - 1)
    strokes = []
    for row in range(len(grid.ys)):
        for column in columns:
            if grid.cells.get((row - 1, column)) != grid.cells.get((row, column)):
                y = grid.ys[row]
                strokes.append((grid.xs[column], y - _RULE, grid.xs[column + 1], y + _RULE))
    for row in rows:
        for column in range(len(grid.xs)):
            if grid.cells.get((row, column - 1)) != grid.cells.get((row, column)):
                x = grid.xs[column]
                strokes.append((x - _RULE, grid.ys[row + 1], x + _RULE, grid.ys[row]))
    return strokes


def _columns(grid: Grid, image: Image, points: float) -> list[Box]:
    """Return a table's columns from the top down: anew wherever rows are divided in another way."""
    boxes = []
    for first, end, inner in _bands(grid):
        edges = [0, *sorted(inner), len(grid.xs) - 1]
        for left, right in pairwise(edges):
            place = grid.xs[left] + _RULE, grid.ys[end] - _EDGE, grid.xs[right] - _RULE, grid.ys[first] + _EDGE
            boxes.append(Box(*_pixels(place, image, points)))
    return boxes


def _bands(grid: Grid) -> list[tuple[int, int, frozenset[int]]]:
    """Return (first row, row after the last, inner edges) of rows divided alike, or tied by a cell of several rows."""
    bands: list[tuple[int, int, frozenset[int]]] = []
    columns = range(len(grid.xs) - 1)
    for row in range(len(grid.ys) - 1):
        edges = frozenset(c for c in columns if c and grid.cells[row, c] != grid.cells[row, c - 1])
        tied = row > 0 and any(grid.cells[row, c] == grid.cells[row - 1, c] for c in columns)
        if bands and (tied or edges == bands[-1][2]):
            first, _, before = bands.pop()
            bands.append((first, row + 1, before & edges))
        else:
            bands.append((row, row + 1, edges))
    return bands


def placed(rest: Sequence[int], parts: Sequence[int]) -> list[int]:
    """Return how many lines of the rest are read before each part, from the tops of both.

    Examples
    --------
    >>> placed([10, 20, 300], [100, 100])
    [2, 2]
    """
    return [next((index for index, top in enumerate(rest) if top >= part), len(rest)) for part in parts]
