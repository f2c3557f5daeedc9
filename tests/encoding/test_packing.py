import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.encoding.packing import pack, pack_q4, pack_q8, pack_tensor, read_tensors, unpack, unpack_q4, write_tensors
from matcher.errors import ModelError


def on_grid(seed, rows=40, blocks=2):
    random = np.random.default_rng(seed)
    scales = random.uniform(-3, 3, (rows, blocks, 1)).astype(np.float16).astype(np.float32)
    steps = random.integers(-8, 8, (rows, blocks, 32)).astype(np.float32)
    steps[0, 0] = 0
    steps[1] = np.clip(steps[1], -3, 2)  # a block that does not use the whole range
    return (steps * scales).reshape(rows, blocks * 32)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_values_on_a_4_bit_grid_are_kept_exactly(seed):
    matrix = on_grid(seed)
    packed = pack_tensor(matrix)
    assert packed.kind == "q4"
    assert packed.error == 0
    assert np.array_equal(unpack_q4(packed.parts["q4"], packed.parts["scale"]), matrix)


def test_the_nibbles_lie_as_in_q4_0():
    matrix = np.zeros((1, 32), np.float32)
    matrix[0, 0], matrix[0, 16] = -8.0, 7.0  # scale 1: nibble 0 of value 0 low, nibble 15 of value 16 high
    packed = pack_q4(matrix)
    assert packed.parts["scale"].tolist() == [[1.0]]
    assert packed.parts["q4"][0, 0] == 0xF0
    assert set(packed.parts["q4"][0, 1:].tolist()) == {0x88}


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(1e-4, 1e3))
def test_8_bit_rows_lose_at_most_half_a_step(seed, size):
    matrix = (np.random.default_rng(seed).standard_normal((5, 33)) * size).astype(np.float32)
    packed = pack_q8(matrix)
    back = unpack({"w.q8": packed.parts["q8"], "w.scale": packed.parts["scale"]})["w"]
    step = np.abs(matrix).max(axis=1, keepdims=True) / 127
    assert (np.abs(back - matrix) <= step * 0.501).all()
    assert packed.error < 0.01


def test_trained_weights_take_8_bits_and_vectors_stay():
    random = np.random.default_rng(0)
    state = {
        "a.weight": random.standard_normal((64, 64)).astype(np.float32),
        "a.bias": random.standard_normal(64).astype(np.float32),
        "b.weight": on_grid(1),
        "a.scale": np.ones(3, np.float32),
    }
    tensors, errors = pack(state)
    assert set(tensors) == {"a.weight.q8", "a.weight.scale", "a.bias", "b.weight.q4", "b.weight.scale", "a.scale"}
    assert list(errors) == ["a.weight"]
    back = unpack(tensors)
    assert set(back) == set(state)
    assert np.array_equal(back["a.bias"], state["a.bias"])
    assert np.array_equal(back["b.weight"], state["b.weight"])
    lost = np.sqrt(((back["a.weight"] - state["a.weight"]) ** 2).mean() / (state["a.weight"] ** 2).mean())
    assert errors["a.weight"] == pytest.approx(lost, rel=1e-3)


def test_a_kind_can_be_named():
    matrix = np.random.default_rng(0).standard_normal((64, 64)).astype(np.float32)
    tensors, errors = pack({"w": matrix, "v": matrix}, {"w": "q4", "v": "f32"})
    assert set(tensors) == {"w.q4", "w.scale", "v"}
    assert 0.02 < errors["w"] < 0.15
    with pytest.raises(ModelError, match="33 columns"):
        pack_tensor(np.ones((40, 33), np.float32), "q4")


def test_zeros_stay_zeros():
    for kind in ("q4", "q8", "auto"):
        tensors, _ = pack({"w": np.zeros((40, 32), np.float32)}, {} if kind == "auto" else {"w": kind})
        assert np.array_equal(unpack(tensors)["w"], np.zeros((40, 32)))


def test_a_weight_that_is_no_number_is_refused():
    with pytest.raises(ModelError, match="finite"):
        pack_tensor(np.array([[np.nan] * 32], np.float32))


def test_the_same_tensors_give_the_same_bytes(tmp_path):
    tensors, _ = pack({"b": on_grid(1), "a": on_grid(2)})
    write_tensors(tensors, tmp_path / "one")
    write_tensors(dict(reversed(tensors.items())), tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize("content", [b"", b"no tensors at all", b"\xff" * 100])
def test_a_damaged_file_is_said_to_be_one(tmp_path, content):
    file = tmp_path / "weights.safetensors"
    file.write_bytes(content)
    with pytest.raises(ModelError, match="cannot be read"):
        read_tensors(file)
