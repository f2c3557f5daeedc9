"""How near a heading's words are to the wordings of items, whatever the spelling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from matcher.proposal.template import Wanted

#: Below this two headings have nothing to do with one another.
LEAST_SIMILARITY = 0.74
#: So near must the beginning of a longer heading be to a wording.
_LEAST_BEGINNING = 85
_MOST_WORDS = 40
#: Words that make a part of an item of its heading: «Mục tiêu cụ thể», «Mục tiêu tổng quát».
_PARTS = frozenset(("chung", "the", "quat"))
_SHORT = 6
#: The form's own title begins so, and no item: «Phiếu đề xuất đặt hàng», «Mẫu phiếu».
_TITLES = frozenset(("phieu", "mau", "bieu"))


class Wordings:
    """The wordings of all wanted items, by their number of words; remembers what was asked."""

    def __init__(self, wanted: Sequence[Wanted]) -> None:
        self.wanted = tuple(wanted)
        self._all: list[str] = []
        self._items: list[int] = []
        self._by_length: dict[int, tuple[list[str], list[int]]] = defaultdict(lambda: ([], []))
        for index, item in enumerate(wanted):
            for wording in item.wordings:
                plain = "".join(wording)
                self._all.append(plain)
                self._items.append(index)
                texts, items = self._by_length[len(wording)]
                texts.append(plain)
                items.append(index)
        self._known: dict[tuple[tuple[str, ...], bool], tuple[tuple[int, float], ...]] = {}

    def similar(self, words: tuple[str, ...], *, closed: bool) -> tuple[tuple[int, float], ...]:
        """Return the items, by index, whose wording a heading's words resemble, with the similarity.

        Words after a wording cost little where the heading is `closed` (by a colon, a cell, the end of the line).
        """
        if not words or len(words) > _MOST_WORDS or words[0] in _TITLES:
            return ()
        key = (words, closed)
        if key not in self._known:
            best: dict[int, float] = {}
            for item, score in (*self._whole(words), *(self._longer(words) if closed else ()), *self._cut(words)):
                best[item] = max(score, best.get(item, 0.0))
            self._known[key] = tuple((item, score) for item, score in best.items() if score >= LEAST_SIMILARITY)
        return self._known[key]

    def _whole(self, words: tuple[str, ...]) -> list[tuple[int, float]]:
        hits = process.extract(
            "".join(words), self._all, scorer=fuzz.ratio, score_cutoff=100 * LEAST_SIMILARITY, limit=None
        )
        return [(self._items[place], score / 100) for _, score, place in hits]

    def _longer(self, words: tuple[str, ...]) -> list[tuple[int, float]]:
        """Compare the beginnings of a heading: «Mục tiêu của nhiệm vụ đề xuất»."""
        found = []
        for length, (texts, items) in self._by_length.items():
            tail = words[length:]
            if not tail or tail[0] == "thu":  # «Mục tiêu thụ sản phẩm»
                continue
            begin = "".join(words[:length])
            cost = 0.05 + 0.03 * len(tail)
            cost += 0.06 * any(word in _PARTS for word in tail) + 0.12 * any(word.isdigit() for word in tail)
            hits = process.extract(begin, texts, scorer=fuzz.ratio, score_cutoff=_LEAST_BEGINNING, limit=None)
            found += [(items[place], score / 100 - cost) for text, score, place in hits if len(text) >= _SHORT]
        return found

    def _cut(self, words: tuple[str, ...]) -> list[tuple[int, float]]:
        """Compare with the beginnings of the template's own long names."""
        found = []
        for index, item in enumerate(self.wanted):
            name = item.wordings[0] if item.wordings else ()
            if item.listed and 3 <= len(words) < len(name):
                score = fuzz.ratio("".join(words), "".join(name[: len(words)]), score_cutoff=88)
                found.append((index, 0.92 * score / 100))
        return found
