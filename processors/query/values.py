"""Values in queries: escapes, wildcards, folding, and what a field can hold."""

import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from processors.documents import Field
from processors.query.dates import Interval, interval, is_relative
from processors.query.tree import Range

MINUS = "\ue000"  # stands for the minus of a negative number while luqum parses
_FIRST_YEAR, _LAST_YEAR = 1678, 2261  # what an index can hold, in nanoseconds around 1970
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ACTOR_FIELDS = {"actors", "recipients", "participants"}
ID_FIELDS = {*_ACTOR_FIELDS, "dyads"}
_ACTOR = re.compile(r"[A-Z0-9_]+")
_SPECIAL = str.maketrans(
    {"ß": "ss", "ẞ": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}
)


def fold(text: str) -> str:
    """`text` in lower case without accents, as the index folds words: ä to a, ß to ss."""
    plain = unicodedata.normalize("NFD", text.lower().translate(_SPECIAL))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def unescaped(text: str) -> str:
    """`text` without its backslashes, and with a negative number's minus back."""
    return _ESCAPED.sub(r"\1", text).replace(MINUS, "-")


def has_wildcard(word: str) -> bool:
    """Whether an unescaped * or ? is in it."""
    return bool(re.search(r"[*?]", _ESCAPED.sub("", word)))


def literal_pattern(word: str) -> str:
    """A wildcard pattern in which only *, ? and the backslash itself are escaped."""
    return _ESCAPED.sub(lambda m: m[0] if m[1] in "*?\\" else m[1], word).replace(MINUS, "-")


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of a range; None is open."""

    value: Any
    inclusive: bool = True


def checked_value(field: Field, text: str, now: datetime) -> tuple[Any, bool]:
    """`text` as a value of `field`, and whether it depends on `now`. Raises ValueError with what would be right."""
    if field.type == "date":
        return _day(text, now), is_relative(text)
    if field.type in {"integer", "float"}:
        return _number(field, text), False
    if field.type == "keyword":
        _check_keyword(field, text)
    return text, False


def _day(text: str, now: datetime) -> Interval:
    span = interval(text, now)
    if span.start.year < _FIRST_YEAR or span.end.year > _LAST_YEAR:
        raise ValueError(f"{text!r} is out of range: from {_FIRST_YEAR} to {_LAST_YEAR}")
    return span


def _number(field: Field, text: str) -> int | float:
    try:
        number = float(text)
    except ValueError as error:
        raise ValueError(f"{field.name} takes a number, not {text!r}") from error
    if not math.isfinite(number):
        raise ValueError(f"{field.name} takes a number, not {text!r}")
    if field.type == "float":
        return number
    if not number.is_integer() or abs(number) > 2**53:
        raise ValueError(f"{field.name} takes a whole number, not {text!r}")
    return int(number)


def _check_keyword(field: Field, text: str) -> None:
    if field.values and text not in field.values:
        close = get_close_matches(text.lower(), field.values, n=1)
        hint = f"did you mean {close[0]}? It" if close else "it"
        raise ValueError(f"{field.name} is never {text!r}; {hint} is one of: {', '.join(field.values)}")
    if field.name in _ACTOR_FIELDS and not _ACTOR.fullmatch(text):
        raise ValueError(f"{field.name} holds ids in capitals, such as RUS, DEU or HAMAS, not {text!r}")
    if field.name == "dyads":
        _check_dyad(text)


def _check_dyad(text: str) -> None:
    sides = text.split("-")
    if len(sides) != 2 or not all(_ACTOR.fullmatch(side) for side in sides):
        raise ValueError(f"dyads holds pairs of ids such as RUS-UKR, not {text!r}")
    if sides != sorted(sides):
        raise ValueError(f"the ids of a dyad are in alphabetical order: write {'-'.join(sorted(sides))}")


def compared(field: Field, low: Bound, high: Bound) -> Range:
    """The range between two checked bounds; a day or month counts whole at both ends."""
    start, include_start = _edge(low, opens=True)
    end, include_end = _edge(high, opens=False)
    return Range(field.name, start, end, include_start, include_end)


def _edge(bound: Bound, *, opens: bool) -> tuple[Any, bool]:
    span = bound.value
    if not isinstance(span, Interval) or span.is_moment:
        value = span.start if isinstance(span, Interval) else span
        return value, bound.inclusive
    # From a day on is from its start, after a day is from its end; up to a day is before its end.
    return (span.start if opens == bound.inclusive else span.end), opens
