"""Charts as geometry: where each point, tick and label of an SVG lies. The template only writes it down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.evaluation.curves import Line, ReliabilityPoint

#: Size of a chart and its margins, in SVG units.
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 360, 300, 46, 12, 10, 44
#: Colours that stay apart in print and for colour-blind readers (Okabe & Ito), with dashes that do without colour.
STROKES = (("#0072b2", ""), ("#d55e00", "6 3"), ("#009e73", "2 3"), ("#8a4f7d", "8 3 2 3"))


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a chart: its points as `x,y x,y`, its stroke; dots and upright bars (x, y1, y2) where it has any."""

    key: str
    colour: str
    dash: str
    points: str
    dots: tuple[tuple[float, float], ...] = ()
    bars: tuple[tuple[float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart over [0, 1] × [`floor`, 1]: series, and ticks as (place, text) along both axes."""

    series: tuple[Series, ...]
    x_ticks: tuple[tuple[float, str], ...]
    y_ticks: tuple[tuple[float, str], ...]
    diagonal: bool
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


def line_chart(lines: Mapping[str, Line], *, diagonal: bool = False, floor: float = 0.0) -> Chart:
    """Draw curves, one series each; `floor` is where the upright axis begins."""
    series = [_series(number, key, line, floor) for number, (key, line) in enumerate(lines.items()) if line]
    return _chart(series, diagonal, floor)


def reliability_chart(diagrams: Mapping[str, Sequence[ReliabilityPoint]]) -> Chart:
    """Draw reliability diagrams with the intervals of their points."""
    series = []
    for number, (key, points) in enumerate(diagrams.items()):
        line = tuple((point.predicted, point.observed) for point in points)
        bars = tuple((_x(point.predicted), _y(point.low, 0), _y(point.high, 0)) for point in points)
        plain = _series(number, key, line, 0.0)
        dots = tuple((_x(x), _y(y, 0.0)) for x, y in line)
        series.append(Series(key, plain.colour, plain.dash, plain.points, dots, bars))
    return _chart([each for each in series if each.points], True, 0.0)


def floor_of(lines: Mapping[str, Line]) -> float:
    """Return the tenth below the lowest point, so that a high curve does not hide in the top of its chart."""
    lowest = min((y for line in lines.values() for _, y in line), default=0.0)
    return min(max(int(lowest * 10 - 0.5) / 10, 0.0), 0.8)


def _series(number: int, key: str, line: Line, floor: float) -> Series:
    colour, dash = STROKES[number % len(STROKES)]
    return Series(key, colour, dash, " ".join(f"{_x(x)},{_y(y, floor)}" for x, y in line))


def _chart(series: Sequence[Series], diagonal: bool, floor: float) -> Chart:
    steps = 5 if floor == 0 else max(round((1 - floor) * 10), 1)
    levels = [floor + (1 - floor) * step / steps for step in range(steps + 1)]
    return Chart(
        series=tuple(series),
        x_ticks=tuple((_x(step / 5), f"{step / 5:.1f}") for step in range(6)),
        y_ticks=tuple((_y(level, floor), f"{level:.1f}") for level in levels),
        diagonal=diagonal,
    )


def _x(value: float) -> float:
    return round(LEFT + value * (WIDTH - LEFT - RIGHT), 1)


def _y(value: float, floor: float) -> float:
    share = (value - floor) / (1 - floor)
    return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)
