"""Tables as offices send them: headers, titles above them, encodings, broken rows, and sizes."""

import json
import tracemalloc
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import ReadError, TableError
from matcher.reading import DEFAULT, Limits, read_table
from matcher.reading.columns import read_header, section_of
from matcher.reading.delimited import read_records

DATA = Path(__file__).parents[1] / "data" / "proposals"


def rows_of(path, **options):
    return list(read_table(path, **options))


def write(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("title", "title"),
        ("  TÊN NHIỆM VỤ  ", "title"),
        (unicodedata.normalize("NFD", "Tên đề tài"), "title"),
        ("Tên nhiệm vụ KH&CN đề xuất đặt hàng (*)", "title"),
        ("2. Tên đề tài, dự án", "title"),
        ("ten nhiem vu", "title"),
        ("Mã số nhiệm vụ", "id"),
        ("MÃ SỐ", "id"),
        ("Mục tiêu (tóm tắt)", "objective"),
        ("Tóm tắt nội dung", "content"),
        ("Các nội dung chính", "content"),
        ("Kết quả, sản phẩm dự kiến", "results"),
        ("Sản phẩm", "results"),
        ("Tính cấp thiết", "rationale"),
        ("Lý do đề xuất", "rationale"),
        ("Tổ chức chủ trì", "organisation"),
        ("Đơn vị đề xuất", "organisation"),
        ("organization", "organisation"),
        ("Địa bàn thực hiện", "place"),
        ("Năm", "year"),
        ("Dự kiến kinh phí (triệu đồng)", "budget"),
        ("Trạng thái", "status"),
        ("Cơ quan quản lý", None),
        ("Tổ chức phối hợp", None),
        ("Cấp", None),
        ("Cấp quản lý", None),
        ("Chủ nhiệm", None),
        ("Lĩnh vực", None),
        ("Ngày bắt đầu", None),
        ("Số đăng ký", None),
        ("STT", None),
        ("Tên tổ chức", "organisation"),
        ("", None),
        ("x" * 5000, None),
    ],
)
def test_headings(heading, section):
    assert section_of(heading) == section


def test_second_column_for_a_section_is_kept_under_its_own_heading():
    header = read_header(["Tên đề tài", "title", "Ghi chú", "Ghi chú", ""])
    assert header.sections == {1: "title"}
    assert header.extra == {0: "Tên đề tài", 2: "Ghi chú", 3: "Ghi chú (2)", 4: "cột 5"}


def test_semicolons_windows_1258_titles_above_and_column_numbers_below_the_header():
    first, second = rows_of(DATA / "de-xuat-cp1258.csv")
    assert (first.number, second.number) == (5, 6)
    assert dict(first.cells) == {
        "id": "DX01",
        "title": "Xây dựng mô hình trồng nấm sò trên phụ phẩm nông nghiệp",
        "objective": "Chuyển giao quy trình; tập huấn 50 hộ",
        "organisation": "Hợp tác xã nấm",
    }
    assert second.cells["title"] == 'Nghiên cứu giải pháp "một cửa" cho hộ kinh doanh'
    assert first.extra == {"STT": "1"}
    assert not first.problems


def test_tabs_utf16_and_line_feeds_in_cells():
    first, second = rows_of(DATA / "de-xuat-utf16.csv")
    assert dict(first.cells) == {
        "title": "Khảo nghiệm giống lạc mới trên đất đồi",
        "budget": "750 triệu đồng",
        "year": "2025",
    }
    assert (second.number, second.cells["title"]) == (3, "Số hóa tư liệu\nvăn hóa cồng chiêng")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_delimiter_in_any_unicode(tmp_path, delimiter, encoding):
    text = unicodedata.normalize("NFD", f"MÃ Số{delimiter}tên Nhiệm Vụ\nA1{delimiter}Nuôi ong\n")
    (row,) = rows_of(write(tmp_path / "a.csv", text, encoding))
    assert (row.number, dict(row.cells)) == (2, {"id": "A1", "title": "Nuôi ong"})


