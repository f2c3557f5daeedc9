"""A text without its place names and administrative wording, readable still, with the way back to the original."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.segmenting.tokens import TokenisedText
from matcher.segmenting.words import MaskedText

#: Words that hang in the air once the place after them is gone.
_HANGING = frozenset(
    "tại tai ở o của cua cho thuộc thuoc từ tu trên tren vùng vung khu vực vuc các cac và va địa bàn dia ban".split()
)
_OPENING = {"(": ")", "[": "]", "“": "”", "«": "»", '"': '"'}
_LOOSE = frozenset(",;:-–/.")
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
    for index in range(1, len(keep)):
        if not places[index] or places[index - 1]:
            continue
        before = index - 1
        while before >= 0 and (
            not keep[before] or tokenised.key(before) in _HANGING or tokenised.key(before) in _LOOSE
        ):
            keep[before] = False
            before -= 1


def _drop_empty_brackets(tokenised: TokenisedText, keep: list[bool]) -> None:
    """Drop brackets and quotation marks whose whole inside is gone."""
    tokens = tokenised.tokens
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if opened and keep[index] and token.text == _OPENING[tokens[opened[-1]].text]:
            start = opened.pop()
            if not any(keep[at] and tokens[at].is_word for at in range(start + 1, index)):
                keep[start : index + 1] = [False] * (index + 1 - start)
        elif token.text in _OPENING and keep[index]:
            opened.append(index)


def _drop_loose_marks(tokenised: TokenisedText, keep: list[bool]) -> None:
    """Drop marks and «và» at both ends, and marks that follow a mark where something was taken out."""
    tokens = tokenised.tokens
    kept = [index for index, stays in enumerate(keep) if stays]
    loose = _LOOSE | {"và", "va", "của", "cua"}
    while kept and tokenised.key(kept[0]) in loose:
        keep[kept.pop(0)] = False
    while kept and (tokenised.key(kept[-1]) in loose - {"."} or tokenised.key(kept[-1]) in _HANGING):
        keep[kept.pop()] = False
    for before, index in zip(kept, kept[1:], strict=False):
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
            if token.text not in _NO_SPACE_BEFORE if cut else token.start > end:
                parts.append(" ")
                offsets.append(end)
        parts.append(token.text)
        offsets.extend(range(token.start, token.end))
    return MaskedText("".join(parts), tuple(offsets))
