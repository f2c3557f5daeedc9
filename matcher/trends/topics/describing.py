"""Names for topics: the words that set each apart, two-word phrases first (class-based TF-IDF)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import log

#: Wording that any proposal may have and that segmentation does not count as administrative.
_TEMPLATE = frozenset(
    "nghiên_cứu ứng_dụng xây_dựng mô_hình giải_pháp nâng_cao phát_triển đánh_giá thực_trạng đề_xuất hoàn_thiện hiệu_quả"
    " chất_lượng khoa_học công_nghệ khoa_học_công_nghệ quy_trình thử_nghiệm triển_khai hệ_thống quản_lý địa_bàn dự_án"
    " đề_tài nhiệm_vụ thực_hiện hỗ_trợ sử_dụng thiết_kế chế_tạo tổ_chức kỹ_thuật cơ_sở hoạt_động năng_lực tăng_cường"
    " sản_xuất sản_phẩm địa_phương giai_đoạn phương_pháp khả_năng yếu_tố ảnh_hưởng tác_động".split()
)
_WORDS_SHOWN = 10
_IN_LABEL = 2
_PHRASE_BONUS = 1.5
_LONGEST = 5


def describe(groups: Sequence[Sequence[Sequence[str]]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return a label and the words of each group; the groups hold the words of their texts.

    Labels are distinct. A group none of whose texts has a word that speaks is called «chủ đề khác».
    """
    counts = [Counter(term for words in group for term in set(_terms(words))) for group in groups]
    anywhere = Counter(term for count in counts for term in count.elements())
    texts = max(1, sum(len(group) for group in groups))
    labels: list[str] = []
    described = []
    for group, count in zip(groups, counts, strict=True):
        best = _best(count, len(group), anywhere, texts)
        label = _distinct(best, labels)
        labels.append(label)
        described.append((label, tuple(_shown(term) for term in best[:_WORDS_SHOWN])))
    return tuple(described)


def _terms(words: Sequence[str]) -> Iterable[str]:
    kept = [word.lower() for word in words]
    for word in kept:
        if _speaks(word):
            yield word
    for left, right in pairwise(kept):
        if _speaks(left) and _speaks(right) and left != right:
            yield f"{left} {right}"


def _speaks(word: str) -> bool:
    return word not in _TEMPLATE and len(word) > 1 and any(letter.isalpha() for letter in word)


def _best(count: Counter[str], size: int, anywhere: Counter[str], texts: int) -> list[str]:
    """Return the terms of a group, the most telling first, none of them held by a better one."""
    least = 2 if size > 2 else 1
    terms = [term for term, number in count.items() if number >= least] or list(count)
    scores = {term: count[term] / size * log(1 + texts / anywhere[term]) * _liking(term) for term in terms}
    chosen: list[str] = []
    for term in sorted(scores, key=lambda term: (-scores[term], term)):
        if not any(_overlap(term, other) for other in chosen):
            chosen.append(term)
    return chosen


def _liking(term: str) -> float:
    syllables = _shown(term).count(" ") + 1
    if syllables > _LONGEST:
        return 0.5
    return _PHRASE_BONUS if syllables > 1 else 1.0


def _overlap(left: str, right: str) -> bool:
    return bool(set(_shown(left).split()) & set(_shown(right).split()))


def _distinct(best: Sequence[str], taken: Sequence[str]) -> str:
    if not best:
        label = "chủ đề khác"
        return label if label not in taken else f"{label} ({taken.count(label) + len(taken) + 1})"
    for many in range(min(_IN_LABEL, len(best)), len(best) + 1):
        label = ", ".join(_shown(term) for term in best[:many])
        if label not in taken:
            return label
    return f"{label} ({len(taken) + 1})"


def _shown(term: str) -> str:
    return term.replace("_", " ")
