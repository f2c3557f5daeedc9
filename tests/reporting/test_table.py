import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.reporting import write_reports
from matcher.reporting.table import inert

from . import samples


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    output = tmp_path_factory.mktemp("csv") / "a.csv"
    write_reports(samples.report(), [output])
    raw = output.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")  # without it Excel takes UTF-8 for the system's code page
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_one_row_a_proposal(table):
    assert [row["Mã số"] for row in table] == ["P1", "P2", "P3", "P4", "P5", "P6"]
    first = table[0]
    assert first["Trạng thái"] == "Phù hợp định hướng"
    assert first["Định hướng 1"].startswith("1.1 Nghiên cứu chọn lọc")  # no number, no day of a month
    assert [first[f"Xác suất {n}"] for n in (1, 2, 3)] == ["91%", "31%", "2%"]
    assert (first["Văn bản căn cứ"], first["Cách nêu căn cứ"]) == ("901/KH-UBND", "chú thích tại định hướng")
    assert (first["Tệp"], first["Dòng"]) == ("đề xuất.xlsx", "2")


def test_a_failure_never_looks_clean(table):
    failed = table[4]
    assert failed["Trạng thái"] == "Không đọc được"
    assert failed["Xác suất ngoài định hướng"] == failed["Định hướng 1"] == ""
    assert failed["Vấn đề khi đọc"] == "Tệp PDF có mật khẩu. (trang 1)"
    assert table[5]["Trạng thái"] == "Phù hợp định hướng (chỉ đọc được một phần)"


def test_formulas_are_disarmed(table):
    assert table[5]["Tên nhiệm vụ"].startswith("'=cmd|")


@pytest.mark.parametrize("text", ["=1+1", "+84 123", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"])
def test_dangerous_beginnings(text):
    assert inert(text).startswith("'")


@given(st.text(max_size=30))
def test_no_cell_begins_like_a_formula(text):
    assert inert(text).lstrip()[:1] not in {"=", "+", "-", "@"}
