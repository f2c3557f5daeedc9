"""An assessment → its rows in the tables of `matcher.trends.columns`, values in the order of the columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from matcher.proposal.amounts import read_budget
from matcher.proposal.durations import read_months
from matcher.records import Assessment, DuplicateKind, DuplicatePair, Proposal
from matcher.register.years import read_year
from matcher.reporting.severity import severity_of
from matcher.trends.organisations import organisation_key, organisations_of
from matcher.trends.places import Place, places_of

#: A row's values; None is what is not known.
Row = tuple[Any, ...]
#: What joins several values in one cell.
SEPARATOR = "; "
#: A form's problems of this severity are information.
_INFORMATION = "info"
#: Whole numbers below this fit a column.
_LARGEST = 1 << 62
#: Above this an orientation is more likely relevant than not.
_EVEN = 0.5


@dataclass(frozen=True, slots=True)
class Context:
    """What rows need beside the assessment.

    `home` is the province that asks, `duplicate_high` the probability above which a pair counts; `field_names` are the
    announcement's.
    """

    year: int | None = None
    home: str = ""
    duplicate_high: float = 0.5
    field_names: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))

    def counts(self, pair: DuplicatePair) -> bool:
        """Tell whether a pair counts as a duplicate."""
        return pair.kind is not DuplicateKind.SAME_METHOD_ELSEWHERE and pair.probability >= self.duplicate_high


def proposal_rows(a: Assessment, context: Context) -> Iterator[Row]:
    """Yield the one row of a proposal."""
    best = a.matches[0] if a.matches else None
    counted = [pair.source for pair in a.duplicates if context.counts(pair)]
    codes = [str(problem.get("code", "")) for problem in a.form.problems if severity_of(problem) != _INFORMATION]
    stated = read_year(a.proposal.sections.get("year", ""))
    yield (
        *(a.proposal.id, a.proposal.title or None, a.proposal.source.file or None, _whole(a.proposal.source.row)),
        *(a.proposal.status.value, a.flag.state.value, a.flag.outside_probability),
        *((best.orientation, best.probability, best.field) if best else (None, None, None)),
        context.field_names.get(best.field) if best else None,
        *((best.plan.id or None, best.plan.basis.value) if best else (None, None)),
        sum(match.probability >= _EVEN for match in a.matches),
        *_where_and_who(a.proposal, context.home),
        *(context.year or stated, stated),
        *(budget_of(a.proposal), months_of(a.proposal), _whole(a.proposal.pages)),
        *(counted.count("batch"), counted.count("register")),
        *(len(codes), SEPARATOR.join(sorted(set(codes))) or None),
    )


def match_rows(a: Assessment, context: Context) -> Iterator[Row]:
    """Yield a row for each orientation."""
    for match in a.matches:
        scores = (match.scores.get("dense"), match.scores.get("lexical"), match.scores.get("plan"))
        plan = (match.plan.id or None, match.plan.basis.value, match.plan.probability)
        yield (a.proposal.id, match.rank, match.orientation, match.field, match.probability, *plan, *scores)


def plan_rows(a: Assessment, context: Context) -> Iterator[Row]:
    """Yield a row for each plan."""
    for plan in a.plans:
        yield (a.proposal.id, plan.rank, plan.id or None, plan.probability, SEPARATOR.join(plan.orientations))


def duplicate_rows(a: Assessment, context: Context) -> Iterator[Row]:
    """Yield a row for each pair of which the proposal is the first."""
    for pair in a.duplicates:
        if pair.a == a.proposal.id:
            reason = max(pair.reasons, key=lambda each: each.weight, default=None)
            what = (pair.a, pair.b, pair.source, pair.kind.value, pair.probability)
            yield (*what, context.counts(pair), pair.cluster or None, reason.note if reason else None)


def problem_rows(a: Assessment, context: Context) -> Iterator[Row]:
    """Yield a row for each problem of the form, then of the reading."""
    for problem in a.form.problems:
        texts = (severity_of(problem), str(problem.get("message", "")), str(problem.get("where", "")) or None)
        yield (a.proposal.id, "form", str(problem.get("code", "")), _whole(problem.get("item")), *texts)
    for own in a.proposal.problems:
        yield (a.proposal.id, "reading", own.code, None, None, own.message, own.where or None)


#: How each table of `COLUMNS` is filled.
ROWS: Mapping[str, Callable[[Assessment, Context], Iterator[Row]]] = MappingProxyType(
    {
        "proposals": proposal_rows,
        "matches": match_rows,
        "plans": plan_rows,
        "duplicates": duplicate_rows,
        "problems": problem_rows,
    }
)


def budget_of(proposal: Proposal) -> int | None:
    """Return a proposal's budget in đồng: the form's, else that of the column of budgets; None where none is stated.

    A bare number in a column is left alone: nothing says whether it counts đồng or millions.
    """
    if proposal.form is not None and proposal.form.budget_vnd is not None:
        return _whole(proposal.form.budget_vnd)
    return read_budget(proposal.sections.get("budget", ""))


def months_of(proposal: Proposal) -> int | None:
    """Return a proposal's duration in months: the form's, else that of a column «Thời gian thực hiện»."""
    if proposal.form is not None and proposal.form.months is not None:
        return _whole(proposal.form.months)
    from matcher.reading.columns import fold

    named = (text for name, text in proposal.extra.items() if fold(name).startswith(("thoi gian", "thoi han")))
    return next((months for text in named if (months := read_months(text)) is not None), None)


def _where_and_who(proposal: Proposal, home: str) -> Row:
    organisations = organisations_of(proposal)
    places = places_of(proposal, home)
    return (
        SEPARATOR.join(organisations) or None,
        organisation_key(organisations[0], home) if organisations else None,
        proposal.sections.get("place") or None,
        _joined(places, "district"),
        _joined(places, "province"),
        _joined(places, "province_now"),
    )


def _whole(value: object) -> int | None:
    """Return a whole number that a column can hold; a run's file may hold anything."""
    return value if isinstance(value, int) and abs(value) < _LARGEST else None


def _joined(places: tuple[Place, ...], part: str) -> str | None:
    return SEPARATOR.join(dict.fromkeys(filter(None, (str(getattr(place, part)) for place in places)))) or None
