"""Diacritics put back into text that has none: «Nghien cuu trong mac ca» → «Nghiên cứu trồng mắc ca».

The likeliest row of syllables by counts of neighbouring syllables (a bigram model, decoded as Viterbi, 1967, does).
For comparing texts only: what people wrote is shown as they wrote it.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from matcher.errors import InputError
from matcher.settings import resource_dir
from matcher.text.tones import has_diacritics, strip_diacritics

#: Fewer words say too little to choose between readings.
FEWEST_WORDS = 3
#: Of a text's words so many must be syllables without their diacritics, else it is of another language.
LEAST_KNOWN = 0.6
#: Weight of a pair of syllables beside that of the second alone.
_PAIR = 0.9
_WORD = re.compile(r"[^\W\d_]+")
_FILE = "syllable-pairs.tsv.gz"


@dataclass(frozen=True, slots=True)
class _Counts:
    """How often syllables and pairs of them occur; `readings` are the syllables that one has without diacritics."""

    single: Mapping[str, int]
    pairs: Mapping[tuple[str, str], int]
    readings: Mapping[str, Sequence[str]]
    total: int

    def step(self, before: str, syllable: str) -> float:
        """Return the logarithm of the chance of a syllable after another."""
        alone = self.single[syllable] / self.total
        together = self.pairs.get((before, syllable), 0) / self.single.get(before, 1)
        return log(_PAIR * together + (1 - _PAIR) * alone)


def restore_diacritics(text: str) -> str:
    """Return a text with its diacritics put back; unchanged if it has any, is too short, or is of another language.

    Raises
    ------
    InputError
        If the table of syllables cannot be read.
    """
    words = _WORD.findall(text)
    if len(words) < FEWEST_WORDS or has_diacritics(text):
        return text
    counts = _counts()
    plain = [word.lower() for word in words]
    if sum(word in counts.readings for word in plain) < LEAST_KNOWN * len(words):
        return text
    restored = iter(_likeliest(plain, counts))
    return _WORD.sub(lambda found: _like(next(restored), found[0]), text)


def _likeliest(plain: Sequence[str], counts: _Counts) -> list[str]:
    """Return the likeliest readings of a row of syllables; a word that is none keeps its form and parts the row."""
    rows: list[str] = []
    best: dict[str, tuple[float, list[str]]] = {}
    for word in plain:
        readings = counts.readings.get(word)
        if readings is None:
            rows += _end(best)
            rows.append(word)
            best = {}
        elif best:
            best = {each: _longer(best, each, counts) for each in readings}
        else:
            best = {each: (log(counts.single[each] / counts.total), [each]) for each in readings}
    return rows + _end(best)


def _longer(best: Mapping[str, tuple[float, list[str]]], syllable: str, counts: _Counts) -> tuple[float, list[str]]:
    scored = ((score + counts.step(before, syllable), path) for before, (score, path) in best.items())
    score, path = max(scored, key=lambda one: one[0])
    return score, [*path, syllable]


def _end(best: Mapping[str, tuple[float, list[str]]]) -> list[str]:
    return max(best.values(), key=lambda one: one[0])[1] if best else []


def _like(restored: str, written: str) -> str:
    """Return a syllable with the capitals that it was written with; letter stands for letter."""
    pairs = zip(restored, written, strict=True)
    return "".join(letter.upper() if sign.isupper() else letter for letter, sign in pairs)


@lru_cache(maxsize=1)
def _counts() -> _Counts:
    file = resource_dir("corpus") / "vietnamese" / _FILE
    single: dict[str, int] = {}
    pairs: dict[tuple[str, str], int] = {}
    try:
        with gzip.open(file, "rt", encoding="utf-8") as stream:
            for line in stream:
                head, *followers = line.rstrip("\n").split("\t")
                syllable, count = head.split(" ")
                single[syllable] = int(count)
                pairs.update({(syllable, after): int(n) for after, n in (each.split(" ") for each in followers)})
    except (OSError, EOFError, ValueError, zlib.error) as err:
        raise InputError(f"cannot be read: {err}", file=file, cure="Restore the file from the repository.") from err
    readings: dict[str, list[str]] = defaultdict(list)
    for syllable in sorted(single):
        readings[strip_diacritics(syllable)].append(syllable)
    return _Counts(single, pairs, dict(readings), sum(single.values()))
