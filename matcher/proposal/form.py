"""A filled-in proposal form → its sections; documents without a form keep their title and all the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from matcher.proposal.labels import (
    CONTACT,
    Label,
    ends_form,
    is_commitment,
    is_letterhead,
    read_label,
    without_contacts,
    without_dots,
)
from matcher.records import SECTIONS, Document, Line, LineKind
from matcher.text import repair_spacing

_MARK = re.compile(r"\s*(?:[-–+*•▪➢✓]|[a-zđ]\)|\d{1,2}(?:\.\d{1,2})*[.)])\s*")
_OTHER_ITEM = re.compile(r"\s*[^\W\d_][^:.;]{1,40}:")
_POWER = re.compile(r"(?:\b[cdkm]?m|\b10)$")  # m², km², 10⁶: no note
_LONGEST_TITLE = 600
_MOST_ITEMS = 12
_SENTENCE = re.compile(r"(?<=[.;!?])\s")


@dataclass(slots=True)
class FormText:
    """What was read from a form.

    Attributes
    ----------
    sections, extra : dict of str to str
        Normalised text by section, and of the items that are no section, by their name.
    items : dict of int to str
        The section that each numbered item opens.
    """

    sections: dict[str, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    items: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    joined: bool  # runs on from the row before, as far as the file's format tells
    heading: bool
    labelled: bool = False  # a table's row whose first cell is a heading


def read_form(document: Document) -> FormText:
    """Split a proposal's document into sections; contact data are left out."""
    rows = list(_rows(document))
    form = FormText()
    texts: dict[str, list[_Row]] = {}
    current = ""
    last = 0
    before: list[_Row] = []
    for row in _with_whole_labels(rows):
        label = _opens(row, last, form)
        if label is not None:
            current, last = label.section, label.number or last
            if label.number:
                form.items[label.number] = current
            rest = row.text[label.end :].strip(" \t:–-")
            texts.setdefault(current, []).extend([_Row(rest, False, False)] if rest else [])
        elif current and (ends_form(row.text) or (last >= 9 and is_commitment(row.text))):
            current = CONTACT
        elif current:
            texts.setdefault(current, []).append(row)
        else:
            before.append(row)
    for name, found in texts.items():
        _store(form, name, found)
    if "title" not in texts:
        _guess_title(form, before, read_anything=not texts)
    return form


def clean(text: str) -> str:
    """Return a section's text: spaces repaired, dotted lines and contact data out."""
    return repair_spacing(without_contacts(without_dots(text))).strip(" \t\n:;–-")


def _rows(document: Document) -> Iterator[_Row]:
    """Yield the lines of a document that carry its own text, list markers put back."""
    wrapped = document.media != "docx"
    for line in document.lines:
        if line.kind in (LineKind.RUNNING, LineKind.NOTE):
            continue
        text = _without_marks(document, line)
        labelled = False
        if line.kind is LineKind.TABLE:
            text, labelled = _table_text(text)
        elif line.marker:
            text = f"{line.marker} {text}"
        if text.strip():
            yield _Row(text.strip(), wrapped and not _MARK.match(text), line.heading, labelled)


def _without_marks(document: Document, line: Line) -> str:
    """Return a line without its raised note numbers: they would read as part of a word."""
    text, start = "", line.span.start
    for mark in line.raised:
        before = document.text[start : mark.start]
        if not _POWER.search(before):
            text += before
            start = mark.end
    return text + document.text[start : line.span.end]


def _table_text(text: str) -> tuple[str, bool]:
    """Write a table's row as a heading with its text where it is one: «1 | Tên nhiệm vụ | Xây dựng …»."""
    cells = [cell.strip() for cell in text.split(" | ") if cell.strip()]
    if len(cells) > 1 and re.fullmatch(r"\d{1,2}[.)]?", cells[0]):
        cells[:2] = [f"{cells[0].rstrip('.)')}. {cells[1]}"]
    heading = f"{cells[0].rstrip(' :')}:" if cells else ""
    label = read_label(heading)
    if label is not None and len(cells) > 1 and label.end == len(heading):
        return f"{heading} {' '.join(cells[1:])}", True
    return " | ".join(cells), False


