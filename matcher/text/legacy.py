"""Vietnamese text typed for old fonts: TCVN3 (ABC), VNI and the ASCII convention VIQR.

TCVN 5712:1993 VN3 (fonts .VnTime) gives each accented small letter one byte, shown as Latin-1 letters once the font
is gone; it has capitals only for Ă Â Đ Ê Ô Ơ Ư, so the capital of «á» is lost. VNI for Windows writes a vowel and
one byte for its marks; VIQR (RFC 1456) writes the marks as ASCII punctuation.
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
#: VNI: the mark that follows a, e, o, u, y; ơ is ô and ư is ö, with tones after them; i, ỵ and đ are one letter.
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
_TCVN3_LINE_CAPITALS = re.compile(r"[a-z]")
_VIQR = re.compile(r"\\(.)|(dd|DD|Dd)|([AEOaeo]\^|[Aa]\(|[OUou]\+|[AEIOUYaeiouy])([.'`?~]?)")
_ONLY_UNICODE = re.compile("[\u0102-\u01b0\u1ea0-\u1ef9\u0300-\u0323]")
_TCVN3_SIGNS = re.compile(f"[{_TCVN3}{''.join(_TCVN3_CAPITALS)}]")
_VNI_SIGNS = re.compile("[aeouyôöAEOUYÔÖ][ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË]|[æñîöÆÑÎÖ]")
_VIQR_SIGNS = re.compile(r"[AEOaeo]\^|[Aa]\(|[OUou]\+|\b[Dd][Dd]")
_SPLIT = re.compile(r"[\s,;:.!?()\[\]{}\"“”„…/\\|<>=*%&0-9_–—-]+")
_VIQR_SPLIT = re.compile(r"[\s,;:!\[\]{}\"“”…/|<>=*%&0-9_–—-]+")


def decode_legacy(text: str, encoding: Legacy) -> str:
    """Return text typed for a legacy font as Unicode (NFC).

    Capitals that TCVN3 cannot tell are taken from the neighbours: a word whose plain letters are all capitals, or
    a line without any plain small letter, becomes all capitals.

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
    table = _tcvn3_table()
    plain = re.sub("[^A-Za-z]", "", line)
    if len(plain) > 1 and plain.isupper():
        return line.translate(table).upper()

    def decoded(found: re.Match[str]) -> str:
        letters = re.sub("[^A-Za-z]", "", found[0])
        new = found[0].translate(table)
        return new.upper() if len(letters) > 1 and letters.isupper() else new

    return _TCVN3_TOKEN.sub(decoded, line)


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

    A reading is believed only if the words with its signs become Vietnamese syllables, nearly all of them, and
    were none before. Text with letters that only Unicode has (ă, ơ, ạ, …) is never legacy; ask line by line
    (`decode_lines`) where a document mixes fonts.

    Examples
    --------
    >>> [detect_legacy(text) for text in ("th«ng tin kªnh truyÒn", "Université de Genève", "Hà Nội", "Chúa")]
    ['tcvn3', None, None, None]
    """
    if _ONLY_UNICODE.search(text):
        return None
    if text.isascii():
        return "viqr" if _is_viqr(text) else None
    best: Legacy | None = None
    most = 0.0
    if _TCVN3_SIGNS.search(text):
        most = _gain(text, _TCVN3_SIGNS, _from_tcvn3, _SPLIT)
        best = "tcvn3" if most > 0 else None
    if _VNI_SIGNS.search(text):
        gain = _gain(text, _VNI_SIGNS, _from_vni, _SPLIT)
        best = "vni" if gain > most else best
    return best


def _gain(text: str, signs: re.Pattern[str], decode: Callable[[str], str], split: re.Pattern[str]) -> float:
    """Return how many words become syllables by decoding; 0 where the reading does not hold."""
    known = written()
    good = bad = strange = 0
    for word in split.split(text):
        if not signs.search(word):
            bad += not word.isascii() and word.lower() in known
            continue
        word = word.strip("'’‘")
        new = decode(word).lower()
        if word.lower() in known or new not in known:
            bad += 1
        else:
            good += 1
            strange += not word.isalpha() or _impossible(word)
    if good < 3 * bad or good < (1 if strange else 2):
        return 0.0
    return good - bad


@lru_cache(maxsize=1)
def _impossible_pattern() -> re.Pattern[str]:
    """Letters next to each other that no European orthography has."""
    return re.compile("[aoeyuôö][øûõåäïæ]|[AOEYUÔÖ][ØÛÕÅÄÏÆ]|[a-z][ÆÇÈÉÊËÌÎÏÑÒÓÔÖÝ×ØÜÞÕ÷]|ñ[aeoô][àáâãùéèê]")


def _impossible(word: str) -> bool:
    return _impossible_pattern().search(word) is not None


def _is_viqr(text: str) -> bool:
    """Tell whether ASCII text is VIQR: several words with quality signs, and most words syllables."""
    if len(_VIQR_SIGNS.findall(text)) < 2:
        return False
    known = written()
    good = bad = signed = 0
    for word in _VIQR_SPLIT.split(text):
        word = word.strip("()\\\"'`.?~") if not _VIQR_SIGNS.search(word) else word.rstrip("\\)").lstrip("('`")
        if not word:
            continue
        if any(_from_viqr(form).lower() in known for form in (word, word.rstrip("'`.?~"))):
            good += 1
            signed += _VIQR_SIGNS.search(word) is not None
        else:
            bad += 1
    return signed >= 2 and 4 * signed >= good and good >= 3 * bad


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
    counts = {name: found.count(name) for name in ("tcvn3", "vni")}
    main: Legacy | None = (
        max(("tcvn3", "vni"), key=lambda name: counts[name]) if any(counts.values()) else None
    )
    if main is None:
        whole = detect_legacy(text)
        return (decode_legacy(text, whole), whole) if whole else (text, None)
    decoded = [
        _decoded_line(line, name, main, most=2 * counts[main] > _undecided(lines))
        for line, name in zip(lines, found, strict=True)
    ]
    return "".join(decoded), main


def _undecided(lines: list[str]) -> int:
    """Count the lines with letters outside ASCII."""
    return sum(not line.isascii() for line in lines)


def _decoded_line(line: str, name: Legacy | None, main: Legacy, *, most: bool) -> str:
    if name is not None:
        return decode_legacy(line, name)
    if most and not line.isascii() and not _ONLY_UNICODE.search(line):
        return decode_legacy(line, main)
    return line
