"""Plans that a proposal cites, looked up among the documents that the announcement names.

The announcement asks that who answers a demand of Tỉnh ủy or UBND tỉnh «trình bày trích dẫn đầy đủ»: so the province's
own plans must be right, and they are the ones that it lists. Laws, national decrees and resolutions, papers of
districts and of other provinces can be good grounds that no announcement lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache

from matcher.announcement.numbers import NUMBER, find_dates, kind_of, same_number, symbol_of
from matcher.announcement.plans import Mention, inline_mentions
from matcher.records import Announcement
from matcher.text import comparison_key, repair_spacing

#: Kinds of documents that can be the ground of a proposal; reports and letters are sources, not grounds.
_GROUNDS = frozenset(
    ("Kế hoạch", "Quyết định", "Nghị quyết", "Chương trình", "Chương trình hành động", "Chỉ thị", "Đề án", "Kết luận")
) | {"Luật", "Pháp lệnh", "Nghị định", "Thông tư"}
_NATIONAL = re.compile(
    r"(?:^|[-/])(?:TTg|CP|QH\d*|TW|TƯ|BTC|BCT|BKH\w*|BNN\w*|BYT|BGD\w*|BTN\w*|BVH\w*|BTT\w*|BNV|BXD|BGT\w*|B[A-Z]{2,})$"
)
_DISTRICT = re.compile(r"\b(?:huyện|thị xã|thành phố|TP\.?|xã|phường|thị trấn)\s+\w", re.IGNORECASE)
_PROVINCE = re.compile(r"\btỉnh\s+((?:[A-ZĐ]\w*\s?){1,3})")
#: Between a number and a date that still belongs to it stands only who issued it.
_ISSUER_BETWEEN = re.compile(r"[\s,]*(?:(?:do|của)\s)?[^.;:\d]{3,60}?[\s,(]*(?:ngày\s*)?")
_AFTER = 90
#: Titles that share so many of their words are of one document; with fewer than the second, of two.
_SAME_TITLE, _OTHER_TITLE = 0.5, 0.2
_WORD = re.compile(r"\w{2,}")


class Standing(StrEnum):
    """How a cited document stands to the announcement."""

    LISTED = "listed"  # named there, and the date agrees where one is given
    OTHER_DATE = "other_date"  # named there with another date
    UNKNOWN = "unknown"  # a plan of the province that it does not name
    UNLISTED = "unlisted"  # a law or a paper of another level that it does not name


@dataclass(frozen=True, slots=True)
class Known:
    """A document that the announcement names; `date` is None where it gives none."""

    number: str
    kind: str
    date: date | None
    title: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A document as a proposal cites it; `known` is the announcement's own, where it stands there or comes near."""

    mention: Mention
    standing: Standing
    known: Known | None = None

    @property
    def name(self) -> str:
        """The document in words: «Kế hoạch số 53/KH-UBND ngày 03/03/2023»."""
        return document_name(self.mention.kind, self.mention.number, self.mention.date, self.mention.raw_date)


def document_name(kind: str, number: str, day: date | None, raw: str = "") -> str:
    """Return how a document is spoken of."""
    dated = f" ngày {day:%d/%m/%Y}" if day else f" ngày {raw}" if raw else ""
    return f"{kind or 'Văn bản'} số {number}{dated}"


def cited_plans(text: str, announcement: Announcement) -> list[Cited]:
    """Return every document that a text cites as grounds, each once, with its standing."""
    known = documents_of(announcement)
    found: dict[tuple[str, str], Cited] = {}
    for mention, issued in _mentions(text):
        if mention.kind in _GROUNDS:
            cited = _stand(mention, issued, known, announcement)
            found.setdefault((same_number(mention.number), mention.raw_date), cited)
    return list(found.values())


@lru_cache(maxsize=8)
def documents_of(announcement: Announcement) -> Mapping[str, tuple[Known, ...]]:
    """Return the documents that an announcement names anywhere, its own plans first, by the key of their number."""
    found: dict[str, list[Known]] = {}
    for plan in announcement.plans:
        number = re.sub(r"\s*\(.*\)$", "", plan.id)
        found.setdefault(same_number(number), []).append(Known(number, plan.kind, plan.date, plan.title))
    for mention, _ in _mentions(repair_spacing(" ".join(announcement.text.split()))):
        each = Known(mention.number, mention.kind, mention.date, mention.title)
        others = found.setdefault(same_number(mention.number), [])
        if each.date not in {other.date for other in others} and (each.date or not others):
            others.append(each)
    return {key: tuple(each) for key, each in found.items()}


