"""The real announcement, against facts counted by hand in its text."""

from __future__ import annotations

import json
import time
from datetime import date

import pytest

from matcher.announcement import announcement_to_record, builtin_names, load_builtin, read_announcement
from matcher.errors import AnnouncementError
from matcher.records import Announcement, Basis
from matcher.settings import resource_dir

E, H, U = "explicit", "inherited", "unresolved"
#: id, first words, last words, plan, basis, footnote: read off the announcement by hand.
ORIENTATIONS = [
    ("1.1", "Ứng dụng tiến bộ khoa học và công nghệ để", "từ khâu sản xuất đến tiêu thụ.", "53/KH-UBND", E, 1),
    ("1.2", "Nghiên cứu phát triển các sản phẩm chủ lực", "mỗi xã một sản phẩm (OCOP).", "53/KH-UBND", H, None),
    ("1.3", "Nghiên cứu, ứng dụng tiến bộ khoa học", "thị trường trong nước và xuất khẩu.", "53/KH-UBND", H, None),
    ("1.4", "Ứng dụng tiến bộ KH&CN nâng cao năng suất", "nông, lâm nghiệp của tỉnh.", "53/KH-UBND", H, None),
    ("1.5", "Phục tráng, bảo tồn, khai thác", "giá trị của địa phương.", "53/KH-UBND", H, None),
    ("1.6", "Nghiên cứu, ứng dụng khoa học kỹ thuật", "sản xuất nông, lâm nghiệp.", "23/KH-UBND", E, 2),
    ("1.7", "Nghiên cứu, khảo nghiệm, ứng dụng tiến bộ", "phòng cháy, chữa cháy rừng.", "231/KH-UBND", E, 3),
    ("1.8", "Nghiên cứu, chuyển giao ứng dụng", "chất lượng, giá trị sản phẩm.", "196/KH-UBND", E, 4),
    ("2.1", "Nghiên cứu cải tiến và đổi mới công nghệ", "trong nước và xuất khẩu.", "53/KH-UBND", E, 5),
    ("2.2", "Nghiên cứu - ứng dụng các nguồn năng lượng", "hợp lý và tiết kiệm.", "53/KH-UBND", H, None),
    ("2.3", "Ứng dụng các thành tựu KH&CN tiên tiến", "khắc phục sự cố môi trường...", "53/KH-UBND", H, None),
    ("2.4", "Nghiên cứu, ứng dụng và phát triển công nghệ", "tài nguyên môi trường;", "53/KH-UBND", H, None),
    ("2.5", "Ứng dụng công nghệ 4.0 trong các cơ quan", "đơn vị sự nghiệp, doanh nghiệp.", "53/KH-UBND", H, None),
    ("2.6", "Nghiên cứu, ứng dụng công nghệ, giải pháp", "khả năng chi trả của người dân.", "53/KH-UBND", H, None),
    ("2.7", "Nghiên cứu, đề xuất triển khai ứng dụng", "mỹ quan và cảnh quan công trình.", "51/KH-UBND", E, 6),
    ("2.8", "Nghiên cứu ứng dụng công nghệ thông tin", "vận hành và bảo vệ công trình.", "51/KH-UBND", H, None),
    ("2.9", "Nghiên cứu, tiếp cận, tiếp nhận", "tăng trưởng xanh, kinh tế tuần hoàn.", "51/KH-UBND", H, None),
    ("2.10", "Nghiên cứu, ứng dụng phát triển công nghệ", "nhãn hiệu chứng nhận,...).", "09/KH-UBND", E, 7),
    ("2.11", "Nghiên cứu, sáng kiến, cải tiến", "phòng dân sự của tỉnh.", "71/KH-UBND", E, 8),
    ("2.12", "Nghiên cứu có trọng tâm, trọng điểm", "dữ liệu đa dạng sinh học.", "229/KH-UBND", E, 9),
    ("2.13", "Nghiên cứu, ứng dụng tiến bộ khoa học công", "hóa chất trên địa bàn tỉnh", "216/KH-UBND", E, 10),
    ("2.14", "Nghiên cứu khoa học và phát triển công nghệ", "phát thải khí mê-tan.", "209/KH-UBND", E, 11),
    ("3.1", "Nghiên cứu cơ sở lý luận và tổng kết", "(PCI) của tỉnh Lạng Sơn.", "53/KH-UBND", E, 12),
    ("3.2", "Nghiên cứu đề xuất giải pháp phòng, chống", "quyền lợi người tiêu dùng.", "53/KH-UBND", H, None),
    ("3.3", "Nghiên cứu các giải pháp nhằm thu hút", "xuất nhập khẩu qua địa bàn.", "53/KH-UBND", H, None),
    ("3.4", "Nghiên cứu, phát triển du lịch theo hướng", "các di sản văn hoá của tỉnh.", "53/KH-UBND", H, None),
    ("3.5", "Nghiên cứu các giải pháp phát triển giáo dục", "giáo dục và đào tạo.", "53/KH-UBND", H, None),
    ("3.6", "Nghiên cứu các giải pháp nâng cao năng lực", "nhà nước và các doanh nghiệp.", "53/KH-UBND", H, None),
    ("3.7", "Nghiên cứu, đề xuất cơ chế chính sách và", "công tác dân tộc đề ra", "138/KH-UBND", E, 13),
    ("3.8", "Nghiên cứu, đề xuất cơ chế, chính sách", "dân tộc thiểu số (DTTS).", "138/KH-UBND", H, None),
    ("3.9", "Nghiên cứu, rà soát để đề xuất điều chỉnh", "bảo đảm quốc phòng, an ninh.", "138/KH-UBND", H, None),
    ("3.10", "Nghiên cứu, đề xuất chính sách đặc thù", "đi vào chiều sâu và bền vững.", "138/KH-UBND", H, None),
    ("3.11", "Nghiên cứu, đề xuất các giải pháp chỉ đạo", "đồng bào DTTS và miền núi.", "138/KH-UBND", H, None),
    ("3.12", "Nghiên cứu ứng dụng, chuyển giao", "tập trung theo hướng hàng hóa.", "64/KH-UBND", E, 14),
    ("3.13", "Nghiên cứu khoa học, ứng dụng công nghệ", "thể dục, thể thao và du lịch.", "66/KH-UBND", E, 15),
    ("3.14", "Nghiên cứu, áp dụng các mô hình xã", "triển khai tại địa phương.", "46/KH-UBND", E, 16),
    ("4.1", "Nghiên cứu, ứng dụng các công nghệ tiên tiến", "điều trị bệnh tại Lạng Sơn;", "53/KH-UBND", E, 17),
    ("4.2", "Nghiên cứu các giải pháp điều trị bệnh", "quản lý sức khỏe cộng đồng.", "53/KH-UBND", H, None),
    ("4.3", "Nghiên cứu, ứng dụng KH&CN, công nghệ sinh học", "dược liệu trên địa bàn tỉnh.", "53/KH-UBND", H, None),
    ("5.1", "Nghiên cứu, ứng dụng, triển khai các ý tưởng", "phục vụ sản xuất và đời sống.", "2591/QĐ-UBND", E, 18),
    ("5.2", "Thực hiện áp dụng các kết quả nghiên cứu", "09/12/2020 của UBND tỉnh.", "18/KH-UBND", U, 19),
    ("5.3", "Nghiên cứu, ứng dụng, chuyển giao khoa học", "sản phẩm Mắc ca của tỉnh.", "249/KH-UBND", E, 20),
    ("5.4", "Nghiên cứu, ứng dụng, chuyển giao khoa học", "hộ gia đình trên địa bàn tỉnh.", "38/KH-UBND", E, 21),
]
LISTED = {
    "53/KH-UBND": "2023-03-03", "23/KH-UBND": "2023-01-26", "231/KH-UBND": "2022-11-09", "196/KH-UBND": "2022-09-15",
    "51/KH-UBND": "2023-03-02", "09/KH-UBND": "2023-01-10", "71/KH-UBND": "2023-03-27", "229/KH-UBND": "2022-11-08",
    "216/KH-UBND": "2022-10-17", "209/KH-UBND": "2022-10-14", "138/KH-UBND": "2022-06-13", "64/KH-UBND": "2022-03-28",
    "66/KH-UBND": "2023-03-15", "46/KH-UBND": "2023-02-24", "2591/QĐ-UBND": "2022-01-04", "249/KH-UBND": "2022-12-15",
    "38/KH-UBND": "2023-02-16", "15/KH-UBND": "2024-01-18", "72/KH-UBND": "2023-08-11",
}  # fmt: skip
FORM = [
    "Tên nhiệm vụ khoa học và công nghệ",
    "Lý do đề xuất",
    "Mục tiêu",
    "Yêu cầu các kết quả chính và các chỉ tiêu cần đạt",
    "Các nội dung chính cần thực hiện để đạt kết quả",
    "Khả năng ứng dụng",
    "Dự kiến tổ chức, cơ quan hoặc địa chỉ ứng dụng các kết quả tạo ra và năng lực của tổ chức, cơ quan dự kiến "
    "ứng dụng kết quả",
    "Yêu cầu về thời gian thực hiện",
    "Dự kiến nhu cầu kinh phí",
    "Địa chỉ Liên hệ",
]


