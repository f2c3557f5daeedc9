"""Footnotes: their bodies, wherever a page break or the writer dropped them, and the marks that call them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matcher.announcement.marks import read_mark
from matcher.announcement.numbers import KINDS, NUMBER
from matcher.announcement.rows import CLOSE, MARK, OPEN, Row, with_text
from matcher.records import LineKind

_BODY = re.compile(
    rf"(?:{OPEN}(?P<raised>\d+){CLOSE}|\[(?P<bracket>\d{{1,3}})\]|\((?P<paren>\d{{1,3}})\)|(?P<plain>\d{{1,3}}))"
    r"\s*(?P<rest>\S.*)"
)
_LISTED_BODY = re.compile(
    rf"(?:{OPEN}(?P<raised>\d+){CLOSE}|[\[(]?(?P<plain>\d{{1,3}})[\])]?)\s*[.:]?\s*(?P<rest>\S.*)"
)
_KIND = re.compile(rf"(?:{'|'.join(KINDS)}|Theo|Căn cứ|Thực hiện|Xem|Tại|Như|KH|QĐ|NQ)\b")
_COLLECTED = re.compile(
    r"(?:(?:phần )?(?:ghi chú|chú thích|chú dẫn)|(?:danh mục )?(?:văn bản|tài liệu) (?:viện dẫn|trích dẫn|dẫn chiếu|tham khảo))"
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
_OPENING = r"[A-ZĐÀ-ỸẠ-Ỵ“\"]"
_GLUED = re.compile(rf"(\d{{1,3}})(\s?)(?={_OPENING}[^\W\d_A-ZĐ]|{_OPENING}{{2}})")
_BRACKETED = re.compile(r"\s?\[(\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*)\]")
_PARENTHESISED = re.compile(r"(?<=\S)\s?\((\d{1,3})\)")
_TRAILING = re.compile(r"(?<=[^\W\d_A-Z])(\d{1,3})(?=[\s.,;:)]|$)")


@dataclass(frozen=True, slots=True)
class Note:
    """The body of a footnote or endnote; `style` says how its number is written."""

    number: int
    text: str
    start: int
    end: int
    style: str = "plain"


def take_notes(rows: Sequence[Row]) -> tuple[list[Row], list[Note]]:
    """Part the bodies of notes from the text; return the rows left and the notes in the order found."""
    rows, notes = _from_format(rows)
    rows, collected = _collected(rows)
    rows, at_foot = _at_foot(rows)
    return rows, sorted([*notes, *collected, *at_foot], key=lambda note: note.start)


def _note(rows: Sequence[Row], number: int, first: str, style: str) -> Note:
    text = join([first, *(row.text for row in rows[1:])])
    return Note(number, MARK.sub("", text).strip(), rows[0].start, rows[-1].end, style)


def join(texts: Sequence[str]) -> str:
    """Join the lines of a paragraph; a word or number cut at a hyphen grows together."""
    joined = ""
    for text in texts:
        cut = re.search(r"\w[-–/]$", joined) and re.match(r"\w", text)
        joined += text if cut or not joined else f" {text}"
    return joined


# ------------------------------------------------------------------------------------------------ bodies


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
    found = {index: body for index, body in _candidates(rows)}
    sure = {index for index, body in found.items() if _is_plan(rows, index, body)}
    sure |= {index for index in found if rows[index].ruled and found[index]["plain"]}
    _spread(rows, found, sure)
    notes: list[Note] = []
    taken: set[int] = set()
    for index in sorted(sure):
        body = found[index]
        style = str(body.lastgroup and next(key for key in ("raised", "bracket", "paren", "plain") if body[key]))
        end = _body_end(rows, index, body["rest"], sure)
        notes.append(_note(rows[index:end], int(body[style]), body["rest"], style))
        taken.update(range(index, end))
    return [row for index, row in enumerate(rows) if index not in taken], notes


def _candidates(rows: Sequence[Row]) -> Iterator[tuple[int, re.Match[str]]]:
    begun = False
    for index, row in enumerate(rows):
        mark = None if row.marker else read_mark(row.text)
        begun = (
            begun
            or row.text.rstrip(" :").endswith(("như sau", "sau đây"))
            or (mark is not None and mark.family in ("roman", "part"))
        )
        body = _BODY.fullmatch(row.text)
        if not body or row.marker or row.kind is not LineKind.BODY or not re.match(_OPENING, body["rest"]):
            continue
        if index and _WANTS_NUMBER.search(rows[index - 1].text):
            continue
        if begun or not body["paren"]:
            yield index, body


def _is_plan(rows: Sequence[Row], index: int, body: re.Match[str]) -> bool:
    """Say whether a body names a plan by its number, perhaps on its second line."""
    if not _KIND.match(body["rest"]):
        return bool(NUMBER.match(body["rest"]))
    following = rows[index + 1].text if index + 1 < len(rows) and _UNFINISHED.search(body["rest"]) else ""
    return bool(NUMBER.search(join([body["rest"], following])))


def _spread(rows: Sequence[Row], found: dict[int, re.Match[str]], sure: set[int]) -> None:
    """Accept a candidate beside an accepted one, on the same page, with the next number."""
    numbers = {
        index: int(next(body[key] for key in ("raised", "bracket", "paren", "plain") if body[key]))
        for index, body in found.items()
    }
    for order, step in ((sorted(found), -1), (sorted(found, reverse=True), 1)):
        for index in order:
            near = (
                max((each for each in sure if each < index), default=None)
                if step < 0
                else min((each for each in sure if each > index), default=None)
            )
            if near is None or rows[near].page != rows[index].page or abs(near - index) > 3:
                continue
            if numbers[index] - numbers[near] == -step:
                sure.add(index)


def _body_end(rows: Sequence[Row], start: int, first: str, sure: set[int]) -> int:
    """Return the index after a body's last line."""
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