def _mentions(text: str) -> Iterator[tuple[Mention, str]]:
    """Yield the documents that a text names, each with the words behind its number up to the next."""
    numbers = list(NUMBER.finditer(text))
    ends = [*(number.start() for number in numbers[1:]), len(text)][: len(numbers)]
    start = 0
    for number, end in zip(numbers, ends, strict=True):
        after = re.split(r"[;\n]|\.\s", text[number.end() : min(end, number.end() + _AFTER)], maxsplit=1)[0]
        for mention in inline_mentions(text[start:end]):
            yield _dated(mention, after), after
        start = number.end()


def _dated(mention: Mention, after: str) -> Mention:
    """Read a date that stands behind the issuer: «53/KH-UBND của UBND tỉnh ngày 03/3/2023»."""
    if mention.date or mention.raw_date:
        return mention
    for day in find_dates(after):
        if _ISSUER_BETWEEN.fullmatch(after[: day.start]):
            return replace(mention, date=day.value, raw_date=day.text)
    return mention


def _stand(mention: Mention, issued: str, known: Mapping[str, tuple[Known, ...]], announcement: Announcement) -> Cited:
    provincial = _is_provincial(mention.number, issued, announcement.issuer)
    level = Standing.UNKNOWN if provincial else Standing.UNLISTED
    named = known.get(same_number(mention.number), ())
    if not provincial and not _is_national(mention.number):
        named = ()
    if not named:
        return Cited(mention, level, _near(mention, known) if provincial else None)
    dates = {each.date for each in named}
    if not mention.raw_date or mention.date in dates or None in dates:
        return Cited(mention, Standing.LISTED, named[0])
    for each in named:
        if _is_meant(mention, each, provincial):
            return Cited(mention, Standing.OTHER_DATE, each)
    return Cited(mention, level)


def _is_meant(mention: Mention, known: Known, provincial: bool) -> bool:
    """Tell whether a document of that number and another date is meant to be the known one.

    Numbers begin anew each year: in the same year it is a wrong date; in another year it may be another document.
    """
    shared = _shared(mention.title, known.title)
    if mention.date is not None and known.date is not None and mention.date.year != known.date.year:
        return shared >= _SAME_TITLE or (
            provincial and (shared >= _OTHER_TITLE or not mention.title or not known.title)
        )
    return True


def _near(mention: Mention, known: Mapping[str, tuple[Known, ...]]) -> Known | None:
    """Return the plan that was probably meant: of the same symbol and day."""
    symbol = same_number(symbol_of(mention.number))
    days = (each for named in known.values() for each in named if each.date and each.date == mention.date)
    return next((each for each in days if same_number(symbol_of(each.number)) == symbol), None)


def _is_provincial(number: str, issued: str, issuer: str) -> bool:
    """Tell whether the province of the announcement issued it, by its symbol and the words behind it."""
    last = re.split(r"[-/]", symbol_of(number))[-1].upper()
    if last not in ("UBND", "HĐND", "TU") or not kind_of(number):
        return False
    before_title = re.split(r"\b(?:về|V/v|ban hành|phê duyệt)\b", issued, maxsplit=1)[0]
    other = _PROVINCE.search(before_title)
    if other is not None:
        return not (issuer and "tỉnh" in issuer) or comparison_key(other[1].split()[0]) in comparison_key(issuer)
    return not _DISTRICT.search(before_title)


def _is_national(number: str) -> bool:
    return _NATIONAL.search(symbol_of(number)) is not None


def _shared(title: str, other: str) -> float:
    """Return the share of the words of the shorter title that the other has too."""
    first, second = (set(_WORD.findall(comparison_key(each))) for each in (title, other))
    least = min(len(first), len(second))
    return len(first & second) / least if least >= 3 else 0.0
