"""Figures as Plotly draws them: plain objects for its script, which comes from the package and needs no network."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from matcher.trends.figures.labels import label
from matcher.trends.figures.palette import BLUE, GREY, INK, LIGHT, OKABE_ITO, SCALE, SHAPES, VERMILION
from matcher.trends.figures.specs import Bars, Dots, Figure, HeatMap, HeatRow, Panel, Panels, Scatter, Streams
from matcher.trends.numbers import number, percent

Drawn = dict[str, Any]
#: Pixels of a row, and of what stands above and below the rows.
_ROW, _FRAME = 26, 90
_FAINT = "rgba(0,114,178,0.18)"
#: A ratio beyond this is drawn at the edge.
FARTHEST = 6.0


def plotly_script() -> str:
    """Return Plotly's script, to be embedded once in a page."""
    from plotly.offline import get_plotlyjs

    script: str = get_plotlyjs()
    return script


def to_plotly(figure: Figure) -> Drawn:
    """Return `data` and `layout` for `Plotly.newPlot`."""
    data, layout = _DRAW[type(figure.picture)](figure.picture)
    base: Drawn = {
        "font": {"family": "Arial, 'Liberation Sans', sans-serif", "size": 13, "color": INK},
        "paper_bgcolor": "white",
        "plot_bgcolor": "white",
        "margin": {"l": 10, "r": 20, "t": 30, "b": 45},
        "showlegend": False,
        "separators": ",.",
        "hoverlabel": {"align": "left"},
    }
    return {"data": data, "layout": {**base, **layout}}


def _html(name: str, width: int, lines: int = 2) -> str:
    """Return a label of plain text; Plotly takes a few tags for marks, so none may come through."""
    return _plain(label(name, width, lines)).replace("\n", "<br>")


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _hover(text: str) -> str:
    return _html(text, 70, 6)


def _heat(picture: HeatMap) -> tuple[list[Drawn], Drawn]:
    rows = picture.rows
    most = max((cell for row in rows for cell in row.cells if cell is not None), default=0)
    cells = [list(row.cells) for row in rows]
    names = [_html(row.label, 72, 1) for row in rows]
    where, across = list(range(len(rows))), list(range(len(picture.columns)))
    data: Drawn = {
        "type": "heatmap",
        "x": across,
        "y": where,
        "z": cells,
        "zmin": 0,
        "zmax": max(most, 1),
        "colorscale": [[n / (len(SCALE) - 1), colour] for n, colour in enumerate(SCALE)],
        "showscale": False,
        "hoverongaps": False,
        "xgap": 3,
        "ygap": 3,
        "customdata": [[f"{_hover(row.hover)}<br>{column}" for column in picture.columns] for row in rows],
        "hovertemplate": f"%{{customdata}}: %{{z}} {picture.unit}<extra></extra>",
    }
    notes = [
        {
            "x": column, "y": n, "text": "–" if cell is None else str(cell), "showarrow": False,
            "font": {"color": "white" if cell is not None and cell > 0.55 * most else INK},
        }
        for n, row in enumerate(rows)
        for column, cell in zip(across, row.cells, strict=True)
    ]  # fmt: skip
    for first, last, group in groups_of(rows):
        notes.append(
            {"xref": "paper", "x": 1.01, "y": (first + last) / 2, "xanchor": "left", "align": "left",
             "showarrow": False, "text": f"<i>{_html(group, 26, 3)}</i>"}
        )  # fmt: skip
    starts = [n for n, row in enumerate(rows) if n and row.group != rows[n - 1].group]
    lines = [
        {
            "type": "line",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": n - 0.5,
            "y1": n - 0.5,
            "line": {"color": INK, "width": 1},
        }
        for n in starts
    ]
    layout = {
        "height": _FRAME + _ROW * len(rows),
        "margin": {"l": 10, "r": 190, "t": 30, "b": 10},
        "annotations": notes,
        "shapes": lines,
        "xaxis": {"side": "top", "fixedrange": True, "tickmode": "array", "tickvals": across, "showgrid": False,
                  "zeroline": False, "ticktext": list(picture.columns), "range": [-0.5, len(across) - 0.5]},
        "yaxis": {"autorange": "reversed", "automargin": True, "tickmode": "array", "tickvals": where,
                  "ticktext": names, "fixedrange": True, "showgrid": False, "zeroline": False},
    }  # fmt: skip
    return [data], layout


