"""The benchmark of orientation matching: announcements with proposals judged against them.

`corpus/benchmark/<name>/` holds a synthetic announcement (`announcement.txt`) with `judgments.jsonl`; the folder of a
built-in announcement holds further judgments of it. Real titles recur in every announcement under the same id, so
every split is by title and by announcement, never by row.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from matcher.announcement import builtin_names, load_builtin, read_announcement
from matcher.errors import InputError
from matcher.evaluation.judgments import Judgment, read_judgments
from matcher.records import Announcement
from matcher.settings import resource_dir

GOLD_FILE = "gold-dev.jsonl"


@dataclass(frozen=True, slots=True)
class JudgedAnnouncement:
    """An announcement and the proposals judged against it."""

    announcement: Announcement
    judgments: tuple[Judgment, ...]

    @property
    def name(self) -> str:
        """The announcement's name in the benchmark."""
        return self.announcement.name

    def only(self, judgments: tuple[Judgment, ...]) -> JudgedAnnouncement:
        """Return the announcement with some of its judgments."""
        return replace(self, judgments=judgments)


def read_benchmark(folder: Path | None = None) -> tuple[JudgedAnnouncement, ...]:
    """Read all announcements of a benchmark with their judgments, built-in ones first, by name.

    Raises
    ------
    InputError
        If the folder holds none, or judgments name orientations that their announcement does not have.
    """
    folder = folder or resource_dir("corpus") / "benchmark"
    found = [each.name for each in folder.glob("*") if each.is_dir()]
    names = sorted(found, key=lambda name: (name not in builtin_names(), name))
    if not names:
        raise InputError("holds no benchmark", file=folder, cure="Give the folder corpus/benchmark of the repository.")
    return tuple(_read_one(folder / name) for name in names)


def _read_one(folder: Path) -> JudgedAnnouncement:
    files = sorted(folder.glob("*.jsonl"))
    if folder.name in builtin_names():
        announcement = load_builtin(folder.name)
        files.insert(0, resource_dir("corpus") / folder.name / GOLD_FILE)
    else:
        announcement = read_announcement(folder / "announcement.txt", name=folder.name)
    judgments = tuple(judgment for file in files for judgment in read_judgments(file))
    known = {orientation.id for orientation in announcement.orientations}
    unknown = sorted({o for judgment in judgments for o in judgment.relevant} - known)
    if unknown:
        raise InputError(
            f"judgments name orientations that the announcement does not have: {', '.join(unknown[:5])}",
            file=folder,
            cure="Judge against the announcement as it is read (matcher announcement FILE).",
        )
    return JudgedAnnouncement(announcement, judgments)
