"""Plans as sentences, footnotes and bullets name them, and the book of those that an announcement knows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from matcher.announcement.numbers import KINDS, NUMBER, canonical, find_dates, kind_of, same_number
from matcher.records import Plan, Span
from matcher.text import repair_spacing

_KINDS = "|".join(sorted(KINDS, key=len, reverse=True))
#: A plan named by kind and number.
NAMED = re.compile(rf"(?:{_KINDS})\s+(?:số\s*:?\s*)?(?={NUMBER.pattern})")
_HEAD = re.compile(
    rf"(?:các |một số )?(?P<kind>{_KINDS}|Văn bản)\b(?P<between>[^;]{{0,12}}?)(?=(?<![\w/]){NUMBER.pattern})"
)
_ISSUED_WITH = re.compile(
    rf"(?P<title>.{{8,}}?)[,(]?\s*(?:được\s)?(?:ban hành|phê duyệt)(?:\s(?:kèm theo|theo|tại"
    rf"|bởi))?\s+(?P<kind>{_KINDS})\s+(?:số\s*)?"
    rf"(?={NUMBER.pattern})"
)
_ISSUER = re.compile(
    r"\s*,?\s*(?:do|của)\s+(?P<issuer>[^,;.:()]{3,80}?)(?=\s*(?:[,;.:()]|$|(?:về|V/v|ban hành|phê duyệt"
    r"|quy định|triển khai|thực hiện"
    rf"|hướng dẫn|thông qua|sửa đổi|điều chỉnh)\b|(?:{_KINDS})\b))"
)
_ABOUT = re.compile(r"[\s,;.:–-]*(?:\(?\s*)(?:(?:[Vv]ề việc|[Vv]/v|[Vv]ề)\s+)?")
_PLAN_KINDS = (
    "Kế hoạch",
    "Chương trình",
    "Nghị quyết",
    "Đề án",
    "Chiến lược",
    "Dự án",
    "Quy hoạch",
    "Chỉ thị",
    "Kết luận",
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A plan as one place names it; `carried_out` says that the preamble calls for it to be carried out."""

    number: str
    kind: str
    date: date | None
    raw_date: str
    issuer: str
    title: str
    source: Span | None = None
    carried_out: bool = True


def mention_in(text: str, source: Span | None = None, carried_out: bool = True) -> Mention | None:
    """Read «Kế hoạch số … ngày … của … về việc …» or «Chương trình …, ban hành kèm theo Quyết định số …»."""
    head = _HEAD.match(text)
    outer = None if head else _ISSUED_WITH.match(text)
    found = head or outer
    if found is None:
        return None
    number = NUMBER.match(text, found.end())
    if number is None:
        return None
    dated, raw_date, at = date_after(text, number.end())
    issuer = _ISSUER.match(text, at)
    rest = text[issuer.end() if issuer else at :]
    title = outer["title"] if outer else without_about(rest)
    return Mention(
        number=canonical(number),
        kind=found["kind"],
        date=dated,
        raw_date=raw_date,
        issuer=tidy(issuer["issuer"]) if issuer else "",
        title=capitalised(tidy(title)),
        source=source,
        carried_out=carried_out or found["kind"] in _PLAN_KINDS,
    )


def without_about(text: str) -> str:
    """Return what a document is about, without «về việc» and punctuation before it."""
    found = _ABOUT.match(text)
    return text[found.end() if found else 0 :]


def date_after(text: str, at: int) -> tuple[date | None, str, int]:
    """Return the date written directly after a number, as read and as written, and where it ends."""
    for found in find_dates(text[at : at + 48]):
        between = text[at : at + found.start]
        if re.fullmatch(r"[\s,(–-]*(?:ngày\s*)?", between):
            return (
                found.value,
                found.text,
                at + found.end + (text[at + found.end : at + found.end + 1] == ")"),
            )
    return None, "", at


