"""How much of a hostile input is looked at before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.settings import Settings

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on one input file.

    Attributes
    ----------
    max_bytes : int
        Size of the file itself.
    max_unzipped_bytes, max_part_bytes : int
        Declared size of all entries of a zip archive, and of one XML part of a Word document.
    max_tags : int
        Tags of one XML part of a Word document, counted before it is parsed.
    max_ratio : int
        Unzipped over zipped size, looked at only above `ratio_floor_bytes`: deflate reaches 1,032, office
        files of real text stay below 60.
    max_entries : int
        Entries of a zip archive.
    max_depth : int
        Archives within archives, the outermost counting as one.
    max_pages : int
        Pages of a PDF that are read; the rest is reported.
    max_scanned_pages : int
        Pages of a PDF or picture that are recognised (a second or two each); the rest is reported.
    max_pdf_seconds, max_ocr_seconds, max_ocr_page_seconds : float
        Time for the text of a PDF, for recognising a document, and for one run of the recogniser on a page.
    max_cell_chars, max_rows : int
        Characters of a table's cell, rows of a table.

    Examples
    --------
    >>> Limits(max_pages=10).max_pages
    10
    """

    max_bytes: int = 200 * _MEGABYTE
    max_unzipped_bytes: int = 1024 * _MEGABYTE
    max_part_bytes: int = 128 * _MEGABYTE
    max_tags: int = 5_000_000
    max_ratio: int = 150
    ratio_floor_bytes: int = 16 * _MEGABYTE
    max_entries: int = 5_000
    max_depth: int = 3
    max_pages: int = 500
    max_scanned_pages: int = 60
    max_pdf_seconds: float = 60.0
    max_ocr_seconds: float = 300.0
    max_ocr_page_seconds: float = 60.0
    max_cell_chars: int = 2_000_000
    max_rows: int = 500_000

    @classmethod
    def from_settings(cls, settings: Settings) -> Limits:
        """Return the limits that the settings of a run ask for."""
        return cls(
            max_bytes=settings.max_file_mb * _MEGABYTE,
            max_cell_chars=settings.max_cell_chars,
            max_rows=settings.max_rows,
        )


#: The limits where nobody asked for others.
DEFAULT = Limits()
