"""What an earlier run found out and need not be found out again; the earlier output itself is the store.

An assessment is a function of a proposal, the announcement, the model, the settings and the program. Where the
manifest beside an earlier output says that all but the proposals were the same, and the output is still the file that
the manifest names, the assessments of documents of the same bytes and of rows of the same content are taken over.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matcher.errors import InputError
from matcher.records import Proposal, Status
from matcher.reporting import (
    FileNote,
    Manifest,
    json_line,
    manifest_path,
    proposal_to_record,
    record_to_assessment,
)

log = logging.getLogger(__name__)

#: What of a manifest may differ: which proposals there were, what they were compared with, and what came of it.
_FREE = frozenset(("inputs", "registers", "counts", "output"))
#: What of a proposal's record says where it stood among others, and nothing of what it holds.
_PLACE = frozenset(("id", "source", "problems"))
#: Problems that arise from the other inputs of a run.
_OF_THE_RUN = frozenset(("same_file", "duplicate_id"))

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Line:
    """Where a record stands in the earlier output, and its hash: the file may be written over meanwhile."""

    start: int
    size: int
    digest: bytes


class Earlier:
    """The assessments of an earlier output, found by the bytes of a document or the content of a row.

    Only places and hashes are kept in memory, and the records of the documents named since the last `forget`.

    Parameters
    ----------
    path : Path, optional
        An output of `matcher match` that holds all matches; none: nothing is known.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._documents: dict[tuple[str, str], _Line] = {}
        self._contents: dict[bytes, _Line] = {}
        self._named: dict[tuple[str, str], Record] = {}
        if path is not None:
            self._index(path)

    @classmethod
    def of(cls, output: Path, manifest: Manifest) -> Earlier:
        """Return what stands at an output from an earlier run that `manifest` is the sequel of; else nothing.

        Why an earlier output is not used is logged.
        """
        beside = manifest_path(output)
        if not (output.is_file() and beside.is_file()):
            return cls()
        try:
            written = json.loads(beside.read_bytes())
            reason = _why_not(written, manifest, output)
            if not reason:
                return cls(output)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, InputError) as err:
            reason = f"it cannot be read ({err})"
        log.warning("the earlier output %s is not built on: %s", output, reason)
        return cls()

    def __len__(self) -> int:
        """Return the number of distinct assessments."""
        return len(self._contents)

    def proposal(self, shown: str, sha256: str) -> Proposal | None:
        """Return what was read from a document of that name and content, where it was read without any loss.

        Wording of the form's items is not among it: such a proposal is for `assessment`, not for assessing.
        """
        record = self._record(self._documents.get((shown, sha256)))
        if record is None:
            return None
        self._named[shown, sha256] = record
        return record_to_assessment(record, 1).proposal

    def assessment(self, proposal: Proposal) -> bytes | None:
        """Return the line of a journal for a proposal that was assessed before, else None."""
        source = proposal.source
        record = self._named.get((source.file, source.sha256))
        if record is None:
            record = self._record(self._contents.get(_content(proposal_to_record(proposal))))
        if record is None:
            return None
        return json_line(record | {"proposal": proposal_to_record(proposal), "duplicates": []})

    def forget(self) -> None:
        """Let go of the records of documents named so far."""
        self._named.clear()

    def _index(self, path: Path) -> None:
        start = 0
        with path.open("rb") as stream:
            for line in stream:
                proposal = json.loads(line)["proposal"]
                place = _Line(start, len(line), _digest(line))
                start += len(line)
                if proposal["status"] != Status.FAILED:
                    self._contents.setdefault(_content(proposal), place)
                if _is_whole(proposal):
                    self._documents[proposal["source"]["file"], proposal["source"]["sha256"]] = place

    def _record(self, line: _Line | None) -> Record | None:
        if line is None or self._path is None:
            return None
        try:
            with self._path.open("rb") as stream:
                stream.seek(line.start)
                content = stream.read(line.size)
        except OSError:
            return None
        record: Record | None = json.loads(content) if _digest(content) == line.digest else None
        return record


def _why_not(written: Mapping[str, Any], manifest: Manifest, output: Path) -> str:
    """Return why an output cannot be built on, empty where it can."""
    now = manifest.to_record()
    changed = sorted(key for key in {*now, *written} - _FREE if now.get(key) != written.get(key))
    if changed:
        return f"another {', '.join(changed)}"
    if manifest.settings.top:
        return "it holds the best matches only"
    if written["output"]["sha256"] != FileNote.of(output).sha256:
        return "it was changed after it was written"
    return ""


def _is_whole(proposal: Mapping[str, Any]) -> bool:
    """Say whether a document was read in full, with nothing that other files of the run had a part in."""
    codes = {problem["code"] for problem in proposal["problems"]}
    return bool(proposal["source"].get("sha256")) and proposal["status"] == Status.OK and not codes & _OF_THE_RUN


def _content(proposal: Mapping[str, Any]) -> bytes:
    """Return the hash of what a proposal holds, wherever it stood."""
    kept = {key: value for key, value in proposal.items() if key not in _PLACE}
    kept["sha256"] = proposal["source"].get("sha256", "")
    return _digest(json.dumps(kept, sort_keys=True).encode())


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()
