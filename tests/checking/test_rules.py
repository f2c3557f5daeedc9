"""Each rule on a form that breaks it, and on one beside it that does not."""

import copy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.announcement.reader import load_builtin
from matcher.checking import CODES, RULES, check_form
from matcher.checking.amounts import has_money, has_quantity, has_span
from matcher.checking.cited import Standing, cited_plans
from matcher.checking.content import names_a_user
from matcher.checking.provinces import has_coast, province_of, sea_object
from matcher.checking.sources import claimed_figures, names_source
from matcher.records import Announcement, Contact, FilledForm, Form, FormReport, Proposal, Source

from .forms import proposal_of, texts

ROOT = Path(__file__).parents[2]
CLEAN: dict[str, Any] = {
    "id": "T1",
    "title": "Nghiên cứu nhân giống cây hồi năng suất cao tại huyện Văn Quan, tỉnh Lạng Sơn",
    "items": {
        "1": "Nghiên cứu nhân giống cây hồi năng suất cao tại huyện Văn Quan, tỉnh Lạng Sơn",
        "2": {
            "grounds": "Kế hoạch số 53/KH-UBND ngày 03/3/2023 của UBND tỉnh Lạng Sơn về khoa học, công nghệ.",
            "urgency": "Theo Niên giám thống kê năm 2022, toàn huyện có 12.000 ha hồi, 30% đã già cỗi.",
        },
        "3": "Tuyển chọn cây đầu dòng và hoàn thiện quy trình nhân giống.",
        "4": "- 01 quy trình nhân giống;\n- 02 mô hình, mỗi mô hình 2 ha.",
        "5": "5.1. Điều tra. 5.2. Nhân giống. 5.3. Xây dựng mô hình.",
        "6": "Kết quả dùng được ngay trong sản xuất của các hộ trồng hồi.",
        "7": "Trung tâm Dịch vụ nông nghiệp huyện Văn Quan, có vườn ươm và cán bộ kỹ thuật.",
        "8": "24 tháng (từ 01/2025 đến 12/2026)",
        "9": "1.200 triệu đồng",
        "10": {"organisation": "Hợp tác xã Bình Minh (giả định)", "telephone": "0900 000 001"},
    },
    "commitment": True,
    "sent": "2024-05-10",
    "months": 24,
    "budget_vnd": 1_200_000_000,
}


def form(announcement: Announcement, items: dict[str, Any] | None = None, **changes: Any) -> Proposal:
    raw = copy.deepcopy({**CLEAN, **changes})
    for number, text in (items or {}).items():
        raw["items"].pop(number) if text is None else raw["items"].update({number: text})
    return proposal_of(raw, announcement, pages=raw.get("pages", 3))


def codes(report: FormReport) -> list[str]:
    return [problem["code"] for problem in report.problems]


def test_a_form_that_breaks_nothing_has_no_problem(announcement: Announcement) -> None:
    report = check_form(form(announcement), announcement)
    assert report.problems == ()
    assert report.items[0] == (1, "Tên nhiệm vụ khoa học và công nghệ", True)
    assert len(report.items) == 10 and report.pages == 3


