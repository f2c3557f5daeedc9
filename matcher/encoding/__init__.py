"""Texts to vectors: the `Encoder` protocol, the bundled model, any sentence-transformers model, and a cache."""

from matcher.encoding.base import Encoder, ModelCard, Role, TokenVectors, Vectors
from matcher.encoding.bundled import Description, PackReport, pack_adapter, pack_model, read_card
from matcher.encoding.cache import CachedEncoder
from matcher.encoding.expanding import expand
from matcher.encoding.loading import (
    available_models,
    load_cached_encoder,
    load_cached_encoders,
    load_encoder,
    load_reference,
)
from matcher.encoding.reference import Reference, build_reference

__all__ = [
    "CachedEncoder",
    "Description",
    "Encoder",
    "ModelCard",
    "PackReport",
    "Reference",
    "Role",
    "TokenVectors",
    "Vectors",
    "available_models",
    "build_reference",
    "expand",
    "load_cached_encoder",
    "load_cached_encoders",
    "load_encoder",
    "load_reference",
    "pack_adapter",
    "pack_model",
    "read_card",
]
