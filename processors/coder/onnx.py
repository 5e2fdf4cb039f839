"""Graphs in the ONNX format, as far as the coder needs it: nodes and constants, written down for onnxruntime.

The format is protocol buffers (onnx.proto, version 8 of its intermediate representation); the numbers below are those
of its fields. The package that writes it in general is larger than the coder.
"""

import struct
from collections.abc import Mapping, Sequence
from typing import Any

# Microsoft's operators, of which onnxruntime has more than the standard.
MICROSOFT = "com.microsoft"
_TYPES = {"float32": 1, "uint8": 2, "int8": 3, "int32": 6, "int64": 7}
_FLOAT, _INT, _INTS = 1, 2, 7  # types of settings
_FORMAT, _OPERATORS, _MICROSOFT_OPERATORS = 8, 17, 1


# What is written piece by piece is joined once, at the end: the weights are most of it.
_Parts = list[Any]


class Graph:
    """Nodes and constants. A value is known by its name; `add` gives the name of what a node makes."""

    def __init__(self) -> None:
        self._nodes: _Parts = []
        self._constants: dict[str, _Parts] = {}

    def constant(self, name: str, array: Any) -> str:
        """An array, under a name."""
        import numpy as np

        array = np.asarray(array, order="C")
        dims = [part for size in array.shape for part in _number(1, size)]
        values = array.reshape(-1).view(np.uint8)
        self._constants[name] = _within(
            5, [*dims, *_number(2, _TYPES[str(array.dtype)]), *_text(8, name), *_raw(9, values)]
        )
        return name

    def add(self, operator: str, *inputs: str, domain: str = "", **settings: float | list[int]) -> str:
        """A node; the name of what it makes."""
        name = f"value_{len(self._nodes)}"
        node = [part for one in inputs for part in _text(1, one)]
        node += [*_text(2, name), *_text(3, name), *_text(4, operator)]
        node += [part for key, value in settings.items() for part in _setting(key, value)]
        self._nodes += _within(1, [*node, *_text(7, domain)])
        return name

    def written(self, inputs: Mapping[str, tuple[str, Sequence[int | str]]], outputs: Mapping[str, int]) -> bytes:
        """As onnxruntime reads it: `inputs` with their types and shapes (a name for a length that is open), `outputs`,
        of 32-bit floats, with their ranks."""
        body = [*self._nodes, *_text(2, "coder")]
        for constant in self._constants.values():
            body += constant
        for name, (kind, shape) in inputs.items():
            body += _within(11, _value(name, kind, shape))
        for name, rank in outputs.items():
            body += _within(12, _value(name, "float32", [f"{name}_{n}" for n in range(rank)]))
        out = _number(1, _FORMAT)
        for domain, version in (("", _OPERATORS), (MICROSOFT, _MICROSOFT_OPERATORS)):
            out += _within(8, [*_text(1, domain), *_number(2, version)])
        return b"".join(out + _within(7, body))


def session(graph: bytes) -> Any:
    """What computes a graph, on one thread."""
    from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions

    options = SessionOptions()
    # The stages divide their work by processes. No two texts are of one length: no plan of memory
    # would be used again.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    # As it is written: what onnxruntime would fuse (sums with the norms after them) is slower.
    options.graph_optimization_level = GraphOptimizationLevel.ORT_DISABLE_ALL
    made = InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    made._model_bytes = b""  # Else it keeps all weights a second time, to begin again with where it fails.
    return made


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def _number(field: int, number: int) -> _Parts:
    return [_varint(field << 3), _varint(number)]


def _raw(field: int, data: Any) -> _Parts:
    return [_varint(field << 3 | 2), _varint(len(data)), data]


def _within(field: int, parts: _Parts) -> _Parts:
    return [_varint(field << 3 | 2), _varint(sum(map(len, parts))), *parts]


def _text(field: int, text: str) -> _Parts:
    return _raw(field, text.encode())


def _setting(name: str, value: float | list[int]) -> _Parts:
    if isinstance(value, float):
        told, kind = [_varint(2 << 3 | 5), struct.pack("<f", value)], _FLOAT
    elif isinstance(value, int):
        told, kind = _number(3, value), _INT
    else:
        told, kind = [part for one in value for part in _number(8, one)], _INTS
    return _within(5, [*_text(1, name), *told, *_number(20, kind)])


def _value(name: str, kind: str, shape: Sequence[int | str]) -> _Parts:
    dims = []
    for size in shape:
        dims += _within(1, _number(1, size) if isinstance(size, int) else _text(2, size))
    tensor = [*_number(1, _TYPES[kind]), *_within(2, dims)]
    return [*_text(1, name), *_within(2, _within(1, tensor))]
