import warnings

import openpyxl
import pytest

from matcher.reporting import workbook, write_reports
from matcher.reporting.sheets import MAX_CELL

from . import samples

# Excel's data bars since 2010 stand in an extension that openpyxl drops, with this warning.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")

NAMES = ["Danh sách", "Đối chiếu", "Trùng lặp", "Độ phủ định hướng", "Vấn đề", "Thông báo", "Hướng dẫn"]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    output = tmp_path_factory.mktemp("xlsx") / "a.xlsx"
    write_reports(samples.report(), [output])
    with warnings.catch_warnings(action="ignore"):
        return openpyxl.load_workbook(output)


def rows(sheet):
    heads = [cell.value for cell in sheet[1]]
    return [dict(zip(heads, [cell.value for cell in row], strict=True)) for row in sheet.iter_rows(min_row=2)]


def test_sheets_are_frozen_filtered_and_printable(book):
    assert book.sheetnames == NAMES
    for name in NAMES[:5]:
        sheet = book[name]
        assert sheet.freeze_panes == "C2", name
        assert sheet.auto_filter.ref.startswith("A1:"), name
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.print_title_rows) == (
            "landscape",
            9,
            "$1:$1",
        )


def test_worklist_has_a_row_for_each_proposal_in_the_order_of_input(book):
    listed = rows(book["Danh sách"])
    assert [row["Mã số"] for row in listed] == ["P1", "P2", "P3", "P4", "P5", "P6"]
    assert [row["Trạng thái"] for row in listed] == [
        "✓ Phù hợp định hướng", "? Cần xem xét", "○ Ngoài định hướng", "– Không phải đề xuất", "✗ Không đọc được",
        "✓ Phù hợp định hướng (chỉ đọc được một phần)",
    ]  # fmt: skip
    first, junk, failed = listed[0], listed[3], listed[4]
    assert first["Định hướng gần nhất"] == "1.1"
    assert first["Xác suất phù hợp"] == pytest.approx(0.914)
    assert first["Văn bản căn cứ"] == "901/KH-UBND ngày 03/03/2023 (chú thích tại định hướng)"
    assert first["Nghi trùng lặp"].split("\n")[0] == "P2 – bản chỉnh sửa, 93%, nghi trùng"
    assert "DM-07 – giao thoa, 31%, cần xem" in first["Nghi trùng lặp"]
    assert first["Quyết định của cán bộ"] is None
    assert listed[2]["Nghi trùng lặp"] is None  # the same method elsewhere is no duplicate
    assert "Cần làm ngay trong năm học này." in listed[2]["Lý do"]
    assert junk["Định hướng gần nhất"] is None
    assert failed["Xác suất phù hợp"] is failed["Xác suất ngoài định hướng"] is None
    assert failed["Tên nhiệm vụ"] == failed["Vấn đề khi đọc"] == "Tệp PDF có mật khẩu. (trang 1)"


def test_the_officer_chooses_a_decision_from_a_list(book):
    (rule,) = book["Danh sách"].data_validations.dataValidation
    assert rule.formula1 == '"Thực hiện,Không thực hiện,Xem xét"'
    column = [cell.value for cell in book["Danh sách"][1]].index("Quyết định của cán bộ") + 1
    letter = openpyxl.utils.get_column_letter(column)
    assert str(rule.sqref) == f"{letter}2:{letter}7"


def test_links_lead_to_the_right_rows(book):
    worklist, matches, announcement = book["Danh sách"], book["Đối chiếu"], book["Thông báo"]

    def target(cell):
        sheet, where = cell.hyperlink.location.replace("'", "").split("!")
        return book[sheet][where]

    for row in worklist.iter_rows(min_row=2):
        if row[1].hyperlink:
            there = target(row[1])
            assert there.parent is matches
            assert there.value == row[1].value
            assert matches.cell(there.row, 3).value == 1  # the best match comes first
            assert target(there).row == row[1].row  # and leads back
    best = worklist["E2"]
    assert target(best).parent is announcement
    assert target(best).value == best.value == "1.1"
    pair = book["Trùng lặp"]
    assert worklist.cell(target(pair["A2"]).row, 2).value == "P1"
    assert worklist.cell(target(pair["C2"]).row, 2).value == "P2"


