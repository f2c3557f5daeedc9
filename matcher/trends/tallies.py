"""What is counted by year beside what was asked for: states, organisations, districts, form problems, amounts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

import numpy as np

from matcher.records import Proposal, State
from matcher.trends.gathering import Entry
from matcher.trends.movement import unjudged
from matcher.trends.organisations import Organisations, organisations_of
from matcher.trends.places import places_of
from matcher.trends.records import Amounts, Tally
from matcher.trends.rows import budget_of, months_of

#: Budgets are reported in million đồng.
_MILLION = 1_000_000


def states(entries: Iterable[Entry]) -> tuple[Tally, ...]:
    """Return how many proposals are in each state, of all that runs assessed, in the order of `State`."""
    judged = [entry for entry in entries if entry.state is not None]
    named = [(entry.year, (entry.state.value if entry.state else "",)) for entry in judged]
    found = {tally.name: tally for tally in _tallies(named)}
    years = sorted({entry.year for entry in judged})
    totals = Counter(entry.year for entry in judged)
    nothing = unjudged({year: (0, totals[year]) for year in years})
    return tuple(found.get(state.value, Tally(state.value, nothing)) for state in State) if judged else ()


def organisations(entries: Iterable[Entry], home: str = "") -> tuple[Tally, ...]:
    """Return how many proposals and tasks each organisation is named in, the most frequent first.

    Shares are of those that name any organisation; a proposal of two counts for both. `home` is the short name of the
    province that asks.
    """
    named = [(entry.year, organisations_of(entry.proposal)) for entry in _read(entries)]
    known = Organisations.of((name for _, names in named for name in names), home)
    keyed = [(year, tuple(dict.fromkeys(known.key(name) for name in names))) for year, names in named if names]
    return _tallies(keyed, lambda key: known.names.get(str(key), str(key)))


def districts(entries: Iterable[Entry], home: str = "") -> tuple[Tally, ...]:
    """Return how many proposals and tasks each district is the place of, the most frequent first.

    Districts are those of before July 2025, so that years compare; one of another province is named with it. Shares are
    of those that name any place; a work for a whole province counts there, and for no district.
    """
    places = [(entry.year, places_of(entry.proposal, home)) for entry in _read(entries)]
    named = [
        (year, tuple(dict.fromkeys((place.district, place.province) for place in mine if place.district)))
        for year, mine in places
        if mine
    ]

    def label(key: Hashable) -> str:
        district, province = key if isinstance(key, tuple) else (str(key), home)
        return district if province == home else f"{district} ({province})"

    return _tallies(named, label)


def form_problems(entries: Iterable[Entry]) -> tuple[Tally, ...]:
    """Return how many forms have a problem of each code, of the proposals that came as forms and were judged."""
    return _tallies([(e.year, tuple(sorted(e.codes))) for e in entries if e.counts and e.codes is not None])


def budgets(entries: Iterable[Entry]) -> tuple[Amounts, ...]:
    """Return the quartiles of the budgets stated, in million đồng, of each year that states any."""
    return _amounts(entries, lambda proposal: None if (budget := budget_of(proposal)) is None else budget / _MILLION)


def durations(entries: Iterable[Entry]) -> tuple[Amounts, ...]:
    """Return the quartiles of the durations stated, in months, of each year that states any."""
    return _amounts(entries, months_of)


def _read(entries: Iterable[Entry]) -> list[Entry]:
    """Return all but what is no proposal; past tasks are among them."""
    return [entry for entry in entries if entry.state is not State.INVALID]


def _tallies(
    named: Sequence[tuple[int, Sequence[Hashable]]], label: Callable[[Hashable], str] = str
) -> tuple[Tally, ...]:
    """Count what each of some proposals, given with its year, is named; the shares are of all of them."""
    totals = Counter(year for year, _ in named)
    counted: defaultdict[Hashable, Counter[int]] = defaultdict(Counter)
    for year, names in named:
        for name in names:
            counted[name][year] += 1
    tallies = [
        (-years.total(), label(name), unjudged({year: (years[year], totals[year]) for year in totals}))
        for name, years in counted.items()
    ]
    return tuple(Tally(name, movement) for _, name, movement in sorted(tallies, key=lambda each: each[:2]))


def _amounts(entries: Iterable[Entry], amount_of: Callable[[Proposal], float | None]) -> tuple[Amounts, ...]:
    amounts: defaultdict[int, list[float]] = defaultdict(list)
    totals: Counter[int] = Counter()
    for entry in _read(entries):
        totals[entry.year] += 1
        amount = amount_of(entry.proposal)
        if amount is not None and amount > 0:
            amounts[entry.year].append(float(amount))
    return tuple(_quartiles(year, totals, amounts[year]) for year in sorted(amounts))


def _quartiles(year: int, totals: Mapping[int, int], amounts: Sequence[float]) -> Amounts:
    low, middle, high = (float(value) for value in np.quantile(amounts, (0.25, 0.5, 0.75)))
    return Amounts(year, len(amounts), totals[year], (low, middle, high))
