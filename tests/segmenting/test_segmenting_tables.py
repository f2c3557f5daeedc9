"""The tables of `corpus/vietnamese` can be read, and their patterns match what they say."""

import pytest

from matcher.errors import InputError
from matcher.segmenting.tables import abbreviations, phrase_pattern, read_table, stop_words


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("abbreviations.tsv", 2), ("boilerplate.tsv", 2), ("methods.tsv", 2), ("object_heads.tsv", 3),
        ("object_limits.tsv", 2), ("objects.tsv", 3), ("ordinary_names.tsv", 2), ("places.tsv", 3), ("stopwords.txt", 1),
    ],
)  # fmt: skip
def test_no_entry_stands_twice(name, columns):
    rows = read_table(name, columns)
    assert rows
    assert len(set(rows)) == len(rows)


def test_no_boilerplate_phrase_matches_nothing():
    for _, phrase in read_table("boilerplate.tsv", 2):
        assert phrase_pattern([phrase]).match("") is None, phrase


def test_a_phrase_with_parts_left_out_and_chosen():
    pattern = phrase_pattern(["trên địa bàn [toàn] (tỉnh|huyện)", "giai đoạn <years>"])
    assert pattern.fullmatch("trên địa bàn tỉnh ")
    assert pattern.fullmatch("trên địa bàn toàn huyện ")
    assert pattern.fullmatch("giai đoạn 2021 2025 ")
    assert not pattern.search("trên địa bàn xã ")


def test_a_phrase_begins_at_a_word():
    assert not phrase_pattern(["an toàn"]).search("lan toàn ")


def test_the_named_abbreviations_are_known():
    assert {"KH&CN", "DTTS", "OCOP", "NTM", "UBND", "HTX"} <= set(abbreviations())


def test_stop_words_without_diacritics():
    assert "của" in stop_words()
    assert "cua" in stop_words(bare=True)


def test_a_missing_table_says_what_to_do():
    with pytest.raises(InputError, match=r"missing\.tsv: cannot be read.*Restore"):
        read_table("missing.tsv", 2)


def test_a_row_with_too_few_columns_is_named():
    with pytest.raises(InputError, match=r"line 2: has 2 columns where 3"):
        read_table("abbreviations.tsv", 3)
