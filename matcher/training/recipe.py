"""What a training run is made of; every number can be set, and the card says what was tried."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """Settings of one training run.

    Attributes
    ----------
    epochs, batch : int
        Passes over the judgments; proposals of one announcement a step.
    orientations : int
        Orientations a step: all that answer a proposal of the batch, others drawn up to this number.
    learning_rate, weight_decay : float
        Of AdamW, warmed up over a tenth of the steps, then falling to nothing.
    frozen : int
        Lower layers that stay as they are; their outputs are computed once and kept.
    absolute : float
        Weight of the loss that asks each pair on its own whether it is relevant; it teaches what lies outside.
    across : float
        Weight of the softmax over the batch's proposals for one orientation.
    dropout : float
        Share of each layer's outputs that a step leaves out (Srivastava et al., 2014).
    plain : float
        Share of texts shown without diacritics.
    max_tokens : int
        Of a text in training.
    seed : int
        Of everything drawn.
    threads : int
        Of the processor, for each of the two models trained side by side; 0 leaves it to torch. One thread gives the
        same weights on any number of cores.
    """

    epochs: int = 4
    batch: int = 24
    orientations: int = 20
    learning_rate: float = 1.2e-4
    weight_decay: float = 0.01
    frozen: int = 4
    absolute: float = 3.0
    across: float = 0.3
    dropout: float = 0.1
    plain: float = 0.08
    max_tokens: int = 112
    seed: int = 0
    threads: int = 1
