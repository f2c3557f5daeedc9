"""Proposals, registers and pairs become a search report; copied passages are looked for on the way."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from matcher.flagging import PassageIndex
from matcher.records import TEXT_SECTIONS, DuplicatePair, Proposal, Register, Status
from matcher.reporting.search.record import Finding, RegisterScope, Scope, Searched, SearchReport, Weight

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def register_scope(register: Register, updated: dt.date | None = None, name: str = "") -> RegisterScope:
    """Return what the report says of a register: its size, what of it could not be read, its years."""
    read = [task for task in register.tasks if _is_read(task)]
    noted = {problem for task in read for problem in task.problems}
    years = [int(year) for task in read for year in _YEAR.findall(task.sections.get("year", ""))]
    return RegisterScope(
        name=name or register.name,
        tasks=len(read),
        lost=tuple(problem.message for problem in register.problems if problem not in noted),
        years=(min(years), max(years)) if years else None,
        updated=updated,
    )


@dataclass(frozen=True, slots=True)
class _Other:
    """Something that a proposal is compared with; `source` and `task.id` are how a pair names it."""

    task: Proposal
    source: str
    register: str


def gather(
    proposals: Sequence[Proposal],
    registers: Sequence[tuple[str, Register]],
    pairs: Iterable[DuplicatePair],
    scope: Scope,
    *,
    known: Iterable[str] = (),
    office: str = "",
) -> SearchReport:
    """Bring together what was found for each proposal, and look for copied passages in everything compared.

    Parameters
    ----------
    proposals : sequence of Proposal
        The batch, in the order of the report; those that could not be read come through as such.
    registers : sequence of (str, Register)
        The registers under the names that the report shows.
    pairs : iterable of DuplicatePair
        As `find_duplicates` returns them.
    scope : Scope
        What was searched and by which rules; its `batch` is counted here.
    known : iterable of str
        Texts that everybody may repeat: the announcement, the empty form.
    office : str
        The office whose name heads the document.
    """
    others = [_Other(each, "batch", "") for each in proposals if _is_read(each)]
    others += [_Other(task, "register", name) for name, register in registers for task in register.tasks]
    searcher = _Searcher(others, known, scope.high)
    by_proposal = _by_proposal(pairs)
    searched = [Searched(each, searcher.findings(each, by_proposal.get(each.id, {}))) for each in proposals]
    read = sum(map(_is_read, proposals))
    return SearchReport(replace(scope, batch=read), tuple(searched), office)


class _Searcher:
    """Finds what lies near a proposal among everything that it is compared with."""

    def __init__(self, others: Sequence[_Other], known: Iterable[str], high: float) -> None:
        self._others, self._high = others, high
        known = tuple(known)
        # One for each source: copies in the batch, however many, hide none in a register.
        self._indexes = {source: PassageIndex(known) for source in ("batch", "register")}
        self._places: dict[tuple[str, str], int] = {}
        for place, other in enumerate(others):
            self._indexes[other.source].add(str(place), _texts(other.task))
            self._places.setdefault((other.source, other.task.id), place)

    def findings(self, proposal: Proposal, pairs: dict[tuple[str, str], DuplicatePair]) -> tuple[Finding, ...]:
        """Return the pairs of a proposal with their copied passages, and what only has copied passages."""
        if not _is_read(proposal):
            return ()
        texts = _texts(proposal)
        copied = {int(each.key): each.passages for index in self._indexes.values() for each in index.find(texts)}
        paired = {self._places[key]: pair for key, pair in pairs.items() if key in self._places}
        found = []
        for place in sorted({*copied, *paired}):
            other = self._others[place]
            if other.task is not proposal:
                found.append(Finding(other.task, other.register, paired.get(place), copied.get(place, ())))
        return tuple(sorted(found, key=lambda each: _order(each, self._high)))


def _order(finding: Finding, high: float) -> tuple[int, float, int]:
    weight = list(Weight).index(finding.weight(high))
    probability = finding.pair.probability if finding.pair else 0.0
    return weight, -probability, -sum(passage.words for passage in finding.passages)


def _by_proposal(pairs: Iterable[DuplicatePair]) -> dict[str, dict[tuple[str, str], DuplicatePair]]:
    """Return the pairs of each proposal of the batch by source and id of the other side."""
    found: dict[str, dict[tuple[str, str], DuplicatePair]] = {}
    for pair in pairs:
        found.setdefault(pair.a, {})[pair.source, pair.b] = pair
        if pair.source == "batch":
            found.setdefault(pair.b, {})["batch", pair.a] = replace(pair, a=pair.b, b=pair.a)
    return found


def _texts(proposal: Proposal) -> dict[str, str]:
    """Return the sections in which copied passages are looked for: titles share templates, and are shown whole."""
    return {name: proposal.sections[name] for name in TEXT_SECTIONS if name != "title" and proposal.sections.get(name)}


def _is_read(proposal: Proposal) -> bool:
    return proposal.status is not Status.FAILED and bool(proposal.title.strip())
