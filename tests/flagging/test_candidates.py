"""Which pairs are compared: against naive search, in any order, among copies, and beside texts that do not matter."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.flagging import nearest, wording
from matcher.flagging.candidates import COPIES, MOST, Side, candidates_between, candidates_within
from matcher.flagging.index import IndexSearch
from matcher.flagging.nearest import ExactSearch, Links
from matcher.flagging.wording import nearest_by_wording


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def crowds(size: int, seed: int = 0, groups: int = 20) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return unit(rng.normal(size=(groups, 48))[rng.integers(groups, size=size)] + rng.normal(size=(size, 48)) * 0.7)


def naive(left: np.ndarray, right: np.ndarray, most: int, floor: float, *, within: bool = False) -> list[list[float]]:
    cosines = left @ right.T
    if within:
        np.fill_diagonal(cosines, -1)
    return [sorted((c for c in line.tolist() if c >= floor), reverse=True)[:most] for line in cosines]


def by_row(links: Links, rows: int) -> list[list[float]]:
    return [links.nearness[links.left == row].tolist() for row in range(rows)]


def side(keys: list[str], vectors: np.ndarray | None = None, ids: list[str] | None = None) -> Side:
    vectors = np.eye(len(keys), 8, dtype=np.float32) if vectors is None else vectors
    return Side.of(ids or [f"P{i:05}" for i in range(len(keys))], keys, vectors)


def pairs(rows: np.ndarray) -> set[tuple[int, int]]:
    found = [(int(i), int(j)) for i, j in rows]
    assert len(found) == len(set(found)), "a pair comes once"
    return set(found)


@pytest.mark.parametrize("most", [1, 7, 30])
@pytest.mark.parametrize("block", [16, 64, 2048])
def test_exact_search_finds_what_naive_search_finds(monkeypatch: pytest.MonkeyPatch, block: int, most: int) -> None:
    monkeypatch.setattr(nearest, "BLOCK", block)
    monkeypatch.setattr(nearest, "_WAITING", 100)
    left, right = crowds(150), crowds(170, seed=1)
    between = by_row(ExactSearch().between(left, right, most=most, floor=0.3), 150)
    within = by_row(ExactSearch().within(left, most=most, floor=0.3), 150)
    for found, wanted in (
        (between, naive(left, right, most, 0.3)),
        (within, naive(left, left, most, 0.3, within=True)),
    ):
        assert [len(line) for line in found] == [len(line) for line in wanted]
        for mine, theirs in zip(found, wanted, strict=True):
            assert mine == pytest.approx(theirs, abs=1e-5)


def test_equal_vectors_are_no_harder_than_others() -> None:
    links = ExactSearch().within(np.ones((500, 4), np.float32) / 2, most=5, floor=0.3)
    assert np.bincount(links.left).tolist() == [5] * 500
    assert not (links.left == links.right).any()


@pytest.mark.parametrize(("left", "right"), [(0, 0), (0, 3), (3, 0), (1, 1), (1, 5)])
@pytest.mark.parametrize("search", [ExactSearch, IndexSearch])
def test_few_vectors(search: type[ExactSearch] | type[IndexSearch], left: int, right: int) -> None:
    links = search().between(crowds(left), crowds(right), most=3, floor=0.001)
    assert len(links) == len(set(zip(links.left.tolist(), links.right.tolist(), strict=True)))
    assert len(links) >= min(left, right, 1), "row 0 of both is the same vector"
    if left < 2:
        assert not len(search().within(crowds(left), most=3, floor=0.001))


def test_the_index_finds_nearly_all_that_exact_search_finds() -> None:
    vectors = crowds(1500)
    exact = ExactSearch().within(vectors, most=10, floor=0.3)
    found = IndexSearch().within(vectors, most=10, floor=0.3)
    wanted = set(zip(exact.left.tolist(), exact.right.tolist(), strict=True))
    assert len(wanted & set(zip(found.left.tolist(), found.right.tolist(), strict=True))) > 0.98 * len(wanted)


def test_a_missing_index_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from matcher.errors import MissingDependencyError
    from matcher.flagging import index

    monkeypatch.setattr(index, "find_spec", lambda name: None)
    with pytest.raises(MissingDependencyError, match=r"orientation-matcher\[scale\]"):
        IndexSearch()


WORDS = st.lists(st.sampled_from("chè hồi na quýt lợn quay vịt đen nếp ong".split()), min_size=1, max_size=6)


@settings(deadline=None)  # the first call imports scipy
@given(st.lists(WORDS, min_size=1, max_size=25), st.randoms(use_true_random=False))
def test_pairs_depend_neither_on_the_order_nor_on_the_rest(titles: list[list[str]], random: object) -> None:
    keys = [" ".join(words) for words in titles]
    vectors = crowds(len(keys), groups=3)
    ids = [f"P{i}" for i in range(len(keys))]
    found = {(ids[i], ids[j]) for i, j in candidates_within(Side.of(ids, keys, vectors))}
    order = list(range(len(keys)))
    random.shuffle(order)  # type: ignore[attr-defined]
    turned = Side.of([ids[i] for i in order], [keys[i] for i in order], vectors[order])
    again = {(ids[order[i]], ids[order[j]]) for i, j in candidates_within(turned)}
    assert {frozenset(pair) for pair in found} == {frozenset(pair) for pair in again}


def test_unrelated_texts_push_no_pair_out() -> None:
    keys = ["trồng chè hữu cơ", "canh tác chè sạch", "nuôi ong lấy mật"]
    vectors = unit(np.array([[1, 0.2, 0, 0], [1, 0, 0.3, 0], [0, 0, 0, 1]]))
    others = [f"việc khác {chr(97 + i % 26)}{i}" for i in range(300)]
    far = unit(np.column_stack([np.full(300, -1.0), np.zeros((300, 2)), np.arange(300)]))
    assert (0, 1) in pairs(candidates_within(side(keys, vectors)))
    assert (0, 1) in pairs(candidates_within(side(keys + others, np.vstack([vectors, far]))))


def test_a_title_without_diacritics_is_compared_with_its_like() -> None:
    keys = ["xây dựng nhãn hiệu vịt quay", "xay dung nhan hieu vit quay", "nuôi ong"]
    assert pairs(candidates_within(side(keys))) == {(0, 1)}
    assert (0, 0) in pairs(candidates_between(side(keys[:1]), side(keys[1:])))


def test_a_reworded_title_is_found_by_its_rare_words() -> None:
    template = "nghiên cứu ứng dụng khoa học xây dựng mô hình "
    keys = [template + f"cây {chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(200)]
    keys += ["trồng thử dẻ ván thương phẩm", "sản xuất giống dẻ ván"]
    links = nearest_by_wording(keys, keys, most=5, floor=0.1)
    near = {int(j) for i, j in zip(links.left, links.right, strict=True) if i == 200}
    assert near == {201}
    assert len(links) == 2, "what all of the crowd share says nothing"


@pytest.mark.parametrize("copies", [2, 31, 32, 200, 10_000])
def test_copies_are_linked_and_stay_affordable(copies: int) -> None:
    found = candidates_within(side(["trồng hồi"] * copies, np.ones((copies, 2), np.float32)))
    assert len(pairs(found)) == (copies * (copies - 1) // 2 if copies <= MOST + 1 else copies - 1)
    of_each = np.bincount(found.ravel(), minlength=copies)
    assert of_each.min() >= 1
    assert of_each.max() <= MOST + 1


def test_many_copies_of_two_near_titles_stay_affordable() -> None:
    keys = ["trồng cây hồi"] * 3000 + ["trồng cây hồi lạng"] * 3000
    batch = side(keys, np.ones((6000, 2), np.float32))
    assert len(pairs(candidates_within(batch))) <= 2 * 2999 + 2 * MOST * COPIES
    assert len(pairs(candidates_between(batch, batch))) <= 6000 * (MOST + COPIES)
    past = pairs(candidates_between(batch, side(["trồng cây hồi"], np.ones((1, 2), np.float32))))
    assert past == {(row, 0) for row in range(6000)}, "every copy is compared with the past task"


def test_texts_without_letters_are_compared_with_nothing() -> None:
    batch = side(["", "", "trồng hồi"], np.ones((3, 2), np.float32))
    assert not len(candidates_within(batch))
    assert not len(candidates_within(side(["", ""])))
    assert pairs(candidates_between(batch, batch)) == {(2, 2)}
    assert not len(candidates_between(side([""], np.ones((1, 2), np.float32)), batch))


def test_broken_vectors_spoil_nothing_else() -> None:
    vectors = np.array([[np.nan, np.inf], [1, 0], [1, 0]], np.float32)
    found = pairs(candidates_within(side(["một tên", "tên khác", "cũng tên"], vectors)))
    assert (1, 2) in found
    assert not {(0, 1), (0, 2)} & found


def test_a_prefix_is_compared() -> None:
    assert pairs(candidates_within(side(["trồng hồi", "trồng hồi ở bình gia theo chuỗi giá trị"]))) == {(0, 1)}


@given(
    st.lists(st.text("abc d", max_size=40), min_size=1, max_size=wording.FEW),
    st.lists(st.text("abc d", max_size=40), min_size=1, max_size=140),
)
def test_a_few_texts_are_linked_as_many_are_to_the_last_bit(left, right):
    few = wording.nearest_by_wording(left, right, most=3, floor=0.05)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wording, "FEW", 0)
        many = wording.nearest_by_wording(left, right, most=3, floor=0.05)
    for one, other in zip((few.left, few.right, few.nearness), (many.left, many.right, many.nearness), strict=True):
        assert one.tobytes() == other.tobytes()
