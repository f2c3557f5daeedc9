"""Tone placement, keys for comparison, and text without diacritics."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from matcher.text.normal import normalize
from matcher.text.syllables import WORD, analyse, place_tone

_D = str.maketrans("đĐ", "dD")
_WITH_Y = frozenset(("h", "k", "l", "m", "s", "t", "th", "v", "qu"))


def unify_tones(text: str) -> str:
    """Return a text (NFC) with the tone of every syllable in the old style: hòa, khỏe, thủy; quý, già, toán.

    Misplaced tones («qúy», «tóan») are put right too; words that are no syllables stay as they are. The old
    style was chosen because most administrative texts are typed in it.

    Examples
    --------
    >>> unify_tones("Hoà Bình, khoẻ, thuỷ lợi, qúy, tóan, café")
    'Hòa Bình, khỏe, thủy lợi, quý, toán, café'
    """
    return WORD.sub(lambda found: found[0] if found[0].isascii() else _unified(found[0]), text)


@lru_cache(maxsize=65536)
def _unified(word: str) -> str:
    lower = word.lower()
    syllable = analyse(lower) if len(lower) == len(word) <= 7 else None
    if syllable is None or not syllable[2]:
        return word
    placed = place_tone(*syllable)
    if placed == lower:
        return word
    return "".join(new.upper() if old.isupper() else new for old, new in zip(word, placed, strict=True))


def comparison_key(text: str) -> str:
    """Return a key under which spellings of the same words are equal; for comparison, never for display.

    Normalised, casefolded, white space collapsed, tones in one place (hoà = hòa), and i for y where it alone
    is the rime after h, k, l, m, s, t, th, v, qu (lý = lí, kỹ = kĩ, quý = quí). «giống bò» and «giống bơ» stay
    apart.

    Examples
    --------
    >>> comparison_key("Khoa học  KỸ THUẬT, Quý Hoà") == comparison_key("khoa học kĩ thuật, quí hòa")
    True
    """
    folded = unicodedata.normalize("NFC", normalize(text).casefold())
    return " ".join(WORD.sub(lambda found: _folded(found[0]), folded).split())


@lru_cache(maxsize=65536)
def _folded(word: str) -> str:
    syllable = analyse(word) if len(word) <= 7 else None
    if syllable is None:
        return word
    onset, rime, tone = syllable
    if rime == "y" and onset in _WITH_Y:
        rime = "i"
    return place_tone(onset, rime, tone)


def strip_diacritics(text: str) -> str:
    """Return a text without any diacritic, đ as d. It cannot be undone.

    Examples
    --------
    >>> strip_diacritics("Đề tài nghiên cứu")
    'De tai nghien cuu'
    """
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", _without_marks(text).translate(_D))
    return unicodedata.normalize("NFC", _without_marks(apart))


def _without_marks(text: str) -> str:
    return "".join(sign for sign in text if sign.isascii() or not unicodedata.combining(sign))


def has_diacritics(text: str) -> bool:
    """Tell whether a text has any letter that `strip_diacritics` would change."""
    return any(
        sign in "đĐ" or any(map(unicodedata.combining, unicodedata.normalize("NFD", sign)))
        for sign in set(text)
        if not sign.isascii()
    )


def plain_key(text: str) -> str:
    """Return the comparison key of a text without punctuation."""
    return " ".join("".join(c if c.isalnum() else " " for c in comparison_key(text)).split())
