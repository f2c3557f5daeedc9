"""Footnotes: what one is, and the marks in the text that call them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.announcement.marks import read_mark
from matcher.announcement.rows import CLOSE, MARK, OPEN, Row, with_text

_OPENING = r"[A-ZĐÀ-ỸẠ-Ỵ“\"]"
_GLUED = re.compile(rf"(\d{{1,3}})(\s?)(?={_OPENING}[^\W\d_A-ZĐ]|{_OPENING}{{2}})")
_NUMBERS = r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*"
_BRACKETED = re.compile(rf"\s?\[{_NUMBERS}\](?:\s?[,;]?\s?\[{_NUMBERS}\])*")
_PARENTHESISED = re.compile(r"(?<=\w)\s?\((\d{1,3})\)(?=[.,;:\s]|$)")
_TRAILING = re.compile(r"(?<=[^\W\d_A-Z])(\d{1,3})(?=[\s.,;:)]|$)")


@dataclass(frozen=True, slots=True)
class Note:
    """The body of a footnote or endnote; `style` says how its number is written."""

    number: int
    text: str
    start: int
    end: int
    style: str = "plain"


def join(texts: Sequence[str]) -> str:
    """Join the lines of a paragraph; a word or number cut at a hyphen grows together."""
    pieces: list[str] = []
    for text in texts:
        if pieces and not grows_together(pieces[-1], text):
            pieces.append(" ")
        pieces.append(text)
    return "".join(pieces)


def grows_together(before: str, after: str) -> bool:
    """Say whether a line end cut a word or number at its hyphen or slash."""
    return bool(re.match(r"\w[-–/]$", before[-2:]) and re.match(r"\w", after))


def mark_references(rows: Sequence[Row], notes: Sequence[Note]) -> list[Row]:
    """Turn every reference to a note into a mark: glued digits, `[3]`, `(3)`, digits at a word's end."""
    known = {note.number for note in notes}
    parenthesised = {note.number for note in notes if note.style in ("paren", "collected")}
    if len(parenthesised) > 1:  # one more whose body is missing still is a call
        parenthesised |= {max(parenthesised) + 1, max(parenthesised) + 2}
    last = 0
    marked: list[Row] = []
    for row in rows:
        text = _BRACKETED.sub(_bracketed, _glued(row, known))
        text = _PARENTHESISED.sub(lambda found: _if_known(found, parenthesised), text)
        text, last = _trailing(text, known, last)
        marked.append(with_text(row, text))
    return marked


def _glued(row: Row, known: set[int]) -> str:
    """«- 1Ứng dụng», «-10 Nghiên cứu», «a) 3Nghiên cứu»."""
    mark = None if row.marker else read_mark(row.text)
    if mark is None and not row.marker:
        return row.text
    width = mark.width if mark else 0
    found = _GLUED.match(row.text, width)
    if not found or (found[2] and int(found[1]) not in known):
        return row.text
    return f"{row.text[:width]}{OPEN}{found[1]}{CLOSE}{row.text[found.end() :]}"


def _bracketed(found: re.Match[str]) -> str:
    numbers: list[int] = []
    for first, last in re.findall(r"(\d{1,3})(?:\s?[–-]\s?(\d{1,3}))?", found[0]):
        numbers += range(int(first), min(int(last or first), int(first) + 20) + 1)
    return "".join(f"{OPEN}{number}{CLOSE}" for number in numbers)


def _if_known(found: re.Match[str], known: set[int]) -> str:
    return f"{OPEN}{found[1]}{CLOSE}" if int(found[1]) in known else found[0]


def _trailing(text: str, known: set[int], last: int) -> tuple[str, int]:
    """Accept digits glued to a word's end only where they count on from the mark before."""
    for found in MARK.finditer(text):
        last = max(last, int(found[1]))
    if not MARK.search(text):
        for found in _TRAILING.finditer(text):
            if int(found[1]) == last + 1 and last + 1 in known:
                return f"{text[: found.start()]}{OPEN}{found[1]}{CLOSE}{text[found.end() :]}", last + 1
    return text, last


def marks_in(text: str) -> list[int]:
    """Return the numbers of the notes that a text calls, in order, each once."""
    return list(dict.fromkeys(int(found[1]) for found in MARK.finditer(text)))


def without_marks(text: str) -> str:
    """Return a text without marks; the space before one goes where punctuation follows."""
    if OPEN not in text:
        return text.strip()
    text = re.sub(rf"\s+((?:{OPEN}\d+{CLOSE})+)(?=[.,;:)])", r"\1", text)
    text = re.sub(rf"(?<=\w)((?:{OPEN}\d+{CLOSE})+)(?=[^\W\d_])", r"\1 ", text)
    return re.sub(r"\s+", " ", MARK.sub("", text)).strip()
