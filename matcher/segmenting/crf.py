"""underthesea's word segmenter: its conditional random field, its features and its dictionary.

`import underthesea` imports torch and transformers for translators and agents (two to four seconds). The segmenter
itself is `underthesea_core`, a small compiled library, and three files of the package: they are used directly.
"""

from __future__ import annotations

import importlib
import pickle
import threading
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from matcher.errors import MissingDependencyError

_MODEL = Path("pipeline", "word_tokenize", "models", "ws_crf_vlsp2013_20230727")
_PICKLED = b"\x80"
_LONGEST_WORD = 6
_LONGEST = 400  # tokens in one go; the features reach two tokens to either side


def underthesea_file(relative: Path) -> Path:
    """Return a file of the installed underthesea package without importing it.

    Raises
    ------
    MissingDependencyError
        Where underthesea is not installed or lacks the file.
    """
    spec = find_spec("underthesea")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        file = Path(place) / relative
        if file.exists():
            return file
    raise MissingDependencyError(
        f"underthesea, or its file {relative.as_posix()}, is not installed",
        cure="pip install 'underthesea>=9.2'",
    )


def _unpickled(file: Path) -> Any:  # noqa: ANN401
    """Read what joblib wrote: a plain pickle, which needs no joblib (a fifth of a second), unless compressed."""
    with file.open("rb") as stream:
        if stream.read(1) == _PICKLED:
            stream.seek(0)
            return pickle.load(stream)
    return importlib.import_module("joblib").load(file)


class CrfTagger:
    """Tells for each token whether it goes on with the word before it; loaded on first use, safe among threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tagger: Any = None
        self._featurizer: Any = None
        self._dictionary: frozenset[str] = frozenset()

    def continues(self, sentences: Sequence[Sequence[str]]) -> list[list[bool]]:
        """Return for every token of every sentence whether it continues a word; the first never does."""
        with self._lock:
            self._load()
            return [self._parted(sentence, self._tag(sentence)) for sentence in sentences]

    def _load(self) -> None:
        if self._tagger is not None:
            return
        folder = underthesea_file(_MODEL)
        core = importlib.import_module("underthesea_core")
        tagger = core.CRFTagger()
        tagger.load(str(folder / "models.bin"))
        features = _unpickled(folder / "features.bin")
        dictionary = _unpickled(folder / "dictionary.bin")
        self._dictionary = frozenset(dictionary)
        self._featurizer = core.CRFFeaturizer(features, dictionary)
        self._tagger = tagger

    def _tag(self, sentence: Sequence[str]) -> list[bool]:
        marks: list[bool] = []
        for start in range(0, len(sentence), _LONGEST):
            # The library takes no lone surrogates.
            written = (token.encode("utf-8", "replace").decode() for token in sentence[start : start + _LONGEST])
            piece = [[token] for token in written]
            tags = self._tagger.tag(self._featurizer.process([piece])[0])
            marks += [tag == "I-W" for tag in tags]
        if marks:
            marks[0] = False
        return marks

    def _parted(self, sentence: Sequence[str], marks: list[bool]) -> list[bool]:
        """Part long words that the dictionary lacks: «nhân giống na» is «nhân giống» and «na».

        The field glues three syllables and more that often stand together in the news it was trained on. Names,
        told by a capital, stay as they are.
        """
        marks = list(marks)
        start = 0
        for end in range(1, len(sentence) + 1):
            if end < len(sentence) and marks[end]:
                continue
            if end - start > 2 and not any(token[:1].isupper() for token in sentence[start + 1 : end]):
                self._part(sentence, marks, start, end)
            start = end
        return marks

    def _part(self, sentence: Sequence[str], marks: list[bool], start: int, end: int) -> None:
        """Cut `[start, end)` into the longest words of the dictionary, from the left."""
        while start < end:
            longest = next(
                (
                    last
                    for last in range(min(end, start + _LONGEST_WORD), start + 1, -1)
                    if self._is_word(sentence[start:last])
                ),
                start + 1,
            )
            marks[start] = False
            marks[start + 1 : longest] = [True] * (longest - start - 1)
            start = longest

    def _is_word(self, tokens: Sequence[str]) -> bool:
        return " ".join(tokens).lower() in self._dictionary
