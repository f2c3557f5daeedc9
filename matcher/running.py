"""A run: files in, outputs and a manifest out, nothing lost when the power goes.

Each assessment goes to a journal as it is made; a run of the same inputs, announcement, model and settings takes up
an unfinished journal where it ends. The journal is also what the outputs are written from, so that the memory a run
needs does not grow with the assessments.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from matcher.announcement import find_announcement
from matcher.errors import OutputError
from matcher.flagging import Profile
from matcher.matching import Matcher, by_proposal, chunks
from matcher.proposal import count_inputs, input_files, read_proposals
from matcher.records import Announcement, Assessment, DuplicatePair, Problem, Proposal
from matcher.register import RegisterDatabase, SearchedRegister, find_registers, lasting_encoder
from matcher.reporting import (
    AssessmentFile,
    FileNote,
    Manifest,
    RegisterNote,
    Report,
    assessment_to_record,
    check_outputs,
    check_pages,
    json_line,
    write_pages,
    write_reports,
)
from matcher.settings import Settings

log = logging.getLogger(__name__)

#: Called with a stage's name, how much of it is done, and how much there is (0 where that is not known).
Progress = Callable[[str, int, int], None]
#: Proposals between two writes of the journal: what a power cut can cost.
JOURNAL_EVERY = 64


def silent(stage: str, done: int, total: int) -> None:
    """Report no progress."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to run: files or folders of proposals, registers, outputs by suffix, settings.

    A register is a file, the name of an imported register, or "all". `pages` is a `.docx` or a folder for a page on
    each proposal.
    """

    proposals: tuple[Path, ...]
    registers: tuple[Path, ...] = ()
    outputs: tuple[Path, ...] = ()
    settings: Settings = field(default_factory=Settings)
    pages: Path | None = None


class Assessments:
    """The assessments of a journal with their duplicates, read one at a time and as often as wanted."""

    def __init__(self, journal: Path, duplicates: dict[str, tuple[DuplicatePair, ...]]) -> None:
        self._file = AssessmentFile(journal)
        self._duplicates = duplicates

    def __iter__(self) -> Iterator[Assessment]:
        for assessment in self._file:
            yield replace(assessment, duplicates=self._duplicates.get(assessment.proposal.id, ()))


class Run:
    """A run under way; use it as a context: the journal is dropped when the run was finished.

    Raises
    ------
    MatcherError
        On creation, where the request cannot be met at all: unusable inputs, announcement, model or outputs.
    """

    def __init__(self, request: Request) -> None:
        check_outputs(request.outputs, request.proposals)
        if request.pages is not None:
            check_pages(request.pages, request.proposals)
        self.request = request
        self.announcement = find_announcement(request.settings.announcement)
        self._files = input_files(request.proposals)
        self._registers = find_registers(request.registers, request.settings)
        self._matcher = Matcher.from_announcement(self.announcement, request.settings)
        self.manifest = self._manifest()
        key = hashlib.sha256(json.dumps(self.manifest.to_record(), sort_keys=True).encode()).hexdigest()
        self._journal = request.settings.cache_path / "runs" / f"{key[:32]}.jsonl"

    def _manifest(self) -> Manifest:
        request = self.request
        return Manifest(
            announcement=_announcement_note(self.announcement),
            inputs=tuple(FileNote.of(path) for path in self._files if path.is_file()),
            registers=tuple(_register_note(each) for each in self._registers),
            model=request.settings.model,
            model_fingerprint=self._matcher.fingerprint,
            settings=request.settings,
        )

    @property
    def register_problems(self) -> tuple[Problem, ...]:
        """What makes a comparison with the imported registers less than whole."""
        return tuple(problem for each in self._registers if not each.file for problem in each.register.problems)

    def finish(self, progress: Progress = silent) -> Report:
        """Do what is left to do and return the report; write the outputs where there are any."""
        profiles = self._assess(progress)
        tasks = [task for each in self._registers for task in each.register.tasks]
        progress("duplicates", 0, 0)
        past = task_profiles(self._matcher, self._registers)
        pairs = self._matcher.duplicates(profiles, past)
        named = {pair.b for pair in pairs if pair.source == "register"}
        report = Report(
            announcement=self.announcement,
            assessments=Assessments(self._journal, by_proposal(pairs)),
            manifest=self.manifest,
            language=self.request.settings.language,
            task_titles={task.id: task.title for task in tasks if task.id in named},
        )
        progress("outputs", 0, 0)
        write_reports(report, self.request.outputs)
        if self.request.pages is not None:
            write_pages(report, self.request.pages)
        return report

    def _assess(self, progress: Progress) -> list[Profile]:
        """Bring the journal to its end; return what the search for duplicates compares."""
        total = count_inputs(self.request.proposals)
        profiles: list[Profile] = []
        done = 0
        with _opened(self._journal) as (journal, finished):
            if finished:
                log.info("taking up an unfinished run after %d proposals", finished)
            for chunk in chunks(self._read(), JOURNAL_EVERY):
                profiles += self._matcher.profiles(chunk)
                for assessment in self._matcher.assess(chunk[max(0, finished - done) :]):
                    journal.write(json_line(assessment_to_record(assessment)))
                journal.flush()
                done += len(chunk)
                progress("assess", done, max(total, done))
        return profiles

    def _read(self) -> Iterator[Proposal]:
        return read_proposals(self.request.proposals, settings=self.request.settings, form=self.announcement.form)

    def __enter__(self) -> Run:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._journal.unlink(missing_ok=True)


class _opened:
    """The journal open for appending after its last whole line, with the number of lines it holds."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> tuple[BinaryIO, int]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            content = self._path.read_bytes() if self._path.exists() else b""
            whole = content[: content.rfind(b"\n") + 1]
            if len(whole) < len(content):  # the power went in the middle of a line
                self._path.write_bytes(whole)
            self._stream = self._path.open("ab")
        except OSError as err:
            raise OutputError(
                f"không ghi được nhật ký chạy: {err.strerror or err}",
                file=self._path,
                cure="Kiểm tra quyền ghi và dung lượng, hoặc đặt cache_dir sang thư mục khác.",
            ) from err
        return self._stream, whole.count(b"\n")

    def __exit__(self, *_: object) -> None:
        self._stream.close()


def find_pairs(
    proposals: Iterable[Proposal],
    registers: Sequence[SearchedRegister],
    settings: Settings,
    *,
    matcher: Matcher | None = None,
) -> tuple[DuplicatePair, ...]:
    """Return the duplicate pairs alone, as `matcher duplicates` writes them; `matcher` saves making one."""
    matcher = matcher or Matcher.from_announcement(settings.announcement, settings)
    return matcher.duplicates(matcher.profiles(proposals), task_profiles(matcher, registers))


def task_profiles(matcher: Matcher, registers: Sequence[SearchedRegister]) -> list[Profile]:
    """Return what is compared of past tasks; vectors of imported registers are kept beside their database."""
    lasting = lasting_encoder(matcher.task_encoder, RegisterDatabase.of(matcher.settings))
    return [
        profile
        for each in registers
        for profile in matcher.profiles(each.register.tasks, encoder=None if each.file else lasting)
    ]


def _register_note(searched: SearchedRegister) -> RegisterNote:
    note = FileNote.of(searched.file) if searched.file else FileNote(searched.name, *searched.content())
    return RegisterNote(searched.name, len(searched.register.tasks), note)


def _announcement_note(announcement: Announcement) -> FileNote:
    content = announcement.text.encode("utf-8")
    return FileNote(announcement.name, len(content), hashlib.sha256(content).hexdigest())
