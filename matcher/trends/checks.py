"""Whether rounds compare, and what a reader must be told where they hardly do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from matcher.errors import InputError
from matcher.trends.manifests import RunManifest

if TYPE_CHECKING:
    from matcher.trends.rounds import Round

#: Below this a year's shares say next to nothing: the 95 % interval of 3 of 9 goes from 8 % to 70 %.
FEW = 10
#: Settings by which states are told apart: runs with different ones do not compare.
_STATES = ("aligned_below", "outside_above")
#: Settings by which duplicates are listed and counted: runs with different ones compare in all else.
_DUPLICATES = ("duplicate_low", "duplicate_high")


def check_rounds(rounds: Sequence[Round]) -> None:
    """Refuse rounds that do not compare.

    Raises
    ------
    InputError
        Where runs were made with different models or thresholds, where two runs are of the same files of proposals, or
        where runs of one year answered different announcements.
    """
    runs = [(each.year, manifest) for each in rounds for manifest in each.manifests]
    _same_model(runs)
    _same_thresholds(runs)
    _other_files(runs)
    for each in rounds:
        names = {manifest.announcement_hash: manifest.announcement for manifest in each.manifests}
        if len(names) > 1:
            raise InputError(
                f"các lượt chạy của năm {each.year} đối chiếu với thông báo khác nhau: {_list(names.values())}",
                cure="Chạy lại `matcher match` với cùng một thông báo, hoặc nêu đúng năm của từng tệp: NĂM=TỆP.",
            )


def notes_on(rounds: Sequence[Round]) -> tuple[str, ...]:
    """Return what makes the rounds less than whole, in Vietnamese: each round's own notes, then those on all of them.

    Few years, small years, missing years, years without assessed proposals, runs whose model is not known, and
    announcements that differ are among them.
    """
    own = [note for each in rounds for note in each.notes]
    return tuple(dict.fromkeys([*own, *_on_years(rounds), *_on_runs(rounds)]))


def _on_years(rounds: Sequence[Round]) -> Iterator[str]:
    years = [each.year for each in rounds]
    if len(years) == 1:
        yield f"Chỉ có một năm ({years[0]}): không nói được gì về xu hướng, mọi xu hướng đều để «chưa đủ căn cứ»."
    assessed = [each.year for each in rounds if each.is_assessed]
    missing = sorted(set(range(min(assessed, default=0), max(assessed, default=0))) - set(years))
    if missing:
        yield f"Thiếu năm {_list(missing)} giữa các năm được phân tích."
    joined: dict[tuple[str, ...], list[int]] = {}
    for each in rounds:
        if len(each.sources) > 1:
            joined.setdefault(each.sources, []).append(each.year)
        if each.is_assessed and each.size < FEW:
            yield f"Năm {each.year} chỉ có {each.size} đề xuất: tỷ lệ của năm này rất bất định."
    for sources, merged in joined.items():
        yield f"Năm {_list(merged)} gộp từ {len(sources)} tệp: {', '.join(sources)}."
    repeated = sum(each.repeated for each in rounds)
    if repeated:
        yield f"{repeated} nhiệm vụ của bảng trùng tên với đề xuất hoặc bảng khác cùng năm: chỉ tính một lần."
    titled = [each.year for each in rounds if not each.is_assessed]
    if titled:
        yield (
            f"Năm {_list(titled)} chỉ có bảng nhiệm vụ: dùng cho nộp lại, chủ đề và tổ chức, không dùng cho định hướng."
        )


def _on_runs(rounds: Sequence[Round]) -> Iterator[str]:
    runs = [manifest for each in rounds for manifest in each.manifests]
    names = {manifest.announcement_hash: manifest.announcement for manifest in runs}
    if len(names) > 1:
        yield (
            f"Các năm đối chiếu với {len(names)} thông báo khác nhau ({_list(names.values())}): "
            "định hướng được nối theo nội dung."
        )
    cut = {each.year for each in rounds for manifest in each.manifests if manifest.settings.get("top")}
    if cut:
        yield (
            f"Kết quả năm {_list(cut)} chỉ giữ những định hướng đầu (--top): các định hướng sau đó tính là không khớp."
        )
    differing = [key for key in _DUPLICATES if len({manifest.settings.get(key) for manifest in runs}) > 1]
    if differing:
        yield (
            f"Ngưỡng trùng lặp ({', '.join(differing)}) khác nhau giữa các lượt chạy: "
            "số cặp trùng không so được giữa các năm."
        )


def _same_model(runs: Sequence[tuple[int, RunManifest]]) -> None:
    models = {manifest.fingerprint: f"{manifest.model} [{manifest.fingerprint}] năm {year}" for year, manifest in runs}
    if len(models) > 1:
        raise InputError(
            f"các lượt chạy dùng mô hình khác nhau, xác suất không so được: {_list(models.values())}",
            cure="Chạy lại `matcher match` cho mọi năm bằng cùng một mô hình và phiên bản.",
        )


def _same_thresholds(runs: Sequence[tuple[int, RunManifest]]) -> None:
    for key in _STATES:
        values = {manifest.settings.get(key): f"{manifest.settings.get(key)} (năm {year})" for year, manifest in runs}
        if len(values) > 1:
            raise InputError(
                f"ngưỡng {key} khác nhau giữa các lượt chạy, trạng thái không so được: {_list(values.values())}",
                cure=f"Chạy lại `matcher match` với cùng một {key}.",
            )


def _other_files(runs: Sequence[tuple[int, RunManifest]]) -> None:
    """Refuse two runs of the same files of proposals: everything would count twice."""
    seen: dict[str, int] = {}
    for year, manifest in runs:
        for name, digest in manifest.inputs:
            if digest in seen:
                raise InputError(
                    f"hai lượt chạy (năm {seen[digest]} và {year}) cùng đọc tệp này, đề xuất sẽ bị tính hai lần",
                    file=name,
                    cure="Chỉ giữ một trong hai lượt chạy.",
                )
        seen |= {digest: year for _, digest in manifest.inputs}


def _list(values: Iterable[object]) -> str:
    return ", ".join(sorted(map(str, values)))
