"""The rows of feeds: what is configured, and what is known of each."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from processors.database.connection import Database
from processors.database.parts import in_parts
from processors.database.tables import feeds, work
from processors.database.work import add_work, now
from processors.records import Feed


@dataclass(frozen=True, slots=True)
class FeedState:
    """A feed and all that is known of it. Times are UTC, `interval` is in seconds.

    `errors` weighs failures since the last success; `polling` is the data of the polling rule; `redirect_url` is
    where permanent redirects lead, seen `redirect_count` times in a row; with 0, the address that was adopted and left.
    """

    id: str
    name: str
    url: str
    configured_url: str
    host: str
    language: str | None = None
    country: str | None = None
    active: bool = True
    state: str = "new"
    state_since: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    interval: int = 900
    polling: dict[str, Any] = field(default_factory=dict)
    last_fetch_at: datetime | None = None
    last_success_at: datetime | None = None
    next_fetch_at: datetime | None = None
    newest_entry_at: datetime | None = None
    errors: float = 0.0
    error_reason: str | None = None
    last_error: str | None = None
    entries: int = 0
    redirect_url: str | None = None
    redirect_count: int = 0


def load_feeds(database: Database, feed_ids: Sequence[str] | None = None, *, inactive: bool = False) -> list[FeedState]:
    """The feeds (among `feed_ids`, where given) by name; those no longer configured only with `inactive`."""
    query = _states().order_by(feeds.c.name, feeds.c.id)
    if not inactive:
        query = query.where(feeds.c.active.is_(True))
    wanted = None if feed_ids is None else set(feed_ids)
    with database.reading() as connection:
        found = [FeedState(**row._mapping) for row in connection.execute(query)]
    return found if wanted is None else [feed for feed in found if feed.id in wanted]


def lock_feeds(connection: Connection, feed_ids: Sequence[str]) -> dict[str, FeedState]:
    """The feeds by id as they are now, kept from all others until this transaction ends."""
    found: dict[str, FeedState] = {}
    for part in in_parts(sorted(set(feed_ids))):  # in one order, so that no two transactions wait for each other
        query = _states().where(feeds.c.id.in_(part)).order_by(feeds.c.id).with_for_update()
        found |= {row.id: FeedState(**row._mapping) for row in connection.execute(query)}
    return found


def _states() -> Select[Any]:
    return select(*(feeds.c[name] for name in FeedState.__dataclass_fields__))


def save_feed(connection: Connection, state: FeedState) -> None:
    """Stores what is known of a feed; whether it is configured, and how, is left to `sync_configured`."""
    values = asdict(state)
    for configured in ("id", "name", "configured_url", "language", "country", "active"):
        values.pop(configured)
    connection.execute(update(feeds).where(feeds.c.id == state.id).values(**values))


def sync_configured(database: Database, configured: Iterable[tuple[Feed, str]], interval: int) -> tuple[int, int]:
    """Makes the table follow the configuration, given as feeds with their hosts.

    New feeds and those that come back are due at once; feeds that are gone from the configuration become inactive and
    keep their entries. Returns how many came and went.
    """
    wanted = {feed.id: (feed, host) for feed, host in configured}
    with database.transaction() as connection:
        rows = {row.id: row for row in connection.execute(select(feeds))}
        fresh = [wanted[key] for key in sorted(wanted) if key not in rows]
        if fresh:  # which another process may be adding, too
            insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
            new = [_new_row(feed, host, interval) for feed, host in fresh]
            connection.execute(insert(feeds).on_conflict_do_nothing(), new)
        back = [key for key, row in rows.items() if key in wanted and not row.active]
        gone = [key for key, row in rows.items() if key not in wanted and row.active]
        changed = [key for key, row in rows.items() if key in wanted and _differs(row, wanted[key][0])]
        lock_feeds(connection, [*gone, *changed])
        for key in changed:
            feed, host = wanted[key]
            values = {"name": feed.name, "language": feed.language, "country": feed.country, "active": True}
            if not rows[key].active:  # it comes back: where it was believed to have moved does not bind it
                values |= {"url": feed.url, "host": host, "etag": None, "last_modified": None}
            connection.execute(update(feeds).where(feeds.c.id == key).values(**values))
        add_work(connection, "fetch", [feed.id for feed, _ in fresh] + back)
        _deactivate(connection, gone)
    return len(fresh) + len(back), len(gone)


def _new_row(feed: Feed, host: str, interval: int) -> dict[str, Any]:
    return asdict(FeedState(feed.id, feed.name, feed.url, feed.url, host, feed.language, feed.country,
                            interval=interval, next_fetch_at=now()))  # fmt: skip


def _differs(row: Any, feed: Feed) -> bool:
    return bool((row.name, row.language, row.country, row.active) != (feed.name, feed.language, feed.country, True))


def _deactivate(connection: Connection, gone: Sequence[str]) -> None:
    for part in in_parts(gone):
        connection.execute(update(feeds).where(feeds.c.id.in_(part)).values(active=False))
        connection.execute(delete(work).where(work.c.stage == "fetch", work.c.key.in_(part)))


def due_feeds(database: Database) -> list[tuple[str, str]]:
    """Id and host of the feeds that are due and that nobody is asking now."""
    at = now()
    free = or_(work.c.leased_until.is_(None), work.c.leased_until < at)
    query = (
        select(feeds.c.id, feeds.c.host)
        .join(work, work.c.key == feeds.c.id)
        .where(work.c.stage == "fetch", work.c.parked.is_(False), work.c.not_before <= at, free)
        .order_by(work.c.not_before, feeds.c.id)
    )
    with database.reading() as connection:
        return [(row.id, row.host) for row in connection.execute(query)]
