"""A query as a tree that knows no engine. All checks are done: each field exists, each value has its field's type."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from processors.documents import Kind

Value: TypeAlias = str | int | float | datetime


@dataclass(frozen=True, slots=True)
class All:
    """Every document."""


@dataclass(frozen=True, slots=True)
class Exists:
    """Documents in which `field` is neither null nor an empty list."""

    field: str


@dataclass(frozen=True, slots=True)
class Term:
    """`field` holds exactly `value` (keyword, number), or its words side by side, inflected or not (text)."""

    field: str
    value: str | int | float


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of `text` in order in a text or name field, with up to `slop` moves between them."""

    field: str
    text: str
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Wildcard:
    """One term (keyword) or word (text, name) that fits `pattern`: * any characters, ? one, \\ before a literal one.

    The pattern of a text or name field is folded (lower case, no accents), as the index's words are.
    """

    field: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """One term or word at most `distance` (1 or 2) edits from `word`; a transposition is one edit."""

    field: str
    word: str
    distance: int


@dataclass(frozen=True, slots=True)
class Range:
    """Values between `low` and `high`; None is open. Days and months of dates are resolved to times already."""

    field: str
    low: Value | None = None
    high: Value | None = None
    include_low: bool = True
    include_high: bool = True


@dataclass(frozen=True, slots=True)
class And:
    """All `parts` match."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of `parts` matches."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """`part` does not match."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class Boost:
    """`part`, counting `factor` times in the score."""

    part: "Node"
    factor: float


Node: TypeAlias = All | Exists | Term | Phrase | Wildcard | Fuzzy | Range | And | Or | Not | Boost


@dataclass(frozen=True, slots=True)
class Query:
    """A checked query. `relative`: it says `now`, so that its tree holds for the moment it was parsed at."""

    text: str
    kind: Kind
    tree: Node
    relative: bool = False


def fields_of(node: Node) -> frozenset[str]:
    """The fields that a tree asks for, in whatever way."""
    match node:
        case All():
            return frozenset()
        case And(parts) | Or(parts):
            return frozenset[str]().union(*map(fields_of, parts))
        case Not(part) | Boost(part):
            return fields_of(part)
        case _:
            return frozenset({node.field})
