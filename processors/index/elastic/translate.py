"""A query's tree in Elasticsearch's query DSL."""

from datetime import UTC, datetime
from typing import Any

from processors.documents import FIELDS, Kind
from processors.query.tree import (
    All,
    And,
    Boost,
    Exists,
    Fuzzy,
    Node,
    Not,
    Or,
    Phrase,
    Range,
    Term,
    Wildcard,
)

_MAX_EXPANSIONS = 1000  # terms that a fuzzy word may stand for


def to_elasticsearch(kind: Kind, node: Node) -> dict[str, Any]:
    """The DSL that finds what `node` means among documents of `kind`.

    luqum has a builder of its own; it knows neither comparisons (`>now-7d`) nor several default fields nor _exists_.
    """
    match node:
        case All():
            return {"match_all": {}}
        case And(parts):
            return _bool(kind, parts)
        case Or(parts):
            return {"bool": {"should": [to_elasticsearch(kind, part) for part in parts], "minimum_should_match": 1}}
        case Not():
            return _bool(kind, (node,))
        case Boost(part, factor):
            return {"bool": {"must": [to_elasticsearch(kind, part)], "boost": factor}}
        case _:
            return _leaf(kind, node)


def _bool(kind: Kind, parts: tuple[Node, ...]) -> dict[str, Any]:
    clauses: dict[str, list[dict[str, Any]]] = {}
    for part in parts:
        if isinstance(part, Not):
            clauses.setdefault("must_not", []).append(to_elasticsearch(kind, part.part))
        else:
            clauses.setdefault("must", []).append(to_elasticsearch(kind, part))
    return {"bool": clauses}


def _leaf(kind: Kind, node: Node) -> dict[str, Any]:
    match node:
        case Exists(field):
            return {"exists": {"field": field}}
        case Term(field, value) if FIELDS[kind][field].type in {"text", "name"}:
            # A word such as F-16 is two words side by side to the index.
            return {"match_phrase": {field: {"query": str(value)}}}
        case Term(field, value):
            return {"term": {field: {"value": value}}}
        case Phrase(field, text, slop):
            return {"match_phrase": {field: {"query": text, "slop": slop}}}
        case Wildcard(field, pattern):
            return {"wildcard": {field: {"value": pattern}}}
        case Fuzzy(field, word, distance):
            options = {"value": word, "fuzziness": distance, "max_expansions": _MAX_EXPANSIONS}
            return {"fuzzy": {field: options}}
        case Range():
            return {"range": {node.field: _bounds(node)}}
    raise TypeError(f"no translation for {node}")


def _bounds(node: Range) -> dict[str, Any]:
    bounds: dict[str, Any] = {}
    if node.low is not None:
        bounds["gte" if node.include_low else "gt"] = _value(node.low)
    if node.high is not None:
        bounds["lte" if node.include_high else "lt"] = _value(node.high)
    return bounds


def _value(value: Any) -> Any:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else value
