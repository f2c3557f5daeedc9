"""Places before and after the merger of provinces; the expectations are of the official resolutions, checked by hand."""

from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.announcement import load_builtin
from matcher.records import Proposal, Source
from matcher.segmenting.gazetteer import merged_communes, short_name
from matcher.trends.places import Place, find_places, home_of, places_of

HOME = "Lạng Sơn"


def districts(text: str, home: str = HOME, **how: bool) -> list[str]:
    return [place.district or place.province for place in find_places(text, home, **how)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bảo tồn hồi tại huyện Văn Quan", ["Huyện Văn Quan"]),
        ("trên địa bàn thành phố Lạng Sơn", ["Thành phố Lạng Sơn"]),
        ("TP. Lạng Sơn", ["Thành phố Lạng Sơn"]),
        ("HUYỆN BẮC SƠN, TỈNH LẠNG SƠN", ["Huyện Bắc Sơn"]),
        ("Văn Quan, Lạng Sơn", ["Huyện Văn Quan"]),  # the province, not the town of its name
        ("các huyện Chi Lăng, Hữu Lũng", ["Huyện Chi Lăng", "Huyện Hữu Lũng"]),
        ("xã Mẫu Sơn, huyện Lộc Bình", ["Huyện Lộc Bình"]),
        ("thị trấn Đồng Đăng", ["Huyện Cao Lộc"]),
        ("phường Tam Thanh", ["Thành phố Lạng Sơn"]),  # Phú Thọ has none of the name, but several provinces do
        ("huyện Bình Gia, tỉnh Lạng Sơn và huyện Na Rì, tỉnh Bắc Kạn", ["Huyện Bình Gia", "Huyện Na Rì"]),
        ("Thị xã Cai Lậy", ["Thị xã Cai Lậy"]),
        ("huyện Cai Lậy", ["Huyện Cai Lậy"]),
        ("huyện Châu Thành, tỉnh An Giang", ["Huyện Châu Thành"]),
        ("huyện Châu Thành", []),  # of nine provinces, none of them ours
        ("Nghiên cứu chuyển đổi số trong trường học", []),
        ("xây dựng cuộc sống hòa bình", []),
        ("", []),
    ],
)
def test_districts_of_before(text: str, expected: list[str]) -> None:
    assert districts(text) == expected


@pytest.mark.parametrize(
    ("text", "then", "now"),
    [
        ("tỉnh Bắc Giang", "Bắc Giang", "Bắc Ninh"),
        ("tỉnh Yên Bái", "Yên Bái", "Lào Cai"),
        ("tỉnh Bắc Kạn", "Bắc Kạn", "Thái Nguyên"),
        ("tỉnh Hòa Bình", "Hòa Bình", "Phú Thọ"),
        ("tỉnh Hoà Bình", "Hòa Bình", "Phú Thọ"),
        ("tỉnh Quảng Nam", "Quảng Nam", "Đà Nẵng"),
        ("tỉnh Thừa Thiên Huế", "Huế", "Huế"),
        ("tỉnh Lạng Sơn", "Lạng Sơn", "Lạng Sơn"),
    ],
)
def test_provinces_then_and_now(text: str, then: str, now: str) -> None:
    assert find_places(text) == (Place("", then, now),)


@pytest.mark.parametrize(
    ("commune", "district"),
    [
        ("xã Thất Khê", "Huyện Tràng Định"),
        ("xã Văn Quan", "Huyện Văn Quan"),
        ("xã Na Sầm", "Huyện Văn Lãng"),
        ("xã Hữu Lũng", "Huyện Hữu Lũng"),
        ("phường Kỳ Lừa", "Huyện Cao Lộc"),  # the town of Cao Lộc and three communes around it
        ("phường Đông Kinh", "Thành phố Lạng Sơn"),
    ],
)
def test_new_communes_go_back_to_their_district(commune: str, district: str) -> None:
    assert districts(f"{commune}, tỉnh Lạng Sơn", since=True) == [district]


def test_a_name_of_both_divisions_is_read_by_its_year() -> None:
    text = "xã Chi Lăng, tỉnh Lạng Sơn"  # before: of Chi Lăng and of Tràng Định; since: where the town of Chi Lăng was
    assert districts(text) == districts(text, since=True) == ["Huyện Chi Lăng"]
    assert districts(text, since=False) == ["Lạng Sơn"]


@pytest.mark.parametrize("cell", ["van quan", "Văn quan", "H. Văn Quan", "h.Văn Quan", "huyện văn quan", "VĂN QUAN"])
def test_a_cell_as_people_write_it(cell: str) -> None:
    assert find_places(cell, HOME, column=True) == (Place("Huyện Văn Quan", HOME, HOME),)


def test_every_district_with_its_province_is_found_again() -> None:
    every = {(each.district, each.province, each.province_now) for each in merged_communes()}
    assert len(every) == 696
    for district, province, now in every:
        assert find_places(f"{district}, {province}") == (Place(district, short_name(province), short_name(now)),)


def test_the_column_wins_unless_only_the_title_names_a_district() -> None:
    def proposal(**sections: str) -> Proposal:
        return Proposal("P1", MappingProxyType(sections), Source("a.csv"))

    title = "Trồng na tại huyện Chi Lăng"
    assert [each.district for each in places_of(proposal(title=title, place="Văn Quan"), HOME)] == ["Huyện Văn Quan"]
    assert [each.district for each in places_of(proposal(title=title, place="Lạng Sơn"), HOME)] == ["Huyện Chi Lăng"]
    assert places_of(proposal(title="Trồng na", place="Lạng Sơn"), HOME) == (Place("", HOME, HOME),)
    assert places_of(proposal(title="Trồng na"), HOME) == ()


def test_the_home_province_is_that_of_the_announcement() -> None:
    assert home_of(load_builtin("lang-son-2025")) == HOME
    assert home_of(None) == ""


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80), st.booleans())
def test_any_text_gives_distinct_places(text: str, column: bool) -> None:
    found = find_places(text, HOME, column=column)
    assert len(set(found)) == len(found)
    assert all(place.province or place.province_now for place in found)
