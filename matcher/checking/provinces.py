"""Objects that need the sea, in a province that has none: tables in `corpus/provinces`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from matcher.checking.case import Case, Finding, Severity
from matcher.checking.roles import Role
from matcher.checking.wording import requirement
from matcher.errors import InputError
from matcher.records import Announcement
from matcher.settings import resource_dir
from matcher.text import comparison_key

#: Since this day there are 34 provinces (Nghị quyết 202/2025/QH15).
_MERGED = date(2025, 7, 1)


def off_province_object(case: Case) -> Iterator[Finding]:
    """Name an object of sea or coast in title or objective where the province has neither; only information."""
    province = province_of(case.announcement)
    if province is None or has_coast(province, case.announcement):
        return
    for role in (Role.TITLE, Role.OBJECTIVE):
        found = sea_object(case.text(role))
        if found:
            number, place = case.place(role)
            yield Finding(
                "off_province_object",
                f"Đối tượng «{found}» gắn với biển, trong khi tỉnh {province} không có biển.",
                requirement(case.announcement, "trên địa bàn", "Nhiệm vụ giải quyết vấn đề trên địa bàn tỉnh."),
                "Nêu rõ đối tượng này có ở đâu trong tỉnh, hoặc chọn đối tượng phù hợp với điều kiện của tỉnh.",
                number,
                place,
                Severity.INFO,
            )
            return


def sea_object(text: str) -> str:
    """Return the object of a text that needs the sea, "" where there is none or the text is about its trade.

    Examples
    --------
    >>> sea_object("Nuôi cá song trong lồng bè"), sea_object("Hải sản nhập khẩu"), sea_object("Giá thể xơ dừa")
    ('cá song', '', '')
    """
    key = comparison_key(text)
    objects, exceptions = _patterns()
    found = objects.search(key)
    if found is None or exceptions.search(key):
        return ""
    return _names()[found[0]]


def province_of(announcement: Announcement) -> str | None:
    """Return the province that announces, as the tables name it, or None where they have none such."""
    key = f" {comparison_key(announcement.issuer)} "
    found = [
        name
        for name in _provinces()
        if re.search(rf"\b(?:tỉnh|thành phố|tp\.?) {re.escape(comparison_key(name))} ", key)
    ]
    return max(found, key=len, default=None)


def has_coast(province: str, announcement: Announcement) -> bool:
    """Tell whether a province lay by the sea when the announcement was made."""
    coasts = _provinces()[province]
    day = announcement.date or announcement.deadline
    division = "34" if day is not None and day >= _MERGED else "63"
    return coasts.get(division, any(coasts.values()))


@lru_cache(maxsize=1)
def _provinces() -> dict[str, dict[str, bool]]:
    """Return, by province and division, whether it has a coast."""
    found: dict[str, dict[str, bool]] = {}
    for name, division, coast, _ in _rows("provinces.tsv", 4):
        found.setdefault(name, {})[division] = coast == "yes"
    return found


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {comparison_key(words): name for words, _, name in _rows("objects.tsv", 3)}


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return _pattern(_names()), _pattern(comparison_key(words) for words, _ in _rows("exceptions.tsv", 2))


def _pattern(phrases: Iterator[str] | dict[str, str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _rows(name: str, columns: int) -> list[tuple[str, ...]]:
    """Read one table of `corpus/provinces`.

    Raises
    ------
    InputError
        Where the file cannot be read or a line has another number of columns.
    """
    file = resource_dir("corpus") / "provinces" / name
    cure = "Restore the file from the repository."
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as err:
        raise InputError(f"cannot be read: {err}", file=file, cure=cure) from err
    rows = [tuple(line.split("\t")) for line in lines if line.strip() and not line.startswith("#")]
    if any(len(row) != columns for row in rows):
        raise InputError(f"has lines with another number of columns than {columns}", file=file, cure=cure)
    return rows
