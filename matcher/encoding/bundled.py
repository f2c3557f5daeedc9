"""Packed model folders: written by `pack_model`, described by `model.toml`.

A packed folder holds `weights.safetensors` (few bits), `tokenizer.json`, `config.json`, `model.toml` and a card.
`expanding` turns it into an ordinary sentence-transformers folder in float32. An adapter is a packed folder that holds
only the weights which training changed; `over` in its `model.toml` names the model beside it that gives the rest.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.encoding.base import ModelCard
from matcher.encoding.packing import Kind, pack, read_tensors, write_tensors
from matcher.errors import ModelError, OutputError
from matcher.settings import resource_dir

WEIGHTS, TOKENIZER, CONFIG, CARD = "weights.safetensors", "tokenizer.json", "config.json", "model.toml"
PACKED_FILES = (WEIGHTS, TOKENIZER, CONFIG)
ADAPTER_FILES = (WEIGHTS,)
EXPANDED_WEIGHTS = "model.safetensors"
_POSITIONS = "embeddings.position_embeddings.weight"
AGAIN = "Install the model again, or build it again with: matcher model build."


@dataclass(frozen=True, slots=True)
class Description:
    """What `model.toml` says of a model beside its checksums."""

    name: str
    version: str
    base: str
    licence: str
    description: str
    prompts: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({"proposal": "query: ", "orientation": "query: "})
    )
    max_tokens: int = 512


@dataclass(frozen=True, slots=True)
class PackReport:
    """What packing cost: bytes on disk, and the relative loss of each tensor that lost something."""

    card: ModelCard
    errors: Mapping[str, float]


def pack_model(
    source: Path | Mapping[str, NDArray[np.float32]],
    out: Path,
    *,
    card: Description,
    tokenizer: str | None = None,
    config: Mapping[str, Any] | None = None,
    kinds: Mapping[str, Kind] | None = None,
) -> PackReport:
    """Pack a model into a folder that `load_encoder` takes.

    Parameters
    ----------
    source : Path or mapping
        A sentence-transformers folder of a BERT model with mean pooling, or its state dict; then `tokenizer` (the
        text of `tokenizer.json`) and `config` are needed.
    out : Path
        The folder to write; files of other names in it are left alone.
    card : Description
        Name, origin, licence and prompts.
    kinds : mapping, optional
        How to pack the tensors named, see `matcher.encoding.packing.pack`; places stay float32 unless named.

    Raises
    ------
    ModelError
        If the source is no BERT model.
    OutputError
        If the folder cannot be written.
    """
    if isinstance(source, Path):
        state, tokenizer, config = _read_folder(source)
    else:
        state = {name: np.asarray(values, dtype=np.float32) for name, values in source.items()}
    if tokenizer is None or config is None:
        raise ModelError("a state dict alone is no model", cure="Give its tokenizer and configuration too.")
    if config.get("model_type") != "bert":
        raise ModelError(f"a model of type {config.get('model_type')!r} cannot be packed", cure="Pack a BERT model.")
    needed = {name: state[name] for name in sorted(state) if _is_needed(name)}
    tensors, errors = pack(needed, {_POSITIONS: "f32", **(kinds or {})})
    try:
        out.mkdir(parents=True, exist_ok=True)
        write_tensors(tensors, out / WEIGHTS)
        (out / TOKENIZER).write_text(tokenizer, encoding="utf-8", newline="\n")
        (out / CONFIG).write_text(json.dumps(config, indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n")
        _write_card(card, int(config["hidden_size"]), out)
    except OSError as err:
        raise OutputError(f"cannot be written: {err.strerror}", file=out, cure="Choose another folder.") from err
    return PackReport(read_card(out), MappingProxyType(errors))


def pack_adapter(
    state: Mapping[str, NDArray[np.float32]], out: Path, *, card: Description, over: ModelCard
) -> PackReport:
    """Pack the weights that training changed into a folder beside that of the model they replace weights of.

    Parameters
    ----------
    state : mapping
        The changed weights, under the names of the model's own.
    out : Path
        The folder to write, in the same folder as `over`'s.
    card : Description
        Name, origin, licence and prompts.
    over : ModelCard
        The packed model that gives all other weights, the tokenizer and the configuration.

    Raises
    ------
    OutputError
        If the folder cannot be written.
    """
    tensors, errors = pack({name: np.asarray(state[name], np.float32) for name in sorted(state)})
    try:
        out.mkdir(parents=True, exist_ok=True)
        write_tensors(tensors, out / WEIGHTS)
        _write_card(card, over.dimension, out, over=over.name)
    except OSError as err:
        raise OutputError(f"cannot be written: {err.strerror}", file=out, cure="Choose another folder.") from err
    return PackReport(read_card(out), MappingProxyType(errors))


def read_card(folder: Path) -> ModelCard:
    """Read `model.toml` of a packed folder, without opening its weights.

    Raises
    ------
    ModelError
        If it is missing or not as `pack_model` writes it.
    """
    file = folder / CARD
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
        fields = {key: str(values[key]) for key in ("name", "version", "base", "licence", "description")}
        files = ADAPTER_FILES if "over" in values else PACKED_FILES
        sums = {name: str(values["sha256"][name]) for name in files}
        prompts = {str(role): str(prompt) for role, prompt in values["prompts"].items()}
        size = sum((folder / name).stat().st_size for name in files)
        sizes = {key: int(values[key]) for key in ("dimension", "max_tokens")}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as err:
        raise ModelError(f"is no model's description: {err}", file=file, cure=AGAIN) from err
    under = _card_under(folder, str(values["over"])) if "over" in values else None
    shaped = [sums, prompts, sizes["max_tokens"], "float32", *([under.fingerprint] if under else [])]
    shaping = json.dumps(shaped, sort_keys=True)
    return ModelCard(
        **fields,
        folder=folder,
        dimension=sizes["dimension"],
        max_tokens=sizes["max_tokens"],
        prompts=MappingProxyType(prompts),
        sha256=MappingProxyType(sums),
        size=size,
        fingerprint=hashlib.sha256(shaping.encode()).hexdigest()[:16],
        under=under,
    )


def _card_under(folder: Path, name: str) -> ModelCard:
    """Read the card of the model that an adapter changes: beside the adapter, else among those of the program."""
    beside = folder.parent / name
    return read_card(beside if (beside / CARD).is_file() else resource_dir("models") / name)


def file_sha256(file: Path) -> str:
    """Return the SHA-256 of a file, as hexadecimal digits."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _is_needed(name: str) -> bool:
    return not name.startswith("pooler.") and not name.endswith("position_ids")


