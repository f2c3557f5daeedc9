"""Which year a saved run is of: what its proposals, its announcement and its files say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from matcher.errors import InputError
from matcher.records import Announcement
from matcher.trends.manifests import RunManifest

#: Share of a run's proposals that must name one year for it to count more than the announcement's date.
_NEARLY_ALL = 0.9
_YEAR = re.compile(r"(?<!\d)(?:19[5-9]\d|20\d\d)(?!\d)")


def year_of_run(
    path: Path, stated: Mapping[int, int], size: int, announcement: Announcement | None, manifest: RunManifest | None
) -> tuple[int, str]:
    """Return the year of a round and, in Vietnamese, what it was taken from.

    Nearly all proposals naming one year come first, since one announcement may have been used for several rounds; then
    the announcement's deadline and date, the year that most proposals name, and the one year in the names that the
    manifest has of announcement and files.

    Parameters
    ----------
    path : Path
        The run's output.
    stated : mapping of int to int
        How many proposals name each year.
    size : int
        Number of proposals.
    announcement, manifest
        As far as they were found.

    Raises
    ------
    InputError
        Where nothing tells.

    Examples
    --------
    >>> year_of_run(Path("a.jsonl"), {2023: 30, 2021: 1}, 32, None, None)
    (2023, 'cột năm của các đề xuất')
    """
    common, count = max(stated.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    if count and count >= _NEARLY_ALL * size:
        return common, "cột năm của các đề xuất"
    if announcement is not None and announcement.deadline is not None:
        return announcement.deadline.year, f"hạn nộp của thông báo «{announcement.name}»"
    if announcement is not None and announcement.date is not None:
        return announcement.date.year, f"ngày của thông báo «{announcement.name}»"
    if 2 * count > size:
        return common, "cột năm của đa số đề xuất"
    named = _named_years(manifest)
    if len(named) == 1:
        return min(named), "tên tệp trong tệp kê khai"
    raise InputError(
        "không rõ các đề xuất thuộc năm nào",
        file=path,
        cure=f"Nêu năm trước tên tệp: NĂM={path.name}, ví dụ 2024={path.name}.",
    )


def _named_years(manifest: RunManifest | None) -> set[int]:
    if manifest is None:
        return set()
    names = (manifest.announcement, *(name for name, _ in manifest.inputs))
    return {int(year) for name in names for year in _YEAR.findall(name)}
