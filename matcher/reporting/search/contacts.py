"""Telephone numbers and mail addresses are personal data: a report that goes round does not show them."""

from __future__ import annotations

import re

#: What stands for each letter that is hidden; the length of a text does not change, so offsets stay true.
HIDDEN = "•"
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
#: Vietnamese numbers: 0 or +84 (0084), then 8 to 10 digits, in groups or not.
_TELEPHONE = re.compile(r"(?<![\w.,/-])(?:\(?(?:\+|00)84\)?|\(?0)(?:[ .()-]{0,2}\d){8,10}(?![\d/]|[.,]\d)")


def without_contacts(text: str) -> str:
    """Return a text of the same length with telephone numbers and mail addresses made unreadable.

    Examples
    --------
    >>> without_contacts("Liên hệ: 0912.345.678, an@example.vn")
    'Liên hệ: ••••••••••••, •••••••••••••'
    >>> without_contacts("kinh phí 2.500.000.000 đồng, QĐ 0123/QĐ-UBND")
    'kinh phí 2.500.000.000 đồng, QĐ 0123/QĐ-UBND'
    """
    for pattern in (_MAIL, _TELEPHONE):
        text = pattern.sub(lambda found: HIDDEN * len(found[0]), text)
    return text
