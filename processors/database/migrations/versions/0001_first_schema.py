"""The first schema."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from processors.database.tables import UTCDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("country", sa.String(length=8), nullable=True),
        sa.Column("published_at", UTCDateTime(), nullable=True),
        sa.Column("fetched_at", UTCDateTime(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("text_from", sa.String(length=8), nullable=False),
        sa.Column("duplicate_of", sa.String(length=20), nullable=True),
        sa.Column("content_hash", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("coding", sa.String(length=24), nullable=False),
        sa.Column("coded_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
    )
    op.create_index(op.f("ix_articles_duplicate_of"), "articles", ["duplicate_of"], unique=False)
    op.create_index(op.f("ix_articles_fetched_at"), "articles", ["fetched_at"], unique=False)
    op.create_table(
        "corrections",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("event_id", sa.String(length=20), nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    op.create_index(op.f("ix_corrections_event_id"), "corrections", ["event_id"], unique=False)
    op.create_table(
        "events",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("event_day", sa.Date(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("merged_into", sa.String(length=20), nullable=True),
        sa.Column("data", Json, nullable=False),
        sa.Column("first_seen_at", UTCDateTime(), nullable=False),
        sa.Column("last_seen_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index(op.f("ix_events_event_day"), "events", ["event_day"], unique=False)
    op.create_index(op.f("ix_events_first_seen_at"), "events", ["first_seen_at"], unique=False)
    op.create_index(op.f("ix_events_last_seen_at"), "events", ["last_seen_at"], unique=False)
    op.create_index(op.f("ix_events_merged_into"), "events", ["merged_into"], unique=False)
    op.create_table(
        "feeds",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("configured_url", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("country", sa.String(length=8), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("state_since", UTCDateTime(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("body_hash", sa.String(length=64), nullable=True),
        sa.Column("interval", sa.Integer(), nullable=False),
        sa.Column("polling", Json, nullable=False),
        sa.Column("last_fetch_at", UTCDateTime(), nullable=True),
        sa.Column("last_success_at", UTCDateTime(), nullable=True),
        sa.Column("next_fetch_at", UTCDateTime(), nullable=True),
        sa.Column("newest_entry_at", UTCDateTime(), nullable=True),
        sa.Column("errors", sa.Float(), nullable=False),
        sa.Column("error_reason", sa.String(length=32), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("redirect_url", sa.Text(), nullable=True),
        sa.Column("redirect_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feeds")),
    )
    op.create_index(op.f("ix_feeds_host"), "feeds", ["host"], unique=False)
    op.create_table(
        "fingerprints",
        sa.Column("band", sa.String(length=40), nullable=False),
        sa.Column("article_id", sa.String(length=20), nullable=False),
        sa.Column("fetched_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("band", "article_id", name=op.f("pk_fingerprints")),
    )
    op.create_index(op.f("ix_fingerprints_fetched_at"), "fingerprints", ["fetched_at"], unique=False)
    op.create_table(
        "history",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("event_id", sa.String(length=20), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("article_id", sa.String(length=20), nullable=True),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
    )
    op.create_index(op.f("ix_history_event_id"), "history", ["event_id"], unique=False)
    op.create_table(
        "hits",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("document_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hits")),
    )
    op.create_index(op.f("ix_hits_created_at"), "hits", ["created_at"], unique=False)
    op.create_index(op.f("ix_hits_document_id"), "hits", ["document_id"], unique=False)
    op.create_index("ix_hits_rule", "hits", ["rule", "document_id"], unique=False)
    op.create_table(
        "hosts",
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("next_allowed_at", UTCDateTime(), nullable=True),
        sa.Column("gap", sa.Float(), nullable=False),
        sa.Column("busy", Json, nullable=False),
        sa.Column("robots", sa.Text(), nullable=True),
        sa.Column("robots_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_hosts")),
    )
    op.create_table(
        "mails",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("thread", sa.String(length=20), nullable=True),
        sa.Column("data", Json, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=True),
        sa.Column("server_answer", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
        sa.UniqueConstraint("message_id", name=op.f("uq_mails_message_id")),
    )
    op.create_index(op.f("ix_mails_state"), "mails", ["state"], unique=False)
    op.create_index(op.f("ix_mails_thread"), "mails", ["thread"], unique=False)
    op.create_table(
        "notes",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_notes")),
    )
    op.create_table(
        "work",
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("not_before", UTCDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_by", sa.String(length=160), nullable=True),
        sa.Column("leased_until", UTCDateTime(), nullable=True),
        sa.Column("parked", sa.Boolean(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("stage", "key", name=op.f("pk_work")),
    )
    op.create_index("ix_work_pending", "work", ["stage", "parked", "not_before"], unique=False)
    op.create_table(
        "entries",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("feed_id", sa.String(length=20), nullable=False),
        sa.Column("guid", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("published_at", UTCDateTime(), nullable=True),
        sa.Column("first_seen_at", UTCDateTime(), nullable=False),
        sa.Column("content_hash", sa.String(length=20), nullable=False),
        sa.Column("article_id", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name=op.f("fk_entries_feed_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
    )
    op.create_index(op.f("ix_entries_article_id"), "entries", ["article_id"], unique=False)
    op.create_index(op.f("ix_entries_feed_id"), "entries", ["feed_id"], unique=False)
    op.create_index(op.f("ix_entries_first_seen_at"), "entries", ["first_seen_at"], unique=False)
    op.create_table(
        "event_dyads",
        sa.Column("event_id", sa.String(length=20), nullable=False),
        sa.Column("dyad", sa.String(length=56), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_dyads_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "dyad", name=op.f("pk_event_dyads")),
    )
    op.create_index("ix_event_dyads_series", "event_dyads", ["dyad", "type", "day"], unique=False)
    op.create_table(
        "mentions",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("article_id", sa.String(length=20), nullable=False),
        sa.Column("event_id", sa.String(length=20), nullable=True),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("timeline", sa.String(length=24), nullable=True),
        sa.Column("cluster", sa.String(length=20), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.Column("reported_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_mentions_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentions")),
    )
    op.create_index(op.f("ix_mentions_article_id"), "mentions", ["article_id"], unique=False)
    op.create_index("ix_mentions_block", "mentions", ["type", "signature", "day"], unique=False)
    op.create_index(op.f("ix_mentions_cluster"), "mentions", ["cluster"], unique=False)
    op.create_index(op.f("ix_mentions_event_id"), "mentions", ["event_id"], unique=False)
    op.create_table(
        "mention_participants",
        sa.Column("mention_id", sa.String(length=20), nullable=False),
        sa.Column("participant", sa.String(length=24), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mention_id"], ["mentions.id"], name=op.f("fk_mention_participants_mention_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("mention_id", "participant", name=op.f("pk_mention_participants")),
    )
    op.create_index(
        "ix_mention_participants_block", "mention_participants", ["participant", "type", "day"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_mention_participants_block", table_name="mention_participants")
    op.drop_table("mention_participants")
    op.drop_index(op.f("ix_mentions_event_id"), table_name="mentions")
    op.drop_index(op.f("ix_mentions_cluster"), table_name="mentions")
    op.drop_index("ix_mentions_block", table_name="mentions")
    op.drop_index(op.f("ix_mentions_article_id"), table_name="mentions")
    op.drop_table("mentions")
    op.drop_index("ix_event_dyads_series", table_name="event_dyads")
    op.drop_table("event_dyads")
    op.drop_index(op.f("ix_entries_first_seen_at"), table_name="entries")
    op.drop_index(op.f("ix_entries_feed_id"), table_name="entries")
    op.drop_index(op.f("ix_entries_article_id"), table_name="entries")
    op.drop_table("entries")
    op.drop_index("ix_work_pending", table_name="work")
    op.drop_table("work")
    op.drop_table("notes")
    op.drop_index(op.f("ix_mails_thread"), table_name="mails")
    op.drop_index(op.f("ix_mails_state"), table_name="mails")
    op.drop_table("mails")
    op.drop_table("hosts")
    op.drop_index("ix_hits_rule", table_name="hits")
    op.drop_index(op.f("ix_hits_document_id"), table_name="hits")
    op.drop_index(op.f("ix_hits_created_at"), table_name="hits")
    op.drop_table("hits")
    op.drop_index(op.f("ix_history_event_id"), table_name="history")
    op.drop_table("history")
    op.drop_index(op.f("ix_fingerprints_fetched_at"), table_name="fingerprints")
    op.drop_table("fingerprints")
    op.drop_index(op.f("ix_feeds_host"), table_name="feeds")
    op.drop_table("feeds")
    op.drop_index(op.f("ix_events_merged_into"), table_name="events")
    op.drop_index(op.f("ix_events_last_seen_at"), table_name="events")
    op.drop_index(op.f("ix_events_first_seen_at"), table_name="events")
    op.drop_index(op.f("ix_events_event_day"), table_name="events")
    op.drop_table("events")
    op.drop_index(op.f("ix_corrections_event_id"), table_name="corrections")
    op.drop_table("corrections")
    op.drop_index(op.f("ix_articles_fetched_at"), table_name="articles")
    op.drop_index(op.f("ix_articles_duplicate_of"), table_name="articles")
    op.drop_table("articles")
