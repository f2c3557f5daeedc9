"""Places in a document that may be the heading of an item, and how likely each is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from matcher.proposal.lines import Place, Row
from matcher.proposal.template import fold_words
from matcher.proposal.wordings import Wordings
from matcher.text import strip_diacritics

_ROMAN = {name: value for value, name in enumerate("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv".split(), 1)}
_MARK = re.compile(
    r"\s*(?P<bullet>[-–+*•▪➢✓#>]+\s*)?(?:(?P<word>muc|cau|phan|item)\s*(?P<called>\d{1,2}|[ivx]{1,5})\s*[.:)/–-]*\s*"
    r"|\(?(?P<number>\d{1,2})\s*(?P<sign>[.)/:–|-])\s*[.)]?\s*(?!\d)|(?P<roman>[ivx]{1,5})\s*[.)/:–|-]\s*"
    r"|(?P<letter>[a-z])\s*\)\s*|(?P<bare>\d{1,2})\s+(?=[a-z])|(?P<sub>\d{1,2}(?:\.\d{1,2})+)[.)]?\s*)?"
)
#: A heading in the midst of a line: after the end of a sentence, with or without a number.
_INSIDE = re.compile(r"(?<=[.;:!?…)”»])\s*(?=(?:(?:\d{1,2}|[IVX]{1,5})\s*[.)/]\s*)?[A-ZĐÀ-Ỹ])")
_LONGEST = 260
_SHORT_LINE = 170
_OPEN_WORDS = range(1, 9)
_WINDOW = 3


class Closure(StrEnum):
    """How a heading ends."""

    COLON = "colon"
    CELL = "cell"
    LINE = "line"
    BRACKET = "bracket"
    STOP = "stop"
    OPEN = "open"


#: Of several ends that a heading may have, a marked one is right even if its words are less near.
_FAVOUR = {
    Closure.CELL: 0.15,
    Closure.COLON: 0.1,
    Closure.BRACKET: 0.08,
    Closure.LINE: 0.05,
    Closure.STOP: 0.0,
    Closure.OPEN: -0.1,
}
_LEAST_OPEN = 0.97


@dataclass(frozen=True, slots=True)
class Mark:
    """The number before a heading: its style («n.», «n)», «roman», …; "" for none), its value, where it ends."""

    style: str
    number: int
    end: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may open an item: heading from `start` to `end`; `similarity` to the item's wording is at most 1.

    `shorter` is where the heading would end if the rest of its line were the item's text: «Tên dự án Nuôi ong».
    """

    start: Place
    end: Place
    item: int
    similarity: float
    closure: Closure
    mark: Mark
    inside: bool
    styled: bool
    shorter: Place | None = None


def read_mark(text: str) -> Mark:
    """Return the number that a line begins with.

    Examples
    --------
    >>> read_mark("Mục 3: Mục tiêu"), read_mark("II. Lý do"), read_mark("Mục tiêu")
    (Mark(style='muc', number=3, end=7), Mark(style='roman', number=2, end=4), Mark(style='', number=0, end=0))
    """
    found = _MARK.match(strip_diacritics(text[:40]).lower())
    if found is None:
        return Mark("", 0, 0)
    end = found.end()
    if found["word"]:
        called = found["called"]
        return Mark(found["word"], int(called) if called.isdigit() else _ROMAN.get(called, 0), end)
    if found["number"]:
        return Mark("n)" if found["sign"] == ")" else "n.", int(found["number"]), end)
    if found["roman"] and found["roman"] in _ROMAN:
        return Mark("roman", _ROMAN[found["roman"]], end)
    if found["letter"]:
        return Mark("letter", ord(found["letter"]) - ord("a") + 1, end)
    if found["bare"]:
        return Mark("n", int(found["bare"]), end)
    if found["sub"]:
        return Mark("sub", 0, end)
    return Mark("bullet", 0, end) if found["bullet"] else Mark("", 0, len(text) - len(text.lstrip()))


def candidates(rows: Sequence[Row], wordings: Wordings) -> list[Candidate]:
    """Return every place that may open one of the wanted items, in order; the best ending of a heading for each."""
    found: list[Candidate] = []
    for index, row in enumerate(rows):
        found += _best(rows, index, 0, wordings)
        for inside in _INSIDE.finditer(row.text) if len(row.text) < 20_000 else ():
            if inside.end():
                found += _best(rows, index, inside.end(), wordings)
    return found


