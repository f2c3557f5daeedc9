"""Items under words that nobody foresaw, told by the form's own count; and items that the template does not have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from matcher.proposal.assigning import is_counting
from matcher.proposal.headings import Candidate, read_mark
from matcher.proposal.lines import Place, Row
from matcher.proposal.template import Wanted

_HEAD = re.compile(r"(?P<name>[^:：]{2,160}?)\s*[:：]\s*")
_SHORT = 110
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Opening:
    """Where an item opens: heading from `start` to `end`; `item` is its index among the wanted, -1 for an own item."""

    start: Place
    end: Place
    item: int
    name: str = ""
    shorter: Place | None = None


@dataclass(frozen=True, slots=True)
class _Side:
    """A heading beside a gap; before the first and after the last the edges of the document stand in."""

    number: int
    item: int
    place: Place


def openings(rows: Sequence[Row], chosen: Sequence[Candidate], wanted: Sequence[Wanted]) -> list[Opening]:
    """Return all openings in the order of the document: the headings chosen, and those told by their numbers.

    Between «5.» and «7.» a line «6.» opens an item: the template's that is missing there, else one of the form's own.
    """
    found = [Opening(each.start, each.end, each.item, "", each.shorter) for each in chosen]
    listed = [each for each in chosen if wanted[each.item].listed]
    styles = Counter(each.mark.style for each in listed if is_counting(each.mark))
    if not styles or max(styles.values()) < 3:
        return found
    style = styles.most_common(1)[0][0]
    last = sum(each.listed for each in wanted)
    sides = [_Side(0, -1, Place(0, 0))]
    sides += [_Side(each.mark.number if each.mark.style == style else -1, each.item, each.start) for each in listed]
    sides.append(_Side(last + 1, last, Place(len(rows), 0)))
    taken = {each.item for each in chosen}
    for before, after in pairwise(sides):
        if before.number >= 0 and after.number >= 0:
            found += _between(rows, before, after, style, wanted, taken, at_end=after.place.row == len(rows))
    return sorted(found, key=lambda each: each.start)


def _between(
    rows: Sequence[Row],
    before: _Side,
    after: _Side,
    style: str,
    wanted: Sequence[Wanted],
    taken: set[int],
    *,
    at_end: bool,
) -> list[Opening]:
    """Return the openings between two headings, where their numbers leave room for exactly those lines."""
    lines = _counted(rows, before, after, style)
    if not lines or (not at_end and len(lines) != after.number - before.number - 1):
        return []
    missing = [item for item in range(before.item + 1, after.item) if item not in taken and wanted[item].listed]
    if at_end:
        lines = lines[: len(missing)]
    if len(missing) == len(lines):
        items = missing
    else:
        items = [next((each for each in missing if wanted[each].item.number == n), -1) for n, _ in lines]
    ends = [*(Place(row, 0) for _, row in lines[1:]), after.place]
    return [_opening(rows, row, item, end) for (_, row), item, end in zip(lines, items, ends, strict=True)]


def _counted(rows: Sequence[Row], before: _Side, after: _Side, style: str) -> list[tuple[int, int]]:
    """Return (number, row) of the lines that count on from one heading; lists within an item count for themselves."""
    lines: list[tuple[int, int]] = []
    wanted, listed = before.number + 1, 0
    for index in range(before.place.row + (before.item >= 0), after.place.row):
        mark = read_mark(rows[index].text)
        if mark.style != style:
            continue
        if mark.number == wanted and not (listed and mark.number == listed + 1):
            lines.append((mark.number, index))
            wanted, listed = wanted + 1, 0
        elif mark.number in (1, listed + 1):
            listed = mark.number
        else:
            return []
    return lines


def _opening(rows: Sequence[Row], index: int, item: int, end: Place) -> Opening:
    row = rows[index]
    mark = read_mark(row.text)
    start = Place(index, 0)
    head = _HEAD.match(row.text, mark.end)
    if row.cell > mark.end:
        return Opening(start, Place(index, row.cell), item, _name(row.text[mark.end : row.cell]))
    if head:
        return Opening(start, Place(index, head.end()), item, _name(head["name"]))
    if len(row.text) <= _SHORT and end.row > index + 1:
        return Opening(start, Place(index, len(row.text)), item, _name(row.text[mark.end :]))
    return Opening(start, Place(index, mark.end), item, _name(row.text[mark.end :]))


def _name(text: str) -> str:
    return " ".join(text.split()).strip(" .:;–-")[:_LONGEST_NAME]
