"""A rule meets a document when, and only when, a search with its query finds it: generated queries and documents, on
the in-memory index against both engines."""

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from processors.documents import FIELDS, Document, Kind
from processors.index import SearchIndex, match_queries, open_index
from processors.records import EVENT_TYPES, STATUSES, dyads
from tests.servers.fixtures import wipe

ENGINES = ["tantivy", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)]
SIDES = ("RUS", "UKR", "USA", "DEU", "TUR", "EU", "HAMAS")
SOURCES = ("elbkurier.example", "ledger.example", "mainbote.example")
# Words as they stand in texts, and as they are asked for: inflections, umlauts, capitals.
TEXT = (
    "Die Präsidenten sprachen über Waffen und Gespräche", "Der Präsident telefonierte am Freitag in Genf",
    "Washington pausiert Lieferungen von Raketen", "The presidents spoke about missiles and ceasefire talks",
    "Ministers travelled to Istanbul for negotiations", "Verhandlungen über eine Waffenruhe stocken",
    "The minister's spokesman denied the deliveries", "Größere Häuser, größere Straßen, neue Grenzen",
)  # fmt: skip
WORDS = ("Präsident", "praesident", "Gespräch", "Rakete", "missile", "minister", "negotiation", "Verhandlung",
         "Freitag",
         "grenze", "straße", "Strasse", "waffenruhe", "delivery", "spoke", "nichts")  # fmt: skip
NAMES = ("Wolodymyr Selenskyj", "Donald Trump", "Recep Tayyip Erdoğan")
START = datetime(2025, 11, 1, 6, tzinfo=UTC)


def documents(rng: random.Random, count: int) -> list[Document]:
    """Random events as documents."""
    return [_document(rng, number) for number in range(count)]


