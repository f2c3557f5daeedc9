"""The real announcement, wrapped, paged and spelled otherwise: the structure read from it stays the same."""

from __future__ import annotations

import random
import re
import textwrap
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from matcher.announcement import announcement_to_record, read_announcement
from matcher.settings import resource_dir

TEXT = (resource_dir("corpus") / "lang-son-2025" / "announcement.txt").read_text(encoding="utf-8")
NOTE = re.compile(r"^ *\d{1,2} (?:Kế hoạch|Quyết định) số")
PAGE_END = re.compile(r"\n {20,}\n(?:\d{1,2} (?:Kế hoạch|Quyết định) số[^\n]*\n)+(?:\s*\d\s*\n\n)?")
BULLET = re.compile(r"(?m)^( ?)-(?=( ?)((?:\d{1,2} ?)?)([^\W\d_]))")
STARTS = re.compile(
    r"\s*(?:- ?[\dA-ZĐ]|\* Lưu|[IVX]+\. |\d{1,2}\. |(?:Thực hiện|Căn cứ) (?:Kế|Chương trình phát triển thanh|mục tiêu)|Sở Khoa học và Công nghệ tỉnh Lạng Sơn thông"
    r"|THÔNG BÁO|Định hướng đề xuất|UBND TỈNH|SỞ KHOA|Số:|Nơi nhận|- |GIÁM ĐỐC|Nguyễn|MẪU PHIẾU|\(Ban hành|\(Tổ chức|Lạng Sơn, ngày|TỔ CHỨC|\(Họ|Ghi chú"
    r"|Điện thoại|Các nhiệm vụ khoa học và công nghệ đề xuất)"
)


def record_of(text: str, folder: Path, encoding: str = "utf-8") -> dict[str, Any]:
    path = folder / "announcement.txt"
    path.write_bytes(text.encode(encoding))
    record = announcement_to_record(read_announcement(path))
    for orientation in record["orientations"]:
        del orientation["source"]
    return record


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return record_of(TEXT, tmp_path_factory.mktemp("original"))


def paragraphs() -> list[str]:
    """The announcement's paragraphs, each whole, without page numbers and notes."""
    joined: list[str] = []
    for line in PAGE_END.sub("\n", TEXT).split("\n"):
        if not line.strip():
            continue
        if joined and not STARTS.match(line):
            joined[-1] += "" if joined[-1].endswith("2021-") else " "
            joined[-1] += line.strip()
        else:
            joined.append(line.strip())
    return joined


def wrapped(width: int, blank: str = "\n") -> list[str]:
    return [
        line + blank
        for paragraph in paragraphs()
        for line in textwrap.wrap(paragraph, width, break_long_words=False, break_on_hyphens=False)
    ]


def notes_of() -> list[str]:
    return [line.strip() for line in TEXT.split("\n") if NOTE.match(line)]


def paged(lines: list[str], length: int, page_numbers: bool) -> str:
    """Break pages after `length` lines, each with its notes at the foot, as a PDF converter leaves them."""
    waiting, pages, page = notes_of(), [], []
    called = 0
    for place, line in enumerate(lines):
        page.append(line)
        mark = re.match(r"\s*- ?(\d{1,2}) ?[A-ZĐ]", line)
        called = int(mark[1]) if mark else called
        if len(page) >= length or place == len(lines) - 1:
            foot = [note for note in waiting if int(note.split()[0]) <= called]
            waiting = [note for note in waiting if note not in foot]
            page += [" " * 49 + "\n", *(note + "\n" for note in foot)] if foot else []
            page += [f"\n\n{len(pages) + 1}\n\n"] if page_numbers else []
            pages.append("".join(page))
            page = []
    return ("\f" if not page_numbers else "").join(pages)


@pytest.mark.parametrize("width", range(60, 121, 5))
def test_other_widths(width: int, original: dict[str, Any], tmp_path: Path) -> None:
    assert record_of(paged(wrapped(width), 44, page_numbers=False), tmp_path) == original


@pytest.mark.parametrize("length", [13, 21, 30, 38, 55])
@pytest.mark.parametrize("page_numbers", [False, True])
def test_other_page_breaks(length: int, page_numbers: bool, original: dict[str, Any], tmp_path: Path) -> None:
    assert record_of(paged(wrapped(78), length, page_numbers), tmp_path) == original


