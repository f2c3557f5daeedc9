"""Figures of the yearly analysis: one spec each, drawn for the screen (Plotly) and for paper (matplotlib)."""

from __future__ import annotations

from matcher.trends.figures.coverage import coverage
from matcher.trends.figures.gaps import gaps
from matcher.trends.figures.outside import outside
from matcher.trends.figures.paper import to_png, to_svg
from matcher.trends.figures.plane import coordinates, plane
from matcher.trends.figures.screen import plotly_script, to_plotly
from matcher.trends.figures.shares import field_shares, orientation_shares, topic_shares
from matcher.trends.figures.specs import Figure
from matcher.trends.figures.streams import streams
from matcher.trends.records import Analysis

__all__ = ["Figure", "coordinates", "figures_of", "plotly_script", "to_plotly", "to_png", "to_svg"]


def figures_of(analysis: Analysis) -> tuple[Figure, ...]:
    """Return every figure that the analysis has the values for, in the order of the report."""
    makers = (streams, gaps, outside, field_shares, topic_shares, orientation_shares, plane)
    return (*coverage(analysis), *(figure for make in makers if (figure := make(analysis)) is not None))
