"""Lines as a reader finds them, and how they become a `Document` whose offsets hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from matcher.records import Document, Line, LineKind, Problem, Span, Status
from matcher.text import normalize


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line before normalisation; `raised` are `(start, end)` within `text`."""

    text: str
    page: int = 1
    kind: LineKind = LineKind.BODY
    marker: str = ""
    level: int = 0
    heading: bool = False
    raised: tuple[tuple[int, int], ...] = ()


def assemble(
    path: Path,
    media: str,
    drafts: Iterable[DraftLine],
    *,
    pages: int = 1,
    problems: Sequence[Problem] = (),
    partial: bool = False,
) -> Document:
    """Normalise lines, join them with line feeds and keep every offset right."""
    texts: list[str] = []
    lines: list[Line] = []
    offset = 0
    for draft in drafts:
        text = _one_line(draft.text)
        raised = tuple(
            Span(offset + start, offset + end)
            for start, end in _moved(draft.raised, draft.text, text)
            if start < end
        )
        lines.append(
            Line(
                span=Span(offset, offset + len(text)),
                page=draft.page,
                kind=draft.kind,
                marker=_one_line(draft.marker),
                level=draft.level,
                heading=draft.heading,
                raised=raised,
            )
        )
        texts.append(text)
        offset += len(text) + 1
    return Document(
        file=path.as_posix(),
        media=media,
        text="\n".join(texts),
        lines=tuple(lines),
        pages=max(1, pages),
        status=Status.PARTIAL if partial else Status.OK,
        problems=tuple(problems),
    )


def _one_line(text: str) -> str:
    """Normalise one line; whatever would break it in two becomes a space."""
    return " ".join(normalize(text).splitlines()) if text else ""


def _moved(spans: Sequence[tuple[int, int]], before: str, after: str) -> list[tuple[int, int]]:
    """Carry offsets of `before` over to its normalised form `after`."""
    if before == after:
        return list(spans)
    moved = []
    for start, end in spans:
        left = len(_one_line(before[:start]))
        right = len(_one_line(before[:end]))
        if after[left:right] == _one_line(before[start:end]):
            moved.append((left, right))
    return moved
