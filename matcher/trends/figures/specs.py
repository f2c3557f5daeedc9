"""What a figure shows, drawn nowhere yet: one spec is drawn for the screen and for paper alike."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.trends.grid import Grid


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A row of counts by year, None where nothing was asked; `group` heads the rows that share it."""

    label: str
    hover: str
    group: str
    cells: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Counts in cells: darker is more."""

    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One small picture of a share by year, in [0, 1], with its interval; `note` says what is known of its trend."""

    name: str
    note: str
    years: tuple[int, ...]
    means: tuple[float, ...]
    lows: tuple[float, ...]
    highs: tuple[float, ...]
    counts: tuple[int, ...]
    stands_out: bool


@dataclass(frozen=True, slots=True)
class Panels:
    """Small multiples with one scale."""

    panels: tuple[Panel, ...]
    axis: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A value with its interval; `high` may be infinite. `note` says in words what it means."""

    label: str
    hover: str
    value: float
    low: float
    high: float
    note: str
    stands_out: bool


@dataclass(frozen=True, slots=True)
class Dots:
    """Values beside a reference."""

    dots: tuple[Dot, ...]
    axis: str
    reference: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A count."""

    label: str
    hover: str
    value: int


@dataclass(frozen=True, slots=True)
class Bars:
    """Counts side by side."""

    bars: tuple[Bar, ...]
    axis: str


@dataclass(frozen=True, slots=True)
class Node:
    """A station of a flow; `column` counts from 0."""

    label: str
    hover: str
    column: int


@dataclass(frozen=True, slots=True)
class Stack:
    """On paper, in place of the streams: counts of the parts of one bar."""

    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Streams:
    """Counts that go from node to node, as (from, to, count); `stacks` say the same for paper, by `parts`."""

    nodes: tuple[Node, ...]
    links: tuple[tuple[int, int, int], ...]
    parts: tuple[str, ...]
    stacks: tuple[Stack, ...]
    axis: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of a map; `group` is its place among the groups."""

    x: float
    y: float
    hover: str
    group: int


@dataclass(frozen=True, slots=True)
class Scatter:
    """Points of named groups; near is alike, and the axes have no unit."""

    marks: tuple[Mark, ...]
    groups: tuple[str, ...]


Picture = HeatMap | Panels | Dots | Bars | Streams | Scatter


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its table, and in words what it shows and how sure that is."""

    id: str
    title: str
    caption: str
    picture: Picture
    table: Grid
