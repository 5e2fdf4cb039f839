"""Deletes what has outlived its keeping time."""

from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, Table, delete, select, update

from processors.database.tables import articles, entries, fingerprints, hits, mails, work
from processors.settings import RetentionSettings

_COPY_WINDOW_DAYS = 30  # near-copies are looked for among articles of this many days


def apply_retention(connection: Connection, keep: RetentionSettings, at: datetime) -> dict[str, int]:
    """Deletes what is older, at `at`, than the settings keep it; returns how many rows of what.

    Entries are only emptied: a feed that still lists an old one would otherwise bring it back as new.
    """
    counts = {"fingerprints": _delete(connection, fingerprints, fingerprints.c.fetched_at, _COPY_WINDOW_DAYS, at)}
    if keep.entries:
        old = entries.c.first_seen_at < at - timedelta(days=keep.entries)
        emptied = update(entries).where(old, entries.c.content.is_not(None)).values(content=None, summary="")
        counts["entries_emptied"] = connection.execute(emptied).rowcount
    if keep.articles:
        counts["articles"] = _delete_articles(connection, at - timedelta(days=keep.articles))
    if keep.mails:
        counts["mails"] = _delete(connection, mails, mails.c.sent_at, keep.mails, at)
        untold = mails.c.state.in_(("digested", "withdrawn")), mails.c.created_at < at - timedelta(days=keep.mails)
        counts["mails"] += connection.execute(delete(mails).where(*untold)).rowcount
        counts["hits"] = _delete(connection, hits, hits.c.created_at, keep.mails, at)
    return counts


def _delete(connection: Connection, table: Table, column: Column[datetime], days: int, at: datetime) -> int:
    return connection.execute(delete(table).where(column < at - timedelta(days=days))).rowcount


def _delete_articles(connection: Connection, before: datetime) -> int:
    # Work that waits for an article goes with it; its events stay, with their evidence.
    old = select(articles.c.id).where(articles.c.fetched_at < before)
    connection.execute(delete(work).where(work.c.stage.in_(("code", "resolve")), work.c.key.in_(old)))
    return connection.execute(delete(articles).where(articles.c.fetched_at < before)).rowcount