def groups_of(rows: Sequence[HeatRow]) -> list[tuple[int, int, str]]:
    """Return the first and last row of each group, with its name."""
    found: list[tuple[int, int, str]] = []
    for n, row in enumerate(rows):
        if found and found[-1][2] == row.group:
            found[-1] = (found[-1][0], n, row.group)
        else:
            found.append((n, n, row.group))
    return found


def _panels(picture: Panels) -> tuple[list[Drawn], Drawn]:
    columns = min(3, max(2, len(picture.panels)))
    lines = math.ceil(len(picture.panels) / columns)
    top = min(1.0, 1.1 * max(max(panel.highs) for panel in picture.panels))
    layout: Drawn = {"height": 40 + 230 * lines, "annotations": [], "margin": {"l": 50, "r": 20, "t": 20, "b": 40}}
    data: list[Drawn] = []
    for n, panel in enumerate(picture.panels):
        row, column = divmod(n, columns)
        left, high = column / columns, 1 - row / lines
        axis = "" if n == 0 else str(n + 1)
        layout[f"xaxis{axis}"] = {
            "domain": [left + 0.01, left + 0.9 / columns], "anchor": f"y{axis}", "tickmode": "array",
            "tickvals": list(panel.years), "fixedrange": True, "showgrid": False,
            "range": [panel.years[0] - 0.4, panel.years[-1] + 0.4],
        }  # fmt: skip
        layout[f"yaxis{axis}"] = {
            "domain": [high - 0.88 / lines, high - 0.27 / lines], "anchor": f"x{axis}", "range": [0, top],
            "tickformat": ".0%", "nticks": 4, "gridcolor": LIGHT, "fixedrange": True, "zeroline": False,
        }  # fmt: skip
        layout["annotations"].append(
            {"xref": "paper", "yref": "paper", "x": left + 0.01, "y": high - 0.01 / lines, "xanchor": "left",
             "yanchor": "top", "align": "left", "showarrow": False,
             "text": f"<b>{_html(panel.name, 38)}</b><br>{_html(panel.note, 42, 2)}"}
        )  # fmt: skip
        data += _lines(panel, axis)
    return data, layout


def _lines(panel: Panel, axis: str) -> list[Drawn]:
    where = {"xaxis": f"x{axis}", "yaxis": f"y{axis}"}
    colour = VERMILION if panel.stands_out else BLUE
    band = {
        "type": "scatter", "mode": "lines", "x": [*panel.years, *reversed(panel.years)],
        "y": [*panel.highs, *reversed(panel.lows)], "fill": "toself", "fillcolor": _FAINT, "line": {"width": 0},
        "hoverinfo": "skip", **where,
    }  # fmt: skip
    bounds = zip(panel.counts, panel.lows, panel.highs, strict=True)
    words = [f"{number(count)} đề xuất; 95%: {percent(low)}–{percent(high)}" for count, low, high in bounds]
    line = {
        "type": "scatter", "mode": "lines+markers+text", "x": list(panel.years), "y": list(panel.means),
        "text": [percent(mean, 0) for mean in panel.means], "textposition": "top center", "customdata": words,
        "hovertemplate": "%{x}: %{y:.1%}<br>%{customdata}<extra></extra>", "cliponaxis": False,
        "line": {"color": colour, "width": 2}, "marker": {"color": colour, "size": 7}, **where,
    }  # fmt: skip
    return [band, line]


def _dots(picture: Dots) -> tuple[list[Drawn], Drawn]:
    edge = farthest(picture)
    data = []
    for chosen, shape, colour in ((True, "diamond", VERMILION), (False, "circle", GREY)):
        mine = [(n, dot) for n, dot in enumerate(picture.dots) if dot.stands_out is chosen]
        values = [min(dot.value, edge) for _, dot in mine]
        data.append(
            {
                "type": "scatter", "mode": "markers", "x": values, "y": [n for n, _ in mine],
                "error_x": {
                    "type": "data", "symmetric": False, "color": colour, "thickness": 2, "width": 4,
                    "array": [min(dot.high, edge) - x for x, (_, dot) in zip(values, mine, strict=True)],
                    "arrayminus": [x - dot.low for x, (_, dot) in zip(values, mine, strict=True)],
                },
                "marker": {"symbol": shape, "size": 10, "color": colour},
                "customdata": [_hover(dot.hover) for _, dot in mine],
                "hovertemplate": "%{customdata}<extra></extra>",
            }
        )  # fmt: skip
    line = {"type": "line", "x0": picture.reference, "x1": picture.reference, "yref": "paper", "y0": 0, "y1": 1,
            "line": {"color": INK, "dash": "dash", "width": 1}}  # fmt: skip
    layout = {
        "height": _FRAME + _ROW * len(picture.dots),
        "shapes": [line],
        "xaxis": {
            "title": {"text": picture.axis},
            "range": [-0.05, edge * 1.03],
            "gridcolor": LIGHT,
            "zeroline": False,
        },
        "yaxis": _named_rows([dot.label for dot in picture.dots]),
    }
    return data, layout


