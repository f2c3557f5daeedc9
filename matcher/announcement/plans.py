"""The plans that an announcement names: in its preamble, in a table, in footnotes and inside bullets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.announcement.marks import read_mark
from matcher.announcement.numbers import KINDS, NUMBER, canonical, find_dates, kind_of, same_number
from matcher.announcement.passage import Passage
from matcher.announcement.rows import Row
from matcher.records import LineKind, Plan, Span
from matcher.text import repair_spacing

_KINDS = "|".join(sorted(KINDS, key=len, reverse=True))
_GROUND = re.compile(
    r"(?:Căn cứ|Thực hiện|Triển khai(?: thực hiện)?|Thi hành|Theo|Xét|Để|Nhằm)(?: vào| theo)?\b(?: các)?"
)
_CARRIED_OUT = re.compile(r"(?:[-–+•]\s*)?(?:Thực hiện|Triển khai|Thi hành)\b")
_NAMED = re.compile(rf"(?:{_KINDS})\s+(?:số\s*:?\s*)?(?={NUMBER.pattern})")
_ISSUES = re.compile(
    r"(?:Sở|Bộ|UBND|Ủy ban|Uỷ ban|Viện|Cục|Trường|Đại học)\s[^.;:]{3,90}?\s(?:thông báo|đề nghị|hướng dẫn|trân trọng)\b"
)
_HEAD = re.compile(
    rf"(?:các |một số )?(?P<kind>{_KINDS}|Văn bản)\b(?P<between>[^;]{{0,12}}?)(?=(?<![\w/]){NUMBER.pattern})"
)
_ISSUED_WITH = re.compile(
    rf"(?P<title>.{{8,}}?)[,(]?\s*(?:được\s)?(?:ban hành|phê duyệt)(?:\s(?:kèm theo|theo|tại|bởi))?\s+(?P<kind>{_KINDS})\s+(?:số\s*)?"
    rf"(?={NUMBER.pattern})"
)
_ISSUER = re.compile(
    r"\s*,?\s*(?:do|của)\s+(?P<issuer>[^,;.:()]{3,80}?)(?=\s*(?:[,;.:()]|$|(?:về|V/v|ban hành|phê duyệt|quy định|triển khai|thực hiện"
    rf"|hướng dẫn|thông qua|sửa đổi|điều chỉnh)\b|(?:{_KINDS})\b))"
)
_ABOUT = re.compile(r"[\s,;.:–-]*(?:\(?\s*)(?:(?:về việc|V/v|v/v|về)\s+)?")
_AFTER_GROUND = re.compile(r"(?:việc|về|và|để|tục|khai|cứ)\s*$")
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


def preamble_plans(rows: Sequence[Row]) -> list[Mention]:
    """Return the plans that the preamble lists, in order; not those named inside their titles."""
    passage = Passage.of([row for row in rows if row.kind is not LineKind.TABLE])
    bounds = [*_boundaries(passage), len(passage.text)]
    mentions: list[Mention] = []
    carried_out = False
    for start, end in zip(bounds, bounds[1:], strict=False):
        text = passage.text[start:end]
        if _GROUND.match(_unmarked(text)):
            carried_out = bool(_CARRIED_OUT.match(_unmarked(text)))
        mention = _statement(text, passage.span(start, end), carried_out)
        if mention:
            mentions.append(mention)
    return [*mentions, *_table(rows)]


def _boundaries(passage: Passage) -> list[int]:
    """Return where the statements of the preamble begin."""
    text, found = passage.text, {0}
    row_starts = set(passage.starts)
    for match in _GROUND.finditer(text):
        before = text[: match.start()].rstrip()
        at_row = match.start() in row_starts or _unmarked_start(passage, match.start())
        if before.endswith((".", ";", ":")) or (at_row and not _AFTER_GROUND.search(before)):
            found.add(match.start())
        elif match[0] == "Thực hiện" and _NAMED.match(text, match.end() + 1) and not _AFTER_GROUND.search(before):
            found.add(match.start())
    for start, row in zip(passage.starts, passage.rows, strict=True):
        mark = read_mark(row.text)
        if row.marker or (mark and _NAMED.match(row.text, mark.width)) or _ISSUES.match(row.text):
            found.add(start)
    for match in re.finditer(rf"[;:]\s+(?={_NAMED.pattern})", text):
        found.add(match.end())
    return sorted(found)


def _unmarked_start(passage: Passage, offset: int) -> bool:
    """Say whether only a list mark stands between the start of a row and an offset."""
    start = max((each for each in passage.starts if each <= offset), default=0)
    return 0 < offset - start <= 5 and read_mark(passage.text[start:]) is not None


def _unmarked(text: str) -> str:
    mark = read_mark(text)
    return text[mark.width :] if mark else text


def _statement(text: str, source: Span, carried_out: bool) -> Mention | None:
    text = _unmarked(text.strip())
    ground = _GROUND.match(text)
    return mention_in(text[ground.end() :].lstrip() if ground else text, source, carried_out)


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
    dated, raw_date, at = _date_after(text, number.end())
    issuer = _ISSUER.match(text, at)
    rest = text[issuer.end() if issuer else at :]
    title = outer["title"] if outer else rest[_about_end(rest) :]
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


def _about_end(rest: str) -> int:
    found = _ABOUT.match(rest)
    return found.end() if found else 0


def _date_after(text: str, at: int) -> tuple[date | None, str, int]:
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


# ------------------------------------------------------------------------------------------------ tables


def _table(rows: Iterable[Row]) -> Iterator[Mention]:
    """Read a table of plans, a plan a row: number, date, issuer and title in any order of columns."""
    for row in rows:
        if row.kind is not LineKind.TABLE:
            continue
        cells = [cell.strip() for cell in row.text.split(" | ")]
        holder = next((cell for cell in cells if NUMBER.search(cell)), None)
        if holder is None:
            continue
        mention = mention_in(holder, Span(row.start, row.end)) or _bare(holder, row)
        if mention is None:
            continue
        yield _completed(mention, [cell for cell in cells if cell is not holder])


def _bare(cell: str, row: Row) -> Mention | None:
    number = NUMBER.search(cell)
    if number is None or not kind_of(canonical(number)) or cell[: number.start()].strip(" số:.").isupper():
        return None
    dated, raw, _ = _date_after(cell, number.end())
    return Mention(canonical(number), kind_of(canonical(number)), dated, raw, "", "", Span(row.start, row.end))


def _completed(mention: Mention, cells: Sequence[str]) -> Mention:
    """Fill in from the other cells of a row what the cell with the number leaves out."""
    dates = [found for cell in cells for found in find_dates(cell)]
    dated = mention.date or (dates[0].value if dates and not mention.raw_date else None)
    bodies = [
        cell
        for cell in cells
        if re.match(r"(?:UBND|Ủy ban|Uỷ ban|Sở|Bộ|Chính phủ|Thủ tướng|Tỉnh ủy|HĐND|Hội đồng|Ban)\b", cell)
    ]
    issuer = mention.issuer or next((cell for cell in bodies if len(cell.split()) <= 10), "")
    titles = [cell for cell in cells if len(cell.split()) >= 4 and cell != issuer]
    title = mention.title or max(titles, key=len, default="")
    title = capitalised(tidy(title[_about_end(title) :]))
    raw = mention.raw_date or (dates[0].text if dates else "")
    return Mention(mention.number, mention.kind, dated, raw, issuer, title, mention.source)


# ------------------------------------------------------------------------------------------------ notes and bullets


def note_mentions(text: str) -> list[Mention]:
    """Return the plans that a footnote rests on: each first number, not those inside a title."""
    found: list[Mention] = []
    for part in re.split(rf";\s*|\s+và\s+(?={_NAMED.pattern})", text):
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
        rest = re.split(r"[;.)](?:\s|$)", text[number.end() :], maxsplit=1)[0]
        found.append(_named_before(text, number, rest))
    return found


def _named_before(text: str, number: re.Match[str], rest: str) -> Mention:
    kinds = list(re.finditer(_KINDS, text[max(0, number.start() - 24) : number.start()]))
    kind = kinds[-1][0] if kinds else kind_of(canonical(number))
    dated, raw, at = _date_after(rest, 0)
    issuer = _ISSUER.match(rest, at)
    about = rest[issuer.end() if issuer else at :]
    opened = re.match(r"[\s,]*(?:về việc|V/v|về|ban hành|phê duyệt)\s", about)
    title = capitalised(tidy(about[_about_end(about) :])) if opened else ""
    return Mention(canonical(number), kind, dated, raw, tidy(issuer["issuer"]) if issuer else "", title)


# ------------------------------------------------------------------------------------------------ registry


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
