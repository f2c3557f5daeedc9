"""States, thresholds and the probe of form."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.evaluation.calibrating import choose_thresholds
from matcher.flagging import FormProbe, form_text
from matcher.records import Proposal, Source


def test_thresholds_keep_their_promise_on_new_draws() -> None:
    rng = np.random.default_rng(0)

    def draw(n: int) -> tuple[np.ndarray, np.ndarray]:
        outside = rng.random(n) < 0.3
        return np.where(outside, rng.beta(4, 2, n), rng.beta(1, 6, n)), outside

    lost, missed = [], []
    for _ in range(200):
        bounds = choose_thresholds(*draw(400))
        p, outside = draw(400)
        lost.append((p[~outside] > bounds.outside_above).mean())
        missed.append((p[outside] < bounds.aligned_below).mean())
    assert np.mean(lost) <= 0.012
    assert np.mean(missed) <= 0.085


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=2, max_size=60))
def test_thresholds_are_ordered_probabilities(rows: list[tuple[float, bool]]) -> None:
    p, outside = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    if outside.all() or not outside.any():
        return
    bounds = choose_thresholds(p, outside)
    assert 0 <= bounds.aligned_below <= bounds.outside_above <= 1


def test_a_probe_survives_its_json() -> None:
    probe = FormProbe((0.25, -1.5), 0.125)
    assert FormProbe.from_dict(probe.to_dict()) == probe
    vectors = np.array([[1, 0], [0, 1]], np.float32)
    assert probe.logit(vectors) == pytest.approx([0.375, -1.375])


def test_the_text_of_the_form_is_in_small_letters() -> None:
    loud = Proposal("1", {"title": "ĐẠI HỘI THỂ THAO", "objective": ""}, Source("t"))
    assert form_text(loud) == "đại hội thể thao"
