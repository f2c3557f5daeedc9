"""What a reviewer relies on, asked of the whole with the real model and the real announcement."""

import random
from dataclasses import replace

import pytest

from matcher.matching import Matcher
from matcher.records import Assessment, DuplicateKind, Proposal, Source, State, Status
from matcher.settings import Settings


def proposal(key: str, title: str, **sections: str) -> Proposal:
    return Proposal(key, {"title": title, **sections}, Source("test"))


MACADAMIA = proposal("A1", "Xây dựng mô hình nhân giống và trồng cây mắc ca theo chuỗi giá trị tại huyện Bình Gia")
WASTE = proposal("A2", "Ứng dụng chế phẩm vi sinh xử lý rác thải hữu cơ tại hộ gia đình xã Mai Pha")
CRIME = proposal("A3", "Nghiên cứu giải pháp phòng ngừa tội phạm mua bán người qua biên giới")
HEART = proposal("A4", "NGHIÊN CỨU ỨNG DỤNG KỸ THUẬT CAN THIỆP MẠCH VÀNH TẠI BỆNH VIỆN ĐA KHOA TỈNH")
SPORTS = proposal("A5", "Đại hội thể thao chào mừng ngày thành lập ngành")
PLAIN = [(MACADAMIA, "5.3"), (WASTE, "5.4"), (CRIME, "3.2"), (HEART, "4.1")]


def by_id(assessments: list[Assessment] | tuple[Assessment, ...]) -> dict[str, Assessment]:
    return {assessment.proposal.id: assessment for assessment in assessments}


@pytest.mark.parametrize(("asked", "answer"), PLAIN, ids=lambda value: getattr(value, "id", value))
def test_plain_cases(matcher: Matcher, asked: Proposal, answer: str) -> None:
    (assessment,) = matcher.assess([asked])
    assert assessment.matches[0].orientation == answer
    assert assessment.flag.state is State.ALIGNED


def test_what_is_no_research_lies_outside(matcher: Matcher) -> None:
    (assessment,) = matcher.assess([SPORTS])
    assert assessment.flag.state in (State.OUTSIDE, State.INVALID)


def test_every_orientation_is_ranked_once_with_its_plan(matcher: Matcher) -> None:
    (assessment,) = matcher.assess([MACADAMIA])
    assert sorted(m.orientation for m in assessment.matches) == sorted(o.id for o in matcher.announcement.orientations)
    assert [m.rank for m in assessment.matches] == list(range(1, 44))
    probabilities = [m.probability for m in assessment.matches]
    assert probabilities == sorted(probabilities, reverse=True)
    assert assessment.matches[0].plan.id == "249/KH-UBND"
    assert assessment.plans[0].id == assessment.matches[0].plan.id
    assert "Mắc ca" in assessment.matches[0].plan.title


def test_evidence_slices_back_to_both_texts(matcher: Matcher) -> None:
    texts = {o.id: o.text for o in matcher.announcement.orientations}
    for assessment in matcher.assess([MACADAMIA, WASTE, CRIME, HEART]):
        best = assessment.matches[0]
        assert best.evidence, assessment.proposal.title
        for piece in best.evidence:
            assert assessment.proposal.title[piece.proposal.start : piece.proposal.end] == piece.proposal.text
            assert texts[best.orientation][piece.orientation.start : piece.orientation.end] == piece.orientation.text
        assert sum(piece.weight for piece in best.evidence) <= 1 + 1e-9


def test_a_shared_word_is_among_the_evidence(matcher: Matcher) -> None:
    (assessment,) = matcher.assess([MACADAMIA])
    words = " ".join(piece.proposal.text.lower() for piece in assessment.matches[0].evidence)
    assert "mắc ca" in words


def test_no_probability_depends_on_the_batch(matcher: Matcher) -> None:
    batch = [MACADAMIA, WASTE, CRIME, HEART, SPORTS]
    alone = {p.id: [(m.orientation, m.probability) for m in next(matcher.assess([p])).matches] for p in batch}
    for seed in range(3):
        shuffled = random.Random(seed).sample(batch, len(batch))
        for key, assessment in by_id(tuple(matcher.assess(shuffled))).items():
            assert [(m.orientation, m.probability) for m in assessment.matches] == alone[key]


def test_duplicates_in_the_batch_and_in_a_register(matcher: Matcher) -> None:
    copy = proposal("A6", MACADAMIA.title.upper())
    past = proposal(
        "R1", "Xây dựng mô hình nhân giống và trồng cây mắc ca theo chuỗi giá trị tại huyện Bình Gia năm 2019"
    )
    found = by_id(matcher.match([MACADAMIA, copy, CRIME], [past]))
    kinds = {(pair.b, pair.source): pair.kind for pair in found["A1"].duplicates}
    assert kinds["A6", "batch"] is DuplicateKind.IDENTICAL
    assert kinds["R1", "register"] in (DuplicateKind.REVISED, DuplicateKind.SAME_WORK)
    assert found["A3"].duplicates == ()


def test_brands_of_two_products_are_no_duplicates(matcher: Matcher) -> None:
    pork = proposal("B1", "Xây dựng Nhãn hiệu chứng nhận cho sản phẩm Lợn quay của tỉnh Lạng Sơn")
    duck = proposal("B2", "Xây dựng nhãn hiệu chứng nhận cho sản phẩm Vịt quay của tỉnh Lạng Sơn")
    for assessment in matcher.match([pork, duck]):
        assert all(pair.kind is DuplicateKind.SAME_METHOD_ELSEWHERE for pair in assessment.duplicates)


def test_a_failed_proposal_comes_through(matcher: Matcher) -> None:
    failed = Proposal("X", {}, Source("hỏng.docx"), status=Status.FAILED)
    first, second = matcher.assess([failed, CRIME])
    assert (first.flag.state, first.matches) == (State.INVALID, ())
    assert second.matches[0].orientation == "3.2"


def test_saving_and_loading_give_the_same_answers(matcher: Matcher, tmp_path) -> None:
    matcher.save(tmp_path / "saved")
    again = Matcher.load(tmp_path / "saved")
    mine, theirs = next(matcher.assess([WASTE])), next(again.assess([WASTE]))
    assert mine.matches == theirs.matches


def test_an_empty_batch(matcher: Matcher) -> None:
    assert matcher.match([]) == ()


@pytest.mark.parametrize(
    "title",
    ["Hồi", "Trồng cây " * 4000, "Growing star anise organically in border communes", "Nghien cuu trong mac ca"],
)
def test_odd_titles_are_ranked_all_the_same(matcher: Matcher, title: str) -> None:
    (assessment,) = matcher.assess([proposal("O", title)])
    assert len(assessment.matches) == 43


def test_the_fingerprint_follows_every_part_of_a_model(settings: Settings) -> None:
    whole = Matcher.from_announcement("lang-son-2025", settings)
    ranker, first = whole.ranker, whole.fingerprint
    assert Matcher.from_announcement("lang-son-2025", settings).fingerprint == first
    precedents, sections, reference = ranker.precedents, ranker.sections, ranker.reference
    assert precedents is not None and sections is not None
    found = {first}
    ranker.precedents = replace(precedents, grades=2 - precedents.grades)
    found.add(whole.fingerprint)
    ranker.precedents = None
    found.add(whole.fingerprint)
    ranker.precedents, ranker.sections = precedents, None
    found.add(whole.fingerprint)
    ranker.sections, ranker.reference = sections, replace(reference, mean=reference.mean + 1)
    found.add(whole.fingerprint)
    assert len(found) == 5
    ranker.reference = reference
    assert whole.fingerprint == first
