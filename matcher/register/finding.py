"""What `--register` names: a table, an imported register, or all of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from matcher.errors import InputError
from matcher.proposal import read_register
from matcher.records import Proposal, Register
from matcher.register.database import ALL, RegisterDatabase
from matcher.settings import Settings


@dataclass(frozen=True, slots=True)
class SearchedRegister:
    """A register that proposals are compared with.

    `file` is the table it was read from, None where it came out of the database.
    """

    register: Register
    file: Path | None = None

    @property
    def name(self) -> str:
        """The table's file name, or the register's name."""
        return self.file.name if self.file else self.register.name

    def content(self) -> tuple[int, str]:
        """Return the size of all that is compared, in bytes, and its SHA-256; equal for equal tasks."""
        digest = hashlib.sha256()
        size = 0
        for task in self.register.tasks:
            line = json.dumps([task.id, dict(task.sections)], ensure_ascii=False, sort_keys=True) + "\n"
            encoded = line.encode("utf-8", "surrogatepass")
            digest.update(encoded)
            size += len(encoded)
        return size, digest.hexdigest()


def find_registers(
    names: Sequence[Path | str], settings: Settings, *, database: RegisterDatabase | None = None
) -> tuple[SearchedRegister, ...]:
    """Return the registers that names or files stand for, each once, ids of tasks distinct over all.

    Parameters
    ----------
    names : sequence of Path or str
        A file, the name of an imported register, or "all". Where a file and a register have the same name, the file
        is meant.
    settings : Settings
        Names the database, and the limits on input.
    database : RegisterDatabase, optional
        Instead of the settings'.

    Raises
    ------
    InputError
        For a name that is neither a file nor a register, and for a table that cannot be read.
    """
    database = database or RegisterDatabase.of(settings)
    found: dict[str, SearchedRegister] = {}
    for name in names:
        for each in _find(name, settings, database):
            key = f"tệp {each.file.resolve()}" if each.file else f"danh mục {each.register.name}"
            found.setdefault(key, each)
    return _distinct(list(found.values()))


def _find(name: Path | str, settings: Settings, database: RegisterDatabase) -> Iterator[SearchedRegister]:
    path = Path(name)
    if path.is_file():
        yield SearchedRegister(read_register(path, settings=settings), path)
    elif str(name).casefold() == ALL:
        registers = database.registers()
        if not registers:
            raise InputError("chưa nhập danh mục nào", cure="Nhập bằng: matcher register import TỆP --name TÊN.")
        for each in registers:
            yield SearchedRegister(database.load(each.name))
    elif path.suffix and not database.has(str(name)):
        yield SearchedRegister(read_register(path, settings=settings), path)  # says what is wrong with the path
    else:
        yield SearchedRegister(database.load(str(name)))


def _distinct(registers: Sequence[SearchedRegister]) -> tuple[SearchedRegister, ...]:
    """Give a task whose id an earlier register has the name of its own register too."""
    taken: set[str] = set()
    kept: list[SearchedRegister] = []
    for each in registers:
        tasks: list[Proposal] = []
        for task in each.register.tasks:
            tasks.append(task if task.id not in taken else replace(task, id=f"{task.id}@{each.name}"))
            taken.add(tasks[-1].id)
        kept.append(replace(each, register=replace(each.register, tasks=tuple(tasks))))
    return tuple(kept)
