import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import SettingsError
from matcher.settings import Settings


def test_settings_round_trip_through_toml(tmp_path: Path) -> None:
    settings = Settings(language="en", top=7, aligned_below=0.2, cache_dir="bộ nhớ đệm")
    (tmp_path / "s.toml").write_text(settings.to_toml(), encoding="utf-8")
    assert Settings.load(tmp_path / "s.toml", environment={}) == settings


def test_later_sources_win(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text('language = "en"\ntop = 3\nexplained = 2\n', encoding="utf-8")
    settings = Settings.load(tmp_path / "s.toml", environment={"MATCHER_TOP": "4"}, explained=9, model=None)
    assert (settings.language, settings.top, settings.explained, settings.model) == ("en", 4, 9, Settings().model)


def test_a_misspelt_key_is_refused_and_the_right_one_named(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text("explaned = 2\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"s\.toml: unknown setting 'explaned'.*explained"):
        Settings.load(tmp_path / "s.toml", environment={})
    with pytest.raises(SettingsError, match="languge"):
        Settings.load(environment={"MATCHER_LANGUGE": "vi"})


@pytest.mark.parametrize(
    "changes",
    [{"top": -1}, {"language": "fr"}, {"aligned_below": 0.9, "outside_above": 0.1}, {"top": "3"}, {"explained": True},
     {"duplicate_low": 1.5}, {"max_rows": 0}],
)  # fmt: skip
def test_values_out_of_range_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(SettingsError):
        Settings(**changes)  # type: ignore[arg-type]


def test_broken_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such settings file"):
        Settings.load(tmp_path / "none.toml", environment={})
    (tmp_path / "broken.toml").write_text("top = = 3", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"broken\.toml.*TOML"):
        Settings.load(tmp_path / "broken.toml", environment={})
    with pytest.raises(SettingsError, match="MATCHER_TOP"):
        Settings.load(environment={"MATCHER_TOP": "many"})


@given(st.floats(0, 1), st.floats(0, 1), st.integers(0, 500))
def test_any_valid_settings_survive_toml(a: float, b: float, top: int) -> None:
    import tomllib

    settings = Settings(aligned_below=min(a, b), outside_above=max(a, b), top=top)
    assert Settings(**tomllib.loads(settings.to_toml())) == settings


def test_every_setting_is_described() -> None:
    documented = Settings.__doc__ or ""
    for each in dataclasses.fields(Settings):
        assert each.name in documented
