"""Names for topics: the words that set each apart, two-word phrases first (class-based TF-IDF)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import log

from matcher.segmenting.tokens import key_of, tokens_of

#: Wording that any proposal may have and that segmentation does not count as administrative.
_TEMPLATE = frozenset(
    "_".join(map(key_of, word.split("_")))
    for word in (
        "nghiên_cứu ứng_dụng xây_dựng mô_hình giải_pháp nâng_cao phát_triển đánh_giá thực_trạng đề_xuất hoàn_thiện"
        " hiệu_quả chất_lượng khoa_học công_nghệ khoa_học_công_nghệ quy_trình thử_nghiệm triển_khai hệ_thống quản_lý"
        " địa_bàn dự_án đề_tài nhiệm_vụ thực_hiện hỗ_trợ sử_dụng thiết_kế chế_tạo tổ_chức kỹ_thuật cơ_sở hoạt_động"
        " năng_lực tăng_cường sản_xuất sản_phẩm địa_phương giai_đoạn phương_pháp khả_năng yếu_tố ảnh_hưởng tác_động"
        " xử_lý kết_hợp kết_quả nâng cao làm người nhà con dùng tự cấp chung tên tỉ_lệ tỷ_lệ vùng nhỏ khu điển_hình"
        " xã huyện tỉnh thôn kinh_tế thời_gian giảm thông_minh điều_kiện hình_thành phòng_ngừa phục_vụ chế_biến"
        " cơ_chế biện_pháp nguy_cơ phần_mềm theo_hướng phát_huy tập_trung bền_vững gì rồi cũ thử"
    ).split()
)
_WORDS_SHOWN = 10
_IN_LABEL = 2
_PHRASE_BONUS = 2.0
_LONGEST = 5


def describe(
    groups: Sequence[Sequence[Sequence[str]]], texts: Iterable[str] = ()
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return a label and the words of each group; the groups hold the words of their texts.

    Words are comparison keys («xử_lí»); they are shown as most of `texts` spell them («xử lý»).
    Labels are distinct. A group none of whose texts has a word that speaks is called «chủ đề khác».
    """
    counts = [Counter(term for words in group for term in set(_terms(words))) for group in groups]
    anywhere = Counter(term for count in counts for term in count.elements())
    total = max(1, sum(len(group) for group in groups))
    spelling = _spellings(texts)
    labels: list[str] = []
    described = []
    for group, count in zip(groups, counts, strict=True):
        best = _best(count, len(group), anywhere, total)
        label = _distinct([_spelt(term, spelling) for term in best], labels)
        labels.append(label)
        described.append((label, tuple(_spelt(term, spelling) for term in best[:_WORDS_SHOWN])))
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
        label = ", ".join(best[:many])
        if label not in taken:
            return label
    return f"{label} ({len(taken) + 1})"


def _spellings(texts: Iterable[str]) -> dict[str, str]:
    """Return the most common spelling of every syllable by its key."""
    seen: dict[str, Counter[str]] = {}
    for text in texts:
        for token in tokens_of(text):
            seen.setdefault(key_of(token.text), Counter())[token.text.lower()] += 1
    return {key: min(forms, key=lambda form: (-forms[form], form)) for key, forms in seen.items()}


def _spelt(term: str, spelling: Mapping[str, str]) -> str:
    return " ".join(spelling.get(syllable, syllable) for syllable in _shown(term).split())


def _shown(term: str) -> str:
    return term.replace("_", " ")
