"""Stage 1: a file becomes a `Document` (txt, docx, pdf) or a stream of table rows (csv, xlsx, jsonl)."""

from matcher.reading.documents import DOCUMENT_SUFFIXES, Media, Reader, read_document
from matcher.reading.limits import DEFAULT, Limits

__all__ = ["DEFAULT", "DOCUMENT_SUFFIXES", "Limits", "Media", "Reader", "read_document"]
