"""Every notebook runs from its first cell to its last, tells its story before each code cell, and shows something."""

from __future__ import annotations

import ast
import contextlib
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from matcher.settings import Settings

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.py"))
SHOWING = {"matplotlib", "pandas", "plotly"}
SHORTEST_STORY = 60


@dataclass(frozen=True)
class Cell:
    story: bool
    text: str
    line: int


def cells_of(path: Path) -> list[Cell]:
    """Take a percent script apart: `# %% [markdown]` starts a story, `# %%` code."""
    cells: list[tuple[str, int, list[str]]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line.startswith("# %%"):
            cells.append((line, number, []))
        elif cells:
            cells[-1][2].append(line)
    return [Cell("[markdown]" in head, "\n".join(lines).strip(), number) for head, number, lines in cells]


def run(path: Path, keep: Path | None = None) -> list[Any]:
    """Run the code cells in order, as Jupyter would; return what each of them shows."""
    shown: list[Any] = []
    names: dict[str, Any] = {"__name__": "__main__"}
    for cell in cells_of(path):
        if cell.story:
            continue
        tree = ast.parse("\n" * cell.line + cell.text, str(path))
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(tree, str(path), "exec"), names)
            value = eval(compile(ast.Expression(last.value), str(path), "eval"), names) if last else None
        shown += [part for part in (printed.getvalue().strip(), value, *_drawn(keep, path, cell)) if _says(part)]
    return shown


def _says(part: Any) -> bool:
    return part is not None and (len(part) > 0 if hasattr(part, "__len__") else True)


def _drawn(keep: Path | None, path: Path, cell: Cell) -> Iterator[str]:
    """Close the figures that a cell left open, which Jupyter shows."""
    if "matplotlib.pyplot" not in sys.modules:
        return
    import matplotlib.pyplot as plt

    for number in plt.get_fignums():
        figure = plt.figure(number)
        if keep is not None:
            figure.savefig(keep / f"{path.stem}-{cell.line}-{number}.png", dpi=90)
        figure.canvas.draw()
        yield f"figure {number}"
        plt.close(figure)


def test_there_are_seven() -> None:
    assert [path.name[:2] for path in NOTEBOOKS] == [f"0{n}" for n in range(1, 8)]
    assert not list(FOLDER.glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_tells_a_story(path: Path) -> None:
    """A title and an English summary first; a story before each code cell; nothing imported but what an analyst has."""
    cells = cells_of(path)
    assert cells[0].story
    assert re.match(r"# # \S", cells[0].text)
    assert "**In English.**" in cells[0].text
    for before, cell in pairwise(cells):
        if not cell.story:
            assert before.story, f"line {cell.line}: no story before this code"
            assert len(before.text) >= SHORTEST_STORY, f"line {before.line}: too short a story"
    for cell in cells:
        assert not cell.story or all(line.startswith("#") for line in cell.text.split("\n")), cell.line


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_imports_only_the_program(path: Path) -> None:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(str(node.module).split(".")[0])
    assert found - set(sys.stdlib_module_names) - SHOWING == {"matcher"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs_and_shows(path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    import matplotlib

    matplotlib.use("Agg")
    monkeypatch.setenv("MATCHER_CACHE_DIR", settings.cache_dir)
    shown = run(path)
    code = [cell for cell in cells_of(path) if not cell.story]
    assert len(shown) >= len(code) - 1, "more than the cell of imports shows nothing"
    assert any(hasattr(part, "to_frame") or hasattr(part, "style") for part in shown), "no table"
    assert any((isinstance(part, str) and part.startswith("figure ")) or "plotly" in type(part).__module__
               for part in shown), "no figure"  # fmt: skip
