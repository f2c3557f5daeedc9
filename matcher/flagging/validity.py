"""Is a text a proposal at all? Rules that a reader would agree with at a glance, each with its reason.

A text fails only for what is plainly visible: too short, no words, hardly any Vietnamese or English words, the empty
form's own wording, a test string. Everything doubtful is left to the scope model.
"""

from __future__ import annotations

import re

from matcher.records import Proposal
from matcher.text import comparison_key, is_syllable

#: A title of fewer words names no work: the shortest real titles of tasks have six.
FEWEST_WORDS = 4
#: Below this share of words that can be read, a text is noise.
READABLE_SHARE = 0.5
_WORD = re.compile(r"[^\W\d_]+")
_FORM_WORDING = re.compile(
    r"^(tên (nhiệm vụ|đề tài|dự án)( khoa học và công nghệ)?|phiếu đề xuất( đặt hàng)?|mẫu phiếu.*|kính gửi.*"
    r"|cộng h[oò]a xã hội chủ nghĩa.*|\(?(ghi|nêu) (rõ )?tên.*|mục tiêu|nội dung|lý do đề xuất|căn cứ đề xuất)[\s:.…]*$"
)
_TEST_WORDING = re.compile(r"^(test|thử|demo|abc|xyz|asdf|qwerty|lorem ipsum)\b[\w\s]{0,30}$")


def invalid_reason(proposal: Proposal) -> str:
    """Return in Vietnamese why the text is no proposal, or "" where it may be one."""
    title = comparison_key(proposal.title)
    words = _WORD.findall(title)
    if not words:
        return "Không có chữ nào trong tên nhiệm vụ."
    if _FORM_WORDING.match(title):
        return "Chỉ có chữ của mẫu phiếu, chưa có tên nhiệm vụ."
    if _TEST_WORDING.match(title):
        return "Là dòng thử, không phải đề xuất."
    if len(words) < FEWEST_WORDS and len(_WORD.findall(proposal.sections.get("objective", ""))) < FEWEST_WORDS:
        return f"Quá ngắn: {len(words)} từ."
    if sum(map(_readable, words)) < READABLE_SHARE * len(words):
        return "Phần lớn không đọc được thành từ."
    if len(set(words)) * 3 < len(words):
        return "Lặp đi lặp lại một vài từ."
    return ""


def _readable(word: str) -> bool:
    return is_syllable(word) or (word.isascii() and len(word) > 2 and re.search(r"[aeiouy]", word) is not None)
