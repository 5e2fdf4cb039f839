"""The numbers of `eventwire status` and of the demo's table."""

from datetime import timedelta

from sqlalchemy import insert, select

from processors.database import Database
from processors.database.overview import seconds_to_mail
from processors.database.tables import entries, events, feeds, mails
from tests.events.reports import MONDAY, article, mention, report, resolve


def _seen(database: Database, name: str, seconds: int) -> None:
    """One report of the one event, whose entry was seen so many seconds after the start."""
    of = article(name)
    report(database, of, mention("aid", "DEU>UKR", 0))
    resolve(database)
    row = {"id": name, "feed_id": "feed", "title": name, "summary": "", "content_hash": name, "article_id": of.id}
    with database.transaction() as connection:
        connection.execute(insert(entries).values(**row, first_seen_at=MONDAY + timedelta(seconds=seconds)))


def _sent(database: Database, rule: str, seconds: int) -> None:
    at = MONDAY + timedelta(seconds=seconds)
    with database.transaction() as connection:
        [event] = connection.execute(select(events.c.id).where(events.c.merged_into.is_(None))).scalars()
        ids = {"id": f"{rule}{seconds}", "message_id": f"<{rule}{seconds}@localhost>", "thread": event}
        told = {"rule": rule, "recipient": "desk@example.org", "kind": "event", "state": "sent"}
        row = {**ids, **told, "subject": "Aid", "body": "", "data": {}}
        connection.execute(insert(mails).values(**row, created_at=at, sent_at=at))


def test_an_update_counts_from_the_first_entry_after_the_mail_before_it(database: Database) -> None:
    assert seconds_to_mail(database) is None
    with database.transaction() as connection:
        address = {"url": "http://feed.example/", "configured_url": "http://feed.example/", "host": "feed.example"}
        connection.execute(insert(feeds).values(id="feed", name="Feed", **address))
    _seen(database, "one", 0)
    _seen(database, "two", 5)
    _sent(database, "each", 40)
    assert seconds_to_mail(database) == 40
    _seen(database, "three", 100)
    _sent(database, "each", 130)
    _sent(database, "other", 130)
    assert seconds_to_mail(database) == 40  # of 40, 30 and, for the rule that told nothing before, 130