@pytest.fixture(scope="module")
def announcement() -> Announcement:
    return load_builtin("lang-son-2025")


def test_letterhead_and_dossier(announcement: Announcement) -> None:
    assert announcement.name == "lang-son-2025"
    assert announcement.issuer == "Sở Khoa học và Công nghệ tỉnh Lạng Sơn"
    assert announcement.number == "/TB-SKHCN"
    assert announcement.date is None  # the day was left blank
    assert announcement.deadline == date(2024, 5, 15)
    assert announcement.title == "Định hướng đề xuất đặt hàng nhiệm vụ khoa học và công nghệ cấp tỉnh năm 2025"
    assert announcement.receiving_office.startswith("Sở Khoa học và Công nghệ tỉnh Lạng Sơn, địa chỉ: Số 638")
    assert announcement.exception.startswith("Lưu ý: Ngoài các vấn đề")
    assert announcement.exception.endswith("rất cần thiết và cấp bách cho Tỉnh.")


def test_requirements(announcement: Announcement) -> None:
    assert [text.split()[:4] for text in announcement.requirements] == [
        "Có đủ căn cứ".split(),
        "Đáp ứng các tiêu".split(),
        "Có địa chỉ ứng".split(),
        "Nội dung trình bày".split(),
    ]


def test_fields(announcement: Announcement) -> None:
    assert [field.name for field in announcement.fields] == [
        "Lĩnh vực khoa học nông nghiệp",
        "Lĩnh vực kỹ thuật và công nghệ",
        "Lĩnh vực khoa học xã hội và nhân văn",
        "Lĩnh vực KH&CN phục vụ Y dược",
        "Một số nội dung khác",
    ]
    assert [sum(o.field == f.id for o in announcement.orientations) for f in announcement.fields] == [8, 14, 14, 3, 4]


