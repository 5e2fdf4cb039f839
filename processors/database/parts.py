"""Long lists of keys in parts that fit into one statement."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

PART = 500  # keys: SQLite takes 32,766 parameters in a statement at the most

_Key = TypeVar("_Key")


def in_parts(keys: Sequence[_Key]) -> Iterator[Sequence[_Key]]:
    """`keys` in their order, at most `PART` at a time."""
    for start in range(0, len(keys), PART):
        yield keys[start : start + PART]
