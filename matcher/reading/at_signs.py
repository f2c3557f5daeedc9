"""Mail addresses in recognised text: Tesseract's Vietnamese model knows the at sign badly."""

from __future__ import annotations

import re

#: «a(@b.vn», «a@)b.vn», «a@@b.vn», «a(b.vn», «a©b.vn»: an at sign doubled, with a bracket grown on it, or the sign
#: that it was taken for.
_ADDRESS = re.compile(
    r"(?P<name>[A-Za-z0-9][A-Za-z0-9._+-]*)"
    r"(?:[(\[{@]*@[)\]}@]*|[(©®])"
    r"(?P<host>[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.(?:vn|com|net|org|edu|gov|info))(?![A-Za-z0-9)])"
)


def mended(word: str) -> str:
    """Return a recognised word, a mail address in it with a plain at sign.

    Examples
    --------
    >>> mended("ban(@example.vn"), mended("ban(@@example.vn,"), mended("(example.vn)")
    ('ban@example.vn', 'ban@example.vn,', '(example.vn)')
    """
    return _ADDRESS.sub(r"\g<name>@\g<host>", word)
