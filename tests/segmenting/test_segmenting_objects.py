"""What a task works on and how, by its title."""

import pytest


@pytest.mark.parametrize(
    ("title", "text", "kind", "method"),
    [
        ("Xây dựng nhãn hiệu chứng nhận cho sản phẩm Lợn quay của tỉnh Lạng Sơn", "Lợn quay", "product", "brand"),
        ("Quản lý và phát triển nhãn hiệu tập thể Hồng vành khuyên Văn Lãng", "Hồng vành khuyên", "product", "brand"),
        ('Tạo lập chỉ dẫn địa lý "Đắk Nông" cho sản phẩm hồ tiêu của tỉnh Đắk Nông', "hồ tiêu", "product", "brand"),
        ("Hoàn thiện công nghệ sản xuất giống nhân tạo cua biển tại Quảng Bình", "cua biển", "animal", "propagation"),
        ("Phục tráng giống Bí thơm Ba Bể đảm bảo năng suất cao", "Bí thơm", "crop", "breeding"),
        ("Xây dựng cơ sở dữ liệu đa dạng sinh học tỉnh Bắc Kạn", "đa dạng sinh học", "nature", "database"),
        ("Nghiên cứu khai thác và phát triển nguồn gen cây xoay tại Tây Nguyên", "xoay", "crop", "conservation"),
        ("Nghiên cứu dân tộc Hmông ở biên giới", "dân tộc Hmông", "people", None),
        ("Phẫu thuật ghép giác mạc điều trị bệnh lý giác mạc", "giác mạc", "medicine", "clinical"),
        ("Xây dựng mô hình chăn nuôi gà Ri lai theo hướng an toàn sinh học", "gà Ri lai", "animal", "husbandry"),
        ("Đánh giá chương trình đào tạo cán bộ", "chương trình đào tạo cán bộ", "other", "education"),
    ],
)
def test_object_and_method(segmenter, title, text, kind, method):
    found = segmenter.research_object(title)
    assert (found.text, found.kind, segmenter.method(title)) == (text, kind, method)
    assert title[found.start : found.end] == text


def test_one_object_however_it_is_introduced(segmenter):
    titles = ["Nhân giống cây hồi", "Phục tráng giống Hồi", "Xây dựng thương hiệu cho sản phẩm hồi của tỉnh"]
    assert {segmenter.research_object(title).key for title in titles} == {"hồi"}


def test_every_object_of_a_list(segmenter):
    title = "Xây dựng nhãn hiệu tập thể Ngựa bạch Hữu Kiên Chi Lăng, rau Bò Khai Chi Lăng và sản phẩm Cao khô Vạn Linh Chi Lăng"
    assert [found.text for found in segmenter.research_objects(title)] == ["Ngựa bạch", "rau Bò Khai", "Cao khô"]


def test_a_syllable_of_another_word_is_no_object(segmenter):
    keys = {found.key for found in segmenter.research_objects("Đào tạo cá nhân về bí thư, hành chính và công nghệ")}
    assert not keys & {"đào", "cá", "bí", "hành", "nghệ"}


@pytest.mark.parametrize("text", ["", "Nghiên cứu", "tại tỉnh Lạng Sơn", "…"])
def test_no_object_in_empty_words(segmenter, text):
    assert segmenter.research_object(text) is None
    assert segmenter.method(text) is None
