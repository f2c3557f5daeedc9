"""Rows of a table → proposals or past tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from matcher.errors import MatcherError
from matcher.proposal.cleaning import clean
from matcher.proposal.contact import without_contacts
from matcher.proposal.finding import InputFile
from matcher.proposal.identity import id_of_text, tidy_id
from matcher.reading import Limits, TableRow, read_table
from matcher.reading.columns import fold
from matcher.records import TEXT_SECTIONS, Problem, Proposal, Source, Status
from matcher.text import normalize

#: Problems that leave nothing to compare, and those that lose some text.
_FATAL = frozenset(("row_broken", "row_limit"))
_LOSSY = frozenset(("cell_too_long", "characters_lost", "title_missing"))
#: Codes of the problems that errors become, other than «unreadable».
_FAILURES = {"TableError": "no_title_column", "MissingDependencyError": "program_missing"}
_CONTACT = re.compile(
    r".*\b(dien thoai|di dong|sdt|so dt|e ?mail|thu dien tu|phone|mobile|tel|cccd|cmnd|can cuoc|so tai khoan)\b.*"
    r"|(dia chi|thong tin|nguoi) lien he.*|lien he"
)
_START = re.compile(r"((ngay|thang|thoi gian|thoi diem) )*bat dau( .*)?|start( date)?|(ngay )?khoi cong")
_YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20\d\d)(?!\d)")


def read_rows(file: InputFile, limits: Limits) -> Iterator[Proposal]:
    """Yield a proposal for every row; what cannot be read, a row or the whole table, is a FAILED one."""
    count = 0
    try:
        for row in read_table(file.path, limits=limits):
            count += 1
            yield _proposal(file, row)
    except MatcherError as err:
        yield failed(file, err)
        return
    if not count:
        problem = Problem("no_rows", "Bảng có tiêu đề cột nhưng không có dòng nào.", file.shown)
        yield _failed(file.stem, Source(file.shown), (problem,))


def failed(file: InputFile, err: MatcherError) -> Proposal:
    """Return the proposal that stands for a file that could not be read."""
    where = f"{file.shown}, {err.place}" if err.place else file.shown
    code = _FAILURES.get(type(err).__name__, "unreadable")
    message = f"{err.message[:1].upper()}{err.message[1:]}. {err.cure}".strip()
    return _failed(file.stem, Source(file.shown), (Problem(code, message, where),))


def _failed(name: str, source: Source, problems: tuple[Problem, ...]) -> Proposal:
    return Proposal(
        id=tidy_id(name) or "p", sections=MappingProxyType({}), source=source, status=Status.FAILED, problems=problems
    )


def _proposal(file: InputFile, row: TableRow) -> Proposal:
    """Clean a row's texts; contact data are left out."""
    source = Source(f"{file.shown}#{row.sheet}" if row.sheet else file.shown, row.number)
    codes = {problem.code for problem in row.problems}
    sections = {name: clean(text) for name, text in row.cells.items() if name != "id"}
    if "title" in sections:
        sections["title"] = " ".join(sections["title"].split())
    sections = {name: text for name, text in sections.items() if text}
    given = tidy_id(row.cells.get("id", ""))
    if codes & _FATAL or not any(name in sections for name in TEXT_SECTIONS):
        problems = row.problems or (Problem("row_empty", "Dòng không có chữ nào để đối chiếu.", f"dòng {row.number}"),)
        return _failed(given or f"{file.stem}:{row.number}", source, problems)
    if year := _start_year(row.extra):
        sections.setdefault("year", year)
    extra = {name: without_contacts(normalize(text)) for name, text in row.extra.items() if not _is_contact(name)}
    return Proposal(
        id=given or id_of_text(sections),
        sections=MappingProxyType(sections),
        source=source,
        status=Status.PARTIAL if codes & _LOSSY else Status.OK,
        problems=row.problems,
        extra=MappingProxyType(extra),
    )


def _is_contact(heading: str) -> bool:
    return _CONTACT.fullmatch(fold(heading)) is not None


def _start_year(extra: Mapping[str, str]) -> str:
    """Return the year of a task's start, which the national register gives as a date."""
    for heading, text in extra.items():
        if _START.fullmatch(fold(heading)) and (year := _YEAR.search(text)):
            return year[1]
    return ""
