"""Normal form, offsets, tones, keys and syllables."""

import string
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from matcher import text as text_module
from matcher.text import (
    Normalized,
    comparison_key,
    has_diacritics,
    is_syllable,
    normalize,
    normalize_with_offsets,
    strip_diacritics,
    syllables,
    unify_tones,
)

VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
LETTERS = VIETNAMESE + VIETNAMESE.upper() + string.ascii_letters
AWKWARD = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323\u00ad\u200b\ufeff\u00a0\r\n\tÐðÞﬁ\u2028\x00\ud800\u1100\u1161\u11a8 .,"
any_text = st.one_of(
    st.text(), st.text(st.sampled_from(LETTERS + AWKWARD)), st.text(st.sampled_from("aeouyAEU" + AWKWARD))
)
vietnamese_text = st.text(st.sampled_from(LETTERS + " ,.0123456789\n"))


@pytest.mark.parametrize(
    ("given_text", "wanted"),
    [
        (unicodedata.normalize("NFD", "Quyết định số 2544/QĐ-UBND"), "Quyết định số 2544/QĐ-UBND"),
        ("e\u0301\u0302", "ế"),  # tone typed before the circumflex
        ("\u00e9\u0302", "ế"),  # the same, half composed
        ("o\u0323\u031b u\u0301\u031b a\u0323\u0306", "ợ ứ ặ"),
        ("a\u0301\u0301", "á"),  # the same mark twice
        ("Ðề án, ÐẮK LẮK, QÐ-UBND, HÐND, NÐ-CP", "Đề án, ĐẮK LẮK, QĐ-UBND, HĐND, NĐ-CP"),
        ("điểm ð khoản 1 Ðiều 5", "điểm đ khoản 1 Điều 5"),
        ("Það er víð", "Það er víð"),  # Icelandic
        ("a\u00a0b\u2009c\u3000d", "a b c d"),
        ("\ufeffNghiên\u200b cứu\u00ad", "Nghiên cứu"),
        ("a\r\nb\rc\u2028d\x0ce\tf", "a\nb\nc\nd\ne\tf"),
        ("a\x00b\x07c\x7fd\x9ce", "abcde"),
        ("e\u200d\u0301", "é"),  # an invisible character between letter and mark
        ("hiệu quả cao; ef\ufb01cient", "hiệu quả cao; efficient"),
        ("ok \ud83d", "ok \ufffd"),
        ("hoà, hòa, thuỷ, thủy", "hoà, hòa, thuỷ, thủy"),
        ("", ""),
    ],
)
def test_normalize(given_text, wanted):
    assert normalize(given_text) == wanted
    assert normalize_with_offsets(given_text).text == wanted


def test_normalize_keeps_the_letters_of_tcvn3():
    assert normalize("T\u00e8i \u00adu tµi nguyªn m¹ng, b\u00d0 m¹c") == "Tèi \u00adu tµi nguyªn m¹ng, bÐ m¹c"


@given(any_text)
@example("Ð\u00adu Ðµ m¹ng«")
@example("\u1100\u1161\u11a8\u0301")
def test_normalizing_twice_is_normalizing_once(text):
    once = normalize(text)
    assert normalize(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t" for letter in once)


@given(any_text)
def test_both_ways_of_normalizing_agree_and_lead_back(text):
    found = normalize_with_offsets(text)
    assert found.text == normalize(text)
    assert len(found.offsets) == len(found.text) + 1
    assert found.offsets[-1] == len(text)
    assert list(found.offsets) == sorted(found.offsets)
    for place in range(len(found.text)):
        start, end = found.to_source(place, place + 1)
        assert 0 <= start < end <= len(text)
    assert found.to_source(0, 0)[0] == found.to_source(0, 0)[1]


@given(vietnamese_text, st.data())
def test_a_stretch_of_decomposed_text_comes_from_its_own_source(text, data):
    source = unicodedata.normalize("NFD", text)
    found = normalize_with_offsets(source)
    assert found.text == text
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = found.to_source(start, end)
    assert normalize(source[first:last]) == text[start:end]


def test_offsets_can_be_chained():
    outer = Normalized("bc", (1, 2, 3))
    inner = Normalized("c", (1, 2))
    assert outer.then(inner) == Normalized("c", (2, 3))


@given(vietnamese_text)
def test_clean_vietnamese_is_left_alone(text):
    assert normalize(text) == text


@pytest.mark.parametrize(
    ("given_text", "wanted"),
    [
        ("hoà hoá khoẻ thuỷ HOÀ Thuý", "hòa hóa khỏe thủy HÒA Thúy"),
        ("hòa toàn hoài thuyền khuỷu giữa già giếng gìn", "hòa toàn hoài thuyền khuỷu giữa già giếng gìn"),
        ("quý quả quỳnh quốc qúy QÚY", "quý quả quỳnh quốc quý QUÝ"),
        ("tóan hòan nghịêp tiêú", "toán hoàn nghiệp tiếu"),
        ("mía múa mưa cửa lúa", "mía múa mưa cửa lúa"),
        ("café Noël Zürich", "café Noël Zürich"),
    ],
)
def test_unify_tones(given_text, wanted):
    assert unify_tones(given_text) == wanted
    assert unify_tones(wanted) == wanted


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa Bình", "HOÀ  BÌNH"),
        ("thủy lợi", "thuỷ lợi"),
        ("quý hiếm", "quí hiếm"),
        ("địa lý, kỹ thuật, Mỹ, tỷ lệ, bác sỹ, vỹ", "địa lí, kĩ thuật, mĩ, tỉ lệ, bác sĩ, vĩ"),
        ("QÐ-UBND\u00a0số 5", "qđ-ubnd số 5"),
        (unicodedata.normalize("NFD", "Hoá học"), "hóa học"),
    ],
)
def test_spellings_of_the_same_words_share_a_key(one, other):
    assert comparison_key(one) == comparison_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("giống bò", "giống bơ"),
        ("tuy", "tui"),
        ("thúy", "thúi"),
        ("hoa", "hoà"),
        ("ý", "í ới"),
        ("quy", "qua"),
        ("tay", "tai"),
        ("Y dược", "dược"),
    ],
)
def test_different_words_have_different_keys(one, other):
    assert comparison_key(one) != comparison_key(other)


