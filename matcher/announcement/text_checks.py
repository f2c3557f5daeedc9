"""Checks on the text: bullets said twice, numbering, notes without body or call, glued words."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from matcher.announcement.evidence import Evidence, note_place
from matcher.announcement.marks import read_mark
from matcher.records import Problem
from matcher.text import comparison_key

#: Share of the shorter bullet's word pairs that must come back in the longer one, and how many pairs it must have.
#: Pairs that many bullets share weigh little: bullets made from one template about different things are not alike.
_ALIKE, _ENOUGH = 0.7, 8
_Pair = tuple[str, str]
_WORD = re.compile(r"\w+")
_LISTED_ENOUGH = 2


def near_identical_bullets(evidence: Evidence) -> Iterator[Problem]:
    """Report two bullets that say nearly the same."""
    orientations = evidence.announcement.orientations
    pairs = [_pairs(each.text) for each in orientations]
    found_in = Counter(pair for own in pairs for pair in own)
    weight = {pair: math.log((len(pairs) + 1) / count) for pair, count in found_in.items()}
    whole = [sum(weight[pair] for pair in own) for own in pairs]
    for shorter, longer in _candidates(pairs, weight, whole):
        common = sum(weight[pair] for pair in pairs[shorter] & pairs[longer])
        if common >= _ALIKE * whole[shorter]:
            one, two = sorted((shorter, longer))
            yield Problem(
                "near_identical_bullets",
                f"Định hướng {orientations[one].id} và {orientations[two].id} gần như trùng nội dung "
                f"({100 * common / whole[shorter]:.0f}% nội dung của {orientations[shorter].id} có ở cả hai).",
                orientations[two].id,
            )


def _candidates(
    pairs: Sequence[frozenset[_Pair]], weight: Mapping[_Pair, float], whole: Sequence[float]
) -> list[tuple[int, int]]:
    """Return the (shorter, longer) bullets that may be alike, in order.

    Two of them must share one of the heaviest pairs of the shorter, those that make up what it may lack.
    """
    holders: dict[_Pair, list[int]] = defaultdict(list)
    for index, own in enumerate(pairs):
        for pair in own:
            holders[pair].append(index)
    found: set[tuple[int, int]] = set()
    for shorter, own in enumerate(pairs):
        lacking = 0.0
        for pair in sorted(own, key=lambda each: (-weight[each], each)) if len(own) >= _ENOUGH else ():
            if lacking > (1 - _ALIKE) * whole[shorter]:
                break
            lacking += weight[pair]
            found |= {(shorter, i) for i in holders[pair] if (whole[shorter], shorter) < (whole[i], i)}
    return sorted(found, key=lambda each: sorted(each, reverse=True))


def _pairs(text: str) -> frozenset[_Pair]:
    words = _WORD.findall(comparison_key(text))
    return frozenset(pairwise(words))


def numbering_gaps(evidence: Evidence) -> Iterator[Problem]:
    """Report fields or footnotes whose numbers skip or repeat."""
    marks = [(place, read_mark(f"{part.label} X")) for place, part in enumerate(evidence.fields, start=1) if part.label]
    counted = [(place, mark) for place, mark in marks if mark and mark.ordinal]
    for (_, above), (place, mark) in pairwise(counted):
        if mark.ordinal != 1 and not mark.follows(above):
            message = f"Số thứ tự lĩnh vực nhảy từ {above.counter} sang {mark.counter}."
            yield Problem("numbering_gap", message, str(place))
    numbers = sorted({note.number for note in evidence.notes} | set(evidence.called_by()))
    if len(numbers) >= _LISTED_ENOUGH:
        for before, after in pairwise([0, *numbers]):
            if after > before + 1:
                missing = str(before + 1) if after == before + 2 else f"{before + 1}–{after - 1}"
                yield Problem("numbering_gap", f"Thiếu chú thích số {missing}.", note_place(before + 1))


def notes_astray(evidence: Evidence) -> Iterator[Problem]:
    """Report a call without a body, a body without a call, a number used twice."""
    called = evidence.called_by()
    bodies = Counter(note.number for note in evidence.notes)
    for number, where in sorted(called.items()):
        if number not in bodies:
            yield Problem(
                "footnote_without_body",
                f"Định hướng {where} có số chú thích {number} nhưng không thấy nội dung chú thích.",
                where,
            )
    for number, count in sorted(bodies.items()):
        if count > 1:
            yield Problem("footnote_duplicate", f"Có {count} chú thích cùng số {number}.", note_place(number))
        if number not in called and evidence.announcement.orientations and not _called_elsewhere(evidence, number):
            yield Problem(
                "footnote_not_called", f"Chú thích {number} không được định hướng nào gọi tới.", note_place(number)
            )


def _called_elsewhere(evidence: Evidence, number: int) -> bool:
    """Say whether a note stands before the first orientation: it then belongs to the preamble."""
    first = evidence.announcement.orientations[0].source.start
    return any(note.number == number and note.start < first for note in evidence.notes)


def glued_words(evidence: Evidence) -> Iterator[Problem]:
    """Report words written without the space between them, as the orientation's text sets them apart."""
    for orientation, bullet in evidence.bullets():
        repaired = orientation.text.split()
        neighbours = {one + two: f"{one} {two}" for one, two in pairwise(repaired)}
        for word in bullet.text.split():
            apart = neighbours.get(word)
            if apart and word not in repaired and apart.replace(" ", "").strip(".,;:").isalpha():
                clean = apart.strip(".,;:")
                yield Problem("glued_words", f"Viết dính chữ: «{clean.replace(' ', '')}» → «{clean}».", orientation.id)


TEXT_CHECKS = (near_identical_bullets, numbering_gaps, notes_astray, glued_words)
