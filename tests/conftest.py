"""What all tests share: the flag that rewrites golden files, and the check against them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-golden", action="store_true", help="write the golden files anew instead of comparing; read the diff"
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--rewrite-golden") and os.environ.get("CI"):
        raise pytest.UsageError("--rewrite-golden is not for CI: golden files are read by eye before they are kept")


@pytest.fixture
def check_golden(request: pytest.FixtureRequest) -> Callable[[str, Any], None]:
    """Compare a value with `tests/golden/<name>.json`, or write that file under --rewrite-golden."""

    def check(name: str, value: Any) -> None:
        path = GOLDEN / f"{name}.json"
        if request.config.getoption("--rewrite-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
            return
        assert path.is_file(), f"no golden file {path}: run pytest --rewrite-golden and read what it writes"
        assert value == json.loads(path.read_text(encoding="utf-8"))

    return check
