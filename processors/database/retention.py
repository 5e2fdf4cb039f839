"""Deletes what has outlived its keeping time."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, and_, delete, literal, or_, select, update

from processors.database.tables import articles, entries, events, fingerprints, hits, hosts, mails, mentions, work
from processors.settings import RetentionSettings

_COPY_WINDOW_DAYS = 30  # near-copies are looked for among articles of this many days
_HOST_DAYS = 30  # since a host was last asked: by then it is no longer slowed down or paused
_ROBOTS_DAYS = 1  # a robots.txt is fetched anew after a day


def apply_retention(connection: Connection, keep: RetentionSettings, at: datetime) -> dict[str, int]:
    """Deletes what is older, at `at`, than the settings keep it; returns how many rows of what.

    Entries are only emptied: a feed that still lists an old one would otherwise bring it back as new.
    """
    counts = {"fingerprints": _delete(connection, fingerprints, fingerprints.c.fetched_at, _COPY_WINDOW_DAYS, at)}
    if keep.entries:
        old = entries.c.first_seen_at < at - timedelta(days=keep.entries)
        full = or_(entries.c.content.is_not(None), entries.c.summary != "")
        emptied = update(entries).where(old, full).values(content=None, summary="")
        counts["entries_emptied"] = connection.execute(emptied).rowcount
        _forget_parked(connection, "read", select(entries.c.id).where(old))
    if keep.articles:
        counts["articles"] = _delete_articles(connection, at - timedelta(days=keep.articles))
    if keep.mails:
        before = at - timedelta(days=keep.mails)
        sent = _delete(connection, mails, mails.c.sent_at, keep.mails, at)
        counts["mails"] = sent + _delete_unsent(connection, before)
        counts["hits"] = _delete_hits(connection, before)
    counts["hosts"] = _delete_hosts(connection, at)  # last, as whoever asks one waits until all is done
    return counts


def _delete(connection: Connection, table: Table, column: Column[datetime], days: int, at: datetime) -> int:
    return connection.execute(delete(table).where(column < at - timedelta(days=days))).rowcount


def _delete_hosts(connection: Connection, at: datetime) -> int:
    stale = _free_hosts(hosts.c.robots_at < at - timedelta(days=_ROBOTS_DAYS))
    connection.execute(update(hosts).where(hosts.c.host.in_(stale)).values(robots=None, robots_at=None))
    silent = _free_hosts(hosts.c.next_allowed_at < at - timedelta(days=_HOST_DAYS))
    return connection.execute(delete(hosts).where(hosts.c.host.in_(silent))).rowcount


def _free_hosts(condition: ColumnElement[bool]) -> Select[Any]:
    # Whoever asks hosts holds several rows, in an order of their own: to wait for one here could be a deadlock.
    return select(hosts.c.host).where(condition).with_for_update(skip_locked=True)


def _forget_parked(connection: Connection, stage: str, keys: Select[Any]) -> None:
    # What failed for good would otherwise be shown by `status` for ever, and nothing is left to try it on again.
    connection.execute(delete(work).where(work.c.stage == stage, work.c.parked.is_(True), work.c.key.in_(keys)))


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
    documents = select(literal("article:") + articles.c.id).where(articles.c.fetched_at < before)
    for stage in ("index", "match"):
        _forget_parked(connection, stage, documents)
    return connection.execute(delete(articles).where(articles.c.fetched_at < before)).rowcount
