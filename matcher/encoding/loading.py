"""From a model's name to an encoder."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from matcher.encoding.base import Encoder, ModelCard
from matcher.encoding.bundled import CARD, read_card
from matcher.encoding.cache import CachedEncoder
from matcher.encoding.reference import FILE as REFERENCE_FILE
from matcher.encoding.reference import Reference
from matcher.errors import ModelError
from matcher.settings import Settings, resource_dir

logger = logging.getLogger(__name__)

#: Models loaded side by side.
_AT_ONCE = 2


def load_encoder(name: str, settings: Settings) -> Encoder:
    """Load a model.

    Parameters
    ----------
    name : str
        A folder of `models/`; the path of a folder, packed or of sentence-transformers; or a model of the hub, taken
        from this machine if it is there and else from the network if there is one.
    settings : Settings
        Names the cache directory.

    Raises
    ------
    ModelError
        If there is no such model, or it is damaged; one line says what to do.
    """
    folder = packed_folder(name)
    if folder is not None:
        from matcher.encoding.bert import BertEncoder

        return BertEncoder.from_packed(read_card(folder), settings.cache_path)
    from matcher.encoding.sentence_transformer import SentenceTransformerEncoder

    return SentenceTransformerEncoder.load(name)


def load_cached_encoder(name: str, settings: Settings) -> CachedEncoder:
    """Load a model, its vectors remembered in the cache directory."""
    return _cached(load_encoder(name, settings), settings)


def load_cached_encoders(names: Sequence[str], settings: Settings) -> list[CachedEncoder]:
    """Load several models as `load_cached_encoder` does, in half the time where they are expanded already.

    Their files are checked, and the tokenizer read, while torch is imported: neither holds Python's lock.
    """
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        loading = [pool.submit(load_encoder, name, settings) for name in names]
        if any(packed_folder(name) for name in names):
            importlib.import_module("torch")
        return [_cached(each.result(), settings) for each in loading]


def _cached(encoder: Encoder, settings: Settings) -> CachedEncoder:
    return CachedEncoder(encoder, settings.cache_path / "vectors.sqlite3")


def load_reference(name: str, fingerprint: str) -> Reference | None:
    """Return the reference shipped with a model, or None where the model has none.

    Raises
    ------
    ModelError
        If the reference is damaged or was made by other weights.
    """
    folder = packed_folder(name) or Path(name)
    file = folder / REFERENCE_FILE
    if not file.is_file():
        return None
    reference = Reference.load(file)
    if reference.fingerprint != fingerprint:
        raise ModelError(
            f"was made by the model {reference.fingerprint}, not by {fingerprint}",
            file=file,
            cure="Build the reference of this model again.",
        )
    return reference


def available_models() -> list[ModelCard]:
    """Return the cards of the packed models that came with the program, by name."""
    folder = resource_dir("models")
    return [read_card(file.parent) for file in sorted(folder.glob(f"*/{CARD}"))]


def packed_folder(name: str) -> Path | None:
    """Return the packed model's folder that a name means, or None if it means no packed model."""
    plain = name and name not in (".", "..") and not set(name) & set("/\\:")
    for folder in ([resource_dir("models") / name] if plain else []) + [Path(name)]:
        if name and (folder / CARD).is_file():
            return folder
    if not name:
        raise ModelError("no model is named", cure="Name a model, or the path of a model's folder.")
    return None
