"""Signs of the Symbol and Wingdings fonts, which a file holds as codes of those fonts."""

from __future__ import annotations

_CHECKS = {0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0xA8: "☐", 0x6F: "☐", 0x71: "☐", 0x72: "☐", 0x78: "☒"}
_BULLETS = {0xA7: "▪", 0x6E: "■", 0x6C: "●", 0xD8: "➢", 0xE0: "→", 0xE8: "→", 0xF0: "⇨", 0x76: "❖"}
_WINGDINGS = _CHECKS | _BULLETS
_WINGDINGS_2 = {0x50: "✓", 0x4F: "✗", 0x52: "☑", 0x51: "☒", 0x54: "☒", 0x53: "☒", 0xA3: "☐"}
_GREEK = dict(zip(b"abgdepqlmswDWS", "αβγδεπθλμσωΔΩΣ", strict=True))
_SIGNS = {0xB7: "•", 0xB0: "°", 0xB1: "±", 0xA3: "≤", 0xB3: "≥", 0xB4: "×", 0xB8: "÷", 0xAE: "→", 0x2D: "-", 0xB9: "≠"}
_SYMBOL = {code: chr(code) for code in range(0x20, 0x3C)} | _GREEK | _SIGNS
_TABLES = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
_OTHERS = ("wingdings 3", "webdings", "zapfdingbats")
CHECKED, OPEN = "☑", "☐"


def symbol(font: str, code: int) -> str | None:
    """Return the sign that a code stands for in a font of signs; None where the font is none.

    Examples
    --------
    >>> symbol("Wingdings", 0xF0FE), symbol("Wingdings", 0xF021), symbol("Arial", 0x41)
    ('☑', '•', None)
    """
    name = font.strip().lower()
    if name not in _TABLES and name not in _OTHERS:
        return None
    return _TABLES.get(name, {}).get(code & 0xFF, "•")


def with_symbols(text: str, font: str) -> str:
    """Return text with the private codes of a font of signs as signs."""
    if not any("\uf020" <= letter <= "\uf0ff" for letter in text) or symbol(font, 0x20) is None:
        return text
    return "".join(
        (symbol(font, ord(letter)) or letter) if "\uf021" <= letter <= "\uf0ff" else letter.replace("\uf020", " ")
        for letter in text
    )
