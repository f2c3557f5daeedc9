"""Copied passages: where two proposals hold the same words, whatever the order of their sections.

Runs of equal words are found by hashes of word n-grams (Manber, 1994) and checked word by word, so a passage never
rests on a hash. Runs that differ by a word of two syllables join into one passage. Words of known texts, the
announcement and the empty form, belong to a passage where they stand inside it but do not count towards its length.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.flagging.runs import GAP, Run, chains, equal_runs, hashes, longest_apart
from matcher.records import EvidenceSpan
from matcher.text import comparison_key, normalize, normalize_with_offsets

#: Words (syllables as Vietnamese writes them) of the shortest passage.
LEAST_WORDS = 25
#: Words of the shortest run that may be part of a passage; also the n-gram that is indexed.
LEAST_RUN = 8
#: So many words in a row that stand in a known text are no copying. Headings of the form are short.
KNOWN_RUN = 5
#: Of an index, the texts that share most n-grams are compared: thousands of copies of one text stay affordable.
MOST_TEXTS = 30
_WORD = re.compile(r"[^\W_]+")
#: Between two sections: equal to no word, and more of them than a chain of runs can step over.
_BREAK = (-1,) * (GAP + 1)
_UNSEEN = 0  # a word that no indexed text has

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Passage:
    """The same words on two sides (đoạn chép).

    `words` counts the equal words that stand in no known text; `left.text` and `right.text` may differ in case,
    punctuation, and up to two words between two runs. Offsets are code points of the section as it was given.
    """

    left: EvidenceSpan
    right: EvidenceSpan
    words: int


@dataclass(frozen=True, slots=True)
class CopiedText:
    """The passages that a text shares with one text of an index, in the order of the text searched."""

    key: str
    passages: tuple[Passage, ...]

    @property
    def words(self) -> int:
        """Words in all passages together."""
        return sum(passage.words for passage in self.passages)


def find_passages(left: str, right: str, known: Iterable[str] = ()) -> tuple[Passage, ...]:
    """Return the copied passages of two texts, in the order of the left one, where they do not overlap.

    Examples
    --------
    >>> words = " ".join(f"từ{i}" for i in range(30))
    >>> (found,) = find_passages(f"Mở đầu. {words}", words.upper())
    >>> found.words, found.left.start, found.right.start
    (30, 8, 0)
    """
    return shared_passages({"": left}, {"": right}, known)


def shared_passages(
    left: Mapping[str, str], right: Mapping[str, str], known: Iterable[str] = ()
) -> tuple[Passage, ...]:
    """Return the copied passages of two proposals' sections, name → text, whatever section they stand in."""
    index = PassageIndex(known)
    index.add("", right)
    return next((found.passages for found in index.find(left)), ())


