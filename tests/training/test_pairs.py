"""Training on judged pairs, on a handful of them."""

from pathlib import Path

import numpy as np
import pytest

from matcher.encoding import expand, read_card
from matcher.evaluation.pairs import JudgedPair, read_pairs
from matcher.flagging.agreement import third
from matcher.flagging.profiling import title_text
from matcher.settings import BASE_MODEL, resource_dir
from matcher.training import PairRecipe
from matcher.training.pairs import PairMaterial, adapt_pairs
from matcher.training.pipeline import PROMPTS
from matcher.training.tower import Tower


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return expand(read_card(resource_dir("models") / BASE_MODEL), tmp_path_factory.mktemp("cache"))


def test_training_parts_siblings_from_duplicates_in_the_first_third(folder: Path) -> None:
    chosen = [pair for pair in read_pairs() if not pair.b.sections.get("objective")]
    same = [pair for pair in chosen if pair.kind == "same_work"][:8]
    siblings = [pair for pair in chosen if pair.kind == "same_method_elsewhere"][:8]
    tower = Tower(folder, PROMPTS, frozen=10, max_tokens=64)

    def work(pairs: list[JudgedPair]) -> float:
        texts = [title_text(side) for pair in pairs for side in (pair.a, pair.b)]
        tower.keep(texts, "proposal")
        vectors = tower.vectors(texts, "proposal").detach().numpy()
        return float(third(vectors[0::2], vectors[1::2], "work").mean())

    before = work(same) - work(siblings)
    recipe = PairRecipe(epochs=6, batch=8, others=8, objectives=0, frozen=10, max_tokens=64)
    adapt_pairs(tower, PairMaterial([*same, *siblings], {}, []), recipe)
    assert work(same) - work(siblings) > before + 0.05
    assert np.isfinite(work(same))