@pytest.mark.parametrize("facts", ORIENTATIONS, ids=[facts[0] for facts in ORIENTATIONS])
def test_orientation(announcement: Announcement, facts: tuple[str, str, str, str, str, int | None]) -> None:
    orientation_id, starts, ends, plan, basis, footnote = facts
    orientation = next(each for each in announcement.orientations if each.id == orientation_id)
    assert orientation.text.startswith(starts)
    assert orientation.text.endswith(ends)
    main = orientation.main_citation
    assert main is not None
    assert (main.plan, main.basis.value, main.footnote) == (plan, basis, footnote)


def test_nothing_of_a_footnote_is_left_in_a_bullet(announcement: Announcement) -> None:
    assert len(announcement.orientations) == len(ORIENTATIONS)
    for orientation in announcement.orientations:
        assert orientation.text[0].isupper()
        assert "Kế hoạch số" not in orientation.text or orientation.id == "1.7"
        assert "  " not in orientation.text and "\n" not in orientation.text


def test_glued_words_come_apart(announcement: Announcement) -> None:
    text = next(each.text for each in announcement.orientations if each.id == "3.9")
    assert "miền núi và nhiệm vụ" in text
    assert "đồng bào DTTS và miền núi" in text


def test_sources_span_the_bullets(announcement: Announcement) -> None:
    ends = 0
    for orientation in announcement.orientations:
        source = orientation.source.of(announcement.text)
        assert source[0] == "-"
        assert source.split()[-1] == orientation.text.split()[-1]
        assert orientation.source.start >= ends
        ends = orientation.source.end


