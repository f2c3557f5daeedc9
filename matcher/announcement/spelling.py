"""Misspellings that a word list makes suspicious: «quý hiểm» is no word, «quý hiếm» is.

For information only, and cautious: a pair of neighbouring syllables is named only where neither belongs to a word
with its other neighbours, and one change of a letter or tone makes the pair a word that is expected here: an
everyday one of official prose, or one that the same text uses. The word list is the one that underthesea ships
(`Viet74K.txt`); it is read as a file, without importing the package.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from itertools import pairwise, product
from pathlib import Path

from matcher.announcement.numbers import NUMBER
from matcher.records import Orientation, Problem
from matcher.settings import resource_dir
from matcher.text import is_syllable
from matcher.text.syllables import TONE_OF, TONES_OF, analyse, place_tone

#: International words that such prose uses as they are.
_LOANS = (
    "logistics marketing online website internet blockchain startup vitamin protein enzyme composite silicon collagen "
    "polyphenol probiotic biogas biochar vietgap globalgap smartphone robot drone camera video platform software "
    "compost"
).split()
_FUNCTION_WORDS = frozenset(
    "các những một mọi mỗi và hoặc với cùng cho của để do bởi bằng về từ đến tới theo tại trong ngoài "
    "trên dưới giữa vào ra lên "
    "là có được bị không chưa đã đang sẽ nếu khi thì mà như nhằm qua sau trước nhất hơn cũng rất này đó".split()
)
#: Words of one syllable that stand beside all kinds of others; none of them is taken for a misspelling.
_STANDALONE = frozenset(
    "người dân tỉnh huyện xã thôn bản làng phường vùng miền núi đồi đất nước rừng sông suối hồ biển "
    "đảo đường nhà trường lớp học "
    "cây cỏ hoa lá quả củ hạt rễ thân cành gốc giống lúa ngô khoai sắn chè cam quýt bưởi nhãn vải na "
    "hồng đào mận mơ dứa chuối dừa "
    "rau đậu lạc vừng mía bông dâu tằm ong bò trâu dê gà vịt ngan lợn cá tôm cua ốc ếch thú chim gỗ "
    "tre nứa măng nấm dược thuốc "
    "bệnh sâu dịch phân bón mặt đầu đuôi dòng mùa vụ năm tháng ngày giờ cấp bậc loại loài dạng kiểu bộ "
    "nhóm ngành nghề khâu bước "
    "trồng nuôi chăn cấy gieo tưới bón thu hái chế sấy ủ ép chiết bán mua giá hàng tiền vốn nợ thuế "
    "phí chợ phố mới cũ cao thấp "
    "lớn nhỏ nhiều ít tốt xấu sạch xanh đỏ vàng trắng đen tím khô ướt nóng lạnh ấm mát sâu rộng dài "
    "ngắn gần xa nhanh chậm sớm muộn "
    "nâng hạ tăng giảm thêm bớt làm tạo dùng đưa lấy giữ nhập xuất gắn dựa nhân cho công việc nền mô "
    "liên báo khu cụm điểm tuyến lượng nhận".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_STOP = re.compile(r"[^\w\s]|[\d_]")
_CODAS = ("n", "g", "h", "c", "t", "i", "m")
_KIN = ("aăâ", "eê", "oôơ", "uư", "iy")
_CLOSE = 0.85
#: A syllable that stands alone this often in the announcement is no slip.
_USED = 2


@lru_cache(maxsize=1)
def _words() -> frozenset[str] | None:
    """Return the words of the list, in lower case; None where the list is not installed."""
    found = find_spec("underthesea")
    for folder in (found.submodule_search_locations or ()) if found else ():
        path = Path(folder) / "corpus" / "data" / "Viet74K.txt"
        if path.is_file():
            return frozenset(path.read_text(encoding="utf-8").lower().splitlines()) | _everyday()
    return None


@lru_cache(maxsize=1)
def _everyday() -> frozenset[str]:
    """Return the everyday words of official prose; some of them the large list lacks."""
    path = resource_dir("corpus") / "vietnamese" / "everyday_words.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def suspected_misspellings(orientations: Sequence[Orientation]) -> list[Problem]:
    """Return what looks misspelt in the orientations, each with its place and the likely word."""
    if _words() is None:
        return [Problem("spelling_not_checked", "Chưa kiểm tra chính tả: không thấy danh sách từ của underthesea.")]
    context = _Context.of([orientation.text for orientation in orientations])
    return [
        Problem("misspelling_suspected", f"Có thể viết sai: «{wrong}» → «{right}».", orientation.id)
        for orientation in orientations
        for wrong, right in context.suspected_in(orientation.text)
    ]


def suspected_in(text: str) -> list[tuple[str, str]]:
    """Return pairs (as written, likely meant) of one text.

    Examples
    --------
    >>> suspected_in("bảo tồn các giống vật nuôi quý hiểm, đặc sản")
    [('quý hiểm', 'quý hiếm')]
    """
    return _Context.of([text]).suspected_in(text)


@dataclass(frozen=True, slots=True)
class _Context:
    """The texts around a word: how often a syllable belongs to no longer word, and which neighbours occur."""

    alone: Counter[str]
    neighbours: frozenset[str]

    @classmethod
    def of(cls, texts: Sequence[str]) -> _Context:
        runs = [run for text in texts for run in _runs(text)]
        return cls(
            Counter(word for run in runs for word in _alone(run)),
            frozenset(f"{one} {two}".lower() for run in runs for one, two in pairwise(run)),
        )

    def suspected_in(self, text: str) -> list[tuple[str, str]]:
        return list(dict.fromkeys([*self._in_runs(text), *_in_loans(text)]))

    def _in_runs(self, text: str) -> Iterator[tuple[str, str]]:
        for run in _runs(text):
            known = _known_places(run)
            for place in range(len(run) - 1):
                if not known[place] and not known[place + 1]:
                    yield from self._meant(run[place], run[place + 1])

    def _meant(self, left: str, right: str) -> list[tuple[str, str]]:
        """Return the one word that a pair may stand for; nothing where there is none, or several."""
        if not all(is_syllable(each) and each.islower() and each not in _FUNCTION_WORDS for each in (left, right)):
            return []
        meant: set[tuple[str, str]] = set()
        if self.alone[right] < _USED and right not in _STANDALONE:
            meant |= {(left, other) for other in _neighbours(right) if self._expects(left, other)}
        if self.alone[left] < _USED and left not in _STANDALONE:
            meant |= {(other, right) for other in _neighbours(left) if self._expects(other, right)}
        meant = {pair for pair in meant if not _FUNCTION_WORDS.intersection(pair)}
        return [(f"{left} {right}", " ".join(meant.pop()))] if len(meant) == 1 else []

    def _expects(self, left: str, right: str) -> bool:
        word = f"{left} {right}"
        return word in _everyday() or (word in self.neighbours and _is_word((left, right)))


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield stretches of syllables with nothing but spaces between them."""
    for stretch in _STOP.split(NUMBER.sub(". ", text)):
        run = tuple(stretch.split())
        if len(run) > 1:
            yield run


