"""A database of its own for every test, and a way to write tables."""

from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.register import RegisterDatabase


@pytest.fixture
def database(tmp_path: Path) -> RegisterDatabase:
    return RegisterDatabase(tmp_path / "dữ liệu" / "registers.sqlite3")


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    def write(text: str, name: str = "danh-muc.csv") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write
