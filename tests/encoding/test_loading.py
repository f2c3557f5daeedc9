import json
import socket
import subprocess
import sys
import threading
import time
import unicodedata
from http.server import BaseHTTPRequestHandler, HTTPServer

import numpy as np
import pytest

from matcher.encoding import (
    Reference,
    available_models,
    build_reference,
    load_cached_encoder,
    load_cached_encoders,
    load_encoder,
    load_reference,
)
from matcher.encoding.bert import BertEncoder
from matcher.encoding.sentence_transformer import SentenceTransformerEncoder, _prompts, _reachable
from matcher.errors import ModelError
from matcher.settings import BASE_MODEL, PAIR_MODEL, Settings, resource_dir


@pytest.fixture
def settings(cache):
    return Settings(cache_dir=str(cache))


@pytest.fixture
def offline(monkeypatch):
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)


def test_a_packed_folder_is_loaded_by_its_path(tiny, settings):
    assert isinstance(load_encoder(str(tiny.folder), settings), BertEncoder)


def test_a_sentence_transformers_folder_is_loaded_quietly(tiny_folder, settings, capfd):
    encoder = load_encoder(str(tiny_folder), settings)
    assert isinstance(encoder, SentenceTransformerEncoder)
    encoder.encode(["cây hồi"])
    assert capfd.readouterr() == ("", "")


def test_vectors_are_remembered(tiny, settings):
    cached = load_cached_encoder(str(tiny.folder), settings)
    assert np.array_equal(cached.encode(["cây"]), cached.encode(["cây"]))
    assert (settings.cache_path / "vectors.sqlite3").is_file()


def test_models_loaded_side_by_side_are_those_loaded_one_by_one(tiny, settings):
    names = [str(tiny.folder)] * 3
    for one in load_cached_encoders(names, settings):
        assert one.fingerprint == load_encoder(names[0], settings).fingerprint
        assert np.array_equal(one.encode(["cây hồi"]), load_encoder(names[0], settings).encode(["cây hồi"]))
    with pytest.raises(ModelError, match="no-such-model"):
        load_cached_encoders([names[0], "./no-such-model"], settings)


@pytest.mark.parametrize("name", ["no-such-model-anywhere", "nobody/no-such-model"])
def test_a_model_that_is_not_here_is_one_clear_line(name, settings, offline):
    with pytest.raises(ModelError) as raised:
        load_encoder(name, settings)
    line = str(raised.value)
    assert repr(name) in line
    assert "\n" not in line
    assert "copy its folder here" in line


@pytest.mark.parametrize("name", ["/no/such/folder", "./here", "a/b/c", "..", "a\\b", "x y/ü!"])
def test_a_wrong_path_is_no_hub_name(name, settings, offline, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelError):
        load_encoder(name, settings)


def test_no_name_is_an_error(settings):
    with pytest.raises(ModelError, match="no model is named"):
        load_encoder("", settings)


def test_a_folder_without_a_model_says_so(tmp_path, settings):
    (tmp_path / "config.json").write_text("{}", "utf-8")
    with pytest.raises(ModelError, match="cannot be loaded") as raised:
        load_encoder(str(tmp_path), settings)
    assert "\n" not in str(raised.value)


class Refusing(BaseHTTPRequestHandler):
    """Answers every request, if with an error."""

    def do_HEAD(self):
        self.send_error(403)

    def log_message(self, *_):
        pass


def test_the_hub_is_asked_only_where_it_answers(monkeypatch):
    with HTTPServer(("127.0.0.1", 0), Refusing) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        address = f"http://127.0.0.1:{server.server_address[1]}"
        assert _reachable(address)
        server.shutdown()
        thread.join()
    assert not _reachable(address)
    assert not _reachable("nowhere")


