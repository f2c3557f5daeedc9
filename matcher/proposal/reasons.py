"""The reasons of a proposal (lý do đề xuất) in their two halves: grounds (căn cứ) and urgency (tính cấp thiết)."""

from __future__ import annotations

import re

from matcher.text import strip_diacritics

_LEAD = r"[\s\-–+*•▪➢✓#(]*(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,4})\s*[.):/]\s*)?(?:ve\s+)?(?:cac\s+)?"
_TAIL = r"(?:\s*\([^()]{0,300}\))?\s*(?P<close>[:.–-]|$)"
_GROUNDS = re.compile(
    _LEAD + r"(?:can cu|co so)(?:\s+va ly do)?"
    r"(?:\s+(?:de|xuat|khoa hoc|phap ly|thuc tien|chinh tri|xay dung|dat hang|cua|va|nhiem vu|de tai|du an))*" + _TAIL
)
_URGENCY = re.compile(
    _LEAD + r"(?:(?:tinh|su|muc do)\s+(?:cap thiet|cap bach|can thiet)|tam quan trong|ly do(?: de xuat)?)"
    r"(?:\s+(?:cua|phai|va|ve|tam|quan|trong|tinh|su|can|cap|thiet|bach|thuc hien|nhiem vu|de tai|du an|van de|viec"
    r"|de xuat|dat hang))*" + _TAIL
)
_OPEN = re.compile(_LEAD + r"(?:(?P<grounds>can cu de xuat)|(?P<urgency>tinh cap thiet))\s+")
#: Grounds of one kind («Căn cứ pháp lý») are the proposer's own heading, which stays.
_KIND = re.compile(r"khoa hoc|phap ly|thuc tien|chinh tri")
_DOCUMENT = (
    r"(?:ke hoach|quyet dinh|nghi quyet|chuong trinh|nghi dinh|thong tu|luat|chi thi|cong van|thong bao|de an"
    r"|chien luoc)"
)
_CITES = re.compile(
    rf"(?:can cu|thuc hien|theo|tai|trien khai|cu the hoa)\b.{{0,60}}\b{_DOCUMENT}\b"
    rf"|^\W*{_DOCUMENT}\b.{{0,40}}(?:\bso\b|\d+\s*/|\bngay\b)|^\W*can cu\b"
)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-ZĐÀ-Ỹ\-–+])|\n")
_INLINE = re.compile(
    r"(?<=[.;:!?])\s+(?=[-–+]?\s*(?:[a-z]\)|\d{1,2}(?:\.\d{1,2})*[.)])?\s*"
    r"(?:Căn cứ|Cơ sở|Tính cấp|Sự cần|Sự cấp|Tính cần)[^.:;]{0,60}:)"
)


def split_reasons(text: str) -> tuple[str, str]:
    r"""Return grounds and urgency, by their sub-headings or, without any, by what cites a document.

    Examples
    --------
    >>> split_reasons("- Căn cứ đề xuất: Kế hoạch 53/KH-UBND.\n- Tính cấp thiết: Hộ dân thiếu giống.")
    ('Kế hoạch 53/KH-UBND.', 'Hộ dân thiếu giống.')
    """
    parts: dict[str, list[str]] = {"grounds": [], "urgency": [], "": []}
    current = ""
    for paragraph in _INLINE.sub("\n", text).split("\n"):
        name, rest = _heading(paragraph)
        current = name or current
        if rest.strip():
            parts[current].append(rest.strip())
    if not parts["grounds"] and not parts["urgency"]:
        return _by_citation(text)
    if parts[""]:
        before, own = _by_citation("\n".join(parts[""]))
        if not parts["grounds"]:
            parts["grounds"] = [before] if before else []
            parts["urgency"][:0] = [own] if own else []
        else:
            parts["grounds" if parts["urgency"] else "urgency"][:0] = parts[""]
    return "\n".join(parts["grounds"]), "\n".join(parts["urgency"])


def _heading(paragraph: str) -> tuple[str, str]:
    """Return which half a paragraph opens, if any, and the paragraph without that heading."""
    folded = strip_diacritics(paragraph).lower()
    if len(folded) != len(paragraph):
        return "", paragraph
    for name, pattern in (("grounds", _GROUNDS), ("urgency", _URGENCY)):
        found = pattern.match(folded)
        if found:
            return name, paragraph if _KIND.search(found[0]) else paragraph[found.end() :]
    bare = _OPEN.match(folded)  # its colon went with the form's hint
    if bare and paragraph[bare.end() : bare.end() + 1].isupper():
        return bare.lastgroup or "", paragraph[bare.end() :]
    return "", paragraph


def _by_citation(text: str) -> tuple[str, str]:
    """Part a text without sub-headings: what comes first and cites documents is the grounds."""
    pieces = [piece for piece in text.split("\n") if piece.strip()]
    glue = "\n"
    if len(pieces) < 2:
        pieces, glue = [piece for piece in _SENTENCE.split(text) if piece.strip()], " "
    cites = [_CITES.search(strip_diacritics(piece).lower()) is not None for piece in pieces]
    grounds = [piece for piece, cited in zip(pieces, cites, strict=True) if cited]
    urgency = [piece for piece, cited in zip(pieces, cites, strict=True) if not cited]
    return glue.join(grounds).strip(), glue.join(urgency).strip()
