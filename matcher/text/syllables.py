"""Which strings are Vietnamese syllables: onsets, rimes, and the tones that codas allow.

A syllable (tiếng) is an onset, a rime and one of six tones; syllables closed by a stop (c, ch, p, t) take only
sắc and nặng. The tables follow the usual descriptions of the standard orthography (Đoàn Thiện Thuật, *Ngữ âm
tiếng Việt*, 1977), loans of everyday use included (buýt, xoong, moóc).
"""

from __future__ import annotations

import re
from functools import lru_cache

#: Each vowel with its six tones: level, huyền, sắc, hỏi, ngã, nặng.
_TONED = (
    "aàáảãạ", "ăằắẳẵặ", "âầấẩẫậ", "eèéẻẽẹ", "êềếểễệ", "iìíỉĩị",
    "oòóỏõọ", "ôồốổỗộ", "ơờớởỡợ", "uùúủũụ", "ưừứửữự", "yỳýỷỹỵ",
)  # fmt: skip
TONES_OF = {row[0]: row for row in _TONED}
TONE_OF = {letter: (row[0], tone) for row in _TONED for tone, letter in enumerate(row)}
_TONELESS = str.maketrans({letter: row[0] for row in _TONED for letter in row[1:]})
_STOP_TONES = (2, 5)

_FRONT = (
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu"
).split()
_BACK = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "o oc oi om on ong op ot ooc oong ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut "
    "uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu"
).split()
#: Rimes with a glide before the vowel; onsets made with the lips do without them.
_GLIDED = (
    "oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oem oen oeo oet "
    "uân uâng uât uây uê uêch uênh uơ uy uya uych uyn uynh uyp uyt uyu uyên uyêt"
).split()
_AFTER_QU = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ân âng ât âu ây e en eng eo et ê ên ênh êt "
    "êch i ia ich in inh it y ych ynh yt yu yên yêt ơ ôc"
).split()
_ONSETS_GLIDED = "ch d đ h kh l n ng nh r s t th tr x gi".split()
_ONSETS_PLAIN = "b ch d đ h kh l m n nh p ph r s t th tr v x".split()
_ONSETS_Y = ("", "h", "k", "l", "m", "s", "t", "th", "v")
#: Whole syllables, without tone, that the tables above leave out.
_RARE = ("gi êng", "b uyt", "b oa", "g oa", "g oong", "ph uy", "v oan", "m oay", "c ooc", "v oai")


@lru_cache(maxsize=1)
def parts() -> dict[str, tuple[str, str]]:
    """Return every toneless syllable with its onset and rime; the i of «gì, gìn» counts as rime."""
    pairs: list[tuple[str, str]] = []
    for rimes, onsets in (
        (_FRONT, ["", "k", "gh", "ngh", *_ONSETS_PLAIN]),
        (_BACK, ["", "c", "g", "ng", *_ONSETS_PLAIN]),
        (_GLIDED, ["", *_ONSETS_GLIDED]),
        (_AFTER_QU, ["qu"]),
        (["y"], list(_ONSETS_Y)),
        (["yêm", "yên", "yêng", "yêt", "yêu"], [""]),
        ([rime for rime in (*_BACK, *_FRONT) if rime[0] != "i"], ["gi"]),
        (["i", "in", "im", "ip"], ["g"]),
    ):
        pairs += [(onset, rime) for onset in onsets for rime in rimes]
    pairs += [(onset, rime) for onset, rime in (rare.split() for rare in _RARE)]
    return {onset + rime: (onset, rime) for onset, rime in reversed(pairs)}


def tone_place(rime: str, *, new_style: bool = False) -> int:
    """Return the index of the letter of a toneless rime that carries the tone.

    The styles differ in open «oa», «oe», «uy» only: hòa (old), hoà (new).
    """
    marked = [i for i, letter in enumerate(rime) if letter in "ăâêôơư"]
    if marked:
        return marked[-1]
    vowels = sum(letter in "aeiouy" for letter in rime)
    if vowels == 1:
        return 0
    if vowels == 3 or vowels < len(rime):
        return 1
    return 1 if new_style and rime in ("oa", "oe", "uy") else 0


def allows_tone(rime: str, tone: int) -> bool:
    """Tell whether a rime takes a tone: one closed by a stop takes only sắc and nặng."""
    return tone in _STOP_TONES or not rime.endswith(("c", "ch", "p", "t"))


def place_tone(onset: str, rime: str, tone: int, *, new_style: bool = False) -> str:
    """Return the written syllable."""
    place = tone_place(rime, new_style=new_style)
    return onset + rime[:place] + TONES_OF[rime[place]][tone] + rime[place + 1 :]


@lru_cache(maxsize=1)
def written() -> frozenset[str]:
    """Return every written syllable, in lower case and both styles of tone placement."""
    pairs = set(parts().values())
    toned = {rime: _toned(rime) for rime in {rime for _, rime in pairs}}
    return frozenset(onset + ending for onset, rime in pairs for ending in toned[rime])


def _toned(rime: str) -> tuple[str, ...]:
    """Return a rime with every tone that it takes, in both styles."""
    tones = [tone for tone in range(6) if allows_tone(rime, tone)]
    return tuple({place_tone("", rime, tone, new_style=new) for tone in tones for new in (False, True)})


def analyse(token: str) -> tuple[str, str, int] | None:
    """Return onset, rime and tone of a small-letter token, wherever its tone stands; None for no syllable."""
    bare = token.translate(_TONELESS)
    found = parts().get(bare)
    if found is None:
        return None
    tones = [tone for _, tone in (TONE_OF.get(letter, ("", 0)) for letter in token) if tone]
    if len(tones) > 1:
        return None
    tone = tones[0] if tones else 0
    return (*found, tone) if allows_tone(found[1], tone) else None


#: A run of letters; and one with no digit or underscore on either side.
WORD = re.compile(r"[^\W\d_]+")
_WHOLE_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?!\w)")


def is_syllable(token: str) -> bool:
    """Tell whether a token (NFC) is a possible Vietnamese syllable, tone written in its place.

    Examples
    --------
    >>> [is_syllable(word) for word in ("nghiên", "Thuỷ", "thủy", "học", "hoc", "tóan", "strong")]
    [True, True, True, True, False, False, False]
    """
    return token.lower() in written()


def syllables(text: str) -> list[str]:
    """Return the words of a text that are Vietnamese syllables, in order and as written.

    Examples
    --------
    >>> syllables("Giống lúa OM5451 của Viện, 2024")
    ['Giống', 'lúa', 'của', 'Viện']
    """
    known = written()
    return [word for word in _WHOLE_WORD.findall(text) if word.lower() in known]
