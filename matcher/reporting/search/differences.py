"""Two texts side by side, their different words marked; words as Vietnamese writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from matcher.text import comparison_key

#: Words and letters of a text that are shown at most.
SHOWN_WORDS, SHOWN_LETTERS = 300, 2_500
#: Below this share of common words, marking every word tells nothing.
LEAST_COMMON = 0.25
_TOKEN = re.compile(r"\s*\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, and whether the other text lacks it."""

    text: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two texts in pieces; `is_marked` is False where they have too little in common for marks."""

    left: tuple[Piece, ...]
    right: tuple[Piece, ...]
    is_marked: bool = True


def side_by_side(left: str, right: str, cut: str = "…") -> SideBySide:
    """Mark in each text the words that the other lacks; case, punctuation and tone placement are no difference.

    Texts are shown up to `SHOWN_WORDS` words and `SHOWN_LETTERS` letters, `cut` standing for the rest.

    Examples
    --------
    >>> side_by_side("Trồng cây hồi", "Trồng cây quế").right
    (Piece(text='Trồng cây ', differs=False), Piece(text='quế', differs=True))
    """
    from rapidfuzz.distance import LCSseq

    ours, theirs = _tokens(left), _tokens(right)
    mine, yours = [_key(token) for token in ours], [_key(token) for token in theirs]
    blocks = [(op.src_start, op.src_end, op.dest_start) for op in LCSseq.opcodes(mine, yours) if op.tag == "equal"]
    common = sum(end - start for start, end, _ in blocks)
    more = (_more(left, ours, cut), _more(right, theirs, cut))
    if not ours or not theirs or common < LEAST_COMMON * min(len(ours), len(theirs)):
        return SideBySide((Piece("".join(ours) + more[0]),), (Piece("".join(theirs) + more[1]),), is_marked=False)
    blocks = _without_crumbs(blocks, len(ours), len(theirs))
    same = {place for start, end, _ in blocks for place in range(start, end)}
    same_there = {place for start, end, there in blocks for place in range(there, there + end - start)}
    return SideBySide(_pieces(ours, same, more[0]), _pieces(theirs, same_there, more[1]))


def _tokens(text: str) -> list[str]:
    """Return the words that are shown, each with the space before it."""
    return [found[0] for found, _ in zip(_TOKEN.finditer(text[:SHOWN_LETTERS]), range(SHOWN_WORDS), strict=False)]


def _more(text: str, tokens: Iterable[str], cut: str) -> str:
    return f" {cut}" if len(text.rstrip()) > sum(map(len, tokens)) else ""


def _key(token: str) -> str:
    key = comparison_key(token)
    return "".join(letter for letter in key if letter.isalnum()) or key


def _without_crumbs(blocks: list[tuple[int, int, int]], ours: int, theirs: int) -> list[tuple[int, int, int]]:
    """Drop single words that are equal by chance between two changes: they only make the marks flicker."""
    kept = []
    for start, end, there in blocks:
        inside = 0 < start and end < ours and 0 < there and there + 1 < theirs
        if end - start > 1 or not inside:
            kept.append((start, end, there))
    return kept


def _pieces(tokens: list[str], same: set[int], more: str) -> tuple[Piece, ...]:
    """Join words to pieces; the space before a different stretch is no difference."""
    pieces: list[Piece] = []
    for place, token in enumerate(tokens):
        differs = place not in same
        word = token.lstrip()
        space = token[: len(token) - len(word)]
        if pieces and pieces[-1].differs is differs:
            pieces[-1] = Piece(pieces[-1].text + token, differs)
        elif not differs:
            pieces.append(Piece(token))
        else:
            before = [Piece(pieces.pop().text + space)] if pieces else [Piece(space)] if space else []
            pieces += [*before, Piece(word, True)]
    return tuple([*pieces, Piece(more)] if more else pieces)
