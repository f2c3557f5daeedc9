"""Training: what is held out, the texts shown, and an adapter from end to end on a handful of judgments."""

import json
from pathlib import Path

import numpy as np
import pytest

from matcher.encoding import expand, load_encoder, read_card
from matcher.evaluation.benchmark import JudgedAnnouncement, read_benchmark
from matcher.evaluation.judgments import Judgment
from matcher.segmenting import Segmenter
from matcher.settings import BASE_MODEL, Settings, resource_dir
from matcher.training import OrientationRecipe, adapt, split
from matcher.training.pipeline import PROMPTS
from matcher.training.splitting import UNSEEN
from matcher.training.tower import Tower
from matcher.training.views import Views


@pytest.fixture(scope="module")
def sets() -> tuple[JudgedAnnouncement, ...]:
    return read_benchmark()


def test_the_benchmark_is_read_whole(sets: tuple[JudgedAnnouncement, ...]) -> None:
    assert sets[0].name == "lang-son-2025"
    assert len(sets) == 19
    by_bullet: dict[str, int] = {}
    for judgment in sets[0].judgments:
        if judgment.synthetic and judgment.target:
            by_bullet[judgment.target] = by_bullet.get(judgment.target, 0) + 1
    assert len(by_bullet) == 43
    assert min(by_bullet.values()) >= 28
    outside = [judgment.outside for judgment in sets[0].judgments if judgment.outside]
    assert all(outside.count(kind) >= 60 for kind in ("near", "far", "invalid"))
    assert outside.count("near") >= 400
    for judged in sets[1:]:
        assert 15 <= len(judged.announcement.orientations) <= 50


def test_no_title_and_no_unseen_announcement_is_on_both_sides(sets: tuple[JudgedAnnouncement, ...]) -> None:
    parts = split(sets)
    trained = {judgment.title for judged in parts.train for judgment in judged.judgments}
    held = {judgment.title for judged in parts.held for judgment in judged.judgments}
    assert not trained & held
    assert not {judged.name for judged in parts.train} & set(UNSEEN)
    assert split(sets) == parts, "the same split every time"


def test_views_of_a_proposal() -> None:
    views = Views(Segmenter())
    judgment = Judgment("1", "Nghiên cứu trồng hồi tại tỉnh Lạng Sơn", {}, objective="Nâng cao năng suất hồi.")
    written, masked, *_, bare = views.of_proposal(judgment)
    assert written == "Nghiên cứu trồng hồi tại tỉnh Lạng Sơn. Nâng cao năng suất hồi."
    assert "Lạng Sơn" not in masked
    assert "hồi" in masked
    assert bare == "Nghien cuu trong hoi tai tinh Lang Son. Nang cao nang suat hoi."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return expand(read_card(resource_dir("models") / BASE_MODEL), tmp_path_factory.mktemp("cache"))


def test_an_untrained_tower_gives_the_base_models_vectors(folder: Path, tmp_path: Path) -> None:
    tower = Tower(folder, PROMPTS, frozen=10, max_tokens=112)
    texts = ["Bảo tồn gà sáu ngón Mẫu Sơn", "Phòng chống buôn lậu qua biên giới và bảo vệ người tiêu dùng"]
    tower.keep(texts, "proposal")
    mine = tower.vectors(texts, "proposal").detach().numpy()
    theirs = load_encoder(BASE_MODEL, Settings(cache_dir=str(tmp_path))).encode(texts)
    assert (mine * theirs).sum(axis=1) == pytest.approx(1, abs=0.002)  # bfloat16 against float32


def test_training_brings_a_proposal_nearer_to_its_orientation(
    folder: Path, sets: tuple[JudgedAnnouncement, ...]
) -> None:
    judged = sets[0].only(tuple(judgment for judgment in sets[0].judgments if judgment.target == "5.3")[:6])
    tower = Tower(folder, PROMPTS, frozen=10, max_tokens=64)
    views = Views(Segmenter())
    texts = [judgment.title for judgment in judged.judgments]
    bullets = [orientation.text for orientation in judged.announcement.orientations]
    tower.keep(texts, "proposal")
    tower.keep(bullets, "orientation")
    at = [orientation.id for orientation in judged.announcement.orientations].index("5.3")

    def lead() -> float:
        cosine = (tower.vectors(texts, "proposal") @ tower.vectors(bullets, "orientation").T).detach().numpy()
        return float((cosine[:, at] - np.delete(cosine, at, axis=1).mean(axis=1)).mean())

    before = lead()
    adapt(
        tower,
        [judged],
        views,
        OrientationRecipe(epochs=3, batch=6, orientations=8, frozen=10, max_tokens=64, threads=1),
    )
    assert lead() > before + 0.02


def test_the_shipped_adapter_has_a_card_and_figures() -> None:
    folder = resource_dir("models") / Settings().model
    card = read_card(folder)
    assert card.under is not None
    assert card.under.name == BASE_MODEL
    figures = json.loads((folder / "fusion.json").read_text(encoding="utf-8"))["out_of_fold"]
    assert "lang-son-2025, real" in figures["ranking"]
