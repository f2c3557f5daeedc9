"""Words cut at the end of a line, made whole on the line where they begin."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from matcher.reading.drafting import DraftLine
from matcher.text import decode_legacy, decode_lines, is_syllable, normalize

_CUT = re.compile(r"([^\W_]+)-$")
_REST = re.compile(r"([^\W_]+)(?:-(?=[^\W_]))?[^\s]*(?:\s+|$)")
_FEW_LETTERS = 2
_TCVN3_SIGNS = re.compile("[µ¶·¸¹¨©ª«¬®¾»¼½]")
_WITH_HYPHEN = re.compile(r"[^\s\d,;:.!?()/]*-[^\s\d,;:.!?()/]*")


def rejoined(drafts: Sequence[DraftLine]) -> list[DraftLine]:
    """Move the rest of a word cut by a hyphen up to the line where the word begins.

    The hyphen goes only where it was put to cut one word: «COVID-» / «19», «53/KH-» / «UBND» and names keep theirs,
    and a dash between spaces («kinh tế -» / «xã hội») joins nothing.

    Examples
    --------
    >>> [line.text for line in rejoined([DraftLine("nano tech-"), DraftLine("nology và COVID-"), DraftLine("19 ở")])]
    ['nano technology', 'và COVID-19', 'ở']
    """
    lines = list(drafts)
    for index in range(len(lines) - 1):
        one, other = lines[index], lines[index + 1]
        cut = _CUT.search(one.text)
        rest = _REST.match(other.text)
        same = one.kind is other.kind and one.page == other.page and not other.marker
        if not (cut and rest and same) or any(start < rest.end() for start, _ in other.raised):
            continue
        if any(end > cut.start() for _, end in one.raised) or not _is_one(cut[1], rest[1]):
            continue
        head = one.text[:-1] if _is_cut_word(cut[1], rest[1]) else one.text
        shift = rest.end()
        raised = tuple((start - shift, end - shift) for start, end in other.raised)
        lines[index] = dataclasses.replace(one, text=head + rest[0].rstrip())
        lines[index + 1] = dataclasses.replace(other, text=other.text[shift:], raised=raised)
    return [line for line, before in zip(lines, drafts, strict=True) if line.text or not before.text]


def _is_one(left: str, right: str) -> bool:
    """Tell whether what follows a hyphen without a space belongs to the word; a Vietnamese word after one does not."""
    return not (right.islower() and is_syllable(normalize(left).lower()) and is_syllable(normalize(right)))


def _is_cut_word(left: str, right: str) -> bool:
    """Tell a word cut to fit the line from one that has a hyphen of its own."""
    if not (left.isalpha() and right.isalpha() and right.islower()) or left.isupper():
        return False
    whole = normalize(left + right).lower()
    return is_syllable(whole) or (whole.isascii() and min(len(left), len(right)) >= _FEW_LETTERS)


def with_soft_hyphens(drafts: Sequence[DraftLine]) -> list[DraftLine]:
    r"""Put back the letter «ư» of text typed for TCVN3 fonts: it is a soft hyphen there, and PDFs make it a hyphen.

    Examples
    --------
    >>> line = "nghiªn cøu chÕ biÕn d-îc liÖu vµ l-u gi÷ nguån gen - giai ®o¹n 2"
    >>> with_soft_hyphens([DraftLine(line)])[0].text
    'nghiªn cøu chÕ biÕn d\xadîc liÖu vµ l\xadu gi÷ nguån gen - giai ®o¹n 2'
    """
    text = "\n".join(draft.text for draft in drafts)
    if "-" not in text or not _TCVN3_SIGNS.search(text) or decode_lines(text)[1] != "tcvn3":
        return list(drafts)
    return [dataclasses.replace(draft, text=_WITH_HYPHEN.sub(_softened, draft.text)) for draft in drafts]


def _softened(found: re.Match[str]) -> str:
    word = found[0].replace("-", "\u00ad")
    return word if len(word) > 1 and is_syllable(decode_legacy(word, "tcvn3").lower()) else found[0]
