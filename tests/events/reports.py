"""Short ways to put articles with mentions into a database, as the stages before resolution do."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from processors.database import Database, add_work
from processors.database.articles import insert_article, known_articles
from processors.database.events import iterate_event_ids, load_events
from processors.database.mentions import store_mentions
from processors.events import resolve_events
from processors.records import RECIPROCAL, Article, Event, Mention, hashed_id
from processors.settings import Settings

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def day(number: int) -> date:
    """The day `number` days after a Monday in March."""
    return (MONDAY + timedelta(days=number)).date()


def article(name: str, reported: float = 0.0, *, source: str = "", copy_of: str | None = None) -> Article:
    """An article that came out `reported` days after Monday morning and was fetched ten minutes later."""
    at = MONDAY + timedelta(days=reported)
    source = source or f"{name}.example"
    return Article(
        hashed_id(name), f"https://{source}/{name}", source, source, "en", None, at, at + timedelta(minutes=10),
        f"Title of {name}", "", "Text.", duplicate_of=hashed_id(copy_of) if copy_of else None,
    )  # fmt: skip


def mention(type_: str, sides: str, on: float | None = None, status: str = "occurred", **more: object) -> Mention:
    """A mention with sides as "RUS>UKR", or "RUS,USA" for reciprocal types, dated `on` days after Monday."""
    actors, _, recipients = sides.partition(">")
    dated = day(int(on)) if on is not None else None
    assert not recipients or type_ not in RECIPROCAL
    found = Mention(
        "", "", type_, status, tuple(filter(None, actors.split(","))), tuple(filter(None, recipients.split(","))),
        "trigger", f"Sentence about {type_}.", ((0, 7),), event_date=dated,
        date_precision="day" if dated else "unknown", confidence=0.8,
    )  # type: ignore[arg-type]  # fmt: skip
    return replace(found, **more)  # type: ignore[arg-type]


def report(database: Database, of: Article, *found: Mention) -> None:
    """Stores an article with its mentions, coded and ready to be resolved; again after a new coding."""
    named = [
        replace(one, id=hashed_id(of.id, n, one.type, one.actors, one.recipients), article_id=of.id)
        for n, one in enumerate(found)
    ]
    with database.transaction() as connection:
        if not known_articles(connection, [of.id]):
            insert_article(connection, of, of.id)
        store_mentions(connection, of, named)
        add_work(connection, "resolve", [of.id])


def resolve(database: Database) -> None:
    """Resolves all that is pending."""
    while (summary := resolve_events(database, Settings())).counts["done"]:
        assert not summary.problems
    assert not summary.problems


def events(database: Database) -> list[Event]:
    """All events that are to be seen, by date."""
    with database.reading() as connection:
        ids = [id_ for part in iterate_event_ids(connection) for id_ in part]
        found = load_events(connection, ids)
    return sorted(found, key=lambda one: (one.event_date or one.published_at.date(), one.type, one.id))


def partition(database: Database) -> set[frozenset[str]]:
    """Which articles' mentions are one event, as sets of "article:type"."""
    return {frozenset(f"{a}:{one.type}" for a in one.articles) for one in events(database)}


def only(found: Iterable[Event]) -> Event:
    """The one event that there is."""
    (one,) = found
    return one
