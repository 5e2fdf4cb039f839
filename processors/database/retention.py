"""Deletes what has outlived its keeping time."""

from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, Table, and_, delete, or_, select, update

from processors.database.tables import articles, entries, events, fingerprints, hits, mails, mentions, work
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
        before = at - timedelta(days=keep.mails)
        sent = _delete(connection, mails, mails.c.sent_at, keep.mails, at)
        counts["mails"] = sent + _delete_unsent(connection, before)
        counts["hits"] = _delete_hits(connection, before)
    return counts


def _delete(connection: Connection, table: Table, column: Column[datetime], days: int, at: datetime) -> int:
    return connection.execute(delete(table).where(column < at - timedelta(days=days))).rowcount


def _delete_unsent(connection: Connection, before: datetime) -> int:
    # What waits or is pending stays. The work of parked mails goes with them, or `status` would show it for ever.
    old = and_(mails.c.state.in_(("digested", "withdrawn", "parked")), mails.c.created_at < before)
    parked = select(mails.c.id).where(old, mails.c.state == "parked")
    connection.execute(delete(work).where(work.c.stage == "send", work.c.key.in_(parked)))
    return connection.execute(delete(mails).where(old)).rowcount


def _delete_hits(connection: Connection, before: datetime) -> int:
    # A hit is the memory that its event or article was told. It goes when that can come up no more: an article that is
    # deleted, an event without a mention left, neither its own nor one of what it was merged into.
    alive = select(mentions.c.event_id.label("id")).where(mentions.c.event_id.is_not(None)).distinct()
    alive_ids = alive.cte("alive", recursive=True, nesting=True)  # SQLite counts no rows of a "WITH ... DELETE"
    alive_ids = alive_ids.union(select(events.c.id).where(events.c.merged_into == alive_ids.c.id))
    is_over = or_(
        and_(hits.c.kind == "event", hits.c.document_id.not_in(select(alive_ids.c.id))),
        and_(hits.c.kind == "article", hits.c.document_id.not_in(select(articles.c.id))),
    )
    return connection.execute(delete(hits).where(hits.c.created_at < before, is_over)).rowcount


def _delete_articles(connection: Connection, before: datetime) -> int:
    # Work that waits for an article goes with it; its events stay, with their evidence.
    old = select(articles.c.id).where(articles.c.fetched_at < before)
    connection.execute(delete(work).where(work.c.stage.in_(("code", "resolve")), work.c.key.in_(old)))
    return connection.execute(delete(articles).where(articles.c.fetched_at < before)).rowcount
