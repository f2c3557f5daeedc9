"""Runs of one year joined: what stands in two of them counts once, and ids stay distinct."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from matcher.records import Assessment, DuplicatePair, Proposal
from matcher.register.task import title_key
from matcher.trends.runfile import RunFile


class JoinedRuns:
    """The assessments of several runs, one at a time and as often as wanted.

    A proposal of an id and title that an earlier run has is left out; one that shares only the id gets another,
    «P3 (2)», in its duplicates as well.

    Parameters
    ----------
    runs : sequence of (RunFile, mapping of str to str)
        Each with the titles of its proposals by their ids.
    """

    def __init__(self, runs: Sequence[tuple[RunFile, Mapping[str, str]]]) -> None:
        self._runs = [run for run, _ in runs]
        self._renamed: list[dict[str, str]] = []
        self._left_out: list[frozenset[str]] = []
        self._size = 0
        taken: dict[str, set[str]] = {}
        for number, (_, titles) in enumerate(runs, 1):
            repeated = {i for i, title in titles.items() if title_key(title) in taken.get(i, ())}
            renamed = {i: _free(i, number, taken, titles) for i in titles if i in taken and i not in repeated}
            for proposal_id, title in titles.items():
                taken.setdefault(renamed.get(proposal_id, proposal_id), set()).add(title_key(title))
            self._left_out.append(frozenset(repeated))
            self._renamed.append(renamed)
            self._size += len(titles) - len(repeated)

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Assessment]:
        for run, left_out, renamed in zip(self._runs, self._left_out, self._renamed, strict=True):
            seen: set[str] = set()
            for assessment in run:
                own = assessment.proposal.id
                if own not in left_out and own not in seen:
                    seen.add(own)
                    yield _renamed(assessment, renamed) if renamed else assessment

    @property
    def notes(self) -> tuple[str, ...]:
        """What the joining changed, in Vietnamese."""
        repeated = sum(map(len, self._left_out))
        renamed = sum(map(len, self._renamed))
        notes = []
        if repeated:
            notes.append(f"{repeated} đề xuất có cùng mã và tên trong hai tệp của một năm: chỉ tính một lần.")
        if renamed:
            notes.append(f"{renamed} mã trùng giữa hai tệp của một năm nhưng khác tên: thêm số của tệp, như «P3 (2)».")
        return tuple(notes)


def joined_tasks(tables: Sequence[Sequence[Proposal]], titles: Iterable[str]) -> tuple[tuple[Proposal, ...], int]:
    """Return the tasks of one year's tables but for those that an earlier table, or a run's proposal, has by title.

    Parameters
    ----------
    tables : sequence of sequence of Proposal
        Tasks of each table; one table may hold a title twice.
    titles : iterable of str
        Of the proposals of the year's runs.

    Returns
    -------
    tasks : tuple of Proposal
        What is left.
    repeated : int
        How many were left out.
    """
    earlier = {title_key(title) for title in titles}
    kept: list[Proposal] = []
    for tasks in tables:
        keys = [title_key(task.title) for task in tasks]
        kept += [task for task, key in zip(tasks, keys, strict=True) if key not in earlier]
        earlier.update(keys)
    return tuple(kept), sum(map(len, tables)) - len(kept)


def _free(proposal_id: str, number: int, taken: Mapping[str, set[str]], own: Mapping[str, str]) -> str:
    new = f"{proposal_id} ({number})"
    while new in taken or new in own:
        number += 1
        new = f"{proposal_id} ({number})"
    return new


def _renamed(assessment: Assessment, renamed: Mapping[str, str]) -> Assessment:
    own = assessment.proposal.id
    proposal = replace(assessment.proposal, id=renamed.get(own, own))
    pairs = tuple(_renamed_pair(pair, own, renamed) for pair in assessment.duplicates)
    return replace(assessment, proposal=proposal, duplicates=pairs)


def _renamed_pair(pair: DuplicatePair, own: str, renamed: Mapping[str, str]) -> DuplicatePair:
    """Rename proposals of the batch; ids of a register stay."""
    if pair.source == "batch":
        return replace(pair, a=renamed.get(pair.a, pair.a), b=renamed.get(pair.b, pair.b))
    new = renamed.get(own, own)
    return replace(pair, a=new if pair.a == own else pair.a, b=new if pair.b == own else pair.b)
