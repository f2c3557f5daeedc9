"""Spaces: what is repaired, what is left alone."""

import json
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.text import normalize, repair_spacing, repair_spacing_with_offsets

SHARED = Path(__file__).parents[2] / "shared" / "data"


@pytest.mark.parametrize(
    ("given_text", "wanted"),
    [
        ("miền núivà vùng cao", "miền núi và vùng cao"),
        ("đồng bào DTTSvà miền núi", "đồng bào DTTS và miền núi"),
        ("trong phẩmvi toàn tỉnh", "trong phẩm vi toàn tỉnh"),
        ("xã hội,nhân văn", "xã hội, nhân văn"),
        ("bảo tồn;phát triển", "bảo tồn; phát triển"),
        ("Đốivới các huyện", "Đối với các huyện"),
        ("10 Nghiên  cứu   chọn tạo", "10 Nghiên cứu chọn tạo"),
        ("hiệu quả , bền vững .", "hiệu quả, bền vững."),
        ("khoa học và công nghệ : 5", "khoa học và công nghệ: 5"),
        ("( vùng cao )", "(vùng cao)"),
        ("https://a.vn/núivà  xem , rồi", "https://a.vn/núivà xem, rồi"),
        ("từcác chương trình", "từ các chương trình"),
    ],
)
def test_repairs(given_text, wanted):
    assert repair_spacing(given_text) == wanted
    assert repair_spacing_with_offsets(given_text).text == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch số 53/KH-UBND ngày 03/3/2023, 1.200 ha, 2,5 triệu, 10.000,5 đồng",
        "Xem https://sokhcn.langson.gov.vn/vănbản,mới và thư sokhcn@langson.gov.vn hoặc phầnmềm.vn/tải",
        "tệp phầnvà.docx, thư_mụcvà",
        "Kadsura heteroclita (Roxb.) Craib., Illicium verum Hook.f., Bubalus bubalis",
        "VietGAP, ViệtGAP, OCOP, VinGroup, YouTube, iPhone, DTTS&MN, pH, mRNA, KHCN, BảoViệt",
        "vắcxin, ôxít, ôtô, êđê, đôla, rađa, bôxít, bêtông, cốppha, ắcquy, Krông Pắk, Đắk Lắk, nơtron, nitơ, càphê",
        "Nghiên cứu, ứng dụng blockchain (Problem-based learning): PGS.TS Nguyễn Văn A, TP.HCM",
        "nưóc, hỉện, ngưòi, khuyếch đại, tóan, ngiên cứu, phươngg",  # misspelt, not glued
        "KHông, NGười, NGhiên cứu",  # the shift key held too long
        "Lênin, Mác-Lênin, Mátxcơva, Pari, Ôxtrâylia",
        "kinh tế-xã hội; kinh tế - xã hội … «Trích» “dẫn”",
        "xã hội,nhân/văn và « trích »",
        "a,b,c và f(x,y); C# .NET ; :-)".replace(" ;", ";"),
        "cột\tcột\n  ".replace("  ", " "),
        "",
    ],
)
def test_leaves_alone(text):
    assert repair_spacing(text) == text


letters = "aàáảãạăắậđêếệiíoóơớộuúưựyýbcghklmnpqrstvx"
noise = st.text(st.sampled_from(letters + letters.upper() + string.digits + "  ,,;.:()/@-_\n\t«»"), max_size=60)


@given(noise)
def test_repairing_twice_is_repairing_once_and_changes_only_spaces(text):
    once = repair_spacing(text)
    assert repair_spacing(once) == once
    assert once.replace(" ", "") == text.replace(" ", "")


@given(noise)
def test_offsets_lead_back(text):
    found = repair_spacing_with_offsets(text)
    assert found.text == repair_spacing(text)
    assert len(found.offsets) == len(found.text) + 1
    assert found.offsets[-1] == len(text)
    assert list(found.offsets) == sorted(found.offsets)
    for place, letter in enumerate(found.text):
        if letter != " ":
            assert text[found.offsets[place]] == letter


def test_offsets_of_a_split_word():
    found = repair_spacing_with_offsets("núivà  đồi")
    assert found.text == "núi và đồi"
    assert found.to_source(4, 6) == (3, 5)
    assert found.to_source(7, 10) == (7, 10)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not beside the project")
@pytest.mark.parametrize("name", ["titles-dev.jsonl", "gold-dev.jsonl"])
def test_real_titles_are_unchanged(name):
    with (SHARED / name).open(encoding="utf-8") as lines:
        titles = [normalize(json.loads(line)["title"]) for line in lines]
    assert len(titles) > 50
    assert [title for title in titles if repair_spacing(title) != title] == []
