"""Errors that show the place in the query."""

from difflib import get_close_matches

from processors.documents import FIELDS, Kind
from processors.errors import QueryError

_WIDTH = 100


def failure(message: str, text: str, position: int) -> QueryError:
    """A QueryError whose text shows the query with a caret under `position`."""
    start = max(0, min(position - _WIDTH // 2, len(text) - _WIDTH))
    shown = "".join(" " if sign.isspace() else sign for sign in text[start : start + _WIDTH])
    caret = " " * (position - start) + "^"
    return QueryError(f"query: {message}\n  {shown}\n  {caret} (character {position + 1})", text, position)


def unknown_field(name: str, kind: Kind, text: str, position: int) -> QueryError:
    """The error for a field that `kind` does not have; it lists those that it has."""
    other: Kind = "articles" if kind == "events" else "events"
    close = get_close_matches(name, FIELDS[kind], n=1)
    hint = f"; did you mean {close[0]}?" if close else ""
    if not close and name in FIELDS[other]:
        hint = f" (it is a field of {other})"
    error = failure(f"there is no field {name!r}{hint}", text, position)
    return QueryError(f"{error}\nFields of {kind}: {', '.join(FIELDS[kind])}", text, position)
