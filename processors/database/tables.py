"""The tables. The database is the record: everything else is derived from it.

`work` says what is pending: one row for each thing that a stage still has to do. A stage that finishes removes its
row and adds the next stage's in the transaction that stores its result, so that a crash loses and repeats nothing.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UTCDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime; SQLite, which knows no zones, stores it naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone must not reach the database")
        return value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """How a stored value is read. SQLite's text straight from the driver: resolution reads a hundred thousand times
        in a batch, and to go through the parent's conversions for each would be a twentieth of its work."""
        return _from_text if dialect.name == "sqlite" else _from_aware


def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value + "+00:00")


def _from_aware(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


Json = JSON().with_variant(JSONB(), "postgresql")


def _time(name: str, **options: Any) -> Column[datetime]:
    return Column(name, UTCDateTime, **options)


work = Table(
    "work",
    metadata,
    Column("stage", String(16), primary_key=True),
    Column("key", String(120), primary_key=True),
    Column("version", Integer, nullable=False, default=1),
    _time("not_before", nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("leased_by", String(160)),
    _time("leased_until"),
    Column("parked", Boolean, nullable=False, default=False),
    Column("error", Text),
    _time("added_at", nullable=False),
    Index("ix_work_pending", "stage", "parked", "not_before"),
)

# `state` of a feed: new, ok, quiet, stale, moved, gone, blocked, broken. `rule` data of polling lives in `polling`.
feeds = Table(
    "feeds",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("name", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("configured_url", Text, nullable=False),
    Column("host", Text, nullable=False, index=True),
    Column("language", String(8)),
    Column("country", String(8)),
    Column("active", Boolean, nullable=False, default=True),
    Column("state", String(16), nullable=False, default="new"),
    _time("state_since"),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", String(64)),
    Column("interval", Integer, nullable=False, default=900),
    Column("polling", Json, nullable=False, default=dict),
    _time("last_fetch_at"),
    _time("last_success_at"),
    _time("next_fetch_at"),
    _time("newest_entry_at"),
    Column("errors", Float, nullable=False, default=0.0),
    Column("error_reason", String(32)),
    Column("last_error", Text),
    Column("entries", Integer, nullable=False, default=0),
    Column("redirect_url", Text),
    Column("redirect_count", Integer, nullable=False, default=0),
)

hosts = Table(
    "hosts",
    metadata,
    Column("host", String(255), primary_key=True),
    _time("next_allowed_at"),
    Column("gap", Float, nullable=False, default=0.0),
    Column("busy", Json, nullable=False, default=dict),
    Column("robots", Text),
    _time("robots_at"),
)

entries = Table(
    "entries",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("feed_id", String(20), ForeignKey("feeds.id"), nullable=False, index=True),
    Column("guid", Text),
    Column("url", Text),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("content", Text),
    Column("author", Text),
    Column("language", String(8)),
    _time("published_at"),
    _time("first_seen_at", nullable=False, index=True),
    Column("content_hash", String(20), nullable=False),
    Column("article_id", String(20), index=True),
)

# `coding`: pending, coded, skipped (no pipeline for the language, or a near-copy of `duplicate_of`).
articles = Table(
    "articles",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("url", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("feed", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("country", String(8)),
    _time("published_at"),
    _time("fetched_at", nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("author", Text),
    Column("text_from", String(8), nullable=False),
    Column("duplicate_of", String(20), index=True),
    Column("content_hash", String(20), nullable=False),
    Column("version", Integer, nullable=False, default=1),
    Column("coding", String(24), nullable=False, default="pending"),
    _time("coded_at"),
)

# Bands of the MinHash signatures that find near-copies.
fingerprints = Table(
    "fingerprints",
    metadata,
    Column("band", String(40), primary_key=True),
    Column("article_id", String(20), primary_key=True),
    _time("fetched_at", nullable=False, index=True),
)

# `state`: new, resolved, gone (replaced by a later coding; the resolver takes it out of its event and removes it).
# `signature` is the participants by side, `timeline` the group among the mentions of that signature, `cluster` the
# group after the joining of signatures: all mentions with one cluster are one event (see docs/resolution.md).
mentions = Table(
    "mentions",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("article_id", String(20), ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("event_id", String(20), index=True),
    Column("type", String(32), nullable=False),
    Column("status", String(16), nullable=False),
    Column("state", String(8), nullable=False, default="new"),
    Column("signature", Text, nullable=False),
    Column("timeline", String(24)),
    Column("cluster", String(20), index=True),
    Column("day", Date, nullable=False),
    Column("data", Json, nullable=False),
    _time("reported_at", nullable=False),
    Index("ix_mentions_block", "type", "signature", "day"),
)

events = Table(
    "events",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("version", Integer, nullable=False, default=1),
    Column("type", String(32), nullable=False),
    Column("status", String(16), nullable=False),
    Column("event_day", Date, nullable=False, index=True),
    Column("hidden", Boolean, nullable=False, default=False),
    Column("merged_into", String(20), index=True),
    Column("data", Json, nullable=False),
    _time("first_seen_at", nullable=False, index=True),
    _time("last_seen_at", nullable=False, index=True),
)

# One row for each dyad of an event: days_since_previous and the series come from it.
event_dyads = Table(
    "event_dyads",
    metadata,
    Column("event_id", String(20), ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("dyad", String(56), primary_key=True),
    Column("type", String(32), nullable=False),
    Column("day", Date, nullable=False),
    Index("ix_event_dyads_series", "dyad", "type", "day"),
)

history = Table(
    "history",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("event_id", String(20), nullable=False, index=True),
    _time("at", nullable=False),
    Column("kind", String(16), nullable=False),
    Column("value", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("article_id", String(20)),
    Column("sentence", Text, nullable=False, default=""),
)

# Corrections by people, kept over recoding: kind is merge, split, hide or show.
corrections = Table(
    "corrections",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("event_id", String(20), nullable=False, index=True),
    Column("data", Json, nullable=False),
    Column("author", Text, nullable=False),
    _time("at", nullable=False),
)

# `kind` is event or article. One hit for each rule and document version that was worth telling.
hits = Table(
    "hits",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("rule", Text, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("document_id", String(20), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("data", Json, nullable=False, default=dict),
    _time("created_at", nullable=False, index=True),
    Index("ix_hits_rule", "rule", "document_id"),
)

# `state`: waiting (in a digest to come), pending, sent, parked. `server_answer` is the server's last word.
mails = Table(
    "mails",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("message_id", Text, nullable=False, unique=True),
    Column("rule", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("thread", String(20), index=True),
    Column("data", Json, nullable=False, default=dict),
    Column("state", String(16), nullable=False, index=True),
    _time("created_at", nullable=False),
    _time("sent_at"),
    Column("server_answer", Text),
)

# Small facts with a name: which lexicon coded last, whom a rule is muted for, when a digest went out.
notes = Table(
    "notes",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("data", Json, nullable=False),
    _time("at", nullable=False),
)
