"""What the search for duplicates knows of one text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.text import strip_diacritics


@dataclass(frozen=True)
class Profile:
    """What is compared of one proposal or past task; "" or nothing where it is not known.

    Attributes
    ----------
    id : str
        Of the proposal or task.
    key : str
        The title's comparison key without punctuation: equal keys are one text written twice.
    words, text_words : frozenset of str
        Content words of the title, and of objective, contents and results together.
    object, method : str
        What the work is about, and the kind of work.
    places : frozenset of str
        Places that the title names.
    organisation : str
        Comparison key of the organisation.
    year : int, optional
        Of the round or the task.
    earlier : str, optional
        Comparison key of the earlier task that the text says it continues; "" where it names none.
    title_vector, vector : ndarray of float32, shape (d,)
        Unit vectors of the title alone, and of the title with what else is told; equal where nothing is.
    text : str
        Title with what else is told, as `vector` was made of it.
    """

    id: str
    key: str
    words: frozenset[str]
    object: str
    method: str
    places: frozenset[str]
    vector: NDArray[np.float32]
    title_vector: NDArray[np.float32]
    text_words: frozenset[str] = frozenset()
    organisation: str = ""
    year: int | None = None
    earlier: str | None = None
    text: str = ""

    @cached_property
    def bare(self) -> str:
        """The key without diacritics."""
        return strip_diacritics(self.key)
