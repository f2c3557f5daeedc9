"""The only place that touches Unicode: normal forms, tones, syllables, spacing, legacy encodings.

The usual order for a text file is `decode_bytes`, `normalize`, `repair_spacing`; for text that came out of a DOCX
or PDF, `decode_lines` (legacy fonts), `normalize`, `repair_spacing`.
"""

from matcher.text.decoding import DecodedText, decode_bytes, repair_mojibake
from matcher.text.diacritics import restore_diacritics
from matcher.text.legacy import Legacy, decode_legacy, decode_lines, detect_legacy
from matcher.text.normal import normalize, normalize_with_offsets, sentence_case
from matcher.text.offsets import Normalized
from matcher.text.spacing import repair_spacing, repair_spacing_with_offsets
from matcher.text.syllables import is_syllable, syllables
from matcher.text.tones import comparison_key, has_diacritics, plain_key, strip_diacritics, unify_tones

__all__ = [
    "DecodedText",
    "Legacy",
    "Normalized",
    "comparison_key",
    "decode_bytes",
    "decode_legacy",
    "decode_lines",
    "detect_legacy",
    "has_diacritics",
    "is_syllable",
    "normalize",
    "normalize_with_offsets",
    "plain_key",
    "repair_mojibake",
    "repair_spacing",
    "repair_spacing_with_offsets",
    "restore_diacritics",
    "sentence_case",
    "strip_diacritics",
    "syllables",
    "unify_tones",
]
