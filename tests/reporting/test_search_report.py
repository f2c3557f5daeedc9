"""The search report: what an officer reads, signs and hands to a council (all texts made up)."""

import datetime as dt
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from types import MappingProxyType

import docx
import pytest

from matcher.errors import OutputError
from matcher.records import DuplicateKind, DuplicatePair, Problem, Proposal, Reason, Register, Source, Status
from matcher.reporting.search import (
    Scope,
    SearchReport,
    check_search_output,
    gather,
    register_scope,
    write_search_report,
)
from matcher.reporting.search.contacts import without_contacts
from matcher.reporting.search.differences import side_by_side

NOTHING = "Không tìm thấy nhiệm vụ trùng lặp trong phạm vi tra cứu."
COPIED = (
    "khảo sát, đánh giá hiện trạng vùng trồng hồi của các hộ tại ba xã giả định; tuyển chọn cây ưu trú và xây dựng "
    "vườn giống gốc quy mô hai héc ta làm nơi cung cấp hom ghép cho những năm tiếp theo"
)


def task(
    id_: str, title: str, read: Status = Status.OK, problems: tuple[Problem, ...] = (), **sections: str
) -> Proposal:
    return Proposal(id_, MappingProxyType({"title": title, **sections}), Source("t.csv", 2), read, problems)


P1 = task(
    "P1",
    "Nghiên cứu nhân giống cây hồi năng suất cao tại huyện giả định",
    objective="Chọn được ba dòng hồi có năng suất cao; liên hệ 0912 345 678, an@example.vn",
    content=f"Nội dung 1: {COPIED}. Nội dung 2: tập huấn cho nông dân.",
    organisation="Trung tâm Giống (giả định)",
    year="2025",
)
P2 = task("P2", "Xây dựng nhãn hiệu chứng nhận cho sản phẩm vịt quay giả định")
P3 = task("P3", "", Status.FAILED, (Problem("encrypted", "Tệp PDF có mật khẩu."),))
P4 = task("P4", "Phần mềm quản lý thư viện trường học", Status.PARTIAL, (Problem("page_lost", "Mất trang 3."),))
PAST = task(
    "DM-07",
    "Nghiên cứu chọn giống cây hồi năng suất cao tại huyện giả định",
    content=f"{COPIED.upper()}. Hội thảo tổng kết.",
    year="2018–2020",
    status="đã nghiệm thu",
)
PAST_TITLE_ONLY = task("DM-08", "Trồng thử nghiệm cây hồi", year="2015")
PAST_PORK = task("DM-09", "Xây dựng nhãn hiệu chứng nhận cho sản phẩm lợn quay giả định", year="2021")
PAIRS = (
    DuplicatePair("P1", "DM-08", "register", DuplicateKind.OVERLAP, 0.31, (Reason("object", 1.2, "đối tượng nghiên cứu: 100%"),)),
    DuplicatePair(
        "P1", "DM-07", "register", DuplicateKind.REVISED, 0.934,
        (Reason("prior", -3.0, "x"), Reason("wording", 3.1, "mức giống nhau: 92%"), Reason("place", -1.0, "địa bàn khác nhau")),
    ),
    DuplicatePair("P2", "DM-09", "register", DuplicateKind.SAME_METHOD_ELSEWHERE, 0.66),
)  # fmt: skip
REGISTER = Register("Danh mục giả định", (PAST, PAST_TITLE_ONLY, PAST_PORK), (Problem("row", "Dòng 9 không có tên."),))


def scope(registers: tuple[Register, ...] = (REGISTER,)) -> Scope:
    return Scope(
        registers=tuple(register_scope(each, dt.date(2025, 3, 1)) for each in registers),
        low=0.2,
        high=0.5,
        searched_on=dt.date(2025, 5, 20),
        model="e5-small-vi",
        model_fingerprint="0123456789abcdef0123",
        known="Thông báo định hướng (giả định)",
    )


def gathered(proposals=(P1, P2, P3, P4), pairs=PAIRS, registers=(REGISTER,), known=()) -> SearchReport:
    named = [(each.name, each) for each in registers]
    return gather(proposals, named, pairs, scope(registers), known=known, office="Sở KH&CN tỉnh Ví Dụ")


