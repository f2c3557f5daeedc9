"""A past task ⇄ its row in the database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from matcher.records import Source
from matcher.register.task import STORED, PastTask

#: The columns of a row, in order.
KEPT = (*STORED, "title_key", "variant", "digest", "source_file", "source_row")


@dataclass(frozen=True, slots=True)
class StoredTask:
    """A task as it stands in the database."""

    task: PastTask
    variant: str
    digest: str


def row_of(known: StoredTask) -> tuple[object, ...]:
    """Return a task as the values of its row."""
    task = known.task
    values = [getattr(task, name) for name in STORED[:-1]]
    extra = json.dumps(dict(task.extra), ensure_ascii=False)
    return (*values, extra, task.key, known.variant, known.digest, task.source.file, task.source.row)


def stored_task(row: Sequence[object]) -> StoredTask:
    """Return the task that a row holds."""
    values = dict(zip(KEPT, row, strict=True))
    extra = MappingProxyType(json.loads(str(values["extra"])))
    source = Source(str(values["source_file"]), values["source_row"])  # type: ignore[arg-type]
    plain = {name: values[name] for name in STORED if name != "extra"}
    task = PastTask(**plain, extra=extra, source=source)  # type: ignore[arg-type]
    return StoredTask(task, str(values["variant"]), str(values["digest"]))