class PassageIndex:
    """The word n-grams of many texts, to find what one text shares with them.

    Parameters
    ----------
    known : iterable of str
        Texts that everybody may repeat: the announcement, the empty form.

    Examples
    --------
    >>> index = PassageIndex()
    >>> index.add("P1", {"content": " ".join(f"từ{i}" for i in range(40))})
    >>> [found.key for found in index.find({"objective": " ".join(f"từ{i}" for i in range(5, 35))})]
    ['P1']
    """

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._vocabulary: dict[str, int] = {}  # by comparison key
        self._spellings: dict[str, int] = {}  # the same numbers, by the word as it is written
        self._texts: list[tuple[str, Mapping[str, str], Ids]] = []
        self._grams: tuple[NDArray[np.uint64], NDArray[np.int64]] | None = None
        grams = [hashes(self._ids({"": text}, learn=True), KNOWN_RUN)[0] for text in known]
        self._known = np.unique(np.concatenate(grams)) if grams else np.empty(0, np.uint64)

    def __len__(self) -> int:
        """Return the number of texts in the index."""
        return len(self._texts)

    def add(self, key: str, sections: Mapping[str, str]) -> None:
        """Add a text; a key may come twice and is then found twice."""
        self._texts.append((key, dict(sections), self._ids(sections, learn=True)))
        self._grams = None

    def find(self, sections: Mapping[str, str], *, skip: Iterable[str] = ()) -> tuple[CopiedText, ...]:
        """Return what a text shares with those of the index, most words first; texts under `skip` are left out."""
        ids = self._ids(sections)
        own = ~self._is_known(ids)
        skipped = frozenset(skip)
        found = []
        for place in self._candidates(ids, own, skipped):
            key, theirs, their_ids = self._texts[place]
            passages = self._passages(sections, ids, own, theirs, their_ids)
            if passages:
                found.append(CopiedText(key, passages))
        return tuple(sorted(found, key=lambda each: -each.words))

    def _ids(self, sections: Mapping[str, str], *, learn: bool = False) -> Ids:
        """Return the numbers of the words of all sections, with a break after each section."""
        numbers: list[int] = []
        for text in sections.values():
            words = _WORD.findall(normalize(text))
            if learn:
                for word in set(words).difference(self._spellings):
                    key = comparison_key(word)
                    self._spellings[word] = self._vocabulary.setdefault(key, len(self._vocabulary) + 1)
            numbers.extend(self._number(word) for word in words)
            numbers.extend(_BREAK)
        return np.array(numbers, np.int64)

    def _number(self, word: str) -> int:
        found = self._spellings.get(word)
        return self._vocabulary.get(comparison_key(word), _UNSEEN) if found is None else found

    def _is_known(self, ids: Ids) -> NDArray[np.bool_]:
        """Tell of each word whether it stands in a run of words of a known text."""
        mask = np.zeros(len(ids), np.bool_)
        grams, starts = hashes(ids, KNOWN_RUN)
        for start in starts[np.isin(grams, self._known)]:
            mask[start : start + KNOWN_RUN] = True
        return mask

    def _candidates(self, ids: Ids, own: NDArray[np.bool_], skip: frozenset[str]) -> list[int]:
        """Return the places of the texts that share most n-grams, those first."""
        grams, starts = hashes(ids, LEAST_RUN)
        if not len(grams) or not self._texts:
            return []
        wanted = np.unique(grams[own[starts] | own[starts + LEAST_RUN - 1]])
        theirs, texts = self._sorted_grams()
        first, last = np.searchsorted(theirs, wanted, "left"), np.searchsorted(theirs, wanted, "right")
        counts: Counter[int] = Counter()
        for start, end in zip(first.tolist(), last.tolist(), strict=True):
            if end > start:
                counts.update(texts[start:end].tolist())
        left = [(-count, place) for place, count in counts.items() if self._texts[place][0] not in skip]
        return [place for _, place in sorted(left)[:MOST_TEXTS]]

    def _sorted_grams(self) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        if self._grams is None:
            each = [np.unique(hashes(ids, LEAST_RUN)[0]) for _, _, ids in self._texts]
            grams = np.concatenate(each)
            texts = np.repeat(np.arange(len(each)), [len(one) for one in each])
            order = np.argsort(grams, kind="stable")
            self._grams = grams[order], texts[order]
        return self._grams

    def _passages(
        self, left: Mapping[str, str], ids: Ids, own: NDArray[np.bool_], right: Mapping[str, str], their_ids: Ids
    ) -> tuple[Passage, ...]:
        runs = equal_runs(ids, their_ids, LEAST_RUN)
        chosen = longest_apart(chains(runs), own, least_run=LEAST_RUN, least_words=LEAST_WORDS)
        if not chosen:
            return ()
        ours, theirs = _Places(left), _Places(right)
        return tuple(Passage(ours.span(*_left(chain)), theirs.span(*_right(chain)), words) for chain, words in chosen)


def _left(chain: list[Run]) -> tuple[int, int]:
    return chain[0].left, chain[-1].left + chain[-1].length


def _right(chain: list[Run]) -> tuple[int, int]:
    return chain[0].right, chain[-1].right + chain[-1].length


class _Places:
    """Where the words of a text's sections stand, to turn word numbers into spans."""

    def __init__(self, sections: Mapping[str, str]) -> None:
        self._sections = [(name, text, normalize_with_offsets(text)) for name, text in sections.items()]
        self._words = [[each.span() for each in _WORD.finditer(found.text)] for _, _, found in self._sections]

    def span(self, first: int, end: int) -> EvidenceSpan:
        """Return the span of the words `[first, end)`, which lie in one section."""
        for (name, text, normal), words in zip(self._sections, self._words, strict=True):
            if first < len(words):
                start, _ = normal.to_source(*words[first])
                _, last = normal.to_source(*words[end - 1])
                return EvidenceSpan(name, start, last, text[start:last])
            first, end = first - len(words) - len(_BREAK), end - len(words) - len(_BREAK)
        raise IndexError("a passage lies outside its text")
