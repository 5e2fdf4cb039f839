"""A query's tree as tantivy's Query objects."""

import re
from typing import Any

import tantivy
from tantivy import FieldType, Occur
from tantivy import Query as TantivyQuery

from processors.documents import FIELDS, Field, Kind
from processors.errors import QueryError
from processors.index.embedded.schema import STEMMERS, analyzers, schema
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

_RANGE_TYPES = {"date": FieldType.Date, "integer": FieldType.Integer, "float": FieldType.Float}
_TOKEN = re.compile(r"\\(.)|([*?])|(.)", re.DOTALL)
_META = frozenset("\\.+*?()|[]{}^$#&-~")


def to_tantivy(kind: Kind, node: Node) -> Any:
    """The tantivy query that finds what `node` means among documents of `kind`."""
    return _Translation(kind).query(node)


class _Translation:
    def __init__(self, kind: Kind) -> None:
        self.fields = FIELDS[kind]
        self.schema = schema(kind)

    def query(self, node: Node) -> Any:
        match node:
            case All():
                return TantivyQuery.all_query()
            case And(parts):
                return self._all_of(parts)
            case Or(parts):
                return TantivyQuery.boolean_query([(Occur.Should, self.query(part)) for part in parts])
            case Not(part):
                return self._all_of((node,))
            case Boost(part, factor):
                return TantivyQuery.boost_query(self.query(part), factor)
            case _:
                return self._leaf(node)

    def _all_of(self, parts: tuple[Node, ...]) -> Any:
        clauses = [
            (Occur.MustNot, self.query(p.part)) if isinstance(p, Not) else (Occur.Must, self.query(p)) for p in parts
        ]
        if all(occur == Occur.MustNot for occur, _ in clauses):
            clauses.insert(0, (Occur.Must, TantivyQuery.all_query()))
        return TantivyQuery.boolean_query(clauses)

    def _leaf(self, node: Node) -> Any:
        match node:
            case Exists(field):
                return TantivyQuery.term_query(self.schema, "_present", field)
            case Term(field, value) if self.fields[field].type in {"text", "name"}:
                return self._words(self.fields[field], str(value), 0)
            case Term(field, value):
                return TantivyQuery.term_query(self.schema, field, value)
            case Phrase(field, text, slop):
                return self._words(self.fields[field], text, slop)
            case Wildcard(field, pattern):
                return self._wildcard(field, pattern)
            case Fuzzy(field, word, distance):
                return _any(
                    [TantivyQuery.fuzzy_term_query(self.schema, name, word, distance) for name in self._variants(field)]
                )
            case Range():
                return self._range(node)
        raise TypeError(f"no translation for {node}")

    def _wildcard(self, field: str, pattern: str) -> Any:
        expression = _expression(pattern)
        try:
            return _any([TantivyQuery.regex_query(self.schema, name, expression) for name in self._variants(field)])
        except ValueError as error:  # tantivy compiles it, and that has its limits
            raise QueryError(f"query: the pattern {pattern[:80]} behind {field}: has too many signs, * or ?") from error

    def _range(self, node: Range) -> Any:
        return TantivyQuery.range_query(
            self.schema,
            node.field,
            _RANGE_TYPES[self.fields[node.field].type],
            node.low,
            node.high,
            include_lower=node.include_low or node.low is None,
            include_upper=node.include_high or node.high is None,
        )

    def _variants(self, name: str) -> list[str]:
        return [name, f"{name}.de", f"{name}.en", f"{name}.parts"] if self.fields[name].type == "text" else [name]

    def _words(self, field: Field, text: str, slop: int) -> Any:
        found = [self._adjacent(field.name, analyzers()["fold"].analyze(text), slop)]
        if field.type == "text":
            stems = {name: analyzers()[name].analyze(text) for name in STEMMERS}
            found += [self._adjacent(f"{field.name}.{name}", tokens, slop) for name, tokens in stems.items()]
            if len(stems["de"]) == 1:
                found.append(TantivyQuery.term_query(self.schema, f"{field.name}.parts", stems["de"][0]))
        return _any(found)

    def _adjacent(self, name: str, tokens: list[str], slop: int) -> Any:
        if not tokens:
            return TantivyQuery.empty_query()
        if len(tokens) == 1:
            return TantivyQuery.term_query(self.schema, name, tokens[0])
        return TantivyQuery.phrase_query(self.schema, name, [*tokens], slop)


def _any(queries: list[Any]) -> Any:
    # The best variant counts, so that a word does not score thrice for being its own stem.
    return queries[0] if len(queries) == 1 else tantivy.Query.disjunction_max_query(queries)


def _expression(pattern: str) -> str:
    def token(found: re.Match[str]) -> str:
        escaped, wildcard, plain = found.groups()
        if wildcard:
            return ".*" if wildcard == "*" else "."
        sign = escaped or plain
        return f"\\{sign}" if sign in _META else sign

    return _TOKEN.sub(token, pattern)
