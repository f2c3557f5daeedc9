"""Words: every character is covered, compounds are found, and only words of content speak."""

import subprocess
import sys
import threading

import pytest

from matcher.segmenting import Segmenter, WordKind

TITLE = "Nghiên cứu một số biện pháp kỹ thuật canh tác rải vụ na tại huyện Chi Lăng, tỉnh Lạng Sơn"


def kinds(segmenter: Segmenter, text: str) -> dict[str, WordKind]:
    return {word.text: word.kind for word in segmenter.segment(text)}


def test_a_title_in_words(segmenter):
    found = kinds(segmenter, TITLE)
    assert found["canh tác"] is WordKind.CONTENT
    assert found["na"] is WordKind.CONTENT
    assert found[","] is WordKind.PUNCTUATION
    assert found["tại"] is WordKind.STOP
    assert {word for word, kind in found.items() if kind is WordKind.PLACE} == {"huyện", "Chi Lăng", "tỉnh", "Lạng Sơn"}
    assert found["Nghiên cứu"] is WordKind.BOILERPLATE


def test_numbers_are_no_content_but_names_of_varieties_are(segmenter):
    found = kinds(segmenter, "lúa ST19 năng suất 7,5 tấn theo QCVN 06:2021 từ 45 hộ")
    assert found["ST19"] is WordKind.CONTENT
    assert found["7,5"] is found["45"] is WordKind.NUMBER


def test_content_words_of_a_title(segmenter):
    assert segmenter.words(TITLE) == ("canh_tác", "rải", "vụ", "na")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("mô hình HTX", ("mô_hình", "hợp_tác_xã")),
        ("đồng bào DTTS", ("đồng_bào", "dân_tộc_thiểu_số")),
        ("chính sách KH&CN", ("chính_sách", "khoa_học", "công_nghệ")),
        ("Ứng dụng CNSH nhân giống mắc ca", ("công_nghệ_sinh_học", "nhân_giống", "mắc_ca")),
    ],
)
def test_abbreviations_are_written_out(segmenter, text, words):
    assert segmenter.words(text) == words


@pytest.mark.parametrize("crop", ["na", "lan", "hồi"])
def test_a_crop_is_not_glued_to_the_work(segmenter, crop):
    assert segmenter.words(f"nhân giống {crop}") == ("nhân_giống", crop)


def test_boilerplate_with_an_abbreviation_in_it(segmenter):
    assert segmenter.words("Ứng dụng tiến bộ KH&CN nhân giống hồi") == ("nhân_giống", "hồi")


def test_spellings_of_one_word_have_one_key(segmenter):
    assert segmenter.words("nuôi thuỷ sản, xử lí rác") == segmenter.words("nuôi thủy sản, xử lý rác")


def test_bo_and_bơ_stay_apart(segmenter):
    assert segmenter.words("giống bò") != segmenter.words("giống bơ")


def test_capitals_do_not_change_the_words(segmenter):
    title = "Xây dựng mô hình trồng thử nghiệm cây khoai môn"
    assert segmenter.words(title.upper()) == segmenter.words(title)


def test_text_without_diacritics_still_gives_words(segmenter):
    words = segmenter.words("Nghien cuu bao ton giong quyt tai huyen Bac Son, tinh Lang Son")
    assert "quyt" in words
    assert not {"lang", "son", "lang_son", "huyen", "tai", "nghien", "nghien_cuu"} & set(words)


def test_hyphens_part_ordinary_syllables_only(segmenter):
    words = [word.text for word in segmenter.segment("kinh tế-xã hội, COVID-19, 164/KH-UBND")]
    assert {"COVID-19", "164/KH-UBND", "-"} <= set(words)


def test_many_texts_at_once_keep_their_order(segmenter):
    texts = ["trồng na", "nuôi ong", "trồng na"]
    assert segmenter.segment_all(texts) == [segmenter.segment(text) for text in texts]
    assert segmenter.words_all(texts) == [("trồng", "na"), ("nuôi", "ong"), ("trồng", "na")]


def test_a_long_text_is_not_cut_short(segmenter):
    text = "Nghiên cứu bảo tồn giống na. " * 400
    assert segmenter.words(text).count("na") == 400


def test_several_threads_share_a_segmenter(segmenter):
    texts = [f"nhân giống cây na số {number}" for number in range(40)]
    alone = [segmenter.segment(text) for text in texts]
    shared, results = Segmenter(), {}
    threads = [
        threading.Thread(target=lambda: results.update({text: shared.segment(text) for text in texts}))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [results[text] for text in texts] == alone


def test_neither_import_nor_use_needs_torch():
    code = (
        "import sys; from matcher.segmenting import Segmenter; light = set(sys.modules)\n"
        "assert not {'underthesea', 'underthesea_core', 'joblib', 'torch'} & light\n"
        "Segmenter().words('bảo tồn giống na tại Lạng Sơn')\n"
        "assert not {'underthesea', 'torch', 'transformers'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
