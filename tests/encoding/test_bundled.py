import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from matcher.encoding import expand, pack_model, read_card
from matcher.encoding.bert import BertEncoder
from matcher.errors import ModelError, OutputError

from .conftest import TINY, TINY_CONFIG, make_tiny, tiny_state


def test_the_card_tells_what_the_model_is(tiny):
    assert (tiny.name, tiny.dimension, tiny.max_tokens) == ("tiny", 64, 64)
    assert dict(tiny.prompts) == {"proposal": "query: ", "orientation": "query: "}
    assert tiny.size == sum((tiny.folder / name).stat().st_size for name in tiny.sha256)
    assert read_card(tiny.folder) == tiny


def test_the_fingerprint_follows_weights_and_prompts(tmp_path, tiny):
    other_weights = make_tiny(tmp_path / "a", seed=1).card
    file = make_tiny(tmp_path / "b").card.folder / "model.toml"
    file.write_text(file.read_text("utf-8").replace('orientation = "query: "', 'orientation = "passage: "'), "utf-8")
    assert len({tiny.fingerprint, other_weights.fingerprint, read_card(tmp_path / "b").fingerprint}) == 3


def test_packing_twice_gives_the_same_bytes(tmp_path, tiny):
    assert make_tiny(tmp_path / "again").card.sha256 == tiny.sha256


def test_8_bit_weights_hardly_turn_the_vectors(tmp_path, tiny_bert):
    import torch

    from matcher.encoding.transformer import Transformer

    exact = Transformer(
        {name: torch.from_numpy(values) for name, values in tiny_state().items()}, layers=2, heads=2, epsilon=1e-12
    )
    ids = [[0, 7, 9, 30, 41, 2], [0, 50, 2]]
    assert (exact.pooled(ids) * tiny_bert._transformer.pooled(ids)).sum(axis=1).min() > 0.999


def test_a_saved_sentence_transformers_model_is_packed(tmp_path, tiny_sentence_transformer, tiny_bert):
    folder = tmp_path / "saved"
    tiny_sentence_transformer._model.save_pretrained(str(folder), create_model_card=False)
    report = pack_model(folder, tmp_path / "packed", card=TINY)
    again = BertEncoder.from_packed(report.card, tmp_path / "cache")
    texts = ["Nghiên cứu cây hồi", "đất dốc"]
    assert (again.encode(texts) * tiny_bert.encode(texts)).sum(axis=1).min() > 0.9999


def test_what_is_no_bert_with_mean_pooling_is_refused(tmp_path, tiny_folder):
    import shutil

    with pytest.raises(ModelError, match="'t5'"):
        make_tiny(tmp_path / "t5", model_type="t5")
    with pytest.raises(ModelError, match="alone is no model"):
        pack_model(tiny_state(), tmp_path / "alone", card=TINY, config=TINY_CONFIG)
    shutil.copytree(tiny_folder, tmp_path / "cls")
    (tmp_path / "cls" / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}', "utf-8")
    with pytest.raises(ModelError, match="does not pool by the mean"):
        pack_model(tmp_path / "cls", tmp_path / "out", card=TINY)
    with pytest.raises(ModelError, match="cannot be read"):
        pack_model(tmp_path / "nothing", tmp_path / "out", card=TINY)


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        make_tiny(tmp_path / "file" / "model")


def cut(file):
    file.write_bytes(file.read_bytes()[:-7])


def flip(file):
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2] ^= 1
    file.write_bytes(raw)


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: cut(folder / "model.safetensors"),
        lambda folder: flip(folder / "model.safetensors"),
        lambda folder: (folder / "tokenizer.json").unlink(),
        lambda folder: (folder / "expanded.json").write_text("[1]", "utf-8"),
        lambda folder: (folder / "expanded.json").write_text('{"a": 1}', "utf-8"),
        lambda folder: cut(folder / "expanded.json"),
    ],
)
def test_a_damaged_expansion_is_made_again(tmp_path, tiny, tiny_folder, damage):
    folder = expand(tiny, tmp_path)
    damage(folder)
    assert expand(tiny, tmp_path) == folder
    for file in tiny_folder.rglob("*.*"):
        if file.is_file():
            assert (folder / file.relative_to(tiny_folder)).read_bytes() == file.read_bytes()


def test_a_whole_expansion_is_left_alone(tmp_path, tiny):
    folder = expand(tiny, tmp_path)
    before = (folder / "model.safetensors").stat().st_mtime_ns
    assert (expand(tiny, tmp_path) / "model.safetensors").stat().st_mtime_ns == before
    assert sorted(file.suffix for file in folder.parent.iterdir() if file != folder) in ([], [".lock"])


@pytest.mark.parametrize("name", ["weights.safetensors", "tokenizer.json", "config.json"])
def test_a_damaged_packed_model_is_never_used(tmp_path, name):
    card = make_tiny(tmp_path / "tiny").card
    flip(card.folder / name)
    with pytest.raises(ModelError, match=f"{name}: the file is damaged"):
        expand(card, tmp_path / "cache")
    assert not list((tmp_path / "cache" / "models").glob("tiny-*[!k]"))


def test_a_description_that_is_none_is_said_to_be_so(tmp_path):
    card = make_tiny(tmp_path / "tiny").card
    for text in ("", "name = 3", "= =", 'name = "x"\nsha256 = 4\nprompts = 1'):
        (card.folder / "model.toml").write_text(text, "utf-8")
        with pytest.raises(ModelError, match="is no model's description"):
            read_card(card.folder)


def test_a_cache_that_cannot_be_written_is_named(tmp_path, tiny):
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(OutputError, match="cache_dir"):
        expand(tiny, tmp_path / "file")


def test_threads_and_processes_may_expand_at_once(tmp_path, tiny):
    script = (
        "import sys; from pathlib import Path; from matcher.encoding import expand, read_card;"
        "print(expand(read_card(Path(sys.argv[1])), Path(sys.argv[2])))"
    )
    command = [sys.executable, "-c", script, str(tiny.folder), str(tmp_path)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    with ThreadPoolExecutor(4) as pool:
        folders = set(pool.map(lambda _: str(expand(tiny, tmp_path)), range(8)))
    for process in processes:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, b"")
        folders.add(out.decode().strip())
    [folder] = folders
    seal = json.loads((tmp_path / "models" / folder / "expanded.json").read_text("utf-8"))
    assert "model.safetensors" in seal
    assert len([each for each in (tmp_path / "models").iterdir() if each.is_dir()]) == 1


def test_the_layers_check_that_the_machine_keeps_to_the_promise(tiny_bert):
    assert tiny_bert._transformer.same_everywhere()
    ids = [[0, 7, 9, 30, 41, 2], [0, 50, 2]]
    together, alone = tiny_bert._transformer.pooled(ids), tiny_bert._transformer.pooled(ids, alone=True)
    assert np.abs(together - alone).max() < 1e-6
