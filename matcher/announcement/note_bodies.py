"""The bodies of footnotes and endnotes, wherever the file's format, a page break or the writer put them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matcher.announcement.footnotes import Note, join
from matcher.announcement.marks import read_mark
from matcher.announcement.numbers import KINDS, NUMBER
from matcher.announcement.rows import CLOSE, MARK, OPEN, Row
from matcher.announcement.wording import is_finished, names_field
from matcher.records import LineKind

_BODY = re.compile(
    rf"(?:{OPEN}(?P<raised>\d+){CLOSE}|\[(?P<bracket>\d{{1,3}})\]|\((?P<paren>\d{{1,3}})\)|(?P<plain>\d{{1,3}}))"
    r"\s*(?P<rest>[A-ZĐÀ-ỸẠ-Ỵ“\"].*)"
)
_STYLES = ("raised", "bracket", "paren", "plain")
_LISTED_BODY = re.compile(
    rf"(?:{OPEN}(?P<raised>\d+){CLOSE}|[\[(]?(?P<plain>\d{{1,3}})(?=[\s.:\])])[\])]?)\s*[.:]?\s*(?P<rest>[^\W\d_“\"].*)"
)
_KIND = re.compile(rf"(?:{'|'.join(KINDS)}|Theo|Căn cứ|Thực hiện|Xem|Tại|Như|KH|QĐ|NQ)\b")
_COLLECTED = re.compile(
    r"(?:(?:phần )?(?:ghi chú|chú thích|chú dẫn)|(?:danh mục )?(?:văn bản|tài liệu) (?:viện dẫn"
    r"|trích dẫn|dẫn chiếu|tham khảo))"
    r"\s*[:.]?",
    re.IGNORECASE,
)
_AFTER_COLLECTED = re.compile(r"(?:nơi nhận\s*:|(?:mẫu )?phiếu đề xuất|mẫu|phụ lục)", re.IGNORECASE)
_UNFINISHED = re.compile(
    r"(?:[,:\-–(]|\b(?:của|về|việc|và|ngày|tháng|năm|số|ban|hành|thực|phê|giai|đoạn|tỉnh|thành|phố|nhân|Ủy|Uỷ|ủy|theo|triển|khai))$"
)
_FINISHED = re.compile(r"(?:\d{4}|/[A-ZĐ][\w&/-]*|[.;])\)?$")
_RUNS_ON = re.compile(r"(?:của|về|V/v|ban hành|phê duyệt|ngày|tỉnh)\s")
_WANTS_NUMBER = re.compile(r"(?:\bsố|điều|khoản|điểm|mục|chương|phụ lục|ngày|tháng|năm)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A row that may open the body of a note; `doubtful` where the row above waits for a number («tại Điều»)."""

    number: int
    style: str
    text: str
    doubtful: bool


def take_notes(rows: Sequence[Row]) -> tuple[list[Row], list[Note]]:
    """Part the bodies of notes from the text; return the rows left and the notes in the order found."""
    rows, notes = _from_format(rows)
    rows, collected = _collected(rows)
    rows, at_foot = _at_foot(rows)
    return rows, sorted([*notes, *collected, *at_foot], key=lambda note: note.start)


def _note(rows: Sequence[Row], number: int, first: str, style: str) -> Note:
    text = join([first, *(row.text for row in rows[1:])])
    return Note(number, MARK.sub("", text).strip(), rows[0].start, rows[-1].end, style)


def _from_format(rows: Sequence[Row]) -> tuple[list[Row], list[Note]]:
    """Take the notes that the file's format names as such."""
    kept = [row for row in rows if row.kind is not LineKind.NOTE]
    notes: list[Note] = []
    group: list[Row] = []
    number, first = 0, ""
    for row in (row for row in rows if row.kind is LineKind.NOTE):
        found = _LISTED_BODY.fullmatch(f"{row.marker} {row.text}".strip())
        if found and (not group or _follows(found, number) or row.marker):
            if group:
                notes.append(_note(group, number, first, "format"))
            group, number, first = [row], int(found["raised"] or found["plain"]), found["rest"]
        elif group:
            group.append(row)
    if group:
        notes.append(_note(group, number, first, "format"))
    return kept, notes


def _follows(found: re.Match[str], number: int) -> bool:
    return bool(found["raised"]) or int(found["plain"]) in (number + 1, 1) or bool(NUMBER.search(found["rest"]))


def _collected(rows: Sequence[Row]) -> tuple[list[Row], list[Note]]:
    """Take the notes collected under a heading of their own."""
    for index, row in enumerate(rows[:-1]):
        mark = read_mark(row.text)
        title = row.text[mark.width :] if mark else row.text
        if _COLLECTED.fullmatch(title) and _listed_body(rows[index + 1]):
            break
    else:
        return list(rows), []
    notes: list[Note] = []
    at = index + 1
    while at < len(rows) and (found := _listed_body(rows[at])):
        end = at + 1
        while end < len(rows) and not _listed_body(rows[end]) and not _leaves_collected(rows[end]):
            end += 1
        notes.append(_note(rows[at:end], int(found["raised"] or found["plain"]), found["rest"], "collected"))
        at = end
    return [*rows[:index], *rows[at:]], notes


def _listed_body(row: Row) -> re.Match[str] | None:
    return _LISTED_BODY.fullmatch(f"{row.marker} {row.text}".strip())


