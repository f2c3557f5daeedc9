"""`Segmenter`: words with their kinds, masked text, places, boilerplate; each text is analysed once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from matcher.records import Span
from matcher.segmenting.boilerplate import find_boilerplate
from matcher.segmenting.crf import CrfTagger
from matcher.segmenting.masking import mask
from matcher.segmenting.objects import find_method, find_objects, known_names, product_names
from matcher.segmenting.places import find_places
from matcher.segmenting.tables import abbreviations, stop_words
from matcher.segmenting.tokens import Token, TokenisedText, phrase_key
from matcher.segmenting.words import MaskedText, ObjectSpan, PlaceSpan, Word, WordKind
from matcher.text import unify_tones

_SENTENCE_ENDS = frozenset((".", ";", "!", "?", "…"))


@dataclass(frozen=True)
class _Analysis:
    """What is known of one text without the word segmenter."""

    tokenised: TokenisedText

    @cached_property
    def places(self) -> tuple[PlaceSpan, ...]:
        return find_places(self.tokenised, product_names())

    @cached_property
    def boilerplate(self) -> tuple[Span, ...]:
        return find_boilerplate(self.tokenised, self.in_place)

    @cached_property
    def in_place(self) -> list[bool]:
        return _covered(self.tokenised.tokens, self.places)

    @cached_property
    def in_boilerplate(self) -> list[bool]:
        return _covered(self.tokenised.tokens, self.boilerplate)

    def masked(self, places: bool, boilerplate: bool) -> MaskedText:
        nothing = [False] * len(self.tokenised.tokens)
        in_place = self.in_place if places else nothing
        in_boilerplate = self.in_boilerplate if boilerplate else nothing
        hidden = [place or wording for place, wording in zip(in_place, in_boilerplate, strict=True)]
        return mask(self.tokenised, hidden, in_place)


class Segmenter:
    """Cuts Vietnamese text into words and says which of them carry meaning.

    Texts should be normalised (`matcher.text.normalize`); any text is accepted. Nothing is loaded before the first
    call. One segmenter may be used from several threads.

    Parameters
    ----------
    cache_size : int
        How many texts are remembered.

    Examples
    --------
    >>> segmenter = Segmenter()
    >>> segmenter.words("Ứng dụng KH&CN nhân giống na tại huyện Chi Lăng, tỉnh Lạng Sơn")
    ('nhân_giống', 'na')
    """

    def __init__(self, cache_size: int = 8192) -> None:
        self._tagger = CrfTagger()
        self._analysis = lru_cache(maxsize=cache_size)(_analysed)
        self._joined = lru_cache(maxsize=cache_size)(self._joins)
        self._segmented = lru_cache(maxsize=cache_size)(self._segment)
        self._expanded = lru_cache(maxsize=1024)(self._expansion)

    # ---------------------------------------------------------------------------------- words

    def segment(self, text: str) -> tuple[Word, ...]:
        """Return the words of a text in order; they cover every character but white space."""
        return self._segmented(text)

    def segment_all(self, texts: Iterable[str]) -> list[tuple[Word, ...]]:
        """Return the words of each text, in the order given; equal texts are segmented once."""
        return [self._segmented(text) for text in texts]

    def words(self, text: str) -> tuple[str, ...]:
        """Return the comparison keys of the words that carry meaning, compounds joined by «_».

        Abbreviations of the table are written out («CNSH» → «công_nghệ», «sinh_học»).
        """
        keys: list[str] = []
        for word in self._segmented(text):
            if word.kind is WordKind.CONTENT:
                keys += self._expanded(word.text)
        return tuple(keys)

    def words_all(self, texts: Iterable[str]) -> list[tuple[str, ...]]:
        """Return `words` of each text, in the order given."""
        return [self.words(text) for text in texts]

    # ---------------------------------------------------------------------------------- what words are about

    def masked(self, text: str, *, places: bool = True, boilerplate: bool = True) -> MaskedText:
        """Return a text without its place names and administrative wording, for an encoder to read.

        Where nothing would be left the text comes back as it was; only an empty text gives an empty one.
        """
        return self._analysis(text).masked(places, boilerplate)

    def places(self, text: str) -> tuple[PlaceSpan, ...]:
        """Return the place names of a text, in order."""
        return self._analysis(text).places

    def boilerplate(self, text: str) -> tuple[Span, ...]:
        """Return the administrative wording of a text, in order."""
        return self._analysis(text).boilerplate

    def research_object(self, text: str) -> ObjectSpan | None:
        """Return what a task works on («lợn quay», «đái tháo đường») by its title; None where it is unclear."""
        return next(iter(self.research_objects(text)), None)

    def research_objects(self, text: str) -> tuple[ObjectSpan, ...]:
        """Return everything that a title names as its object, the first as in `research_object`."""
        analysis = self._analysis(text)
        return find_objects(analysis.tokenised, analysis.in_place, analysis.in_boilerplate, self._joined(text))

    def method(self, text: str) -> str | None:
        """Return the kind of work («brand», «breeding», «survey»…) by the cues of `methods.tsv`, None without any."""
        return find_method(self._analysis(text).tokenised)

    # ---------------------------------------------------------------------------------- inside

    def _segment(self, text: str) -> tuple[Word, ...]:
        analysis = self._analysis(text)
        tokens = analysis.tokenised.tokens
        joins = self._joined(text)
        words: list[Word] = []
        first = 0
        for index in range(1, len(tokens) + 1):
            if index == len(tokens) or not joins[index]:
                start, end = tokens[first].start, tokens[index - 1].end
                words.append(Word(text[start:end], start, end, _kind(analysis, first, index)))
                first = index
        return tuple(words)

    def _joins(self, text: str) -> tuple[bool, ...]:
        """For each token, whether it goes on with the word before it."""
        analysis = self._analysis(text)
        tokenised = analysis.tokenised
        tokens = tokenised.tokens
        written = [unify_tones(token.text.lower() if tokenised.is_caseless else token.text) for token in tokens]
        joins = [mark for marks in self._tagger.continues(_sentences(written)) for mark in marks]
        for first, last in known_names(tokenised):
            joins[first:last] = [False] + [True] * (last - first - 1)
            joins[last : last + 1] = [False] * len(joins[last : last + 1])
        for index in range(1, len(tokens)):
            before, token = tokens[index - 1], tokens[index]
            joins[index] &= (
                _may_join(before, tokenised)
                and _may_join(token, tokenised)
                and analysis.in_place[index] == analysis.in_place[index - 1]
                and analysis.in_boilerplate[index] == analysis.in_boilerplate[index - 1]
            )
        return tuple(joins)

    def _expansion(self, word: str) -> tuple[str, ...]:
        """Return the keys of a word, of its expansion where it is an abbreviation."""
        full = abbreviations().get(word)
        if full is None:
            return (_joined_key(word),)
        meant = (WordKind.CONTENT, WordKind.BOILERPLATE)
        return tuple(_joined_key(part.text) for part in self._segmented(full) if part.kind in meant)


def _analysed(text: str) -> _Analysis:
    return _Analysis(TokenisedText(text, abbreviations()))


def _joined_key(word: str) -> str:
    return phrase_key(word).replace(" ", "_")


def _covered(tokens: Sequence[Token], spans: Sequence[Span | PlaceSpan]) -> list[bool]:
    """For each token, whether a span covers it; spans begin and end at tokens, in order."""
    covered = [False] * len(tokens)
    left = iter(spans)
    span = next(left, None)
    for index, token in enumerate(tokens):
        while span is not None and span.end <= token.start:
            span = next(left, None)
        covered[index] = span is not None and span.start <= token.start
    return covered


def _sentences(written: Sequence[str]) -> list[list[str]]:
    """Part tokens after the marks that end sentences."""
    sentences: list[list[str]] = [[]]
    for token in written:
        sentences[-1].append(token)
        if token in _SENTENCE_ENDS:
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


def _may_join(token: Token, tokenised: TokenisedText) -> bool:
    return token.is_word and not token.text[0].isdigit() and token.text not in tokenised.abbreviations


def _kind(analysis: _Analysis, first: int, last: int) -> WordKind:
    tokens = analysis.tokenised.tokens[first:last]
    if not any(token.is_word for token in tokens):
        return WordKind.PUNCTUATION
    if analysis.in_place[first]:
        return WordKind.PLACE
    if analysis.in_boilerplate[first]:
        return WordKind.BOILERPLATE
    if all(token.text[0].isdigit() and (token.text.isnumeric() or not token.text.isalnum()) for token in tokens):
        return WordKind.NUMBER
    tokenised = analysis.tokenised
    if " ".join(tokenised.key(index) for index in range(first, last)) in stop_words(tokenised.is_bare):
        return WordKind.STOP
    return WordKind.CONTENT
