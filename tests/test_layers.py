"""Imports flow one way, and importing the package costs nothing."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "matcher"

#: The flow of DESIGN, from what everything may use to what nothing may use.
LAYERS = (
    "records", "errors", "settings", "text", "reading", "announcement", "proposal", "checking", "segmenting", "encoding",
    "ranking", "flagging", "register", "matching", "reporting", "running", "selfcheck", "trends", "evaluation", "training", "cli", "web",
)  # fmt: skip
#: `records` and `errors` are leaves; both may be used by all.
LEAVES = {"records", "errors"}


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "matcher" else [f"matcher.{alias.name}" for alias in node.names]
            found.update(names)
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
    return {name.split(".")[1] for name in found if name.startswith("matcher.")}


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py" or path.parent != PACKAGE)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_flow_one_way(path: Path) -> None:
    mine = part_of(path)
    assert mine in LAYERS, f"{mine} has no place in the flow: add it to LAYERS and to the README"
    for other in imports_of(path) - {"__version__"}:
        assert other in LEAVES or LAYERS.index(other) <= LAYERS.index(mine), (
            f"{mine} imports {other}, which comes later"
        )


@pytest.mark.parametrize("module", ["matcher", "matcher.cli", "matcher.settings", "matcher.records", "matcher.text"])
def test_importing_is_light(module: str) -> None:
    heavy = ("torch", "transformers", "pandas", "sklearn", "underthesea", "sentence_transformers", "docx", "openpyxl")
    code = f"import sys, {module}; print([m for m in {heavy!r} if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_importing_everything_loads_no_model_library() -> None:
    names = [".".join(("matcher", *path.relative_to(PACKAGE).with_suffix("").parts)) for path in MODULES]
    code = "import sys, importlib\n"
    code += f"for name in {[n.removesuffix('.__init__') for n in names]!r}: importlib.import_module(name)\n"
    code += "print([m for m in ('torch', 'transformers', 'sentence_transformers', 'underthesea', 'pandas') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
