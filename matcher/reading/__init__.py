"""Stage 1: a file becomes a `Document` (txt, Word, pdf) or a stream of table rows (csv, Excel, jsonl)."""

from matcher.reading.cache import DocumentCache
from matcher.reading.documents import DOCUMENT_SUFFIXES, DocumentReader, Media, Reader, read_document
from matcher.reading.limits import DEFAULT, Limits
from matcher.reading.rows import TableRow
from matcher.reading.tables import TABLE_SUFFIXES, TableMedia, read_table

__all__ = [
    "DEFAULT",
    "DOCUMENT_SUFFIXES",
    "TABLE_SUFFIXES",
    "DocumentCache",
    "DocumentReader",
    "Limits",
    "Media",
    "Reader",
    "TableMedia",
    "TableRow",
    "read_document",
    "read_table",
]
