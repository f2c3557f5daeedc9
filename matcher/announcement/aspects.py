"""The clauses of a bullet: what a proposal may cover one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_SHORTEST = 4
#: Words from which a clause is cut further, and how many each of its parts must then have.
_LONG, _PART = 26, 7
_HARD = re.compile(
    r";\s+|(?<=[.…])\s*(?=[A-ZĐÀ-Ỹ][a-zà-ỹđ])|(?<=\.\.\.)\s*(?=[A-ZĐÀ-Ỹ])|:\s+(?=[-–+•*]\s|[a-z1][).]\s)"
    r"|\s+(?=(?:[+•*–-]\s(?=[A-ZĐÀ-Ỹ])|\+\s|\([a-zđ\d]\)\s|[a-zđ]\)\s|\d{1,2}\)\s))"
)
_NO_END = re.compile(r"(?:\b(?:TS|ThS|PGS|GS|TP|Tp|vv|v\.v|St|No|cf)\.|\b[A-ZĐ]\.|\d\.)$")
_SOFT = re.compile(
    r",\s+(?=(?:đẩy mạnh|chú trọng|tập trung|ưu tiên|gắn với|tăng cường|khuyến khích|xây dựng|hình thành"
    r"|hướng tới|góp phần|tạo vùng"
    r"|lựa chọn|sử dụng|đề xuất|hoàn thiện|nghiên cứu|ứng dụng|phát triển|thực hiện|tận dụng|bảo đảm"
    r"|đảm bảo|nâng cao|đóng góp"
    r"|tiếp tục|quản lý|xử lý|đặc biệt là|nhất là|kết hợp|xác định)\s)"
)
#: A verb before the comma shares its object with the verb after it.
_SHARED = re.compile(
    r"\b(?:nghiên cứu|ứng dụng|chuyển giao|tiếp nhận|hoạch định|bổ sung|sửa đổi|đổi mới|khảo nghiệm"
    r"|thử nghiệm|đề xuất|rà soát"
    r"|triển khai|xây dựng|áp dụng)$",
    re.IGNORECASE,
)
_MARK = re.compile(r"^(?:[-–+•*]|[a-zđ\d]{1,2}\)|\([a-zđ\d]\)|\d{1,2}(?:\.\d{1,2})*\.?)\s+")


def aspects_of(text: str, openings: Sequence[int] = ()) -> tuple[str, ...]:
    """Split a bullet into its clauses, in order; together they cover its words.

    Cuts fall at semicolons, sentence ends and where sub-bullets begin (at the offsets `openings`), and in long
    clauses before a verb that opens the next demand. A piece of fewer than four words stays with its neighbour.

    Examples
    --------
    >>> aspects_of("Nghiên cứu chọn tạo giống lúa mới; xây dựng mô hình canh tác hữu cơ.")
    ('Nghiên cứu chọn tạo giống lúa mới', 'xây dựng mô hình canh tác hữu cơ')
    """
    parts = [text[start:end] for start, end in pairwise([0, *openings, len(text)])]
    clauses = [clause for part in parts for clause in _cut(part, _HARD)]
    pieces = [soft for hard in _merged(clauses, _SHORTEST) for soft in _softened(hard)]
    return tuple(clean for piece in pieces if (clean := _clean(piece)))


def _cut(text: str, pattern: re.Pattern[str]) -> list[str]:
    """Cut before or after what the pattern finds, but not inside brackets or after an abbreviation."""
    pieces: list[str] = []
    start = at = depth = 0
    for found in pattern.finditer(text):
        depth += text.count("(", at, found.start()) - text.count(")", at, found.start())
        at = found.start()
        before = text[max(start, at - 40) : at]
        shared = pattern is _SOFT and _SHARED.search(before)
        if depth > 0 or shared or _NO_END.search(before) or not text[start:at].strip():
            continue
        pieces.append(text[start : found.end()])
        start = found.end()
    pieces.append(text[start:])
    return [piece for piece in pieces if piece.strip()]


def _merged(pieces: list[str], shortest: int) -> list[str]:
    """Join pieces that are too short to stand alone with the one before, or the first with the next."""
    merged: list[str] = []
    for piece in pieces:
        if merged and (_words(piece) < shortest or _words(merged[-1]) < shortest):
            merged[-1] += piece
        else:
            merged.append(piece)
    return merged


def _softened(piece: str) -> list[str]:
    """Cut a long clause before the verbs that open a further demand."""
    if _words(piece) <= _LONG:
        return [piece]
    return _merged(_cut(piece, _SOFT), _PART)


def _words(text: str) -> int:
    return len(re.findall(r"[^\W\d_]+", text))


def _clean(piece: str) -> str:
    return re.sub(r"[\s.;:,…]+$", "", _MARK.sub("", piece.strip()))
