"""The products of matrices of the shipped pipelines, computed by onnxruntime.

The weights and all shapes are those of the loaded pipeline; what is computed is what spaCy computes, up to rounding.
The encoder multiplies numbers of eight bits. The steps by which it rounds values come from the weights, so that no
text changes what is said of another.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from thinc.api import Model

from processors.coder.layers import MIDDLE, exact, unsigned
from processors.coder.onnx import MICROSOFT, Graph, session

# Bytes around MIDDLE reach so far to either side.
_LARGEST = 127
# The largest values of a layer are about so many times the sum of the spreads of the norms that it is a sum of.
_REACH = 4
# Scores so near to the best one, of moves allowed or not, are computed again. They are logarithms of odds.
_CLOSE = 0.3


class Encoder:
    """A MaxoutWindowEncoder after an embedding that ends with a norm; in 32 bits unless `eight`."""

    def __init__(self, embed: Model[Any, Any], encode: Model[Any, Any], *, eight: bool = True) -> None:
        of, x = _Writer(eight=eight), "rows"
        spread, self._pad = _spread(embed), 0
        for layer in encode.layers[0].layers:
            x = _layer(of, x, layer, spread)
            spread += _spread(layer)
            self._pad += _found(layer, "expand_window").attrs["window_size"]
        #: How far apart what it gives lies, at most: the root of the mean square.
        self.spread = spread
        self._ops = encode.ops
        self._session = session(of.graph.written({"rows": ("float32", ["words", encode.get_dim("nO")])}, {x: 2}))

    def __call__(self, docs: Sequence[Any]) -> list[Any]:
        """The vectors of each document's words from their embeddings, of shape (words, width)."""
        if not any(map(len, docs)):
            return list(docs)
        # As thinc does: rows of zeros before, between and after the documents that have words.
        (rows,) = self._session.run(None, {"rows": self._ops.flatten(docs, pad=self._pad)})
        found, start = [], 0
        for doc in docs:
            found.append(rows[start : start + len(doc)])
            start += len(doc) + self._pad if len(doc) else 0
        return found


class Scorer:
    """Scores of a transition model's moves, from the vectors that the encoder whose values reach `spread` gives.

    spaCy multiplies all tokens with the matrices of all places they may take in a state, and sums up what a state
    needs: more memory than the processor keeps at hand, and sums one by one. Here the vectors that a state needs are
    put side by side and multiplied at once: with eight bits, and where two moves then come out close, with 32 again.
    """

    def __init__(self, model: Model[Any, Any], spread: float) -> None:
        linear, lower, upper = model.get_ref("tok2vec").layers[-1], model.get_ref("lower"), model.get_ref("upper")
        self.places: int = lower.get_dim("nF")
        self._step = _step(spread)
        weights, bias = _joined(linear, lower, _LARGEST * self._step)
        self._sessions = []
        for kind in ("uint8", "float32"):
            of, width = _Writer(eight=kind == "uint8"), linear.get_dim("nI") + 1
            seen = of.graph.add("Gather", "tokens", "places", axis=0)
            seen = of.graph.add("Reshape", seen, of.constant(np.array([-1, self.places * width])))
            hidden = of.maxout(seen, weights, bias, self._step)
            last = [of.vector(_weights(upper, "W").T), of.vector(_weights(upper, "b"))]
            scores = of.graph.add("Gemm", hidden, *last)
            inputs: dict[str, tuple[str, list[int | str]]] = {
                "tokens": (kind, ["tokens", width]),
                "places": ("int32", ["states", self.places]),
            }
            self._sessions.append(session(of.graph.written(inputs, {scores: 2})))

    def tables(self, docs: Sequence[Any]) -> tuple[Any, Any]:
        """What `__call__` takes, from the vectors of each document's tokens; the last row stands for no token."""
        vectors = np.concatenate(docs)
        tokens = np.zeros((len(vectors) + 1, vectors.shape[1] + 1), np.float32)
        tokens[:-1, :-1], tokens[-1, -1] = vectors, _LARGEST * self._step
        rounded = np.rint(tokens / np.float32(self._step))
        return (np.clip(rounded, -MIDDLE, _LARGEST) + MIDDLE).astype(np.uint8), tokens

    def __call__(self, tables: tuple[Any, Any], places: Any) -> Any:
        """Of shape (states, moves), for the tokens' numbers of shape (states, places), -1 where there is none."""
        (rounded, tokens), (quick, careful) = tables, self._sessions
        (scores,) = quick.run(None, {"tokens": rounded, "places": places})
        near = scores > scores.max(axis=1, keepdims=True) - _CLOSE
        close = np.flatnonzero(np.count_nonzero(near, axis=1) > 1)
        if len(close):
            (scores[close],) = careful.run(None, {"tokens": tokens, "places": places[close]})
        return scores