def test_a_network_that_takes_calls_but_never_answers_is_none(monkeypatch):
    monkeypatch.setattr("matcher.encoding.sentence_transformer._REACH_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as server:
        start = time.monotonic()
        assert not _reachable(f"http://127.0.0.1:{server.getsockname()[1]}")
    assert time.monotonic() - start < 3


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def test_prompts_are_the_models_own_or_those_of_e5():
    assert _prompts("some/model", {}) == {"proposal": "", "orientation": ""}
    assert _prompts("intfloat/multilingual-e5-base", {})["proposal"] == "query: "
    assert _prompts("intfloat/multilingual-e5-large-instruct", {})["proposal"] == ""
    own = {"query": "q: ", "orientation": "o: "}
    assert _prompts("x", own) == {"proposal": "q: ", "orientation": "o: "}


def test_importing_the_package_loads_nothing_heavy():
    script = (
        "import sys, matcher.encoding, matcher.encoding.build;"
        "print(sorted({'torch', 'transformers', 'sentence_transformers', 'tokenizers', 'safetensors', 'pandas'}"
        " & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


# ------------------------------------------------------------------------------------ references


def test_a_reference_is_the_mean_whatever_the_order(tiny_bert, tmp_path):
    texts = ["cây hồi", "đất dốc", "nghiên cứu"]
    reference = build_reference(tiny_bert, texts, source="three texts")
    again = build_reference(tiny_bert, [*reversed(texts), "cây hồi"], source="three texts")
    assert np.array_equal(reference.mean, again.mean)
    assert np.allclose(reference.mean, tiny_bert.encode(texts).mean(axis=0), atol=1e-6)
    for name, each in (("a.npz", reference), ("b.npz", again)):
        each.save(tmp_path / name)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    back = Reference.load(tmp_path / "a.npz")
    assert np.array_equal(back.mean, reference.mean)
    assert (back.count, back.fingerprint, back.source) == (3, tiny_bert.fingerprint, "three texts")


def test_centred_vectors_have_length_one(tiny_bert):
    reference = build_reference(tiny_bert, ["cây hồi", "đất dốc"])
    centred = reference.centre(tiny_bert.encode(["nghiên cứu", "cây"]))
    assert centred.dtype == np.float32
    assert np.allclose(np.linalg.norm(centred, axis=1), 1, atol=1e-5)
    assert np.isfinite(reference.centre(reference.mean[None])).all()


def test_a_reference_of_nothing_is_refused(tiny_bert):
    with pytest.raises(ModelError, match="at least one text"):
        build_reference(tiny_bert, [])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", b"text"])
def test_a_damaged_reference_is_refused(tmp_path, content):
    (tmp_path / "reference.npz").write_bytes(content)
    with pytest.raises(ModelError, match="is no reference"):
        Reference.load(tmp_path / "reference.npz")


def test_a_reference_belongs_to_its_weights(tiny_bert, tmp_path):
    build_reference(tiny_bert, ["cây"]).save(tmp_path / "reference.npz")
    assert load_reference(str(tmp_path), tiny_bert.fingerprint).count == 1
    with pytest.raises(ModelError, match="was made by the model"):
        load_reference(str(tmp_path), "0" * 16)
    assert load_reference(str(tmp_path / "none"), "0" * 16) is None


# ------------------------------------------------------------------------------------ what is shipped


def test_each_model_that_comes_with_the_program_is_complete():
    cards = available_models()
    assert Settings().model in [card.name for card in cards]
    for card in cards:
        assert card.folder.name == card.name
        assert (card.folder / "README.md").is_file()
        reference = load_reference(card.name, card.fingerprint)
        # The model that compares tasks gives vectors that are not centred.
        assert reference is None if card.name == PAIR_MODEL else reference.mean.shape == (card.dimension,)
        assert sum(file.stat().st_size for file in card.folder.iterdir()) < 40_000_000


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    return load_encoder(Settings().model, Settings(cache_dir=str(tmp_path_factory.mktemp("shipped"))))


def test_the_shipped_model_knows_what_is_alike(shipped):
    centre = load_reference(Settings().model, shipped.fingerprint).centre
    fruit, fruit_again, law = centre(
        shipped.encode(
            [
                "Ứng dụng kỹ thuật trồng và bảo quản quả hồng không hạt",
                "Xây dựng mô hình thâm canh cây ăn quả",
                "Thủ tục đăng ký kết hôn có yếu tố nước ngoài",
            ]
        )
    )
    assert fruit @ fruit_again > 0.3 > fruit @ law


def test_the_shipped_model_never_mixes_texts(shipped):
    lines = (resource_dir("corpus") / "lang-son-2025" / "announcement.txt").read_text("utf-8").split("\n")
    texts = [" ".join(lines[at : at + 1 + at % 4]) for at in range(0, 24, 2)]
    together = shipped.encode(texts)
    for at in (3, 11):
        assert np.array_equal(shipped.encode([texts[at]])[0], together[at])
    assert np.array_equal(shipped.encode(texts[::-1])[::-1], together)


def test_the_shipped_tokenizer_knows_every_letter_of_the_announcement(shipped):
    text = (resource_dir("corpus") / "lang-son-2025" / "announcement.txt").read_text("utf-8")
    text = unicodedata.normalize("NFKC", text)  # «…» is «...» to the model
    vocabulary = json.loads((resource_dir("models") / BASE_MODEL / "tokenizer.json").read_text("utf-8"))
    pieces = {piece for piece, _ in vocabulary["model"]["vocab"]}
    assert {letter for letter in text if not letter.isspace()} <= pieces
