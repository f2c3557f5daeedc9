"""From a model's name to an encoder."""

from __future__ import annotations

import logging
from pathlib import Path

from matcher.encoding.base import Encoder, ModelCard
from matcher.encoding.bundled import CARD, read_card
from matcher.encoding.cache import CachedEncoder
from matcher.encoding.reference import FILE as REFERENCE_FILE
from matcher.encoding.reference import Reference
from matcher.errors import ModelError
from matcher.settings import Settings, resource_dir

logger = logging.getLogger(__name__)


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
    return CachedEncoder(load_encoder(name, settings), settings.cache_path / "vectors.sqlite3")


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