def _best(rows: Sequence[Row], index: int, at: int, wordings: Wordings) -> Iterator[Candidate]:
    best: dict[int, Candidate] = {}
    shorter: dict[int, tuple[float, Place]] = {}
    row = rows[index]
    mark = read_mark(row.text[at:])
    for text, end, closure in _extents(rows, index, at + mark.end, numbered=bool(mark.number), inside=at > 0):
        words = fold_words(text)
        for item, similarity in wordings.similar(words, closed=closure not in (Closure.OPEN, Closure.STOP)):
            if closure is Closure.OPEN:
                if similarity < _LEAST_OPEN or not mark.number or at:
                    continue
                shorter[item] = max((similarity, end), shorter.get(item, (0.0, end)))
            known = best.get(item)
            if known is None or similarity + _FAVOUR[closure] > known.similarity + _FAVOUR[known.closure]:
                styled = row.heading or row.text.isupper()
                best[item] = Candidate(Place(index, at), end, item, similarity, closure, mark, at > 0, styled)
    for item, each in best.items():
        yield replace(each, shorter=shorter[item][1]) if item in shorter else each


def _extents(
    rows: Sequence[Row], index: int, begin: int, *, numbered: bool, inside: bool
) -> Iterator[tuple[str, Place, Closure]]:
    """Yield the ends that a heading may have: its words, where its text begins, and how it ends."""
    row = rows[index]
    if row.cell > begin:
        yield row.text[begin : row.cell], Place(index, row.cell), Closure.CELL
    text = row.text[begin : begin + _LONGEST]
    for end, after, closure in _ends(text[: row.cell - begin] if row.cell > begin else text):
        yield text[:end], Place(index, begin + after), closure
    if len(row.text) - begin <= _SHORT_LINE and not row.cell:
        yield text, Place(index, len(row.text)), Closure.LINE
    if inside and not numbered:
        return
    yield from _over_lines(rows, index, begin)
    if numbered:
        words = list(re.finditer(r"[^\W_]+", text))[: _OPEN_WORDS.stop]
        for word in words[1:]:
            yield text[: word.end()], Place(index, begin + word.end()), Closure.OPEN


def _ends(text: str) -> Iterator[tuple[int, int, Closure]]:
    """Yield (end of the words, begin of what follows, closure) of headings that end within a line."""
    bracket = re.search(r"\s*\([^()]*\)\s*[:：]?", text)
    colon = re.search(r"\s*[:：]", text)
    if bracket and (colon is None or bracket.start() < colon.start()):
        closure = Closure.COLON if bracket[0].rstrip()[-1:] in ":：" else Closure.BRACKET
        yield bracket.start(), bracket.end(), closure
        colon = re.compile(r"\s*[:：]").search(text, bracket.end())
    if colon:
        yield colon.start(), colon.end(), Closure.COLON
    stop = re.search(r"\s*(?:[.;]|\s[-–—]|\?)(?=\s+\S)", text)
    if stop:
        yield stop.start(), stop.end(), Closure.STOP


def _over_lines(rows: Sequence[Row], index: int, begin: int) -> Iterator[tuple[str, Place, Closure]]:
    """Yield headings that the page's width cut: over this line and up to two more."""
    row = rows[index]
    text = row.text[begin:]
    if row.cell or len(text) > _LONGEST or re.search(r"[:：]\s*\S", text) or text.endswith((":", "：", ".", ";")):
        return
    for count in range(1, _WINDOW):
        after = index + count
        if after >= len(rows) or rows[after].cell or read_mark(rows[after].text).style:
            return
        offset = len(text) + 1
        text = f"{text} {rows[after].text}"
        for end, begins, closure in _ends(text[: _LONGEST + 60]):
            if begins > offset and closure in (Closure.COLON, Closure.BRACKET):
                yield text[:end], Place(after, begins - offset), closure
        if len(text) <= _LONGEST:
            yield text, Place(after, len(rows[after].text)), Closure.LINE
