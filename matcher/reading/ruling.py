"""Tables told by the lines ruled around their cells, on a page of a PDF or in a picture of one."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: Rules of one page that are looked at, once those in line with one another are put together.
MAX_RULES = 400
_NEAR = 3.0  # points by which rules miss one another, or double


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: `at` is its y (or x where it is `upright`), from `start` to `end`, in points, y upwards."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: `xs` from left to right and `ys` from the top down; `cells` gives each slot its cell.

    A slot is `(row, column)`; slots without a rule between them are one cell, named by its first slot.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: dict[tuple[int, int], tuple[int, int]]

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return the cell that holds a point; None outside the table."""
        column = bisect_right(self.xs, x) - 1
        row = bisect_right([-each for each in self.ys], -y) - 1
        return self.cells.get((row, column))

    def rows(self) -> list[list[tuple[int, int]]]:
        """Return the cells of each row; a cell of several rows stands in its first."""
        rows: dict[int, set[tuple[int, int]]] = defaultdict(set)
        for cell in self.cells.values():
            rows[cell[0]].add(cell)
        return [sorted(rows[row]) for row in sorted(rows)]


def find_grids(rules: Iterable[Rule]) -> list[Grid]:
    """Return the tables that rules make; frames around text of one column are none.

    Examples
    --------
    >>> rules = [Rule(False, y, 0, 90) for y in (0, 20, 40)] + [Rule(True, x, 0, 40) for x in (0, 30, 90)]
    >>> [grid] = find_grids(rules)
    >>> grid.rows(), grid.cell_at(50, 10)
    ([[(0, 0), (0, 1)], [(1, 0), (1, 1)]], (1, 1))
    """
    merged = _merged(rules)
    if len(merged) > MAX_RULES:
        return []
    grids = (_grid(group) for group in _joined(merged))
    return [grid for grid in grids if grid is not None and any(len(row) > 1 for row in grid.rows())]


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Put together rules that continue or double one another."""
    merged: list[Rule] = []
    ordered = sorted(rules, key=lambda rule: (rule.upright, rule.at))
    level: list[Rule] = []
    for rule in ordered:
        if level and (rule.upright != level[0].upright or rule.at - level[-1].at > _NEAR):
            merged += _continued(level)
            level = []
        level.append(rule)
    return merged + _continued(level)


def _continued(level: Sequence[Rule]) -> list[Rule]:
    at = sum(rule.at for rule in level) / max(1, len(level))
    merged: list[Rule] = []
    for rule in sorted(level, key=lambda rule: rule.start):
        if merged and rule.start <= merged[-1].end + _NEAR:
            last = merged.pop()
            rule = Rule(rule.upright, at, last.start, max(last.end, rule.end))
        merged.append(Rule(rule.upright, at, rule.start, rule.end))
    return merged


def _joined(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Gather the rules that meet, each table's by themselves."""
    groups: list[list[Rule]] = []
    left = list(rules)
    while left:
        group = [left.pop()]
        for rule in group:  # grows while it is walked
            met = [other for other in left if _meet(rule, other)]
            group += met
            left = [other for other in left if other not in met]
        groups.append(group)
    return groups


def _meet(one: Rule, other: Rule) -> bool:
    if one.upright == other.upright:
        return False
    return one.start - _NEAR <= other.at <= one.end + _NEAR and other.start - _NEAR <= one.at <= other.end + _NEAR


def _grid(rules: Sequence[Rule]) -> Grid | None:
    xs = sorted({rule.at for rule in rules if rule.upright})
    ys = sorted({rule.at for rule in rules if not rule.upright}, reverse=True)
    if len(xs) < 3 or len(ys) < 2:
        return None
    cells: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            x, y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
            cell = (row, column)
            if column and not _covered(rules, True, xs[column], y):
                cell = cells[row, column - 1]
            elif row and not _covered(rules, False, ys[row], x):
                cell = cells[row - 1, column]
            cells[row, column] = cell
    return Grid(tuple(xs), tuple(ys), cells)


def _covered(rules: Sequence[Rule], upright: bool, at: float, place: float) -> bool:
    return any(rule.upright == upright and rule.at == at and rule.start <= place <= rule.end for rule in rules)
