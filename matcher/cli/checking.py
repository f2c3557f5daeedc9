"""`matcher check`: a proposer's self-check of one draft."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from matcher.errors import InputError
from matcher.records import Status
from matcher.reporting.check import check_outputs, show_check, write_check
from matcher.selfcheck import check_draft
from matcher.settings import Settings

SOME_FAILED = 1
_STDIN = Path("-")


def check_command(
    draft: Path,
    json_file: Path | None,
    outputs: Sequence[Path],
    registers: Sequence[Path],
    settings: Settings,
    *,
    contact: bool,
) -> int:
    """Check a draft and show the result; return 0, or 1 where it was read only in part."""
    check_outputs(outputs, json_file, [draft, *registers])
    evidence = json_file is not None
    check = check_draft(_given(draft, settings), settings, registers=registers, contact=contact, evidence=evidence)
    write_check(check, outputs, json_file)
    show_check(check, Console())
    return 0 if check.assessment.proposal.status is Status.OK else SOME_FAILED


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
