"""The encoder in training: lower layers frozen and computed once, upper layers learning.

The layers are BERT's (Devlin et al., 2019) with mean pooling. Keeping the frozen layers' outputs makes a step cost
only the layers that learn; bfloat16 halves that again where the processor has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import torch

_AT_ONCE = 24
_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "o": "attention.output.dense",
    "n1": "attention.output.LayerNorm",
    "i": "intermediate.dense",
    "f": "output.dense",
    "n2": "output.LayerNorm",
}


class Tower:
    """Text to unit vectors, differentiable in its upper layers.

    Parameters
    ----------
    folder : Path
        An expanded model (a sentence-transformers folder of a BERT model).
    prompts : mapping of role to str
        What stands before a text.
    frozen : int
        Lower layers that do not learn.
    max_tokens : int
        Longer texts are cut.
    dropout : float
        Share of each layer's outputs left out where gradients are wanted.
    """

    def __init__(
        self, folder: Path, prompts: dict[str, str], *, frozen: int, max_tokens: int, dropout: float = 0.0
    ) -> None:
        import json

        from safetensors.torch import load_file
        from tokenizers import Tokenizer

        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self._layers, self._heads = int(config["num_hidden_layers"]), int(config["num_attention_heads"])
        self._epsilon = float(config["layer_norm_eps"])
        self._state = load_file(folder / "model.safetensors")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(max_tokens)
        self._prompts = prompts
        self._frozen = frozen
        self._dropout = dropout
        self._kept: dict[tuple[str, str], torch.Tensor] = {}
        for name in self.learning():
            self._state[name] = self._state[name].clone().requires_grad_(True)

    def learning(self) -> list[str]:
        """Return the names of the weights that learn."""
        upper = tuple(f"encoder.layer.{number}." for number in range(self._frozen, self._layers))
        return sorted(name for name in self._state if name.startswith(upper))

    def parameters(self) -> list[torch.Tensor]:
        """Return the weights that learn."""
        return [self._state[name] for name in self.learning()]

    def learned(self) -> dict[str, NDArray[np.float32]]:
        """Return the weights that learned, by name."""
        return {name: self._state[name].detach().numpy().astype(np.float32) for name in self.learning()}

    def keep(self, texts: Iterable[str], role: str) -> None:
        """Compute the frozen layers' outputs of texts, once."""
        import torch

        left = sorted({text for text in texts if (role, text) not in self._kept}, key=lambda text: (len(text), text))
        for at in range(0, len(left), _AT_ONCE):
            some = left[at : at + _AT_ONCE]
            tokens = [self._tokenizer.encode(self._prompts[role] + text).ids for text in some]
            with torch.no_grad():
                rows, mask = self._embedded(tokens)
                for number in range(self._frozen):
                    rows = self._layer(number, rows, mask)
            for text, hidden, present in zip(some, rows, mask, strict=True):
                self._kept[role, text] = hidden[present].to(torch.bfloat16).clone()

    def vectors(self, texts: Sequence[str], role: str) -> torch.Tensor:
        """Return unit vectors, shape (texts, dimension); texts must have been kept."""
        import torch
        from torch.nn.functional import normalize
        from torch.nn.utils.rnn import pad_sequence

        hidden = [self._kept[role, text] for text in texts]
        rows = pad_sequence(hidden, batch_first=True).float()
        lengths = torch.tensor([len(each) for each in hidden])
        mask = torch.arange(rows.shape[1])[None] < lengths[:, None]
        for number in range(self._frozen, self._layers):
            rows = self._layer(number, rows, mask)
        weight = mask[..., None].float()
        return normalize((rows.float() * weight).sum(1) / weight.sum(1), dim=-1)

    def _embedded(self, tokens: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
        import torch
        from torch.nn.functional import layer_norm

        longest = max(map(len, tokens))
        ids = torch.tensor([each + [1] * (longest - len(each)) for each in tokens])
        mask = torch.arange(longest)[None] < torch.tensor([[len(each)] for each in tokens])
        rows = (
            self._state["embeddings.word_embeddings.weight"][ids]
            + self._state["embeddings.position_embeddings.weight"][:longest]
            + self._state["embeddings.token_type_embeddings.weight"][0]
        )
        norm = (self._state["embeddings.LayerNorm.weight"], self._state["embeddings.LayerNorm.bias"])
        return layer_norm(rows, (rows.shape[-1],), *norm, self._epsilon), mask

    def _layer(self, number: int, rows: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        import torch
        from torch.nn import functional

        def pair(part: str) -> tuple[Any, Any]:
            at = f"encoder.layer.{number}.{_NAMES[part]}"
            return self._state[f"{at}.weight"], self._state[f"{at}.bias"]

        def dropped(values: torch.Tensor) -> torch.Tensor:
            return functional.dropout(values, self._dropout, torch.is_grad_enabled())

        count, length, size = rows.shape
        with torch.autocast("cpu", torch.bfloat16):
            shape = (count, length, self._heads, size // self._heads)
            query, key, value = (functional.linear(rows, *pair(part)).view(shape).transpose(1, 2) for part in "qkv")
            seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask[:, None, None, :])
            joined = dropped(functional.linear(seen.transpose(1, 2).reshape(count, length, size), *pair("o")))
            rows = functional.layer_norm(rows + joined, (size,), *pair("n1"), self._epsilon)
            wide = functional.gelu(functional.linear(rows, *pair("i")))
            joined = dropped(functional.linear(wide, *pair("f")))
            return functional.layer_norm(rows + joined, (size,), *pair("n2"), self._epsilon)
