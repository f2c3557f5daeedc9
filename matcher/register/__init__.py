"""The register of past tasks (danh mục nhiệm vụ đã/đang thực hiện): imported once, searched by every round after."""

from __future__ import annotations

from matcher.register.database import ALL, RegisterDatabase
from matcher.register.finding import SearchedRegister, find_registers
from matcher.register.importing import add_proposals, import_file
from matcher.register.summary import ImportNote, ImportReport, RegisterSummary, Years
from matcher.register.task import PastTask
from matcher.register.vectors import lasting_encoder

__all__ = [
    "ALL",
    "ImportNote",
    "ImportReport",
    "PastTask",
    "RegisterDatabase",
    "RegisterSummary",
    "SearchedRegister",
    "Years",
    "add_proposals",
    "find_registers",
    "import_file",
    "lasting_encoder",
]