def test_matches_carry_plan_words_and_what_is_missing(book):
    first = rows(book["Đối chiếu"])[0]
    assert first["Từ ngữ trong đề xuất"] == "tên: «nhân giống cây hồi»\ntên: «năng suất cao»"
    assert first["Từ ngữ trong định hướng"].startswith("«nhân giống cây hồi»")
    assert first["Nội dung định hướng chưa thấy trong đề xuất"].startswith("• xây dựng mô hình")
    assert first["Cách nêu căn cứ"] == "chú thích tại định hướng"
    assert rows(book["Đối chiếu"])[2]["Cách nêu căn cứ"] == "không nêu căn cứ"


def test_each_pair_stands_once(book):
    pairs = rows(book["Trùng lặp"])
    assert [(row["Đề xuất"], row["Giống với"], row["Đánh giá"]) for row in pairs] == [
        ("P1", "P2", "nghi trùng"), ("P1", "DM-07", "cần xem"), ("P3", "P6", "tham khảo"),
    ]  # fmt: skip
    assert pairs[1]["Tên nhiệm vụ giống"] == "Điều tra vùng trồng hồi (giả định)"
    assert pairs[0]["Lý do"] == "+ tên: Tên trùng 9 trên 10 từ\n− địa điểm: Khác huyện"


def test_coverage_names_orientations_that_nobody_answered(book):
    listed = rows(book["Độ phủ định hướng"])
    assert [(row["Định hướng"], row["Tổng số"], row["Tình trạng"]) for row in listed] == [
        ("1.1", 2, "có đề xuất"), ("1.2", 0, "CHƯA CÓ ĐỀ XUẤT"), ("2.1", 0, "CHƯA CÓ ĐỀ XUẤT"), ("2.2", 1, "có đề xuất"),
    ]  # fmt: skip
    assert listed[0]["Mã số đề xuất"] == "P1, P2"


def test_problems_list_what_failed_the_form_and_the_announcement(book):
    listed = [(row["Mức độ"], row["Mã số"], row["Mã vấn đề"]) for row in rows(book["Vấn đề"])]
    assert listed == [
        ("Thông báo", None, "differing_dates"),
        ("Phiếu đề xuất", "P1", "over_page_limit"),
        ("Không đọc được – chưa rà soát", "P5", "encrypted"),
        ("Chỉ đọc được một phần", "P6", "page_lost"),
    ]


def test_no_text_becomes_a_formula(book):
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    assert rows(book["Danh sách"])[5]["Tên nhiệm vụ"].startswith("=cmd|'/c calc'!A0")


def test_legend_explains_every_state(book):
    terms = {row[0].value: row[1].value for row in book["Hướng dẫn"].iter_rows()}
    for sign in (
        "✓ Phù hợp định hướng",
        "? Cần xem xét",
        "○ Ngoài định hướng",
        "– Không phải đề xuất",
        "✗ Không đọc được",
    ):
        assert terms[sign]
    assert "dưới 35% là phù hợp, trên 65%" in terms["Xác suất ngoài định hướng"]


def test_cells_hold_no_more_than_excel_bears(tmp_path):
    given = [samples.Assessment(samples.proposal("P1", "𝒳ă " * 40_000, 2), samples.Flag(samples.State.OUTSIDE, 0.9))]
    write_reports(samples.report(given), [tmp_path / "a.xlsx"])
    title = openpyxl.load_workbook(tmp_path / "a.xlsx")["Danh sách"]["C2"].value
    assert len(title.encode("utf-16-le")) // 2 <= MAX_CELL
    assert title.endswith("(đã cắt bớt)")


def test_a_full_sheet_says_what_is_left_out(tmp_path):
    with (tmp_path / "a.xlsx").open("wb") as stream:
        workbook.write_xlsx(samples.report(), stream, max_rows=6)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    ids = [cell.value for cell in book["Danh sách"]["A"]]
    assert ids[:5] == ["STT", 1, 2, 3, 4]
    assert ids[5].startswith("Bảng đã đầy (giới hạn của Excel): còn 2 dòng")
    assert book["Đối chiếu"].max_row == 6  # one match a proposal, where there is no room for five


def test_english(tmp_path):
    write_reports(samples.report(language="en"), [tmp_path / "a.xlsx"])
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Worklist", "Matches", "Duplicates", "Coverage", "Problems", "Announcement", "Legend"]
    assert book["Worklist"]["D2"].value == "✓ Fits an orientation"
