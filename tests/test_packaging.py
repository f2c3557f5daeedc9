"""What an office installs: a wheel with the announcement, the tables of Vietnamese and the models in it."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_an_installed_wheel_carries_its_data(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(tmp_path), str(ROOT)],
        check=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    templates = tmp_path / "site" / "matcher" / "trends" / "report" / "templates"
    assert sorted(path.name for path in templates.iterdir()) == ["trends.css", "trends.html.j2", "trends.js"]
    code = (
        "import sys; sys.path[:] = [p for p in sys.path if p != sys.argv[2]]; sys.path.insert(0, sys.argv[1])\n"
        "import matcher; assert matcher.__file__.startswith(sys.argv[1]), matcher.__file__\n"
        "from matcher.cli import main; main(['match', sys.argv[3], '--output', sys.argv[4]])"
    )
    table = tmp_path / "t.csv"
    table.write_text("title\nTrồng và chế biến mắc ca theo chuỗi giá trị\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "site"), str(ROOT), str(table), str(tmp_path / "o.jsonl")],
        capture_output=True, text=True, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert '"5.3"' in (tmp_path / "o.jsonl").read_text(encoding="utf-8")


def test_every_command_is_in_the_readme() -> None:
    from matcher.cli.commands import cli

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in cli.commands:
        assert f"matcher {name}" in readme, f"README does not mention `matcher {name}`"


def test_the_readme_names_only_targets_that_exist() -> None:
    import re

    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in set(re.findall(r"(?:^|`)make ([a-z-]+)", readme, flags=re.M)):
        assert f"\n{target}:" in makefile, target
