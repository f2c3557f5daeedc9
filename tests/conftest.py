"""What all tests share: golden files, one cache with the expanded models, one matcher with the real announcement."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from matcher.matching import Matcher
from matcher.settings import Settings

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-golden", action="store_true", help="write the golden files anew instead of comparing; read the diff"
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--rewrite-golden") and os.environ.get("CI"):
        raise pytest.UsageError("--rewrite-golden is not for CI: golden files are read by eye before they are kept")


#: What a test with a marker needs, where it is looked for, and the packages that bring it (system-packages.txt).
PROGRAMS = {
    "office": (("soffice", "libreoffice"), "LibreOffice (libreoffice-writer-nogui)"),
    "ocr": (("tesseract",), "Tesseract (tesseract-ocr, tesseract-ocr-vie)"),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a program that is not here; in CI, where it must be here, such a test fails instead."""
    if os.environ.get("CI"):
        return
    for marker, (names, shown) in PROGRAMS.items():
        if any(shutil.which(name) for name in names):
            continue
        for item in items:
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=f"{shown} is not installed"))


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


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A cache of its own: the real bundled models are expanded there once for all tests."""
    return Settings(cache_dir=str(tmp_path_factory.mktemp("cache")))


@pytest.fixture(scope="session")
def matcher(settings: Settings) -> Matcher:
    return Matcher.from_announcement("lang-son-2025", settings)
