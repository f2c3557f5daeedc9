import numpy as np
import pytest

from matcher.announcement import load_builtin
from matcher.errors import ModelError
from matcher.ranking.precedents import Precedents, load_precedents, precedents_file


def unit(*angles: float) -> np.ndarray:
    return np.stack([[np.cos(angle), np.sin(angle)] for angle in angles]).astype(np.float32)


def test_the_nearest_judgment_speaks_loudest() -> None:
    precedents = Precedents(unit(0.0, 1.5), np.array([[2.0, 0.0], [0.0, 1.0]]))
    near_first, near_second = precedents.scores(unit(0.05)[0]), precedents.scores(unit(1.45)[0])
    assert near_first == pytest.approx([1, 0], abs=0.01)
    assert near_second == pytest.approx([0, 0.5], abs=0.01)


def test_precedents_survive_their_file(tmp_path) -> None:
    announcement = load_builtin("lang-son-2025")
    grades = np.zeros((2, len(announcement.orientations)))
    grades[0, 4] = 2
    Precedents(unit(0.0, 1.0), grades).save(precedents_file(tmp_path, announcement))
    again = load_precedents(tmp_path, announcement)
    assert again is not None
    assert (again.grades == grades).all()
    assert again.vectors == pytest.approx(unit(0.0, 1.0), abs=1e-3)


def test_no_file_means_no_precedents_and_a_broken_one_is_said(tmp_path) -> None:
    announcement = load_builtin("lang-son-2025")
    assert load_precedents(tmp_path, announcement) is None
    precedents_file(tmp_path, announcement).write_bytes(b"PK\x03\x04 cut short")
    with pytest.raises(ModelError, match="damaged"):
        load_precedents(tmp_path, announcement)
    Precedents(unit(0.0), np.zeros((1, 3))).save(precedents_file(tmp_path, announcement))
    with pytest.raises(ModelError, match="does not fit"):
        load_precedents(tmp_path, announcement)
