"""Amounts of money as offices write them."""

from __future__ import annotations

_MILLION = 1_000_000


def million_dong(vnd: int | None) -> str:
    """Return an amount in millions of đồng; empty for none.

    Examples
    --------
    >>> million_dong(1_200_000_000), million_dong(950_500_000), million_dong(None)
    ('1.200 triệu đồng', '950,5 triệu đồng', '')
    """
    if not vnd:
        return ""
    whole, rest = divmod(vnd, _MILLION)
    tail = f",{rest:06d}".rstrip("0") if rest else ""
    return f"{whole:,}".replace(",", ".") + f"{tail} triệu đồng"