def _read_folder(folder: Path) -> tuple[dict[str, NDArray[np.float32]], str, dict[str, Any]]:
    state = {name: np.asarray(array, np.float32) for name, array in read_tensors(folder / EXPANDED_WEIGHTS).items()}
    try:
        pooling = json.loads((folder / "1_Pooling" / "config.json").read_text(encoding="utf-8"))
        tokenizer = (folder / TOKENIZER).read_text(encoding="utf-8")
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    except (OSError, ValueError) as err:
        raise ModelError(
            f"is no sentence-transformers folder: {err}", file=folder, cure="Save the model again."
        ) from err
    if not (pooling.get("pooling_mode_mean_tokens") or pooling.get("pooling_mode") == "mean"):
        raise ModelError("the model does not pool by the mean", file=folder, cure="Pack a model with mean pooling.")
    return {name.removeprefix("bert."): values for name, values in state.items()}, tokenizer, config


def _write_card(card: Description, dimension: int, out: Path, over: str = "") -> None:
    import tomli_w

    values = {
        "name": card.name,
        "version": card.version,
        "base": card.base,
        "licence": card.licence,
        "description": card.description,
        "dimension": dimension,
        "max_tokens": card.max_tokens,
        "prompts": dict(card.prompts),
        **({"over": over} if over else {}),
        "sha256": {name: file_sha256(out / name) for name in (ADAPTER_FILES if over else PACKED_FILES)},
    }
    (out / CARD).write_text(tomli_w.dumps(values), encoding="utf-8", newline="\n")
