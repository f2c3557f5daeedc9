"""Which pairs of texts are compared: every text with those near it in meaning or in wording, and with its copies.

Comparing 100,000 texts with as many would take 10¹⁰ comparisons; these rules leave some tens a text. They look at two
texts and their neighbourhood alone: texts that are near neither change nothing.

1. *Meaning*: the `MOST` nearest by the vectors, from `MEANING_FLOOR` up.
2. *Wording*: the `MOST` that share most rare pairs of syllables without diacritics, from `WORDING_FLOOR` up.
3. *Spelling*: titles that differ in diacritics alone.
4. *Copies*: titles with the same key. Up to `MOST` + 1 copies are compared each with each. More are linked in a tree,
   each to one before it and to `MOST` after it: 10,000 copies make 9,999 pairs and one cluster, no copy has more than
   31 pairs, and no two of them are more than six steps apart. Only the first copy, that of the smallest id, is
   searched for; what it is near is compared with the others too, as `_spread` and `_spread_between` say.

In a crowd, where more than `MOST` texts are near, only the nearest are compared, by meaning and by wording each: of
300 projects of one template each sees 30 siblings. A reworded text of other wording can be crowded out by such
siblings, a near copy cannot, having the nearest vector and the most shared wording.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from matcher.flagging.index import IndexSearch
from matcher.flagging.nearest import ExactSearch, Links, Rows, Search, Vectors
from matcher.flagging.wording import nearest_by_wording
from matcher.text import strip_diacritics

#: Neighbours of a text by each rule.
MOST = 30
#: Of two tasks drawn at random one pair in ten lies above the first floor; of held-out `same_work` pairs, a third of
#: which share no word, 98 in 100 do, and of all other listed kinds, as good as all.
MEANING_FLOOR, WORDING_FLOOR = 0.38, 0.05
#: Of another text's copies, so many are compared.
COPIES = 5
#: Texts of one side up to which search is exact; beyond, by the index of `matcher.flagging.index`.
EXACT_UP_TO = 200_000
#: Share of wording in the vectors searched: titles that differ in a masked place alone have equal vectors otherwise.
_TIE = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The texts of one side as the search sees them.

    Parameters
    ----------
    bare : sequence of str
        The first copies' keys without diacritics.
    firsts : array of int, shape (f,)
        Rows of the first copies; texts whose key is empty are not among them: nothing is known of them.
    copies : sequence of array of int
        For each first copy, the rows of all its copies, itself first.
    vectors : array of float32, shape (f, d)
        Unit vectors of the first copies.
    """

    bare: Sequence[str]
    firsts: Rows
    copies: Sequence[Rows]
    vectors: Vectors

    @classmethod
    def of(cls, ids: Sequence[str], keys: Sequence[str], vectors: Vectors) -> Side:
        """Gather the copies of each key; what is first does not depend on the order of texts, but on their ids."""
        groups: dict[str, list[int]] = {}
        for row in sorted(range(len(ids)), key=lambda row: (ids[row], row)):
            if keys[row]:
                groups.setdefault(keys[row], []).append(row)
        firsts = np.array([rows[0] for rows in groups.values()], np.int64)
        bare = [strip_diacritics(key) for key in groups]
        copies = [np.array(rows, np.int64) for rows in groups.values()]
        return cls(bare, firsts, copies, _told_apart(vectors, firsts, bare))


def candidates_within(side: Side, search: Search | None = None) -> Rows:
    """Return the pairs of a side's rows to compare, shape (m, 2), each once, the smaller row first, in order."""
    if not len(side.firsts):
        return np.empty((0, 2), np.int64)
    search = search or _search_for(len(side.firsts))
    near = Links.joined(
        [
            search.within(side.vectors, most=MOST, floor=MEANING_FLOOR),
            nearest_by_wording(side.bare, side.bare, most=MOST, floor=WORDING_FLOOR),
            *(_among(np.array(rows, np.int64)) for rows in _by_text(side.bare).values() if len(rows) > 1),
        ]
    )
    copied = (_among(rows) for rows in side.copies if len(rows) > 1)
    pairs = np.sort(_stack(_spread(side, _once(near)), *map(_table, copied)), axis=1)
    return _unique(pairs)


