"""Papers of an office as DOCX: A4, the typeface and heading lines of administrative documents, tables."""

from matcher.reporting.paper.body import Body, Cell, Line, Run, Table
from matcher.reporting.paper.document import (
    COUNTRY,
    DOTS,
    FONT,
    MOTTO,
    SIZE,
    Paper,
    heading_cells,
    remark_lines,
    signature_cells,
)

__all__ = [
    "COUNTRY",
    "DOTS",
    "FONT",
    "MOTTO",
    "SIZE",
    "Body",
    "Cell",
    "Line",
    "Paper",
    "Run",
    "Table",
    "heading_cells",
    "remark_lines",
    "signature_cells",
]