def _with_whole_labels(rows: Sequence[_Row]) -> Iterator[_Row]:
    """Join a numbered heading that the page's width cut in two: its colon stands on the next line."""
    skip = False
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        if skip:
            skip = False
            continue
        label = read_label(row.text)
        cut = label is not None and label.number and label.section != "title" and ":" not in row.text
        if cut and after is not None and after.joined and len(row.text) > 50 and ":" in after.text[:120]:
            skip = True
            yield _Row(f"{row.text} {after.text}", row.joined, row.heading)
        else:
            yield row


def _opens(row: _Row, last: int, form: FormText) -> Label | None:
    """Return a line's heading if it opens an item here: numbers go up, and a numbered form has no bare items."""
    label = read_label(row.text)
    if label is None:
        return None
    if label.number:
        return label if last < label.number <= max(last + 3, _MOST_ITEMS) else None
    if label.section == "organisation" and ":" not in row.text[: label.end]:
        return None  # «Tổ chức đề xuất» alone on its line is the place of the signature
    return label if row.labelled or len(form.items) < 2 else None


def _store(form: FormText, name: str, rows: Sequence[_Row]) -> None:
    if name == CONTACT:
        return
    text = clean(_title_of(rows) if name == "title" else _joined(rows))
    target = form.sections if name in SECTIONS else form.extra
    if text:
        target[name] = text


def _joined(rows: Sequence[_Row]) -> str:
    text = ""
    for row in rows:
        text += ("" if not text else " " if row.joined else "\n") + row.text
    return text


def _title_of(rows: Sequence[_Row]) -> str:
    """Return the title of item 1: its own line, and the lines that go on with it."""
    taken: list[str] = []
    for row in rows:
        if taken and (_MARK.match(row.text) or _OTHER_ITEM.match(row.text) or not row.joined):
            break
        if not (row.text.startswith("(") and row.text.endswith(")")):  # a hint of the form
            taken.append(row.text)
        if len(" ".join(taken)) > _LONGEST_TITLE:
            break
    return _unquoted(" ".join(" ".join(taken).split()))


def _unquoted(text: str) -> str:
    text = text.strip(" .;")
    for opening, closing in (("“", "”"), ("«", "»"), ('"', '"'), ("‘", "’")):
        if text.startswith(opening) and text.endswith(closing) and closing not in text[1:-1]:
            return text[1:-1].strip(" .;")
    return text


def _guess_title(form: FormText, rows: Sequence[_Row], *, read_anything: bool) -> None:
    """Take the first heading as title, else the first line that is no letterhead; the rest is content."""
    plain = [row for row in rows if not is_letterhead(row.text)] or ([*rows] if read_anything else [])
    if not plain:
        return
    headings = [index for index, row in enumerate(plain) if row.heading]
    index = headings[0] if headings else 0
    taken = [plain[index]]
    for row in plain[index + 1 :]:
        if not row.joined or row.heading or _ends_sentence(taken[-1].text):
            break
        taken.append(row)
    text = " ".join(" ".join(row.text for row in taken).split())
    rest = [*plain[:index], *plain[index + len(taken) :]]
    if len(text) > _LONGEST_TITLE // 2:  # a paragraph: its first sentence names the work, all of it describes it
        rest = [*taken, *rest]
        text = _SENTENCE.split(text, maxsplit=1)[0][: _LONGEST_TITLE // 2]
    form.sections["title"] = clean(_unquoted(text))
    if rest and "content" not in form.sections and (body := clean(_joined(rest))):
        form.sections["content"] = body


def _ends_sentence(text: str) -> bool:
    return text.endswith((".", ";", ":", "!", "?")) or len(text) < 40
