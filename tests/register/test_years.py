"""Years and dates as registers really write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.register.years import read_period, read_year, says_nothing


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2019", "2019", ""),
        ("2019.0", "2019", ""),
        ("Năm 2019", "2019", ""),
        ("２０１９", "2019", ""),
        ("2019-2021", "2019", "2021"),
        ("2019 – 2021", "2019", "2021"),
        ("2018–20", "2018", "2020"),
        ("2018-12", "2018-12", ""),
        ("2010-2012-2014", "2010", "2014"),
        ("01/2019 - 12/2020", "2019-01", "2020-12"),
        ("15/03/2019", "2019-03-15", ""),
        ("15.3.19", "2019-03-15", ""),
        ("2019-03-15 00:00:00", "2019-03-15", ""),
        ("3/98", "1998-03", ""),
        ("tháng 5 năm 2019", "2019-05", ""),
        ("ngày 2 tháng 5 năm 2019", "2019-05-02", ""),
        ("Từ tháng 3/2019 đến tháng 4/2021", "2019-03", "2021-04"),
        ("24 tháng (từ 5/2019)", "2019-05", ""),
        ("2019 (gia hạn 2022)", "2019", "2022"),
        ("43831", "2020-01-01", ""),
        ("Quý II/2021", "2021", ""),
        ("24 tháng", "", ""),
        ("20190", "", ""),
        ("1899", "", ""),
        ("9" * 5000, "", ""),
        ("", "", ""),
    ],
)
def test_odd_forms(text: str, start: str, end: str) -> None:
    period = read_period(text)
    assert (period.start, period.end) == (start, end)
    assert read_year(text) == (int(start[:4]) if start else None)


@pytest.mark.parametrize("text", ["", "-", "…", "Không rõ", "chưa xác định", "N/A", "n/a", "None", "nan"])
def test_cells_that_say_that_nothing_is_known(text: str) -> None:
    assert says_nothing(text)
    assert read_year(text) is None


@given(st.text(alphabet="0123456789/-–. đếnnămtháng", max_size=60))
def test_any_text_gives_a_year_in_range_or_none(text: str) -> None:
    period = read_period(text)
    assert period.year is None or 1950 <= period.year <= 2099
    assert not period.end or period.start <= period.end


@given(st.integers(1950, 2099), st.integers(0, 30))
def test_the_first_of_two_years_is_the_start(first: int, span: int) -> None:
    assert read_year(f"{first}-{first + span}") == first
