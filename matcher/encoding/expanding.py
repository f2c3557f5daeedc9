"""Packed models expanded once into the cache, as ordinary sentence-transformers folders in float32."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
import threading
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from matcher.encoding.base import ModelCard
from matcher.encoding.bundled import AGAIN, CONFIG, EXPANDED_WEIGHTS, TOKENIZER, WEIGHTS, file_sha256
from matcher.encoding.packing import read_tensors, unpack, write_tensors
from matcher.errors import ModelError, OutputError

logger = logging.getLogger(__name__)

_SEAL = "expanded.json"
_LOCK_SECONDS = 120
_CHUNK = 1 << 25
#: Within a process: models expanded side by side would take a gigabyte each.
_ONE_AT_A_TIME = threading.Lock()


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
        with _ONE_AT_A_TIME, FileLock(folder.with_name(f"{folder.name}.lock"), timeout=_LOCK_SECONDS):
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


def _expand_into(card: ModelCard, folder: Path) -> None:
    _check_files(card)
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


def _check_files(card: ModelCard) -> None:
    for name, expected in card.sha256.items():
        if file_sha256(card.folder / name) != expected:
            raise ModelError("the file is damaged: its checksum is another", file=card.folder / name, cure=AGAIN)
    if card.under is not None:
        _check_files(card.under)


def _write_expanded(card: ModelCard, made: Path) -> None:
    whole = card.under or card
    state = unpack(read_tensors(whole.folder / WEIGHTS))
    if card.under is not None:
        state |= unpack(read_tensors(card.folder / WEIGHTS))
    size = card.dimension
    # Mean pooling has no use for BERT's pooler, but loaders complain where it is missing.
    state["pooler.dense.weight"] = np.zeros((size, size), np.float32)
    state["pooler.dense.bias"] = np.zeros(size, np.float32)
    write_tensors(dict(state), made / EXPANDED_WEIGHTS)
    for name in (TOKENIZER, CONFIG):
        shutil.copyfile(whole.folder / name, made / name)
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
    room = memoryview(bytearray(min(_CHUNK, file.stat().st_size) or 1))
    with file.open("rb", buffering=0) as stream:
        while read := stream.readinto(room):
            value = zlib.crc32(room[:read], value)
    return value
