"""Copied passages: what is found, where, and what must not change it."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.flagging.passages import LEAST_WORDS, PassageIndex, find_passages, shared_passages
from matcher.text import comparison_key

COPIED = (
    "Nghiên cứu tuyển chọn các dòng hồi ưu trú có năng suất và hàm lượng tinh dầu cao; xây dựng mô hình trồng thâm "
    "canh quy mô 10 ha tại hai huyện, tập huấn kỹ thuật cho 200 hộ dân và đề xuất giải pháp nhân rộng sau khi kết thúc."
)
OTHER = "Khảo sát hiện trạng sử dụng nước sạch ở các trường học vùng cao và lựa chọn thiết bị lọc phù hợp."
#: 33 words, none of them twice.
COUNTED = " ".join(f"mục{i}" for i in range(33))

WORDS = ("hòa", "thuỷ", "lợi", "giống", "bò", "bơ", "kỹ", "thuật", "đất", "rừng", "tỉnh", "xã", "mô", "hình", "cây")
words_of = st.sampled_from([f"{w}{n}" for w in WORDS for n in ("", "ng", "t")])
word_lists = st.lists(words_of, max_size=60)
texts = word_lists.map(" ".join)
long_texts = st.lists(words_of, min_size=22, max_size=60).map(" ".join)


def keys(text: str) -> list[str]:
    return [key for key in (comparison_key(w.strip(".,;")) for w in text.replace("/", " ").split()) if key]


def common(a: list[str], b: list[str]) -> int:
    """Length of the longest common subsequence, by the textbook."""
    line = [0] * (len(b) + 1)
    for x in a:
        previous = line[:]
        for j, y in enumerate(b, 1):
            line[j] = previous[j - 1] + 1 if x == y else max(previous[j], line[j - 1])
    return line[-1]


def test_a_copy_is_found_with_its_place_on_both_sides() -> None:
    left, right = f"{OTHER} {COPIED}", f"1. Mục tiêu: {COPIED} {OTHER[:40]}"
    (found,) = find_passages(left, right)
    assert found.left.text == left[found.left.start : found.left.end] == COPIED[:-1], "the full stop is no word"
    assert found.right.text == right[found.right.start : found.right.end] == COPIED[:-1]
    assert found.words == len(COPIED.split())


def test_sections_may_stand_anywhere() -> None:
    mine = {"objective": OTHER, "content": COPIED}
    theirs = {"title": "Tên khác", "rationale": f"{OTHER[:30]} {COPIED}"}
    (found,) = shared_passages(mine, theirs)
    assert (found.left.section, found.right.section) == ("content", "rationale")
    assert found.left.text == COPIED[:-1]


def test_case_punctuation_tone_placement_and_unicode_form_are_ignored() -> None:
    right = unicodedata.normalize("NFD", COPIED.upper()).replace(";", " –").replace("HÒ", "HÒ")
    (found,) = find_passages(COPIED, right)
    assert found.words == len(COPIED.split())
    assert right[found.right.start : found.right.end] == right.rstrip(".")
    tones = " ".join(["hoà", "thủy", "khoẻ", *COUNTED.split()])
    other = " ".join(["hòa", "thuỷ", "khỏe", *COUNTED.split()])
    assert find_passages(tones, other)[0].words == 36


def test_cattle_are_no_avocados() -> None:
    half = COUNTED.split()[:14]
    assert not find_passages(" ".join([*half, "bò", "bò", "bò", *half]), " ".join([*half, "bơ", "bơ", "bơ", *half]))


@pytest.mark.parametrize(("count", "expected"), [(24, 0), (25, 1)])
def test_the_shortest_passage(count: int, expected: int) -> None:
    words = " ".join(COUNTED.split()[:count])
    assert len(find_passages(f"trước {words} sau", f"đầu {words} cuối")) == expected
    assert LEAST_WORDS == 25


def test_a_passage_does_not_run_over_the_end_of_a_section() -> None:
    words = COUNTED.split()
    halves = {"objective": " ".join(words[:16]), "content": " ".join(words[16:])}
    assert not shared_passages(halves, {"content": COUNTED})


def test_one_changed_word_joins_two_runs() -> None:
    words = COUNTED.split()
    changed = [*words[:16], "nâng", "cao", *words[18:]]
    (found,) = find_passages(" ".join(changed), COUNTED)
    assert found.words == 31, "the changed word does not count"
    assert found.left.text == " ".join(changed)
    dropped = [*words[:16], *words[17:]]
    assert [each.words for each in find_passages(" ".join(dropped), COUNTED)] == [32]
    three = [*words[:16], "a", "b", "c", *words[19:]]
    assert not find_passages(" ".join(three), COUNTED), "three words in a row are another text"


def test_short_runs_do_not_join() -> None:
    words = COUNTED.split()
    every_seventh = [f"khác{i}" if i % 7 == 0 else word for i, word in enumerate(words)]
    assert not find_passages(" ".join(every_seventh), COUNTED)


def test_passages_do_not_overlap_on_the_left_and_the_longest_wins() -> None:
    words = [f"w{i}" for i in range(90)]
    left = " ".join(words)
    right = " ".join([*words[:40], "chen", "giữa", "nhiều", *words[30:90]])
    first, second = find_passages(left, right)
    assert second.words == 60, "the longer one is whole"
    assert first.words == 30, "the shorter one gives way"
    assert first.left.end < second.left.start


def test_text_of_the_announcement_and_the_form_is_no_copying() -> None:
    assert find_passages(COPIED, COPIED)
    assert not find_passages(COPIED, COPIED, known=[f"Thông báo. {COPIED} Hết."])
    heading = "Tính cấp thiết, tầm quan trọng phải đặt hàng ở cấp tỉnh:"
    (found,) = find_passages(f"{heading} {COUNTED} {heading}", f"{heading} {COUNTED} {heading}", known=[heading])
    assert found.left.text == COUNTED, "the passage begins and ends with words of its own"
    assert found.words == 33


def test_a_known_heading_does_not_cut_a_copied_passage() -> None:
    words = COUNTED.split()
    heading = "Các nội dung chính và kết quả dự kiến"
    text = " ".join([*words[:15], heading, *words[15:]])
    (found,) = find_passages(text, text, known=[heading])
    assert found.left.text == text
    assert found.words == 33, "the heading's words do not count"


def test_an_index_names_the_texts_most_copied_first() -> None:
    index = PassageIndex()
    index.add("P1", {"content": OTHER})
    index.add("P2", {"content": COPIED[:170]})
    index.add("P3", {"content": COPIED})
    found = index.find({"rationale": COPIED})
    assert [each.key for each in found] == ["P3", "P2"]
    assert [each.key for each in index.find({"rationale": COPIED}, skip=["P3"])] == ["P2"]
    assert index.find({"title": ""}) == ()
    assert len(index) == 3


def test_words_learned_later_are_found_too() -> None:
    index = PassageIndex()
    index.add("P1", {"content": OTHER})
    assert not index.find({"content": COPIED})
    index.add("P2", {"content": COPIED.upper()})
    assert [each.key for each in index.find({"content": COPIED})] == ["P2"]


@pytest.mark.parametrize("text", ["", " ", "...", "\x00\x01", "một", "\u0301" * 100])
def test_texts_without_words(text: str) -> None:
    assert find_passages(text, text) == ()
    assert find_passages(text, COPIED) == ()
    assert PassageIndex([text]).find({"title": text}) == ()


def test_one_phrase_over_and_over() -> None:
    text = "trồng cây hồi " * 2000
    started = time.perf_counter()
    (found,) = find_passages(text, text)
    assert found.words == 6000
    assert time.perf_counter() - started < 5


def test_long_texts_are_quick() -> None:
    left = " ".join(f"a{(i * i) % 4999}" for i in range(20_000))
    right = f"{' '.join(f'b{i}' for i in range(10_000))} {COPIED} {' '.join(f'a{i}' for i in range(10_000))}"
    started = time.perf_counter()
    (found,) = find_passages(f"{left} {COPIED}", right)
    assert found.left.text == COPIED[:-1]
    assert time.perf_counter() - started < 5, "well under a second on an idle machine"


def test_many_copies_of_one_text_stay_affordable() -> None:
    index = PassageIndex()
    for i in range(500):
        index.add(f"C{i}", {"content": COPIED})
    assert len(index.find({"content": COPIED})) == 30


@given(st.lists(words_of, min_size=LEAST_WORDS, max_size=60))
@settings(max_examples=60, deadline=None)
def test_a_text_is_a_copy_of_itself(words: list[str]) -> None:
    text = ", ".join(words)
    (found,) = find_passages(text, text)
    assert (found.words, found.left.text, found.right.text) == (len(words), text, text)


@given(texts, long_texts, texts, texts)
@settings(max_examples=80, deadline=None)
def test_offsets_hold_equal_words(before: str, shared: str, after: str, between: str) -> None:
    left, right = f"{before} {shared} {after}", f"{after}. {between}; {shared.upper()} {before}"
    done = 0
    for found in find_passages(left, right):
        ours, theirs = left[found.left.start : found.left.end], right[found.right.start : found.right.end]
        assert (ours, theirs) == (found.left.text, found.right.text)
        mine, yours = keys(ours), keys(theirs)
        assert (mine[0], mine[-1]) == (yours[0], yours[-1])
        assert LEAST_WORDS <= found.words <= common(mine, yours)
        assert found.left.start >= done, "they do not overlap on the left"
        done = found.left.end


@given(st.lists(long_texts, min_size=2, max_size=4), st.permutations(range(4)), texts)
@settings(max_examples=60, deadline=None)
def test_the_order_of_sections_does_not_matter(parts: list[str], order: list[int], more: str) -> None:
    names = ("objective", "content", "results", "rationale")
    left = dict(zip(names, [" ".join(parts), *parts], strict=False))
    right = dict(zip(names, [*parts, more], strict=False))
    turned = {names[i]: right[names[i]] for i in order if names[i] in right}
    assert [found.left for found in shared_passages(left, right)] == [
        found.left for found in shared_passages(left, turned)
    ]


@given(long_texts, texts, st.sampled_from(["NFC", "NFD"]), st.sampled_from([str.upper, str.lower, str.title]))
@settings(max_examples=60, deadline=None)
def test_unicode_form_and_capitals_do_not_matter(shared, more, form, case) -> None:
    left, right = f"{shared} {more}", f"{more} {shared} {more}"
    plain = find_passages(left, right)
    other = find_passages(unicodedata.normalize(form, case(left)), right)
    assert [found.right for found in plain] == [found.right for found in other]
    assert [found.words for found in plain] == [found.words for found in other]