def _document(rng: random.Random, number: int) -> Document:
    actors, recipients = rng.sample(SIDES, rng.randint(0, 3)), rng.sample(SIDES, rng.randint(0, 2))
    both, seen = sorted({*actors, *recipients}), START + timedelta(hours=rng.randint(0, 600))
    sources = rng.sample(SOURCES, rng.randint(1, 3))
    made: dict[str, Any] = dict.fromkeys(FIELDS["events"]) | {
        "id": f"e{number:05}", "type": rng.choice(EVENT_TYPES[:6]), "status": rng.choice(STATUSES),
        "actors": actors, "recipients": recipients, "participants": both, "dyads": list(dyads(both)),
        "persons": rng.sample(NAMES, rng.randint(0, 2)), "topics": [], "quad_class": rng.randint(1, 4),
        "plover": rng.choice(("CONSULT-phone", "AGREE", "ASSAULT")), "cameo": rng.choice(("041", "036", "190")),
        "goldstein": rng.choice((-10.0, -5.6, 0.0, 1.0, 4.0)), "event_date": seen.date().isoformat(),
        "date_precision": rng.choice(("day", "week", "unknown")), "place": rng.choice((None, "Genf", "Istanbul")),
        "published_at": seen.strftime("%Y-%m-%dT%H:%M:%SZ"), "first_seen_at": seen.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "last_seen_at": (seen + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "languages": ["de"], "sources": sources, "source_count": len(sources), "article_count": rng.randint(1, 40),
        "days_since_previous": rng.choice((None, 0, 14, 365, 366, 4000)), "title": rng.choice(TEXT),
        "sentence": rng.choice(TEXT), "confidence": rng.choice((0.2, 0.5, 0.8, 0.95)), "articles": [f"a{number}"],
    }  # fmt: skip
    return made


def query(rng: random.Random, leaves: Sequence[Callable[[random.Random], str]], depth: int = 0) -> str:
    """A random query."""
    if depth < 2 and rng.random() < 0.55:
        word = rng.choice(("AND", "OR"))
        parts = [query(rng, leaves, depth + 1) for _ in range(rng.randint(2, 3))]
        joined = f" {word} ".join(f"NOT {part}" if rng.random() < 0.15 else part for part in parts)
        return f"({joined})" if depth else joined
    return rng.choice(leaves)(rng)


_LEAVES = (
    lambda rng: f"type:{rng.choice(EVENT_TYPES[:6])}",
    lambda rng: f"status:({rng.choice(STATUSES)} OR {rng.choice(STATUSES)})",
    lambda rng: f"{rng.choice(('actors', 'recipients', 'participants'))}:{rng.choice(SIDES)}",
    lambda rng: f"dyads:{'-'.join(sorted(rng.sample(SIDES, 2)))}",
    lambda rng: f"sources:{rng.choice(SOURCES)}",
    lambda rng: f"plover:{rng.choice(('CONSULT*', '*AULT', 'A?REE', 'AGREE'))}",
    lambda rng: f"source_count:>{rng.randint(1, 3)}",
    lambda rng: f"article_count:[{rng.randint(1, 10)} TO {rng.randint(10, 40)}]",
    lambda rng: f"goldstein:{rng.choice(('<0', '>=1', '[-5.6 TO 1]', '0'))}",
    lambda rng: f"confidence:>={rng.choice((0.5, 0.8))}",
    lambda rng: rng.choice(("days_since_previous:>365", "days_since_previous:*", "NOT place:*", "place:genf")),
    lambda rng: f"published_at:[2025-11-{rng.randint(1, 12):02} TO 2025-11-{rng.randint(13, 28)}]",
    lambda rng: f"event_date:>2025-11-{rng.randint(1, 28):02}",
    lambda rng: f"{rng.choice(('title', 'sentence'))}:{rng.choice(WORDS)}",
    lambda rng: rng.choice(WORDS),
    lambda rng: rng.choice(('title:"ceasefire talks"', '"Lieferungen von Raketen"', 'sentence:"am Freitag"')),
    lambda rng: rng.choice(("persons:Trump", 'persons:"Donald Trump"', "persons:selenskyj", "persons:Erdoğan")),
)


def articles(rng: random.Random, count: int) -> list[Document]:
    """Random articles as documents."""
    return [_article(rng, number) for number in range(count)]


def _article(rng: random.Random, number: int) -> Document:
    fetched = START + timedelta(hours=rng.randint(0, 600))
    published = rng.choice((None, fetched - timedelta(hours=rng.randint(1, 48))))
    source = rng.choice(SOURCES)
    made: dict[str, Any] = dict.fromkeys(FIELDS["articles"]) | {
        "id": f"a{number:05}", "url": f"https://{source}/{number}", "source": source, "feed": source.partition(".")[0],
        "language": rng.choice(("de", "en")), "country": rng.choice((None, "DE", "GB")),
        "published_at": published and published.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "fetched_at": fetched.strftime("%Y-%m-%dT%H:%M:%SZ"), "title": rng.choice(TEXT),
        "summary": rng.choice((None, *TEXT)), "text": ". ".join(rng.sample(TEXT, rng.randint(1, 2))),
        "event_types": rng.sample(EVENT_TYPES[:6], rng.randint(0, 2)), "participants": rng.sample(SIDES, 2),
        "duplicate_of": rng.choice((None, None, "a00001")),
    }  # fmt: skip
    return made


_ARTICLE_LEAVES = (
    lambda rng: f"event_types:{rng.choice(EVENT_TYPES[:6])}",
    lambda rng: f"participants:({rng.choice(SIDES)} OR {rng.choice(SIDES)})",
    lambda rng: f"{rng.choice(('source', 'url'))}:*{rng.choice(SOURCES)[:5]}*",
    lambda rng: rng.choice(("language:de", "country:GB", "feed:ledger", "_exists_:duplicate_of", "NOT country:*")),
    lambda rng: f"published_at:<2025-11-{rng.randint(3, 28):02}",
    lambda rng: f"fetched_at:[2025-11-{rng.randint(1, 12):02} TO 2025-11-{rng.randint(13, 28)}]",
    lambda rng: f"{rng.choice(('title', 'summary', 'text'))}:{rng.choice(WORDS)}",
    lambda rng: rng.choice(WORDS),
    lambda rng: rng.choice(('title:"ceasefire talks"', 'text:"am Freitag"', '"Lieferungen von Raketen"')),
)


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchIndex]:
    if request.param == "tantivy":
        opened = open_index(f"tantivy://{tmp_path / 'index'}")
    else:
        server = request.getfixturevalue("elasticsearch_server")
        wipe(server)
        opened = open_index(server.url)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("kind", "make", "leaves"), [("events", documents, _LEAVES), ("articles", articles, _ARTICLE_LEAVES)]
)
def test_hundreds_of_queries_match_what_a_search_finds(
    index: SearchIndex, kind: Kind, make: Callable[..., list[Document]], leaves: Any
) -> None:
    rng = random.Random(20251112)
    docs = make(rng, 300)
    asked = 400 if type(index).__name__ == "TantivyIndex" else 200  # each is a request to the other one
    queries = {str(number): query(rng, leaves) for number in range(asked)}
    assert index.upsert(kind, docs) == []
    index.refresh()
    matched = match_queries(kind, docs, queries)
    sizes = [len(matched.get(name, ())) for name in queries]
    assert sum(0 < size < len(docs) for size in sizes) > asked * 0.6, "most queries tell documents apart"
    different = {
        text: (sorted(matched.get(name, ())), sorted(found))
        for name, text in queries.items()
        if (found := {hit.id for hit in index.search(kind, text, limit=400, snippets=False).hits})
        != matched.get(name, set())
    }
    assert different == {}
