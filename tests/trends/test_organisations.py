"""Spellings of one organisation have one key; two organisations never."""

import random
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.records import Proposal, Source
from matcher.trends.organisations import Organisations, organisation_key, organisations_of

HOME = "Lạng Sơn"

#: Spellings of one organisation each, written by hand.
SAME = (
    ("Sở Khoa học và Công nghệ", "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "Sở KH&CN", "Sở KHCN tỉnh Lạng Sơn", "Sở Khoa học & Công nghệ Lạng Sơn", " Sở  KH và CN "),
    ("Trường Đại học Nông Lâm", "Trường ĐH Nông Lâm", "Đại học Nông - Lâm", "ĐH Nông lâm"),
    ("Trung tâm Ứng dụng KH&CN tỉnh Lạng Sơn", "TT Ứng dụng khoa học và công nghệ Lạng Sơn"),
    ("Chi cục Kiểm lâm tỉnh Lạng Sơn", "CC Kiểm lâm Lạng Sơn"),
    ("Viện Chăn nuôi", "Viện Chăn nuôi (VCN)", "viện chăn nuôi."),
    ("Ủy ban nhân dân huyện Văn Quan", "UBND huyện Văn Quan", "Uỷ ban nhân dân huyện Văn Quan"),
    ("Công ty TNHH MTV An Bình (giả định)", "Công ty trách nhiệm hữu hạn một thành viên An Bình (giả định)"),
    ("Công ty CP Hoa Hồi (giả định)", "Công ty cổ phần Hoa Hồi (giả định)", "Cty CP Hoa Hồi (giả định)"),
    ("Sở Văn hóa, Thể thao và Du lịch", "Sở VHTT&DL", "Sở Văn hoá - Thể thao - Du lịch"),
    ("Bệnh viện Đa khoa tỉnh Lạng Sơn", "BVĐK tỉnh Lạng Sơn", "BV Đa khoa Lạng Sơn"),
    ("Trường Đại học Nông Lâm TP.HCM", "Đại học Nông Lâm Thành phố Hồ Chí Minh"),
)  # fmt: skip
#: Organisations that are near and different, written by hand.
DIFFERENT = (
    "Sở Khoa học và Công nghệ tỉnh Cao Bằng", "Sở Công Thương", "Trường Cao đẳng Nông Lâm", "Trường Trung cấp Nông Lâm",
    "Viện Chăn nuôi Nam Bộ", "Viện Chăn nuôi (HN)", "UBND tỉnh Hòa Bình", "UBND huyện Hòa Bình", "UBND thành phố Hòa Bình",
    "UBND xã Văn Quan", "Công ty TNHH An Bình", "Công ty CP An Bình", "Công ty An Bình", "Trung tâm Khuyến nông",
    "Trung tâm Khuyến công", "Trường THPT số 1", "Trường THPT số 2", "Trường THCS số 1", "Hợp tác xã Bò Vàng",
    "Hợp tác xã Bơ Vàng", "Phòng Văn hóa TT", "Phòng Văn hóa", "Đại học Thái Nguyên",
    "Trường Đại học Nông Lâm Thái Nguyên", "Chi cục Thú y", "Cục Thú y", "Hội Nông dân", "Hội Nông dân huyện Chi Lăng",
)  # fmt: skip


@pytest.mark.parametrize("spellings", SAME, ids=[each[0] for each in SAME])
def test_spellings_of_one(spellings: tuple[str, ...]) -> None:
    assert len({organisation_key(each, HOME) for each in spellings}) == 1


def test_different_ones_stay_apart() -> None:
    names = [*DIFFERENT, *(spellings[0] for spellings in SAME)]
    assert len({organisation_key(each, HOME) for each in names}) == len(names)
    assert len(Organisations.of(names, HOME).names) == len(names)


def test_a_department_of_another_home_keeps_its_province() -> None:
    assert organisation_key("Sở KH&CN Lạng Sơn", "Cao Bằng") != organisation_key("Sở KH&CN", "Cao Bằng")


def test_the_commonest_spelling_is_the_name() -> None:
    known = Organisations.of(["Sở KH&CN"] * 2 + ["SỞ KHOA HỌC VÀ CÔNG NGHỆ"] + ["Viện A", "Viện B"], HOME)
    assert known.name("Sở KHCN tỉnh Lạng Sơn") == "Sở KH&CN"
    assert sorted(known.names.values()) == ["Sở KH&CN", "Viện A", "Viện B"]
    assert known.name("Viện  C") == "Viện C"


def test_a_name_without_diacritics_joins_the_only_one_that_it_can_be() -> None:
    known = Organisations.of(["Viện Chăn nuôi", "Vien Chan nuoi"])
    assert known.name("VIEN CHAN NUOI") == "Viện Chăn nuôi"
    two = Organisations.of(["Hợp tác xã Bò", "Hợp tác xã Bơ", "Hop tac xa Bo"])
    assert len(two.names) == 3


def test_organisations_of_a_cell_without_persons() -> None:
    cell = "Trường ĐH Nông Lâm; Sở KH&CN\nTrường ĐH Nông Lâm; -"
    proposal = Proposal("P1", MappingProxyType({"organisation": cell}), Source("a.csv"))
    assert organisations_of(proposal) == ("Trường ĐH Nông Lâm", "Sở KH&CN")


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([name for names in SAME for name in names] + list(DIFFERENT)), st.randoms())
def test_case_spaces_and_marks_do_not_count(name: str, chance: random.Random) -> None:
    words = "  ".join(name.split())
    other = f" {words}. " if chance.random() < 0.5 else words.replace("(VCN)", "")
    plain = other.casefold() if "(" not in other else other
    assert organisation_key(plain, HOME) == organisation_key(name, HOME)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from([name for names in SAME for name in names] + list(DIFFERENT)), max_size=12), st.randoms()
)
def test_the_order_of_names_does_not_matter(names: list[str], chance: random.Random) -> None:
    shuffled = names[:]
    chance.shuffle(shuffled)
    first, second = Organisations.of(names, HOME), Organisations.of(shuffled, HOME)
    assert first == second
    assert all(first.name(name) in {" ".join(each.split()) for each in names} for name in names)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_a_key_and_keeps_it(text: str) -> None:
    key = organisation_key(text)
    assert organisation_key(key) == key or not text.isprintable() or "(" in text
    assert Organisations.of([text]).key(text) in ({key} if not key else Organisations.of([text]).names)
