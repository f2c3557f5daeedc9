"""Legacy encodings: TCVN3, VNI, VIQR. Capitals of TCVN3 and text without diacritics cannot be restored."""

import csv
import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.text import (
    comparison_key,
    decode_legacy,
    decode_lines,
    detect_legacy,
    normalize,
    strip_diacritics,
    unify_tones,
)

TITLES = Path(__file__).parent / "data" / "text" / "legacy-titles.tsv"
VARIANTS = Path(__file__).parents[2] / "shared" / "data" / "sets" / "encoding-variants.jsonl.gz"


def rows():
    with TITLES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viqr"])
def test_every_title_is_detected_and_comes_back(encoding):
    for row in rows():
        assert detect_legacy(row[encoding]) == encoding, row[encoding]
        found = decode_legacy(row[encoding], encoding)
        if encoding == "tcvn3":  # the capital of «ứng» is lost
            found, row["unicode"] = found[0].upper() + found[1:], row["unicode"]
        assert found == row["unicode"]


def test_the_titles_have_every_letter():
    seen = set("".join(row["unicode"] for row in rows()).lower())
    assert set("àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ") <= seen


@pytest.mark.parametrize(
    ("encoding", "given_text", "wanted"),
    [
        ("tcvn3", "Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        (
            "tcvn3",
            "Uû ban nh©n d©n tØnh, ¡n, ¢n, §Êt, £m, ¤n, ¥n, ¦u",
            "Uỷ ban nhân dân tỉnh, Ăn, Ân, Đất, Êm, Ôn, Ơn, Ưu",
        ),
        ("tcvn3", "QUYÕT §ÞNH", "QUYẾT ĐỊNH"),
        ("vni", "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("vni", "Uyû ban, kyõ thuaät, kî, ÖÙng duïng, Ñieàu, THUÛY", "Uỷ ban, kỹ thuật, kỵ, Ứng dụng, Điều, THỦY"),
        ("viqr", r"DDe^` ta`i\. Ho?i\? Tra? lo+`i: u+'ng du.ng", "Đề tài. Hỏi? Trả lời: ứng dụng"),
        ("viqr", "DDA(NG KY', Dda(.ng", "ĐĂNG KÝ, Đặng"),
    ],
)
def test_decode(encoding, given_text, wanted):
    assert decode_legacy(given_text, encoding) == wanted


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viqr"])
def test_short_texts_are_detected(encoding):
    short = {
        "tcvn3": ["Hµ Néi", "§iÒu 1", "Ch\u00ad¬ng 1", "th«ng tin"],
        "vni": ["Hoøa Bình", "Ñieàu 1", "Phaàn 2", "thoâng tin"],
        "viqr": ["DDie^`u kie^.n", "tho^ng tin ve^` na(m 2024"],
    }
    assert [detect_legacy(text) for text in short[encoding]] == [encoding] * len(short[encoding])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nghiên cứu",
        "cá, nhà máy, mã số, tài chính, toán, thí nghiệm, công viên",
        "Công tác chính trí và thành công; hà mã; cá mú; là, ô, ý",
        "Bình Gia, Cao Lâu, Chi Lăng",
        "L'Université de Genève a été fondée par Théodore de Bèze, là où naît le Rhône; né à Liège, thé, clé",
        "Où est-il né ? Où va-t-il ? Voilà déjà l'été, très tôt.",
        "Der Müller für größere Straßen; schön, Tür, über Köln",
        "São Paulo não está só; você é irmão, há pé e avó",
        "El niño comió piñata; qué, sé, té, más, año, canción",
        "Øresund på dansk, så får vi øl; smörgåsbord på ön",
        "thickness 5 µm to 10 µm, 3×4 m², 90°, N·m, ±5 %, © 2020 Foo®, £5m, §5, ½ cup, «word» ¶ ª º",
        "x = a^2 + b^2; e^x + o^3; C++, G++; f(a(b)); To+Do; what? e.g. a. b. o~ (u+v) it's Menu+ a^b^c^",
        "DDoS, DDT, DD/MM/YYYY, daddy; a(1), O(n^2); o+o=oo; u+u; e^(a+b); He^llo wo+rld",
        "Nghien cuu chon tao giong lua. Co hay khong? Co.",
        "Lê Văn A, Hồ Chí Minh",
        "\u00ad\u00ad",
    ],
)
def test_no_false_alarm(text):
    assert detect_legacy(text) is None
    assert decode_lines(text) == (text, None)


@given(st.lists(st.sampled_from([row["unicode"] for row in rows()]), min_size=1, max_size=5))
def test_unicode_and_bare_titles_raise_no_alarm(titles):
    text = "\n".join(titles)
    assert detect_legacy(text) is None
    assert detect_legacy(strip_diacritics(text)) is None


def test_documents_may_mix_fonts():
    row = rows()[0]
    mixed = "\n".join(["Phần mở đầu", row["tcvn3"], "Hµ", "VietGAP 2024", row["tcvn3"], "«»", ""])
    decoded, encoding = decode_lines(mixed)
    assert encoding == "tcvn3"
    assert decoded.split("\n") == ["Phần mở đầu", row["unicode"], "Hà", "VietGAP 2024", row["unicode"], "«»", ""]


@given(st.text())
def test_any_text_can_be_asked_and_decoded(text):
    detect_legacy(text)
    decoded, encoding = decode_lines(text)
    assert encoding is not None or decoded == text
    for name in ("tcvn3", "vni", "viqr"):
        decode_legacy(text, name)


@pytest.mark.skipif(not VARIANTS.is_file(), reason="the shared data are not beside the project")
def test_the_set_of_variants_comes_back():
    with gzip.open(VARIANTS, "rt", encoding="utf-8") as lines:
        variants = [json.loads(line) for line in lines]
    missed = 0
    for row in variants:
        wanted = normalize(row["unicode"])
        assert normalize(row["nfd"]) == wanted
        assert unify_tones(row["tone_new"]) == unify_tones(wanted) == row["tone_old"]
        assert comparison_key(row["tone_new"]) == comparison_key(row["tone_old"])
        assert strip_diacritics(wanted) == row["no_diacritics"]
        assert detect_legacy(row["unicode"]) is detect_legacy(row["no_diacritics"]) is None
        for encoding in ("tcvn3", "vni", "viqr"):
            if row[encoding] is None:
                continue
            missed += detect_legacy(row[encoding]) != encoding
            found = normalize(decode_legacy(row[encoding], encoding))
            if encoding == "tcvn3" and row["tcvn3_upper_lossy"]:
                found, aim = found.casefold(), wanted.casefold()
            else:
                aim = wanted
            assert found == aim
    assert missed <= 1  # one VIQR title that is half English