@pytest.mark.parametrize(
    ("items", "changes", "expected"),
    [
        ({"6": None}, {}, [("item_missing", 6)]),
        ({"6": "…………………"}, {}, [("item_empty", 6)]),
        ({"6": "Không"}, {}, [("item_empty", 6)]),
        ({"5": "(nêu rõ từng nội dung)"}, {}, [("item_hint_left", 5)]),
        ({"5": "Điều tra ...................... rồi nhân giống"}, {}, [("item_hint_left", 5)]),
        ({}, {"pages": 6}, [("over_page_limit", None)]),
        ({}, {"sent": "2024-05-16"}, [("after_deadline", None)]),
        ({}, {"sent": "2022-05-10"}, [("date_unlikely", None)]),
        ({"4": "Nâng cao nhận thức của người dân đến năm 2030; một số giải pháp."}, {}, [("no_measurable_product", 4)]),
        ({"7": "Các tổ chức, cá nhân có nhu cầu trên địa bàn tỉnh Lạng Sơn."}, {}, [("no_application_address", 7)]),
        ({"8": "Theo tiến độ được duyệt"}, {"months": None}, [("duration_missing", 8)]),
        ({"9": "Theo quy định hiện hành"}, {"budget_vnd": None}, [("budget_missing", 9)]),
        ({"9": ""}, {"budget_vnd": None}, [("item_empty", 9), ("budget_missing", 9)]),
        ({}, {"commitment": False}, [("commitment_missing", None)]),
        ({"10": {"organisation": "Hợp tác xã Bình Minh (giả định)"}}, {}, [("contact_incomplete", 10)]),
        ({"1": "Nuôi cá song trong lồng bè"}, {}, [("off_province_object", 1)]),
        ({"1": "Trồng hồi"}, {}, [("title_not_a_task", 1)]),
        ({"1": "Nghiên cứu " * 40}, {}, [("title_too_long", 1)]),
        ({}, {"months": 240}, [("duration_unlikely", 8)]),
        ({}, {"budget_vnd": 1200}, [("budget_unlikely", 9)]),
    ],
)  # fmt: skip
def test_each_breach_is_flagged_and_nothing_else(
    announcement: Announcement, items: dict[str, Any], changes: dict[str, Any], expected: list[tuple[str, int | None]]
) -> None:
    report = check_form(form(announcement, items, **changes), announcement)
    assert [(problem["code"], problem["item"]) for problem in report.problems] == expected


def test_a_problem_says_where_in_whose_words_and_how_to_mend_it(announcement: Announcement) -> None:
    proposal = form(announcement, {"9": "Theo quy định"}, budget_vnd=None, pages=5)
    assert proposal.form is not None
    on_page = tuple(replace(item, page=2) for item in proposal.form.items)
    budget, pages = reversed(
        check_form(replace(proposal, form=replace(proposal.form, items=on_page)), announcement).problems
    )
    assert budget["where"] == "mục 9, trang 2"
    assert budget["rule"] == "Mục 9 của mẫu phiếu: Dự kiến nhu cầu kinh phí"
    assert budget["severity"] == "error" and "triệu đồng" in budget["cure"]
    assert pages["rule"] == "Phiếu đề xuất được trình bày không quá 4 trang giấy khổ A4"


def test_the_rules_are_quoted_from_the_announcement(announcement: Announcement) -> None:
    broken = form(announcement, {"7": "Các đơn vị liên quan"}, sent="2024-06-01", commitment=False)
    rules = {problem["code"]: problem["rule"] for problem in check_form(broken, announcement).problems}
    assert rules["no_application_address"].startswith("Có địa chỉ ứng dụng cho các kết quả chính")
    assert rules["after_deadline"] == "Kể từ ngày thông báo đến hết ngày 15/5/2024"
    assert "cam kết có phương án ứng dụng kết quả" in rules["commitment_missing"]


def test_the_wrong_year_in_a_date_is_information_and_a_late_form_an_error(announcement: Announcement) -> None:
    slip, late = (
        check_form(form(announcement, sent=day), announcement).problems[0] for day in ("2025-05-10", "2024-07-01")
    )
    assert (slip["severity"], late["severity"]) == ("info", "error")
    assert "nhầm năm" in slip["message"]


def test_hints_of_the_form_are_found_and_the_decree_in_them_may_be_cited(announcement: Announcement) -> None:
    decree = (
        "Quyết định 47/2018/QĐ-UBND ngày 22/08/2018 của UBND tỉnh Lạng Sơn ban hành Quy định quản lý nhiệm vụ khoa học "
        "và công nghệ cấp tỉnh sử dụng ngân sách nhà nước trên địa bàn tỉnh Lạng Sơn"
    )
    hint = announcement.form.items[1].hint
    assert codes(check_form(form(announcement, {"2": {"grounds": decree, "urgency": "Rất cần."}}), announcement)) == []
    assert "item_hint_left" in codes(check_form(form(announcement, {"2": {"grounds": hint}}), announcement))


