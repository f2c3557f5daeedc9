"""Lists of words as patterns: readable one after another, matched longest first."""

from __future__ import annotations

import re

#: A capital letter of Vietnamese.
CAPITAL = r"(?:[A-ZĐĂÂÊÔƠƯÀ-Ý]|[ĨŨẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ])"


def one_of(*lists: str) -> str:
    r"""Return a group that matches any phrase of lists parted by commas; a space matches any white space.

    Examples
    --------
    >>> one_of("báo cáo, bài", "báo")
    '(?:báo\\s+cáo|bài|báo)'
    """
    phrases = sorted(
        {phrase.strip() for each in lists for phrase in each.split(",")}, key=lambda each: (-len(each), each)
    )
    return f"(?:{'|'.join(re.escape(each).replace(chr(92) + ' ', chr(92) + 's+') for each in phrases)})"
