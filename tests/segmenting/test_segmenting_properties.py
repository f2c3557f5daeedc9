"""What holds for any text: offsets slice back, nothing is lost, nothing becomes empty."""

from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

PIECES = [
    "Nghiên cứu", "ứng dụng", "tiến bộ KH&CN", "giống na", "Lạng Sơn", "huyện Chi Lăng", "tại", "các xã", "HTX", ", ",
    "và", "(", ")", "“", "”", ".", "2021–2025", "giai đoạn", "164/KH-UBND", "KINH TẾ-XÃ HỘI", "hòa bình", "\n", "  ",
    "nhãn hiệu", "cho sản phẩm", "cây", "A", "1.1", "Hoa\u0300", "\ud800", "İ", "👍🏽", "\x00",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))


@settings(deadline=None, max_examples=150)
@given(TEXTS)
@example("")
@example("(((Lạng Sơn")
def test_words_slice_back_and_cover_every_character(segmenter, text):
    words = segmenter.segment(text)
    assert all(text[word.start : word.end] == word.text for word in words)
    assert all(left.end <= right.start for left, right in pairwise(words))
    assert "".join("".join(word.text.split()) for word in words) == "".join(text.split())


@settings(deadline=None, max_examples=150)
@given(TEXTS)
def test_masked_text_leads_back_and_is_never_empty(segmenter, text):
    masked = segmenter.masked(text)
    assert len(masked.text) == len(masked.offsets)
    assert list(masked.offsets) == sorted(set(masked.offsets))
    assert all(text[at] == char for at, char in zip(masked.offsets, masked.text, strict=True) if char != " ")
    assert bool(masked.text.strip()) == bool(text.strip())


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_spans_lie_in_the_text_and_do_not_overlap(segmenter, text):
    for spans in (segmenter.boilerplate(text), segmenter.places(text)):
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert all(left.end <= right.start for left, right in pairwise(spans))
