"""Which of the places that may be headings are the headings: one assignment for the whole form.

A beam search over the candidates in the order of the document. Each item is opened at most once; likeness of the
words, the number before them, how the heading ends and the order of the items weigh together, so that a sentence in
the body that begins like a heading loses to the real one, and a form in another order or without numbers is still
read. The second pass knows the style of numbering that the first found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.proposal.headings import Candidate, Closure, Mark
from matcher.proposal.template import Wanted

_WIDTH = 48
_MOST_CANDIDATES = 400
#: What it takes to open an item at all, and how much each sign speaks for it.
_COST = 3.0
_LIKENESS = 12.0
_SAME_NUMBER = 1.5
_NO_NUMBER = -0.5
_BULLET = -1.2
_SUB_NUMBER = -4.0
_INSIDE = -0.7
_INSIDE_UNNUMBERED = -1.5
_STYLED = 0.7
_UNLISTED = -2.0
_CLOSED = {
    Closure.COLON: 0.8,
    Closure.CELL: 1.2,
    Closure.LINE: 0.4,
    Closure.BRACKET: 0.6,
    Closure.STOP: -0.3,
    Closure.OPEN: -0.9,
}
_NEXT = 1.0
_SKIPPED = -0.15
_BACK = -1.5
_COUNTS_ON = 0.8
_COUNTS_BACK = -1.2
_STYLE = 0.8
_OTHER_STYLE = -0.6
_UNNUMBERED_AMONG_NUMBERS = -1.3


@dataclass(frozen=True, slots=True)
class _Path:
    score: float = 0.0
    taken: int = 0
    item: int = -1
    number: int = 0
    end: tuple[int, int] = (-1, -1)
    chosen: tuple[Candidate, ...] = ()


def choose(found: Sequence[Candidate], wanted: Sequence[Wanted]) -> list[Candidate]:
    """Return the headings of a form, in the order of the document."""
    if len(found) > _MOST_CANDIDATES:
        best = sorted(found, key=lambda each: -each.similarity)[:_MOST_CANDIDATES]
        found = sorted(best, key=lambda each: each.start)
    chosen = _search(found, wanted, None)
    styles = Counter(each.mark.style for each in chosen if wanted[each.item].listed)
    if sum(styles.values()) < 3:
        return chosen
    return _search(found, wanted, styles.most_common(1)[0][0])


def is_counting(mark: Mark) -> bool:
    """Tell whether a heading's mark is a number that counts items."""
    return mark.style not in ("", "bullet", "sub")


def _search(found: Sequence[Candidate], wanted: Sequence[Wanted], style: str | None) -> list[Candidate]:
    beam = [_Path()]
    for candidate in found:
        own = _own_score(candidate, wanted[candidate.item], style)
        grown = [_grown(path, candidate, own, wanted) for path in beam]
        beam = _best_of([*beam, *(path for path in grown if path is not None)])
    return list(max(beam, key=lambda path: path.score).chosen)


def _grown(path: _Path, candidate: Candidate, own: float, wanted: Sequence[Wanted]) -> _Path | None:
    start = (candidate.start.row, candidate.start.at)
    if path.taken >> candidate.item & 1 or start < path.end:
        return None
    listed = wanted[candidate.item].listed
    score = path.score + own + (_order(path, candidate, wanted[candidate.item]) if listed else 0.0)
    return _Path(
        score,
        path.taken | 1 << candidate.item,
        candidate.item if listed else path.item,
        candidate.mark.number or path.number,
        (candidate.end.row, candidate.end.at),
        (*path.chosen, candidate),
    )


def _order(path: _Path, candidate: Candidate, wanted: Wanted) -> float:
    """Weigh an item's place after the one before it, by the template's order and by the form's own numbers."""
    step = candidate.item - path.item
    score = _NEXT if step == 1 else max(_SKIPPED * (step - 1), -0.9) if step > 0 else _BACK
    if candidate.mark.number and path.number and (step > 0 or candidate.mark.number != wanted.item.number):
        counted = candidate.mark.number - path.number
        score += _COUNTS_ON if counted == 1 else 0.0 if counted > 1 else _COUNTS_BACK
    return score


def _own_score(candidate: Candidate, wanted: Wanted, style: str | None) -> float:
    """Weigh a heading by itself."""
    mark = candidate.mark
    score = _LIKENESS * (candidate.similarity - 0.6) - _COST + _CLOSED[candidate.closure]
    score += _STYLED * candidate.styled
    if not is_counting(mark):
        score += {"": _NO_NUMBER, "bullet": _BULLET, "sub": _SUB_NUMBER}[mark.style]
    elif mark.number == wanted.item.number:
        score += _SAME_NUMBER
    if candidate.inside:
        score += _INSIDE if mark.number else _INSIDE_UNNUMBERED
    if not wanted.listed:
        score += _UNLISTED - 3.0 * (candidate.closure not in (Closure.COLON, Closure.CELL))
    return score + (0.0 if style is None else _of_style(mark.style, style))


def _of_style(style: str, common: str) -> float:
    if style == common:
        return _STYLE
    return _UNNUMBERED_AMONG_NUMBERS if style in ("", "bullet") and common not in ("", "bullet") else _OTHER_STYLE


def _best_of(paths: Sequence[_Path]) -> list[_Path]:
    """Keep the best path of each state, and of those the best few."""
    best: dict[tuple[int, int, int], _Path] = {}
    for path in paths:
        key = (path.taken, path.item, path.number)
        if key not in best or path.score > best[key].score:
            best[key] = path
    return sorted(best.values(), key=lambda path: -path.score)[:_WIDTH]
