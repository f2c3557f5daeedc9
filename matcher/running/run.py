"""What to run, and the run: reading, assessing or taking over, comparing, writing."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from matcher.announcement import find_announcement
from matcher.flagging import Profile
from matcher.matching import Matcher, by_proposal, chunks
from matcher.proposal import count_inputs, input_files, read_proposals
from matcher.records import Announcement, Assessment, DuplicatePair, Problem, Proposal, Status
from matcher.register import SearchedRegister, find_registers
from matcher.reporting import (
    AssessmentFile,
    FileNote,
    Manifest,
    RegisterNote,
    Report,
    Suffix,
    assessment_to_record,
    check_outputs,
    check_pages,
    json_line,
    write_pages,
    write_reports,
)
from matcher.running.comparing import task_profiles
from matcher.running.earlier import Earlier
from matcher.running.journal import opened
from matcher.settings import Settings

log = logging.getLogger(__name__)

#: Called with a stage's name, how much of it is done, and how much there is (0 where that is not known).
Progress = Callable[[str, int, int], None]
#: Proposals between two writes of the journal: what a power cut can cost, and how long the progress can stand still.
JOURNAL_EVERY = 16


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


@dataclass(frozen=True, slots=True)
class Tally:
    """How the proposals of a run came to their assessments: from the earlier output, anew, or not at all."""

    taken_over: int = 0
    fresh: int = 0
    failed: int = 0

    def with_more(self, fresh: Sequence[Proposal], *, taken_over: int) -> Tally:
        """Return the tally with further proposals counted; those of `fresh` that failed are counted as such."""
        failed = sum(proposal.status is Status.FAILED for proposal in fresh)
        return Tally(self.taken_over + taken_over, self.fresh + len(fresh) - failed, self.failed + failed)


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
        self.tally = Tally()
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
        earlier = self._earlier()
        with opened(self._journal) as journal:
            if journal.finished:
                log.info("taking up an unfinished run after %d proposals", journal.finished)
            for chunk in chunks(_counted(self._read(earlier), total, progress), JOURNAL_EVERY):
                profiles += self._matcher.profiles(chunk)
                finished = max(done, min(journal.finished, done + len(chunk)))
                for line in self._lines(chunk[finished - done :], earlier):
                    journal.write(line)
                    finished += 1
                    progress("assess", finished, max(total, finished))
                journal.save()
                earlier.forget()
                done += len(chunk)
        return profiles

    def _earlier(self) -> Earlier:
        """Return what stands where the output of JSON lines will be written."""
        outputs = [path for path in self.request.outputs if path.suffix.lower() == Suffix.JSONL]
        return Earlier.of(outputs[0], self.manifest) if outputs else Earlier()

    def _lines(self, chunk: Sequence[Proposal], earlier: Earlier) -> Iterator[bytes]:
        """Yield the journal's line of each proposal: taken over where it is known, else worked out."""
        known = [earlier.assessment(proposal) for proposal in chunk]
        fresh = [proposal for proposal, line in zip(chunk, known, strict=True) if line is None]
        assessments = self._matcher.assess(fresh)
        self.tally = self.tally.with_more(fresh, taken_over=len(chunk) - len(fresh))
        for line in known:
            yield line if line is not None else json_line(assessment_to_record(next(assessments)))

    def _read(self, earlier: Earlier) -> Iterator[Proposal]:
        settings, form = self.request.settings, self.announcement.form
        return read_proposals(
            self.request.proposals, settings=settings, form=form, known=earlier.proposal if len(earlier) else None
        )

    def __enter__(self) -> Run:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._journal.unlink(missing_ok=True)


def _counted(proposals: Iterator[Proposal], total: int, progress: Progress) -> Iterator[Proposal]:
    """Yield proposals as they are read, and say how many were."""
    progress("read", 0, total)
    for done, proposal in enumerate(proposals, 1):
        progress("read", done, max(total, done))
        yield proposal


def _register_note(searched: SearchedRegister) -> RegisterNote:
    note = FileNote.of(searched.file) if searched.file else FileNote(searched.name, *searched.content())
    return RegisterNote(searched.name, len(searched.register.tasks), note)


def _announcement_note(announcement: Announcement) -> FileNote:
    content = announcement.text.encode("utf-8")
    return FileNote(announcement.name, len(content), hashlib.sha256(content).hexdigest())
