"""One written form for every text: NFC, plain spaces, no invisible characters, Đ instead of eth."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from matcher.text.legacy import detect_legacy
from matcher.text.offsets import Edit, Normalized, apply_edits, apply_edits_with_offsets

#: Above this share of capitals a text is taken for one written in capitals.
_MOSTLY = 0.7
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAKS = "\u000b\u000c\u0085\u2028\u2029"
#: Controls, soft hyphen, zero-width and direction marks, fillers, byte order mark, interlinear marks.
_DROPPED = (
    "\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e007f"
)
_LIGATURES = {
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
    "Ɖ": "Đ",
    "ɖ": "đ",
}
_ODD = re.compile(f"\\r\\n?|[{_BREAKS}]|[{_SPACES}]|[{_DROPPED}]+|[\ud800-\udfff]|[{''.join(_LIGATURES)}]")
_FIRST_ODD = re.compile(f"[\\r{_BREAKS}{_SPACES}{_DROPPED}\ud800-\udfff{''.join(_LIGATURES)}]")

#: Starters that are their own NFC and join nothing before them; a cluster is one of them and what follows it.
_PLAIN = (
    "\\n\\t\u0020-\u02ff\u0400-\u0482\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u2070-\u20cf\u2150-\u218f\u2190-\u2328"
    "\u25a0-\u2adb\u3001-\u3029\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3"
)
_CLUSTER = re.compile(f"[{_PLAIN}]?[^{_PLAIN}]+")
_MARKED_VOWEL = re.compile("([AEIOUYaeiouy])([\u0300-\u036f]{2,})")
#: As in the stream-safe format of Unicode (UAX 15).
_MOST_MARKS = 30
_QUALITIES = "\u0302\u0306\u031b"  # circumflex, breve, horn
_TONES = "\u0300\u0301\u0303\u0309\u0323"

_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
_ONLY_VIETNAMESE = re.compile("[\u1ea0-\u1ef9ĂăƠơƯư]")
_ETH_FIRST = re.compile(f"[Ðð](?<![^\\W\\d_].)(?=[{_VOWELS}{_VOWELS.upper()}])")
_ETH_WORD = re.compile(r"(?<![^\W\d_])[A-ZĐÐƯƠ]*Ð[A-ZĐÐƯƠ]*(?![^\W\d_])|(?<![^\W\d_])[Ðð](?![^\W\d_])")
_ETH = str.maketrans("Ðð", "Đđ")


def normalize(text: str) -> str:
    r"""Return the one written form of a text; normalising twice is normalising once.

    NFC, with tone and quality marks in any order put together; CR LF and other line breaks become LF; spaces
    of every width become a space; soft hyphens, zero-width, direction and control characters go (tab and LF
    stay); eth becomes Đ where a Vietnamese word or abbreviation has it; ligatures of PDFs are spelled out;
    lone surrogates become U+FFFD. The place of tones (hòa, hoà) is kept: see `unify_tones`.

    Text in TCVN3 keeps its soft hyphens (ư) and eths (é), so that `decode_legacy` still works afterwards.

    Examples
    --------
    >>> normalize("Quye\u0301\u0302t  ðịnh\u00a0QÐ-UBND\r\n")
    'Quyết  định QĐ-UBND\n'
    """
    if _is_plain(text):
        return text
    kept = _keeps_legacy(text)
    text = apply_edits(text, _odd_edits(text, kept))
    text = apply_edits(text, _mark_edits(text))
    return text if kept else apply_edits(text, _eth_edits(text))


def normalize_with_offsets(text: str) -> Normalized:
    r"""Return `normalize(text)` with the way back to `text`.

    Examples
    --------
    >>> found = normalize_with_offsets("\ufeffVie\u0323\u0302t")
    >>> found.text, found.offsets
    ('Việt', (1, 2, 3, 6, 7))
    """
    if _is_plain(text):
        return Normalized(text, tuple(range(len(text) + 1)))
    kept = _keeps_legacy(text)
    found = apply_edits_with_offsets(text, _odd_edits(text, kept))
    found = found.then(apply_edits_with_offsets(found.text, _mark_edits(found.text)))
    if not kept:
        found = found.then(apply_edits_with_offsets(found.text, _eth_edits(found.text)))
    return found


def _is_plain(text: str) -> bool:
    """Tell quickly whether there is nothing to do."""
    if _FIRST_ODD.search(text):
        return False
    if text.isascii():
        return True
    return not ("Ð" in text or "ð" in text or _CLUSTER.search(text))


def _keeps_legacy(text: str) -> bool:
    """Tell whether soft hyphens and eths are letters of TCVN3; asked of the text after all other changes."""
    if "\u00ad" not in text and "Ð" not in text:
        return False
    cleaned = apply_edits(text, _odd_edits(text, True))
    return detect_legacy(apply_edits(cleaned, _mark_edits(cleaned))) == "tcvn3"


def _odd_edits(text: str, keep_soft_hyphens: bool) -> Iterator[Edit]:
    for found in _ODD.finditer(text):
        odd = found[0]
        first = odd[0]
        if first in "\r\u000b\u000c\u0085\u2028\u2029":
            new = "\n"
        elif first in _LIGATURES:
            new = _LIGATURES[first]
        elif "\ud800" <= first <= "\udfff":
            new = "\ufffd"
        elif first.isspace() and first not in "\u001c\u001d\u001e\u001f":
            new = " "
        else:
            new = "\u00ad" * odd.count("\u00ad") if keep_soft_hyphens else ""
        if new != odd:
            yield found.start(), found.end(), new


def _mark_edits(text: str) -> Iterator[Edit]:
    """Compose each cluster that is not in its final form."""
    for found in _CLUSTER.finditer(text):
        cluster = found[0]
        new = _composed(cluster)
        if new != cluster:
            yield found.start(), found.end(), new


def _composed(cluster: str) -> str:
    """Return NFC, quality marks before tone marks, no mark twice."""
    apart = unicodedata.normalize("NFD", cluster if len(cluster) <= _MOST_MARKS else _calmed(cluster))
    return unicodedata.normalize("NFC", _MARKED_VOWEL.sub(_in_order, apart))


def _calmed(cluster: str) -> str:
    """Drop the marks of a letter after the thirtieth: sorting marks takes time by the square of their number."""
    kept: list[str] = []
    marks = 0
    for sign in cluster:
        for part in unicodedata.normalize("NFD", sign):
            marks = marks + 1 if unicodedata.combining(part) else 0
            if marks <= _MOST_MARKS:
                kept.append(part)
    return "".join(kept)


def _in_order(found: re.Match[str]) -> str:
    marks = list(dict.fromkeys(found[2]))
    marks.sort(key=lambda mark: 0 if mark in _QUALITIES else 1 if mark in _TONES else 2)
    return found[1] + "".join(marks)


def _eth_edits(text: str) -> Iterator[Edit]:
    """Turn eths into Đ: first in a word before a vowel, in abbreviations, alone among Vietnamese words."""
    if "Ð" not in text and "ð" not in text:
        return
    vietnamese = _ONLY_VIETNAMESE.search(text) is not None
    places = {found.start() for found in _ETH_FIRST.finditer(text)}
    for found in _ETH_WORD.finditer(text):
        if vietnamese or (len(found[0]) > 1 and not re.search("[AEIOUY]", found[0])):
            places.update(found.start() + i for i, letter in enumerate(found[0]) if letter in "Ðð")
    for place in sorted(places):
        yield place, place + 1, text[place].translate(_ETH)


def sentence_case(text: str) -> str:
    """Return text that is mostly capitals in small letters, any other text as it is; its length never changes.

    Encoders know «nghiên cứu» and hardly «NGHIÊN CỨU».

    Examples
    --------
    >>> sentence_case("ỨNG DỤNG KỸ THUẬT"), sentence_case("Ứng dụng PET/CT")
    ('ứng dụng kỹ thuật', 'Ứng dụng PET/CT')
    """
    letters = [letter for letter in text if letter.isalpha()]
    if sum(map(str.isupper, letters)) <= _MOSTLY * len(letters):
        return text
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
