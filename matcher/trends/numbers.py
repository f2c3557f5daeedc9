"""Numbers as Vietnamese offices write them: a point between thousands, a comma before decimals, a dash for none."""

from __future__ import annotations

import math

#: What is shown in place of a number that nothing is known of.
UNKNOWN = "–"


def number(value: float, decimals: int = 0) -> str:
    """Return a number; a half is rounded away from zero, as on paper.

    Examples
    --------
    >>> number(1234.5, 1), number(12), number(-0.04, 1), number(0.125, 2), number(math.inf)
    ('1.234,5', '12', '0,0', '0,13', '∞')
    """
    if math.isnan(value):
        return UNKNOWN
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    scale = 10**decimals
    rounded = math.floor(abs(value) * scale + 0.5 + 1e-9) / scale
    sign = "−" if value < 0 and rounded else ""
    return sign + f"{rounded:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def percent(share: float, decimals: int = 1) -> str:
    """Return a share of 1 in per cent.

    >>> percent(0.1234), percent(1.0, 0)
    ('12,3%', '100%')
    """
    return f"{number(share * 100, decimals)}%"


def percent_span(low: float, high: float, decimals: int = 1) -> str:
    """Return an interval of a share of 1.

    >>> percent_span(0.1, 0.255)
    '10,0–25,5%'
    """
    return f"{number(low * 100, decimals)}–{number(high * 100, decimals)}%"


def points_span(low: float, high: float) -> str:
    """Return an interval of a change of a share a year, in percentage points, each with its sign.

    >>> points_span(-0.012, 0.034)
    'từ −1,2 đến +3,4 điểm %'
    """
    return f"từ {_signed(low * 100)} đến {_signed(high * 100)} điểm %"


def span(low: float, high: float, decimals: int = 1) -> str:
    """Return an interval of numbers.

    >>> span(0.5, math.inf)
    '0,5–∞'
    """
    return f"{number(low, decimals)}–{number(high, decimals)}"


def year_list(years: tuple[int, ...]) -> str:
    """Return years in one phrase; runs of them are joined.

    >>> year_list((2021, 2023, 2024, 2025)), year_list(())
    ('2021, 2023–2025', '–')
    """
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs) or UNKNOWN


def _signed(value: float) -> str:
    text = number(value, 1)
    return f"+{text}" if value > 0 and text != "0,0" else text