def test_excel_states_its_delimiter(tmp_path):
    (row,) = rows_of(write(tmp_path / "a.csv", "sep=;\nid;title;content\n1;Nuôi, ong;a, b, c\n"))
    assert (row.number, row.cells["title"]) == (3, "Nuôi, ong")


def test_semicolons_inside_comma_separated_cells_do_not_deceive(tmp_path):
    text = "id,title,objective\n" + "".join(f"{n},Đề tài {n},một; hai; ba; bốn; năm\n" for n in range(5))
    assert [row.cells["title"] for row in rows_of(write(tmp_path / "a.csv", text))][:2] == ["Đề tài 0", "Đề tài 1"]


def test_text_of_old_fonts_and_of_a_wrong_encoding(tmp_path):
    tcvn3 = "id,title\n1,Nghiªn cøu th«ng tin kªnh truyÒn\n2,Tèi ­u tµi nguyªn\n"
    assert [row.cells["title"] for row in rows_of(write(tmp_path / "a.csv", tcvn3, "cp1252"))] == [
        "Nghiên cứu thông tin kênh truyền",
        "Tối ưu tài nguyên",
    ]
    mojibake = "id,title\n1,Tiếng Việt và khoa học\n".encode().decode("latin-1")
    (row,) = rows_of(write(tmp_path / "b.csv", mojibake))
    assert row.cells["title"] == "Tiếng Việt và khoa học"
    assert [problem.code for problem in row.problems] == ["mojibake_repaired"]


def test_encoding_is_found_although_the_first_megabyte_is_ascii(tmp_path):
    text = (
        "id,title\n" + "".join(f"{n},plain words only {'x' * 80}\n" for n in range(12_000)) + "z,Nghiên cứu giống lúa\n"
    )
    assert rows_of(write(tmp_path / "a.csv", text))[-1].cells["title"] == "Nghiên cứu giống lúa"


def test_groups_totals_and_empty_rows_are_no_tasks(tmp_path):
    text = "TT,Tên nhiệm vụ,Kinh phí\n(1),(2),(3)\nI. Lĩnh vực nông nghiệp,,\n1,Nuôi ong,500\n,,\n\nII,,\n2,Trồng lạc,300\nTổng cộng,,800\n,Tổng số,800\n"
    assert [(row.number, row.cells["title"]) for row in rows_of(write(tmp_path / "a.csv", text))] == [
        (4, "Nuôi ong"),
        (8, "Trồng lạc"),
    ]


def test_row_without_a_title_is_reported_not_dropped(tmp_path):
    first, second = rows_of(write(tmp_path / "a.csv", "id,title,objective\nA1,,Mục tiêu gì đó\nA2,Nuôi ong,x\n"))
    assert [problem.code for problem in first.problems] == ["title_missing"]
    assert first.cells == {"id": "A1", "objective": "Mục tiêu gì đó"}
    assert not second.problems


def test_quote_that_is_never_closed_spoils_its_own_row_only(tmp_path):
    rows = rows_of(write(tmp_path / "a.csv", 'id,title\n1,Nuôi ong\n2,"Trồng lạc\n3,Nuôi cá\n4,Trồng nấm\n'))
    assert [row.number for row in rows] == [2, 3, 4, 5]
    assert [[problem.code for problem in row.problems] for row in rows] == [[], ["row_broken"], [], []]
    assert rows[3].cells["title"] == "Trồng nấm"


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=8), min_size=1, max_size=4
        ),
        max_size=8,
    )
)
def test_what_a_csv_writer_writes_is_read_back(rows):
    import csv
    import io

    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    lines = stream.getvalue().splitlines(keepends=True) if "\n" in stream.getvalue() else []
    lines = io.StringIO(stream.getvalue(), newline="")
    assert [row.cells for row in read_records(lines, ",", DEFAULT)] == rows


@given(st.text(alphabet='ab,"\n;', max_size=80))
def test_no_line_of_a_hostile_csv_is_lost_or_stops_the_reader(text):
    lines = text.splitlines(keepends=True)
    records = list(read_records(lines, ",", DEFAULT))
    assert [row.number for row in records] == list(range(1, len(records) + 1))
    letters = "".join(cell for row in records for cell in row.cells)
    assert (letters.count("a"), letters.count("b")) == (text.count("a"), text.count("b"))


