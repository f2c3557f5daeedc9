"""`matcher check`: a proposer's self-check of one draft."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from matcher.errors import InputError, MatcherError
from matcher.records import Status
from matcher.reporting.check import check_outputs, show_check, write_check
from matcher.selfcheck import Checker
from matcher.settings import Settings

SOME_FAILED = 1
_STDIN = Path("-")
_POLL_S = 0.3


def check_command(
    draft: Path,
    json_file: Path | None,
    outputs: Sequence[Path],
    registers: Sequence[Path],
    settings: Settings,
    *,
    contact: bool,
    watch: bool = False,
) -> int:
    """Check a draft and show the result; return 0, or 1 where it was read only in part.

    With `watch` it is checked again whenever the file is saved, until the user interrupts.
    """
    check_outputs(outputs, json_file, [draft, *registers])
    if watch and draft == _STDIN:
        raise InputError("không theo dõi được", file="-", cure="Chỉ ra tên tệp của bản thảo để dùng --watch.")
    given = _given(draft, settings)
    # Threads that wait for each other sleep: where others use the machine too, spinning takes most of the time.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    checker = Checker(settings, registers=registers, evidence=json_file is not None)
    code = _show(checker, given, outputs, json_file, contact=contact)
    while watch:
        _wait_for_save(draft)
        click.clear()
        try:
            code = _show(checker, draft, outputs, json_file, contact=contact)
        except MatcherError as err:  # half saved, or locked by the word processor: the next save may mend it
            click.echo(str(err), err=True)
    return code


def _show(
    checker: Checker, draft: Path | bytes, outputs: Sequence[Path], json_file: Path | None, *, contact: bool
) -> int:
    check = checker.check(draft, contact=contact)
    write_check(check, outputs, json_file)
    show_check(check, Console())
    return 0 if check.assessment.proposal.status is Status.OK else SOME_FAILED


def _wait_for_save(draft: Path) -> None:
    """Return when a file has been saved: changed, and then left alone for a moment."""
    click.echo(f"Đang theo dõi {draft.name}: lưu tệp để kiểm tra lại, Ctrl+C để dừng.", err=True)
    before = last = _state(draft)
    while True:
        time.sleep(_POLL_S)
        now = _state(draft)
        if now == last and now != before and now is not None:
            return
        last = now


def _state(draft: Path) -> tuple[int, int] | None:
    try:
        found = draft.stat()
    except OSError:  # word processors take a file away for a moment when they save
        return None
    return found.st_mtime_ns, found.st_size


def _given(draft: Path, settings: Settings) -> Path | bytes:
    """Return the draft's path, or what stands on standard input."""
    if draft != _STDIN:
        return draft
    limit = settings.max_file_mb * 1_000_000
    data = sys.stdin.buffer.read(limit + 1)
    if not data.strip():
        raise InputError("không có chữ nào", file="-", cure="Dán nội dung phiếu vào, hoặc chỉ ra tên tệp.")
    if len(data) > limit:
        raise InputError("dài quá giới hạn", file="-", cure=f"Gửi tối đa {settings.max_file_mb} MB.")
    return data
