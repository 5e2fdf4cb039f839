"""Documents and queries by a seed: many of both, the same on every run."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from processors.documents import Document
from processors.records import EVENT_TYPES, STATUSES
from tests.index.corpus import event

ACTORS = ["RUS", "UKR", "USA", "DEU", "FRA", "CHN", "IRN", "ISR", "HAMAS", "EU", "NATO", "TUR"]
SOURCES = ["elbkurier.example", "harbour-post.example", "valley-times.example", "talbote.example"]
TOPICS = ["Ukraine", "Iran", "energy", "trade", "Gaza"]
WORDS = (
    *(
        "Waffenlieferungen",
        "Drohnenangriff",
        "Gespräche",
        "Gespräch",
        "Verhandlungen",
        "Treffen",
        "Lieferung",
        "stoppt",
    ),
    *("größer", "Straße", "Präsident", "Präsidenten", "talks", "negotiations", "meeting", "delivery", "halted"),
    *("president", "presidents", "Kiew", "Moskau", "Washington", "F-16", "Raketen"),
)
# Elasticsearch finds a part of a compound inside a phrase too, tantivy only alone (docs/query-language.md).
PHRASED = [word for word in WORDS if word != "Lieferung"]
_START = datetime(2026, 6, 1, tzinfo=UTC)


def documents(count: int, seed: int) -> list[Document]:
    """`count` events over half a year, with what real ones have: nulls, lists, equal values."""
    chance = random.Random(seed)
    return [_document(chance, number) for number in range(count)]


def _document(chance: random.Random, number: int) -> Document:
    actors = sorted(chance.sample(ACTORS, chance.choice([0, 1, 1, 2, 3])))
    recipients = sorted(chance.sample(ACTORS, chance.choice([0, 0, 1])))
    published = _START + timedelta(minutes=chance.randrange(180 * 24 * 60))
    day = (published - timedelta(days=chance.randrange(3))).date().isoformat()
    more: dict[str, Any] = {
        "quad_class": chance.randint(1, 4),
        "goldstein": chance.choice([-10.0, -5.6, -0.5, 0.0, 1.5, 2.8, 8.3]),
        "event_date": chance.choice([day, day, day, None]),
        "published_at": published.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "languages": chance.choice([["de"], ["en"], ["de", "en"]]),
        "sources": sorted(chance.sample(SOURCES, chance.randint(1, 3))),
        "source_count": chance.randint(1, 3),
        "days_since_previous": chance.choice([None, 0, 1, 7, 30]),
        "confidence": round(chance.random(), 2),
        "topics": chance.sample(TOPICS, chance.randint(0, 2)),
        "place": chance.choice([None, "Genf", "New York"]),
    }
    title = " ".join(chance.sample(WORDS, chance.randint(2, 6)))
    who = f"{' '.join(actors)} > {' '.join(recipients)}"
    return event(f"e{number:05}", chance.choice(EVENT_TYPES), chance.choice(STATUSES), who, title, **more)


def exact_query(chance: random.Random, depth: int = 3) -> str:
    """A query on keyword, date and number fields."""
    return _combined(chance, depth, _exact_leaf)


def text_query(chance: random.Random, depth: int = 3) -> str:
    """A query that also searches for words and phrases."""
    return _combined(chance, depth, lambda chance: chance.choice([_exact_leaf, _word_leaf, _word_leaf])(chance))


def _combined(chance: random.Random, depth: int, leaf: Any) -> str:
    kind = chance.random()
    if depth == 0 or kind < 0.25:
        return str(leaf(chance))
    if kind < 0.4:
        return f"NOT ({_combined(chance, depth - 1, leaf)})"
    operator = chance.choice([" AND ", " OR ", " "])
    parts = [f"({_combined(chance, depth - 1, leaf)})" for _ in range(chance.randint(2, 3))]
    return operator.join(parts)


def _exact_leaf(chance: random.Random) -> str:
    return str(chance.choice([_keyword, _keyword, _number, _date, _presence])(chance))


def _keyword(chance: random.Random) -> str:
    actor = chance.choice(ACTORS)
    return chance.choice(
        [
            f"type:{chance.choice(EVENT_TYPES)}",
            f"status:{chance.choice(STATUSES)}",
            f"actors:{actor}",
            f"participants:({actor} OR {chance.choice(ACTORS)})",
            f"recipients:{actor[:2]}*",
            f"dyads:*-{actor}",
            f"type:{chance.choice(EVENT_TYPES)[:5]}*",
            f"sources:?{chance.choice(SOURCES)[1:]}",
            f"sources:{chance.choice(SOURCES)[:-1]}~1",
            f"languages:{chance.choice(['de', 'en', 'fr'])}",
            f'id:"e{chance.randrange(400):05}"',
        ]
    )


def _number(chance: random.Random) -> str:
    field, values = chance.choice(
        [
            ("quad_class", ["1", "2", "3", "4"]),
            ("goldstein", ["-10", "-5.6", "-0.5", "0", "1.5", "8.3"]),
            ("source_count", ["1", "2", "3"]),
            ("days_since_previous", ["0", "1", "7", "29"]),
            ("confidence", ["0", "0.25", "0.5", "0.99", "1"]),
        ]
    )
    low, high = sorted(chance.choices(values, k=2), key=float)
    return f"{field}:{_bounds(chance, low, high)}"


def _bounds(chance: random.Random, low: str, high: str) -> str:
    opening, closing = chance.choice("[{"), chance.choice("]}")
    return chance.choice(
        [low, f">{low}", f">={low}", f"<{high}", f"<={high}", f"{opening}{low} TO {high}{closing}", f"[* TO {high}]"]
    )


def _date(chance: random.Random) -> str:
    field = chance.choice(["published_at", "event_date"])
    days = sorted(_START + timedelta(days=chance.randrange(200), hours=chance.randrange(24)) for _ in range(2))
    form = chance.choice(["%Y-%m-%d", "%Y-%m-%d", "%Y-%m", "%Y-%m-%dT%H:%M:%SZ"])
    return f"{field}:{_bounds(chance, days[0].strftime(form), days[1].strftime(form))}"


def _presence(chance: random.Random) -> str:
    field = chance.choice(["event_date", "days_since_previous", "recipients", "topics", "place", "attribution"])
    return chance.choice([f"_exists_:{field}", f"{field}:*", "*:*"])


def _word_leaf(chance: random.Random) -> str:
    word = chance.choice([*WORDS, "Waffen", "Lieferungen", "gespraech", "strasse", "Angriff", "negotiate", "groesser"])
    return chance.choice(
        [
            word,
            f"title:{word}",
            f'title:"{chance.choice(PHRASED)} {chance.choice(PHRASED)}"',
            f"sentence:{word}",
            f"title:{word[:4].lower()}*",
            f"topics:{chance.choice(TOPICS).lower()}",
            'place:"New York"',
        ]
    )
