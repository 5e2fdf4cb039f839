"""A rule meets a document when, and only when, a search with its query finds it: generated queries and documents, on
the in-memory index against both engines."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from processors.documents import FIELDS, Document
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


def query(rng: random.Random, depth: int = 0) -> str:
    """A random query."""
    if depth < 2 and rng.random() < 0.55:
        word = rng.choice(("AND", "OR"))
        parts = [query(rng, depth + 1) for _ in range(rng.randint(2, 3))]
        joined = f" {word} ".join(f"NOT {part}" if rng.random() < 0.15 else part for part in parts)
        return f"({joined})" if depth else joined
    return rng.choice(_LEAVES)(rng)


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


def test_hundreds_of_queries_match_what_a_search_finds(index: SearchIndex) -> None:
    rng = random.Random(20251112)
    docs = documents(rng, 300)
    asked = 400 if type(index).__name__ == "TantivyIndex" else 200  # each is a request to the other one
    queries = {str(number): query(rng) for number in range(asked)}
    assert index.upsert("events", docs) == []
    index.refresh()
    matched = match_queries("events", docs, queries)
    sizes = [len(matched.get(name, ())) for name in queries]
    assert sum(0 < size < len(docs) for size in sizes) > asked * 0.6, "most queries tell documents apart"
    different = {
        text: (sorted(matched.get(name, ())), sorted(found))
        for name, text in queries.items()
        if (found := {hit.id for hit in index.search("events", text, limit=400, snippets=False).hits})
        != matched.get(name, set())
    }
    assert different == {}
