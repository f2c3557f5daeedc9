"""Writing the self-check: pages by the suffix of the file's name, and the record for programs."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

from matcher.errors import OutputError
from matcher.reporting.atomic import probe, replacing
from matcher.reporting.check.page import write_check_html
from matcher.reporting.check.record import SelfCheck
from matcher.reporting.check.view import CheckView, check_view
from matcher.reporting.check.word_file import write_check_docx
from matcher.reporting.contract import assessment_to_record

_WRITERS: Mapping[str, Callable[[SelfCheck, BinaryIO], None]] = MappingProxyType(
    {".docx": write_check_docx, ".html": write_check_html}
)
#: The kinds of file that a page of the check is written as.
CHECK_SUFFIXES = tuple(_WRITERS)


def check_outputs(outputs: Sequence[Path], json_file: Path | None, taken: Iterable[Path] = ()) -> None:
    """Check, before any work, that everything can be written; leaves no trace.

    Raises
    ------
    OutputError
        For another suffix than those of `CHECK_SUFFIXES`, a name that is `taken` or given twice, or a place that
        cannot be written.
    """
    seen = {_key(each) for each in taken}
    for output in (*outputs, *([json_file] if json_file else [])):
        if output is not json_file and output.suffix.lower() not in _WRITERS:
            raise OutputError(
                f"a check cannot be written as {output.suffix or 'a file without suffix'}",
                file=output,
                cure=f"Give a name that ends in one of {', '.join(CHECK_SUFFIXES)}; --json writes the record.",
            )
        if _key(output) in seen:
            raise OutputError("is an input or output already", file=output, cure="Choose another name.")
        seen.add(_key(output))
        probe(output)


def write_check(check: SelfCheck, outputs: Sequence[Path], json_file: Path | None = None) -> None:
    """Write the pages and the record, each whole or not at all.

    Raises
    ------
    OutputError
        Where writing fails.
    """
    for output in outputs:
        with replacing(output) as stream:
            _WRITERS[output.suffix.lower()](check, stream)
    if json_file is not None:
        with replacing(json_file) as stream:
            stream.write(json.dumps(check_record(check), ensure_ascii=False, indent=1).encode("utf-8") + b"\n")


def check_record(check: SelfCheck) -> dict[str, Any]:
    """Return the record of `match` for the draft, with what the page says in words under `check`."""
    view = check_view(check)
    record = assessment_to_record(check.assessment)
    for pair in record["duplicates"]:
        task = check.tasks.get(pair["with"])
        pair["title"] = task.title if task else ""
    record["check"] = {
        "outcome": view.outcome,
        "verdict": view.verdict,
        "announcement": check.announcement.name,
        "orientations": [
            {"orientation": each.id, "words": each.heading, "text": each.text, "plan": each.plan}
            for each in view.orientations
        ],
        "registers": [{"name": each.name, "tasks": each.tasks, "lost": each.lost} for each in check.registers],
        "advice": _advice(view),
        "read": dict(view.facts),
        **({"contact": list(view.contact)} if check.contact else {}),
    }
    return record


def _advice(view: CheckView) -> list[str]:
    """Return what to do, the gravest first."""
    mending = [fault.cure or fault.message for fault in view.faults if fault.severity != "info"]
    return [*mending, *dict.fromkeys(task.advice for task in view.near)]


def _key(path: Path) -> str:
    return os.path.normcase(path.absolute())
