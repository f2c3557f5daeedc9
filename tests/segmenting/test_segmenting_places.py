"""Place names: found with and without prefix, and ordinary words left alone."""

import pytest

from matcher.segmenting import PlaceLevel


def named(segmenter, text):
    return [(place.name, place.level.value, place.province) for place in segmenter.places(text)]


def written(segmenter, text):
    return [text[place.start : place.end] for place in segmenter.places(text)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("na tại huyện Chi Lăng, tỉnh Lạng Sơn", ["huyện Chi Lăng", "tỉnh Lạng Sơn"]),
        ("phát triển cây mắc ca tại Đắk Lắk", ["Đắk Lắk"]),
        ("trường học tại TP. Cao Lãnh", ["TP. Cao Lãnh"]),
        ("giống lê tại huyện Trạm Tấu, Mù Cang Chải", ["huyện Trạm Tấu", "Mù Cang Chải"]),
        ("Gà sáu ngón Mẫu Sơn, tỉnh Lạng Sơn", ["Mẫu Sơn", "tỉnh Lạng Sơn"]),
        ("Ngựa bạch Hữu Kiên Chi Lăng", ["Hữu Kiên", "Chi Lăng"]),
        ("nước khoáng Đạ Long và Đạ Tông, huyện Đam Rông", ["Đạ Long", "Đạ Tông", "huyện Đam Rông"]),
        ("nhãn hiệu tập thể Chanh rừng Mẫu Sơn", ["Mẫu Sơn"]),
        ("nhãn hiệu Na Chi Lăng", ["Chi Lăng"]),
        ("thạch đen Tràng Định", ["Tràng Định"]),
        ("lợn nái Móng cái", ["Móng cái"]),
        ("lúa tại xã Phong Thạnh Đông A (huyện Giá Rai)", ["xã Phong Thạnh Đông A", "huyện Giá Rai"]),
        ("bưởi tại đồng bằng sông Cửu Long", ["đồng bằng sông Cửu Long"]),
        ("trường tiểu học miền núi phía Bắc Việt Nam", ["miền núi phía Bắc", "Việt Nam"]),
        ("rừng ở Bà Rịa - Vũng Tàu", ["Bà Rịa - Vũng Tàu"]),
        ("nuôi ong ở xã Lạ Lẫm Xa", ["xã Lạ Lẫm Xa"]),
        ("XÂY DỰNG NHÃN HIỆU HỒNG BẢO LÂM, HUYỆN CAO LỘC", ["BẢO LÂM", "HUYỆN CAO LỘC"]),
        ("vùng đồi núi yên châu, tỉnh sơn la", ["yên châu", "tỉnh sơn la"]),
        ("Bao ton giong quyt tai huyen Bac Son, tinh Lang Son", ["huyen Bac Son", "tinh Lang Son"]),
        ("dân cư thành phố Huế và Hà Nội", ["thành phố Huế", "Hà Nội"]),
        ("chè của tỉnh Hòa Bình", ["tỉnh Hòa Bình"]),
    ],
)
def test_places_are_found(segmenter, text, places):
    assert written(segmenter, text) == places


@pytest.mark.parametrize(
    "text",
    [
        "phòng, chống diễn biến hòa bình trên lĩnh vực văn hóa",
        "nâng cao bằng công nghệ mới",
        "quản lý xã hội ở khu dân cư",
        "mỗi xã một sản phẩm",
        "tư tưởng Hồ Chí Minh trong thanh niên",
        "Cuộc khởi nghĩa Hoàng Đình Kinh",
        "tinh dầu hồi và xa lộ",
        "hợp tác xã Đồng Tâm",
        "Xây Dựng Xã Nông Thôn Mới Kiểu Mẫu",
        "các huyện biên giới, xã khó khăn",
        "vùng đồng bào DTTS và miền núi",
        "Viện Hải dương học",
        "nông nghiệp, nông dân, nông thôn (tam nông)",
        "",
    ],
)
def test_ordinary_words_are_no_places(segmenter, text):
    assert written(segmenter, text) == []


def test_a_name_of_several_provinces_is_settled_by_the_text(segmenter):
    assert named(segmenter, "giáo dục tại xã Hòa Bình, huyện Văn Quan") == [
        ("Hòa Bình", "commune", "Lạng Sơn"),
        ("Văn Quan", "district", "Lạng Sơn"),
    ]
    assert named(segmenter, "giáo dục tại xã Hòa Bình") == [("Hòa Bình", "commune", "")]


def test_a_city_is_not_its_province(segmenter):
    assert named(segmenter, "thành phố Lạng Sơn, tỉnh Lạng Sơn") == [
        ("Lạng Sơn", "district", "Lạng Sơn"),
        ("Lạng Sơn", "province", "Lạng Sơn"),
    ]


def test_other_spellings_have_the_official_name(segmenter):
    for text in ("tại Đắc Lắc", "tại tỉnh Đăk Lăk", "tại Đắk Lắk"):
        assert [place.name for place in segmenter.places(text)] == ["Đắk Lắk"]
    assert [place.name for place in segmenter.places("tại tỉnh Hoà Bình")] == ["Hòa Bình"]


def test_units_of_both_divisions_are_known(segmenter):
    old, new = segmenter.places("tại tỉnh Bắc Kạn"), segmenter.places("tại xã Tràng Định, tỉnh Lạng Sơn")
    assert old[0].level is PlaceLevel.PROVINCE
    assert new[0].level is PlaceLevel.COMMUNE
    assert new[0].province == "Lạng Sơn"


def test_the_place_is_found_but_never_its_product(segmenter):
    for text, product in (("Na Chi Lăng", "Na"), ("chè Thái Nguyên", "chè"), ("Sâm Lai Châu", "Sâm")):
        assert segmenter.masked(f"phát triển {text}").text == f"phát triển {product}"


def test_a_crab_is_no_preposition(segmenter):
    assert segmenter.masked("nuôi cua Cà Mau").text == "nuôi cua"
