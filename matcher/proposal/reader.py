"""`read_proposals` and `read_register`: whatever the user names becomes proposals, failures among them."""

from __future__ import annotations

import dataclasses
import hashlib
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from matcher.errors import InputError, MatcherError, ReadError
from matcher.proposal.finding import InputFile, count_archive, find_inputs, unpacked
from matcher.proposal.form import read_form
from matcher.proposal.identity import Ids, id_of_text, tidy_id
from matcher.proposal.rows import failed, read_rows
from matcher.reading import Content, DocumentCache, DocumentReader, Limits, read_bytes, sniff_file
from matcher.records import Document, Form, Problem, Proposal, Register, Source, Status
from matcher.settings import Settings

#: Given the shown name of a document and the SHA-256 of its bytes: what reading it would give, if that is known.
Known = Callable[[str, str], Proposal | None]
#: Documents that LibreOffice converts, many in one call.
_PREPARED = (Content.DOC, Content.RTF, Content.ODT)
#: Files that are looked at before the first of them is read.
_AHEAD = 64
_DIMENSION = re.compile(rb"<dimension ref=\"[A-Z]+\d+:[A-Z]+(\d{1,7})\"")


def read_proposals(
    paths: Sequence[Path], *, settings: Settings | None = None, form: Form | None = None, known: Known | None = None
) -> Iterator[Proposal]:
    """Read proposals from files and folders, in the order given.

    Parameters
    ----------
    paths : sequence of Path
        Documents (`DOCUMENT_SUFFIXES`) hold one proposal each, tables (`TABLE_SUFFIXES`) one a row, `.zip` archives
        any number of both. Folders are searched with all that is in them, in natural order.
    settings : Settings, optional
        Its limits on input count, and whether slow readings are kept for the next run.
    form : Form, optional
        The form of the announcement, whose items are looked for; else that of ten items.
    known : callable, optional
        Given the shown name of a document and the SHA-256 of its bytes, the proposal that reading it would give, or
        None; such a document is not read.

    Returns
    -------
    iterator of Proposal
        Read as they are asked for. What cannot be read, a file or a row, comes as a proposal with status FAILED,
        no sections, and the reason among its problems. Ids are distinct within the run. A second file of the same
        bytes is a proposal with the problem `same_file`.

    Raises
    ------
    InputError
        For a path that is missing, or a folder without any proposal; raised at once, before anything is read.
    """
    return _read_all(find_inputs(paths), settings or Settings(), form, known or _nothing_known)


def read_draft(data: bytes, name: str, *, settings: Settings | None = None, form: Form | None = None) -> Proposal:
    """Read one proposal from the bytes of a document; nothing is written to disk but what LibreOffice needs.

    Parameters
    ----------
    data : bytes
        Of a document of any kind.
    name : str
        Its file's name, or what stands for it in messages; a suffix is needed only where the content does not tell.
    settings : Settings, optional
        Its limits on input.
    form : Form, optional
        The form of the announcement, whose items are looked for.

    Raises
    ------
    ReadError
        Where the document cannot be read at all.
    """
    file = InputFile(Path(name), name)
    with DocumentReader(Limits.from_settings(settings or Settings())) as reader:
        return _of_document(file, reader.read(file.path, data), form)


def read_register(path: Path, *, settings: Settings | None = None) -> Register:
    """Read a register of past tasks (danh mục nhiệm vụ): a table with the columns of proposals.

    Rows that cannot be read are left out of `tasks` and listed in `problems`.

    Raises
    ------
    InputError
        Where the register cannot be read at all, or holds no task.
    """
    path = Path(path)
    file = find_inputs([path])[0] if not path.is_dir() else InputFile.of(path)
    limits = Limits.from_settings(settings or Settings())
    ids = Ids()
    tasks: list[Proposal] = []
    problems: list[Problem] = []
    for task in read_rows(file, limits):
        if task.status is Status.FAILED:
            problems += task.problems
        else:
            tasks.append(ids.distinct(task))
            problems += tasks[-1].problems
    if not tasks:
        reason = problems[0].message if problems else "không có nhiệm vụ nào"
        raise InputError(f"không đọc được danh mục nhiệm vụ: {reason}", file=file.shown)
    return Register(path.stem, tuple(tasks), tuple(problems))


