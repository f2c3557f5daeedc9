"""What explains a match: words that it rests on, exact in both texts, and the aspects it leaves out."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from matcher.matching import Matcher
from matcher.ranking.occlusion import LONGEST_OCCLUDED, Occluder
from matcher.records import Assessment, Evidence, Match, Proposal, Source
from matcher.segmenting import Segmenter, WordKind
from matcher.settings import Settings


def proposal(key: str, title: str, objective: str = "") -> Proposal:
    sections = {"title": title, "objective": objective} if objective else {"title": title}
    return Proposal(key, sections, Source("test"))


MACADAMIA = proposal("E1", "Xây dựng mô hình nhân giống và trồng cây mắc ca theo chuỗi giá trị tại huyện Bình Gia")
TOURISM = proposal("E2", "Nghiên cứu phát triển sản phẩm du lịch sinh thái tại xã Hữu Liên")
CAPITALS = proposal("E3", "NGHIÊN CỨU GIẢI PHÁP PHÒNG NGỪA TỘI PHẠM MUA BÁN NGƯỜI QUA BIÊN GIỚI")
WATER = proposal(
    "E4",
    "Nghiên cứu cải tiến bể lọc cho các thôn vùng cao huyện Văn Lãng",
    "Thiết kế và lắp đặt hệ thống cấp nước sạch tự chảy cho 40 hộ; đánh giá chất lượng nước sau lọc theo quy chuẩn; "
    "hướng dẫn người dân vận hành, bảo dưỡng và đóng góp chi phí.",
)
ALL = (MACADAMIA, TOURISM, CAPITALS, WATER)


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    cache = str(tmp_path_factory.mktemp("cache"))
    return Matcher.from_announcement("lang-son-2025", Settings(cache_dir=cache, explained=8))


def match_with(assessment: Assessment, orientation: str) -> Match:
    return next(match for match in assessment.matches if match.orientation == orientation)


def words_of(evidence: tuple[Evidence, ...]) -> str:
    return " | ".join(piece.proposal.text for piece in evidence).lower()


@pytest.fixture(scope="module")
def assessments(matcher: Matcher) -> tuple[Assessment, ...]:
    return tuple(matcher.assess(ALL))


def test_spans_are_exact_in_both_texts(matcher: Matcher, assessments: tuple[Assessment, ...]) -> None:
    texts = {o.id: o.text for o in matcher.announcement.orientations}
    for assessment in assessments:
        for match in assessment.matches[:3]:
            for piece in match.evidence:
                ours, theirs = piece.proposal, piece.orientation
                assert assessment.proposal.sections[ours.section][ours.start : ours.end] == ours.text
                assert texts[match.orientation][theirs.start : theirs.end] == theirs.text


def test_weights_are_shares(assessments: tuple[Assessment, ...]) -> None:
    for assessment in assessments:
        weights = [piece.weight for piece in assessment.matches[0].evidence]
        assert weights, assessment.proposal.title
        assert all(weight > 0 for weight in weights)
        assert weights == sorted(weights, reverse=True)
        assert sum(weights) <= 1 + 1e-9


def test_every_span_holds_a_word_that_speaks_and_none_overlap(assessments: tuple[Assessment, ...]) -> None:
    segmenter = Segmenter()
    for assessment in assessments:
        taken: set[tuple[str, int]] = set()
        for piece in assessment.matches[0].evidence:
            span = piece.proposal
            inside = [
                word
                for word in segmenter.segment(assessment.proposal.sections[span.section])
                if span.start <= word.start and word.end <= span.end
            ]
            assert any(word.kind is WordKind.CONTENT for word in inside)
            here = {(span.section, at) for at in range(span.start, span.end)}
            assert not taken & here
            taken |= here


def test_the_word_that_a_match_rests_on_is_evidence(assessments: tuple[Assessment, ...]) -> None:
    macadamia, tourism, crime, _ = assessments
    assert match_with(macadamia, "5.3").evidence[0].proposal.text == "mắc ca"
    assert match_with(macadamia, "5.3").evidence[0].orientation.text.lower() == "mắc ca"
    assert "du lịch" in words_of(match_with(tourism, "3.4").evidence)
    assert "tội phạm" in words_of(match_with(crime, "3.2").evidence)


def test_each_orientation_has_evidence_of_its_own(assessments: tuple[Assessment, ...]) -> None:
    macadamia = assessments[0]
    assert "mắc ca" not in words_of(match_with(macadamia, "1.1").evidence)
    assert "giống" in words_of(match_with(macadamia, "1.1").evidence)


def test_words_side_by_side_in_both_texts_are_one_piece(matcher: Matcher, assessments: tuple[Assessment, ...]) -> None:
    texts = {o.id: o.text for o in matcher.announcement.orientations}
    for assessment in assessments:
        for match in assessment.matches[:3]:
            pieces = sorted(match.evidence, key=lambda piece: (piece.proposal.section, piece.proposal.start))
            for one, two in pairwise(pieces):
                ours, theirs = assessment.proposal.sections[one.proposal.section], texts[match.orientation]
                beside = one.proposal.section == two.proposal.section and not (
                    ours[one.proposal.end : two.proposal.start].strip()
                    or theirs[one.orientation.end : two.orientation.start].strip()
                    or one.orientation.end > two.orientation.start
                )
                assert not beside, (one, two)


def test_evidence_lies_in_the_objective_where_that_carries_the_match(assessments: tuple[Assessment, ...]) -> None:
    evidence = match_with(assessments[3], "2.6").evidence
    assert {piece.proposal.section for piece in evidence} >= {"objective"}


def test_leaving_out_the_whole_subject_costs_more_than_any_other_word(matcher: Matcher) -> None:
    ranker = matcher._ranker
    (occlusion,) = Occluder(ranker)([MACADAMIA])
    column = [o.id for o in matcher.announcement.orientations].index("5.3")
    drops = {phrase.words[0].text: d[column] for phrase, d in zip(occlusion.phrases, occlusion.drops, strict=True)}
    assert max(drops, key=drops.get) == "mắc ca"
    assert occlusion.drops.shape == (len(occlusion.phrases), 43)


def test_explanations_do_not_depend_on_the_batch(matcher: Matcher, assessments: tuple[Assessment, ...]) -> None:
    alone = {a.proposal.id: [(m.evidence, m.uncovered) for m in a.matches] for a in assessments}
    for seed in range(2):
        for again in matcher.assess(random.Random(seed).sample(ALL, 3)):
            assert [(m.evidence, m.uncovered) for m in again.matches] == alone[again.proposal.id]


def test_uncovered_aspects_are_the_bullets_and_never_all(matcher: Matcher, assessments: tuple[Assessment, ...]) -> None:
    aspects = {o.id: o.aspects for o in matcher.announcement.orientations}
    for assessment in assessments:
        for match in assessment.matches[:3]:
            assert set(match.uncovered) < set(aspects[match.orientation]) or not match.uncovered
    tourism = match_with(assessments[1], "3.4")
    assert any("di sản văn hoá" in aspect for aspect in tourism.uncovered)
    assert not any("du lịch" in aspect for aspect in tourism.uncovered)


@pytest.mark.parametrize(
    "title",
    ["Hồi", "Trồng cây " * 4000, "1 2 3", "!!!", "\ud800 hồi", "Xây dựng mô hình tại tỉnh Lạng Sơn", "a" * 5000],
    ids=["one word", "very long", "numbers", "marks", "surrogate", "boilerplate", "one long word"],
)
def test_odd_titles_are_explained_or_left_alone(matcher: Matcher, title: str) -> None:
    (assessment,) = matcher.assess([proposal("O", title, "mục tiêu " * 200)])
    for match in assessment.matches[:3]:
        for piece in match.evidence:
            span = piece.proposal
            assert assessment.proposal.sections[span.section][span.start : span.end] == span.text


def test_a_long_text_is_explained_by_the_same_subject(matcher: Matcher) -> None:
    long = replace(
        MACADAMIA,
        sections={**MACADAMIA.sections, "objective": "Chọn 5 dòng mắc ca đầu dòng, lập vườn ươm 20.000 cây. " * 4},
    )
    assert len(long.sections["objective"]) > LONGEST_OCCLUDED
    (assessment,) = matcher.assess([long])
    assert "mắc ca" in words_of(match_with(assessment, "5.3").evidence)


def test_the_nearest_orientation_not_chosen_is_named_with_reasons(assessments: tuple[Assessment, ...]) -> None:
    for assessment in assessments:
        other = assessment.not_chosen
        assert other is not None
        below = [match for match in assessment.matches if match.probability < 0.5]
        assert (other.orientation, other.probability) == (below[0].orientation, below[0].probability)
        assert other.against == ("" if below[0].rank == 1 else assessment.matches[0].orientation)
        assert other.reasons
        assert all(reason.weight < 0 for reason in other.reasons)
        assert [reason.weight for reason in other.reasons] == sorted(reason.weight for reason in other.reasons)