@given(any_text)
def test_a_key_is_its_own_key(text):
    key = comparison_key(text)
    assert comparison_key(key) == key
    assert comparison_key(f"  {text}\n ") == key


@given(vietnamese_text)
def test_diacritics(text):
    bare = strip_diacritics(text)
    assert bare.isascii()
    assert len(bare) == len(text)
    assert not has_diacritics(bare)
    assert has_diacritics(text) == (bare != text)


def test_strip_diacritics_of_decomposed_text():
    assert strip_diacritics(unicodedata.normalize("NFD", "Đường Ổi")) == "Duong Oi"
    assert has_diacritics(unicodedata.normalize("NFD", "ổi"))
    assert not has_diacritics("“53/KH-UBND” – 北京")


@pytest.mark.parametrize(
    "word",
    "nghiên cứu khoẻ khỏe quyết quýt giếng gì gìn gia giặt ghế nghỉ kỹ kẽm y yến yểu ươm ướt oan uyên thuở huơ "
    "khuỷu khuya ngoằn ngoèo xoong moóc buýt Đặng ĐẮP quốc quạu quý quí rượu hươu tuýp ếch Uông pin Sa Pa".split(),
)
def test_syllables_of_the_language(word):
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word",
    [
        *"hoc hỏc bãp càch mồp".split(),  # a stop takes only sắc and nặng
        *"ke\u0301m kà cê gì\u0309 ghà ngiên nghà qà zà fà wà jà".split(),  # spelling of onsets
        *"tóan qúy nghịêp hòan".split(),  # the tone on a wrong letter
        *"strong file café Lênin đôla núivà Đắk glucose DTTS COVID".split(),
        *"nưóc hỉện khuyếch".split(),
        "",
        "5",
        "a1",
        "học sinh",
    ],
)
def test_what_is_no_syllable(word):
    assert not is_syllable(word)


def test_syllables_of_a_text():
    assert syllables("Trồng 5ha lúa OM5451, Oryza sativa; kinh tế-xã hội") == (
        ["Trồng", "lúa", "kinh", "tế", "xã", "hội"]
    )


def test_public_names_are_those_chosen():
    assert sorted(text_module.__all__) == [
        "DecodedText",
        "Legacy",
        "Normalized",
        "comparison_key",
        "decode_bytes",
        "decode_legacy",
        "decode_lines",
        "detect_legacy",
        "has_diacritics",
        "is_syllable",
        "normalize",
        "normalize_with_offsets",
        "plain_key",
        "repair_mojibake",
        "repair_spacing",
        "repair_spacing_with_offsets",
        "restore_diacritics",
        "sentence_case",
        "strip_diacritics",
        "syllables",
        "unify_tones",
    ]


def test_import_stays_light():
    code = "import sys, matcher.text; print(*{'numpy', 'charset_normalizer', 'pandas', 'torch'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_endless_runs_of_marks_are_cut():
    found = normalize("a" + "\u0301\u0323" * 100_000 + "b" + "\u0344" * 100_000 + "c")
    assert len(found) < 70
    assert normalize(found) == found
    assert (found[0], found[-1]) == ("ạ", "c")
    assert strip_diacritics("a" + "\u0301\u0323" * 100_000 + "b") == "ab"


def test_every_code_point_of_the_first_plane():
    for code in range(0x10000):
        found = normalize(chr(code) + "a" + chr(code) + "\u0301")
        assert found == unicodedata.normalize("NFC", found)
        assert normalize(found) == found
