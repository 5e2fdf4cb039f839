"""Rows of the alerts: hits and mails, and the few questions that the alerts stage asks about events."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from processors.database.parts import in_parts
from processors.database.tables import articles, event_dyads, events, feeds, hits, mails, mentions, work
from processors.records import Hit


@dataclass(frozen=True, slots=True)
class StoredHit:
    """A hit as stored; `data` is what was told with it."""

    hit: Hit
    data: dict[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to one recipient. `body` is the whole message as sent; empty while it waits for a digest.

    `state`: waiting (for a digest), digested, pending, sent, parked, withdrawn (muted or unsubscribed before it went).
    `thread` is the id of what it is about: mails of one thread reach a recipient in the order they were made.
    """

    id: str
    message_id: str
    rule: str
    recipient: str
    kind: str
    subject: str
    body: str
    thread: str | None
    data: dict[str, Any] = field(hash=False)
    state: str
    created_at: datetime
    sent_at: datetime | None = None
    server_answer: str | None = None


def _insert(connection: Connection, table: Any) -> Any:
    return (postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert)(table)


def merged_into(connection: Connection, ids: Iterable[str]) -> dict[str, list[str]]:
    """For each event of `ids` the ids of the events that were merged into it, over all steps."""
    found: dict[str, list[str]] = {}
    for chunk in in_parts(sorted(set(ids))):
        owners = {one: one for one in chunk}
        frontier = chunk
        while frontier:
            query = select(events.c.id, events.c.merged_into).where(events.c.merged_into.in_(frontier))
            rows = [row for row in connection.execute(query) if row.id not in owners]
            for row in rows:
                owners[row.id] = owners[row.merged_into]
                found.setdefault(owners[row.id], []).append(row.id)
            frontier = [row.id for row in rows]
    return found


def hits_of(connection: Connection, document_ids: Iterable[str]) -> dict[tuple[str, str], list[StoredHit]]:
    """The hits on these documents, by rule and document, in the order they came."""
    found: dict[tuple[str, str], list[StoredHit]] = {}
    for chunk in in_parts(sorted(set(document_ids))):
        query = select(hits).where(hits.c.document_id.in_(chunk)).order_by(hits.c.created_at, hits.c.id)
        for row in connection.execute(query):
            found.setdefault((row.rule, row.document_id), []).append(_hit(row))
    return found


def _hit(row: Row[Any]) -> StoredHit:
    known = Hit(row.id, row.rule, row.kind, row.document_id, row.version, row.reason, row.created_at)
    return StoredHit(known, row.data)


def recent_hits(
    connection: Connection, rule: str | None = None, *, limit: int = 50, documents: Iterable[str] | None = None
) -> list[StoredHit]:
    """The latest hits, newest first."""
    query = select(hits).order_by(hits.c.created_at.desc(), hits.c.id).limit(limit)
    if rule is not None:
        query = query.where(hits.c.rule == rule)
    if documents is not None:
        query = query.where(hits.c.document_id.in_(list(documents)))
    return [_hit(row) for row in connection.execute(query)]


def hits_between(connection: Connection, rule: str, after: datetime, until: datetime) -> list[StoredHit]:
    """A rule's hits of a period: later than `after`, up to `until`."""
    period = and_(hits.c.rule == rule, hits.c.created_at > after, hits.c.created_at <= until)
    return [_hit(row) for row in connection.execute(select(hits).where(period).order_by(hits.c.created_at))]


def count_hits(connection: Connection, since: datetime) -> dict[str, int]:
    """How many hits each rule had since a moment."""
    query = select(hits.c.rule, func.count()).where(hits.c.created_at > since).group_by(hits.c.rule)
    return {row[0]: row[1] for row in connection.execute(query)}


def add_hit(connection: Connection, hit: Hit, data: Mapping[str, Any]) -> bool:
    """Stores a hit; False where it is stored already."""
    row = {
        "id": hit.id,
        "rule": hit.rule,
        "kind": hit.kind,
        "document_id": hit.document_id,
        "version": hit.version,
        "reason": hit.reason,
        "data": dict(data),
        "created_at": hit.created_at,
    }
    statement = _insert(connection, hits).values(row).on_conflict_do_nothing(index_elements=["id"])
    return bool(connection.execute(statement).rowcount)


def add_mail(connection: Connection, mail: Mail) -> bool:
    """Stores a mail; False where it is stored already."""
    names = (
        "id",
        "message_id",
        "rule",
        "recipient",
        "kind",
        "subject",
        "body",
        "thread",
        "data",
        "state",
        "created_at",
    )
    row = {name: getattr(mail, name) for name in names}
    statement = _insert(connection, mails).values(row).on_conflict_do_nothing(index_elements=["id"])
    return bool(connection.execute(statement).rowcount)


def _mail(row: Row[Any]) -> Mail:
    return Mail(**row._mapping)


def mails_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, Mail]:
    """Mails by their ids."""
    found: dict[str, Mail] = {}
    for chunk in in_parts(sorted(set(ids))):
        found.update((row.id, _mail(row)) for row in connection.execute(select(mails).where(mails.c.id.in_(chunk))))
    return found


def thread_mails(connection: Connection, thread: str, recipient: str) -> list[Mail]:
    """What this recipient was written of this thread, oldest first; without what waits or was withdrawn."""
    query = select(mails).where(
        mails.c.thread == thread, mails.c.recipient == recipient, mails.c.state.in_(("pending", "sent", "parked"))
    )
    return [_mail(row) for row in connection.execute(query.order_by(mails.c.created_at, mails.c.id))]


