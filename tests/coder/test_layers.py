"""The reader's layers in eight bits, against the same in numpy and 64 bits."""

from typing import Any

import numpy as np
import pytest

from processors.coder import layers
from processors.coder.layers import Layers

WIDTH, HEADS, COUNT = 64, 4, 2


def weights() -> dict[str, Any]:
    """Small random layers, as they are stored."""
    rng = np.random.default_rng(3)
    out: dict[str, Any] = {}
    for n in range(COUNT):
        for name, inputs, outputs in (("mix", WIDTH, 3 * WIDTH), ("out", WIDTH, WIDTH), ("up", WIDTH, 4 * WIDTH),
                                      ("down", 4 * WIDTH, WIDTH)):  # fmt: skip
            matrix = rng.normal(size=(inputs, outputs)) / inputs**0.5
            scale = np.abs(matrix).max(axis=0) / 127
            out[f"{n}_{name}"] = np.round(matrix / scale).astype(np.int8)
            out[f"{n}_{name}_scale"] = scale.astype(np.float32)
            out[f"{n}_{name}_bias"] = rng.normal(size=outputs, scale=0.1).astype(np.float16)
        for name in (f"{n}", f"{n}_seen"):
            out[f"{name}_gain"] = rng.uniform(0.5, 1.5, WIDTH).astype(np.float16)
            out[f"{name}_bias"] = rng.normal(size=WIDTH, scale=0.1).astype(np.float16)
    return out


def exactly(w: dict[str, Any], x: Any) -> Any:
    """What the layers should give."""

    def linear(x: Any, name: str) -> Any:
        return x @ (w[name] * w[f"{name}_scale"].astype(float)) + w[f"{name}_bias"]

    def normed(x: Any, name: str) -> Any:
        x = x - x.mean(axis=1, keepdims=True)
        return x / np.sqrt((x * x).mean(axis=1, keepdims=True)) * w[f"{name}_gain"] + w[f"{name}_bias"]

    for n in range(COUNT):
        query, key, value = linear(x, f"{n}_mix").reshape(len(x), 3, HEADS, -1).transpose(1, 2, 0, 3)
        heat = np.exp(query @ key.transpose(0, 2, 1) * (WIDTH / HEADS) ** -0.5)
        seen = (heat / heat.sum(axis=-1, keepdims=True)) @ value
        x = normed(x + linear(seen.transpose(1, 0, 2).reshape(len(x), WIDTH), f"{n}_out"), f"{n}_seen")
        up = linear(x, f"{n}_up")
        bent = up * (1 + np.tanh((2 / np.pi) ** 0.5 * (up + 0.044715 * up**3))) / 2
        x = normed(x + linear(bent, f"{n}_down"), f"{n}")
    return x


def vectors(count: int) -> Any:
    """Some vectors, one with a value far larger than the others'."""
    out = np.random.default_rng(5).normal(size=(count, WIDTH)).astype(np.float32)
    out[count // 2, 7] = 60
    return out


@pytest.mark.parametrize("signs", [True, False])
def test_eight_bits_give_nearly_what_more_give(signs: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not signs:  # As on processors that multiply bytes with signs wrongly.
        monkeypatch.setattr(layers, "exact", lambda: False)
    w, x = weights(), vectors(90)
    found, wanted = Layers(w, COUNT, HEADS)(x, np.arange(90)), exactly(w, x.astype(float))
    alike = (found * wanted).sum(axis=1) / np.linalg.norm(found, axis=1) / np.linalg.norm(wanted, axis=1)
    assert alike.min() > 0.99
    assert alike.mean() > 0.999


def test_only_the_wanted_pieces_are_given_as_if_all_were() -> None:
    run, x = Layers(weights(), COUNT, HEADS), vectors(40)
    every = run(x, np.arange(40))
    assert np.allclose(run(x, np.array([3, 20, 39])), every[[3, 20, 39]], atol=1e-5)


@pytest.mark.parametrize("count", [1, 2, 255])
def test_a_part_may_have_any_length(count: int) -> None:
    assert np.isfinite(Layers(weights(), COUNT, HEADS)(vectors(count), np.array([count - 1]))).all()
