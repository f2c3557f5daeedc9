"""Lines as a reader finds them, and how they become a `Document` whose offsets hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from matcher.records import Document, Line, LineKind, Problem, Span, Status
from matcher.text import Legacy, decode_legacy, decode_lines, normalize

_MARK = re.compile(r"\s*([0-9]{1,3}(?:\s*[,;]\s*[0-9]{1,3})*|[ivxl]+)\s*")


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line before normalisation; `raised` are `(start, end)` within `text`.

    `decoded` is what the line was typed in where it is Unicode already because its fonts told.
    """

    text: str
    page: int = 1
    kind: LineKind = LineKind.BODY
    marker: str = ""
    level: int = 0
    heading: bool = False
    raised: tuple[tuple[int, int], ...] = ()
    confidence: float = 1.0
    decoded: Legacy | None = None


def marks(text: str, raised: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return those raised stretches that can be references to notes, without white space around them."""
    found = (_MARK.fullmatch(text, start, end) for start, end in raised)
    return [mark.span(1) for mark in found if mark]


def assemble(
    path: Path,
    media: str,
    drafts: Sequence[DraftLine],
    *,
    pages: int = 1,
    problems: Sequence[Problem] = (),
    partial: bool = False,
    legacy: bool = True,
) -> Document:
    """Normalise lines, join them with line feeds and keep every offset right.

    `legacy` asks for text typed for TCVN3 or VNI fonts to be turned into Unicode; plain text has been through
    that when its bytes were decoded.
    """
    raw = [" ".join(draft.text.splitlines()) if draft.text else "" for draft in drafts]
    joined, encoding = _decoded(raw, drafts) if legacy else ("\n".join(raw), None)
    notes = list(problems)
    known = Counter(draft.decoded for draft in drafts if draft.decoded is not None)
    named = max(known, key=known.__getitem__, default=encoding)
    if named:
        message = f"Chữ gõ bằng phông {named.upper()} đã được chuyển sang Unicode."
        notes.append(Problem("legacy_encoding", message, path.as_posix()))
    text = normalize(joined)
    lines: list[Line] = []
    offset = 0
    for draft, before, after in zip(drafts, raw, text.split("\n"), strict=True):
        raised = _moved(draft.raised, before, after, encoding)
        lines.append(
            Line(
                span=Span(offset, offset + len(after)),
                page=draft.page,
                kind=draft.kind,
                marker=normalize(draft.marker),
                level=draft.level,
                heading=draft.heading,
                raised=tuple(Span(offset + start, offset + end) for start, end in raised),
                confidence=draft.confidence,
            )
        )
        offset += len(after) + 1
    return Document(
        file=path.as_posix(),
        media=media,
        text=text,
        lines=tuple(lines),
        pages=max(1, pages),
        status=Status.PARTIAL if partial else Status.OK,
        problems=tuple(notes),
    )


def _decoded(raw: Sequence[str], drafts: Sequence[DraftLine]) -> tuple[str, Legacy | None]:
    """Join lines, those typed for old fonts as Unicode; lines that were decoded already stay."""
    joined, encoding = decode_lines(
        "\n".join("" if draft.decoded else text for text, draft in zip(raw, drafts, strict=True))
    )
    if encoding is None or not any(draft.decoded for draft in drafts):
        return (joined if encoding else "\n".join(raw)), encoding
    lines = zip(joined.split("\n"), raw, drafts, strict=True)
    return "\n".join(before if draft.decoded else new for new, before, draft in lines), encoding


def _moved(spans: Sequence[tuple[int, int]], before: str, after: str, encoding: Legacy | None) -> list[tuple[int, int]]:
    """Carry offsets of `before` over to its final form `after`; a mark not found again is dropped."""
    if before == after:
        return list(spans)
    writings: list[Callable[[str], str]] = [normalize]
    if encoding is not None:
        writings.append(lambda text: normalize(decode_legacy(text, encoding)))
    moved = []
    for start, end in spans:
        for write in writings:
            left = len(write(before[:start]))
            mark = write(before[start:end])
            if mark and after.startswith(mark, left):
                moved.append((left, left + len(mark)))
                break
    return moved
