"""The cross-encoder in training: two texts through the layers together, a head over their means."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from matcher.encoding.cross import HEAD, MEAN_LENGTH, SHIFT, SIDE_TOKENS
from matcher.training.tower import Tower

if TYPE_CHECKING:
    import torch

_END_ID = 2
_DIFFERENCE, _FEATURES = 0.02, 3


class CrossTower(Tower):
    """Pairs of texts to outputs, differentiable in the upper layers and the head (`matcher.encoding.cross`).

    Parameters
    ----------
    folder, frozen, dropout
        As for `Tower`.
    prompt : str
        What stands before a text.
    outputs : int
        How many numbers are said of a pair.
    """

    def __init__(self, folder: Path, prompt: str, *, frozen: int, outputs: int, dropout: float = 0.0) -> None:
        import torch

        super().__init__(folder, {"": prompt}, frozen=frozen, max_tokens=SIDE_TOKENS, dropout=dropout)
        size = self._state["embeddings.word_embeddings.weight"].shape[1]
        head = torch.zeros(_FEATURES * size + 1, outputs)
        head[:-1].normal_(0, _DIFFERENCE)
        self.head = [head.requires_grad_(True), torch.zeros(outputs, requires_grad=True)]
        self._ids: dict[str, list[int]] = {}

    def learned(self) -> dict[str, NDArray[np.float32]]:
        """Return the weights that learned, those of the head among them."""
        head = {
            name: each.detach().numpy().astype(np.float32) for name, each in zip((HEAD, SHIFT), self.head, strict=True)
        }
        return super().learned() | head

    def outputs(self, pairs: Sequence[tuple[str, str]]) -> torch.Tensor:
        """Return what is said of pairs of texts, shape (pairs, outputs)."""
        import torch

        tokens = [(self._tokens(one), self._tokens(two)) for one, two in pairs]
        with torch.no_grad():
            rows, mask = self._embedded([[*one, _END_ID, *two[1:]] for one, two in tokens])
            for number in range(self._frozen):
                rows = self._layer(number, rows, mask)
        for number in range(self._frozen, self._layers):
            rows = self._layer(number, rows, mask)
        first = torch.arange(rows.shape[1])[None] < torch.tensor([[len(one)] for one, _ in tokens])
        one, two = (_mean(rows.float(), part) * MEAN_LENGTH for part in (first & mask, ~first & mask))
        cosine = (one * two).sum(1, keepdim=True) / MEAN_LENGTH
        weight, shift = self.head
        return torch.cat([(one - two).abs(), one * two, one + two, cosine], 1) @ weight + shift

    def _tokens(self, text: str) -> list[int]:
        if text not in self._ids:
            self._ids[text] = self._tokenizer.encode(self._prompts[""] + text).ids
        return self._ids[text]


def _mean(rows: torch.Tensor, part: torch.Tensor) -> torch.Tensor:
    """Return the unit means of some rows of each text, shapes (n, t, d) and (n, t) → (n, d)."""
    from torch.nn.functional import normalize

    weight = part[..., None].float()
    return normalize((rows * weight).sum(1) / weight.sum(1), dim=-1)
