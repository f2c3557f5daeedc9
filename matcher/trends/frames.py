"""Saved runs as tidy pandas tables, and those as Parquet; `matcher.trends.columns` says what the columns mean."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from matcher.errors import InputError, MissingDependencyError
from matcher.records import Announcement, Assessment
from matcher.reporting.atomic import replacing
from matcher.settings import Settings
from matcher.trends.announcements import Announcements
from matcher.trends.columns import COLUMNS
from matcher.trends.dating import year_of_run
from matcher.trends.manifests import RunManifest, read_manifest
from matcher.trends.places import home_of
from matcher.trends.rounds import Round
from matcher.trends.rows import ROWS, Context
from matcher.trends.runfile import RunFile

if TYPE_CHECKING:
    import pandas as pd

_EXTRA = "pip install 'orientation-matcher[parquet]'"


class Run:
    """A saved run whose tables are made when first asked for, and copied out, so that they are yours to change.

    Parameters
    ----------
    assessments : iterable of Assessment
        Read once for each table.
    context : Context
        Year, home province, threshold of duplicates and names of fields.

    Examples
    --------
    >>> Run.of([]).to_frame().dtypes["probability"]
    dtype('float64')
    """

    def __init__(self, assessments: Iterable[Assessment], context: Context) -> None:
        self._assessments = assessments
        self._context = context
        self._frames: dict[str, pd.DataFrame] = {}

    @classmethod
    def read(cls, path: Path | str, *, year: int | None = None, announcement: str = "") -> Run:
        """Open what `matcher match --output X.jsonl` wrote; its manifest is used where it stands beside it.

        Parameters
        ----------
        path : Path or str
            The run's output.
        year : int, optional
            Of the round; else what the run says, as `read_rounds` has it, if anything.
        announcement : str
            Name or file of the announcement, where it is neither built in nor beside the run.

        Raises
        ------
        ReadError
            If the file cannot be read, or holds no assessment. Damaged lines are left out.
        """
        run = RunFile(Path(path))
        outline = run.outline()
        manifest = read_manifest(run.path)
        sources = Announcements([announcement] if announcement else [])
        found = sources.of(manifest, run.path, outline.orientations)[0] if manifest else None
        found = found or next(iter(sources.given), None)
        if year is None:
            try:
                year, _ = year_of_run(run.path, outline.years, len(outline.titles), found, manifest)
            except InputError:
                year = None  # the column of years is then what each proposal says
        return cls(run, _context(year, found, manifest))

    @classmethod
    def of(cls, source: Round | Iterable[Assessment], *, announcement: Announcement | None = None) -> Run:
        """Make the tables of a round, or of assessments at hand."""
        if isinstance(source, Round):
            found = source.announcement or announcement
            return cls(source.assessments, _context(source.year, found, source.manifest))
        return cls(source, _context(None, announcement, None))

    @classmethod
    def from_parquet(cls, folder: Path | str) -> Run:
        """Open tables that `to_parquet` wrote.

        Raises
        ------
        MissingDependencyError
            Without pyarrow; the error names the extra.
        InputError
            If a table is missing, damaged, or without one of its columns.
        """
        _require_pyarrow()
        run = cls((), Context())
        run._frames = {name: _stored(Path(folder), name) for name in COLUMNS}
        return run

    def to_parquet(self, folder: Path | str) -> tuple[Path, ...]:
        """Write every table as `<table>.parquet` into a folder, which is made where it is not there; return the files.

        Raises
        ------
        MissingDependencyError
            Without pyarrow; the error names the extra.
        OutputError
            If the folder cannot be written.
        """
        _require_pyarrow()
        paths = tuple(Path(folder) / f"{name}.parquet" for name in COLUMNS)
        for name, path in zip(COLUMNS, paths, strict=True):
            with replacing(path) as stream:
                stream.write(self._frame(name).to_parquet(None, engine="pyarrow", index=False))
        return paths

    def to_frame(self) -> pd.DataFrame:
        """Return one row a proposal: `columns.PROPOSALS`."""
        return self._frame("proposals").copy()

    def matches(self) -> pd.DataFrame:
        """Return one row a proposal and orientation: `columns.MATCHES`."""
        return self._frame("matches").copy()

    def plans(self) -> pd.DataFrame:
        """Return one row a proposal and plan: `columns.PLANS`."""
        return self._frame("plans").copy()

    def duplicates(self) -> pd.DataFrame:
        """Return one row a pair: `columns.DUPLICATES`."""
        return self._frame("duplicates").copy()

    def problems(self) -> pd.DataFrame:
        """Return one row a problem of a form or a reading: `columns.PROBLEMS`."""
        return self._frame("problems").copy()

    def _frame(self, name: str) -> pd.DataFrame:
        if name not in self._frames:
            rows = [row for each in self._assessments for row in ROWS[name](each, self._context)]
            self._frames[name] = _typed(name, rows)
        return self._frames[name]


def _typed(name: str, rows: list[tuple[object, ...]]) -> pd.DataFrame:
    """Return a table of rows; its types do not depend on what is in them."""
    import pandas as pd

    values = list(zip(*rows, strict=True)) or [()] * len(COLUMNS[name])
    columns = zip(COLUMNS[name], values, strict=True)
    return pd.DataFrame({each.name: pd.Series(list(cells), dtype=each.dtype) for each, cells in columns})


def _stored(folder: Path, name: str) -> pd.DataFrame:
    import pandas as pd

    path = folder / f"{name}.parquet"
    cure = "Ghi lại các bảng bằng Run.to_parquet."
    try:
        frame = pd.read_parquet(path, engine="pyarrow")
        return frame[[each.name for each in COLUMNS[name]]].astype({each.name: each.dtype for each in COLUMNS[name]})
    except KeyError as err:
        raise InputError(f"bảng thiếu cột: {err}", file=path, cure=cure) from err
    except (OSError, ValueError, TypeError) as err:
        raise InputError(f"không đọc được bảng Parquet: {err}", file=path, cure=cure) from err


def _require_pyarrow() -> None:
    if importlib.util.find_spec("pyarrow") is None:
        raise MissingDependencyError("Parquet cần gói pyarrow, chưa được cài", cure=_EXTRA)


def _context(year: int | None, announcement: Announcement | None, manifest: RunManifest | None) -> Context:
    high = manifest.settings.get("duplicate_high") if manifest else None
    names: Mapping[int, str] = {each.id: each.name for each in announcement.fields} if announcement else {}
    return Context(
        year=year,
        home=home_of(announcement),
        duplicate_high=float(high) if isinstance(high, int | float) else Settings().duplicate_high,
        field_names=MappingProxyType(dict(names)),
    )