def test_a_contact_that_is_kept_apart_is_no_empty_item_and_never_repeated(announcement: Announcement) -> None:
    proposal = form(announcement, {"10": {"organisation": "Đơn vị giả định", "address": "Số 1 đường giả định"}})
    (problem,) = check_form(proposal, announcement).problems
    assert problem["code"] == "contact_incomplete"
    assert "giả định" not in str(problem)
    without = replace(proposal, form=replace(proposal.form or FilledForm(), contact=Contact()))
    assert codes(check_form(without, announcement)) == ["item_empty"]


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("Kế hoạch số 53/KH-UBND ngày 03/3/2023 của UBND tỉnh Lạng Sơn", Standing.LISTED),
        ("Kế hoạch 53 /KH – UBND của UBND tỉnh Lạng Sơn ngày 03 tháng 3 năm 2023", Standing.LISTED),
        ("Kế hoạch số 53/KH-UBND", Standing.LISTED),
        ("Kế hoạch số 9/KH-UBND ngày 10/01/2023", Standing.LISTED),
        ("Nghị quyết số 95-NQ/TU ngày 20/9/2022 của Ban Thường vụ Tỉnh ủy", Standing.LISTED),
        ("Kế hoạch số 18/KH-UBND ngày 18/01/2023", Standing.LISTED),
        ("Kế hoạch số 53/KH-UBND ngày 13/3/2023 của UBND tỉnh Lạng Sơn", Standing.OTHER_DATE),
        ("Kế hoạch số 53/KH-UBND của UBND tỉnh ngày 13/3/2023", Standing.OTHER_DATE),
        ("Kế hoạch số 53/KH-UBND ngày 31/02/2023", Standing.OTHER_DATE),
        ("Kế hoạch số 53/KH-UBND ngày 03/3/2022 của UBND tỉnh", Standing.OTHER_DATE),
        ("Nghị quyết số 28/NQ-CP ngày 10/3/2023 của Chính phủ", Standing.OTHER_DATE),
        ("Kế hoạch số 53/KH-UBND ngày 12/4/2019 của UBND tỉnh về phòng chống dịch tả lợn châu Phi", Standing.UNKNOWN),
        ("Kế hoạch số 999/KH-UBND ngày 01/02/2023 của UBND tỉnh Lạng Sơn", Standing.UNKNOWN),
        ("Nghị quyết số 15/NQ-HĐND ngày 01/02/2023 của HĐND tỉnh", Standing.UNKNOWN),
        ("Kế hoạch số 53/KH-UBND ngày 01/02/2023 của UBND huyện Chi Lăng", Standing.UNLISTED),
        ("Quyết định số 12/QĐ-UBND ngày 01/02/2023 của UBND tỉnh Cao Bằng", Standing.UNLISTED),
        ("Nghị quyết số 28/NQ-CP ngày 10/3/2019 của Chính phủ", Standing.UNLISTED),
        ("Quyết định số 1322/QĐ-TTg ngày 31/8/2020 của Thủ tướng Chính phủ", Standing.UNLISTED),
        ("Luật Khoa học và công nghệ số 29/2013/QH13", Standing.UNLISTED),
    ],
)
def test_cited_plans_are_looked_up(announcement: Announcement, text: str, standing: Standing) -> None:
    assert [cited.standing for cited in cited_plans(text, announcement)] == [standing]


def test_reports_and_letters_are_sources_not_grounds(announcement: Announcement) -> None:
    assert cited_plans("Báo cáo số 12/BC-UBND ngày 01/02/2023; Công văn số 5/SKHCN-QLKH", announcement) == []


def test_a_mistyped_number_brings_the_plan_of_that_day(announcement: Announcement) -> None:
    grounds = {"grounds": "Kế hoạch số 35/KH-UBND ngày 03/3/2023 của UBND tỉnh Lạng Sơn."}
    (problem,) = check_form(form(announcement, {"2": grounds}), announcement).problems
    assert problem["code"] == "plan_unknown"
    assert "53/KH-UBND" in problem["cure"]