def test_no_column_of_titles_lists_the_columns(tmp_path):
    with pytest.raises(TableError, match=r"«họ tên», «ghi chú»") as caught:
        rows_of(write(tmp_path / "a.csv", "họ tên,ghi chú\nx,y\n"))
    assert "Tên nhiệm vụ" in caught.value.cure


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.xlsx"])
def test_empty_table(tmp_path, name):
    (tmp_path / name).write_bytes(b"\n \n")
    with pytest.raises(ReadError, match="rỗng"):
        rows_of(tmp_path / name)


def test_cell_of_a_megabyte_is_read_and_a_longer_one_cut(tmp_path):
    text = "chữ " * 250_000
    path = write(tmp_path / "a.csv", f'id,title,content\n1,Nuôi ong,"{text}"\n2,Trồng lạc,ngắn\n')
    first, _ = rows_of(path)
    assert len(first.cells["content"]) == len(text.strip())
    assert not first.problems
    first, second = rows_of(path, limits=Limits(max_cell_chars=300_000))
    assert [problem.code for problem in first.problems] == ["cell_too_long"]
    assert len(first.cells["content"]) == 300_000
    assert second.cells["title"] == "Trồng lạc"


def test_more_rows_than_the_limit_are_told(tmp_path):
    path = write(tmp_path / "a.csv", "title\n" + "Nuôi ong\n" * 5)
    rows = rows_of(path, limits=Limits(max_rows=3))
    assert [row.number for row in rows] == [2, 3, 4, 5]
    assert [problem.code for problem in rows[-1].problems] == ["row_limit"]


