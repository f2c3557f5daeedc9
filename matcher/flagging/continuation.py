"""Continuations: whether a text says that it continues an earlier task, and which.

A continuation that names its first phase is legitimate: the council judges whether the first phase is done and what
remains. «Giai đoạn 2021 - 2025» is a period, no phase.
"""

from __future__ import annotations

import re

from matcher.text import plain_key

_NUMBER = r"(?:(?:1|2|3|i{1,3}|một|hai|ba)(?![\w./-]|\s*[-–]\s*\d))"
_WORK = r"(?:nhiệm vụ|đề tài|dự án|đề án|mô hình|kết quả|phòng|sàn|số liệu|cơ sở dữ liệu)"
_SAYS = re.compile(
    rf"\b(?:giai đoạn|pha)\s+{_NUMBER}"
    rf"|\b(?:tiếp theo|tiếp nối|nối tiếp|tiếp tục|kế thừa|phát triển tiếp)\s+(?:các |những )?{_WORK}"
    r"|\btrên cơ sở (?:các |bộ |quy trình |kết quả )[^.;]{0,60}(?:nhiệm vụ|đề tài|dự án|đã nghiệm thu)",
    re.IGNORECASE,
)
_QUOTED = re.compile('[“"«‘]([^”"»’]{12,400})[”"»’]')


def earlier_task(text: str) -> str | None:
    """Return the comparison key of the earlier task that a text names, "" where it names none, None without any.

    Examples
    --------
    >>> earlier_task("Nhân rộng mô hình (tiếp theo kết quả đề tài “Nghiên cứu trồng ba kích tím dưới tán rừng”)")
    'nghiên cứu trồng ba kích tím dưới tán rừng'
    >>> earlier_task("Trồng mây nếp dưới tán rừng, giai đoạn II: khai thác bền vững")
    ''
    >>> earlier_task("Phát triển cây hồi giai đoạn 2021 - 2025") is None
    True
    """
    found = _SAYS.search(text)
    if found is None:
        return None
    quoted = _QUOTED.search(text, found.end()) or _QUOTED.search(text)
    return plain_key(quoted[1]) if quoted else ""
