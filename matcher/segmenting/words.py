"""The records of segmentation; every offset counts code points of the text that was given."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from matcher.records import Span


class WordKind(StrEnum):
    """What a word is to the comparison of two texts; only `CONTENT` speaks."""

    CONTENT = "content"
    BOILERPLATE = "boilerplate"  # administrative wording that fits any task
    PLACE = "place"
    STOP = "stop"
    NUMBER = "number"
    PUNCTUATION = "punctuation"


class PlaceLevel(StrEnum):
    """The level of a place name (cấp hành chính), from the widest to the narrowest."""

    COUNTRY = "country"
    REGION = "region"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


@dataclass(frozen=True, slots=True)
class Word:
    """A word (từ) of a text: `text` is the stretch `[start, end)` of it."""

    text: str
    start: int
    end: int
    kind: WordKind


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """A place name (địa danh) in a text, its prefix («huyện», «tỉnh») included.

    `name` is the short official name without prefix; `province` the short name of its province, "" where the text
    leaves it open or the place is a region.
    """

    start: int
    end: int
    name: str
    level: PlaceLevel
    province: str


@dataclass(frozen=True, slots=True)
class ObjectSpan:
    """What a task works on (đối tượng nghiên cứu): `text` as written, `key` for comparison, `kind` of object."""

    start: int
    end: int
    text: str
    key: str
    kind: str


@dataclass(frozen=True, slots=True)
class MaskedText:
    """A text with stretches taken out; `offsets[i]` is where the i-th code point of `text` stood before."""

    text: str
    offsets: tuple[int, ...]

    def original(self, start: int, end: int) -> Span:
        """Return the span of the original text behind `[start, end)` of the masked text.

        Raises
        ------
        IndexError
            Where the span is empty or reaches outside the masked text.
        """
        if not 0 <= start < end <= len(self.offsets):
            raise IndexError(f"span [{start}, {end}) of a text of {len(self.offsets)} code points")
        return Span(self.offsets[start], self.offsets[end - 1] + 1)
