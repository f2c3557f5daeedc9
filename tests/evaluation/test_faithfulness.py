"""Evidence that is cut out costs a match more than words drawn by lot; and what is drawn is like the evidence."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.evaluation.faithfulness import Faithfulness, faithfulness, random_spans, without
from matcher.evaluation.judgments import Judgment
from matcher.matching import Matcher
from matcher.records import EvidenceSpan, Proposal, Source
from matcher.segmenting import Word, WordKind
from matcher.settings import Settings

TITLES = {
    "5.3": "Xây dựng mô hình trồng thâm canh cây mắc ca xen chè tại các xã vùng cao huyện Bình Gia",
    "3.4": "Nghiên cứu phát triển sản phẩm du lịch gắn với làng nghề ngói âm dương Quỳnh Sơn huyện Bắc Sơn",
    "4.1": "Triển khai kỹ thuật chẩn đoán sớm ung thư gan bằng siêu âm đàn hồi tại trung tâm y tế huyện",
    "3.3": "Giải pháp phát triển dịch vụ logistics cho doanh nghiệp xuất nhập khẩu nông sản qua cửa khẩu Tân Thanh",
    "3.2": "Biện pháp phòng ngừa tội phạm ma túy trong thanh thiếu niên vùng biên giới huyện Tràng Định",
    "5.4": "Chế phẩm vi sinh xử lý rác thải hữu cơ của các hộ bán hàng ở chợ đêm phố Kỳ Lừa",
}


def judgments() -> tuple[Judgment, ...]:
    inside = [Judgment(f"F{n}", title, {o: 2}) for n, (o, title) in enumerate(TITLES.items())]
    outside = Judgment("F9", "Kế hoạch tổ chức hội thao chào mừng ngày thành lập ngành", {}, off_topic=True)
    wrong = Judgment("F8", "Xây dựng mô hình trồng cây mắc ca tại huyện Bình Gia", {"4.1": 2})
    return (*inside, outside, wrong)


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    settings = Settings(cache_dir=str(tmp_path_factory.mktemp("cache")), explained=1)
    return Matcher.from_announcement("lang-son-2025", settings)


@pytest.fixture(scope="module")
def measured(matcher: Matcher) -> Faithfulness:
    return faithfulness(judgments(), matcher, cuts=4)


def test_evidence_costs_more_than_words_drawn_by_lot(measured: Faithfulness) -> None:
    assert measured.log_odds.difference.mean > 0.5
    assert measured.probability.difference.mean > 0.05
    assert measured.log_odds.without_evidence.mean > measured.log_odds.without_random.mean
    assert measured.lower.mean > 0.5
    assert 0 < measured.covered.mean < 0.8


def test_only_right_matches_are_measured(measured: Faithfulness) -> None:
    assert 4 <= measured.proposals + measured.unexplained + measured.whole <= len(TITLES)
    assert measured.log_odds.difference.n == measured.proposals


def test_the_record_is_plain_json(measured: Faithfulness) -> None:
    record = json.loads(json.dumps(measured.to_record(), allow_nan=False))
    assert record["proposals"] == measured.proposals
    assert record["log_odds"]["difference"]["mean"] == pytest.approx(measured.log_odds.difference.mean)


def span(start: int, end: int, section: str = "title") -> EvidenceSpan:
    return EvidenceSpan(section, start, end, "")


def test_cutting_leaves_the_rest_as_it_was() -> None:
    proposal = Proposal("C", {"title": "Trồng cây mắc ca, cây hồi", "objective": "Mười mô hình."}, Source("test"))
    left = without(proposal, [span(10, 16), span(18, 25), span(0, 4, "objective")])
    assert left.sections == {"title": "Trồng cây", "objective": "mô hình"}
    assert without(proposal, []).title == proposal.title
    assert proposal.title == "Trồng cây mắc ca, cây hồi"


def words_of(text: str) -> list[Word]:
    found, at = [], 0
    for part in text.split():
        at = text.index(part, at)
        found.append(Word(part, at, at + len(part), WordKind.CONTENT))
        at += len(part)
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=4, max_size=14), st.data())
def test_drawn_spans_are_like_the_evidence(lengths: list[int], data: st.DataObject) -> None:
    words = words_of(" ".join("x" * length for length in lengths))
    first = data.draw(st.integers(0, len(words) - 3))
    evidence = (span(words[first].start, words[first + 1].end), span(words[first + 2].start, words[first + 2].end))
    drawn = random_spans(evidence, {"title": words}, random.Random(data.draw(st.integers(0, 99))))
    assert len(drawn) in (0, 2)
    starts, ends = {word.start for word in words}, {word.end for word in words}
    assert all(each.start in starts and each.end in ends for each in drawn)
    assert {(each.start, each.end) for each in drawn} != {(each.start, each.end) for each in evidence}
    if drawn:
        one, two = sorted(drawn, key=lambda each: each.start)
        assert one.end <= two.start
        counts = sorted(sum(each.start <= w.start and w.end <= each.end for w in words) for each in drawn)
        assert counts == [1, 2]


def test_nothing_is_drawn_where_the_evidence_is_all_there_is() -> None:
    words = words_of("đa_dạng sinh_học")
    assert random_spans([span(0, 16)], {"title": words}, random.Random(0)) == ()


def test_no_judgment_that_can_be_measured(matcher: Matcher) -> None:
    nothing = faithfulness(judgments()[-2:-1], matcher)
    assert (nothing.proposals, nothing.log_odds.without_evidence.known) == (0, False)
    assert nothing.to_record()["log_odds"]["without_evidence"]["mean"] is None
