import warnings

import openpyxl
import pytest

from matcher.reporting import workbook, write_reports
from matcher.reporting.sheets import MAX_CELL

from . import samples

# Excel's data bars since 2010 stand in an extension that openpyxl drops, with this warning.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")

NAMES = [
    "Danh sách",
    "Đối chiếu",
    "Trùng lặp",
    "Nhóm trùng lặp",
    "Độ phủ định hướng",
    "Vấn đề",
    "Thông báo",
    "Văn bản căn cứ",
    "Bảng tổng hợp",
    "Hướng dẫn",
]


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
    for name in NAMES[:-2]:
        sheet = book[name]
        assert sheet.freeze_panes == "C2", name
        assert sheet.auto_filter.ref.startswith("A1:"), name
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.print_title_rows) == (
            "landscape",
            9,
            "$1:$1",
        )


def test_summary_sheet_is_the_official_table(book):
    sheet = book["Bảng tổng hợp"]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[0][0] == "SỞ KH&CN TỈNH VÍ DỤ"
    assert [cells[row][3] for row in (0, 1)] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    header = next(row for row in cells if row[0] == "STT")
    assert header == [
        "STT",
        "Tên nhiệm vụ",
        "Tổ chức đề xuất",
        "Định hướng và kế hoạch",
        "Trạng thái",
        "Trùng lặp",
        "Lỗi phiếu",
        "Ghi chú",
    ]
    first = cells[cells.index(header) + 1]
    assert first[2] == "Trung tâm Giống (giả định)"
    assert first[6] == "quá số trang"
    assert (sheet["A6"].font.name, sheet["A6"].font.size) == ("Times New Roman", 13)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$6:$6"


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
    assert junk["Quyết định của cán bộ"] is None
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
    words = "Từ ngữ tương ứng (đề xuất ↔ định hướng)"
    assert first[words] == "tên: «nhân giống cây hồi»\ntên: «năng suất cao»"  # the same words on both sides
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
    assert [row["Xác suất"] for row in pairs] == [0.93, 0.31, None]  # what is no duplicate has no chance of being one
    assert [row["Nhóm"] for row in pairs] == [1, None, None]


def test_pairs_that_are_no_duplicates_come_last(tmp_path):
    given = samples.assessments()[::-1]  # P6 and P3, alike in method only, before P2 and P1
    write_reports(samples.report(given), [tmp_path / "a.xlsx"])
    pairs = rows(openpyxl.load_workbook(tmp_path / "a.xlsx")["Trùng lặp"])
    assert [row["Đánh giá"] for row in pairs] == ["nghi trùng", "cần xem", "tham khảo"]


def test_empty_sheets_say_why(tmp_path):
    quiet = samples.replace(samples.announcement(), integrity=())
    report = samples.replace(samples.report([]), announcement=quiet)
    write_reports(report, [tmp_path / "a.xlsx"])
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book["Danh sách"]["A2"].value == "Không có đề xuất nào."
    assert book["Trùng lặp"]["A2"].value.startswith("Không thấy đề xuất nào giống đề xuất hoặc nhiệm vụ khác.")
    assert "Danh mục giả định (40 nhiệm vụ)" in book["Trùng lặp"]["A2"].value
    assert book["Vấn đề"]["A2"].value == "Không có vấn đề nào cần lưu ý."
    assert book["Độ phủ định hướng"].max_row == 6  # every orientation all the same, and the totals


def test_rows_are_as_tall_as_their_text(book):
    sheet = book["Danh sách"]
    tall = {row[1].value: sheet.row_dimensions[row[0].row].height for row in sheet.iter_rows(min_row=2)}
    assert tall["P1"] > tall["P4"]  # a bullet of three lines against a title of one
    assert tall["P1"] < 110


def test_coverage_names_orientations_that_nobody_answered(book):
    listed = rows(book["Độ phủ định hướng"])[:-1]
    assert [(row["Định hướng"], row["Tổng số"], row["Tình trạng"]) for row in listed] == [
        ("1.1", 2, "có đề xuất"), ("1.2", 0, "CHƯA CÓ ĐỀ XUẤT"), ("2.1", 0, "CHƯA CÓ ĐỀ XUẤT"), ("2.2", 1, "có đề xuất"),
    ]  # fmt: skip
    assert listed[0]["Mã số đề xuất"] == "P1, P2"