def input_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files that `read_proposals` would read, in its order.

    Raises
    ------
    InputError
        As `read_proposals`.
    """
    return [file.path for file in find_inputs(paths)]


def count_inputs(paths: Sequence[Path]) -> int:
    """Estimate the number of proposals without reading them: rows of tables, files of archives, one for any other file.

    Raises
    ------
    InputError
        As `read_proposals`.
    """
    return sum(_count(file) for file in find_inputs(paths))


def _nothing_known(shown: str, digest: str) -> Proposal | None:
    return None


def _read_all(files: Sequence[InputFile], settings: Settings, form: Form | None, known: Known) -> Iterator[Proposal]:
    """Read files one by one, some way ahead of which those for LibreOffice are gathered for one call."""
    ids = Ids()
    limits = Limits.from_settings(settings)
    with (
        TemporaryDirectory(prefix="matcher-", ignore_cleanup_errors=True) as folder,
        DocumentReader(limits, DocumentCache.from_settings(settings)) as documents,
    ):
        seen: dict[str, str] = {}
        inputs = unpacked(files, Path(folder), limits)
        while ahead := list(islice(inputs, _AHEAD)):
            for file in ahead:
                if file.error is None and not file.is_table and not _is_known(file, known, limits):
                    documents.prepare(file.path)
            for file in ahead:
                for proposal in _read(file, documents, seen, form, known):
                    yield ids.distinct(proposal)
                if file.temporary:
                    file.path.unlink(missing_ok=True)


def _is_known(file: InputFile, known: Known, limits: Limits) -> bool:
    """Say whether a file needs no preparing for being read."""
    try:
        if known is _nothing_known or sniff_file(file.path) not in _PREPARED:
            return False
        return known(file.shown, hashlib.sha256(read_bytes(file.path, limits)).hexdigest()) is not None
    except MatcherError:
        return False  # it is reported when it is read


def _read(
    file: InputFile, documents: DocumentReader, seen: dict[str, str], form: Form | None, known: Known
) -> Iterator[Proposal]:
    if file.error is not None:
        yield failed(file, file.error)
    elif file.is_table:
        yield from read_rows(file, documents.limits)
    else:
        yield _read_one(file, documents, seen, form, known)


def _read_one(
    file: InputFile, documents: DocumentReader, seen: dict[str, str], form: Form | None, known: Known
) -> Proposal:
    """Read a document; `seen` has the names of the files before it by the hash of their content."""
    try:
        data = read_bytes(file.path, documents.limits)
        digest = hashlib.sha256(data).hexdigest()
        if seen.get(digest, file.shown) == file.shown and not file.problems:
            proposal = known(file.shown, digest)
            if proposal is not None:
                seen[digest] = file.shown
                return proposal
        document = documents.read(Path(file.shown), data)
    except MatcherError as err:
        return failed(file, err)
    problems = list(file.problems)
    first = seen.setdefault(digest, file.shown)
    if first != file.shown:
        problems.append(Problem("same_file", f"Tệp giống hệt tệp {first}, từng byte.", file.shown))
    document = dataclasses.replace(document, problems=(*document.problems, *problems))
    proposal = _of_document(file, document, form)
    return dataclasses.replace(proposal, source=Source(file.shown, sha256=digest))


def _of_document(file: InputFile, document: Document, template: Form | None) -> Proposal:
    form = read_form(document, template)
    problems = list(document.problems)
    status = document.status
    if not form.sections.get("title"):
        status = Status.PARTIAL
        problems.append(Problem("title_missing", "Không tìm thấy tên nhiệm vụ trong tài liệu.", file.shown))
    paged = document.media != "txt" or document.pages > 1
    return Proposal(
        id=tidy_id(file.stem) or id_of_text(form.sections),
        sections=MappingProxyType(form.sections),
        source=Source(file.shown),
        status=status,
        problems=tuple(problems),
        extra=MappingProxyType(form.extra),
        pages=document.pages if paged else None,
        form=form.filled if form.is_form else None,
    )


def _count(file: InputFile) -> int:
    suffix = file.suffix
    try:
        if file.is_archive:
            return count_archive(file, Limits())
        if suffix in (".csv", ".jsonl"):
            with file.path.open("rb") as stream:
                lines = sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b""))
            return max(1, lines - (suffix == ".csv"))
        if suffix == ".xlsx":
            return max(1, _rows_stated(file.path) - 1)
    except (ReadError, OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return 1  # it will be reported when it is read
    return 1


def _rows_stated(path: Path) -> int:
    """Return the number of rows that a workbook's sheets say they have."""
    total = 0
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                with archive.open(name) as part:
                    stated = _DIMENSION.search(part.read(4096))
                total += min(int(stated[1]), 1_048_576) if stated else 0
    return total
