"""What an encoder is: texts in, unit vectors out, one text never touching another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

#: Which side of a match a text stands on; a model may want another prompt for each.
Role = Literal["proposal", "orientation"]
ROLES: tuple[Role, ...] = ("proposal", "orientation")

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """The vectors of a text's tokens in their context, without the prompt's and the special tokens.

    Attributes
    ----------
    offsets : tuple of (int, int)
        `[start, end)` of each token in the text, in code points.
    vectors : ndarray of float32, shape (tokens, dimension)
        The last layer's vectors; not normalised.
    """

    offsets: tuple[tuple[int, int], ...]
    vectors: Vectors


@runtime_checkable
class Encoder(Protocol):
    """Turns texts into vectors.

    Every encoder promises that the vector of a text is the same, bit for bit, whichever other texts stand in the
    call, in whatever order. `fingerprint` names weights, tokenizer, prompts and number type: vectors of encoders
    with the same fingerprint may be compared and kept together.
    """

    @property
    def name(self) -> str:
        """The name under which the model was asked for."""
        ...

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        ...

    @property
    def fingerprint(self) -> str:
        """A hash of everything that shapes the vectors."""
        ...

    def encode(self, texts: Sequence[str], *, role: Role = "proposal") -> Vectors:
        """Return float32 vectors of length 1, shape (len(texts), dimension)."""
        ...

    def token_vectors(self, text: str, *, role: Role = "proposal") -> TokenVectors:
        """Return the vectors of the tokens of one text, for explanation."""
        ...


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What is known of a model without loading it (`model.toml`)."""

    name: str
    version: str
    base: str
    licence: str
    description: str
    folder: Path
    dimension: int
    max_tokens: int
    prompts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    sha256: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    size: int = 0
    fingerprint: str = ""
    under: ModelCard | None = None  # the model that this one, an adapter, changes some weights of

    @property
    def megabytes(self) -> float:
        """Size on disk, in millions of bytes."""
        return self.size / 1e6


def text_tokens(
    offsets: Sequence[tuple[int, int]], special: Sequence[int], prompt: int
) -> tuple[list[int], tuple[tuple[int, int], ...]]:
    """Choose the tokens that stand for words of a text, given the spans of all tokens in prompt and text.

    Left out are special tokens, the prompt's, and the bare word mark «▁», whose span is its neighbour's first letter.

    Returns
    -------
    kept : list of int
        Indices of the tokens.
    spans : tuple of (int, int)
        Their spans in the text.
    """
    moved = [(start - prompt, end - prompt) for start, end in offsets]
    following = [*moved[1:], (-1, -1)]
    kept = [
        index
        for index, ((start, end), (next_start, next_end)) in enumerate(zip(moved, following, strict=True))
        if not special[index] and 0 <= start < end and not (start == next_start and end <= next_end)
    ]
    return kept, tuple(moved[index] for index in kept)


def printable(text: str) -> str:
    """Replace lone surrogates, which no tokenizer takes, by «?»; the length in code points stays."""
    return text.encode("utf-8", "replace").decode("utf-8")
