"""Events and articles in a database, with their work for the index pending."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from processors.database import Database, add_work
from processors.database import events as event_rows
from processors.database.articles import insert_article
from processors.index.stage import load_documents
from processors.records import Article, Event

_SEEN = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def event(number: int, **changes: object) -> Event:
    """An event; its id is hexadecimal and depends on `number`."""
    made = Event(
        id=f"{number:020x}", version=1, type="leader_call", status="occurred", actors=("RUS", "USA"), recipients=(),
        persons=("Wladimir Putin",), topics=("Ukraine",), attribution=None, quad_class=1, plover="CONSULT-phone",
        cameo="041", goldstein=1.5, event_date=date(2026, 11, 20), date_precision="day", place=None,
        published_at=_SEEN, first_seen_at=_SEEN, last_seen_at=_SEEN + timedelta(seconds=number), languages=("de",),
        sources=("elbkurier.example",), source_count=1, article_count=1, days_since_previous=None,
        title=f"Telefonat Nummer {number}", sentence="Die Präsidenten sprachen miteinander.", confidence=0.9,
        articles=("a1",),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def article(number: int, **changes: object) -> Article:
    """An article; its id is hexadecimal and depends on `number`."""
    made = Article(
        id=f"{number:020x}", url=f"https://elbkurier.example/{number}", source="elbkurier.example", feed="Elbkurier",
        language="de", country="DE", published_at=None, fetched_at=_SEEN, title=f"Meldung {number}", summary="",
        text="Ein Text über eine Lieferung.",
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def store_events(database: Database, events: Iterable[Event]) -> None:
    """Stores events and marks them for the index, as the resolver does."""
    found = list(events)
    with database.transaction() as connection:
        event_rows.store_events(connection, found)
        add_work(connection, "index", [f"event:{one.id}" for one in found])


def store_articles(database: Database, articles: Iterable[Article]) -> None:
    """Stores articles and marks them for the index, as the reader does."""
    with database.transaction() as connection:
        for one in articles:
            insert_article(connection, one, "hash")
            add_work(connection, "index", [f"article:{one.id}"])


def differing(database: Database, index, kind: str, ids: Iterable[str]) -> set[str]:
    """The ids of documents that the index holds in another state than the database, document by document."""
    index.refresh()
    wanted = {one["id"]: one for one in load_documents(database, kind, list(ids))}
    held, after = {}, None
    while True:
        page = index.search(kind, "*:*", limit=5000, after=after, snippets=False)
        held |= {hit.id: hit.document for hit in page.hits}
        after = page.next_after
        if after is None:
            return {id for id in wanted.keys() | held.keys() if wanted.get(id) != held.get(id)}
