"""Whole forms: what stands below the title counts, contact data never do, and nothing else moves."""

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from matcher.encoding import Encoder
from matcher.encoding.base import Role, Vectors
from matcher.errors import ModelError
from matcher.evaluation.form_fitting import fit_correction
from matcher.evaluation.forms import read_forms
from matcher.matching import Matcher
from matcher.ranking.passages import LONGEST, MOST_PASSAGES, passages_of
from matcher.ranking.sections import SECTIONS_FILE, read_sections
from matcher.records import Proposal, Source, State
from matcher.settings import Settings, resource_dir

VAGUE = "Nâng cao hiệu quả một số mô hình tại huyện Văn Quan"
CONTENT = (
    "Điều tra hiện trạng các vườn mắc ca đã trồng, chọn cây trội và nhân giống mắc ca bằng phương pháp ghép.\n"
    "Xây dựng mô hình trồng thâm canh mắc ca 20 ha, hoàn thiện quy trình tách vỏ, sấy và bảo quản hạt mắc ca.\n"
    "Tập huấn kỹ thuật cho các hộ dân; tổ chức hội thảo đầu bờ."
)
BOILERPLATE = (
    "\nTổ chức quản lý nhiệm vụ theo đúng quy định hiện hành.\nLập hồ sơ, báo cáo định kỳ, thanh quyết toán kinh phí."
    "\nHọp hội đồng nghiệm thu cấp cơ sở và hoàn thiện sản phẩm theo góp ý."
)


def form(**sections: str) -> Proposal:
    return Proposal("F", sections, Source("test"))


