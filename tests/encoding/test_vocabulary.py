import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from matcher.encoding.vocabulary import SPECIAL, is_kept, tokenizer_json, trim


@pytest.mark.parametrize(
    "piece",
    [*SPECIAL, "▁", "▁nghiên", "ứng", "ĐẶC", "▁(2021", "–", "«", "m²", "°", "ş", "λ", "▁façade", "\u0309", "…", "₫"],
)
def test_kept(piece):
    assert is_kept(piece)


@pytest.mark.parametrize("piece", ["▁и", "漢", "ции", "▁ที่", "한", "▁şey", "και", "ال"])
def test_dropped(piece):
    assert not is_kept(piece)


FULL = ["<s>", "<pad>", "</s>", "<unk>", "▁", *"abcđếи漢", "ab", "▁ab", "bи", "иb", "▁đế", "ếb", "▁漢a", "<mask>"]
SCORES = [0.0] * 4 + [-3.0 - 0.37 * at for at in range(len(FULL) - 5)] + [0.0]


def both():
    kept = trim(FULL)
    whole = Tokenizer.from_str(tokenizer_json(FULL, SCORES, max_tokens=512))
    small = Tokenizer.from_str(tokenizer_json([FULL[at] for at in kept], [SCORES[at] for at in kept], max_tokens=512))
    return whole, small


WHOLE, SMALL = both()


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="abcđế \t\n", max_size=30))
def test_text_of_kept_letters_is_cut_as_before(text):
    before, after = WHOLE.encode(text), SMALL.encode(text)
    assert before.tokens == after.tokens
    assert before.offsets == after.offsets


def test_trimming_keeps_the_order_and_the_special_tokens():
    kept = [FULL[at] for at in trim(FULL)]
    assert kept[:4] == FULL[:4]
    assert kept[-1] == "<mask>"
    assert not {"bи", "иb", "▁漢a", "и", "漢"} & set(kept)


def test_text_is_normalised_as_the_base_model_does():
    def tokens(text):
        return SMALL.encode(text).tokens

    assert tokens("ab\u200bab") == tokens("ab ab") == tokens("ab\u00a0\r\nab ")
    assert tokens("a\x01b") == tokens("ab")
    assert tokens("ａｂ") == tokens("ab")
    assert tokens("đế") == tokens("đe\u0302\u0301")


def test_the_file_is_compact_and_complete():
    values = json.loads(tokenizer_json(FULL, SCORES, max_tokens=77))
    assert values["truncation"]["max_length"] == 77
    assert {each["content"] for each in values["added_tokens"]} == set(SPECIAL)