class Page(HTMLParser):
    """The words of a page, and those in some of its tags."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.parts: list[str] = []
        self.inside: dict[str, list[str]] = {}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, "every tag is closed in its turn"

    def handle_data(self, data):
        if self.open and self.open[-1] == "style":
            return
        self.parts.append(data)
        for tag in set(self.open):
            self.inside.setdefault(tag, []).append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.parts).split())


def texts(report: SearchReport, folder: Path) -> dict[str, str]:
    """What a reader sees in both kinds of file."""
    write_search_report(report, folder / "a.html")
    write_search_report(report, folder / "a.docx")
    document = docx.Document(str(folder / "a.docx"))
    body = document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p")
    lines = ["".join(t.text or "" for t in p.iter(p.tag[:-1] + "t")) for p in body]
    page = Page((folder / "a.html").read_text(encoding="utf-8"))
    return {"html": page.text, "docx": " ".join(" ".join(lines).split())}


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    return texts(gathered(), tmp_path_factory.mktemp("search"))


@pytest.fixture(params=["html", "docx"])
def text(request, shown):
    return shown[request.param]


def test_it_says_what_was_searched_and_how(text):
    assert "SỞ KH&CN TỈNH VÍ DỤ" in text
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "nhiệm vụ khoa học và công nghệ đã và đang thực hiện" in text
    assert "Ngày tra cứu: 20/05/2025" in text
    assert (
        "Danh mục giả định: 3 nhiệm vụ; năm 2015–2021; dữ liệu lưu ngày 01/03/2025; CHƯA so được hết (1 chỗ không đọc được): Dòng 9 không có tên."
        in text
    )
    assert "từ 20% trở lên; từ 50% trở lên" in text
    assert "từ 25 tiếng trở lên" in text
    assert "«Thông báo định hướng (giả định)»" in text
    assert "e5-small-vi, mã 0123456789abcdef" in text
    assert "không phải là kết luận trùng hay không trùng" in text


def test_every_proposal_has_a_plain_statement(text):
    assert "Cần hội đồng xem xét: 1 nghi trùng, 1 cần xem." in text
    assert text.count(NOTHING) >= 2, "P2, which is like another brand only, and P4"
    assert "CHƯA ĐƯỢC TRA CỨU: không đọc được đề xuất (Tệp PDF có mật khẩu). Không được coi là không trùng lặp." in text
    assert "Đề xuất chỉ đọc được một phần: phần không đọc được chưa được tra cứu." in text
    assert "CHÚ Ý: 1 đề xuất không đọc được nên CHƯA được tra cứu." in text
    assert "Các đề xuất trong đợt được so với nhau: 3 đề xuất." in text


def test_nearest_tasks_come_with_kind_probability_and_reasons(text):
    revised = text.index("1. Nhiệm vụ DM-07 (Danh mục giả định): nghi trùng lặp")
    overlap = text.index("2. Nhiệm vụ DM-08 (Danh mục giả định): cần xem")
    assert revised < overlap, "the nearest first, whatever the order of pairs"
    assert "bản chỉnh sửa" in text[revised:overlap]
    assert "93%" in text[revised:overlap]
    assert "+ tên viết giống nhau: 92%; − khác địa bàn." in text
    assert "giao thoa" in text[overlap:]
    assert "đã nghiệm thu" in text[revised:overlap]


def test_a_register_with_titles_only_is_no_fault(text):
    assert "Phía bên kia không ghi: mục tiêu, nội dung; không đối chiếu được phần này." in text


def test_copied_passages_are_quoted_with_their_places(text):
    expected = (
        f"{len(COPIED.split())} tiếng: nội dung của đề xuất (tiếng thứ 4–{3 + len(COPIED.split())}) và nội dung của "
        f"nhiệm vụ DM-07 (tiếng thứ 1–{len(COPIED.split())}): «{COPIED}»"
    )
    assert expected in text.replace("( ", "(")


def test_the_same_method_elsewhere_is_information(text):
    assert "Để tham khảo (không phải trùng lặp): 1 nhiệm vụ" in text
    assert "Nhiệm vụ DM-09 (Danh mục giả định): Xây dựng nhãn hiệu chứng nhận cho sản phẩm lợn quay giả định" in text


def test_there_is_a_place_to_sign(text):
    assert "IV. Ý KIẾN CỦA CÁN BỘ TRA CỨU" in text
    assert "NGƯỜI TRA CỨU (Ký, ghi rõ họ tên) LÃNH ĐẠO ĐƠN VỊ" in re.sub(" +", " ", text)


def test_contacts_are_hidden(text, shown):
    assert "0912" not in text
    assert "example.vn" not in text
    assert "liên hệ •" in text or P1.sections["objective"] not in text


def test_differences_are_marked_without_colour(tmp_path):
    write_search_report(gathered(), tmp_path / "a.html")
    page = Page((tmp_path / "a.html").read_text(encoding="utf-8"))
    assert "nhân" in page.inside["ins"]
    assert "chọn" in page.inside["del"]
    style = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "text-decoration:underline" in style
    assert "text-decoration:line-through" in style
    write_search_report(gathered(), tmp_path / "a.docx")
    table = docx.Document(str(tmp_path / "a.docx")).tables[2]
    title = table.rows[1].cells
    assert [run.text.strip() for run in title[1].paragraphs[0].runs if run.underline] == ["nhân"]
    assert [run.text.strip() for run in title[2].paragraphs[0].runs if run.font.strike] == ["chọn"]


def test_page_and_typeface(tmp_path):
    write_search_report(gathered(), tmp_path / "a.docx")
    document = docx.Document(str(tmp_path / "a.docx"))
    section = document.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert document.styles["Normal"].font.size.pt == 13


def test_equal_searches_give_equal_bytes(tmp_path):
    for name in ("a.docx", "b.docx", "a.html", "b.html"):
        write_search_report(gathered(), tmp_path / name)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_the_page_needs_no_network(tmp_path):
    write_search_report(gathered(), tmp_path / "a.html")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "default-src &#39;none&#39;" in page
    assert not re.search(r"(src|href)=\"(?!#)", page)


# ------------------------------------------------------------------------------------------- copied, unpaired


def test_a_copy_under_another_title_is_found_without_a_pair():
    report = gathered(pairs=())
    (finding,) = report.proposals[0].findings
    assert (finding.other.id, finding.pair) == ("DM-07", None)
    assert finding.weight(0.5) == "copied"


def test_titles_of_one_template_are_no_copying():
    long = f"Đánh giá hiệu quả: {COPIED} tại bệnh viện"
    mine, past = task("P1", f"{long} Một"), task("T1", f"{long} Hai")
    assert gathered((mine,), (), (Register("Danh mục", (past,)),)).proposals[0].findings == ()


def test_words_of_the_announcement_are_no_copying():
    assert gathered(pairs=(), known=[COPIED]).proposals[0].findings == ()


def test_a_pair_of_the_batch_stands_at_both_proposals(tmp_path):
    pair = DuplicatePair("P1", "P4", "batch", DuplicateKind.SAME_WORK, 0.8)
    report = gathered((P1, P4), (pair,), ())
    assert [each.findings[0].other.id for each in report.proposals] == ["P4", "P1"]
    for text in texts(report, tmp_path).values():
        assert "Đề xuất P4 (trong đợt này): nghi trùng lặp" in text
        assert "Đề xuất P1 (trong đợt này): nghi trùng lặp" in text
        assert "CHÚ Ý: chưa so với danh mục nhiệm vụ đã và đang thực hiện nào" in text


def test_a_note_on_a_task_that_was_read_is_no_loss():
    note = Problem("duplicate_id", "Mã DM-07 có hai lần.")
    register = Register(
        "Danh mục", (task("DM-07", "Trồng hồi", problems=(note,)),), (note, Problem("row", "Dòng 3 vỡ."))
    )
    assert register_scope(register).lost == ("Dòng 3 vỡ.",)


def test_a_task_may_bear_the_id_of_a_proposal():
    pair = DuplicatePair("P1", "P1", "register", DuplicateKind.REVISED, 0.9)
    past = task("P1", "Nghiên cứu chọn giống cây hồi")
    report = gathered((P1,), (pair,), (Register("Danh mục", (past,)),))
    assert report.proposals[0].findings[0].other is past


# ------------------------------------------------------------------------------------------- bad input


def test_no_proposals_no_pairs(tmp_path):
    for text in texts(gathered((), (), ()), tmp_path).values():
        assert "Không có đề xuất nào để tra cứu." in text


def test_nothing_found(tmp_path):
    for text in texts(gathered((P2,), ()), tmp_path).values():
        assert NOTHING in text
        assert "Không có đề xuất nào cần in chi tiết." in text


def test_nothing_to_compare_with_is_no_clean_result(tmp_path):
    for text in texts(gathered((P2,), (), ()), tmp_path).values():
        assert NOTHING not in text
        assert "CHƯA CÓ PHẠM VI TRA CỨU" in text


def test_a_round_of_300(tmp_path):
    copies = {i: {"content": f"{COPIED} tại xã {i}"} for i in range(40)}
    proposals = [task(f"P{i}", f"Đề xuất số {i} về cây trồng thứ {i}", **copies.get(i, {})) for i in range(300)]
    pairs = [DuplicatePair("P0", f"P{i}", "batch", DuplicateKind.REVISED, 0.9) for i in range(1, 300)]
    for text in texts(gathered(proposals, pairs), tmp_path).values():
        assert "299 nghi trùng, 1 có đoạn văn giống nhau" in text, "the past task is not hidden by the copies"
        assert "Còn 295 nhiệm vụ hoặc đề xuất khác, không in chi tiết:" in text
        assert "Đề xuất P299" in text


@pytest.mark.parametrize(
    "title",
    [
        "Tên " * 500,
        "x" * 2000,
        "Tên có \x00\x01\x1b[31m ký tự \ud800 điều khiển \u202e\r\n và xuống dòng",
        "</td><script>alert(1)</script> & {{ 7*7 }}",
        "\u0301" * 50,
    ],
)
def test_hostile_titles(title, tmp_path):
    odd = task("P\x07 <b>", title, content=title, objective="\x0b")
    past = task("T\x00", title + " thêm", content=title)
    pair = DuplicatePair(
        odd.id, past.id, "register", DuplicateKind.REVISED, 0.9, (Reason("title", 1.0, f"a\x02{title}"),)
    )
    report = gathered((odd,), (pair,), (Register("Danh\x03 mục <i>", (past,)),))
    for kind, text in texts(report, tmp_path).items():
        assert "nghi trùng lặp" in text
        assert not re.search("[\x00-\x08\x1b\u202e\ud800]", text), kind
    assert "<script>alert" not in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_very_long_texts_are_cut_and_it_is_said(tmp_path):
    long = task("P1", "Tên", content=" ".join(f"chữ{i}" for i in range(20_000)))
    past = task("T1", "Tên", content=" ".join(f"chữ{i}" for i in range(5, 20_000)))
    pair = DuplicatePair("P1", "T1", "register", DuplicateKind.IDENTICAL, 1.0)
    report = gathered((long,), (pair,), (Register("Danh mục", (past,)),))
    for text in texts(report, tmp_path).values():
        assert "… (đã cắt bớt)" in text
        assert "19.995 tiếng" in text
        assert "[…]" in text
        assert len(text) < 30_000


def test_the_document_is_valid_xml(tmp_path):
    from lxml import etree

    write_search_report(gathered(), tmp_path / "a.docx")
    with zipfile.ZipFile(tmp_path / "a.docx") as archive:
        assert archive.testzip() is None
        etree.fromstring(archive.read("word/document.xml"))


@pytest.mark.parametrize("name", ["a.pdf", "a", "a.jsonl"])
def test_other_kinds_of_file_are_refused(name, tmp_path):
    with pytest.raises(OutputError, match=r"\.docx, \.html"):
        check_search_output(tmp_path / name)
    assert not list(tmp_path.iterdir())


# ------------------------------------------------------------------------------------------- parts


@pytest.mark.parametrize(
    "text",
    ["ĐT: (0205) 3812 345", "+84 912 345 678", "0912345678.", "02053.812.345", "0912-345-678", "a.b@so.langson.gov.vn"],
)
def test_personal_data_is_found(text):
    hidden = without_contacts(text)
    assert len(hidden) == len(text)
    assert not re.search(r"\d{3}|@", hidden)


@pytest.mark.parametrize(
    "text",
    [
        "84.000.000.000 đồng",
        "năm 2019 2020 2021",
        "số 0123/QĐ-UBND",
        "0,5 tỷ",
        "mã 2024.05.00123456789",
        "ngày 08/03/2024",
    ],
)
def test_figures_are_no_personal_data(text):
    assert without_contacts(text) == text


def differing(pieces) -> str:
    return "".join(piece.text for piece in pieces if piece.differs).strip()


def test_words_are_compared_not_letters():
    both = side_by_side("Trồng cây hồi, ở xã miền núi", "TRỒNG CÂY QUẾ ở xã miền núi")
    assert (differing(both.left), differing(both.right)) == ("hồi,", "QUẾ")
    assert "".join(piece.text for piece in both.left) == "Trồng cây hồi, ở xã miền núi", "no letter is lost"


def test_texts_with_nothing_in_common_are_not_marked():
    both = side_by_side("Trồng cây hồi ở xã miền núi", "Phần mềm quản lý thư viện điện tử")
    assert not both.is_marked
    assert differing(both.left) == ""


@pytest.mark.parametrize(("left", "right"), [("", ""), ("", "một hai"), ("một hai", ""), (" ", "\n"), ("...", "...")])
def test_empty_sides(left, right):
    both = side_by_side(left, right)
    assert "".join(piece.text for piece in both.left).strip() == left.strip()
