"""Text → tokens (syllables, numbers, marks) with offsets, and the line of keys that phrases are found in.

Tokens are cut much as underthesea's CRF was trained to see them, but they keep their offsets, and a hyphen between
ordinary syllables («kinh tế-xã hội») parts them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from matcher.text import comparison_key, strip_diacritics

_LETTER = r"(?:[^\W_]|[\u0300-\u036f])"
# The repetitions are bounded so that no hostile text makes the pattern slow.
_TOKEN = re.compile(
    rf"""
    (?:https?://|www\.)[^\s<>«»“”"]{{1,500}}
  | [\w.+-]{{1,64}}@[\w-]{{1,64}}(?:\.[\w-]{{1,64}}){{1,8}}
  | \d{{1,5}}/(?=[\dA-Z&-]{{0,12}}[A-ZĐƯ])[\dA-ZĐƯ&]{{1,20}}(?:-[\dA-ZĐƯ&]{{1,20}})*   # 164/KH-UBND
  | \d{{1,2}}/\d{{1,2}}/\d{{2,4}} | \d{{1,2}}/\d{{4}}
  | \d{{1,30}}(?:[.,]\d{{1,30}})*(?!\w)
  | [A-ZĐ]{{1,20}}(?:&[A-ZĐ]{{1,20}})+
  | (?=[\d-]{{0,20}}[A-ZĐ])[A-ZĐ\d]{{1,20}}(?:-[A-ZĐ\d]{{1,20}})+(?!\w)                # COVID-19, KT-XH
  | {_LETTER}+(?:['’]{_LETTER}+)*
  | \.{{2,}} | \S
    """,
    re.VERBOSE,
)
#: Marks that a phrase may run over: «Nghiên cứu, ứng dụng», «kinh tế - xã hội».
_LIGHT = frozenset(",-–—/&\"'“”‘’«»*•_")


@dataclass(frozen=True, slots=True)
class Token:
    """A syllable, number or mark; `key` is what comparisons see."""

    text: str
    start: int
    end: int
    key: str
    is_word: bool
    is_capital: bool


@lru_cache(maxsize=65536)
def key_of(token: str) -> str:
    """Return the comparison key of one token, without spaces and never empty."""
    return "".join(comparison_key(token).split()) or token


@lru_cache(maxsize=65536)
def bare_key(key: str) -> str:
    """Return a comparison key without diacritics."""
    return strip_diacritics(key)


def phrase_key(phrase: str) -> str:
    """Return the keys of a phrase's words joined by spaces; marks are dropped."""
    return " ".join(token.key for token in tokens_of(phrase) if token.is_word)


def tokens_of(text: str) -> tuple[Token, ...]:
    """Cut a text into tokens that cover every character but white space."""
    tokens = []
    for match in _TOKEN.finditer(text):
        token = match.group()
        is_word = token.isalnum() or any(char.isalnum() for char in token)
        tokens.append(Token(token, match.start(), match.end(), key_of(token), is_word, token[:1].isupper()))
    return tuple(tokens)


class TokenisedText:
    """A text, its tokens, and what phrases and names need to know of the text as a whole.

    Parameters
    ----------
    text : str
        Normalised text.
    abbreviations : mapping of str to str
        Expansions by the abbreviation as written; they take part in phrases, not in the tokens.
    """

    def __init__(self, text: str, abbreviations: Mapping[str, str]) -> None:
        self.text = text
        self.tokens = tokens_of(text)
        self.abbreviations = abbreviations

    @cached_property
    def is_bare(self) -> bool:
        """Whether a text of some length has no diacritics at all, so that names must be compared without."""
        keys = [token.key for token in self.tokens if token.key.isalpha()]
        return len(keys) >= 4 and all(key.isascii() for key in keys)

    @cached_property
    def is_caseless(self) -> bool:
        """Whether capitals tell nothing: none but the first word's, or nearly every syllable has one."""
        letters = [token for token in self.tokens if token.text[:1].isalpha()]
        capitals = sum(token.is_capital for token in letters)
        names = any(token.is_capital and not token.text[1:].isupper() for token in letters[1:])
        every = len(letters) >= 6 and capitals == len(letters)
        return not names or every or (len(letters) >= 10 and capitals >= 0.8 * len(letters))

    def key(self, index: int) -> str:
        """Return the key of a token, without diacritics where the text has none."""
        key = self.tokens[index].key
        return bare_key(key) if self.is_bare else key

    @cached_property
    def line(self) -> KeyLine:
        """The keys in one string, to match phrases against."""
        return KeyLine(self)


class KeyLine:
    """Keys of tokens, each followed by a space, light marks left out, with the way back to the tokens."""

    def __init__(self, tokenised: TokenisedText) -> None:
        self._starts: list[int] = []
        self._tokens: list[int] = []
        parts: list[str] = []
        length = 0
        for index, token in enumerate(tokenised.tokens):
            if token.text in _LIGHT:
                continue
            expansion = tokenised.abbreviations.get(token.text)
            for key in phrase_key(expansion).split() if expansion else (tokenised.key(index),):
                self._starts.append(length)
                self._tokens.append(index)
                parts.append(key)
                length += len(key) + 1
        self.text = " ".join(parts) + " "

    def position(self, token: int) -> int | None:
        """Return where the key of a token, or of the next that has one, begins; None at the end."""
        place = bisect_left(self._tokens, token)
        return self._starts[place] if place < len(self._starts) else None

    def token_range(self, start: int, end: int) -> tuple[int, int]:
        """Return the tokens `[first, last)` behind a match on whole keys."""
        return self._tokens[bisect_left(self._starts, start)], self._tokens[bisect_left(self._starts, end) - 1] + 1


class KeySet:
    """A closed set of words, compared without diacritics in texts that have none.

    Parameters
    ----------
    words : iterable of str
        Words of one token each, or marks.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._keys = frozenset(key_of(word) for word in words)
        self._bare = frozenset(bare_key(key) for key in self._keys)

    def has(self, tokenised: TokenisedText, index: int) -> bool:
        """Whether the token at `index` is one of the words; False outside the text."""
        if not 0 <= index < len(tokenised.tokens):
            return False
        return tokenised.key(index) in (self._bare if tokenised.is_bare else self._keys)
