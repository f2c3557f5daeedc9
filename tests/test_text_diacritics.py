"""Diacritics put back where a text has none, and nothing else changed."""

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from matcher.text import has_diacritics, restore_diacritics, strip_diacritics


@pytest.mark.parametrize(
    ("plain", "restored"),
    [
        ("Nghien cuu trong mac ca tai huyen Binh Gia", "Nghiên cứu trồng mắc ca tại huyện Bình Gia"),
        ("XAY DUNG NHAN HIEU TAP THE", "XÂY DỰNG NHÃN HIỆU TẬP THỂ"),
        ("Xu ly nuoc thai, giai doan 2021-2025", "Xử lý nước thải, giai đoạn 2021-2025"),
    ],
)
def test_diacritics_are_put_back(plain: str, restored: str) -> None:
    assert restore_diacritics(plain) == restored


@pytest.mark.parametrize(
    "text",
    [
        "Nghiên cứu trong mac ca tai huyen Binh Gia",  # it has some
        "Research on macadamia growing in mountain districts",
        "Mac ca",
        "",
    ],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert restore_diacritics(text) == text


@hypothesis_settings(deadline=None)
@given(st.text(alphabet="abcdeghiklmnopqrstuvxy ,.-0129ABCNT", max_size=80))
def test_only_diacritics_are_added(text: str) -> None:
    assert strip_diacritics(restore_diacritics(text)) == text


def test_real_titles_come_back_nearly_whole() -> None:
    import json

    from matcher.settings import resource_dir

    lines = (resource_dir("corpus") / "lang-son-2025" / "gold-dev.jsonl").read_text(encoding="utf-8").splitlines()
    same = words = 0
    for title in (json.loads(line)["title"] for line in lines):
        back = restore_diacritics(strip_diacritics(title))
        assert has_diacritics(back)
        pairs = list(zip(title.split(), back.split(), strict=True))
        same, words = same + sum(a == b for a, b in pairs), words + len(pairs)
    assert same / words > 0.9
