"""What a training run is made of; every number can be set, and the card says what was tried."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """Settings that every training run has.

    Attributes
    ----------
    epochs, batch : int
        Passes over the judgments, and how many of them a step takes.
    learning_rate, weight_decay : float
        Of AdamW, warmed up over a tenth of the steps, then falling to nothing.
    frozen : int
        Lower layers that stay as they are; their outputs are computed once and kept.
    dropout : float
        Share of each layer's outputs that a step leaves out (Srivastava et al., 2014).
    plain : float
        Share of texts shown without diacritics.
    max_tokens : int
        Of a text in training.
    seed : int
        Of everything drawn.
    scalars_rate : float
        Learning rate of what stands beside the layers: scales and shifts of losses, or a head.
    threads : int
        Of the processor, for each model in training; 0 leaves it to torch. One thread gives the same weights on any
        number of cores.
    """

    epochs: int
    batch: int
    learning_rate: float = 1.2e-4
    weight_decay: float = 0.01
    frozen: int = 4
    dropout: float = 0.1
    plain: float = 0.08
    max_tokens: int = 112
    seed: int = 0
    scalars_rate: float = 0.05
    threads: int = 1


@dataclass(frozen=True, slots=True)
class OrientationRecipe(Recipe):
    """Settings of training on judged announcements; a step takes proposals of one of them.

    Attributes
    ----------
    orientations : int
        Orientations a step: all that answer a proposal of the batch, others drawn up to this number.
    absolute : float
        Weight of the loss that asks each pair on its own whether it is relevant; it teaches what lies outside.
    across : float
        Weight of the softmax over the batch's proposals for one orientation.
    """

    epochs: int = 4
    batch: int = 24
    orientations: int = 20
    absolute: float = 3.0
    across: float = 0.3


@dataclass(frozen=True, slots=True)
class PairRecipe(Recipe):
    """Settings of training on judged pairs; a pass is over the duplicates among them.

    Attributes
    ----------
    others : int
        Pairs a step that are no duplicates.
    neighbours : int
        Pairs a step of works that lie near one another and are not the same.
    objectives : int
        Titles a step with the objectives of their proposals, from a few bullets, so that they are neighbours.
    """

    epochs: int = 4
    batch: int = 20
    others: int = 28
    neighbours: int = 24
    objectives: int = 12
    plain: float = 0.06


@dataclass(frozen=True, slots=True)
class ReadingRecipe(Recipe):
    """Settings of training a cross-encoder on judged pairs; a pass is over all of them.

    Attributes
    ----------
    neighbours : int
        Pairs a step of works that lie near one another and are not the same.
    objectives : int
        Bullets a step, of which two titles are read with both their objectives.
    swapped : int
        Pairs a step of a title and itself with another object or place.
    """

    epochs: int = 6
    batch: int = 16
    learning_rate: float = 1e-4
    neighbours: int = 12
    objectives: int = 3
    swapped: int = 6
    plain: float = 0.05
    scalars_rate: float = 2e-3
