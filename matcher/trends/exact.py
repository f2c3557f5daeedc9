"""The exact test that a share did not move, and the level at which many such tests name a trend by chance in 5 %.

Given how many of all proposals belong to a series, and if the year makes no difference, which of them they are is a
draw from an urn. The test asks how far their years lie from the middle (the Cochran–Armitage score, Armitage, 1955)
and adds up the exact chances of all that is as extreme, so that three proposals are never more than three.

A series of few proposals cannot reach a small chance at all, and should cost nothing to look at. `common_level`
therefore adds up what each series really can reach (Westfall and Wolfinger, 1997): a Bonferroni correction for
discrete data, valid however the series depend on one another, as orientations, their fields and their plans do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: The largest table of chances that is worked out; beyond it counts are large and the normal curve is right.
CELLS, STEPS = 2_000_000, 40_000_000
_HALVINGS = 60
#: Chances that differ by less are the same: what rounding makes of equal ones.
_EQUAL = 1e-9


@dataclass(frozen=True, slots=True)
class Law:
    """How a test's p-value falls if nothing moves: the values that it can take, ascending, and their chances summed.

    Both empty where it falls evenly over [0, 1], as with large counts.
    """

    values: Floats
    reached: Floats

    def chance(self, level: float) -> float:
        """Return the chance of a p-value of at most `level`; never more than `level`."""
        if not len(self.values):
            return level
        below = int(np.searchsorted(self.values, level * (1 + _EQUAL), side="right"))
        return min(level, float(self.reached[below - 1])) if below else 0.0


def p_of_no_movement(years: Sequence[int], counts: Sequence[int], totals: Sequence[int]) -> tuple[float, Law]:
    """Return the two-sided p-value of a series and the law that such p-values follow.

    Parameters
    ----------
    years, counts, totals : sequences of int, shape (years,)
        At least one year, each with a total above 0.

    Examples
    --------
    >>> p, law = p_of_no_movement((2023, 2024), (0, 3), (3, 3))
    >>> round(p, 3), round(law.chance(0.05), 3), round(law.chance(0.1), 3)
    (0.1, 0.0, 0.1)
    """
    member, everyone = sum(counts), sum(totals)
    if 2 * member > everyone:  # what is in the series moves as what is not
        counts, member = [n - k for n, k in zip(totals, counts, strict=True)], everyone - member
    steps = tuple(year - years[0] for year in years)
    score = sum(step * count for step, count in zip(steps, counts, strict=True))
    if not _is_small(member, steps):
        return _normal_p(score, member, steps, totals), Law(np.empty(0), np.empty(0))
    p_values, law = _exact(member, steps, tuple(totals))
    return float(p_values[score]), law


def common_level(laws: Sequence[Law], error: float = 0.05) -> float:
    """Return the level for each of several tests at which any of them errs with a chance of at most `error`.

    Examples
    --------
    >>> _, few = p_of_no_movement((2023, 2024), (0, 1), (50, 50))
    >>> _, more = p_of_no_movement((2023, 2024), (5, 15), (50, 50))
    >>> common_level([few] * 100) == 0.05, round(common_level([more, more]), 3) < 0.05
    (True, True)
    """
    if not laws or sum(law.chance(error) for law in laws) <= error:
        return error
    low, high = error / len(laws), error
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if sum(law.chance(middle) for law in laws) <= error:
            low = middle
        else:
            high = middle
    return low


def _is_small(member: int, steps: tuple[int, ...]) -> bool:
    cells = (member + 1) * (member * max(steps) + 1)
    if len(steps) <= 2:
        return cells <= CELLS * 100  # one row is enough
    return cells <= CELLS and (len(steps) == 3 or cells * (member + 1) * (len(steps) - 3) <= STEPS)


@lru_cache(maxsize=4096)
def _exact(member: int, steps: tuple[int, ...], totals: tuple[int, ...]) -> tuple[Floats, Law]:
    """Return the p-value of each score, and their law."""
    chances = _score_chances(member, steps, totals)
    at_most, at_least = np.cumsum(chances), np.cumsum(chances[::-1])[::-1]
    p_values = np.minimum(1.0, 2 * np.minimum(at_most, at_least))
    order = np.argsort(p_values, kind="stable")
    order = order[chances[order] > 0]
    return p_values, Law(p_values[order], np.cumsum(chances[order]))


def _score_chances(member: int, steps: tuple[int, ...], totals: tuple[int, ...]) -> Floats:
    """Return the chance of each score Σ step · count if `member` are drawn from all; shape (largest score + 1,)."""
    from scipy.stats import binom

    share = member / sum(totals)
    # Binomial counts, given their sum, are a draw from the urn; taken so, no figure is too large or too small.
    years = [binom.pmf(np.arange(min(member, n) + 1), n, share) for n in totals]
    table = np.zeros((member + 1, 1))
    table[: len(years[0]), 0] = years[0]
    for year, step in zip(years[1:-1], steps[1:-1], strict=True):
        table = _add_year(table, year, step)
    last = np.zeros(member * max(steps) + 1)
    year, step = years[-1], steps[-1]
    if len(years) == 1:
        year, step = np.ones(1), 0
    for count, chance in enumerate(year):
        row = table[member - count]
        last[step * count : step * count + len(row)] += chance * row[: len(last) - step * count]
    chances: Floats = last / last.sum()
    return chances


def _add_year(table: Floats, year: Floats, step: int) -> Floats:
    members, scores = table.shape
    added = np.zeros((members, scores + step * (members - 1)))
    for count, chance in enumerate(year):
        added[count:, step * count : step * count + scores] += chance * table[: members - count]
    return added


def _normal_p(score: int, member: int, steps: tuple[int, ...], totals: Sequence[int]) -> float:
    from scipy.special import ndtr

    size, step, everyone = np.asarray(totals, float), np.asarray(steps, float), float(sum(totals))
    mean = float(size @ step) / everyone
    spread = float(size @ (step - mean) ** 2) * member / everyone * (1 - member / everyone) * everyone / (everyone - 1)
    distance = max(0.0, abs(score - member * mean) - 0.5)
    return float(2 * ndtr(-distance / spread**0.5))
