"""Numbers as Vietnamese offices write them."""

import doctest

from hypothesis import given
from hypothesis import strategies as st

from matcher.trends import numbers


def test_the_examples_hold():
    assert doctest.testmod(numbers).failed == 0


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_a_number_reads_back(value, decimals):
    text = numbers.number(value, decimals)
    back = float(text.replace(".", "").replace(",", ".").replace("−", "-"))
    assert abs(back - value) <= 0.5 * 10**-decimals + 1e-6
