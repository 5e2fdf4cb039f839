"""What stands in the database, in numbers: for `eventwire status` and the demo's table."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_string
from statistics import median

from sqlalchemy import func, select

from processors.database.connection import Database
from processors.database.tables import articles, entries, events, feeds, hits, mails, mentions


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts. `feed_states` and `mail_states` by state; `languages` are articles by language."""

    feed_states: dict[str, int]
    entries: int
    articles: int
    near_copies: int
    languages: dict[str, int]
    uncoded: int
    mentions: int
    events: int
    hits: int
    mail_states: dict[str, int]
    newest_article_at: datetime | None


def overview(database: Database) -> Overview:
    """The numbers as they are now."""
    with database.reading() as connection:

        def count(query: object) -> int:
            return connection.execute(query).scalar_one() or 0  # type: ignore[call-overload]

        def grouped(query: object) -> dict[str, int]:
            return {row[0]: row[1] for row in connection.execute(query)}  # type: ignore[call-overload]

        number = func.count()
        alive = events.c.merged_into.is_(None) & events.c.hidden.is_(False)
        return Overview(
            grouped(select(feeds.c.state, number).where(feeds.c.active).group_by(feeds.c.state)),
            count(select(number).select_from(entries)),
            count(select(number).select_from(articles)),
            count(select(number).where(articles.c.duplicate_of.is_not(None))),
            grouped(select(articles.c.language, number).group_by(articles.c.language)),
            count(select(number).where(articles.c.coding == "no_pipeline")),
            count(select(number).select_from(mentions)),
            count(select(number).where(alive)),
            count(select(number).select_from(hits)),
            grouped(select(mails.c.state, number).group_by(mails.c.state)),
            connection.execute(select(func.max(articles.c.fetched_at))).scalar_one(),
        )


def seconds_to_mail(database: Database) -> float | None:
    """The median time from an entry's first sight to a mail that tells of its article's event; None without any. An
    update counts from the first entry after the mail before it."""
    sight = select(mentions.c.event_id, entries.c.first_seen_at).join(
        entries, entries.c.article_id == mentions.c.article_id
    )
    sent = select(mails.c.rule, mails.c.recipient, mails.c.thread, mails.c.sent_at).where(mails.c.sent_at.is_not(None))
    seen: dict[str, list[datetime]] = {}
    last: dict[tuple[str, ...], datetime] = {}
    times = []
    with database.reading() as connection:
        for event_id, at in connection.execute(sight):
            seen.setdefault(event_id, []).append(at)
        for rule, recipient, thread, at in connection.execute(sent.order_by(mails.c.sent_at)):
            before = last.get((rule, recipient, thread))
            news = [one for one in seen.get(thread, ()) if one <= at and (before is None or one > before)]
            if news:
                times.append((at - min(news)).total_seconds())
            last[rule, recipient, thread] = at
    return median(times) if times else None


@dataclass(frozen=True, slots=True)
class MailLine:
    """A mail as the demo's table shows it. `document_id` is that of its event or article."""

    rule: str
    recipient: str
    subject: str
    document_id: str
    state: str
    server_answer: str
    message_id: str
    references: tuple[str, ...]


def mail_lines(database: Database) -> list[MailLine]:
    """All mails, oldest first."""
    query = select(mails).order_by(mails.c.created_at, mails.c.id)
    with database.reading() as connection:
        return [
            MailLine(
                row.rule,
                row.recipient,
                row.subject,
                row.thread or "",
                row.state,
                row.server_answer or "",
                row.message_id,
                _references(row.body),
            )
            for row in connection.execute(query)
        ]


def _references(message: str | None) -> tuple[str, ...]:
    return tuple(str(message_from_string(message or "").get("References", "")).split())


def event_ids(database: Database) -> list[str]:
    """The ids of all events that people see: neither merged into another nor hidden."""
    seen = events.c.merged_into.is_(None) & events.c.hidden.is_(False)
    with database.reading() as connection:
        return list(connection.execute(select(events.c.id).where(seen).order_by(events.c.event_day)).scalars())


def article_ids_by_url(database: Database) -> dict[str, str]:
    """Article ids by address."""
    with database.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(select(articles.c.url, articles.c.id))}
