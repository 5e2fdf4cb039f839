"""Long lists of keys, in parts that fit into one statement. The resolver, which asks most, gives a part as one
parameter (`among`)."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Boolean, ColumnElement, Text, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

PART = 500  # keys: SQLite takes 32,766 parameters in a statement at the most

_Key = TypeVar("_Key")


def in_parts(keys: Sequence[_Key]) -> Iterator[Sequence[_Key]]:
    """`keys` in their order, at most `PART` at a time."""
    for start in range(0, len(keys), PART):
        yield keys[start : start + PART]


class _Among(FunctionElement[bool]):
    type = Boolean()
    name = "among"
    inherit_cache = True

    def self_group(self, against: object = None) -> "_Among":
        """As it is: SQLAlchemy would write "= 1" behind it on SQLite, which uses no index then."""
        return self


def among(column: ColumnElement[str], keys: Sequence[str]) -> ColumnElement[bool]:
    """Whether a column's text is one of `keys`, which are one parameter: SQLAlchemy writes a statement with hundreds of
    them anew each time, which costs more than many a search."""
    return _Among(column, literal(json.dumps(list(keys)), Text))


@compiles(_Among)
def _among_on_sqlite(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, keys = (compiler.process(one, **options) for one in element.clauses)
    return f"({column} IN (SELECT value FROM json_each({keys})))"


@compiles(_Among, "postgresql")
def _among_on_postgresql(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, keys = (compiler.process(one, **options) for one in element.clauses)
    return f"({column} = ANY (ARRAY(SELECT json_array_elements_text(CAST({keys} AS json)))))"
