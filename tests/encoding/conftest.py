"""A tiny model with random weights, made here; nothing is fetched."""

import numpy as np
import pytest

from matcher.encoding import Description, pack_model
from matcher.encoding.bert import BertEncoder
from matcher.encoding.sentence_transformer import SentenceTransformerEncoder
from matcher.encoding.vocabulary import tokenizer_json

HIDDEN, LAYERS, HEADS, WIDE, PLACES = 64, 2, 2, 128, 64
LETTERS = sorted(set("abcdeghiklmnopqrstuvxyàáảãạăâđêôơưếồỉợộ0123456789.,:;/<>-()«»"))
PIECES = [
    "<s>",
    "<pad>",
    "</s>",
    "<unk>",
    "▁",
    *LETTERS,
    "▁query",
    "▁ng",
    "▁cây",
    "▁h",
    "ồi",
    "▁nghiên",
    "▁cứu",
    "<mask>",
]
SCORES = [0.0] * 4 + [-3.0] + [-6.0] * len(LETTERS) + [-2.5] * 7 + [0.0]


def tiny_state(seed=0):
    random = np.random.default_rng(seed)

    def weights(*shape):
        return (random.standard_normal(shape) * 0.3).astype(np.float32)

    state = {
        "embeddings.word_embeddings.weight": weights(len(PIECES), HIDDEN),
        "embeddings.position_embeddings.weight": weights(PLACES, HIDDEN),
        "embeddings.token_type_embeddings.weight": weights(2, HIDDEN),
        "embeddings.LayerNorm.weight": np.ones(HIDDEN, np.float32),
        "embeddings.LayerNorm.bias": np.zeros(HIDDEN, np.float32),
    }
    for layer in range(LAYERS):
        at = f"encoder.layer.{layer}."
        for name, rows, columns in (
            ("attention.self.query", HIDDEN, HIDDEN),
            ("attention.self.key", HIDDEN, HIDDEN),
            ("attention.self.value", HIDDEN, HIDDEN),
            ("attention.output.dense", HIDDEN, HIDDEN),
            ("intermediate.dense", WIDE, HIDDEN),
            ("output.dense", HIDDEN, WIDE),
        ):
            state[f"{at}{name}.weight"] = weights(rows, columns)
            state[f"{at}{name}.bias"] = weights(rows)
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            state[f"{at}{name}.weight"] = np.ones(HIDDEN, np.float32)
            state[f"{at}{name}.bias"] = np.zeros(HIDDEN, np.float32)
    return state


TINY_CONFIG = {
    "architectures": ["BertModel"],
    "model_type": "bert",
    "vocab_size": len(PIECES),
    "hidden_size": HIDDEN,
    "num_hidden_layers": LAYERS,
    "num_attention_heads": HEADS,
    "intermediate_size": WIDE,
    "max_position_embeddings": PLACES,
    "type_vocab_size": 2,
    "layer_norm_eps": 1e-12,
    "hidden_act": "gelu",
    "pad_token_id": 1,
}
TINY = Description(
    name="tiny", version="1", base="random weights", licence="CC0-1.0", description="for tests", max_tokens=PLACES
)


def make_tiny(out, seed=0, **changes):
    tokenizer = tokenizer_json(PIECES, SCORES, max_tokens=PLACES)
    return pack_model(tiny_state(seed), out, card=TINY, tokenizer=tokenizer, config={**TINY_CONFIG, **changes})


@pytest.fixture(scope="session")
def tiny(tmp_path_factory):
    """The card of a packed tiny model."""
    return make_tiny(tmp_path_factory.mktemp("models") / "tiny").card


@pytest.fixture(scope="session")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def tiny_bert(tiny, cache):
    return BertEncoder.from_packed(tiny, cache)


@pytest.fixture(scope="session")
def tiny_folder(tiny, cache):
    """The tiny model as an ordinary sentence-transformers folder."""
    from matcher.encoding import expand

    return expand(tiny, cache)


@pytest.fixture(scope="session")
def tiny_sentence_transformer(tiny_folder):
    return SentenceTransformerEncoder.load(str(tiny_folder))
