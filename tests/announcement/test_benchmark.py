"""The synthetic announcements of the benchmark, each against the orientations that its author listed."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

import pytest

from matcher.announcement import read_announcement
from matcher.records import Announcement
from matcher.settings import resource_dir

FOLDERS = sorted(path.parent for path in (resource_dir("corpus") / "benchmark").glob("*/announcement.txt"))
#: How the clause on proposals outside the orientations opens and closes.
EXCEPTIONS = {
    "bien-gioi-nui-2024": ("Lưu ý: Ngoài các định hướng nêu trên", "tại mục 2 của Phiếu."),
    "bo-dan-toc-xa-hoi-2023": ("Lưu ý: Đề xuất ngoài các nội dung nêu trên", "văn bản của đơn vị đề nghị."),
    "bo-nganh-2024": ("Đề xuất không thuộc các nội dung tại Mục B", "cơ quan quản lý chuyên ngành."),
    "dai-hoc-2025": ("Lưu ý: Đề tài ngoài các hướng nêu trên", "của địa phương hoặc doanh nghiệp."),
    "dong-bac-2026": ("Lưu ý: Ngoài các định hướng nêu trên", "văn bản của sở chủ quản."),
    "dong-bang-2023": ("Các đề xuất ngoài định hướng", "hoặc cơ quan chủ quản."),
    "dong-nam-2026": ("Lưu ý: Ngoài các định hướng của bảy chương trình", "Chủ tịch UBND tỉnh chấp thuận."),
    "duyen-hai-2022": ("Lưu ý: Đề xuất ngoài các định hướng trên", "của thủ trưởng sở, ngành liên quan."),
    "hai-dao-2024": ("Ghi chú: Ngoài các định hướng nêu trên", "của sở, ngành liên quan."),
    "mien-nui-2023": ("Lưu ý: Đề xuất nằm ngoài các định hướng trên", "đồng ý của cơ quan chủ quản."),
    "tay-nam-bo-2025": ("Lưu ý: Tổ chức, cá nhân được đề xuất nhiệm vụ ngoài", "của sở quản lý chuyên ngành."),
    "tay-nguyen-2022": ("Ghi chú: Đề xuất ngoài các định hướng trên", "cơ quan quản lý ngành."),
    "thanh-pho-cong-nghiep-2025": ("Lưu ý: Đề xuất không thuộc các định hướng trên", "thành phố đồng ý."),
    "thanh-pho-lon-2024": ("Ghi chú: Nhiệm vụ ngoài các định hướng nói trên", "Ủy ban nhân dân thành phố."),
    "trung-bo-2025": ("Lưu ý: Đề xuất nằm ngoài các định hướng trên", "văn bản của sở quản lý ngành."),
    "trung-du-2024": ("Lưu ý: Ngoài các định hướng trên", "có ý kiến của cơ quan quản lý ngành."),
    "trung-uong-2026": ("Ghi chú: Đề xuất không thuộc các nội dung ưu tiên trên", "ký văn bản đề nghị."),
    "ven-bien-2025": ("Ghi chú: Tổ chức, cá nhân có thể đề xuất nội dung không thuộc", "phải nêu rõ lý do."),
}
each_folder = pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])


@lru_cache
def announcement_in(folder: Path) -> Announcement:
    return read_announcement(folder / "announcement.txt")


def words(text: str) -> str:
    """The text without the marks of sub-bullets and with plain spacing."""
    return " ".join(re.sub(r"(?:^|(?<=\s))[-–+•*](?=\s)", " ", text).split())


def test_every_announcement_is_listed() -> None:
    assert [folder.name for folder in FOLDERS] == sorted(EXCEPTIONS)


@each_folder
def test_orientations_as_listed(folder: Path) -> None:
    listed = json.loads((folder / "orientations.json").read_text(encoding="utf-8"))
    assert {each.id: words(each.text) for each in announcement_in(folder).orientations} == {
        each["id"]: words(each["text"]) for each in listed
    }
    assert {each.id: each.field for each in announcement_in(folder).orientations} == {
        each["id"]: each["field"] for each in listed
    }


@each_folder
def test_orientations_are_one_line_without_list_marks(folder: Path) -> None:
    for orientation in announcement_in(folder).orientations:
        assert "\n" not in orientation.text
        assert not re.search(r"(?:^|[:;.] )[-–+•*] ", orientation.text)


@each_folder
def test_exception(folder: Path) -> None:
    opens, closes = EXCEPTIONS[folder.name]
    exception = announcement_in(folder).exception
    assert exception.startswith(opens)
    assert exception.endswith(closes)
    last = announcement_in(folder).orientations[-1]
    assert "cấp bách" not in last.source.of(announcement_in(folder).text)


@each_folder
def test_nothing_in_them_is_misspelt(folder: Path) -> None:
    found = [each.message for each in announcement_in(folder).integrity if each.code == "misspelling_suspected"]
    assert found == []
