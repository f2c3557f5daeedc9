"""Judged pairs: reading, families that are never split, figures counted by hand."""

import json
from pathlib import Path

import numpy as np
import pytest

from matcher.errors import InputError
from matcher.evaluation.pair_figures import figures
from matcher.evaluation.pairs import KINDS, families, folds, read_pairs
from matcher.segmenting import Segmenter


def line(**changes: object) -> str:
    side = {"title": "Trồng hồi", "objective": "", "content": "", "organisation": "", "place": "", "year": None}
    record = {"id": "D1", "kind": "revised", "continuation": False, "a": side, "b": side}
    return json.dumps(record | changes, ensure_ascii=False)


def test_the_corpus_has_every_kind_in_number() -> None:
    pairs = read_pairs()
    assert len(pairs) >= 600
    assert len({pair.id for pair in pairs}) == len(pairs)
    for kind in KINDS:
        assert sum(pair.kind == kind for pair in pairs) >= 100


@pytest.mark.parametrize("bad", ["{", line(kind="alike"), json.dumps({"id": "D1", "kind": "revised"})])
def test_a_bad_line_is_named(tmp_path: Path, bad: str) -> None:
    (tmp_path / "pairs-1.jsonl").write_text(f"{line()}\n{bad}\n", encoding="utf-8")
    with pytest.raises(InputError, match="no judged pair") as raised:
        read_pairs(tmp_path)
    assert raised.value.place == "line 2"


def test_a_folder_without_pairs(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no pairs"):
        read_pairs(tmp_path)


def test_no_family_is_split() -> None:
    pairs, segmenter = read_pairs()[:300], Segmenter()
    family, fold = families(pairs, segmenter), folds(pairs, segmenter, 3)
    for one in np.unique(family):
        assert len(set(fold[family == one].tolist())) == 1
    titles: dict[str, set[int]] = {}
    for pair, number in zip(pairs, family.tolist(), strict=True):
        titles.setdefault(pair.a.title.lower(), set()).add(number)
    assert all(len(numbers) == 1 for numbers in titles.values())


def test_figures_counted_by_hand() -> None:
    kinds = ["revised", "same_work", "overlap", "same_method_elsewhere", "same_method_elsewhere", "unrelated"]
    named = ["revised", "revised", "overlap", "same_method_elsewhere", "overlap", "unrelated"]
    found = figures(kinds, np.array([0.9, 0.8, 0.7, 0.6, 0.1, 0.0]), named)
    assert found.average_precision.mean == 1.0
    assert found.f1.mean == pytest.approx(2 * 2 / (2 + 3)), "the overlap is left out, one sibling is above a half"
    assert found.siblings_above.mean == 0.5
    assert found.kind_right.mean == pytest.approx(4 / 6)
    assert found.confusion["same_work"]["revised"] == 1