def candidates_between(left: Side, right: Side, search: Search | None = None) -> Rows:
    """Return the pairs (left row, right row) to compare, shape (m, 2), each once, in order."""
    if not len(left.firsts) or not len(right.firsts):
        return np.empty((0, 2), np.int64)
    search = search or _search_for(len(right.firsts))
    near = Links.joined(
        [
            search.between(left.vectors, right.vectors, most=MOST, floor=MEANING_FLOOR),
            nearest_by_wording(left.bare, right.bare, most=MOST, floor=WORDING_FLOOR),
            _same_spelling(left.bare, right.bare),
        ]
    )
    return _unique(_spread_between(left, right, near))


def _search_for(size: int) -> Search:
    return ExactSearch() if size <= EXACT_UP_TO else IndexSearch()


def _told_apart(vectors: Vectors, firsts: Rows, bare: Sequence[str]) -> Vectors:
    """Return the first copies' vectors with a trace of their wording: signs hashed from syllables, 32 dimensions."""
    if not len(firsts):
        return np.empty((0, 1), np.float32)
    meant = np.nan_to_num(vectors[firsts], nan=0.0, posinf=0.0, neginf=0.0).astype(np.float32, copy=False)
    signs: dict[str, NDArray[np.float32]] = {}
    said = np.zeros((len(bare), 32), np.float32)
    for row, key in enumerate(bare):
        for syllable in key.split():
            if syllable not in signs:
                bits = np.frombuffer(crc32(syllable.encode()).to_bytes(4, "little"), np.uint8)
                signs[syllable] = np.unpackbits(bits).astype(np.float32) * 2 - 1
            said[row] += signs[syllable]
    said /= np.maximum(np.linalg.norm(said, axis=1, keepdims=True), 1e-6)
    return np.hstack([meant * np.float32(np.sqrt(1 - _TIE)), said * np.float32(np.sqrt(_TIE))])


def _by_text(texts: Iterable[str]) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for row, text in enumerate(texts):
        rows.setdefault(text, []).append(row)
    return rows


def _same_spelling(left: Sequence[str], right: Sequence[str]) -> Links:
    rows = _by_text(right)
    found = [(i, j) for i, text in enumerate(left) for j in rows.get(text, ())[:MOST]]
    return Links.of((i for i, _ in found), (j for _, j in found))


def _among(rows: Rows) -> Links:
    """Link copies each with each or, where they are many, in a tree of `MOST` branches."""
    if len(rows) <= MOST + 1:
        left, right = np.triu_indices(len(rows), 1)
    else:
        right = np.arange(1, len(rows))
        left = (right - 1) // MOST
    return Links(rows[left], rows[right], np.ones(len(left), np.float32))


def _once(links: Links) -> Rows:
    return _unique(np.sort(_table(links), axis=1))


def _table(links: Links) -> Rows:
    return np.stack([links.left, links.right], axis=1)


def _unique(table: Rows) -> Rows:
    """Return the table's distinct rows in order; its numbers are below 2³¹, so that one integer holds a row."""
    packed = np.unique((table[:, 0] << np.int64(32)) | table[:, 1])
    return np.stack([packed >> np.int64(32), packed & np.int64(0xFFFFFFFF)], axis=1)


def _stack(*tables: Rows) -> Rows:
    return np.concatenate(tables)


def _spread(side: Side, near: Rows) -> Rows:
    """Turn pairs of first copies into pairs of rows: the first 30 copies of each with the first 5 of the other."""
    single = np.array([len(rows) == 1 for rows in side.copies])
    plain = single[near[:, 0]] & single[near[:, 1]]
    many: Iterator[Rows] = (
        _crossed(side.copies[a][:mine], side.copies[b][:theirs])
        for a, b in near[~plain]
        for mine, theirs in ((MOST, COPIES), (COPIES, MOST))
    )
    return _stack(side.firsts[near[plain]], *many)


def _spread_between(left: Side, right: Side, near: Links) -> Rows:
    """Turn links of first copies into pairs of rows: every left copy with the first 5 right ones, 30 of its own key."""
    table = _unique(_table(near))
    plain = (
        np.array([len(rows) == 1 for rows in left.copies])[table[:, 0]]
        & np.array([len(rows) == 1 for rows in right.copies])[table[:, 1]]
    )
    simple = np.stack([left.firsts[table[plain, 0]], right.firsts[table[plain, 1]]], axis=1)
    many: Iterator[Rows] = (
        _crossed(left.copies[a], right.copies[b][: MOST if left.bare[a] == right.bare[b] else COPIES])
        for a, b in table[~plain]
    )
    return _stack(simple, *many)


def _crossed(left: Rows, right: Rows) -> Rows:
    return np.stack([np.repeat(left, len(right)), np.tile(right, len(left))], axis=1)
