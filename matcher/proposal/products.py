"""The products that a form promises, each with the number and unit that make it measurable."""

from __future__ import annotations

import re

from matcher.proposal.numerals import FIGURES, read_figures
from matcher.records import Product

_MARK = re.compile(r"^\s*(?:[-–+*•▪➢✓]|[a-zđ]\)|\d{1,2}(?:\.\d{1,2})+\.?(?=\s)|\d{1,2}[.)](?=\s))\s*")
_PIECE = re.compile(r"\n|;\s*|(?<=[^\d][.])\s+(?=[A-ZĐÀ-Ỹ0-9])")
_LABEL = re.compile(r"^[^:]{1,60}:\s*(?=\S)")
_AMOUNT = re.compile(
    rf"(?<![\w./,-])(?P<figures>{FIGURES})(?:\s*(?:-|–|đến)\s*(?P<upper>{FIGURES}))?\s*"
    rf"(?P<unit>%|[^\W\d_]+(?:[²³0-9](?!\d))?(?:/[^\W\d_]+)?(?:\s+(?!từ|có|để|cho|về|với|theo|được|và|trên|tại|của|trong)[^\W\d_]+)?)"
)
_NO_UNIT = re.compile(r"(?:tháng|năm|ngày|quý|giai đoạn|và|hoặc|đến|theo|về|là|có|cho|của|tại)\b", re.IGNORECASE)
_MOST = 100


def read_products(text: str) -> tuple[Product, ...]:
    """Return the products named in the results of a form, one for each line or clause.

    Examples
    --------
    >>> [(each.amount, each.unit) for each in read_products("- 01 quy trình nuôi ong; 20 lồng nuôi; báo cáo")]
    [(1.0, 'quy trình'), (20.0, 'lồng nuôi'), (None, '')]
    """
    products = []
    for piece in _PIECE.split(text):
        bare = _MARK.sub("", piece).strip(" .;,")
        if re.search(r"[^\W\d_]{2}", bare) and not bare.endswith(":"):
            amount, unit = _measure(bare)
            products.append(Product(_LABEL.sub("", bare) if amount is None else bare, amount, unit))
    return tuple(products[:_MOST])


def _measure(text: str) -> tuple[float | None, str]:
    """Return the first number that counts or measures something."""
    for found in _AMOUNT.finditer(text):
        if _NO_UNIT.match(found["unit"]):
            continue
        value = read_figures(found["upper"] or found["figures"])
        if value is not None:
            return float(value), found["unit"].strip()
    return None, ""
