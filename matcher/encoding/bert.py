"""The encoder for packed models: its own forward pass, so that it starts in a second and never mixes texts."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from matcher.encoding.base import ModelCard, Role, TokenVectors, Vectors, printable, text_tokens
from matcher.encoding.bundled import TOKENIZER
from matcher.encoding.expanding import expand
from matcher.encoding.transformer import BUDGET, Transformer, load_transformer
from matcher.errors import ModelError

logger = logging.getLogger(__name__)


class BertEncoder:
    """A packed model of `models/`, or of any folder that `pack_model` wrote.

    Texts beyond the model's 512 tokens are cut, as sentence-transformers does.

    Parameters
    ----------
    card : ModelCard
        Of the packed folder.
    tokenizer : tokenizers.Tokenizer
        Cutting at the model's length.
    transformer : Transformer
        The layers.
    """

    def __init__(self, card: ModelCard, tokenizer: Any, transformer: Transformer) -> None:  # noqa: ANN401
        self.card = card
        self.name = card.name
        self.fingerprint = card.fingerprint
        self.dimension = transformer.dimension
        self._tokenizer = tokenizer
        self._transformer = transformer
        self._alone: bool | None = None

    @property
    def alone(self) -> bool:
        """Whether each text gets a pass of its own; settled by the machine's arithmetic when first asked for."""
        if self._alone is None:
            self._alone = not self._transformer.same_everywhere()
            if self._alone:
                logger.info("this machine's arithmetic depends on a row's place: texts are encoded one at a time")
        return self._alone

    @alone.setter
    def alone(self, alone: bool) -> None:
        self._alone = alone

    @classmethod
    def from_packed(cls, card: ModelCard, cache: Path) -> BertEncoder:
        """Expand the model into the cache, unless it is there, and load it."""
        folder = expand(card, cache)
        # First what leaves other threads free to import torch: see `load_cached_encoders`.
        tokenizer_of(folder, card, min(card.max_tokens, BUDGET))
        transformer = load_transformer(folder)
        if transformer.dimension != card.dimension:
            raise ModelError(
                f"the weights have {transformer.dimension} dimensions, the card says {card.dimension}",
                file=card.folder,
                cure="Pack the model again.",
            )
        return cls(card, tokenizer_of(folder, card, min(card.max_tokens, transformer.max_tokens)), transformer)

    def encode(self, texts: Sequence[str], *, role: Role = "proposal") -> Vectors:
        """Return float32 vectors of length 1, shape (len(texts), dimension)."""
        prompt = self.card.prompts.get(role, "")
        tokens = [self._tokenizer.encode(prompt + printable(text)).ids for text in texts]
        return self._transformer.pooled(tokens, alone=self.alone)

    def token_vectors(self, text: str, *, role: Role = "proposal") -> TokenVectors:
        """Return the vectors of the tokens of one text, for explanation."""
        prompt = self.card.prompts.get(role, "")
        encoding = self._tokenizer.encode(prompt + printable(text))
        hidden = self._transformer.hidden(encoding.ids)
        kept, spans = text_tokens(encoding.offsets, encoding.special_tokens_mask, len(prompt))
        return TokenVectors(spans, np.ascontiguousarray(hidden[kept]))


#: Tokenizers of this process by the hash of their file and by length: an adapter's is its model's, and slow to read.
_TOKENIZERS: dict[tuple[str, int], Any] = {}
_READING = threading.Lock()


def tokenizer_of(folder: Path, card: ModelCard, length: int) -> Any:  # noqa: ANN401
    """Return the tokenizer of an expanded model, cutting at a length."""
    from tokenizers import Tokenizer

    owner = card.under or card
    key = (owner.sha256[TOKENIZER], length)
    with _READING:
        if key not in _TOKENIZERS:
            tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            tokenizer.encode_special_tokens = True  # «</s>» in a proposal is text, not the end of it
            tokenizer.enable_truncation(length)
            _TOKENIZERS[key] = tokenizer
        return _TOKENIZERS[key]
