"""The yearly report: one page to look at, a document to print, tables to reuse, and the JSON of the contract."""

from matcher.trends.report.sections import Document, Section, document_of
from matcher.trends.report.summary import summary
from matcher.trends.report.writing import TREND_SUFFIXES, check_trend_outputs, write_trends

__all__ = [
    "TREND_SUFFIXES",
    "Document",
    "Section",
    "check_trend_outputs",
    "document_of",
    "summary",
    "write_trends",
]
