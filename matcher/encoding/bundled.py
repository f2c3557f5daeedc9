"""Packed model folders: written by `pack_model`, described by `model.toml`, expanded once into the cache.

A packed folder holds `weights.safetensors` (few bits), `tokenizer.json`, `config.json`, `model.toml` and a card.
Expanded, it is an ordinary sentence-transformers folder in float32.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import tempfile
import tomllib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.encoding.base import ModelCard
from matcher.encoding.packing import Kind, pack, read_tensors, unpack, write_tensors
from matcher.errors import ModelError, OutputError

logger = logging.getLogger(__name__)

WEIGHTS, TOKENIZER, CONFIG, CARD = "weights.safetensors", "tokenizer.json", "config.json", "model.toml"
PACKED_FILES = (WEIGHTS, TOKENIZER, CONFIG)
_EXPANDED_WEIGHTS = "model.safetensors"
_POSITIONS = "embeddings.position_embeddings.weight"
_SEAL = "expanded.json"
_LOCK_SECONDS = 120
_CHUNK = 1 << 22
_AGAIN = "Install the model again, or build it again with: matcher model build."


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
        sums = {name: str(values["sha256"][name]) for name in PACKED_FILES}
        prompts = {str(role): str(prompt) for role, prompt in values["prompts"].items()}
        size = sum((folder / name).stat().st_size for name in PACKED_FILES)
        sizes = {key: int(values[key]) for key in ("dimension", "max_tokens")}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as err:
        raise ModelError(f"is no model's description: {err}", file=file, cure=_AGAIN) from err
    shaping = json.dumps([sums, prompts, sizes["max_tokens"], "float32"], sort_keys=True)
    return ModelCard(
        **fields,
        folder=folder,
        dimension=sizes["dimension"],
        max_tokens=sizes["max_tokens"],
        prompts=MappingProxyType(prompts),
        sha256=MappingProxyType(sums),
        size=size,
        fingerprint=hashlib.sha256(shaping.encode()).hexdigest()[:16],
    )


def expand(card: ModelCard, cache: Path) -> Path:
    """Return the expanded folder of a packed model, made if it is not there or is damaged.

    Two processes may ask at once: one of them makes it, the other waits.

    Raises
    ------
    ModelError
        If the packed files do not have their checksums.
    OutputError
        If the cache cannot be written.
    """
    from filelock import FileLock, Timeout

    folder = cache / "models" / f"{card.name}-{card.fingerprint}"
    if _is_whole(folder):
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_name(f"{folder.name}.lock"), timeout=_LOCK_SECONDS):
            if not _is_whole(folder):
                _expand_into(card, folder)
    except Timeout as err:
        raise OutputError(
            f"another process has been expanding the model for {_LOCK_SECONDS} s",
            file=folder,
            cure="Wait for it to end, then start again.",
        ) from err
    except OSError as err:
        raise OutputError(
            f"the model cannot be expanded: {err.strerror or err}",
            file=folder,
            cure="Free some 300 MB there, or name another place in the setting cache_dir.",
        ) from err
    return folder


def file_sha256(file: Path) -> str:
    """Return the SHA-256 of a file, as hexadecimal digits."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _is_needed(name: str) -> bool:
    return not name.startswith("pooler.") and not name.endswith("position_ids")


def _read_folder(folder: Path) -> tuple[dict[str, NDArray[np.float32]], str, dict[str, Any]]:
    state = {name: np.asarray(array, np.float32) for name, array in read_tensors(folder / _EXPANDED_WEIGHTS).items()}
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


def _write_card(card: Description, dimension: int, out: Path) -> None:
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
        "sha256": {name: file_sha256(out / name) for name in PACKED_FILES},
    }
    (out / CARD).write_text(tomli_w.dumps(values), encoding="utf-8", newline="\n")


def _expand_into(card: ModelCard, folder: Path) -> None:
    for name, expected in card.sha256.items():
        if file_sha256(card.folder / name) != expected:
            raise ModelError("the file is damaged: its checksum is another", file=card.folder / name, cure=_AGAIN)
    if folder.exists():
        logger.warning("the expanded model in %s is damaged and is made again", folder)
    made = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", dir=folder.parent))
    try:
        _write_expanded(card, made)
        _seal(made)
        shutil.rmtree(folder, ignore_errors=True)
        made.replace(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _write_expanded(card: ModelCard, made: Path) -> None:
    state = unpack(read_tensors(card.folder / WEIGHTS))
    size = card.dimension
    # Mean pooling has no use for BERT's pooler, but loaders complain where it is missing.
    state["pooler.dense.weight"] = np.zeros((size, size), np.float32)
    state["pooler.dense.bias"] = np.zeros(size, np.float32)
    write_tensors(dict(state), made / _EXPANDED_WEIGHTS)
    for name in (TOKENIZER, CONFIG):
        shutil.copyfile(card.folder / name, made / name)
    special = {
        "bos": "<s>",
        "eos": "</s>",
        "unk": "<unk>",
        "sep": "</s>",
        "pad": "<pad>",
        "cls": "<s>",
        "mask": "<mask>",
    }
    files: dict[str, Any] = {
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": card.max_tokens,
            **{f"{kind}_token": token for kind, token in special.items()},
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
        "sentence_bert_config.json": {"max_seq_length": card.max_tokens, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": dict(card.prompts),
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {"word_embedding_dimension": size, "pooling_mode_mean_tokens": True},
    }
    (made / "1_Pooling").mkdir()
    (made / "2_Normalize").mkdir()
    for name, values in files.items():
        (made / name).write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8", newline="\n")


def _seal(folder: Path) -> None:
    sums = {
        file.relative_to(folder).as_posix(): [file.stat().st_size, _crc(file)]
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
    (folder / _SEAL).write_text(json.dumps(sums, indent=1) + "\n", encoding="utf-8", newline="\n")


def _is_whole(folder: Path) -> bool:
    """Say whether every file of an expanded folder is as it was written."""
    try:
        sums = json.loads((folder / _SEAL).read_text(encoding="utf-8"))
        return bool(sums) and all(
            (folder / name).stat().st_size == size and _crc(folder / name) == crc for name, (size, crc) in sums.items()
        )
    except (OSError, ValueError, TypeError, AttributeError):
        return False


def _crc(file: Path) -> int:
    value = 0
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            value = zlib.crc32(chunk, value)
    return value
