"""How documents lie in tantivy.

A text field is indexed four times: `title` folded (lower case, no accents), `title.de` and `title.en` stemmed by
Snowball, `title.parts` with the parts of compounds. A name is indexed folded, and whole in `persons.whole`.
`_present` lists the fields that have a value, and `_source` holds the document.
"""

import json
import re
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any

import tantivy

from processors.documents import FIELDS, Document, Field, Kind
from processors.index.compounds import MIN_WORD, compound_parts

# Grows when the fields or their analysis change, so that an older index on disk is told apart.
VERSION = 1
STEMMERS = {"de": "german", "en": "english"}
_WORD = re.compile(rf"[^\W\d_]{{{MIN_WORD},}}")
_TEXT_VARIANTS = (("", "fold"), (".de", "de"), (".en", "en"))


@cache
def analyzers() -> dict[str, Any]:
    """The analyzers by name: fold, de, en."""
    folded = _analyzer([tantivy.Filter.lowercase(), tantivy.Filter.ascii_fold()])
    stemmed = {
        name: _analyzer([tantivy.Filter.lowercase(), tantivy.Filter.stemmer(stemmer), tantivy.Filter.ascii_fold()])
        for name, stemmer in STEMMERS.items()
    }
    return {"fold": folded, **stemmed}


def _analyzer(filters: list[Any]) -> Any:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for one in filters:
        builder = builder.filter(one)
    return builder.build()


@cache
def schema(kind: Kind) -> Any:
    """The tantivy schema of `kind`."""
    builder = tantivy.SchemaBuilder()
    for field in FIELDS[kind].values():
        _add_field(builder, field)
    builder.add_text_field("_present", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("_source", stored=True)
    return builder.build()


def _add_field(builder: Any, field: Field) -> None:
    if field.type == "keyword":
        builder.add_text_field(field.name, fast=True, tokenizer_name="raw", index_option="basic")
    elif field.type == "name":
        builder.add_text_field(field.name, tokenizer_name="fold", index_option="position")
        builder.add_text_field(f"{field.name}.whole", fast=True, tokenizer_name="raw", index_option="basic")
    elif field.type == "text":
        for suffix, analyzer in _TEXT_VARIANTS:
            builder.add_text_field(field.name + suffix, tokenizer_name=analyzer, index_option="position")
        builder.add_text_field(f"{field.name}.parts", tokenizer_name="whitespace", index_option="freq")
    else:
        add = {"date": builder.add_date_field, "integer": builder.add_integer_field, "float": builder.add_float_field}
        add[field.type](field.name, indexed=True, fast=True)


def register(index: Any) -> Any:
    """`index` with our analyzers."""
    for name, analyzer in analyzers().items():
        index.register_tokenizer(name, analyzer)
    return index


def tantivy_document(kind: Kind, document: Document) -> Any:
    """`document` as tantivy takes it. Raises ValueError where a value does not fit its field."""
    fields = FIELDS[kind]
    if unknown := document.keys() - fields.keys():
        raise ValueError(f"strict mapping: no field {', '.join(sorted(unknown))}")
    values: dict[str, Any] = {}
    for name, value in document.items():
        many = value if isinstance(value, list) else [] if value is None else [value]
        if many:
            _add_values(values, fields[name], many)
    values["_present"] = [name for name in values if "." not in name]
    values["_source"] = [json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()]
    return tantivy.Document.from_dict(values, schema(kind))


def _add_values(values: dict[str, Any], field: Field, many: list[Any]) -> None:
    checked = [_checked(field, value) for value in many]
    values[field.name] = checked
    if field.type == "name":
        values[f"{field.name}.whole"] = checked
    elif field.type == "text":
        for suffix, _ in _TEXT_VARIANTS[1:]:
            values[field.name + suffix] = checked
        parts = [" ".join(_parts_of(text)) for text in checked]
        values[f"{field.name}.parts"] = [text for text in parts if text]
        if not values[f"{field.name}.parts"]:
            del values[f"{field.name}.parts"]


def _checked(field: Field, value: Any) -> Any:
    wanted: Any = {"integer": int, "float": (int, float)}.get(field.type, str)
    if not isinstance(value, wanted) or isinstance(value, bool):
        raise ValueError(f"failed to parse field [{field.name}] of type [{field.type}]: {value!r}")
    if field.type == "integer" and abs(value) >= 2**31:
        raise ValueError(f"failed to parse field [{field.name}] of type [integer]: {value} is out of range")
    if field.type == "date":
        moment = datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return float(value) if field.type == "float" else value


def _parts_of(text: str) -> list[str]:
    return [part for word in _WORD.findall(text.lower()) for part in stemmed_parts(word)]


@lru_cache(maxsize=200_000)
def stemmed_parts(word: str) -> tuple[str, ...]:
    """The parts of a compound in lower case, stemmed as German words are."""
    stem = analyzers()["de"]
    return tuple(dict.fromkeys(token for part in compound_parts(word) for token in stem.analyze(part)))
