import base64
import hashlib
import io
import re
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from matcher.records import Span
from matcher.reporting import page

from . import samples


def written(report, **given):
    stream = io.BytesIO()
    page.write_html(report, stream, **given)
    return stream.getvalue().decode("utf-8")


@pytest.fixture(scope="module")
def text():
    return written(samples.report())


@pytest.fixture(scope="module")
def tree(text):
    return html.document_fromstring(text)


def test_nothing_is_loaded_from_elsewhere(text, tree):
    assert not re.search(r"(?:src|href)=[\"'](?!#)", text)
    assert "url(" not in text
    assert "@import" not in text
    assert tree.get("lang") == "vi"


def test_only_our_own_script_and_style_may_act(tree):
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    for kind in ("script", "style"):
        (element,) = tree.xpath(f"//{kind}")
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert not tree.xpath("//@style | //@onclick | //@onload | //@onerror")


def test_hostile_titles_are_text(text, tree):
    assert "</script><img" not in text
    assert not tree.xpath("//img")
    assert samples.HOSTILE in tree.xpath("//tbody[@id='p6']//bdi[@class='title']")[0].text_content()


def test_every_proposal_has_a_row_and_details(tree):
    bodies = tree.xpath("//table[@id='worklist']/tbody")
    assert [body.get("data-state") for body in bodies] == [
        "aligned",
        "uncertain",
        "outside",
        "invalid",
        "failed",
        "aligned",
    ]
    assert all(body.xpath(".//details") for body in bodies)
    assert [body.get("data-duplicates") for body in bodies] == ["2", "1", "0", "0", "0", "0"]
    assert [body.get("data-problems") for body in bodies] == ["1", "0", "0", "0", "1", "1"]


def test_evidence_is_marked_on_both_sides(tree):
    (first,) = tree.xpath("//tbody[@id='p1']")
    assert [each.text for each in first.xpath(".//p[@class='bullet']/mark")] == ["nhân giống cây hồi", "năng suất cao"]
    assert [each.text for each in first.xpath(".//p[@class='words']//mark")] == ["nhân giống cây hồi", "năng suất cao"]
    assert "xây dựng mô hình trồng thâm canh" in first.xpath(".//div[@class='uncovered']")[0].text_content()


def test_the_nearest_orientation_not_chosen_is_told_with_its_reason(text):
    assert "1.2 (31%) – so với 1.1: ít từ chung hơn." in text


def test_a_plan_says_how_it_is_tied(tree):
    words = [each.text_content() for each in tree.xpath("//tbody[@id='p1']//p[@class='plan']")]
    assert "901/KH-UBND ngày 03/03/2023 – Phát triển cây đặc sản đến năm 2030 (chú thích tại định hướng)" in words[0]
    assert words[2].strip() == "Văn bản căn cứ: không nêu căn cứ"


def test_failures_stand_at_the_top(tree):
    (banner,) = tree.xpath("//section[@role='alert']")
    said = " ".join(banner.text_content().split())
    assert "1 đề xuất không đọc được (chưa rà soát), 1 đề xuất chỉ đọc được một phần" in said
    assert "P5 – Không đọc được – chưa rà soát – đề xuất.xlsx, dòng 6: Tệp PDF có mật khẩu. (trang 1)" in said


def test_no_banner_where_all_was_read():
    clean = html.document_fromstring(written(samples.report(samples.assessments()[:4])))
    assert not clean.xpath("//*[@role='alert']")


def test_outside_proposals_show_the_exception_and_their_urgency(tree):
    said = tree.xpath("//tbody[@id='p3']")[0].text_content()
    assert "có thể đề xuất nhiệm vụ rất cần thiết và cấp bách" in said
    assert "Cần làm ngay trong năm học này." in said


def test_coverage_and_integrity(tree):
    unanswered = tree.xpath("//tr[contains(@class,'unanswered')]/td[1]")
    assert [cell.text_content() for cell in unanswered] == ["1.2", "2.1"]
    assert "Văn bản 902/QĐ-UBND không ghi ngày." in tree.get_element_by_id("integrity").text_content()


def test_every_link_within_the_page_leads_somewhere(tree):
    ids = set(tree.xpath("//@id"))
    assert {link[1:] for link in tree.xpath("//a/@href")} <= ids


def test_a_page_of_many_says_what_is_left_out():
    capped = html.document_fromstring(written(samples.report(), max_proposals=2))
    assert len(capped.xpath("//table[@id='worklist']/tbody")) == 2
    note = capped.xpath("//p[@role='alert']")[0].text_content()
    assert "2 đề xuất đầu tiên" in note
    assert "còn 4 đề xuất" in note
    assert "Không đọc được: 1" in note
    assert {link[1:] for link in capped.xpath("//a/@href")} <= set(capped.xpath("//@id"))


def test_english():
    text = written(samples.report(language="en"))
    assert "Fits an orientation" in text
    assert "Phù hợp" not in text


def test_an_orientation_that_the_announcement_does_not_have():
    match = samples.replace(samples.assessments()[0].matches[0], orientation="9.9")
    given = samples.replace(samples.assessments()[0], matches=(match,))
    assert "(không có trong thông báo)" in written(samples.report([given]))


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_script_is_sound():
    script = (page._TEMPLATES / "report.js").read_text(encoding="utf-8")
    assert subprocess.run(["node", "--check", "-"], input=script, text=True, check=False).returncode == 0


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(-5, 50), st.integers(-5, 50)), max_size=6))
def test_marks_change_no_word(text, spans):
    marked = page.marked(text, [Span(start, end) for start, end in spans])
    plain = re.sub(r"</?mark>", "", str(marked))
    assert plain == str(page.marked(text, []))


def test_overlapping_marks_are_joined():
    assert page.marked("a<b>c", [Span(0, 2), Span(1, 3), Span(9, 12)]) == "<mark>a&lt;b</mark>&gt;c"


def test_a_group_stands_before_the_list_with_one_place_to_decide(tree):
    (row,) = tree.xpath("//section[@id='groups']//tbody/tr")
    assert row.xpath(".//div[@class='members']//a/@href") == ["#p1", "#p2"]
    assert row.text_content().count("☐") == 3
