"""What every encoder promises, asked of each of them."""

import random

import numpy as np
import pytest

from matcher.encoding import CachedEncoder, Encoder

TEXTS = [
    "Nghiên cứu cây hồi",
    "nghiên cứu giống cây hồi trên đất dốc, 2021-2025",
    "",
    " ",
    "a",
    "</s> <mask> <pad>",
    "\0 \ud800 \U0010ffff 漢字",
    "đá quý " * 200,
    "«ng» " * 9,
    "cây",
]


@pytest.fixture(params=["bert", "sentence_transformer", "cached"])
def encoder(request, tmp_path):
    if request.param == "cached":
        return CachedEncoder(request.getfixturevalue("tiny_bert"), tmp_path / "vectors.sqlite3")
    return request.getfixturevalue(f"tiny_{request.param}")


def test_it_is_an_encoder(encoder):
    assert isinstance(encoder, Encoder)
    assert encoder.dimension == 64
    assert len(encoder.fingerprint) == 16


def test_vectors_have_length_one_and_are_float32(encoder):
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), 64)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_text_gives_no_vector(encoder):
    assert encoder.encode([]).shape == (0, 64)


def test_a_vector_does_not_depend_on_the_other_texts_or_their_order(encoder):
    alone = {text: encoder.encode([text])[0] for text in TEXTS}
    shuffle = random.Random(3)
    for _ in range(8):
        texts = shuffle.choices(TEXTS, k=shuffle.randint(1, 12))
        for text, vector in zip(texts, encoder.encode(texts), strict=True):
            assert np.array_equal(vector, alone[text]), repr(text[:20])


def test_different_texts_have_different_vectors(encoder):
    first, second = encoder.encode(["cây hồi", "đất dốc"])
    assert not np.allclose(first, second)


def test_token_offsets_slice_back_to_the_words(encoder):
    text = "Nghiên cứu cây hồi,  đất dốc"
    tokens = encoder.token_vectors(text)
    assert tokens.vectors.shape == (len(tokens.offsets), 64)
    words = [text[start:end] for start, end in tokens.offsets]
    assert "".join(words) == text.replace(" ", "")
    assert "cây" in words
    assert list(tokens.offsets) == sorted(tokens.offsets)


def test_an_empty_text_has_no_tokens(encoder):
    tokens = encoder.token_vectors("")
    assert tokens.offsets == ()
    assert tokens.vectors.shape == (0, 64)


def test_the_two_loaders_of_one_model_agree(tiny_bert, tiny_sentence_transformer):
    texts = [text for text in TEXTS if "<" not in text]  # there special tokens in the text are taken as such
    assert np.abs(tiny_bert.encode(texts) - tiny_sentence_transformer.encode(texts)).max() < 1e-6
    mine, theirs = (each.token_vectors("cây hồi") for each in (tiny_bert, tiny_sentence_transformer))
    assert mine.offsets == theirs.offsets
    assert np.abs(mine.vectors - theirs.vectors).max() < 1e-5


def test_special_tokens_in_a_text_are_text(tiny_bert):
    plain, marked = tiny_bert.encode(["cây", "cây </s>"])
    assert not np.allclose(plain, marked)
    assert [end for _, end in tiny_bert.token_vectors("cây </s>").offsets][-1] == len("cây </s>")
