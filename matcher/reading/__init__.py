"""Stage 1: a file becomes a `Document` (txt, Word, pdf) or a stream of table rows (csv, Excel, jsonl)."""

from matcher.reading.archive import ARCHIVE_SUFFIX, Member, count_members, unpack
from matcher.reading.cache import DocumentCache
from matcher.reading.documents import DOCUMENT_SUFFIXES, DocumentReader, Media, Reader, read_document
from matcher.reading.files import Content, read_bytes, sniff_file
from matcher.reading.limits import DEFAULT, Limits
from matcher.reading.names import shown_name
from matcher.reading.rows import TableRow
from matcher.reading.tables import TABLE_SUFFIXES, TableMedia, read_table

__all__ = [
    "ARCHIVE_SUFFIX",
    "DEFAULT",
    "DOCUMENT_SUFFIXES",
    "TABLE_SUFFIXES",
    "Content",
    "DocumentCache",
    "DocumentReader",
    "Limits",
    "Media",
    "Member",
    "Reader",
    "TableMedia",
    "TableRow",
    "count_members",
    "read_bytes",
    "read_document",
    "read_table",
    "shown_name",
    "sniff_file",
    "unpack",
]
