"""What a text of a form loses before anything reads it: dotted lines to fill in, personal data, broken spacing."""

from __future__ import annotations

import re

from matcher.proposal.contact import without_contacts
from matcher.text import repair_spacing

_DOTS = re.compile(r"(?:\.{4,}|…{2,}|_{4,}|(?:\. ){4,})")
_QUOTES = (("“", "”"), ("«", "»"), ('"', '"'), ("‘", "’"))


def clean(text: str) -> str:
    """Return a section's text: spaces repaired, dotted lines and contact data out.

    Examples
    --------
    >>> clean("Nuôi ong ở miền núivà trung du ............")
    'Nuôi ong ở miền núi và trung du'
    """
    return repair_spacing(without_contacts(without_dots(text))).strip(" \t\n:;–-")


def without_dots(text: str) -> str:
    """Return a text without the dotted lines of an empty form."""
    return _DOTS.sub("", text)


def unquoted(text: str) -> str:
    """Return a title without quotation marks around all of it and the stop at its end."""
    text = text.strip(" .;")
    for opening, closing in _QUOTES:
        if text.startswith(opening) and text.endswith(closing) and closing not in text[1:-1]:
            return text[1:-1].strip(" .;")
    return text
