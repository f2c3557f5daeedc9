"""One work proposed in several rounds, or in a round and among past tasks (nộp lại).

Pairs come from the search for duplicates over all years at once, and from what the runs found in registers at their
time; what is connected by pairs that are the same work is one work. It is named by the loosest kind among its pairs.

Who proposes is left out of the comparison: over years one body proposes many works, and that makes none of them the
same. Identical and revised texts count from the threshold of the settings; works that are alike in other words only
(`same_work`) from `SURE`. In the three synthetic rounds of `corpus/rounds` (330 proposals, ten planted works) 9 of the
ten come back as identical or revised and nothing false does; of the pairs called `same_work` at 0.5 all 270 are false,
and the surest of them has 0.989: a chain of such pairs would make one work of a whole field.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Protocol

from matcher.flagging import Profile
from matcher.flagging.clusters import components
from matcher.records import DuplicateKind, DuplicatePair, Proposal, State
from matcher.settings import Settings
from matcher.trends.gathering import Entry
from matcher.trends.records import Resubmission

#: Kinds that make two proposals one work, the closest first.
_SAME = (DuplicateKind.IDENTICAL, DuplicateKind.REVISED, DuplicateKind.SAME_WORK)
#: The probability from which works that only mean the same count: chosen on the synthetic rounds, see above.
SURE = 0.99
#: A proposal by its row among all, or a past task of a register by its id.
_Node = int | str


class DuplicateFinder(Protocol):
    """What is needed of a `matcher.matching.Matcher`."""

    def profiles(self, proposals: Iterable[Proposal]) -> list[Profile]:
        """Return what the search compares."""

    def duplicates(self, batch: Sequence[Profile]) -> tuple[DuplicatePair, ...]:
        """Return the pairs within a batch."""


def find_resubmissions(
    entries: Sequence[Entry], finder: DuplicateFinder | None, settings: Settings
) -> tuple[Resubmission, ...]:
    """Return the works that come in more than one year, or in a year and in a register, by their first year.

    Parameters
    ----------
    entries : sequence of Entry
        Proposals and past tasks of all years; what is no proposal is left out.
    finder : DuplicateFinder, optional
        Compares all years; without it only what the runs found in registers is known.
    settings : Settings
        `duplicate_high` is the probability from which identical and revised texts are the same work.
    """
    read = [entry for entry in entries if entry.state is not State.INVALID]
    pairs = _across(read, finder, settings) + _with_registers(read, settings)
    nodes: list[_Node] = list(dict.fromkeys(node for a, b, _ in pairs for node in (a, b)))
    row_of = {node: row for row, node in enumerate(nodes)}
    roots = components(len(nodes), [(row_of[a], row_of[b]) for a, b, _ in pairs])
    members: defaultdict[int, list[_Node]] = defaultdict(list)
    kinds: defaultdict[int, set[DuplicateKind]] = defaultdict(set)
    for node, root in zip(nodes, roots, strict=True):
        members[root].append(node)
    for a, _, kind in pairs:
        kinds[roots[row_of[a]]].add(kind)
    works = (_work(members[root], kinds[root], read) for root in members)
    return tuple(sorted((work for work in works if work is not None), key=lambda work: (work.years, work.ids)))


def _across(
    entries: Sequence[Entry], finder: DuplicateFinder | None, settings: Settings
) -> list[tuple[_Node, _Node, DuplicateKind]]:
    """Return the same works among all proposals; rows stand for ids, which years may share."""
    if finder is None or len({entry.year for entry in entries}) < 2:
        return []
    rows = (_anonymous(entry.proposal, str(row)) for row, entry in enumerate(entries))
    pairs = finder.duplicates(finder.profiles(rows))
    return [(int(pair.a), int(pair.b), pair.kind) for pair in pairs if _is_same(pair, settings)]


def _with_registers(entries: Sequence[Entry], settings: Settings) -> list[tuple[_Node, _Node, DuplicateKind]]:
    return [
        (row, pair.b, pair.kind)
        for row, entry in enumerate(entries)
        for pair in entry.duplicates
        if pair.source == "register" and _is_same(pair, settings)
    ]


def _is_same(pair: DuplicatePair, settings: Settings) -> bool:
    least = max(SURE, settings.duplicate_high) if pair.kind is DuplicateKind.SAME_WORK else settings.duplicate_high
    return pair.kind in _SAME and pair.probability >= least


def _anonymous(proposal: Proposal, name: str) -> Proposal:
    """Return a proposal under another id and without its organisation."""
    sections = {key: text for key, text in proposal.sections.items() if key != "organisation"}
    return replace(proposal, id=name, sections=MappingProxyType(sections))


def _work(nodes: Sequence[_Node], kinds: Iterable[DuplicateKind], entries: Sequence[Entry]) -> Resubmission | None:
    """Return a work, its proposals in the order of their years, tasks of registers after them; None for one year's."""
    rows = sorted(
        (row for row in nodes if isinstance(row, int)), key=lambda row: (entries[row].year, _id(entries, row))
    )
    tasks = sorted(node for node in nodes if isinstance(node, str))
    years = tuple(sorted({entries[row].year for row in rows}))
    if len(years) < 2 and not tasks:
        return None
    return Resubmission(
        ids=(*(_id(entries, row) for row in rows), *tasks),
        years=years,
        kind=max(kinds, key=_SAME.index).value,
        titles=(*(entries[row].proposal.title for row in rows), *("" for _ in tasks)),
    )


def _id(entries: Sequence[Entry], row: int) -> str:
    return entries[row].proposal.id
