"""`matcher duplicates --report`: the search report beside the pairs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from matcher.matching import Matcher
from matcher.records import DuplicatePair, Proposal
from matcher.register import RegisterDatabase, SearchedRegister
from matcher.reporting.search import Scope, gather, register_scope, write_search_report
from matcher.settings import PAIR_MODEL


def write_report(
    output: Path,
    proposals: Sequence[Proposal],
    registers: Sequence[SearchedRegister],
    pairs: Sequence[DuplicatePair],
    matcher: Matcher,
) -> None:
    """Write what was searched and found for each proposal; the announcement's own words are no copying."""
    settings, announcement = matcher.settings, matcher.announcement
    changed = {each.name: each.changed for each in RegisterDatabase.of(settings).registers()} if registers else {}
    scope = Scope(
        registers=tuple(register_scope(each.register, _updated(each, changed), each.name) for each in registers),
        low=settings.duplicate_low,
        high=settings.duplicate_high,
        searched_on=dt.date.today(),
        model=PAIR_MODEL,
        model_fingerprint=matcher.fingerprint,
        known=announcement.title or announcement.name,
    )
    form = [f"{item.name}\n{item.hint}" for item in announcement.form.items]
    named = [(each.name, each.register) for each in registers]
    report = gather(proposals, named, pairs, scope, known=[announcement.text, *form], office=announcement.issuer)
    write_search_report(report, output)


def _updated(searched: SearchedRegister, changed: dict[str, str]) -> dt.date | None:
    """Return the day on which a table or an imported register was last changed."""
    if searched.file is not None:
        return dt.date.fromtimestamp(searched.file.stat().st_mtime)
    when = changed.get(searched.name, "")
    return dt.datetime.fromisoformat(when).date() if when else None