def _joined(linear: Model[Any, Any], lower: Model[Any, Any], mark: float) -> tuple[Any, Any]:
    """The lower layer with the linear one before it made part of it: weights of shape (out, pieces, places * width),
    and a bias. Each place has one number more than a vector has, `mark` where there is no token: there, the lower layer
    has a vector of its own, which the linear one does not touch."""
    matrices, before = _weights(lower, "W").astype(float), _weights(linear, "W").astype(float)
    constant = matrices @ _weights(linear, "b")
    none = (_weights(lower, "pad")[0] - constant) / mark
    weights = np.concatenate([matrices @ before, none[..., None]], axis=-1)
    places, out, pieces, width = weights.shape
    whole = weights.transpose(1, 2, 0, 3).reshape(out, pieces, places * width)
    return whole, _weights(lower, "b") + constant.sum(axis=0)


class _Writer:
    def __init__(self, *, eight: bool) -> None:
        self.graph, self._eight, self._constants = Graph(), eight, 0

    def constant(self, array: Any) -> str:
        self._constants += 1
        return self.graph.constant(f"constant_{self._constants}", array)

    def vector(self, values: Any) -> str:
        return self.constant(np.asarray(values, np.float32))

    def rows(self, x: str, start: int, end: int) -> str:
        return self.graph.add("Slice", x, *(self.constant(np.array([number])) for number in (start, end, 0)))

    def rounded(self, x: str, step: float) -> str:
        if not self._eight:
            return x
        return self.graph.add("QuantizeLinear", x, self.vector(step), self.constant(np.uint8(MIDDLE)))

    def maxout(self, x: str, weights: Any, biases: Any, step: float = 1) -> str:
        """Of rows that are `rounded` by `step`; the weights are of shape (out, pieces, in)."""
        pieces = [self.product(x, weights[:, n].T, biases[:, n], step) for n in range(weights.shape[1])]
        return self.graph.add("Max", *pieces)

    def product(self, x: str, matrix: Any, bias: Any, step: float = 1) -> str:
        if not self._eight:
            return self.graph.add("Gemm", x, self.vector(matrix), self.vector(bias))
        scale = np.maximum(np.abs(matrix).max(axis=0), np.finfo(np.float32).tiny) / _LARGEST
        whole, middle = np.rint(matrix / scale).astype(np.int8), self.constant(np.uint8(MIDDLE))
        zero = ""
        if not exact():
            whole, zero = unsigned(whole), middle
        inputs = [x, self.constant(whole), self.vector(step), self.vector(scale), middle, zero, self.vector(bias)]
        return self.graph.add("MatMulIntegerToFloat", *inputs, domain=MICROSOFT)


def _layer(of: _Writer, x: str, layer: Model[Any, Any], spread: float) -> str:
    """A residual layer over windows of rows; it gives fewer rows, none for those whose window is not whole."""
    maxout, norm, step = _found(layer, "maxout"), _found(layer, "layernorm"), _step(spread)
    window = _found(layer, "expand_window").attrs["window_size"]
    rows, end = of.rounded(x, step), np.iinfo(np.int64).max
    windows = [of.rows(rows, n, n - 2 * window if n < 2 * window else end) for n in range(2 * window + 1)]
    beside = of.graph.add("Concat", *windows, axis=1)
    seen = of.maxout(beside, _weights(maxout, "W"), _weights(maxout, "b"), step)
    gain, bias = of.vector(_weights(norm, "G")), of.vector(_weights(norm, "b"))
    # The epsilon is thinc's.
    normed = of.graph.add("LayerNormalization", seen, gain, bias, epsilon=1e-8)
    return of.graph.add("Add", of.rows(x, window, -window), normed)


def _weights(layer: Model[Any, Any], name: str) -> Any:
    return layer.get_param(name)


def _found(layer: Model[Any, Any], name: str) -> Model[Any, Any]:
    return next(node for node in layer.walk() if node.name == name)


def _spread(layer: Model[Any, Any]) -> float:
    """The root of the mean square of what a layer's norm gives."""
    norm = _found(layer, "layernorm")
    return math.sqrt(float(np.mean(_weights(norm, "G") ** 2 + _weights(norm, "b") ** 2)))


def _step(spread: float) -> float:
    return _REACH * spread / _LARGEST
