"""A text after a change, and where each of its code points came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Normalized:
    """A changed text with its way back to the source.

    Attributes
    ----------
    text : str
        The text after the change.
    offsets : tuple of int
        `offsets[i]` is the index, in the source, of the code points that `text[i]` came from; one more entry,
        at the end, is the length of the source. Never decreases.
    """

    text: str
    offsets: tuple[int, ...]

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        r"""Return the stretch of the source that `text[start:end]` came from.

        Code points of the source that were dropped inside or right after the stretch belong to it. An empty
        stretch gives an empty one.

        Examples
        --------
        >>> from matcher.text import normalize_with_offsets
        >>> normalize_with_offsets("ho\u0323c").to_source(1, 2)
        (1, 3)
        """
        first = self.offsets[start]
        last = self.offsets[end]
        if end > start and last <= first:  # inside one cluster that became several code points
            after = bisect_right(self.offsets, first)
            last = self.offsets[after] if after < len(self.offsets) else self.offsets[-1]
        return first, max(first, last)

    def then(self, later: Normalized) -> Normalized:
        """Return `later`, a change of this text, with its offsets led back to the source of this one."""
        return Normalized(later.text, tuple(self.offsets[offset] for offset in later.offsets))


#: A change: the source's `[start, end)` gives way to a string.
Edit = tuple[int, int, str]


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with the edits made; they must come in order and not overlap."""
    parts: list[str] = []
    done = 0
    for start, end, new in edits:
        parts += text[done:start], new
        done = end
    parts.append(text[done:])
    return "".join(parts)


def apply_edits_with_offsets(text: str, edits: Iterable[Edit]) -> Normalized:
    """Return the text with the edits made and the way back; what is new points at its edit's start."""
    parts: list[str] = []
    offsets: list[int] = []
    done = 0
    for start, end, new in edits:
        parts += text[done:start], new
        offsets.extend(range(done, start))
        offsets.extend([start + i for i in range(len(new))] if len(new) == end - start else [start] * len(new))
        done = end
    parts.append(text[done:])
    offsets.extend(range(done, len(text) + 1))
    return Normalized("".join(parts), tuple(offsets))
