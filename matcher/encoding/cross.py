"""Two texts read together by one transformer: a cross-encoder (Nogueira & Cho, 2019; Humeau et al., 2020).

Where an encoder gives each text a vector of its own, here every word of one text sees every word of the other, so that
«bóng chuyền nữ» against «bóng đá nữ» weighs more than all that two templates share. It costs a pass for each pair, and
so reads only what a search by vectors has found.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.encoding.base import ModelCard, Role, TokenVectors, Vectors, printable
from matcher.encoding.bert import tokenizer_of
from matcher.encoding.bundled import EXPANDED_WEIGHTS
from matcher.encoding.expanding import expand
from matcher.encoding.transformer import Transformer, load_transformer
from matcher.errors import ModelError

Floats = NDArray[np.float64]

#: Tokens that are read of each text.
SIDE_TOKENS = 100
#: The head's weights, beside those of the layers: shapes (3 * d + 1, outputs) and (outputs,).
HEAD, SHIFT = "head.weight", "head.bias"
#: Length of the two mean vectors that the head sees.
MEAN_LENGTH = 8.0
#: Stands between two texts that travel as one.
_BETWEEN = "\x1e"
_END_ID = 2


class CrossEncoder:
    """Reads pairs of texts; symmetric, and a pair's outputs are the same whichever pairs are read beside it.

    It can be cached as an encoder: the «text» of a pair is `joined`, its «vector» the outputs.

    Parameters
    ----------
    card : ModelCard
        Of the packed folder.
    tokenizer : tokenizers.Tokenizer
        Cutting at `SIDE_TOKENS`.
    transformer : Transformer
        The layers.
    head : ndarray of float32, shape (3 * d + 1, outputs)
        Weights over what two mean vectors have apart, in common and together, and their cosine.
    shift : ndarray of float32, shape (outputs,)
        Its bias.
    """

    def __init__(
        self,
        card: ModelCard,
        tokenizer: Any,  # noqa: ANN401
        transformer: Transformer,
        head: NDArray[np.float32],
        shift: NDArray[np.float32],
    ) -> None:
        self.card = card
        self.name = card.name
        self.fingerprint = card.fingerprint
        self.dimension = len(shift)
        self.alone: bool | None = None
        self._tokenizer = tokenizer
        self._transformer = transformer
        self._head, self._shift = head, shift

    @classmethod
    def from_packed(cls, card: ModelCard, cache: Path) -> CrossEncoder:
        """Expand the model into the cache, unless it is there, and load it.

        Raises
        ------
        ModelError
            If it has no head: it is an encoder.
        """
        from safetensors import safe_open

        folder = expand(card, cache)
        with safe_open(folder / EXPANDED_WEIGHTS, "numpy") as stored:
            if not {HEAD, SHIFT} <= set(stored.keys()):
                raise ModelError(
                    "the model does not read pairs", file=card.folder, cure="Train it with: matcher train --pairs."
                )
            head, shift = stored.get_tensor(HEAD), stored.get_tensor(SHIFT)
        return cls(card, tokenizer_of(folder, card, SIDE_TOKENS), load_transformer(folder), head, shift)

    def read(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """Return the outputs of pairs of texts, shape (pairs, outputs): the mean over both orders."""
        return self.encode([joined(one, two) for one, two in pairs]).astype(np.float64)

    def encode(self, texts: Sequence[str], *, role: Role = "proposal") -> Vectors:
        """Return the outputs of pairs that `joined` made, shape (pairs, outputs)."""
        if self.alone is None:
            self.alone = not self._transformer.same_everywhere()
        prompt = self.card.prompts.get(role, "")
        sides = [text.split(_BETWEEN) for text in texts]
        known = {side: self._tokenizer.encode(prompt + printable(side)).ids for two in sides for side in two}
        ordered = [two for one in sides for two in (one, one[::-1])]
        # The second text begins with the mark that ends a text, where a text by itself begins with another.
        tokens = [(known[one], [_END_ID, *known[two][1:]]) for one, two in ordered]
        seen = features(self._transformer.paired(tokens, alone=self.alone))
        outputs = seen @ self._head + self._shift
        return np.asarray((outputs[0::2] + outputs[1::2]) / 2, np.float32)

    def token_vectors(self, text: str, *, role: Role = "proposal") -> TokenVectors:
        """Refuse: words of a pair have no vectors of their own.

        Raises
        ------
        ModelError
            Always.
        """
        raise ModelError("a model of pairs has no vectors of words", cure=f"Ask an encoder for {role} texts.")


def joined(one: str, two: str) -> str:
    """Return two texts as one, the same in whichever order they come."""
    first, second = sorted(text.replace(_BETWEEN, " ") for text in (one, two))
    return f"{first}{_BETWEEN}{second}"


def features(means: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what the head sees of pairs of unit vectors, shape (pairs, 2, d) → (pairs, 3 * d + 1)."""
    one, two = means[:, 0] * MEAN_LENGTH, means[:, 1] * MEAN_LENGTH
    cosine = (one * two).sum(axis=1, keepdims=True) / MEAN_LENGTH
    return np.concatenate([np.abs(one - two), one * two, one + two, cosine], axis=1).astype(np.float32)
