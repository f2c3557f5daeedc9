"""The Unigram vocabulary: its trimming to Vietnamese and Latin text, and the tokenizer made of it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from typing import Any

META = "▁"
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_VIETNAMESE = frozenset(unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in _TONES) | {
    "đ"
}
_WESTERN = frozenset("äöüßçñåøæœïëèéêîôûàâìòùíóúýãõ")

# The map of XLM-RoBERTa's SentencePiece model: NFKC, some controls dropped, others and invisible signs made a space.
_DROPPED = r"[\x01-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]"
_SPACES = r"[\t\n\f\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]"


def is_kept(piece: str) -> bool:
    """Say whether the trimmed vocabulary keeps a piece.

    Kept are the special tokens; pieces made of ASCII, Vietnamese and western European letters, digits, punctuation
    and symbols of any kind; and every single Latin or Greek letter. A word of kept letters can only be cut into
    kept pieces, so its segmentation and its vectors are those of the whole vocabulary.
    """
    if piece in SPECIAL:
        return True
    body = piece.replace(META, "")
    if len(body) == 1 and unicodedata.name(body, "").startswith(("LATIN", "GREEK", "COMBINING")):
        return True
    return all(_common(letter) for letter in body)


def trim(pieces: Sequence[str]) -> list[int]:
    """Return the ids, ascending, of the pieces that the trimmed vocabulary keeps."""
    return [at for at, piece in enumerate(pieces) if is_kept(piece)]


def tokenizer_json(pieces: Sequence[str], scores: Sequence[float], *, max_tokens: int) -> str:
    """Return a `tokenizers` file of the Unigram vocabulary, as XLM-RoBERTa's, with `<s>` and `</s>` around a text."""
    from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    vocabulary = [(piece, float(score)) for piece, score in zip(pieces, scores, strict=True)]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=pieces.index("<unk>"), byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_DROPPED), ""),
            normalizers.Replace(Regex(_SPACES), " "),
            normalizers.NFKC(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.WhitespaceSplit(),
            pre_tokenizers.Metaspace(replacement=META, prepend_scheme="always"),
        ]
    )
    start, end = pieces.index("<s>"), pieces.index("</s>")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", start), ("</s>", end)]
    )
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in SPECIAL])
    tokenizer.enable_truncation(max_tokens)
    compact: dict[str, Any] = json.loads(tokenizer.to_str())
    return json.dumps(compact, ensure_ascii=False, separators=(",", ":")) + "\n"


def _common(letter: str) -> bool:
    if letter.isascii() or letter.lower() in _VIETNAMESE or letter.lower() in _WESTERN:
        return True
    return unicodedata.category(letter)[0] in "NPSZ"
