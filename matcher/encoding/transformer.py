"""BERT's layers, run so that no text ever touches another.

Several texts share one matrix of exactly `BUDGET` tokens: what is computed token by token always has the same shape,
and attention runs over each text alone. So a text's vector does not depend, to the last bit, on its neighbours, on
its place among them, or on how many they are; `same_everywhere` checks that the machine's arithmetic keeps to this.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from matcher.errors import ModelError

if TYPE_CHECKING:
    import torch

#: Tokens of one pass: the longest text that the model takes.
BUDGET = 512
_PAD_ID = 1
#: Lengths of the texts that `same_everywhere` lays side by side, several times over.
_PROBES = (3, 17, 33, 45)


@dataclass(frozen=True, slots=True)
class _Layer:
    attention_in: tuple[torch.Tensor, torch.Tensor]
    attention_out: tuple[torch.Tensor, torch.Tensor]
    attention_norm: tuple[torch.Tensor, torch.Tensor]
    widen: tuple[torch.Tensor, torch.Tensor]
    narrow: tuple[torch.Tensor, torch.Tensor]
    norm: tuple[torch.Tensor, torch.Tensor]


class Transformer:
    """A BERT encoder with mean pooling, in float32.

    Parameters
    ----------
    state : mapping of str to Tensor
        Weights under the names of transformers' `BertModel`.
    layers, heads : int
        Of the model's configuration.
    epsilon : float
        Of its layer norms.

    Raises
    ------
    ModelError
        If a weight is missing.
    """

    def __init__(self, state: dict[str, torch.Tensor], *, layers: int, heads: int, epsilon: float) -> None:
        import torch

        def pair(name: str) -> tuple[torch.Tensor, torch.Tensor]:
            return state[f"{name}.weight"], state[f"{name}.bias"]

        try:
            self._words = state["embeddings.word_embeddings.weight"]
            self._places = (
                state["embeddings.position_embeddings.weight"] + state["embeddings.token_type_embeddings.weight"][0]
            )
            self._norm = pair("embeddings.LayerNorm")
            self._layers: list[_Layer] = []
            for number in range(layers):
                at = f"encoder.layer.{number}."
                queries_keys_values = [pair(f"{at}attention.self.{name}") for name in ("query", "key", "value")]
                self._layers.append(
                    _Layer(
                        (
                            torch.cat([weight for weight, _ in queries_keys_values]),
                            torch.cat([bias for _, bias in queries_keys_values]),
                        ),
                        pair(f"{at}attention.output.dense"),
                        pair(f"{at}attention.output.LayerNorm"),
                        pair(f"{at}intermediate.dense"),
                        pair(f"{at}output.dense"),
                        pair(f"{at}output.LayerNorm"),
                    )
                )
        except KeyError as err:
            raise ModelError(f"the weight {err} is missing", cure="Install or export the model again.") from err
        self.dimension = int(self._words.shape[1])
        self.max_tokens = min(int(self._places.shape[0]), BUDGET)
        self._heads = heads
        self._epsilon = epsilon

    def pooled(self, tokens: Sequence[Sequence[int]], *, alone: bool = False) -> NDArray[np.float32]:
        """Return the normalised means of the token vectors, one row a text; `alone` gives each text its own pass."""
        import torch

        out = np.empty((len(tokens), self.dimension), dtype=np.float32)
        lengths = [len(ids) for ids in tokens]
        groups = [[index] for index in range(len(tokens))] if alone else share_out(lengths, BUDGET)
        with torch.inference_mode():
            for group in groups:
                hidden, bounds = self._run([tokens[index] for index in group], alone=alone)
                for index, (start, end) in zip(group, bounds, strict=True):
                    mean = hidden[start:end].mean(0)
                    out[index] = (mean / mean.norm().clamp_min(1e-12)).numpy()
        return out

    def paired(
        self, tokens: Sequence[tuple[Sequence[int], Sequence[int]]], *, alone: bool = False
    ) -> NDArray[np.float32]:
        """Return the means of the token vectors of texts read two at a time, shape (pairs, 2, d), each of length 1.

        Parameters
        ----------
        tokens : sequence of (ids, ids)
            The two texts of each pair; together at most `BUDGET` tokens.
        alone : bool
            Give each pair its own pass.
        """
        import torch
        from torch.nn.functional import normalize

        out = np.empty((len(tokens), 2, self.dimension), dtype=np.float32)
        joined = [[*one, *two] for one, two in tokens]
        groups = [[i] for i in range(len(joined))] if alone else share_out([len(ids) for ids in joined], BUDGET)
        with torch.inference_mode():
            for group in groups:
                hidden, bounds = self._run([joined[index] for index in group], alone=alone)
                for index, (start, end) in zip(group, bounds, strict=True):
                    middle = start + len(tokens[index][0])
                    means = torch.stack([hidden[start:middle].mean(0), hidden[middle:end].mean(0)])
                    out[index] = normalize(means, dim=-1).numpy()
        return out

    def hidden(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """Return the last layer's vectors of one text, one row a token."""
        import torch

        with torch.inference_mode():
            rows, [(start, end)] = self._run([ids], alone=True)
            return np.array(rows[start:end].numpy(), dtype=np.float32)

    def same_everywhere(self) -> bool:
        """Check on this machine that a text's first layers come out the same at several places of a full pass."""
        import torch

        generator = torch.Generator().manual_seed(7)
        probes = [torch.randint(5, len(self._words), (length,), generator=generator).tolist() for length in _PROBES]
        times = BUDGET // sum(_PROBES)
        with torch.inference_mode():
            rows, bounds = self._run(probes * times, alone=False, layers=2)
        copies = [rows[start:end] for start, end in bounds]
        return all(torch.equal(copies[at % len(probes)], copy) for at, copy in enumerate(copies[len(probes) :]))

    def _run(
        self, texts: Sequence[Sequence[int]], *, alone: bool, layers: int | None = None
    ) -> tuple[torch.Tensor, list[tuple[int, int]]]:
        import torch
        from torch.nn import functional

        ends = np.cumsum([len(ids) for ids in texts]).tolist()
        bounds = list(zip([0, *ends[:-1]], ends, strict=True))
        ids = [token for text in texts for token in text]
        places = [place for text in texts for place in range(len(text))]
        padding = 0 if alone else BUDGET - len(ids)
        rows = self._words[torch.tensor(ids + [_PAD_ID] * padding)] + self._places[torch.tensor(places + [0] * padding)]
        hidden = functional.layer_norm(rows, (self.dimension,), *self._norm, self._epsilon)
        for layer in self._layers[:layers]:
            hidden = self._layer(layer, hidden, bounds)
        return hidden, bounds

    def _layer(self, layer: _Layer, hidden: torch.Tensor, bounds: list[tuple[int, int]]) -> torch.Tensor:
        import torch
        from torch.nn import functional

        size = self.dimension
        joined = functional.linear(hidden, *layer.attention_in).view(len(hidden), 3, self._heads, -1)
        seen = torch.zeros_like(hidden)
        for start, end in bounds:
            query, key, value = joined[start:end].permute(1, 2, 0, 3)[:, None]
            context = functional.scaled_dot_product_attention(query, key, value)
            seen[start:end] = context[0].transpose(0, 1).reshape(end - start, size)
        seen = functional.linear(seen, *layer.attention_out)
        hidden = functional.layer_norm(hidden + seen, (size,), *layer.attention_norm, self._epsilon)
        wide = functional.gelu(functional.linear(hidden, *layer.widen))
        return functional.layer_norm(
            hidden + functional.linear(wide, *layer.narrow), (size,), *layer.norm, self._epsilon
        )