def test_decrees_of_other_levels_are_one_line_of_information(announcement: Announcement) -> None:
    grounds = {"grounds": "Quyết định số 1322/QĐ-TTg ngày 31/8/2020; Luật số 29/2013/QH13; Kế hoạch số 53/KH-UBND."}
    (problem,) = check_form(form(announcement, {"2": grounds}), announcement).problems
    assert (problem["code"], problem["severity"]) == ("plan_unlisted", "info")


@pytest.mark.parametrize(
    "text",
    ["một bộ quy trình", "03 mô hình", "đạt TCVN 11041", "năng suất 25 tấn/ha", "tăng 15%", "Hai bài báo", "VietGAP"],
)
def test_quantities(text: str) -> None:
    assert has_quantity(text)


@pytest.mark.parametrize(
    "text",
    ["4.1. Nâng cao nhận thức", "Một số giải pháp đến năm 2030", "1) Tài liệu; 2) Quy trình", "theo Quyết định 12/QĐ-UBND",
     "ứng dụng công nghệ 4.0", "giai đoạn 2021 - 2025", ""],
)  # fmt: skip
def test_numbers_that_measure_nothing(text: str) -> None:
    assert not has_quantity(text)


def test_sums_and_spans() -> None:
    for text in ("1.200 triệu đồng", "1,2 tỷ", "một tỷ hai trăm triệu đồng", "1.200.000.000 đ", "ĐVT triệu đồng: 950"):
        assert has_money(text), text
    for text in ("24 tháng", "hai năm", "01/2025 - 12/2026", "từ năm 2025 đến 2026", "2025-2026", "Số tháng: 24"):
        assert has_span(text), text
    for text in ("theo quy định", "Mục 9 của mẫu", ""):
        assert not has_money(text) and not has_span(text), text


def test_who_will_use_the_results() -> None:
    issuer = "Sở Khoa học và Công nghệ tỉnh Lạng Sơn"
    for text in (
        "UBND huyện Chi Lăng",
        "Sở Y tế",
        "các trạm y tế xã",
        "HTX nông nghiệp Bình Minh",
        "Trường THPT Việt Bắc",
    ):
        assert names_a_user(text, issuer), text
    for text in (
        "",
        "Các tổ chức, cá nhân có nhu cầu",
        "các hộ dân trên địa bàn tỉnh Lạng Sơn",
        "Các sở, ngành liên quan",
    ):
        assert not names_a_user(text, issuer), text


def test_figures_and_sources() -> None:
    assert claimed_figures("Huyện có 3.500 ha hồi, 40% già cỗi.") == ["3.500 ha", "40%"]
    assert claimed_figures("Phấn đấu tăng 10%. Theo Kế hoạch số 53/KH-UBND, đạt 40%. Năm 2023.") == []
    for text in (
        "(Nguồn: Chi cục Thống kê)",
        "theo Sở Y tế",
        "như [3] đã nêu",
        "Báo cáo số 12/BC-SNN",
        "(Trần và cs, 2021)",
    ):
        assert names_source(text), text
    for text in ("theo hướng hữu cơ", "theo VietGAP", "theo Kế hoạch số 53/KH-UBND", "lập báo cáo"):
        assert not names_source(text), text


def test_figures_without_source(announcement: Announcement) -> None:
    reasons = {
        "grounds": "Kế hoạch số 53/KH-UBND ngày 03/3/2023.",
        "urgency": "Toàn huyện có 12.000 ha hồi, 30% già cỗi.",
    }
    (problem,) = check_form(form(announcement, {"2": reasons}), announcement).problems
    assert problem["code"] == "figures_without_source" and "«12.000 ha»" in problem["message"]
    assert "trích dẫn tài liệu tin cậy" in problem["rule"]


