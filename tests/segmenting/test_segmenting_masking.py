"""Boilerplate and masked text: what carries no meaning goes, what tells orientations apart stays."""

import pytest


@pytest.mark.parametrize(
    ("title", "masked"),
    [
        (
            "Xây dựng chỉ dẫn địa lý cho sản phẩm Thạch đen của huyện Tràng Định",
            "chỉ dẫn địa lý cho sản phẩm Thạch đen",
        ),
        (
            "Nghiên cứu, ứng dụng tiến bộ khoa học kỹ thuật và công nghệ nhân giống hồi trên địa bàn tỉnh Lạng Sơn",
            "nhân giống hồi",
        ),
        (
            "Đánh giá thực trạng và đề xuất giải pháp phát triển du lịch giai đoạn 2021–2025, tầm nhìn đến năm 2045",
            "phát triển du lịch",
        ),
        ("Hoàn thiện quy trình công nghệ sản xuất cua biển tại Quảng Bình", "sản xuất cua biển"),
        (
            "Giải pháp nâng cao hiệu quả phòng, chống tội phạm mua bán người trong tình hình mới",
            "phòng, chống tội phạm mua bán người",
        ),
        ("Quản lý hại dừa tại Bến Tre và vùng phụ cận", "Quản lý hại dừa"),
        ("1.1 Ứng dụng tiến bộ khoa học và công nghệ để chọn giống cây trồng", "1.1 chọn giống cây trồng"),
        ("lúa tại huyện Ngã Năm (nay là thị xã Ngã Năm), tỉnh Sóc Trăng, năng suất cao", "lúa, năng suất cao"),
        ("Ứng dụng KH&CN nâng cao chất lượng mật ong", "nâng cao chất lượng mật ong"),
        ("Nghien cuu bao ton giong quyt tai tinh Lang Son", "bao ton giong quyt"),
    ],
)
def test_masked_titles(segmenter, title, masked):
    assert segmenter.masked(title).text == masked


@pytest.mark.parametrize(
    "words",
    [
        "mô hình", "nhãn hiệu chứng nhận", "chuỗi giá trị", "cơ chế, chính sách", "công nghệ thông tin",
        "công nghệ sinh học", "công nghệ cao", "cơ sở dữ liệu", "chuyển giao", "hàng hóa", "nguồn gen",
    ],
)  # fmt: skip
def test_words_that_tell_orientations_apart_stay(segmenter, words):
    assert words in segmenter.masked(f"Nghiên cứu ứng dụng {words} cho cây hồi tại Lạng Sơn").text


@pytest.mark.parametrize("text", ["Nghiên cứu", "Lạng Sơn", "trên địa bàn tỉnh", "Ứng dụng KH&CN tại tỉnh Lạng Sơn"])
def test_a_text_of_nothing_else_comes_back_whole(segmenter, text):
    assert segmenter.masked(text).text == text


def test_each_kind_of_masking_can_be_left_out(segmenter):
    title = "Nghiên cứu nhân giống hồi tại tỉnh Lạng Sơn"
    assert segmenter.masked(title, places=False).text == "nhân giống hồi tại tỉnh Lạng Sơn"
    assert segmenter.masked(title, boilerplate=False).text == "Nghiên cứu nhân giống hồi"
    assert segmenter.masked(title, places=False, boilerplate=False).text == title


def test_a_span_of_masked_text_is_found_in_the_original(segmenter):
    title = "Nghiên cứu nhân giống hồi tại tỉnh Lạng Sơn theo hướng hữu cơ"
    masked = segmenter.masked(title)
    start = masked.text.index("hữu cơ")
    assert masked.original(start, start + 6).of(title) == "hữu cơ"
    with pytest.raises(IndexError):
        masked.original(0, len(masked.text) + 1)