def share_out(lengths: Sequence[int], budget: int) -> list[list[int]]:
    """Share texts out into passes of at most `budget` tokens: a long one first, then what still fits.

    Examples
    --------
    >>> share_out([300, 90, 400, 200], 512)
    [[2, 1], [0, 3]]
    """
    order = sorted(range(len(lengths)), key=lambda index: (-lengths[index], index))
    groups: list[list[int]] = []
    first, last = 0, len(order) - 1
    while first <= last:
        group, room = [order[first]], budget - lengths[order[first]]
        first += 1
        while first <= last and lengths[order[first]] <= room:
            group.append(order[first])
            room -= lengths[order[first]]
            first += 1
        while first <= last and lengths[order[last]] <= room:
            group.append(order[last])
            room -= lengths[order[last]]
            last -= 1
        groups.append(group)
    return groups


def load_transformer(folder: Path) -> Transformer:
    """Load the weights of an expanded model's folder."""
    import json

    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        state = load_file(folder / "model.safetensors")
        layers, heads = int(config["num_hidden_layers"]), int(config["num_attention_heads"])
        epsilon = float(config["layer_norm_eps"])
    except (OSError, ValueError, KeyError, SafetensorError) as err:
        raise ModelError(f"cannot be loaded: {err}", file=folder, cure="Delete this folder and start again.") from err
    return Transformer(state, layers=layers, heads=heads, epsilon=epsilon)
