"""Lexical agreement of a proposal with each orientation: TF–IDF cosine over words and syllable pairs.

Weights come from the announcement's own bullets (a word in every bullet says nothing), so a score depends on the
proposal and the announcement alone. Words are those of `matcher.segmenting`: scikit-learn's default pattern would
lose «Y» in «Y dược» and shred decomposed letters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from matcher.text import comparison_key, strip_diacritics


def terms(words: Iterable[str]) -> Counter[str]:
    """Return the terms of a text: its words, their syllables, and pairs of neighbouring syllables."""
    words = tuple(words)
    syllables = [syllable for word in words for syllable in word.split("_")]
    compounds = [word for word in words if "_" in word]
    pairs = [f"{a} {b}" for a, b in pairwise(syllables)]
    return Counter(compounds) + Counter(syllables) + Counter(pairs)


def character_grams(text: str, sizes: Sequence[int] = (3, 4)) -> tuple[str, ...]:
    """Return letter n-grams of a text without diacritics, within words: they survive misspellings."""
    plain = strip_diacritics(comparison_key(text))
    padded = [f" {word} " for word in re.findall(r"\w+", plain)]
    return tuple(word[i : i + n] for word in padded for n in sizes for i in range(len(word) - n + 1))


class LexicalIndex:
    """Bullets (or any texts) to compare a proposal's words with.

    Parameters
    ----------
    texts : sequence of sequences of str
        The words of each text as `Segmenter.words` gives them, or its `character_grams`.
    pairs : bool
        Whether neighbouring syllables count as terms too; for words they should.
    """

    def __init__(self, texts: Sequence[Sequence[str]], *, pairs: bool = True) -> None:
        self._terms = terms if pairs else Counter[str]
        counts = [self._terms(words) for words in texts]
        seen = Counter(term for count in counts for term in count)
        n = len(counts)
        self._column = {term: i for i, term in enumerate(sorted(seen))}
        self._idf = {term: float(np.log((n + 1) / (df + 1)) + 1) for term, df in seen.items()}
        self._idf_unseen = float(np.log(n + 1) + 1)
        self._matrix = np.zeros((n, max(1, len(self._column))), np.float32)
        for row, count in enumerate(counts):
            for term, tf in count.items():
                self._matrix[row, self._column[term]] = (1 + np.log(tf)) * self._idf[term]
        norms = np.linalg.norm(self._matrix, axis=1, keepdims=True)
        self._matrix /= np.where(norms > 0, norms, 1)

    def rarest(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Return the weight of the rarest content term that each text shares with the words, shape (n,), in [0, 1].

        A bullet that names the very thing a proposal is about («mắc ca») is told by one word that no other bullet has.
        """
        best = np.zeros(len(self._matrix), np.float32)
        for term in terms(words):
            column = self._column.get(term)
            if column is not None and ("_" in term or " " in term):
                shared = self._matrix[:, column] > 0
                best[shared] = np.maximum(best[shared], self._idf[term] / self._idf_unseen)
        return best

    def scores(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Return the cosine with each text, shape (n,), in [0, 1]; zeros for a text without words."""
        query = np.zeros(self._matrix.shape[1], np.float64)
        total = 0.0
        for term, tf in sorted(self._terms(words).items()):
            weight = (1 + np.log(tf)) * self._idf.get(term, self._idf_unseen)
            total += weight * weight
            if term in self._column:
                query[self._column[term]] = weight
        if not total:
            return np.zeros(len(self._matrix), np.float32)
        return np.asarray(self._matrix @ (query / np.sqrt(total)), np.float32)