class Listening:
    """An encoder that remembers what it was asked for."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.heard: list[str] = []
        self.dimension = encoder.dimension
        self.name, self.fingerprint = encoder.name, encoder.fingerprint
        self.token_vectors = encoder.token_vectors

    def encode(self, texts: Sequence[str], *, role: Role = "proposal") -> Vectors:
        self.heard += texts
        return self._encoder.encode(texts, role=role)


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    return Matcher.from_announcement("lang-son-2025", Settings(cache_dir=str(tmp_path_factory.mktemp("cache"))))


def test_a_vague_title_is_told_by_its_contents(matcher: Matcher) -> None:
    titled, whole = matcher.assess([form(title=VAGUE), form(title=VAGUE, content=CONTENT)])
    assert titled.matches[0].orientation != "5.3"
    assert whole.matches[0].orientation == "5.3"  # the bullet on macadamia
    shown = next(each for each in whole.matches[0].evidence if each.proposal.section == "content")
    assert "mắc ca" in shown.proposal.text
    assert CONTENT[shown.proposal.start : shown.proposal.end] == shown.proposal.text
    text = next(o.text for o in matcher.announcement.orientations if o.id == "5.3")
    assert text[shown.orientation.start : shown.orientation.end] == shown.orientation.text
    assert sum(each.weight for each in whole.matches[0].evidence) <= 1 + 1e-9


def test_without_further_sections_nothing_is_added(matcher: Matcher) -> None:
    title, objective = VAGUE, "Chọn được giống mắc ca phù hợp."
    plain, *same = matcher.rank(
        [
            form(title=title, objective=objective),
            form(title=title, objective=objective, budget="900 triệu đồng", organisation="Hợp tác xã (giả định)"),
            form(title=title, objective=objective, content="Đang cập nhật."),
        ]
    )
    assert all((each.logit == plain.logit).all() for each in same)


def test_a_form_does_not_depend_on_the_batch(matcher: Matcher) -> None:
    forms = [form(title=VAGUE, content=CONTENT), form(title=VAGUE, rationale=CONTENT), form(title="Trồng rừng gỗ lớn")]
    together, apart = matcher.rank(forms), [matcher.rank([each])[0] for each in reversed(forms)][::-1]
    assert all((one.logit == other.logit).all() for one, other in zip(together, apart, strict=True))


def test_boilerplate_and_the_order_of_sections_change_little(matcher: Matcher) -> None:
    reasons = "Vườn mắc ca của các hộ chưa có quy trình thâm canh, hạt bán thô, giá thấp."
    base, padded, turned = matcher.rank(
        [
            form(title=VAGUE, rationale=reasons, content=CONTENT),
            form(title=VAGUE, rationale=reasons, content=CONTENT + BOILERPLATE),
            form(content=CONTENT, rationale=reasons, title=VAGUE),
        ]
    )
    assert (turned.logit == base.logit).all()
    assert padded.best == base.best
    assert np.abs(padded.probability - base.probability).max() < 0.1


def test_contact_data_are_never_encoded(matcher: Matcher) -> None:
    contact = "Liên hệ: ông chủ nhiệm 0900 000 077, hoptac@example.vn.\nĐiện thoại: 0900.000.078\n"
    listening = Listening(matcher.ranker.encoder)
    matcher.ranker.encoder, kept = listening, matcher.ranker.encoder
    try:
        matcher.rank([form(title=VAGUE, rationale=contact + CONTENT, content=CONTENT + "\n" + contact)])
    finally:
        matcher.ranker.encoder = kept
    heard = "\n".join(listening.heard)
    assert "mắc ca" in heard
    assert not [each for each in ("077", "078", "hoptac", "example") if each in heard]


def test_a_long_content_is_read_in_bounded_time() -> None:
    content = " ".join(f"Bước {k}: đo mẫu đất số {k} và ghi sổ theo dõi." for k in range(2_000))
    start = time.process_time()
    passages = passages_of(form(title=VAGUE, content=content, rationale="a" * 200_000, results="không " * 20_000))
    assert time.process_time() - start < 2
    assert 0 < len(passages) <= MOST_PASSAGES
    assert all(len(passage.text) <= LONGEST for passage in passages)


def test_a_cited_plan_speaks_for_its_orientations(matcher: Matcher) -> None:
    cited = "Kế hoạch số 53/KH-UBND ngày 03/3/2023 của UBND tỉnh Lạng Sơn."
    reasons = "Vườn cây của các hộ chưa có quy trình thâm canh, hạt bán thô, giá thấp."
    without, citing = matcher.rank(
        [form(title=VAGUE, rationale=reasons), form(title=VAGUE, rationale=f"{cited}\n{reasons}")]
    )
    rests = np.array([any(c.plan == "53/KH-UBND" for c in o.citations) for o in matcher.announcement.orientations])
    gain = citing.logit - without.logit
    assert gain[rests].min() > gain[~rests].max()


def test_a_form_outside_stays_outside(matcher: Matcher) -> None:
    """None outside is called aligned, none inside is called outside."""
    forms = read_forms([resource_dir("corpus") / "forms" / "texts-1.jsonl"])
    flags = matcher.flags([each.proposal for each in forms], matcher.rank([each.proposal for each in forms]))
    for each, flag in zip(forms, flags, strict=True):
        wrong = State.OUTSIDE if each.judgment.inside else State.ALIGNED
        assert flag.state is not wrong, each.judgment.id


def test_learning_finds_the_section_that_tells() -> None:
    """Where the third feature alone decides, it gets the weight; where nothing tells, the offset stands."""
    draw = np.random.default_rng(0)
    x, offset = draw.normal(size=(40, 30, 4)), np.full((40, 30), -2.0)
    told = draw.random((40, 30)) < 1 / (1 + np.exp(-(offset + 2 * x[..., 2])))
    weights = fit_correction(x, offset, told).weights
    assert weights[2] > 1.5
    assert max(abs(weights[k]) for k in (0, 1, 3)) < 0.3
    untold = draw.random((40, 30)) < 1 / (1 + np.exp(-offset))
    silent = fit_correction(x, offset, untold)
    assert np.abs(silent.logit(x)).max() < 1


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    assert read_sections(tmp_path) is None
    (tmp_path / SECTIONS_FILE).write_text('{"sections": {"features": ["title"]}}', encoding="utf-8")
    with pytest.raises(ModelError, match="damaged"):
        read_sections(tmp_path)
