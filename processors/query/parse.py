"""From the text of a query to its checked tree: luqum reads the syntax, this module gives it its meaning."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from math import isinf
from typing import Any, NoReturn

from luqum import tree as lucene
from luqum.exceptions import IllegalCharacterError, ParseSyntaxError
from luqum.parser import parser

from processors.documents import DEFAULT_FIELDS, FIELDS, Field, Kind
from processors.query.errors import failure, unknown_field
from processors.query.tree import All, And, Boost, Exists, Fuzzy, Node, Not, Or, Phrase, Query, Term, Wildcard
from processors.query.values import (
    ID_FIELDS,
    MINUS,
    Bound,
    checked_value,
    compared,
    fold,
    has_wildcard,
    literal_pattern,
    unescaped,
)

# luqum takes the minus of a negative number for a negation (as Lucene does); this keeps it, and all positions.
_NEGATIVE = re.compile(r"(?:(?<=[:<>=\[{])|(?<=TO ))-(?=\.?\d+(?:\.\d+)?(?:[\s)\]}^]|$))")
_AT_POSITION = re.compile(r"position (\d+)")
_DEGREE = re.compile(r"[~^][\d.]+")
_NUMBER = re.compile(r"\d+(?:\.\d*)?|\.\d+")
_FOREIGN_OPERATORS = dict.fromkeys(("and", "und", "&&"), "AND")
_FOREIGN_OPERATORS |= dict.fromkeys(("or", "oder", "||"), "OR") | dict.fromkeys(("not", "nicht"), "NOT")
_FRACTION = re.compile(r'"\s*~([\d.]*\.[\d.]*)')
_DEEPEST = 100  # clauses inside each other; engines, and Python, have their limits
_MOST_MOVES = 1000  # between the words of a phrase
_DEGREES = {Decimal("0.5"), 1, 2}  # luqum reads a bare ~ as 0.5


def parse_query(text: str, kind: Kind, *, now: datetime | None = None) -> Query:
    """The checked tree of `text` on the fields of `kind`; `now` is the present for `now-7d`.

    Words and clauses next to each other without an operator must all match, as with AND.
    Raises QueryError, with its place, for a text that cannot be parsed, that mixes AND and OR without brackets, that
    names an unknown field (the error lists the known ones) or gives a field a value it cannot have.
    """
    if not text.strip():
        raise failure("the query is empty; *:* finds everything", text, 0)
    reading = _Reading(text, kind, now or datetime.now(UTC))
    tree = reading.node(_syntax(text), None)
    return Query(text, kind, tree, reading.relative)


def _syntax(text: str) -> lucene.Item:
    try:
        return parser.parse(_NEGATIVE.sub(MINUS, text))
    except (ParseSyntaxError, IllegalCharacterError) as error:
        place = _AT_POSITION.search(str(error))
        position = int(place[1]) if place else None
        raise failure(*_syntax_problem(text, position)) from error
    except (ValueError, ArithmeticError) as error:
        # luqum takes any digits and dots behind these two signs for a number, and behind a phrase for a whole one.
        for wrong in _DEGREE.finditer(text):
            if not _NUMBER.fullmatch(wrong[0][1:]):
                raise failure(f"{wrong[0][1:]!r} is no number", text, wrong.start()) from error
        fraction = _FRACTION.search(text)
        start = fraction.start(1) - 1 if fraction else 0
        raise failure("a phrase takes a whole number of moves, such as ~2", text, start) from error


def _syntax_problem(text: str, position: int | None) -> tuple[str, str, int]:
    if position is None:
        opened = _unclosed(text)
        if opened is not None:
            return f"this {text[opened]} is never closed", text, opened
        return "the query ends where something must follow", text, len(text)
    if text[position : position + 1] == '"':
        return "this quotation mark is never closed", text, position
    if text[position : position + 1] == ")":
        return "this ) closes nothing", text, position
    return 'this cannot stand here; put \\ before a sign that is meant as itself, or "quote" the words', text, position


def _unclosed(text: str) -> int | None:
    opened: list[int] = []
    for found in re.finditer(r'\\.|"(?:\\.|[^"])*"|[()\[\]{}]', text):
        if found[0] in {"(", "[", "{"}:
            opened.append(found.start())
        elif found[0] in {")", "]", "}"} and opened:
            opened.pop()
    return opened[-1] if opened else None


@dataclass
class _Reading:
    """One pass over luqum's tree."""

    text: str
    kind: Kind
    now: datetime
    relative: bool = False
    depth: int = 0

    def node(self, found: lucene.Item, field: Field | None) -> Node:
        """The meaning of one node inside `field` (None: the default fields)."""
        read: Callable[[Any, Field | None], Node] | None = getattr(self, f"_{type(found).__name__.lower()}", None)
        if read is None:
            self.fail("this form is not part of the query language", found)
        if self.depth == _DEEPEST:
            self.fail(f"more than {_DEEPEST} brackets and operators inside each other", found)
        self.depth += 1
        node = read(found, field)
        self.depth -= 1
        return node

    def fail(self, message: str, found: lucene.Item) -> NoReturn:
        """Raises QueryError at the place of `found`."""
        raise failure(message, self.text, found.pos)

    def _andoperation(self, found: lucene.AndOperation, field: Field | None) -> Node:
        return And(tuple(self.node(part, field) for part in self._unmixed(found)))

    def _oroperation(self, found: lucene.OrOperation, field: Field | None) -> Node:
        return Or(tuple(self.node(part, field) for part in self._unmixed(found)))

    def _unknownoperation(self, found: lucene.UnknownOperation, field: Field | None) -> Node:
        parts = self._unmixed(found)
        for part in parts:
            word = getattr(part, "value", "")
            if isinstance(part, lucene.Word) and (operator := _FOREIGN_OPERATORS.get(word.lower())):
                self.fail(f'write {operator}, or quote "{word}" to search for the word', part)
        return And(tuple(self.node(part, field) for part in parts))

    def _unmixed(self, found: lucene.BaseOperation) -> list[lucene.Item]:
        parts: list[lucene.Item] = []
        for part in found.children:
            if type(part) is type(found):
                parts += self._unmixed(part)
            elif isinstance(part, lucene.BaseOperation):
                self._tell_mixture(found, part)
            else:
                parts.append(part)
        return parts

    def _tell_mixture(self, outer: lucene.BaseOperation, inner: lucene.BaseOperation) -> NoReturn:
        if isinstance(outer, lucene.UnknownOperation) or isinstance(inner, lucene.UnknownOperation):
            message = "AND or OR is missing between some of these: write it everywhere, and brackets around each group"
        else:
            message = "AND and OR are mixed here without brackets: write a AND (b OR c), or (a AND b) OR c"
        # The place is the second operator: behind the inner clause that comes first, or inside one that comes later.
        clause = inner if outer.children[0] is inner else inner.children[0]
        end = clause.pos + clause.size
        raise failure(message, self.text, end + len(self.text[end:]) - len(self.text[end:].lstrip()))

    def _group(self, found: lucene.Group, field: Field | None) -> Node:
        return self.node(found.children[0], field)

    _fieldgroup = _group
    _plus = _group

    def _not(self, found: lucene.Not, field: Field | None) -> Node:
        return Not(self.node(found.children[0], field))

    def _prohibit(self, found: lucene.Prohibit, field: Field | None) -> Node:
        inner = found.children[0]
        word = inner.children[0] if isinstance(inner, lucene.Boost) else inner
        if field is None or field.type not in {"integer", "float"} or not _is_negative(found, word):
            return self._not(found, field)
        word.value, word.pos = MINUS + word.value, found.pos
        return self.node(inner, field)

    def _boost(self, found: lucene.Boost, field: Field | None) -> Node:
        factor = float(found.force)
        if isinf(factor):
            self.fail("the number behind ^ is too large", found)
        return Boost(self.node(found.children[0], field), factor)

    def _searchfield(self, found: lucene.SearchField, field: Field | None) -> Node:
        inner = found.children[0]
        if field is not None:
            self.fail(f"a field inside the field {field.name}: close its bracket first", found)
        if isinstance(inner, lucene.SearchField | lucene.Regex):
            self.fail('a value with a colon or a slash must be "quoted"', inner)
        if found.name == "_exists_":
            return Exists(self._field(unescaped(str(inner).strip()), inner.pos).name)
        if found.name == "*" and str(inner).strip() == "*":
            return All()
        return self.node(inner, self._field(found.name, found.pos))

    def _field(self, name: str, position: int) -> Field:
        if name not in FIELDS[self.kind]:
            raise unknown_field(name, self.kind, self.text, position)
        return FIELDS[self.kind][name]

    def _anywhere(self, found: lucene.Item) -> Node:
        return Or(tuple(self.node(found, FIELDS[self.kind][name]) for name in DEFAULT_FIELDS[self.kind]))

    def _word(self, found: lucene.Word, field: Field | None) -> Node:
        word = found.value
        if word == "*":
            return Exists(field.name) if field else All()
        if field is None:
            if word.startswith("!"):
                self.fail("write NOT or - before what must not match", found)
            return self._anywhere(found)
        if has_wildcard(word):
            return self._wildcard(found, field)
        return self._exact(_composed(unescaped(word), field), found, field)

    def _wildcard(self, found: lucene.Word, field: Field) -> Node:
        if field.type not in {"keyword", "name", "text"}:
            self.fail(f"{field.name} takes no wildcards; write a range such as {field.name}:[a TO b]", found)
        pattern = _composed(literal_pattern(found.value), field)
        if field.name in ID_FIELDS and pattern != pattern.upper():
            self.fail(f"{field.name} holds ids in capitals: write {pattern.upper()}", found)
        return Wildcard(field.name, pattern if field.type == "keyword" else fold(pattern))

    def _phrase(self, found: lucene.Phrase, field: Field | None) -> Node:
        if field is None:
            return self._anywhere(found)
        text = _composed(unescaped(found.value[1:-1]), field)
        return Phrase(field.name, text) if field.type in {"text", "name"} else self._exact(text, found, field)

    def _exact(self, text: str, found: lucene.Item, field: Field) -> Node:
        value = self._value(text, found, field)
        if field.type == "date":
            return compared(field, Bound(value), Bound(value))
        return Term(field.name, value)

    def _value(self, text: str, found: lucene.Item, field: Field) -> Any:
        try:
            value, relative = checked_value(field, text, self.now)
        except ValueError as error:
            self.fail(str(error), found)
        self.relative = self.relative or relative
        return value

    def _proximity(self, found: lucene.Proximity, field: Field | None) -> Node:
        if field is None:
            return self._anywhere(found)
        if field.type not in {"text", "name"}:
            self.fail(f"{field.name} holds no text in which words could be near each other", found)
        if found.degree > _MOST_MOVES:
            self.fail(f"at most {_MOST_MOVES} moves between the words of a phrase", found)
        return Phrase(field.name, _composed(unescaped(found.term.value[1:-1]), field), int(found.degree))

    def _fuzzy(self, found: lucene.Fuzzy, field: Field | None) -> Node:
        if field is None:
            return self._anywhere(found)
        if field.type not in {"keyword", "name", "text"}:
            self.fail(f"{field.name} is no text: ~ has no meaning here", found)
        word = _composed(unescaped(found.term.value), field)
        word = word if field.type == "keyword" else fold(word)
        distance = _edits(word) if found.degree == Decimal("0.5") else int(found.degree)
        if found.degree not in _DEGREES:
            self.fail("write ~, ~1 or ~2: at most two edits", found)
        return Fuzzy(field.name, word, distance) if distance else Term(field.name, word)

    def _from(self, found: lucene.From, field: Field | None) -> Node:
        return self._between(found, field, Bound(found.a, found.include), Bound(None))

    def _to(self, found: lucene.To, field: Field | None) -> Node:
        return self._between(found, field, Bound(None), Bound(found.a, found.include))

    def _range(self, found: lucene.Range, field: Field | None) -> Node:
        return self._between(found, field, Bound(found.low, found.include_low), Bound(found.high, found.include_high))

    def _between(self, found: lucene.Item, field: Field | None, low: Bound, high: Bound) -> Node:
        if field is None:
            self.fail("a range needs a field, such as published_at:[2026-11-01 TO now]", found)
        if field.type not in {"date", "integer", "float"}:
            self.fail(f"{field.name} holds words; ranges are for dates and numbers", found)
        low, high = self._bound(low, field), self._bound(high, field)
        return Exists(field.name) if low.value is None and high.value is None else compared(field, low, high)

    def _bound(self, bound: Bound, field: Field) -> Bound:
        if bound.value is None or str(bound.value).strip() == "*":
            return Bound(None)
        word: lucene.Item = bound.value
        text = str(word).strip()
        if text.startswith('"'):
            text = text[1:-1]
        return Bound(self._value(unescaped(text), word, field), bound.inclusive)


def _is_negative(minus: lucene.Prohibit, word: lucene.Item) -> bool:
    # goldstein:(-10 OR 0): in the brackets of a number field, what stands right before a number is its sign.
    return isinstance(word, lucene.Word) and bool(_NUMBER.fullmatch(word.value)) and word.pos == minus.pos + 1


def _composed(text: str, field: Field) -> str:
    # As texts and names are stored, whoever types it (NFC). An address is another where its letters are written apart.
    return text if field.name == "url" else unicodedata.normalize("NFC", text)


def _edits(word: str) -> int:
    # Elasticsearch's fuzziness AUTO: none up to two letters, one up to five, two from there.
    return 0 if len(word) < 3 else 1 if len(word) < 6 else 2
