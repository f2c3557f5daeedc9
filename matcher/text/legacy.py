"""Vietnamese text typed for old fonts: TCVN3 (ABC), VNI and the ASCII convention VIQR.

TCVN 5712:1993 VN3 (fonts .VnTime) gives each accented small letter one byte, shown as a Latin-1 letter once the
font is gone; it has capitals only for Ă Â Đ Ê Ô Ơ Ư, so the capital of «á» is lost. VNI for Windows writes a vowel
and one byte for its marks; VIQR (RFC 1456) writes the marks as ASCII punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

from matcher.text.syllables import written

Legacy = Literal["tcvn3", "vni", "viqr"]

#: The letters that carry marks, in the order of the strings of codes below.
_LETTERS = "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ"
_TCVN3 = "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉËÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\u00adøõö÷ùýúûüþ®"
_TCVN3_CAPITALS = dict(zip("¡¢§£¤¥¦", "ĂÂĐÊÔƠƯ", strict=True))
#: VNI: the mark that follows a, e, o, u, y; ơ is ô and ư is ö, with tones after them; i, ỵ, đ are one letter.
_VNI_TONES = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_CIRCUMFLEX = dict(zip("âáàåãä", ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"), strict=True))
_VNI_BREVE = dict(zip("êéèúüë", ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"), strict=True))
_VNI_SINGLE = {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ", "ô": "ơ", "ö": "ư"}
_VIQR_TONES = dict(zip("'`?~.", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VIQR_QUALITIES = {"^": "\u0302", "(": "\u0306", "+": "\u031b"}


@lru_cache(maxsize=1)
def _tcvn3_table() -> dict[int, str]:
    table = {ord(code): letter for code, letter in zip(_TCVN3, _LETTERS, strict=True)}
    return table | {ord(code): letter for code, letter in _TCVN3_CAPITALS.items()}


@lru_cache(maxsize=1)
def _vni_table() -> dict[str, str]:
    """Return the Unicode letter for every one or two characters of VNI, in small letters and capitals."""
    table = dict(_VNI_SINGLE)
    bases = dict(zip("aeouyôö", "aeouyơư", strict=True))
    for code, base in bases.items():
        marks = dict(_VNI_TONES)
        if code in "aeo":
            marks |= {key: "\u0302" + mark for key, mark in _VNI_CIRCUMFLEX.items()}
        if code == "a":
            marks |= {key: "\u0306" + mark for key, mark in _VNI_BREVE.items()}
        table |= {code + key: unicodedata.normalize("NFC", base + mark) for key, mark in marks.items()}
    capitals = {code.upper(): letter.upper() for code, letter in table.items()}
    mixed = {code[0].upper() + code[1]: letter.upper() for code, letter in table.items() if len(code) == 2}
    return table | mixed | capitals


@lru_cache(maxsize=1)
def _vni_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _vni_table()), key=len, reverse=True)))


_TCVN3_TOKEN = re.compile(f"[A-Za-z{_TCVN3}{''.join(_TCVN3_CAPITALS)}]+")
_NOT_PLAIN = re.compile("[^A-Za-z]+")
_VIQR = re.compile(r"\\(.)|(dd|DD|Dd)|([AEOaeo]\^|[Aa]\(|[OUou]\+|[AEIOUYaeiouy])([.'`?~]?)")
_ONLY_UNICODE = re.compile("[\u0102-\u01b0\u1ea0-\u1ef9\u0300-\u0323]")
_NON_ASCII = re.compile(r"[^\x00-\x7f]")
#: Letters next to each other, capitals or signs inside words, that no European orthography has.
_IMPOSSIBLE = re.compile(
    "[aoeyuôö][øûõåäïæ]|[AOEYUÔÖ][ØÛÕÅÄÏÆ]|[a-z][ÆÇÈÉÊËÌÎÏÑÒÓÔÖÝØÜÞÕ]|ñ[aeoô][àáâãùéèê]"
    "|[A-Za-z][¨©ª«¬®¸¶¾»¼½\u00ad]+[a-z]|[§®][a-z]{2}|aà|eà|oà|aã|aâ|eâ|oâ|aå|eå|oå|AÂ|EÂ|OÂ"
)
_TCVN3_SIGNS = re.compile(f"[{_TCVN3}{''.join(_TCVN3_CAPITALS)}]")
_VNI_SIGNS = re.compile("[aeouyôöAEOUYÔÖ][ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË]|[æñîöÆÑÎÖ]")
_VIQR_SIGNS = re.compile(r"[AEOaeo]\^|[Aa]\(|[OUou]\+|\b[Dd][Dd]")
_SPLIT = re.compile(r"[\s,;:.!?()\[\]{}\"“”„…/\\|<>=*%&0-9_–—-]+")
_VIQR_SPLIT = re.compile(r"[\s,;:!\[\]{}\"“”…/|<>=*%&0-9_–—-]+")


def decode_legacy(text: str, encoding: Legacy) -> str:
    """Return text typed for a legacy font as Unicode (NFC).

    Capitals that TCVN3 cannot tell are taken from the neighbours: a word whose plain letters are all capitals,
    or a line without any plain small letter, becomes all capitals. The first letter of «ứng dụng» at the start
    of a sentence stays small: nothing tells.

    Parameters
    ----------
    text : str
        As it stands in the file: not yet normalised.
    encoding : {"tcvn3", "vni", "viqr"}
        What `detect_legacy` said.

    Examples
    --------
    >>> decode_legacy("Tèi ­u tµi nguyªn", "tcvn3")
    'Tối ưu tài nguyên'
    >>> decode_legacy("Toái öu taøi nguyeân", "vni")
    'Tối ưu tài nguyên'
    >>> decode_legacy("To^'i u+u ta`i nguye^n", "viqr")
    'Tối ưu tài nguyên'
    """
    return _DECODERS[encoding](text)


def _from_tcvn3(text: str) -> str:
    return "".join(map(_from_tcvn3_line, text.splitlines(keepends=True)))


def _from_tcvn3_line(line: str) -> str:
    plain = _NOT_PLAIN.sub("", line)
    if len(plain) > 1 and plain.isupper():
        return line.translate(_tcvn3_table()).upper()
    return _TCVN3_TOKEN.sub(lambda found: _from_tcvn3_word(found[0]), line)


@lru_cache(maxsize=16384)
def _from_tcvn3_word(word: str) -> str:
    new = word.translate(_tcvn3_table())
    plain = _NOT_PLAIN.sub("", word)
    return new.upper() if len(plain) > 1 and plain.isupper() else new


def _from_vni(text: str) -> str:
    table = _vni_table()
    return _vni_pattern().sub(lambda found: table[found[0]], text)


def _from_viqr(text: str) -> str:
    return _VIQR.sub(_viqr_letter, text)


def _viqr_letter(found: re.Match[str]) -> str:
    escaped, d, vowel, tone = found.groups()
    if escaped is not None:
        return str(escaped)
    if d:
        return "Đ" if d[0] == "D" else "đ"
    marks = _VIQR_QUALITIES.get(vowel[1:], "") + _VIQR_TONES.get(tone, "")
    return unicodedata.normalize("NFC", vowel[0] + marks)


_DECODERS: dict[Legacy, Callable[[str], str]] = {"tcvn3": _from_tcvn3, "vni": _from_vni, "viqr": _from_viqr}


def detect_legacy(text: str) -> Legacy | None:
    """Tell which legacy encoding a text is typed in; None where there is any doubt.

    A reading is believed only if the words with its signs become Vietnamese syllables, nearly all of them,
    and were none before. Text with letters that only Unicode has (ă, ơ, ạ, …) is never legacy; ask line by line
    (`decode_lines`) where a document mixes fonts.

    Examples
    --------
    >>> [detect_legacy(text) for text in ("th«ng tin kªnh truyÒn", "Université de Genève", "Hà Nội", "Chúa")]
    ['tcvn3', None, None, None]
    """
    if _ONLY_UNICODE.search(text):
        return None
    gains: dict[Legacy, int] = {
        "tcvn3": _gain(text, _TCVN3_SIGNS, "tcvn3"),
        "vni": _gain(text, _VNI_SIGNS, "vni"),
    }
    best: Legacy = "vni" if gains["vni"] >= gains["tcvn3"] else "tcvn3"
    if gains[best] > 0:
        return best
    accented = any(letter.isalpha() for letter in _NON_ASCII.findall(text))
    return "viqr" if not accented and _is_viqr(text) else None


@lru_cache(maxsize=16384)
def _decoded_word(word: str, encoding: Legacy) -> str:
    return decode_legacy(word, encoding)


def _gain(text: str, signs: re.Pattern[str], encoding: Legacy) -> int:
    """Return how many more words become syllables by decoding than cease to be; 0 where the reading fails.

    It holds if different words speak for it, or one that no other orthography could have; three times as many as
    against it; and a fifth of all words, as Vietnamese marks most of its own («5 µm» alone proves nothing).
    """
    if not signs.search(text):
        return 0
    known = written()
    words = [word for part in _SPLIT.split(text) if (word := part.strip("'’‘"))]
    good: list[str] = []
    bad = 0
    for word in words:
        if len(word) > 1 and signs.search(word):
            before, after = word.lower() in known, _decoded_word(word, encoding).lower() in known
            bad += not after
            if after and not before:
                good.append(word)
    proofs = len({word.lower() for word in good}) + any(_IMPOSSIBLE.search(word) for word in good)
    return len(good) - bad if proofs >= 2 and len(good) >= max(3 * bad, len(words) / 5) else 0


def _is_viqr(text: str) -> bool:
    """Tell whether text without accented letters is VIQR: several signs, and most words syllables."""
    if len(_VIQR_SIGNS.findall(text)) < 2:
        return False
    known = written()
    good = bad = marked = signed = 0
    for part in _VIQR_SPLIT.split(text):
        word = part.lstrip("('`\"").rstrip('\\)"')
        if not word:
            continue
        readings = {_from_viqr(form).lower() for form in (word, word.rstrip("'`.?~"))} & known
        good += bool(readings)
        bad += not readings
        marked += any(not reading.isascii() for reading in readings)
        signed += any(len(reading) > 1 for reading in readings) and _VIQR_SIGNS.search(word) is not None
    return signed >= 2 and 2 * marked >= good and (good >= 3 * bad or signed > bad)


def decode_lines(text: str) -> tuple[str, Legacy | None]:
    """Decode the legacy lines of a text that may mix fonts.

    Returns
    -------
    text : str
        Each line decoded by what it is typed in; lines in doubt follow the text as a whole.
    encoding : {"tcvn3", "vni", "viqr"} or None
        The encoding of most of the decoded lines; None where nothing was decoded.
    """
    lines = text.splitlines(keepends=True)
    found = [None if line.isascii() else detect_legacy(line) for line in lines]
    counts: dict[Legacy, int] = {"tcvn3": found.count("tcvn3"), "vni": found.count("vni")}
    main: Legacy = "vni" if counts["vni"] > counts["tcvn3"] else "tcvn3"
    if not counts[main]:
        whole = detect_legacy(text)
        return (decode_legacy(text, whole), whole) if whole else (text, None)
    doubtful = [name is None and _may_be(line, main) for line, name in zip(lines, found, strict=True)]
    others = main if counts[main] > sum(doubtful) else None
    names = [others if doubt else name for name, doubt in zip(found, doubtful, strict=True)]
    decoded = [decode_legacy(line, name) if name else line for line, name in zip(lines, names, strict=True)]
    return "".join(decoded), main


def _may_be(line: str, encoding: Legacy) -> bool:
    """Tell whether some word of a line in doubt becomes a syllable by decoding."""
    if line.isascii() or _ONLY_UNICODE.search(line):
        return False
    words = [word for word in _SPLIT.split(line) if len(word) > 1 and not word.isascii()]
    return any(_decoded_word(word, encoding).lower() in written() for word in words)