def test_what_needs_the_sea(announcement: Announcement) -> None:
    for text in ("Nuôi tôm hùm", "Trồng rừng ngập mặn", "Phát triển giống dừa xiêm"):
        assert sea_object(text), text
    for text in (
        "Thông quan hải sản tại cửa khẩu",
        "Giá thể xơ dừa",
        "Biển báo giao thông",
        "Trồng dứa",
        "Dừa cạn",
        "",
    ):
        assert not sea_object(text), text
    assert province_of(announcement) == "Lạng Sơn" and not has_coast("Lạng Sơn", announcement)
    later = replace(announcement, date=date(2026, 3, 1), deadline=date(2026, 5, 1))
    assert has_coast("Gia Lai", later) and not has_coast("Gia Lai", announcement)


def test_a_province_with_a_coast_or_an_unknown_one_is_left_alone(announcement: Announcement) -> None:
    for issuer in ("Sở Khoa học và Công nghệ tỉnh Quảng Ninh", "Sở Khoa học và Công nghệ tỉnh Sơn Khê", ""):
        other = replace(announcement, issuer=issuer)
        assert "off_province_object" not in codes(check_form(form(other, {"1": "Nuôi tôm hùm trong lồng bè"}), other))


def test_a_row_of_a_table_is_no_form(announcement: Announcement) -> None:
    row = Proposal(
        "R1",
        {"title": "Nuôi tôm hùm tại Lạng Sơn", "rationale": "Kế hoạch số 53/KH-UBND ngày 04/3/2023."},
        Source("a.csv", 2),
    )
    report = check_form(row, announcement)
    assert report.items == () and codes(report) == ["plan_wrong_date", "off_province_object"]
    assert {problem["where"] for problem in report.problems} == {"bảng đề xuất"}


def test_rules_that_the_announcement_does_not_make_are_not_checked(announcement: Announcement) -> None:
    silent = replace(announcement, text="", deadline=None, form=Form(), requirements=())
    assert check_form(form(announcement, commitment=False, sent="2030-01-01", pages=40), silent).problems == ()


def test_a_document_that_is_no_form_is_not_scolded_ten_times(announcement: Announcement) -> None:
    empty = Proposal("E", {"title": "Một văn bản khác hẳn"}, Source("a.docx"), pages=1, form=FilledForm())
    assert codes(check_form(empty, announcement)) == []


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=400), sent=st.dates() | st.none(), budget=st.integers() | st.none())
def test_no_rule_raises_on_any_text(text: str, sent: date | None, budget: int | None) -> None:
    announcement = load_builtin("lang-son-2025") if not _LOADED else _LOADED[0]
    _LOADED[:] = [announcement]
    items = {str(number): text for number in range(1, 11)}
    proposal = form(announcement, items, sent=sent.isoformat() if sent else None, budget_vnd=budget, months=budget)
    for problem in check_form(proposal, announcement).problems:
        assert problem["code"] in CODES and problem["message"] and problem["cure"] and problem["where"]


_LOADED: list[Announcement] = []


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "corpus" / "forms").glob("texts-*.jsonl")))
def test_planted_breaches_are_found_and_false_flags_stay_under_one_a_form(
    announcement: Announcement, name: str
) -> None:
    missed, false = [], []
    for raw in texts(name):
        planted = {breach["code"] for breach in raw["violations"]} - {"over_page_limit"}  # a text has no pages
        problems = check_form(proposal_of(raw, announcement), announcement).problems
        missed += [(raw["id"], code) for code in planted - {problem["code"] for problem in problems}]
        wrong = [
            problem["code"] for problem in problems if problem["code"] not in planted and problem["severity"] != "info"
        ]
        assert len(wrong) <= 1, (raw["id"], wrong)
        false += wrong
    assert len(missed) <= 0.05 * sum(len(raw["violations"]) for raw in texts(name)), missed
    assert len(false) <= 0.1 * len(texts(name)), false


def test_every_code_is_documented() -> None:
    page = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    for code in RULES:
        assert f"| `{code}` |" in page, f"docs/checks.md does not explain {code}"
