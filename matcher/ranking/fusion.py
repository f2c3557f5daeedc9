"""Fusing the features of a pair into one calibrated probability of relevance.

A logistic regression over standardised features: small enough to read, fitted on judgments by
`matcher.evaluation.fitting`, stored as JSON beside the encoder whose vectors it was fitted on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.errors import ModelError

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression over named features.

    Rows are standardised by `mean` and `scale`, so that `weights` can be compared with one another. `typical` is the
    mean row of what is relevant; empty where it was not kept.
    """

    features: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    intercept: float
    typical: tuple[float, ...] = ()

    def logit(self, x: Floats) -> Floats:
        """Return the log-odds of rows of `x`, shape (…, len(features)) → (…)."""
        z = (x - np.asarray(self.mean)) / np.asarray(self.scale)
        # A sum in a fixed order: a matrix product may round differently for other numbers of rows.
        total = np.full(x.shape[:-1], self.intercept)
        for i, weight in enumerate(self.weights):
            total = total + weight * z[..., i]
        return total

    def probability(self, x: Floats) -> Floats:
        """Return probabilities in (0, 1) for rows of `x`."""
        return sigmoid(self.logit(x))

    def pushes(self, x: Floats) -> Floats:
        """Return what each feature adds to the log-odds, shape (…, len(features))."""
        return np.asarray(np.asarray(self.weights) * (x - np.asarray(self.mean)) / np.asarray(self.scale), np.float64)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "features": list(self.features),
            "mean": list(self.mean),
            "scale": list(self.scale),
            "weights": list(self.weights),
            "intercept": self.intercept,
            **({"typical": list(self.typical)} if self.typical else {}),
        }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Logistic:
        """Rebuild from `to_dict`.

        Raises
        ------
        KeyError, TypeError, ValueError
            If parts are missing or of the wrong kind.
        """
        model = cls(
            features=tuple(str(name) for name in raw["features"]),
            mean=tuple(float(v) for v in raw["mean"]),
            scale=tuple(float(v) for v in raw["scale"]),
            weights=tuple(float(v) for v in raw["weights"]),
            intercept=float(raw["intercept"]),
            typical=tuple(float(v) for v in raw.get("typical", ())),
        )
        if len(model.typical) not in (0, len(model.features)):
            raise ValueError("typical and features differ in length")
        if not len(model.features) == len(model.mean) == len(model.scale) == len(model.weights):
            raise ValueError("features, mean, scale and weights differ in length")
        return model


def sigmoid(x: Floats) -> Floats:
    """Return 1 / (1 + e^−x) without overflow."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * x)), np.float64)


def read_part(file: Path, part: str) -> dict[str, Any]:
    """Read one part of a fusion file.

    Raises
    ------
    ModelError
        If the file is missing or damaged.
    """
    try:
        return dict(json.loads(file.read_text(encoding="utf-8"))[part])
    except FileNotFoundError as err:
        raise ModelError(
            f"has no {file.name}",
            file=file.parent,
            cure="Restore the folder from the repository, or fit it with `matcher calibrate`.",
        ) from err
    except (OSError, ValueError, KeyError, TypeError) as err:
        raise damaged(file, err) from err


def damaged(file: Path, err: Exception) -> ModelError:
    """Return the error that says a fusion file cannot be used."""
    return ModelError(f"is damaged: {err}", file=file, cure="Restore the file from the repository, or fit it again.")
