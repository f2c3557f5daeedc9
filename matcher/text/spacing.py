"""Spaces that were lost or doubled: runs of spaces, space before punctuation, glued words.

Conservative: a word is split only where one reading is possible, and never in addresses, numbers, plan
numbers, brands, abbreviations or words of other languages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from matcher.text.offsets import Edit, Normalized, apply_edits, apply_edits_with_offsets
from matcher.text.syllables import TONE_OF, analyse, written

#: What marks a stretch between spaces as left alone: web and mail addresses, names of files and domains, slashes.
_SPACE = re.compile(r"\s")
_PROTECTING = re.compile(
    r"://|@|www\.|[/\\_]|\w\.(?:vn|com|org|net|gov|edu|info|io|html?|docx?|xlsx?|pdf|txt)\b", re.IGNORECASE
)
_RUNS = re.compile(" {2,}")
_LOOSE = re.compile(r"(?<=[\w)»”\"%]) (?=[,;.:!?](?:\s|$))|(?<=\() (?=\w)|(?<=\w) (?=\))")
_COMMA = re.compile(r"(?<=[^\W\d_]{2})([,;])(?=[^\W\d_]{2})")
_GLUED = re.compile(r"(?<![\w.@/\\'’&+-])[^\W\d_]{4,24}(?![\w@/\\'’&+-])")
_ACRONYM = re.compile("([A-ZĐƯÔÂ]{2,8})([a-zđà-ỹ]{2,7})")
#: Letters that, of all languages in these texts, only Vietnamese has.
_ONLY_VIETNAMESE = re.compile("[ăđơưạ-ỹ]")
_VOWELS = frozenset("aăâeêioôơuưy")
#: Short words that stand beside most others, and so are what others get glued to.
_FUNCTION_WORDS = frozenset("và của trong cho các theo với là trên từ đến tại vào có để về do khi như những".split())
#: Loans and names of peoples in established one-word spellings that a split would break.
_ONE_WORD = frozenset("êđê càphê xàphòng xàbông".split())


def repair_spacing(text: str) -> str:
    """Return a normalised text with its spaces repaired; repairing twice is repairing once.

    Runs of spaces become one, spaces before punctuation go, a space follows a comma between words, and glued
    words are split where that is certain.

    Examples
    --------
    >>> repair_spacing("miền núivà vùng DTTSvà xã hội,nhân văn ; Kế hoạch 53/KH-UBND")
    'miền núi và vùng DTTS và xã hội, nhân văn; Kế hoạch 53/KH-UBND'
    """
    for step in _STEPS:
        text = apply_edits(text, _unprotected(text, step))
    return text


def repair_spacing_with_offsets(text: str) -> Normalized:
    """Return `repair_spacing(text)` with the way back to `text`."""
    found = Normalized(text, tuple(range(len(text) + 1)))
    for step in _STEPS:
        found = found.then(apply_edits_with_offsets(found.text, _unprotected(found.text, step)))
    return found


def _unprotected(text: str, step: Callable[[str], Iterator[Edit]]) -> Iterator[Edit]:
    """Drop the edits within a protected stretch."""
    last, protected = 0, False  # the stretch looked at last
    for start, end, new in step(text):
        if start >= last:
            first = max(last, *(text.rfind(space, last, start) + 1 for space in " \n\t"))
            found = _SPACE.search(text, start)
            last = found.start() if found else len(text)
            protected = start < last and _PROTECTING.search(text, first, last) is not None
        if not protected:
            yield start, end, new


def _runs(text: str) -> Iterator[Edit]:
    for found in _RUNS.finditer(text):
        yield found.start(), found.end(), " "


def _before_punctuation(text: str) -> Iterator[Edit]:
    for found in _LOOSE.finditer(text):
        yield found.start(), found.end(), ""


def _commas(text: str) -> Iterator[Edit]:
    for found in _COMMA.finditer(text):
        left = re.search(r"[^\W\d_]+$", text[max(0, found.start() - 12) : found.start()])
        right = re.match(r"[^\W\d_]+", text[found.end() : found.end() + 12])
        if left and right and any(_vietnamese(side[0]) for side in (left, right)):
            yield found.end(), found.end(), " "


def _vietnamese(word: str) -> bool:
    """Tell whether a word is a syllable with diacritics."""
    return not word.isascii() and word.lower() in written()


def _glued(text: str) -> Iterator[Edit]:
    for found in _GLUED.finditer(text):
        if not found[0].isascii():
            cuts = _cuts(found[0])
            for cut in cuts:
                yield found.start() + cut, found.start() + cut, " "


_STEPS = (_runs, _before_punctuation, _commas, _glued)


@lru_cache(maxsize=65536)
def _cuts(word: str) -> tuple[int, ...]:
    """Return where a glued word falls apart; nothing unless that is certain."""
    if analyse(word.lower()) is not None:
        return ()
    acronym = _ACRONYM.fullmatch(word)
    if acronym:
        tail = acronym[2]
        return (len(acronym[1]),) if tail in written() and _certain("", tail) else ()
    lower = word.lower()
    if word[1:] != lower[1:] or lower in _ONE_WORD:
        return ()
    ways = [cut for cut in range(2, len(lower) - 1) if lower[:cut] in written() and lower[cut:] in written()]
    if len(ways) != 1 or not _certain(lower[: ways[0]], lower[ways[0] :]):
        return ()
    return (ways[0],)


def _certain(left: str, right: str) -> bool:
    """Tell whether two syllables were glued, rather than one word misspelt or borrowed.

    Loans have the level tone or sắc (đôla, rôbốt); misspellings come apart before a vowel (nưóc, hỉện).
    """
    if TONE_OF.get(right[0], (right[0], 0))[0] in _VOWELS:
        return False
    marked = all(not side.isascii() for side in (left, right) if side)
    if not (marked or _ONLY_VIETNAMESE.search(left + right)):
        return False
    tones = {TONE_OF[letter][1] for letter in left + right if letter in TONE_OF}
    return bool(tones - {0, 2}) or (marked and bool(left) and not _FUNCTION_WORDS.isdisjoint((left, right)))
