"""The second look: what is read, and that every push is told."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.flagging.second_look import WEIGHED, SecondLook, kind_features, weighed
from matcher.ranking.fusion import Logistic
from matcher.records import Reason


def _look() -> SecondLook:
    same = Logistic(WEIGHED, (0.5, 0, 0, 0, 0), (2.0, 1, 1, 1, 1), (1.0, 1.5, -0.2, 0.1, -0.3), -0.7)
    n = len(kind_features())
    kind = Logistic(kind_features(), (0.0,) * n, (1.0,) * n, (0.1,) * n, 0.0)
    names = ("revised", "same_work", "overlap", "same_method_elsewhere", "unrelated")
    return SecondLook(same, dict.fromkeys(names, kind))


def test_the_likelier_one_work_by_reading_the_higher_its_log_odds() -> None:
    outputs = np.array([[3.0, 0, 0, 0], [0, 0, 0, 3.0], [0, 0, 0, 0]])
    x = weighed(np.array([1.0, 1.0, 1.0]), outputs)
    same = x[:, WEIGHED.index("same")]
    assert same[0] > same[2] > same[1]
    # Four outputs alike: a quarter each, three to one against.
    assert same[2] == pytest.approx(-np.log(3))


def test_pushes_add_up_to_the_log_odds() -> None:
    look = _look()
    first = [Reason("prior", -4.0, ""), Reason("meaning", 5.5, "")]
    x = weighed(np.array([1.5]), np.array([[2.0, 0.3, -1.0, -0.5]]))
    told = look.reasons(first, x[0])
    assert [each.part for each in told] == ["prior", "meaning", "reading"]
    assert sum(each.weight for each in told) == pytest.approx(float(look.same.logit(x)[0]), abs=0.01)
    assert "%" in told[-1].note


def test_what_was_written_is_read_back() -> None:
    look = _look()
    assert SecondLook.from_dict(look.to_dict()).same == look.same
    with pytest.raises(ValueError, match="other measures"):
        SecondLook.from_dict(look.to_dict() | {"same": look.kinds["revised"].to_dict()})