def _opens(row: Row) -> bool:
    return bool(row.marker) or row.heading or read_mark(row.text) is not None


# ------------------------------------------------------------------------------------------------ marks


def mark_references(rows: Sequence[Row], notes: Sequence[Note]) -> list[Row]:
    """Turn every reference to a note into a mark: glued digits, `[3]`, `(3)`, digits at a word's end."""
    known = {note.number for note in notes}
    parenthesised = {note.number for note in notes if note.style in ("paren", "collected")}
    last = 0
    marked: list[Row] = []
    for row in rows:
        text = _BRACKETED.sub(_bracketed, _glued(row, known))
        text = _PARENTHESISED.sub(lambda found: _if_known(found, parenthesised), text)
        text, last = _trailing(text, known, last)
        marked.append(with_text(row, text))
    return marked


def _glued(row: Row, known: set[int]) -> str:
    """«- 1Ứng dụng», «-10 Nghiên cứu», «a) 3Nghiên cứu»."""
    mark = None if row.marker else read_mark(row.text)
    if mark is None and not row.marker:
        return row.text
    width = mark.width if mark else 0
    found = _GLUED.match(row.text, width)
    if not found or (found[2] and int(found[1]) not in known):
        return row.text
    return f"{row.text[:width]}{OPEN}{found[1]}{CLOSE}{row.text[found.end() :]}"


def _bracketed(found: re.Match[str]) -> str:
    numbers: list[int] = []
    for piece in re.split(r"\s?[,;]\s?", found[1]):
        ends = [int(each) for each in re.split(r"\s?[–-]\s?", piece)]
        numbers += range(ends[0], min(ends[-1], ends[0] + 20) + 1)
    return "".join(f"{OPEN}{number}{CLOSE}" for number in numbers)


def _if_known(found: re.Match[str], known: set[int]) -> str:
    return f"{OPEN}{found[1]}{CLOSE}" if int(found[1]) in known else found[0]


def _trailing(text: str, known: set[int], last: int) -> tuple[str, int]:
    """Accept digits glued to a word's end only where they count on from the mark before."""
    for found in MARK.finditer(text):
        last = max(last, int(found[1]))
    if not MARK.search(text):
        for found in _TRAILING.finditer(text):
            if int(found[1]) == last + 1 and last + 1 in known:
                return f"{text[: found.start()]}{OPEN}{found[1]}{CLOSE}{text[found.end() :]}", last + 1
    return text, last


def marks_in(text: str) -> list[int]:
    """Return the numbers of the notes that a text calls, in order, each once."""
    return list(dict.fromkeys(int(found[1]) for found in MARK.finditer(text)))


def without_marks(text: str) -> str:
    """Return a text without marks; the space before one goes where punctuation follows."""
    if OPEN not in text:
        return text.strip()
    text = re.sub(rf"\s+((?:{OPEN}\d+{CLOSE})+)(?=[.,;:)])", r"\1", text)
    text = re.sub(rf"(?<=\w)((?:{OPEN}\d+{CLOSE})+)(?=[^\W\d_])", r"\1 ", text)
    return re.sub(r"\s+", " ", MARK.sub("", text)).strip()
