"""Figures of the yearly analysis: each with table and caption, drawn for screen and paper alike."""

import doctest
from dataclasses import replace

import numpy as np
import pytest

from matcher.trends.figures import coordinates, figures_of, labels, to_plotly, to_png, to_svg
from matcher.trends.figures.coverage import coverage
from matcher.trends.figures.gaps import gaps
from matcher.trends.figures.streams import streams

from . import samples

FIGURES = figures_of(samples.analysis())
every_figure = pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)


def test_all_that_can_be_drawn_is():
    assert [figure.id for figure in FIGURES] == [
        "coverage-1", "streams", "gaps", "outside", "shares-fields", "shares-topics", "shares-orientations", "plane",
    ]  # fmt: skip
    assert figures_of(samples.empty()) == ()


@every_figure
def test_each_has_a_table_and_a_caption_in_words(figure):
    assert figure.title and figure.table.rows
    assert figure.caption.endswith(".") and len(figure.caption.split()) > 25
    assert all(len(row) == len(figure.table.columns) for row in figure.table.rows)


@every_figure
def test_plotly_accepts_it(figure):
    import plotly.graph_objects as go

    go.Figure(to_plotly(figure))


@every_figure
def test_on_paper_it_is_always_the_same(figure):
    svg = to_svg(figure)
    assert to_png(figure).startswith(b"\x89PNG") and b"<svg" in svg
    assert svg == to_svg(figure)


def test_titles_are_shown_as_they_are():
    (plane,) = [figure for figure in FIGURES if figure.id == "plane"]
    hovers = [text for trace in to_plotly(plane)["data"] for text in trace["text"]]
    assert any("&lt;quế&gt;" in text for text in hovers)
    assert not any("<quế>" in text for text in hovers)


def test_a_title_in_dollars_is_no_formula():
    group = replace(samples.analysis().outside[0], label="giá $x^2$ và $ {")
    (bars,) = [f for f in figures_of(replace(samples.analysis(), outside=(group,))) if f.id == "outside"]
    assert to_png(bars).startswith(b"\x89PNG")


def test_the_flow_loses_nobody():
    figure = streams(samples.analysis())
    nodes, links = figure.picture.nodes, figure.picture.links
    for column in (0, 1):
        assert sum(count for start, _, count in links if nodes[start].column == column) == 150
    assert sum(sum(stack.counts) for stack in figure.picture.stacks) == 150
    assert "47 đề xuất không gắn với định hướng nào" in figure.caption


def test_many_plans_and_orientations_are_drawn_together():
    flows = tuple(samples.Flow(f"{n}/KH-UBND", f"1.{n}", "aligned", n) for n in range(1, 61))
    figure = streams(replace(samples.analysis(), flows=flows))
    assert len(figure.picture.nodes) <= 50
    assert sum(sum(stack.counts) for stack in figure.picture.stacks) == sum(range(1, 61))
    assert len(figure.table.rows) == 60


def test_a_year_that_did_not_ask_is_left_blank():
    rows = {row.label.split()[0]: row for row in FIGURES[0].picture.rows}
    assert rows["2.3"].cells == (9, 3, None)
    assert rows["1.2"].cells == (0, 0, 0)
    assert rows["2.1"].group == "Nông nghiệp và phát triển nông thôn"


def test_coverage_of_many_orientations_takes_several_pages():
    many = [samples.demand(f"{f}.{n}", f"Định hướng {n}", (1, 2, 3), 5.0) for f in (1, 2, 3) for n in range(1, 21)]
    many += [samples.demand(f"2023:1.{n}", "Định hướng cũ", (1, 0, 0), 5.0, asked=(2023,)) for n in range(1, 4)]
    figures = list(coverage(replace(samples.analysis(), orientations=tuple(many))))
    rows = [row for figure in figures for row in figure.picture.rows]
    assert len(figures) == 3 and len(rows) == 63
    assert all(len(figure.picture.rows) <= 34 for figure in figures)
    assert sum(row.group == "Khoa học và công nghệ" for row in rows) == 23


def test_the_gap_names_only_what_is_beyond_doubt():
    figure = gaps(samples.analysis())
    assert {dot.label.split()[0] for dot in figure.picture.dots if dot.stands_out} == {"2.1", "2.2", "1.2"}
    assert "2 định hướng chắc chắn nhận nhiều hơn và 1 định hướng chắc chắn nhận ít hơn" in figure.caption


def test_a_panel_names_no_trend_without_ground():
    (fields,) = [figure for figure in FIGURES if figure.id == "shares-fields"]
    assert {panel.note for panel in fields.picture.panels} == {"○ chưa đủ căn cứ"}
    assert not any(panel.stands_out for panel in fields.picture.panels)


def test_the_map_does_not_depend_on_the_order():
    vectors = np.random.default_rng(0).normal(size=(30, 8)).astype(np.float32)
    order = np.random.default_rng(1).permutation(30)
    placed = coordinates(vectors)
    assert np.abs(placed).max() == pytest.approx(1)
    np.testing.assert_allclose(coordinates(vectors[order]), placed[order], atol=1e-5)


@pytest.mark.parametrize("shape", [(0, 8), (1, 8), (5, 1), (3, 0)])
def test_the_map_of_next_to_nothing(shape):
    placed = coordinates(np.ones(shape, np.float32))
    assert placed.shape == (shape[0], 2) and np.isfinite(placed).all()


def test_the_examples_of_labels_hold():
    assert doctest.testmod(labels).failed == 0
