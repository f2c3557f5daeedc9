import io
from pathlib import Path

import pytest
from rich.console import Console

from matcher.reporting import worklist
from matcher.reporting.terminal import encodable

from . import samples


def shown(report, encoding="utf-8", width=160, terminal=True, **given):
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    console = Console(file=file, force_terminal=terminal, width=width, legacy_windows=False, color_system=None)
    worklist(report, console, **given)
    file.flush()
    return raw.getvalue().decode(encoding)


def test_a_table_with_signs_beside_colours():
    text = shown(samples.report(), outputs=[Path("out/a.xlsx")])
    for words in (
        "✓ Phù hợp",
        "? Cần xem xét",
        "○ Ngoài định",
        "✗ Không đọc",
        "P2 bản chỉnh sửa 93%",
        "91%",
        "901/KH-UBND",
    ):
        assert words in text
    assert "[bold]" in text  # a title is no markup
    assert "\x1b[31m" not in text  # and sends no commands to the terminal
    lines = [line.rstrip() for line in text.strip().splitlines()]
    at = lines.index("1 nhóm đề xuất nghi cùng nội dung, mỗi nhóm xem và quyết định một lần:")
    assert lines[at + 1] == "  Nhóm 1: P1, P2"
    last = (lines[:at] + lines[at + 2 :])[-7:]
    assert last[0].startswith("6 đề xuất: ✓ Phù hợp định hướng: 2, ? Cần xem xét: 1")
    assert last[1] == "2 đề xuất nghi trùng lặp với đề xuất hoặc nhiệm vụ khác"
    assert last[2] == "1 phiếu có lỗi so với quy định của thông báo: quá số trang 1"
    assert last[3] == "2 trên 4 định hướng có đề xuất; 2 định hướng chưa có đề xuất."
    assert last[4].startswith("CHÚ Ý: 1 đề xuất không đọc được")
    assert last[5] == f"Đã ghi: {Path('out/a.xlsx')}"


def test_one_plain_line_a_proposal_when_piped():
    lines = shown(samples.report(), terminal=False, width=40).splitlines()
    assert [line.split()[0] for line in lines[:6]] == ["P1", "P2", "P3", "P4", "P5", "P6"]
    assert "✓ Phù hợp định hướng  1.1     91%  901/KH-UBND     Nghiên cứu nhân giống" in lines[0]
    assert "\t" not in "".join(lines)
    assert "\x1b" not in "".join(lines)


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "cp1258", "ascii"])
def test_a_code_page_without_vietnamese_does_not_end_the_run(encoding):
    text = shown(samples.report(), encoding=encoding)
    assert "P1" in text
    assert "+ " in text
    if encoding == "ascii":
        assert "Phu hop dinh huong" in text
        assert "?" in text  # the sign of «uncertain» is an ASCII letter anyway


def test_narrow_terminals_get_lines():
    lines = shown(samples.report(), width=80).splitlines()
    assert lines[0] == "P1  ✓ Phù hợp định hướng  1.1  91%  901/KH-UBND"
    assert lines[1] == "    Nghiên cứu nhân giống cây hồi năng suất cao tại huyện giả định"
    assert lines[2] == "    Nghi trùng lặp: P2 bản chỉnh sửa 93%; DM-07 giao thoa 31%"
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("width", [100, 120, 140, 200])
def test_a_table_keeps_to_its_width_and_shortens_titles(width):
    long = samples.Assessment(
        samples.proposal("P1", "Nghiên cứu giống cây " * 30, 2), samples.Flag(samples.State.OUTSIDE, 0.9)
    )
    lines = shown(samples.report([long]), width=width).splitlines()
    assert max(map(len, lines)) <= width
    assert sum("Nghiên cứu" in line or "giống cây" in line for line in lines) == 2
    assert any("…" in line for line in lines)


def test_a_wide_table_quotes_the_orientation():
    assert "1.1 Nghiên cứu chọn lọc" in shown(samples.report(), width=160)
    assert "Nghiên cứu chọn lọc" not in shown(samples.report(), width=100)


def test_the_probability_is_explained_to_people_only():
    assert "Xác suất: khả năng" in shown(samples.report())
    assert "Xác suất: khả năng" not in shown(samples.report(), terminal=False)


def test_a_terminal_shows_the_first_and_says_so():
    text = shown(samples.report(), max_rows=2)
    assert "P2" in text
    assert "asdf" not in text
    assert "… còn 4 đề xuất không hiện ở đây" in text


def test_an_empty_run():
    assert "0 đề xuất: ✓ Phù hợp định hướng: 0" in shown(samples.report([]))


def test_english():
    assert "Fits an orientation" in shown(samples.report(language="en"), terminal=False)


@pytest.mark.parametrize(("text", "there"), [("Đặng «ữ» … –", 'Dang "u" ... -'), ("中", "?")])
def test_marks_are_dropped_before_letters(text, there):
    assert encodable(text, "ascii") == there


def test_an_unknown_encoding_is_ascii():
    assert encodable("ữ", "no-such") == "u"