def tidy(text: str) -> str:
    """Return words on one line, spacing repaired, without punctuation around them."""
    text = repair_spacing(" ".join(text.split())).strip(" .;,:–-")
    return text[1:-1] if re.fullmatch(r"“[^“”]*”|\"[^\"]*\"", text) else text


def capitalised(text: str) -> str:
    """Return the text with its first letter a capital."""
    return text[:1].upper() + text[1:]


def note_mentions(text: str) -> list[Mention]:
    """Return the plans that a footnote rests on: each first number, not those inside a title."""
    found: list[Mention] = []
    for part in re.split(rf";\s*|\s+và\s+(?={NAMED.pattern})", text):
        if part is None:
            continue
        mention = _first(part)
        if mention:
            found.append(mention)
    return found


def _first(text: str) -> Mention | None:
    number = NUMBER.search(text)
    if number is None:
        return None
    mention = mention_in(text.strip())
    if mention is not None:
        return mention
    if not kind_of(canonical(number)) and not re.search(rf"(?:số|{_KINDS})\s*$", text[: number.start()]):
        return None
    return _named_before(text, number, text[number.end() :])


def inline_mentions(text: str) -> list[Mention]:
    """Return every plan that a bullet names in its own text."""
    found: list[Mention] = []
    for number in NUMBER.finditer(text):
        named = re.search(rf"(?:số|{_KINDS})\s*$", text[: number.start()])
        if not named and not kind_of(canonical(number)):
            continue
        rest = _to_bracket(re.split(r"[;.](?:\s|$)", text[number.end() :], maxsplit=1)[0])
        found.append(_named_before(text, number, rest))
    return found


def _to_bracket(text: str) -> str:
    """Cut a text where a bracket closes that was opened before it."""
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            return text[:place]
    return text


def _named_before(text: str, number: re.Match[str], rest: str) -> Mention:
    kinds = list(re.finditer(_KINDS, text[max(0, number.start() - 24) : number.start()]))
    kind = kinds[-1][0] if kinds else kind_of(canonical(number))
    dated, raw, at = date_after(rest, 0)
    issuer = _ISSUER.match(rest, at)
    about = rest[issuer.end() if issuer else at :]
    opened = re.match(r"[\s,]*(?:về việc|V/v|về|ban hành|phê duyệt)\s", about)
    title = capitalised(tidy(without_about(about))) if opened else ""
    return Mention(canonical(number), kind, dated, raw, tidy(issuer["issuer"]) if issuer else "", title)


class PlanBook:
    """The plans of one announcement, each once, whichever way its number is spelled."""

    def __init__(self, listed: Iterable[Mention]) -> None:
        self.plans: dict[str, Plan] = {}
        self.carried_out: set[str] = set()
        self._ids: dict[str, list[str]] = {}
        for mention in listed:
            plan_id = self.add(mention, listed=True)
            if mention.carried_out:
                self.carried_out.add(plan_id)

    def find(self, mention: Mention) -> Plan | None:
        """Return the plan with that number; of several with one number, the one with that date."""
        ids = self._ids.get(same_number(mention.number), [])
        plans = [self.plans[each] for each in ids]
        same_day = [plan for plan in plans if plan.date == mention.date]
        return next(iter([*same_day, *plans]), None)

    def add(self, mention: Mention, *, listed: bool) -> str:
        """Add a plan and return its id; a plan known already keeps what it has."""
        known = self.find(mention)
        if known is not None and (not listed or known.date == mention.date or None in (known.date, mention.date)):
            return known.id
        plan_id = mention.number
        if known is not None and mention.date is not None:
            plan_id = f"{mention.number} ({mention.date:%d/%m/%Y})"
        self.plans[plan_id] = Plan(
            id=plan_id,
            kind=mention.kind or kind_of(mention.number),
            date=mention.date,
            issuer=mention.issuer,
            title=mention.title,
            listed=listed,
            source=mention.source,
        )
        self._ids.setdefault(same_number(mention.number), []).append(plan_id)
        return plan_id