def earlier_unsent(connection: Connection, mail: Mail) -> bool:
    """Whether an earlier mail of the same thread to the same recipient is still to be sent."""
    if mail.thread is None:
        return False
    query = select(mails.c.id).where(
        mails.c.thread == mail.thread,
        mails.c.recipient == mail.recipient,
        mails.c.state == "pending",
        mails.c.created_at < mail.created_at,
    )
    return connection.execute(query.limit(1)).first() is not None


def waiting_mails(connection: Connection, until: datetime | None = None) -> list[Mail]:
    """What waits for a digest (and was made up to `until`), oldest first."""
    query = select(mails).where(mails.c.state == "waiting").order_by(mails.c.created_at, mails.c.id)
    if until is not None:
        query = query.where(mails.c.created_at <= until)
    return [_mail(row) for row in connection.execute(query)]


def count_mails(connection: Connection, rule: str, recipient: str, since: datetime) -> int:
    """How many single mails this recipient got of this rule since a moment (or gets: pending ones count)."""
    query = select(func.count()).where(
        mails.c.rule == rule,
        mails.c.recipient == recipient,
        mails.c.kind.in_(("event", "article")),
        mails.c.state.in_(("pending", "sent", "parked")),
        mails.c.created_at >= since,
    )
    return int(connection.execute(query).scalar_one())


def set_mails(connection: Connection, ids: Iterable[str], **values: Any) -> None:
    """Changes columns of mails, such as state and server_answer."""
    for chunk in in_parts(sorted(set(ids))):
        connection.execute(update(mails).where(mails.c.id.in_(chunk)).values(**values))


def park_exhausted(connection: Connection) -> None:
    """Marks mails as parked whose work is: it was with a worker that died, three times. They must not hold up what
    comes after them in their thread."""
    dead = select(work.c.key).where(work.c.stage == "send", work.c.parked.is_(True))
    died = "not sent: the worker that had it died three times"
    connection.execute(
        update(mails).where(mails.c.state == "pending", mails.c.id.in_(dead)).values(state="parked", server_answer=died)
    )


def withdraw_mails(connection: Connection, rule: str, recipient: str) -> int:
    """Takes back what waits or is pending for this recipient of this rule; returns how many."""
    mine = and_(mails.c.rule == rule, mails.c.recipient == recipient, mails.c.state.in_(("waiting", "pending")))
    return connection.execute(update(mails).where(mine).values(state="withdrawn")).rowcount


def latest_of_dyads(connection: Connection, dyads: Sequence[str], *, without: str, limit: int = 5) -> list[str]:
    """The ids of the latest visible events between these pairs, newest first, without the event `without`."""
    if not dyads:
        return []
    query = (
        select(events.c.id, func.max(event_dyads.c.day).label("day"))
        .join(event_dyads, event_dyads.c.event_id == events.c.id)
        .where(event_dyads.c.dyad.in_(list(dyads)), events.c.hidden.is_(False), events.c.merged_into.is_(None))
        .where(events.c.id != without)
        .group_by(events.c.id)
        .order_by(func.max(event_dyads.c.day).desc(), events.c.id)
        .limit(limit)
    )
    return [row.id for row in connection.execute(query)]


def latest_events(connection: Connection, *, since: datetime, limit: int = 5000) -> list[str]:
    """The ids of the visible events seen last, newest first."""
    query = select(events.c.id).where(
        events.c.hidden.is_(False), events.c.merged_into.is_(None), events.c.last_seen_at >= since
    )
    return list(connection.execute(query.order_by(events.c.last_seen_at.desc(), events.c.id).limit(limit)).scalars())


def latest_articles(connection: Connection, *, since: datetime, limit: int = 5000) -> list[str]:
    """The ids of the articles read last, newest first."""
    query = select(articles.c.id).where(articles.c.fetched_at >= since)
    return list(connection.execute(query.order_by(articles.c.fetched_at.desc(), articles.c.id).limit(limit)).scalars())


def awaiting_coding(connection: Connection, article_ids: Iterable[str]) -> set[str]:
    """Which of these articles are still to be coded; one that the coder was given up on is not."""
    found: set[str] = set()
    for chunk in in_parts(sorted(set(article_ids))):
        query = select(work.c.key).where(work.c.stage == "code", work.c.parked.is_(False), work.c.key.in_(chunk))
        found |= set(connection.execute(query).scalars())
    return found


@dataclass(frozen=True, slots=True)
class FeedState:
    """How a feed does: `reason` is its last error in words."""

    id: str
    name: str
    url: str
    state: str
    reason: str


def feed_states(connection: Connection) -> list[FeedState]:
    """The states of the feeds that are asked."""
    query = select(feeds).where(feeds.c.active.is_(True)).order_by(feeds.c.name)
    return [FeedState(row.id, row.name, row.url, row.state, row.last_error or "") for row in connection.execute(query)]


def events_of_article(connection: Connection, article_id: str) -> list[str]:
    """The ids of the events that an article reports."""
    mine = and_(mentions.c.article_id == article_id, mentions.c.event_id.is_not(None))
    return list(connection.execute(select(mentions.c.event_id).where(mine).distinct()).scalars())