def test_coverage_ends_with_totals_that_add_up(book):
    total = rows(book["Độ phủ định hướng"])[-1]
    assert (total["Định hướng"], total["Phù hợp"], total["Cần xem xét"], total["Tổng số"]) == ("Tổng số", 2, 1, 3)
    assert total["Tình trạng"] == "2/4 có đề xuất"
    # 3 of 6 count for an orientation; the other three are named.
    left = "Không tính vào định hướng nào: ngoài định hướng 1, không phải đề xuất 1, không đọc được 1"
    assert total["Mã số đề xuất"] == left
    assert book["Độ phủ định hướng"].auto_filter.ref == "A1:I5"  # the totals stay where rows are filtered


def test_problems_list_what_failed_the_form_and_the_announcement(book):
    listed = [(row["Loại vấn đề"], row["Mã số"], row["Mã tra cứu kỹ thuật"]) for row in rows(book["Vấn đề"])]
    assert listed == [
        ("Thông báo định hướng", None, "differing_dates"),
        ("Phiếu: lỗi phải sửa", "P1", "over_page_limit"),
        ("Không đọc được – chưa rà soát", "P5", "encrypted"),
        ("Chỉ đọc được một phần", "P6", "page_lost"),
    ]


def test_no_text_becomes_a_formula(book):
    for sheet in book:
        for row in sheet.iter_rows():
            ours = {cell.value for cell in row if cell.data_type == "f"}  # the decision on a group, shown in its rows
            assert all(value.startswith("=IF('Nhóm trùng lặp'!$H$") for value in ours)
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
    assert "hai ngưỡng được chọn khi hiệu chỉnh mô hình" in terms["Xác suất ngoài định hướng"]


def test_legend_names_bounds_that_were_set(tmp_path):
    settings = samples.Settings(aligned_below=0.35, outside_above=0.65)
    write_reports(samples.report(settings=settings), [tmp_path / "a.xlsx"])
    legend = openpyxl.load_workbook(tmp_path / "a.xlsx")["Hướng dẫn"]
    terms = {row[0].value: row[1].value for row in legend.iter_rows()}
    assert "dưới 35% là phù hợp, trên 65% là ngoài định hướng" in terms["Xác suất ngoài định hướng"]


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
    assert book.sheetnames == [
        "Worklist",
        "Matches",
        "Duplicates",
        "Groups",
        "Coverage",
        "Problems",
        "Announcement",
        "Plans",
        "Summary",
        "Legend",
    ]
    assert book["Worklist"]["D2"].value == "✓ Fits an orientation"


def test_a_group_is_decided_once_and_each_row_shows_it(book):
    sheet = book["Nhóm trùng lặp"]
    heads = [cell.value for cell in sheet[1]]
    row = dict(zip(heads, [cell.value for cell in sheet[2]], strict=True))
    assert row["Đề xuất thứ nhất"].startswith("P1 (Định hướng 1.1)\nNghiên cứu nhân giống")
    assert row["Đề xuất thứ hai"].startswith("P2 ")
    assert sheet.max_row == 2  # the overlap and the same method elsewhere make no group
    worklist = book["Danh sách"]
    decision = [cell.value for cell in worklist[1]].index("Quyết định của cán bộ")
    there = f"'Nhóm trùng lặp'!${sheet.cell(1, heads.index('Quyết định của cán bộ') + 1).column_letter}$2"
    assert [worklist[n][decision].value for n in (2, 3, 4)] == [f'=IF({there}="","",{there})'] * 2 + [None]
    alike = [cell.value for cell in worklist[1]].index("Nghi trùng lặp")
    assert worklist[3][alike].value.endswith("\n(nhóm 1)")
    rules = [rule for rule in sheet.data_validations.dataValidation if "Thực hiện" in rule.formula1]
    assert len(rules) == 1
