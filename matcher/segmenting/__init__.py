"""Text → words with their kinds, administrative boilerplate, place names, and what a task works on."""

from matcher.segmenting.segmenter import Segmenter
from matcher.segmenting.words import MaskedText, ObjectSpan, PlaceLevel, PlaceSpan, Word, WordKind

__all__ = [
    "MaskedText",
    "ObjectSpan",
    "PlaceLevel",
    "PlaceSpan",
    "Segmenter",
    "Word",
    "WordKind",
]
