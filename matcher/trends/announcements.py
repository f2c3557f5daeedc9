"""The announcement that a saved run answered: looked for by its name, known by the hash of its text."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path, PureWindowsPath

from matcher.announcement import builtin_names, find_announcement
from matcher.errors import MatcherError
from matcher.records import Announcement
from matcher.trends.manifests import RunManifest

_SUFFIXES = (".txt", ".docx", ".pdf")


def text_hash(announcement: Announcement) -> str:
    """Return the hash by which a manifest knows an announcement."""
    return hashlib.sha256(announcement.text.encode("utf-8")).hexdigest()


class Announcements:
    """Announcements by name or file, each read once.

    Parameters
    ----------
    given : sequence of str
        Names or files that the user gave; they must be readable.

    Raises
    ------
    MatcherError
        Where one that the user gave is no announcement.
    """

    def __init__(self, given: Sequence[str] = ()) -> None:
        self._read: dict[str, Announcement | None] = {}
        self.given = tuple(find_announcement(name) for name in given)

    def of(self, manifest: RunManifest, run: Path, used: frozenset[str]) -> tuple[Announcement | None, str]:
        """Find the announcement of a run.

        Looked at are those given, the built-in one of that name, and files of that name beside the run.

        Parameters
        ----------
        manifest : RunManifest
            Of the run.
        run : Path
            The run's output.
        used : frozenset of str
            Ids of the orientations of its matches.

        Returns
        -------
        announcement : Announcement or None
            The one whose text has the hash; else one of that name with all the orientations used.
        note : str
            What is to be said about it, in Vietnamese; "" where the hash is right.
        """
        candidates = [*self.given, *self._named(manifest.announcement, run.parent)]
        for candidate in candidates:
            if text_hash(candidate) == manifest.announcement_hash:
                return candidate, ""
        for candidate in candidates:
            ids = {orientation.id for orientation in candidate.orientations}
            if candidate.name == manifest.announcement and used <= ids:
                return candidate, (
                    f"Thông báo «{candidate.name}» nay khác văn bản mà {run.name} đã đối chiếu; "
                    "câu chữ của định hướng lấy theo bản hiện có."
                )
        return None, (
            f"Không tìm thấy thông báo «{manifest.announcement}» của {run.name}: các định hướng chỉ nêu được theo mã, "
            "không có câu chữ. Thêm tệp thông báo bằng --announcement hoặc đặt cạnh tệp kết quả."
        )

    def _named(self, name: str, folder: Path) -> list[Announcement]:
        if not name or PureWindowsPath(name).name != name:  # a manifest is no reason to look in other folders
            return []
        files = [str(path) for suffix in _SUFFIXES if (path := folder / f"{name}{suffix}").is_file()]
        found = (self._tried(each) for each in ([name] if name in builtin_names() else []) + files)
        return [each for each in found if each is not None]

    def _tried(self, name: str) -> Announcement | None:
        if name not in self._read:
            try:
                self._read[name] = find_announcement(name)
            except MatcherError:  # a file that only happens to bear the name
                self._read[name] = None
        return self._read[name]
