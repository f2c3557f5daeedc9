"""What was asked for against what was proposed: per orientation, plan and field.

A proposal answers one orientation, the best match of those `aligned` (`matcher.trends.gathering`), and with it that
orientation's field and plan. Expected is what each would have had if all orientations of a year had drawn alike: the
year's answers times its part of the year's orientations. The interval of observed over expected is exact, and the
intervals of one table hold together in 95 %: none of them lies wholly on one side of 1 by chance in 19 of 20 tables.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from matcher.text import comparison_key
from matcher.trends.gathering import Bullet, Entry
from matcher.trends.intervals import ratio
from matcher.trends.movement import ERROR, unjudged
from matcher.trends.records import Demand

Asked = Mapping[int, tuple[Bullet, ...]]
#: (year, id of an orientation) → id of what it is called through all its wordings.
Threads = Mapping[tuple[int, str], str]
NO_THREADS: Threads = MappingProxyType({})
#: What a bullet counts for in a year: an id through all years, "" for nothing.
_KeyOf = Callable[[int, Bullet], str]


def by_orientation(
    entries: Iterable[Entry], asked: Asked, totals: Mapping[int, int], threads: Threads = NO_THREADS
) -> tuple[Demand, ...]:
    """Return the demand for each orientation, in the order in which the years first ask for it.

    Parameters
    ----------
    entries : iterable of Entry
        Proposals of all years.
    asked : mapping of int to tuple of Bullet
        The orientations of each year.
    totals : mapping of int to int
        The proposals of each year that shares are taken of.
    threads : mapping
        Which orientations of different announcements are one; an orientation that it does not name keeps its id, which
        is right where all years have one announcement.
    """

    def key(year: int, bullet: Bullet) -> str:
        return threads.get((year, bullet.id), bullet.id)

    return _demands(entries, asked, totals, key, lambda bullet: bullet.text, wordings=True)


def by_field(entries: Iterable[Entry], asked: Asked, totals: Mapping[int, int]) -> tuple[Demand, ...]:
    """Return the demand for each field; fields of different announcements are one where their names are."""
    ids = _field_ids(asked)
    return _demands(entries, asked, totals, lambda _, bullet: ids[_field_key(bullet)], lambda bullet: bullet.field_name)


def by_plan(entries: Iterable[Entry], asked: Asked, totals: Mapping[int, int]) -> tuple[Demand, ...]:
    """Return the demand for each plan that orientations rest on, by its number."""
    return _demands(entries, asked, totals, lambda _, bullet: bullet.plan, lambda bullet: bullet.plan_title)


def is_oversubscribed(demand: Demand) -> bool:
    """Tell whether it drew more than its part, beyond what chance does."""
    return demand.gap[0] > 1


def is_undersubscribed(demand: Demand) -> bool:
    """Tell whether it drew less than its part, beyond what chance does; few proposals never say so."""
    return demand.gap[1] < 1


def _demands(
    entries: Iterable[Entry],
    asked: Asked,
    totals: Mapping[int, int],
    key_of: _KeyOf,
    name_of: Callable[[Bullet], str],
    *,
    wordings: bool = False,
) -> tuple[Demand, ...]:
    answers = _answers(entries, asked)
    bullets: dict[str, dict[int, list[Bullet]]] = {}
    for year in sorted(asked):
        for bullet in asked[year]:
            if key := key_of(year, bullet):
                bullets.setdefault(key, {}).setdefault(year, []).append(bullet)
    level = 1 - ERROR / max(1, len(bullets))
    found = []
    for key, by_year in bullets.items():
        counts = {year: sum(answers[year, bullet.id] for bullet in mine) for year, mine in by_year.items()}
        expected = sum(_answered(answers, year) * len(mine) / len(asked[year]) for year, mine in by_year.items())
        texts = {year: " / ".join(dict.fromkeys(name_of(bullet) for bullet in mine)) for year, mine in by_year.items()}
        found.append(
            Demand(
                id=key,
                name=next((text for year in sorted(texts, reverse=True) if (text := texts[year])), ""),
                years_asked=tuple(by_year),
                movement=unjudged({year: (count, totals[year]) for year, count in counts.items()}),
                expected=expected,
                gap=ratio(sum(counts.values()), expected, level=level),
                wordings=texts if wordings and len(set(texts.values())) > 1 else {},
            )
        )
    return tuple(found)


def _answers(entries: Iterable[Entry], asked: Asked) -> Counter[tuple[int, str]]:
    known = {(year, bullet.id) for year, bullets in asked.items() for bullet in bullets}
    return Counter(key for entry in entries if (key := (entry.year, entry.orientation)) in known)


def _answered(answers: Counter[tuple[int, str]], year: int) -> int:
    return sum(count for (each, _), count in answers.items() if each == year)


def _field_key(bullet: Bullet) -> str:
    return comparison_key(bullet.field_name) or str(bullet.field)


def _field_ids(asked: Asked) -> dict[str, str]:
    """Return the id of each field by its name's key: its number in the last year that has it, where that is free."""
    ids: dict[str, str] = {}
    for year in sorted(asked, reverse=True):
        for bullet in asked[year]:
            key, number = _field_key(bullet), str(bullet.field)
            if key not in ids:
                ids[key] = number if number not in ids.values() else f"{year}:{number}"
    return ids
