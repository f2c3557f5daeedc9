"""Figures for paper, by matplotlib: PNG and SVG; no window, no global state, equal runs give equal bytes."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from matcher.trends.figures.labels import label
from matcher.trends.figures.palette import BLUE, GREY, HATCHES, INK, LIGHT, OKABE_ITO, PARTS, SCALE, SHAPES, VERMILION
from matcher.trends.figures.screen import farthest, groups_of
from matcher.trends.figures.specs import Bars, Dots, Figure, HeatMap, Panel, Panels, Scatter, Streams
from matcher.trends.numbers import number, percent

#: Inches between the margins of an A4 page, and the height that leaves room for title and caption.
WIDTH, TALLEST = 6.5, 8.4
_DPI = 200
_STYLE: Mapping[str, Any] = MappingProxyType(
    {
        "font.family": "DejaVu Sans",  # comes with matplotlib, and has all letters of Vietnamese
        "font.size": 8,
        "axes.edgecolor": GREY,
        "axes.linewidth": 0.6,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "text.color": INK,
        "text.parse_math": False,
        "svg.hashsalt": "matcher",
        "hatch.linewidth": 0.5,
    }
)


def to_png(figure: Figure) -> bytes:
    """Return the picture as PNG, for A4 at 200 dots an inch."""
    return _written(figure, "png", {"Software": None})


def to_svg(figure: Figure) -> bytes:
    """Return the picture as SVG, letters as outlines, so that it looks alike everywhere."""
    return _written(figure, "svg", {"Date": None})


def _written(figure: Figure, kind: str, metadata: Mapping[str, Any]) -> bytes:
    import matplotlib
    from matplotlib.figure import Figure as Canvas

    stream = io.BytesIO()
    style: Any = dict(_STYLE)
    with matplotlib.rc_context(style):
        canvas = Canvas(figsize=(WIDTH, 3), layout="constrained")
        _DRAW[type(figure.picture)](figure.picture, canvas)
        canvas.savefig(stream, format=kind, dpi=_DPI, metadata=dict(metadata), facecolor="white")
    return stream.getvalue()


def _sized(canvas: Any, height: float) -> None:  # noqa: ANN401
    canvas.set_size_inches(WIDTH, min(height, TALLEST))


def _heat(picture: HeatMap, canvas: Any) -> None:  # noqa: ANN401
    from matplotlib.colors import LinearSegmentedColormap

    rows, columns = picture.rows, picture.columns
    most = max((cell for row in rows for cell in row.cells if cell is not None), default=0)
    _sized(canvas, 0.6 + 0.225 * len(rows))
    axes = canvas.subplots()
    values = [[math.nan if cell is None else cell for cell in row.cells] for row in rows]
    colours = LinearSegmentedColormap.from_list("counts", SCALE)
    axes.pcolormesh(values, cmap=colours, vmin=0, vmax=max(most, 1), edgecolors="white", linewidth=2)
    for n, row in enumerate(rows):
        for m, cell in enumerate(row.cells):
            colour = "white" if cell is not None and cell > 0.55 * most else INK
            shown = "–" if cell is None else number(cell)
            axes.text(
                m + 0.5,
                n + 0.5,
                shown,
                ha="center",
                va="center",
                color=colour,
                fontsize=7.5,
                weight="normal" if cell else "bold",
            )
        if n and row.group != rows[n - 1].group:
            axes.axhline(n, color=INK, linewidth=0.8)
    for first, last, group in groups_of(rows):
        name = label(group, 22, 3)
        axes.text(len(columns) + 0.06, (first + last + 1) / 2, name, va="center", fontsize=6.8, style="italic")
    axes.set_xticks([m + 0.5 for m in range(len(columns))], columns)
    axes.set_yticks([n + 0.5 for n in range(len(rows))], [label(row.label, 66, 1) for row in rows], fontsize=7)
    axes.xaxis.tick_top()
    axes.invert_yaxis()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def _panels(picture: Panels, canvas: Any) -> None:  # noqa: ANN401
    columns = min(3, len(picture.panels))
    lines = math.ceil(len(picture.panels) / columns)
    _sized(canvas, 2.05 * lines)
    top = min(1.0, 1.15 * max(max(panel.highs) for panel in picture.panels))
    grid = canvas.subplots(lines, columns, squeeze=False, sharey=True)
    for axes, panel in zip(grid.flat, picture.panels, strict=False):
        _panel(panel, axes, top)
    for axes in list(grid.flat)[len(picture.panels) :]:
        axes.set_visible(False)
    canvas.supylabel(picture.axis, fontsize=7.5)


def _panel(panel: Panel, axes: Any, top: float) -> None:  # noqa: ANN401
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    colour = VERMILION if panel.stands_out else BLUE
    axes.fill_between(panel.years, panel.lows, panel.highs, color=colour, alpha=0.16, linewidth=0)
    axes.plot(panel.years, panel.means, color=colour, marker="o", markersize=3.5, linewidth=1.4)
    for year, mean in zip(panel.years, panel.means, strict=True):
        axes.annotate(percent(mean, 0), (year, mean), (0, 5), textcoords="offset points", ha="center", fontsize=7)
    axes.set_ylim(0, top)
    axes.set_xlim(panel.years[0] - 0.4, panel.years[-1] + 0.4)
    axes.set_xticks(panel.years)
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value, 0)))
    axes.grid(axis="y", color=LIGHT, linewidth=0.6)
    axes.set_axisbelow(True)
    weight = "bold" if panel.stands_out else "normal"
    axes.set_title(f"{label(panel.name, 30)}\n{label(panel.note, 34)}", loc="left", fontsize=7.2, fontweight=weight)


def _dots(picture: Dots, canvas: Any) -> None:  # noqa: ANN401
    from matplotlib.ticker import FuncFormatter

    _sized(canvas, 0.8 + 0.27 * len(picture.dots))
    axes = canvas.subplots()
    edge = farthest(picture)
    axes.axvline(picture.reference, color=INK, linewidth=0.8, linestyle="--")
    for n, dot in enumerate(picture.dots):
        colour, shape = (VERMILION, "D") if dot.stands_out else (GREY, "o")
        axes.plot([dot.low, min(dot.high, edge)], [n, n], color=colour, linewidth=1.6, solid_capstyle="butt")
        axes.plot([min(dot.value, edge)], [n], color=colour, marker=shape, markersize=5)
        if dot.high > edge:
            axes.annotate("▸", (edge, n), ha="center", va="center", color=colour, fontsize=8)
        axes.annotate(dot.note, (1.01, n), xycoords=("axes fraction", "data"), va="center", fontsize=6.2, color=INK)
    axes.set_yticks(range(len(picture.dots)), [label(dot.label, 44, 1) for dot in picture.dots], fontsize=7)
    axes.set_ylim(len(picture.dots) - 0.5, -0.5)
    axes.set_xlim(-0.03 * edge, edge * 1.03)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, 1)))
    axes.set_xlabel(picture.axis)
    axes.grid(axis="x", color=LIGHT, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)


def _bars(picture: Bars, canvas: Any) -> None:  # noqa: ANN401
    _sized(canvas, 0.7 + 0.3 * len(picture.bars))
    axes = canvas.subplots()
    drawn = axes.barh(range(len(picture.bars)), [bar.value for bar in picture.bars], color=BLUE, height=0.62)
    axes.bar_label(drawn, [number(bar.value) for bar in picture.bars], padding=3, fontsize=7.5)
    _rows(axes, [bar.label for bar in picture.bars], picture.axis)


def _streams(picture: Streams, canvas: Any) -> None:  # noqa: ANN401
    _sized(canvas, 1.0 + 0.32 * len(picture.stacks))
    axes = canvas.subplots()
    rows = range(len(picture.stacks))
    left = [0] * len(picture.stacks)
    for n, part in enumerate(picture.parts):
        widths = [stack.counts[n] for stack in picture.stacks]
        colour, hatch = PARTS[n % len(PARTS)], HATCHES[n % len(HATCHES)]
        axes.barh(
            rows,
            widths,
            left=left,
            color=colour,
            hatch=hatch,
            edgecolor="white",
            linewidth=0.5,
            label=part,
            height=0.66,
        )
        left = [start + width for start, width in zip(left, widths, strict=True)]
    for n, stack in enumerate(picture.stacks):
        counts = " + ".join(number(count) for count in stack.counts)
        axes.annotate(f"{number(sum(stack.counts))} = {counts}", (left[n], n), (4, 0), textcoords="offset points",
                      va="center", fontsize=7)  # fmt: skip
    axes.margins(x=0.3)
    _rows(axes, [stack.label for stack in picture.stacks], picture.axis)
    canvas.legend(loc="outside upper center", ncols=4, frameon=False, fontsize=7.5)


def _rows(axes: Any, names: list[str], axis: str) -> None:  # noqa: ANN401
    axes.set_yticks(range(len(names)), [label(name, 40, 2) for name in names], fontsize=7.5)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xlim(left=0)
    axes.set_xlabel(axis)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.grid(axis="x", color=LIGHT, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)


def _scatter(picture: Scatter, canvas: Any) -> None:  # noqa: ANN401
    _sized(canvas, 5.4)
    axes = canvas.subplots()
    for n, name in enumerate(picture.groups):
        mine = [mark for mark in picture.marks if mark.group == n]
        colour, shape = OKABE_ITO[n % len(OKABE_ITO)], SHAPES[n % len(SHAPES)][1]
        across, up = [mark.x for mark in mine], [mark.y for mark in mine]
        axes.scatter(across, up, s=16, alpha=0.75, linewidth=0, color=colour, marker=shape, label=label(name, 40))
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines[:].set_visible(True)
    canvas.legend(loc="outside lower center", ncols=3, frameon=False, fontsize=7)


_DRAW: Mapping[type, Callable[[Any, Any], None]] = MappingProxyType(
    {HeatMap: _heat, Panels: _panels, Dots: _dots, Bars: _bars, Streams: _streams, Scatter: _scatter}
)