def _leaves_collected(row: Row) -> bool:
    mark = read_mark(row.text)
    return row.heading or bool(_AFTER_COLLECTED.match(row.text)) or (mark is not None and mark.rank <= 3)


def _at_foot(rows: Sequence[Row]) -> tuple[list[Row], list[Note]]:
    """Take the notes that stand at the foot of a page, in the middle of the running text."""
    found = dict(_candidates(rows))
    called = {int(mark[1]) for row in rows for mark in MARK.finditer(row.text, 1)}
    plans = {index: each for index, each in found.items() if _is_plan(rows, index, each)}
    sure = {index for index, each in plans.items() if not each.doubtful or _counts_on(index, plans)}
    sure |= {index for index in found if rows[index].ruled}
    sure |= {index for index, each in found.items() if each.style == "raised" and each.number in called}
    sure |= _neighbours(rows, found, sure)
    notes: list[Note] = []
    taken: set[int] = set()
    for index in sorted(sure):
        end = _body_end(rows, index, found[index].text, sure)
        lines = [*range(index, end), *_over_the_page(rows, index, end, sure)]
        each = found[index]
        notes.append(_note([rows[line] for line in lines], each.number, each.text, each.style))
        taken.update(lines)
    return [row for index, row in enumerate(rows) if index not in taken], notes


def _candidates(rows: Sequence[Row]) -> Iterator[tuple[int, _Candidate]]:
    begun = False
    for index, row in enumerate(rows):
        mark = None if row.marker else read_mark(row.text)
        begun = begun or row.text.rstrip(" :").endswith(("như sau", "sau đây"))
        begun = begun or (mark is not None and mark.family in ("roman", "part"))
        body = _BODY.fullmatch(row.text)
        if not body or row.marker or row.kind is not LineKind.BODY:
            continue
        doubtful = index > 0 and bool(_WANTS_NUMBER.search(rows[index - 1].text))
        style = next(each for each in _STYLES if body[each])
        if begun or style != "paren":  # before, (1) numbers a list of the preamble
            yield index, _Candidate(int(body[style]), style, body["rest"], doubtful)


def _is_plan(rows: Sequence[Row], index: int, body: _Candidate) -> bool:
    """Say whether a body names a plan by its number, perhaps on its second line."""
    if not _KIND.match(body.text):
        return False
    following = rows[index + 1].text if index + 1 < len(rows) and _UNFINISHED.search(body.text) else ""
    return bool(NUMBER.search(join([body.text, following])))


def _counts_on(index: int, plans: dict[int, _Candidate]) -> bool:
    """Say whether the note before has the number before, or the note after the number after."""
    order = sorted(plans)
    place = order.index(index)
    number = plans[index].number
    before = place > 0 and plans[order[place - 1]].number == number - 1
    return before or (place + 1 < len(order) and plans[order[place + 1]].number == number + 1)


def _neighbours(rows: Sequence[Row], found: dict[int, _Candidate], sure: set[int]) -> set[int]:
    """Return the candidates that stand beside a sure one, on its page, and count on from it or up to it."""
    near: set[int] = set()
    for step in (1, -1):
        for index in sorted(found, reverse=step < 0):
            for other in range(index - step, index - 4 * step, -step):
                if other in sure | near and rows[other].page == rows[index].page:
                    if found[index].number == found[other].number + step:
                        near.add(index)
                    break
    return near


def _body_end(rows: Sequence[Row], start: int, first: str, sure: set[int]) -> int:
    """Return the index after a body's last line on its page."""
    page_end = _page_end(rows, start, sure)
    text, end = first, start + 1
    while end < len(rows) and end not in sure and not _opens(rows[end]):
        row = rows[end]
        runs_on = bool(_UNFINISHED.search(text))
        if page_end:
            runs_on = runs_on or not _FINISHED.search(text) or bool(_RUNS_ON.match(row.text))
            runs_on = runs_on and row.page == rows[start].page
        if not runs_on:
            break
        text = join([text, row.text])
        end += 1
    return end


def _page_end(rows: Sequence[Row], start: int, sure: set[int]) -> bool:
    """Say whether nothing but notes stands between a note and the end of its page."""
    for index in range(start + 1, len(rows)):
        if rows[index].page != rows[start].page:
            return True
        if index not in sure and _opens(rows[index]):
            return False
    return True


def _over_the_page(rows: Sequence[Row], start: int, end: int, sure: set[int]) -> list[int]:
    """Return the line on which an unfinished note, the last of its page, goes on at the foot of the next.

    It is known by what it does not continue: the line above it is finished, or is a heading.
    """
    text = join([rows[line].text for line in range(start, end)])
    if end >= len(rows) or rows[end].page == rows[start].page or _FINISHED.search(text):
        return []
    following = min((index for index in sure if index > start), default=len(rows))
    line = following - 1
    if line <= end or rows[line].page != rows[end].page or _opens(rows[line]) or not rows[line].text[:1].islower():
        return []
    above = rows[line - 1].text
    mark = read_mark(above)
    heads = names_field(above[mark.width :] if mark else above)
    return [line] if is_finished(above) or heads else []


def _opens(row: Row) -> bool:
    return bool(row.marker) or row.heading or read_mark(row.text) is not None
