"""What stands on a form around its items: letterhead, place and date, commitment, signature."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from matcher.proposal.dates import read_date_line
from matcher.proposal.lines import Row, is_marked
from matcher.text import strip_diacritics

_LETTERHEAD = re.compile(
    r"cong hoa xa hoi|doc lap|phieu (?:de xuat|dang ky)|mau\b|phu luc|bieu\b|de xuat (?:dat hang|nhiem vu)"
    r"|uy ban nhan dan|ubnd|so \w+|bo \w+|truong dai hoc|don vi|co quan|to chuc|so\s*:|kinh gui"
    r"|\(|.{0,40}ngay\b.{0,12}thang\b"
    r"|nhiem vu khoa hoc va cong nghe|de tai khoa hoc|thuyet minh|cap tinh|nam \d{4}|ten\b"
)
_DATED = re.compile(
    r".{0,40}\bngay\b.{0,14}\bthang\b.{0,14}\bnam\b.{0,8}$"
    r"|[^\d|]{0,30},\s*(?:ngay\s*)?\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}\W*$"
)
_SIGNED = re.compile(
    r"(?:to chuc|ca nhan|co quan|don vi|nguoi|dai dien)\b.{0,40}de xuat\s*(?:\(.*)?$|\(ho,? (?:va )?ten|\(ky"
    r"|ghi chu\s*:|noi nhan\s*:|(?:dai dien|thu truong|giam doc|thay mat)\b[^:,;.]{0,40}$"
)
_COMMITMENT = re.compile(r".{0,160}\b(?:xin )?cam (?:ket|doan)\b")
_OWN_WORDS = re.compile(r"\bphuong an ung dung\b")
_ABOUT = re.compile(r"\b(?:ung dung|ap dung|ket qua|phuong an|trung thuc|chiu trach nhiem|thuc hien)\b")
#: So near below a commitment the signature must follow, unless it has the form's own words.
_NEAR = 6


def is_letterhead(text: str) -> bool:
    """Tell whether a line belongs to the form or its letterhead and so can be no title."""
    folded = _folded(text)
    return len(folded) < 3 or _LETTERHEAD.match(folded) is not None or not re.search(r"[a-z]{2}", folded)


def is_signature(text: str) -> bool:
    """Tell whether a line is the place and date or the signature that follows the last item."""
    return any(_DATED.match(part) or _SIGNED.match(part) for part in _folded(text).split(" | "))


def is_commitment(text: str) -> bool:
    """Tell whether a line is the commitment (cam kết) below the last item."""
    folded = _folded(text)
    found = _COMMITMENT.match(folded)
    return found is not None and _ABOUT.search(folded, found.end()) is not None


def end_of_form(rows: Sequence[Row], start: int) -> int:
    """Return the row after the last item's text: the commitment or signature, else the end of the document."""
    for index in range(start, len(rows)):
        if is_signature(rows[index].text) or _is_last_commitment(rows, index):
            return index
    return len(rows)


def has_commitment(rows: Sequence[Row], start: int) -> bool:
    """Tell whether the commitment stands among the rows from `start` on, or anywhere in the form's own words."""
    return any(
        is_commitment(text) and (index >= start or _OWN_WORDS.search(_folded(text)))
        for index, text in ((index, _with_next(rows, index)) for index in range(len(rows)))
    )


def _is_last_commitment(rows: Sequence[Row], index: int) -> bool:
    own, text = rows[index].text, _with_next(rows, index)
    if not is_commitment(text) or (not is_commitment(own) and (is_marked(own) or re.search(r":|[.;]$", own))):
        return False
    return _OWN_WORDS.search(_folded(text)) is not None or any(
        is_signature(row.text) for row in rows[index + 1 : index + 1 + _NEAR]
    )


def sent_date(rows: Sequence[Row], first: int, end: int) -> dt.date | None:
    """Return the date below the items (from row `end` on), else the one in the letterhead (above row `first`)."""
    for row in (*rows[end:], *rows[:first]):
        if found := read_date_line(row.text):
            return found
    return None


def _with_next(rows: Sequence[Row], index: int) -> str:
    text = rows[index].text
    return f"{text} {rows[index + 1].text}" if index + 1 < len(rows) and rows[index + 1].joined else text


def _folded(text: str) -> str:
    return strip_diacritics(text).lower().strip()