def farthest(picture: Dots) -> float:
    """Return how far the axis of ratios goes: to the highest bound, but not so far that the rest is crushed."""
    bounds = [bound for dot in picture.dots for bound in (dot.high, dot.value) if math.isfinite(bound)]
    return max(2.0, min(FARTHEST, max(bounds, default=2.0)))


def _bars(picture: Bars) -> tuple[list[Drawn], Drawn]:
    data = {
        "type": "bar", "orientation": "h", "x": [bar.value for bar in picture.bars],
        "y": list(range(len(picture.bars))), "text": [number(bar.value) for bar in picture.bars],
        "textposition": "outside", "cliponaxis": False, "marker": {"color": BLUE},
        "customdata": [_hover(bar.hover) for bar in picture.bars], "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
    layout = {
        "height": _FRAME + 30 * len(picture.bars),
        "xaxis": {"title": {"text": picture.axis}, "gridcolor": LIGHT, "rangemode": "tozero"},
        "yaxis": _named_rows([bar.label for bar in picture.bars]),
    }
    return [data], layout


def _named_rows(names: Sequence[str]) -> Drawn:
    return {
        "autorange": "reversed", "automargin": True, "tickmode": "array", "tickvals": list(range(len(names))),
        "ticktext": [_html(name, 58, 1) for name in names], "showgrid": False, "zeroline": False, "fixedrange": True,
    }  # fmt: skip


def _streams(picture: Streams) -> tuple[list[Drawn], Drawn]:
    colours = [(BLUE, GREY, VERMILION)[node.column] for node in picture.nodes]
    data = {
        "type": "sankey", "arrangement": "snap", "valueformat": ",d",
        "node": {
            "label": [_html(node.label, 34, 1) for node in picture.nodes], "color": colours, "pad": 9, "thickness": 14,
            "customdata": [_hover(node.hover) for node in picture.nodes],
            "hovertemplate": "%{customdata}: %{value}<extra></extra>", "line": {"width": 0},
        },
        "link": {
            "source": [link[0] for link in picture.links], "target": [link[1] for link in picture.links],
            "value": [link[2] for link in picture.links], "color": "rgba(106,156,200,0.35)",
            "hovertemplate": "%{source.label} → %{target.label}: %{value}<extra></extra>",
        },
    }  # fmt: skip
    tallest = max(sum(node.column == column for node in picture.nodes) for column in range(3))
    return [data], {"height": 160 + 22 * tallest}


def _scatter(picture: Scatter) -> tuple[list[Drawn], Drawn]:
    data = []
    for n, name in enumerate(picture.groups):
        mine = [mark for mark in picture.marks if mark.group == n]
        data.append(
            {
                "type": "scatter", "mode": "markers", "name": _html(name, 30), "x": [mark.x for mark in mine],
                "y": [mark.y for mark in mine], "text": [_hover(mark.hover) for mark in mine],
                "hovertemplate": "%{text}<extra></extra>",
                "marker": {"symbol": SHAPES[n % len(SHAPES)][0], "size": 9, "opacity": 0.75,
                           "color": OKABE_ITO[n % len(OKABE_ITO)]},
            }
        )  # fmt: skip
    bare = {"showticklabels": False, "showgrid": False, "zeroline": False, "showline": True, "mirror": True}
    legend = {"orientation": "h", "y": -0.02, "yanchor": "top"}
    return data, {
        "height": 620,
        "showlegend": True,
        "legend": legend,
        "xaxis": bare,
        "yaxis": {**bare, "linecolor": GREY},
    }


_DRAW: Mapping[type, Callable[[Any], tuple[list[Drawn], Drawn]]] = MappingProxyType(
    {HeatMap: _heat, Panels: _panels, Dots: _dots, Bars: _bars, Streams: _streams, Scatter: _scatter}
)