def test_memory_does_not_grow_with_rows(tmp_path):
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8") as stream:
        stream.write("mã số,tên nhiệm vụ,mục tiêu\n")
        stream.writelines(f"P{n},Nghiên cứu giống lúa số {n},{'nâng cao năng suất ' * 10}\n" for n in range(50_000))
    tracemalloc.start()
    count = sum(1 for _ in read_table(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 50_000
    assert path.stat().st_size > 13_000_000
    assert peak < 12_000_000


# --------------------------------------------------------------------------------------------- xlsx


def workbook(path, *sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_workbook_with_merged_titles_numbers_and_dates(tmp_path):
    rows = [
        ["DANH MỤC NHIỆM VỤ", None, None, None],
        [],
        ["Mã số nhiệm vụ", "Tên nhiệm vụ", "Năm", "Ngày bắt đầu", "Kinh phí"],
        [7, "Nuôi ong", 2024.0, date(2024, 3, 5), 1250.5],
        [None, None, None, None],
        ["8", "Trồng lạc", None, None, None],
    ]
    path = workbook(tmp_path / "a.xlsx", ("Bảng", rows))
    book = openpyxl.load_workbook(path)
    book["Bảng"].merge_cells("A1:D1")
    book.save(path)
    first, second = rows_of(path)
    assert (first.number, dict(first.cells)) == (
        4,
        {"id": "7", "title": "Nuôi ong", "year": "2024", "budget": "1250.5"},
    )
    assert first.extra == {"Ngày bắt đầu": "2024-03-05"}
    assert (second.number, second.cells["title"]) == (6, "Trồng lạc")


def test_every_sheet_with_titles_is_read(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx",
        ("Hướng dẫn", [["Cách điền"], ["Mỗi dòng một đề xuất"]]),
        ("Nông nghiệp", [["Tên nhiệm vụ", "Mục tiêu"], ["Nuôi ong", "a"]]),
        ("Xã hội", [["STT", "Tên nhiệm vụ"], [1, "Số hóa tư liệu"]]),
    )
    assert [(row.sheet, row.number, row.cells["title"]) for row in rows_of(path)] == [
        ("", 2, "Nuôi ong"),
        ("Xã hội", 2, "Số hóa tư liệu"),
    ]


def test_workbook_without_titles_lists_its_columns(tmp_path):
    with pytest.raises(TableError, match="«Họ tên»"):
        rows_of(workbook(tmp_path / "a.xlsx", ("S", [["Họ tên", "Ghi chú"], ["x", "y"]])))


def rewritten(source, target, name, change):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            data = old.read(entry)
            new.writestr(entry, change(data) if entry == name else data)
    return target


@pytest.fixture
def book(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "good.xlsx") as made:
        sheet = made.add_worksheet()
        sheet.write_column(0, 0, ["title", "Nuôi ong"])
        sheet.write_formula(2, 0, '=CONCATENATE("Trồng ","lạc")', None, "Trồng lạc")
    return tmp_path / "good.xlsx"


SHEET = "xl/worksheets/sheet1.xml"


def test_values_stand_for_formulas(book):
    assert [row.cells["title"] for row in rows_of(book)] == ["Nuôi ong", "Trồng lạc"]


def test_wrong_size_of_a_sheet_is_not_believed(tmp_path, book):
    path = rewritten(book, tmp_path / "a.xlsx", SHEET, lambda data: data.replace(b'ref="A1:A3"', b'ref="A1"'))
    assert len(rows_of(path)) == 2


@pytest.mark.parametrize(
    ("name", "change"),
    [
        (SHEET, lambda data: b'<!DOCTYPE x [<!ENTITY a "b">]>' + data),
        ("xl/workbook.xml", lambda data: b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + data),
        (SHEET, lambda data: data[: len(data) // 2]),
        (SHEET, lambda data: b""),
        ("xl/workbook.xml", lambda data: data[:40]),
        ("xl/sharedStrings.xml", lambda data: b"<x"),
        ("xl/media.bin", None),
    ],
)
def test_hostile_and_broken_workbooks_are_refused(tmp_path, book, name, change):
    path = tmp_path / "a.xlsx"
    if change is None:
        path = rewritten(book, path, "", lambda data: data)
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, b"0" * 40_000_000)
    else:
        path = rewritten(book, path, name, change)
    with pytest.raises(ReadError) as caught:
        rows_of(path)
    assert caught.value.file == str(path)


def test_workbook_under_another_suffix_and_text_under_that_of_a_workbook(tmp_path, book):
    path = book.rename(tmp_path / "a.csv")
    assert len(rows_of(path)) == 2
    with pytest.raises(ReadError, match="không phải bảng"):
        rows_of(write(tmp_path / "b.xlsx", "<html>title</html>"))
    (tmp_path / "c.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500))
    with pytest.raises(ReadError, match=r"\.xlsx"):
        rows_of(tmp_path / "c.xls")


# --------------------------------------------------------------------------------------------- json lines


def test_json_lines_with_broken_ones_among_them(tmp_path):
    lines = [
        json.dumps({"id": 7, "Tên nhiệm vụ": "Nuôi ong", "tags": ["a", 1], "more": {"x": None}}, ensure_ascii=False),
        "{broken",
        "",
        "[1, 2]",
        '{"title": "Trồng lạc", "year": 2024, "ok": null}',
        '{"objective": "Không có tên"}',
        "[" * 100_000,
        '{"title": "Nuôi cá", "big": ' + "9" * 5000 + "}",
    ]
    rows = rows_of(write(tmp_path / "a.jsonl", "\n".join(lines), "utf-8-sig"))
    assert [row.number for row in rows] == [1, 2, 4, 5, 6, 7, 8]
    assert [[problem.code for problem in row.problems] for row in rows] == [
        [],
        ["row_broken"],
        ["row_broken"],
        [],
        ["title_missing"],
        ["row_broken"],
        ["row_broken"],
    ]
    assert dict(rows[0].cells) == {"id": "7", "title": "Nuôi ong"}
    assert dict(rows[0].extra) == {"tags": "a; 1", "more": '{"x": null}'}
    assert dict(rows[3].cells) == {"title": "Trồng lạc", "year": "2024"}


def test_json_lines_of_something_else(tmp_path):
    with pytest.raises(TableError, match="«name_of_person»"):
        rows_of(write(tmp_path / "a.jsonl", '{"name_of_person": "x"}\n' * 20))
    with pytest.raises(ReadError, match="JSON"):
        rows_of(write(tmp_path / "b.jsonl", "not json\n" * 3))
