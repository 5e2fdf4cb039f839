"""What a search index does, whichever engine is behind it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from processors.documents import DEFAULT_SORT, FIELDS, Document, Kind
from processors.errors import QueryError

BY_SCORE = "score"
_SORTED = frozenset({"date", "integer", "float"})


class Rejection(NamedTuple):
    """A document that the index refused. `retryable`: the same document may be taken later."""

    id: str
    reason: str
    retryable: bool = False


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text field; `marks` are the character ranges in `text` that the query hit."""

    text: str
    marks: tuple[tuple[int, int], ...]

    def marked(self, before: str, after: str) -> str:
        """The text with each mark between `before` and `after`."""
        out, end = "", 0
        for start, stop in self.marks:
            out += f"{self.text[end:start]}{before}{self.text[start:stop]}{after}"
            end = stop
        return out + self.text[end:]


@dataclass(frozen=True, slots=True)
class Found:
    """A document that matches. `score` is None where the result is sorted by a field."""

    id: str
    score: float | None
    document: Document
    snippets: Mapping[str, Snippet] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page. `total` counts all matches; `next_after` asks for the next page, None behind the last one."""

    total: int
    hits: tuple[Found, ...]
    next_after: list[Any] | None = None


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild wrote and what was refused."""

    count: int
    rejected: tuple[Rejection, ...] = ()


class SearchIndex(Protocol):
    """Documents by id, searched with the query language. Every method raises IndexUnavailable where the engine is
    away, and those that take a query raise QueryError."""

    def upsert(self, kind: Kind, documents: Sequence[Document]) -> list[Rejection]:
        """Writes documents, each in place of the one with its id. Returns those that were refused, and why."""

    def delete(self, kind: Kind, ids: Sequence[str]) -> None:
        """Removes documents; ids that are not there are no error."""

    def search(
        self,
        kind: Kind,
        query: str,
        *,
        limit: int = 20,
        sort: str | None = None,
        after: list[Any] | None = None,
        snippets: bool = True,
    ) -> SearchResult:
        """The documents that match.

        `sort`: a date or number, with - in front for the largest first, or "score"; newest first by default. What has
        no value comes last, and equals are in the order of their ids. `after`: the `next_after` of the page before,
        of the same query and sort.
        """

    def facets(
        self, kind: Kind, query: str, fields: Sequence[str], *, size: int = 20
    ) -> dict[str, list[tuple[str, int]]]:
        """For each field its values in the matching documents with their counts: the `size` most frequent ones, or,
        for a date, all days that have any, in order of time."""

    def delete_older(self, kind: Kind, before: datetime) -> int:
        """Removes what is older (articles by `fetched_at`, events by `last_seen_at`); returns how much."""

    def count(self, kind: Kind) -> int:
        """How many documents there are."""

    def check(self) -> None:
        """Asks once, and for seconds only, whether the engine answers. Raises ConfigError where it cannot be used as it
        is set up."""

    def rebuild(self, kind: Kind, documents: Iterable[Document]) -> Rebuilt:
        """Builds a new index of exactly `documents` beside the present one, which answers until they are swapped."""

    def migrate(self) -> list[str]:
        """Brings what an older version wrote to this version's form, while searches go on; says what was done."""

    def refresh(self) -> None:
        """Makes all that was written so far visible to searches."""

    def close(self) -> None:
        """Gives files and connections back."""


def checked_sort(kind: Kind, sort: str | None) -> tuple[str, bool]:
    """The field to sort by ("score" too) and whether the largest comes first. Raises QueryError."""
    wanted = sort or DEFAULT_SORT[kind]
    name, descending = wanted.removeprefix("-"), wanted.startswith("-")
    if name == BY_SCORE:
        return BY_SCORE, True
    found = FIELDS[kind].get(name)
    if found is None or found.type not in _SORTED:
        able = [f.name for f in FIELDS[kind].values() if f.type in _SORTED]
        raise QueryError(f"cannot sort {kind} by {name!r}; by one of: {', '.join(able)}, {BY_SCORE}", wanted, 0)
    return name, descending


def checked_facets(kind: Kind, fields: Sequence[str]) -> None:
    """Raises QueryError where a field is unknown or holds running text."""
    for name in fields:
        found = FIELDS[kind].get(name)
        if found is None or found.type in {"text", "float"}:
            able = [f.name for f in FIELDS[kind].values() if f.type not in {"text", "float"}]
            raise QueryError(f"cannot count {kind} by {name!r}; by one of: {', '.join(able)}", name, 0)
