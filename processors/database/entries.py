"""The rows of entries: what feeds said of articles."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from processors.database.parts import in_parts
from processors.database.tables import entries
from processors.records import Entry

_COLUMNS = [entries.c[name] for name in Entry.__dataclass_fields__]


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """What must be remembered of an entry to know it again and to see whether it changed."""

    id: str
    guid: str | None
    url: str | None
    title: str
    content_hash: str
    first_seen_at: datetime
    published_at: datetime | None = None


def known_entries(connection: Connection, ids: Sequence[str]) -> dict[str, KnownEntry]:
    """The stored entries among `ids`."""
    columns = [entries.c[name] for name in KnownEntry.__dataclass_fields__]
    found: dict[str, KnownEntry] = {}
    for part in in_parts(ids):
        query = select(*columns).where(entries.c.id.in_(part))
        found |= {row.id: KnownEntry(**row._mapping) for row in connection.execute(query)}
    return found


def insert_entries(connection: Connection, new: Sequence[tuple[Entry, str]]) -> None:
    """Stores new entries with their content hashes."""
    if new:
        connection.execute(insert(entries), [{**asdict(entry), "content_hash": digest} for entry, digest in new])


def update_entries(connection: Connection, changed: Sequence[tuple[Entry, str]]) -> None:
    """Stores entries whose text changed; when they were first seen stays."""
    for entry, digest in changed:
        values = {**asdict(entry), "content_hash": digest}
        del values["id"], values["first_seen_at"]
        connection.execute(update(entries).where(entries.c.id == entry.id).values(**values))


def load_entries(connection: Connection, ids: Sequence[str]) -> dict[str, Entry]:
    """The entries with `ids`, by id."""
    found: dict[str, Entry] = {}
    for part in in_parts(ids):
        found |= {row.id: _entry(row) for row in connection.execute(select(*_COLUMNS).where(entries.c.id.in_(part)))}
    return found


def _entry(row: Row[Any]) -> Entry:
    return Entry(**row._mapping)


def entries_of_feed(connection: Connection, feed_id: str) -> list[Entry]:
    """All entries of a feed, in the order in which they were first seen."""
    query = select(*_COLUMNS).where(entries.c.feed_id == feed_id).order_by(entries.c.first_seen_at, entries.c.id)
    return [_entry(row) for row in connection.execute(query)]


def entries_of_article(connection: Connection, article_id: str) -> list[Entry]:
    """The entries that an article came of."""
    query = select(*_COLUMNS).where(entries.c.article_id == article_id).order_by(entries.c.first_seen_at, entries.c.id)
    return [_entry(row) for row in connection.execute(query)]


def link_article(connection: Connection, entry_id: str, article_id: str) -> None:
    """Notes which article came of an entry."""
    connection.execute(update(entries).where(entries.c.id == entry_id).values(article_id=article_id))


def article_of(connection: Connection, entry_ids: Sequence[str]) -> dict[str, str]:
    """Which articles came of `entry_ids` before, by entry id."""
    found: dict[str, str] = {}
    for part in in_parts(entry_ids):
        query = select(entries.c.id, entries.c.article_id).where(entries.c.id.in_(part))
        found |= {row.id: row.article_id for row in connection.execute(query) if row.article_id}
    return found


def count_entries(connection: Connection, feed_id: str) -> int:
    """How many entries of a feed have been seen."""
    return connection.execute(select(func.count()).where(entries.c.feed_id == feed_id)).scalar_one()
