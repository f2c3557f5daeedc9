"""A text without its place names and administrative wording, readable still, with the way back to the original."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise, takewhile

from matcher.segmenting.tokens import KeySet, TokenisedText
from matcher.segmenting.words import MaskedText

#: Words that hang in the air once the place after them is gone.
_HANGING = KeySet("tại ở của cho thuộc từ trên qua vùng khu vực các và địa bàn".split())
_EDGES = KeySet("và của về cho để nhằm , ; : - – / .".split())
_OPENING = {"(": ")", "[": "]", "“": "”", "«": "»", '"': '"'}
_LOOSE = frozenset(",;:-–/.")
_NO_SPACE_AFTER = frozenset("([“«")
_NO_SPACE_BEFORE = frozenset(",.;:)]”»!?")


def mask(tokenised: TokenisedText, hidden: Sequence[bool], places: Sequence[bool]) -> MaskedText:
    """Return a text without its hidden tokens.

    Parameters
    ----------
    tokenised : TokenisedText
        The text.
    hidden : sequence of bool
        For each token, whether it goes.
    places : sequence of bool
        For each token, whether it goes as a place: then the preposition before it goes too.

    Returns
    -------
    MaskedText
        Never without a word: where nothing would be left, the text as it was.
    """
    keep = [not gone for gone in hidden]
    if all(keep):
        return MaskedText(tokenised.text, tuple(range(len(tokenised.text))))
    _drop_hanging(tokenised, keep, places)
    _drop_empty_brackets(tokenised, keep)
    _drop_loose_marks(tokenised, keep)
    kept = [index for index, stays in enumerate(keep) if stays]
    if not any(tokenised.tokens[index].text.isalpha() for index in kept):
        return MaskedText(tokenised.text, tuple(range(len(tokenised.text))))
    return _joined(tokenised, kept)


def _drop_hanging(tokenised: TokenisedText, keep: list[bool], places: Sequence[bool]) -> None:
    """Drop the prepositions and commas before a place, back to the place before it."""
    for index in range(1, len(keep)):
        if not places[index] or places[index - 1]:
            continue
        before = index - 1
        while before >= 0 and not places[before] and (not keep[before] or _hangs(tokenised, before)):
            keep[before] = False
            before -= 1


def _hangs(tokenised: TokenisedText, index: int) -> bool:
    return _HANGING.has(tokenised, index) or tokenised.tokens[index].text in _LOOSE


def _drop_empty_brackets(tokenised: TokenisedText, keep: list[bool]) -> None:
    """Drop brackets and quotation marks whose whole inside is gone."""
    tokens = tokenised.tokens
    words = [0, *accumulate(stays and token.is_word for token, stays in zip(tokens, keep, strict=True))]
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if opened and token.text == _OPENING[tokens[opened[-1]].text]:
            start = opened.pop()
            if words[start] == words[index]:
                keep[start] = keep[index] = False
        elif token.text in _OPENING:
            opened.append(index)


def _drop_loose_marks(tokenised: TokenisedText, keep: list[bool]) -> None:
    """Drop marks and «và» at both ends, and marks that follow a mark where something was taken out."""
    tokens = tokenised.tokens
    kept = [index for index, stays in enumerate(keep) if stays]
    first = list(takewhile(lambda index: _EDGES.has(tokenised, index), kept))
    last = list(takewhile(lambda index: _hangs(tokenised, index) or _EDGES.has(tokenised, index), reversed(kept)))
    for index in (*first, *last):
        keep[index] = False
    for before, index in pairwise(kept):
        if tokens[before].text in _LOOSE and tokens[index].text in _LOOSE and index - before > 1:
            keep[before] = False


def _joined(tokenised: TokenisedText, kept: list[int]) -> MaskedText:
    parts: list[str] = []
    offsets: list[int] = []
    for order, index in enumerate(kept):
        token = tokenised.tokens[index]
        if order:
            before = kept[order - 1]
            end = tokenised.tokens[before].end
            cut = index - before > 1
            apart = token.text not in _NO_SPACE_BEFORE and tokenised.tokens[before].text not in _NO_SPACE_AFTER
            if apart if cut else token.start > end:
                parts.append(" ")
                offsets.append(end)
        parts.append(token.text)
        offsets.extend(range(token.start, token.end))
    return MaskedText("".join(parts), tuple(offsets))
