"""Text as it stands in a file that was typed for the fonts of the nineties."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_LETTERS = "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ"
_TCVN3 = "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉËÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\u00adøõö÷ùýúûüþ®"
_TCVN3_CODES = dict(zip(_LETTERS, _TCVN3, strict=True)) | dict(zip("ĂÂĐÊÔƠƯ", "¡¢§£¤¥¦", strict=True))
_VNI_TONES = dict(zip("\u0301\u0300\u0309\u0303\u0323", "ùøûõï", strict=True))
_VNI_CIRCUMFLEX = dict(zip(("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"), "âáàåãä", strict=True))
_VNI_BREVE = dict(zip(("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"), "êéèúüë", strict=True))
_VNI_ALONE = {"í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ"}

Run = tuple[str, str]  # text, font


def tcvn3(text: str) -> Iterator[Run]:
    """Yield runs in .VnTime, capitals that the code lacks in .VnTimeH, what neither has in Times New Roman."""
    return _grouped(_tcvn3_letter(letter) for letter in text)


def vni(text: str) -> Iterator[Run]:
    """Yield runs in VNI-Times, what it lacks in Times New Roman."""
    return _grouped(_vni_letter(letter) for letter in text)


def _tcvn3_letter(letter: str) -> Run:
    if letter in _TCVN3_CODES:
        return _TCVN3_CODES[letter], ".VnTime"
    if letter.lower() in _TCVN3_CODES:
        return _TCVN3_CODES[letter.lower()], ".VnTimeH"
    return letter, ".VnTime" if letter.isascii() else "Times New Roman"


def _vni_letter(letter: str) -> Run:
    small = letter.lower()
    if small in _VNI_ALONE:
        code = _VNI_ALONE[small]
    elif small in _LETTERS:
        code = _vni_vowel(small)
    else:
        return letter, "VNI-Times" if letter.isascii() else "Times New Roman"
    return (code.upper() if letter != small else code), "VNI-Times"


def _vni_vowel(letter: str) -> str:
    base, *marks = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in marks if mark in _VNI_TONES), "")
    if "\u0302" in marks:
        return base + _VNI_CIRCUMFLEX[tone]
    if "\u0306" in marks:
        return base + _VNI_BREVE[tone]
    if "\u031b" in marks:
        base = {"o": "ô", "u": "ö"}[base]
    return base + (_VNI_TONES[tone] if tone else "")


def _grouped(runs: Iterator[Run]) -> Iterator[Run]:
    text, font = "", ""
    for piece, new in runs:
        if new != font and text:
            yield text, font
            text = ""
        text, font = text + piece, new
    if text:
        yield text, font