def test_notes_all_at_the_end(original: dict[str, Any], tmp_path: Path) -> None:
    lines = wrapped(90)
    end = next(place for place, line in enumerate(lines) if line.startswith("Nơi nhận"))
    notes = ["Ghi chú:\n", *(note.replace(" ", ". ", 1) + "\n" for note in notes_of())]
    assert record_of("".join([*lines[:end], *notes, *lines[end:]]), tmp_path) == original


def test_notes_after_everything_without_a_heading(original: dict[str, Any], tmp_path: Path) -> None:
    assert record_of("".join(wrapped(84)) + "\n" + "\n".join(notes_of()), tmp_path) == original


@pytest.mark.parametrize("seed", range(8))
def test_form_feeds_anywhere(seed: int, original: dict[str, Any], tmp_path: Path) -> None:
    chosen, lines = random.Random(seed), TEXT.split("\n")
    for place in chosen.sample(range(len(lines)), 6):
        lines[place] = "\f" + lines[place]
    assert record_of("\n".join(lines), tmp_path) == original


@pytest.mark.parametrize("width", [40, 52, 74, 108, 140])
def test_words_cut_at_hyphens(width: int, original: dict[str, Any], tmp_path: Path) -> None:
    lines = [line + "\n" for paragraph in paragraphs() for line in textwrap.wrap(paragraph, width)]
    assert record_of(paged(lines, 50, page_numbers=True), tmp_path) == original


def test_whole_paragraphs(original: dict[str, Any], tmp_path: Path) -> None:
    assert record_of(paged([each + "\n" for each in paragraphs()], 12, page_numbers=False), tmp_path) == original


def other_dashes(dash: str) -> Callable[[str], str]:
    """Change the bullets up to the form, not the hyphens that a line end left at the start of a line."""
    before, form = TEXT.split(" MẪU PHIẾU")

    def change(_: str) -> str:
        changed = BULLET.sub(lambda found: f"{found[1]}{dash if found[4].isupper() else '-'}", before)
        return f"{changed} MẪU PHIẾU{form}"

    return change


def with_tabs(text: str) -> str:
    text = re.sub(r"(?m)^(\s?)- ?(?=[\dA-ZĐ])", "\\1-\t", text)
    return re.sub(r"(?m)^( {4,})(?=\S)", "\t", text).replace("     ", "\t")


def with_more_blank_lines(text: str) -> str:
    chosen = random.Random(7)
    return "\n".join(line + "\n" * chosen.randint(0, 2) for line in text.split("\n"))


SPELLINGS: dict[str, Callable[[str], str]] = {
    "nfd": lambda text: unicodedata.normalize("NFD", text),
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "old mac": lambda text: text.replace("\n", "\r"),
    "byte order mark": lambda text: "\ufeff" + text,
    "en dash": other_dashes("–"),
    "em dash": other_dashes("—"),
    "bullet": other_dashes("•"),
    "minus": other_dashes("−"),
    "plus": other_dashes("+"),
    "extra blank lines": with_more_blank_lines,
    "no blank lines": lambda text: re.sub(r"\n\s*\n+", "\n", text),
    "form feeds": lambda text: PAGE_END.sub(lambda found: found[0] + "\f", text),
    "form feeds alone": lambda text: re.sub(r"(?m)^(?:(?!\s*$).*\n\s*){17}", lambda found: found[0] + "\f", text),
    "tabs": with_tabs,
    "no-break spaces": lambda text: text.replace("số ", "số\u00a0"),
    "eth": lambda text: text.replace("QĐ", "QÐ"),
    "trailing spaces": lambda text: text.replace("\n", "   \n"),
    "superscripts": lambda text: re.sub(
        r"(?m)^( ?- ?)(\d{1,2}) ?(?=[A-ZĐ])", lambda m: m[1] + m[2].translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")), text
    ),
    "brackets": lambda text: re.sub(
        r"(?m)^ ?(\d{1,2}) (?=(?:Kế|Quyết)[^\n]*số)", r"[\1] ", re.sub(r"(?m)^( ?- ?)(\d{1,2}) ?(?=[A-ZĐ])", r"\1[\2] ", text)
    ),
    "running headers": lambda text: PAGE_END.sub(
        lambda found: found[0] + "\f   Định hướng nhiệm vụ KH&CN năm 2025 - Lạng Sơn\n\n", text
    ),
}  # fmt: skip


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_other_spellings(spelling: str, original: dict[str, Any], tmp_path: Path) -> None:
    changed = SPELLINGS[spelling](TEXT)
    assert changed != TEXT
    assert record_of(changed, tmp_path) == original


def test_utf16(original: dict[str, Any], tmp_path: Path) -> None:
    assert record_of(TEXT, tmp_path, "utf-16") == original