def test_aspects_cover_their_bullet_in_order(announcement: Announcement) -> None:
    for orientation in announcement.orientations:
        at = 0
        for aspect in orientation.aspects:
            found = orientation.text.find(aspect, at)
            between = orientation.text[at:found]
            assert found >= 0 and not any(letter.isalnum() for letter in between)
            assert len(aspect.split()) >= 4
            at = found + len(aspect)
        assert not any(letter.isalnum() for letter in orientation.text[at:])


def test_plans(announcement: Announcement) -> None:
    listed = {plan.id: plan for plan in announcement.plans if plan.listed}
    assert {plan_id: str(plan.date) for plan_id, plan in listed.items()} == LISTED
    assert listed["72/KH-UBND"].title.startswith("Kế hoạch hành động quốc gia về tăng trưởng xanh")
    assert listed["2591/QĐ-UBND"].title == "Chương trình phát triển thanh niên tỉnh Lạng Sơn giai đoạn 2021-2030"
    assert {plan.issuer for plan in listed.values()} == {"UBND tỉnh Lạng Sơn"}
    assert {plan.id for plan in announcement.plans if not plan.listed} == {"18/KH-UBND", "164/KH-UBND", "2544/QĐ-UBND"}


def test_plans_named_inside_bullets(announcement: Announcement) -> None:
    inline = {
        orientation.id: [each.plan for each in orientation.citations if each.basis is Basis.INLINE]
        for orientation in announcement.orientations
        if len(orientation.citations) > 1
    }
    assert inline == {"1.7": ["164/KH-UBND"], "5.2": ["2544/QĐ-UBND"]}


def test_form(announcement: Announcement) -> None:
    assert [item.name for item in announcement.form.items] == FORM
    assert [item.number for item in announcement.form.items] == list(range(1, 11))
    assert announcement.form.items[1].hint.startswith("- Căn cứ đề xuất")
    assert announcement.form.max_pages == 4


def test_integrity_names_each_contradiction(announcement: Announcement) -> None:
    found = {(problem.code, problem.where) for problem in announcement.integrity}
    assert found == {
        ("cited_not_listed", "chú thích 19"),
        ("listed_not_cited", "15/KH-UBND"),
        ("listed_not_cited", "72/KH-UBND"),
        ("inline_only", "1.7"),
        ("inline_only", "5.2"),
        ("date_missing", "chú thích 1"),
        ("date_missing", "chú thích 5"),
        ("number_unlikely", "2591/QĐ-UBND"),
        ("number_unlikely", "72/KH-UBND"),
        ("near_identical_bullets", "2.7"),
        ("glued_words", "3.9"),
        ("glued_words", "5.4"),
        ("misspelling_suspected", "1.5"),
        ("misspelling_suspected", "3.2"),
        ("misspelling_suspected", "3.3"),
        ("misspelling_suspected", "5.1"),
    }
    look_alike = next(problem.message for problem in announcement.integrity if problem.code == "cited_not_listed")
    assert "18/KH-UBND ngày 18/01/2023" in look_alike
    assert "15/KH-UBND ngày 18/01/2024" in look_alike


def test_record_is_the_golden_structure(announcement: Announcement, request: pytest.FixtureRequest) -> None:
    path = resource_dir("corpus") / "lang-son-2025" / "announcement.json"
    record = announcement_to_record(announcement)
    if request.config.getoption("--rewrite-golden"):
        path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    assert json.loads(path.read_text(encoding="utf-8")) == record


def test_read_in_a_tenth_of_a_second() -> None:
    path = resource_dir("corpus") / "lang-son-2025" / "announcement.txt"
    read_announcement(path)
    times = []
    for _ in range(5):
        start = time.process_time()
        read_announcement(path)
        times.append(time.process_time() - start)
    assert min(times) < 0.1


def test_builtin_names() -> None:
    assert "lang-son-2025" in builtin_names()
    with pytest.raises(AnnouncementError, match="lang-son-2025"):
        load_builtin("lang-son-1999")
