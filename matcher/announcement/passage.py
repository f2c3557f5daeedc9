"""A stretch of rows as one line of text that still knows where each part came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.announcement.footnotes import grows_together, without_marks
from matcher.announcement.rows import Row
from matcher.records import Span


@dataclass(frozen=True, slots=True)
class Passage:
    """Rows joined into `text`; `starts` are the offsets at which each row begins in it."""

    text: str
    starts: tuple[int, ...]
    rows: tuple[Row, ...]

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Passage:
        """Join rows, marks of notes removed; a word cut at a hyphen grows together."""
        pieces: list[str] = []
        starts: list[int] = []
        length = 0
        for row in rows:
            own = without_marks(row.text)
            if pieces and not grows_together(pieces[-1], own):
                pieces.append(" ")
                length += 1
            starts.append(length)
            pieces.append(own)
            length += len(own)
        return cls("".join(pieces), tuple(starts), tuple(rows))

    @property
    def sentences(self) -> list[str]:
        """The sentences of the text, in order."""
        return re.split(r"(?<=[.;])\s+(?=[^\W\d_a-zà-ỹ])", self.text)

    def span(self, start: int, end: int) -> Span:
        """Return the place in the document of the rows that `[start, end)` touches."""
        first, last = self._row(start), self._row(max(start, end - 1))
        return Span(self.rows[first].start, self.rows[last].end)

    def _row(self, offset: int) -> int:
        return max(0, bisect_right(self.starts, offset) - 1)
