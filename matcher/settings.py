"""Settings ⇄ TOML ⇄ environment, and where the program's own files lie.

Order, later wins: defaults, a TOML file, environment variables `MATCHER_<KEY>`, arguments of the command line.
An unknown key is an error that names the nearest known one.
"""

from __future__ import annotations

import dataclasses
import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_type_hints

from matcher.errors import SettingsError

#: Prefix of the environment variables that carry settings.
ENVIRONMENT_PREFIX = "MATCHER_"
#: The model under the adapters: the form of a text is judged by its vectors, which no training has moved.
BASE_MODEL = "e5-small-vi"
#: The adapter by which duplicates are compared.
PAIR_MODEL = "same-work-vi"


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a run, checked on creation and saved with it.

    Attributes
    ----------
    announcement : str
        A built-in name (`matcher announcement --list`) or a file.
    model : str
        A folder of `models/`, a folder of yours, or the name of a sentence-transformers model.
    language : str
        Of what is shown to people: "vi" or "en".
    top : int
        Orientations kept for each proposal; 0 keeps all.
    explained : int
        Best orientations for which evidence and uncovered aspects are worked out.
    aligned_below, outside_above : float
        A proposal is `aligned` while its outside probability is below the first, `outside` above the second,
        `uncertain` between. 0 takes what the model's calibration chose by risk control.
    duplicate_low, duplicate_high : float
        Pairs above the first are listed; pairs above the second count as duplicates.
    cache_dir : str
        Where expanded models and vectors are kept; empty means the user's cache directory.
    register_db : str
        The database of past tasks; empty means `registers.sqlite3` in the user's data directory.
    reading_cache_days : int
        How long documents that were slow to read (scans, files that LibreOffice converts) are kept in the cache
        after their last use, readable by their owner alone; 0 keeps none.
    max_file_mb, max_cell_chars, max_rows : int
        Limits on input: megabytes of a file, characters of a table's cell, rows of a table.
    """

    announcement: str = "lang-son-2025"
    model: str = "orientation-vi"
    language: str = "vi"
    top: int = 0
    explained: int = 5
    aligned_below: float = 0.0
    outside_above: float = 0.0
    duplicate_low: float = 0.35
    duplicate_high: float = 0.50
    cache_dir: str = ""
    register_db: str = ""
    reading_cache_days: int = 30
    max_file_mb: int = 200
    max_cell_chars: int = 2_000_000
    max_rows: int = 500_000

    def __post_init__(self) -> None:
        self._check_types()
        self._check_ranges()

    def _check_types(self) -> None:
        for key, kind in get_type_hints(type(self)).items():
            value = getattr(self, key)
            if kind is float and isinstance(value, int) and not isinstance(value, bool):
                object.__setattr__(self, key, float(value))
            elif not isinstance(value, kind) or isinstance(value, bool):
                raise SettingsError(
                    f"setting {key} is {value!r}, a {type(value).__name__}", cure=f"Give a {kind.__name__}."
                )

    def _check_ranges(self) -> None:
        if self.language not in ("vi", "en"):
            raise SettingsError(f"setting language is {self.language!r}", cure='Give "vi" or "en".')
        for key in ("aligned_below", "outside_above", "duplicate_low", "duplicate_high"):
            if not 0 <= getattr(self, key) <= 1:
                raise SettingsError(f"setting {key} is {getattr(self, key)}", cure="Give a number from 0 to 1.")
        for low, high in (("aligned_below", "outside_above"), ("duplicate_low", "duplicate_high")):
            if getattr(self, low) > getattr(self, high) > 0:
                raise SettingsError(
                    f"setting {low} ({getattr(self, low)}) is above {high} ({getattr(self, high)})",
                    cure=f"Lower {low} or raise {high}.",
                )
        leasts = {
            "top": 0,
            "explained": 0,
            "reading_cache_days": 0,
            "max_file_mb": 1,
            "max_cell_chars": 1,
            "max_rows": 1,
        }
        for key, least in leasts.items():
            if getattr(self, key) < least:
                raise SettingsError(f"setting {key} is {getattr(self, key)}", cure=f"Give {least} or more.")

    @classmethod
    def load(cls, file: Path | None = None, environment: Mapping[str, str] | None = None, **given: Any) -> Settings:  # noqa: ANN401
        """Read settings from a TOML file and the environment; `given` wins where it is not None.

        Raises
        ------
        SettingsError
            For an unreadable file, an unknown key, or a value of the wrong type or range.
        """
        values: dict[str, Any] = {}
        if file is not None:
            values |= _checked(_read_toml(file), file)
        values |= _from_environment(os.environ if environment is None else environment)
        values |= _checked({key: value for key, value in given.items() if value is not None}, None)
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """Return the settings as plain values, in the order of their definition."""
        return dataclasses.asdict(self)

    def to_toml(self) -> str:
        """Return the settings as TOML; `load` reads it back to an equal object."""
        import tomli_w

        return tomli_w.dumps(self.to_dict())

    def replace(self, **changes: Any) -> Settings:  # noqa: ANN401
        """Return settings with some values changed and everything checked again."""
        return dataclasses.replace(self, **_checked(changes, None))

    @property
    def cache_path(self) -> Path:
        """The cache directory; not created here."""
        if self.cache_dir:
            return Path(self.cache_dir)
        import platformdirs

        return Path(platformdirs.user_cache_dir("orientation-matcher", appauthor=False))

    @property
    def register_path(self) -> Path:
        """The database of past tasks; not created here."""
        if self.register_db:
            return Path(self.register_db)
        import platformdirs

        return Path(platformdirs.user_data_dir("orientation-matcher", appauthor=False)) / "registers.sqlite3"


def resource_dir(name: str) -> Path:
    """Return the folder `corpus` or `models`: beside the package in the repository, inside it in a wheel."""
    package = Path(__file__).resolve().parent
    inside = package / "_data" / name
    return inside if inside.is_dir() else package.parent / name


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as err:
        raise SettingsError("no such settings file", file=file, cure="Check the path.") from err
    except (OSError, UnicodeDecodeError) as err:
        raise SettingsError(f"cannot be read: {err}", file=file, cure="Save it as UTF-8 text.") from err
    except tomllib.TOMLDecodeError as err:
        raise SettingsError(f"is no valid TOML: {err}", file=file, cure="Mend the line named.") from err


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    hints = get_type_hints(Settings)
    values: dict[str, Any] = {}
    for variable, raw in environment.items():
        if not variable.startswith(ENVIRONMENT_PREFIX):
            continue
        key = variable.removeprefix(ENVIRONMENT_PREFIX).lower()
        _checked({key: raw}, None)
        try:
            values[key] = hints[key](raw)
        except ValueError as err:
            raise SettingsError(
                f"environment variable {variable} is {raw!r}", cure=f"Give a {hints[key].__name__}."
            ) from err
    return values


def _checked(values: Mapping[str, Any], file: Path | None) -> dict[str, Any]:
    known = [each.name for each in dataclasses.fields(Settings)]
    for key in values:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"Known settings: {', '.join(known)}."
            raise SettingsError(f"unknown setting {key!r}", file=file, cure=hint)
    return dict(values)
