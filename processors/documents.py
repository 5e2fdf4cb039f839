"""What the search index holds of an event and of an article: the fields, and the records as documents.

A document is a JSON object with exactly the fields of its kind; times are ISO 8601 in UTC to the second, what is
unknown is null, and a letter and its accents are one sign (NFC), as queries have them. Both engines, the query
language, the alert rules and Kibana's data views go by `FIELDS`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal
from unicodedata import normalize

from processors.records import EVENT_TYPES, STATUSES, Article, Event

Kind = Literal["events", "articles"]
KINDS: tuple[Kind, ...] = ("events", "articles")
Document = dict[str, Any]

# keyword: exact, letter case counts. name: words in any case, no stemming, counted whole in facets (persons, places).
# text: words in any inflection, and parts of German compounds. date: a time or a day. integer, float: numbers.
FieldType = Literal["keyword", "name", "text", "date", "integer", "float"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field that can be searched. `many`: it holds a list. `values`: the only ones there are, where that is known."""

    name: str
    type: FieldType
    about: str
    many: bool = False
    values: tuple[str, ...] = ()


def _table(*fields: Field) -> dict[str, Field]:
    return {field.name: field for field in fields}


FIELDS: dict[Kind, dict[str, Field]] = {
    "events": _table(
        Field("id", "keyword", "the event's id"),
        Field("type", "keyword", "what happened", values=EVENT_TYPES),
        Field("status", "keyword", "whether it happened", values=STATUSES),
        Field("actors", "keyword", "who does it: ids such as RUS, EU, HAMAS", many=True),
        Field("recipients", "keyword", "whom it is directed at", many=True),
        Field("participants", "keyword", "actors and recipients", many=True),
        Field("dyads", "keyword", "pairs of participants in alphabetical order: RUS-UKR", many=True),
        Field("persons", "name", "people who act or are acted upon", many=True),
        Field("topics", "name", "what a call, meeting, demand ... is about", many=True),
        Field("attribution", "name", "who says so"),
        Field("quad_class", "integer", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material"),
        Field("plover", "keyword", "PLOVER code"),
        Field("cameo", "keyword", "CAMEO code"),
        Field("goldstein", "float", "Goldstein's scale, -10 (conflict) to 10 (cooperation)"),
        Field("event_date", "date", "the day it happens"),
        Field("date_precision", "keyword", "how well that day is known",
              values=("day", "week", "month", "year", "unknown")),
        Field("place", "name", "where"),
        Field("published_at", "date", "when the first report was published"),
        Field("first_seen_at", "date", "when Eventwire first read of it"),
        Field("last_seen_at", "date", "when it was last reported"),
        Field("languages", "keyword", "of the reports: de, en", many=True),
        Field("sources", "keyword", "publishers: tagesschau.de", many=True),
        Field("source_count", "integer", "number of publishers"),
        Field("article_count", "integer", "number of articles"),
        Field("days_since_previous", "integer", "days since the last event of this type between the same sides"),
        Field("title", "text", "the headline of its best report"),
        Field("sentence", "text", "the sentence that it was read from"),
        Field("confidence", "float", "0 to 1: how often its rule is right"),
        Field("articles", "keyword", "ids of its articles", many=True),
    ),
    "articles": _table(
        Field("id", "keyword", "the article's id"),
        Field("url", "keyword", "its canonical address"),
        Field("source", "keyword", "its publisher: tagesschau.de"),
        Field("feed", "name", "the name of the feed"),
        Field("language", "keyword", "de, en, ..."),
        Field("country", "keyword", "of the publisher: DE, GB"),
        Field("published_at", "date", "when it was published"),
        Field("fetched_at", "date", "when Eventwire read it"),
        Field("title", "text", "its headline"),
        Field("summary", "text", "what the feed says of it"),
        Field("text", "text", "its text"),
        Field("event_types", "keyword", "types of its events", many=True, values=EVENT_TYPES),
        Field("participants", "keyword", "ids of who takes part in them", many=True),
        Field("duplicate_of", "keyword", "the id of the article that it is a near-copy of"),
    ),
}  # fmt: skip

# What words without a field are looked for in.
DEFAULT_FIELDS: dict[Kind, tuple[str, ...]] = {
    "events": ("title", "sentence", "persons", "topics", "place"),
    "articles": ("title", "summary", "text"),
}
# Newest first, by times that every document has.
DEFAULT_SORT: dict[Kind, str] = {"events": "-published_at", "articles": "-fetched_at"}
# What a document's age counts from.
AGE_FIELD: dict[Kind, str] = {"events": "last_seen_at", "articles": "fetched_at"}


def event_document(event: Event) -> Document:
    """The event as a document. Its times are cut to whole seconds, empty texts are null."""
    document = {name: _value(getattr(event, name)) for name in FIELDS["events"]}
    document["goldstein"], document["confidence"] = float(event.goldstein), float(event.confidence)
    return document


def article_document(article: Article, event_types: Sequence[str], participants: Sequence[str]) -> Document:
    """The article as a document, with the types and participants of its events."""
    document = {
        name: _value(getattr(article, name))
        for name in FIELDS["articles"]
        if name not in {"event_types", "participants"}
    }
    document["url"] = article.url or None  # whose letters are as they are: composed, it would be another address
    return document | {"event_types": sorted(set(event_types)), "participants": sorted(set(participants))}


def _value(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_value(part) for part in value if part]
    if isinstance(value, str):
        return normalize("NFC", value) or None
    return value