def _alone(run: tuple[str, ...]) -> list[str]:
    """Return the syllables that belong to no longer word."""
    return [word for word, known in zip(run, _known_places(run), strict=True) if not known]


@lru_cache(maxsize=4096)
def _known_places(run: tuple[str, ...]) -> tuple[bool, ...]:
    """Say for each syllable whether it belongs to a word of two to four syllables."""
    known = [False] * len(run)
    lower = tuple(word.lower() for word in run)
    for size in (2, 3, 4):
        for start in range(len(run) - size + 1):
            if _is_word(lower[start : start + size]):
                known[start : start + size] = [True] * size
    return tuple(known)


def _is_word(parts: tuple[str, ...]) -> bool:
    """Look a word up in every spelling of its syllables (hóa, hoá; kỹ, kĩ)."""
    words = _words() or frozenset()
    if " ".join(parts) in words:
        return True
    spellings = [_spellings(part) for part in parts]
    if max(map(len, spellings)) == 1:
        return False
    return any(" ".join(each) in words for each in product(*spellings))


@lru_cache(maxsize=4096)
def _spellings(syllable: str) -> tuple[str, ...]:
    found = [syllable]
    if parts := analyse(syllable):
        onset, rime, tone = parts
        found += [place_tone(onset, rime, tone, new_style=new) for new in (False, True)]
        if rime in ("i", "y") and onset != "qu":
            found.append(place_tone(onset, "iy"[rime == "i"], tone))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def _neighbours(syllable: str) -> frozenset[str]:
    """Return the syllables one change away: another tone, another vowel mark, a letter more or less."""
    found = {syllable + coda for coda in _CODAS}
    for place, letter in enumerate(syllable):
        found.add(syllable[:place] + syllable[place + 1 :])
        base, tone = TONE_OF.get(letter, ("", 0))
        if base:
            kin = next((group for group in _KIN if base in group), base)
            swaps = {*TONES_OF[base], *(TONES_OF[other][tone] for other in kin)}
            found |= {syllable[:place] + other + syllable[place + 1 :] for other in swaps}
    return frozenset(other for other in found if other not in _spellings(syllable) and is_syllable(other))


def _in_loans(text: str) -> Iterator[tuple[str, str]]:
    """Yield international words that are a letter or two off."""
    for word in _WORD.findall(text):
        if len(word) >= 7 and word.isascii() and word.islower() and word not in _LOANS and f"{word}s" not in _LOANS:
            for near in difflib.get_close_matches(word, _LOANS, n=1, cutoff=_CLOSE):
                yield word, near
