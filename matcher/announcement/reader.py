"""Document → Announcement: the steps in order, each in a module of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from matcher.announcement.aspects import aspects_of
from matcher.announcement.calling import calls_for_proposals
from matcher.announcement.citing import cite
from matcher.announcement.dossier import deadline_in, office_in, read_form
from matcher.announcement.evidence import Evidence
from matcher.announcement.footnotes import Note, mark_references, without_marks
from matcher.announcement.integrity import integrity_of
from matcher.announcement.letterhead import read_letterhead
from matcher.announcement.note_bodies import take_notes
from matcher.announcement.orientations import (
    Bullet,
    FieldPart,
    dossier_blocks,
    exception_in,
    fields_in,
    paragraph_fields,
    requirements_in,
)
from matcher.announcement.outline import Block, blocks_of, tree_of
from matcher.announcement.passage import Passage
from matcher.announcement.plans import PlanBook
from matcher.announcement.preamble import preamble_plans
from matcher.announcement.rows import rows_of
from matcher.announcement.ruled_text import with_tables
from matcher.announcement.sections import Parts, divide
from matcher.announcement.tables import fields_in_tables
from matcher.announcement.wording import is_exception
from matcher.errors import AnnouncementError, InputError
from matcher.reading import read_document
from matcher.records import Announcement, Citation, Document, Field, LineKind, Orientation, Problem, Span
from matcher.settings import resource_dir
from matcher.text import repair_spacing

_CURE = (
    "Hãy chọn tệp thông báo định hướng đề xuất nhiệm vụ KH&CN (.txt, .docx hoặc .pdf có chữ), "
    "trong đó mỗi định hướng là một gạch đầu dòng."
)


def read_announcement(source: Path | Document, *, name: str | None = None) -> Announcement:
    """Read an announcement of research orientations (thông báo định hướng) into its parts.

    Parameters
    ----------
    source : Path or Document
        A `.txt`, `.docx` or text `.pdf`, or what `read_document` made of one.
    name : str, optional
        What the announcement is called in results; by default the file's stem.

    Raises
    ------
    AnnouncementError
        If the document lists no research orientations.
    ReadError
        If the file cannot be read at all.

    Examples
    --------
    >>> announcement = load_builtin("lang-son-2025")
    >>> len(announcement.orientations), announcement.orientations[5].main_citation.plan
    (43, '23/KH-UBND')
    """
    document = source if isinstance(source, Document) else read_document(source)
    rows, notes = take_notes(with_tables(document, rows_of(document)))
    parts = divide(mark_references(rows, notes))
    tree = tree_of(blocks_of([row for row in parts.body if row.kind is not LineKind.TABLE]))
    fields = fields_in(tree) or fields_in_tables(parts.body) or paragraph_fields(tree)
    _check(document, parts, fields)
    return _assembled(document, name or Path(document.file).stem, parts, notes, tree, fields)


def _assembled(
    document: Document,
    name: str,
    parts: Parts,
    notes: Sequence[Note],
    tree: Sequence[Block],
    fields: Sequence[FieldPart],
) -> Announcement:
    lead = Passage.of(parts.preamble).text
    above = read_letterhead(parts.head, parts.title, lead)
    bullet_rows = {bullet.start for part in fields for bullet in part.bullets}
    tables = [row for row in parts.body if row.kind is LineKind.TABLE and row.start not in bullet_rows]
    listed = preamble_plans([*parts.preamble, *tables])
    book = PlanBook(listed)
    wordings = [[_repaired(bullet) for bullet in part.bullets] for part in fields]
    citations = cite(fields, notes, book, [[" ".join(parts) for parts in own] for own in wordings])
    letter = Passage.of(parts.letter).sentences
    closing = [*letter, *(without_marks(block.text) for block in dossier_blocks(tree))]
    announcement = Announcement(
        name=name,
        issuer=above.issuer,
        number=above.number,
        date=above.day,
        deadline=deadline_in(closing, above.month),
        title=above.title,
        receiving_office=office_in(closing),
        requirements=tuple(repair_spacing(text) for text in requirements_in(tree)),
        exception=repair_spacing(exception_in(tree) or next(filter(is_exception, letter), "")),
        fields=tuple(Field(number, repair_spacing(part.name)) for number, part in enumerate(fields, start=1)),
        orientations=_orientations(fields, wordings, citations),
        plans=tuple(book.plans.values()),
        form=read_form(parts.form, " ".join([*closing, Passage.of(parts.form).text])),
        integrity=(),
        text=document.text,
    )
    evidence = Evidence(announcement, tuple(notes), tuple(fields), tuple(listed), book, above.month)
    return replace(announcement, integrity=tuple([*_of_the_file(document), *integrity_of(evidence)]))


def _of_the_file(document: Document) -> list[Problem]:
    """Return what was wrong with the file; its number of pages, guessed or not, matters for forms alone."""
    return [problem for problem in document.problems if problem.code != "pages_estimated"]


def _orientations(
    fields: Sequence[FieldPart],
    wordings: Sequence[Sequence[tuple[str, ...]]],
    citations: Sequence[Sequence[tuple[Citation, ...]]],
) -> tuple[Orientation, ...]:
    return tuple(
        Orientation(
            id=f"{number}.{place}",
            field=number,
            text=" ".join(parts),
            source=Span(bullet.start, bullet.end),
            aspects=aspects_of(" ".join(parts), _openings(parts)),
            citations=cited,
        )
        for number, (part, own, own_citations) in enumerate(zip(fields, wordings, citations, strict=True), start=1)
        for place, (bullet, parts, cited) in enumerate(zip(part.bullets, own, own_citations, strict=True), start=1)
    )


def _repaired(bullet: Bullet) -> tuple[str, ...]:
    return tuple(part for part in map(repair_spacing, bullet.parts) if part)


def _openings(parts: Sequence[str]) -> list[int]:
    """Return where the second part and those after it begin, once joined by spaces."""
    return list(accumulate(len(part) + 1 for part in parts[:-1]))


def _check(document: Document, parts: Parts, fields: Sequence[FieldPart]) -> None:
    """Refuse a document that calls for no proposals or lists nothing that could be an orientation."""
    count = sum(len(part.bullets) for part in fields)
    if not count:
        raise AnnouncementError("không thấy định hướng nào trong tài liệu", cure=_CURE, file=document.file)
    if not calls_for_proposals(parts, fields):
        raise AnnouncementError(
            f"tài liệu không phải thông báo định hướng (có {count} gạch đầu dòng, không gọi đề xuất nhiệm vụ KH&CN)",
            cure=_CURE,
            file=document.file,
        )


def builtin_names() -> tuple[str, ...]:
    """Return the names of the announcements that come with the program."""
    root = resource_dir("corpus")
    return tuple(sorted(path.parent.name for path in root.glob("*/announcement.txt")))


def load_builtin(name: str) -> Announcement:
    """Read an announcement that comes with the program.

    Raises
    ------
    AnnouncementError
        If there is none of that name; the message lists those there are.
    """
    names = builtin_names()
    if name not in names:
        raise AnnouncementError(
            f"không có thông báo dựng sẵn tên {name!r}",
            cure=f"Các tên có sẵn: {', '.join(names) or 'không có'}; hoặc chỉ ra một tệp thông báo.",
        )
    return read_announcement(resource_dir("corpus") / name / "announcement.txt", name=name)


def find_announcement(name: str) -> Announcement:
    """Return a built-in announcement by name, or read one from a file.

    Raises
    ------
    InputError
        If it is neither; the error lists the built-in names.
    AnnouncementError
        If the file is no announcement.
    """
    if name in builtin_names():
        return load_builtin(name)
    if not Path(name).exists():
        raise InputError(
            "không có tệp hay thông báo dựng sẵn nào tên như vậy",
            file=name,
            cure=f"Kiểm tra đường dẫn, hoặc dùng tên dựng sẵn: {', '.join(builtin_names())}.",
        )
    return read_announcement(Path(name))
