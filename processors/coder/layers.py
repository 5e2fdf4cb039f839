"""The reader's layers, computed by onnxruntime: products of matrices in eight bits, all else in 32.

The matrices are in eight bits already. What they are multiplied with is rounded to eight bits as well, each row by a
scale of its own: single pieces have values ten times as large as those of all others, and no text may change what is
said of another. Processors have instructions for such products (VNNI; on ARM the dot product).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from processors.coder.onnx import MICROSOFT, Graph, session

# Eight bits for values of both signs: 128, and 127 to either side. What comes out of the bend between `up` and `down`
# is never below -0.17: 16, and more numbers for what is above.
MIDDLE, _LOW, _LOWEST = 128, 16, 0.17005
_TINY = 1e-12


class Layers:
    """The layers with the weights that training/coder names `N_mix`, `N_out`, `N_up` and `N_down`."""

    def __init__(self, weights: Mapping[str, Any], count: int, heads: int) -> None:
        self._session = session(_written(weights, count, heads))

    def __call__(self, vectors: Any, wanted: Any) -> Any:
        """What the last layer makes of the pieces whose numbers are `wanted`, from the vectors of all of a part."""
        return self._session.run(None, {"vectors": vectors, "wanted": wanted})[0]


def _written(weights: Mapping[str, Any], count: int, heads: int) -> bytes:
    """The graph of the layers."""
    of, x = _Writer(weights, bare=exact()), "vectors"
    add = of.graph.add
    for n in range(count):
        rows = of.rounded(x)
        key, value = of.product(rows, f"{n}_mix", 1), of.product(rows, f"{n}_mix", 2)
        if n == count - 1:
            # The rest is done for each piece alone, and here for the wanted ones only.
            x, rows = add("Gather", x, "wanted", axis=0), of.chosen(rows)
        query = of.product(rows, f"{n}_mix", 0)
        # MultiHeadAttention takes several texts at once; here it is one.
        three = [add("Unsqueeze", one, "first") for one in (query, key, value)]
        seen = add("MultiHeadAttention", *three, of.vector(f"{n}_mix_bias"), domain=MICROSOFT, num_heads=heads)
        out = of.product(of.rounded(add("Squeeze", seen, "first")), f"{n}_out")
        x = of.normed(x, out, f"{n}_out_bias", f"{n}_seen")
        up = of.product(of.rounded(x), f"{n}_up")
        bent = add("FastGelu", up, of.vector(f"{n}_up_bias"), domain=MICROSOFT)
        x = of.normed(x, of.product(of.rounded(bent, _LOW), f"{n}_down"), f"{n}_down_bias", f"{n}")
    width = len(weights["0_gain"])
    return of.graph.written({"vectors": ("float32", ["pieces", width]), "wanted": ("int64", ["asked"])}, {x: 2})


@dataclass(frozen=True, slots=True)
class _Rows:
    """Names of rows in eight bits around the constant `zero`, and of the scale of each."""

    values: str
    scales: str
    zero: str


class _Writer:
    def __init__(self, weights: Mapping[str, Any], *, bare: bool) -> None:
        import numpy as np

        self.graph, self._weights, self._bare = Graph(), weights, bare
        for name, value in (("one", np.float32(1)), ("first", np.array([0])), ("last", np.array([1])),
                            ("around", np.uint8(MIDDLE))):  # fmt: skip
            self.graph.constant(name, value)

    def vector(self, name: str) -> str:
        import numpy as np

        return self.graph.constant(name, self._weights[name].astype(np.float32))

    def rounded(self, x: str, zero: int = MIDDLE) -> _Rows:
        import numpy as np

        add, constant = self.graph.add, self.graph.constant
        largest = add("ReduceMax", add("Abs", x) if zero == MIDDLE else x, axes=[1])
        step = constant(f"step_{zero}", np.float32(1 / (255 - zero)))
        least = constant(f"least_{zero}", np.float32(_TINY if zero == MIDDLE else _LOWEST / zero))
        scales = add("Max", add("Mul", largest, step), least)
        each = add("Squeeze", scales, "last")
        zeros = add("Expand", constant(f"zero_{zero}", np.uint8(zero)), add("Shape", each))
        return _Rows(add("QuantizeLinear", x, each, zeros, axis=0), scales, f"zero_{zero}")

    def chosen(self, rows: _Rows) -> _Rows:
        values, scales = (self.graph.add("Gather", one, "wanted", axis=0) for one in (rows.values, rows.scales))
        return _Rows(values, scales, rows.zero)

    def product(self, rows: _Rows, name: str, third: int | None = None) -> str:
        """With a matrix of eight bits and a scale for each column, or with a third of its columns."""
        matrix, scale = self._weights[name], self._weights[f"{name}_scale"]
        if third is not None:
            width = len(scale) // 3
            name, columns = f"{name}_{third}", slice(third * width, (third + 1) * width)
            matrix, scale = matrix[:, columns], scale[columns]
        zero = []
        if not self._bare:
            matrix, zero = unsigned(matrix), ["around"]
        add, constant = self.graph.add, self.graph.constant
        inputs = [rows.values, constant(name, matrix), "one", constant(f"{name}_scale", scale), rows.zero, *zero]
        return add("Mul", add("MatMulIntegerToFloat", *inputs, domain=MICROSOFT), rows.scales)

    def normed(self, x: str, more: str, bias: str, name: str) -> str:
        """Of the sum of two."""
        total = self.graph.add("Add", x, self.graph.add("Add", more, self.vector(bias)))
        gain, bias = self.vector(f"{name}_gain"), self.vector(f"{name}_bias")
        return self.graph.add("LayerNormalization", total, gain, bias, epsilon=_TINY)


def unsigned(matrix: Any) -> Any:
    """A matrix of bytes with signs as one without, around MIDDLE."""
    import numpy as np

    return (matrix.astype(np.int16) + MIDDLE).astype(np.uint8)


@cache
def exact() -> bool:
    """Whether this processor multiplies bytes with signs by ones without, and adds, as it should: x86 processors
    without VNNI add up two products in 16 bits at once, which may be too few, and are given matrices without signs."""
    import numpy as np

    size = 64
    of = _Writer({"m": np.full((size, size), 127, np.int8), "m_scale": np.ones(size, np.float32)}, bare=True)
    x = of.product(of.rounded("x"), "m")
    tried = session(of.graph.written({"x": ("float32", ["rows", size])}, {x: 2}))
    (found,) = tried.run(None, {"x": np.ones((size, size), np.float32)})
    return bool(np.allclose(found, 127 * size))
