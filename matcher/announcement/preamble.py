"""The preamble: which plans an announcement carries out, in sentences, lists or a table."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from matcher.announcement.marks import read_mark
from matcher.announcement.numbers import NUMBER, canonical, find_dates, kind_of
from matcher.announcement.passage import Passage
from matcher.announcement.plans import NAMED, Mention, capitalised, date_after, mention_in, tidy, without_about
from matcher.announcement.rows import Row
from matcher.records import LineKind, Span

_GROUND = re.compile(
    r"(?:Căn cứ|Thực hiện|Triển khai(?: thực hiện)?|Thi hành|Theo|Xét|Để|Nhằm)(?: vào| theo)?\b(?: các)?"
)
_CARRIED_OUT = re.compile(r"(?:[-–+•]\s*)?(?:Thực hiện|Triển khai|Thi hành)\b")
_ISSUES = re.compile(
    r"(?:Sở|Bộ|UBND|Ủy ban|Uỷ ban|Viện|Cục|Trường|Đại học)\s[^.;:]{3,90}?\s(?:thông báo|đề nghị"
    r"|hướng dẫn|trân trọng|mời)\b"
)
_AFTER_GROUND = re.compile(r"(?:việc|về|và|để|tục|khai|cứ)\s*$")


def preamble_plans(rows: Sequence[Row]) -> list[Mention]:
    """Return the plans that the preamble lists, in order; not those named inside their titles."""
    passage = Passage.of([row for row in rows if row.kind is not LineKind.TABLE])
    if not passage.text:
        return list(_table(rows))
    bounds = [*_boundaries(passage), len(passage.text)]
    mentions: list[Mention] = []
    carried_out = False
    for start, end in pairwise(bounds):
        text = passage.text[start:end]
        if _GROUND.match(_unmarked(text)):
            carried_out = bool(_CARRIED_OUT.match(_unmarked(text)))
        mention = _statement(text, passage.span(start, end), carried_out)
        if mention:
            mentions.append(mention)
    return [*mentions, *_table(rows)]


def _boundaries(passage: Passage) -> list[int]:
    """Return where the statements of the preamble begin."""
    text, found = passage.text, {0}
    row_starts = set(passage.starts)
    for match in _GROUND.finditer(text):
        before = text[: match.start()].rstrip()
        at_row = match.start() in row_starts or _unmarked_start(passage, match.start())
        if before.endswith((".", ";", ":")) or (at_row and not _AFTER_GROUND.search(before)):
            found.add(match.start())
        elif match[0] == "Thực hiện" and NAMED.match(text, match.end() + 1) and not _AFTER_GROUND.search(before):
            found.add(match.start())
    for start, row in zip(passage.starts, passage.rows, strict=True):
        mark = read_mark(row.text)
        if row.marker or (mark and NAMED.match(row.text, mark.width)) or _ISSUES.match(text, start):
            found.add(start)
    for match in re.finditer(rf"[;:]\s+(?={NAMED.pattern})|[,.;]\s+(?={_ISSUES.pattern})", text):
        found.add(match.end())
    return sorted(found)


def _unmarked_start(passage: Passage, offset: int) -> bool:
    """Say whether only a list mark stands between the start of a row and an offset."""
    start = passage.starts[bisect_right(passage.starts, offset) - 1]
    return 0 < offset - start <= 5 and read_mark(passage.text[start : start + 80]) is not None


def _unmarked(text: str) -> str:
    mark = read_mark(text)
    return text[mark.width :] if mark else text


def _statement(text: str, source: Span, carried_out: bool) -> Mention | None:
    text = _unmarked(text.strip())
    ground = _GROUND.match(text)
    return mention_in(text[ground.end() :].lstrip() if ground else text, source, carried_out)


def _table(rows: Iterable[Row]) -> Iterator[Mention]:
    """Read a table of plans, a plan a row: number, date, issuer and title in any order of columns."""
    for row in rows:
        if row.kind is not LineKind.TABLE:
            continue
        cells = re.split(r"\s*\|\s*", row.text)
        holder = next((cell for cell in cells if NUMBER.search(cell)), None)
        if holder is None:
            continue
        mention = mention_in(holder, Span(row.start, row.end)) or _bare(holder, row)
        if mention is None:
            continue
        yield _completed(mention, [cell for cell in cells if cell is not holder])


def _bare(cell: str, row: Row) -> Mention | None:
    number = NUMBER.search(cell)
    if number is None or not kind_of(canonical(number)) or cell[: number.start()].strip(" số:.").isupper():
        return None
    dated, raw, _ = date_after(cell, number.end())
    return Mention(canonical(number), kind_of(canonical(number)), dated, raw, "", "", Span(row.start, row.end))


def _completed(mention: Mention, cells: Sequence[str]) -> Mention:
    """Fill in from the other cells of a row what the cell with the number leaves out."""
    dates = [found for cell in cells for found in find_dates(cell)]
    dated = mention.date or (dates[0].value if dates and not mention.raw_date else None)
    bodies = [
        cell
        for cell in cells
        if re.match(r"(?:UBND|Ủy ban|Uỷ ban|Sở|Bộ|Chính phủ|Thủ tướng|Tỉnh ủy|HĐND|Hội đồng|Ban)\b", cell)
    ]
    issuer = mention.issuer or next((cell for cell in bodies if len(cell.split()) <= 10), "")
    titles = [cell for cell in cells if len(cell.split()) >= 4 and cell != issuer]
    title = mention.title or max(titles, key=len, default="")
    title = capitalised(tidy(without_about(title)))
    raw = mention.raw_date or (dates[0].text if dates else "")
    return Mention(mention.number, mention.kind, dated, raw, issuer, title, mention.source)
