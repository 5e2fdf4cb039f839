"""Mentions in the database: what the coder found in each article.

Replacing an article's mentions keeps what the resolver needs: the old ones stay as "gone" until it has taken them
out of their events, and a new one of the same type starts in the event of the one that it replaces.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, and_, delete, insert, select, update

from processors.database.parts import among, in_parts
from processors.database.stored_mentions import forget_mentions, names_day
from processors.database.tables import articles, mentions
from processors.records import RECIPROCAL, Article, Mention, hashed_id

_MENTION = TypeAdapter(Mention)
_EARLIEST = date(1900, 1, 1)  # a misread year must not leave the range that every database can store


def signature(type_: str, actors: Sequence[str], recipients: Sequence[str]) -> str:
    """The participants by side, as text: "RUS,USA" for a reciprocal type, "RUS>UKR" for a directed one."""
    if type_ in RECIPROCAL:
        return ",".join(sorted({*actors, *recipients}))
    return f"{','.join(sorted(set(actors)))}>{','.join(sorted(set(recipients)))}"


def reported_at(article: Article) -> datetime:
    """When an article came out; a date ahead of its own fetching is a publisher's mistake."""
    return min(article.published_at or article.fetched_at, article.fetched_at)


def _day(mention: Mention, article: Article) -> date:
    # A vague date of news ("this week") says less than the day of the report; that of a look back says more.
    day, reported = mention.event_date, reported_at(article).date()
    historical = mention.status == "historical" and mention.date_precision != "unknown"
    told = historical or names_day(mention, reported)
    if day is None or not told:
        return reported
    if mention.status == "occurred" and day == reported + timedelta(1):
        day = reported  # what has happened did not happen the day after: a misread date, or another time zone
    return max(day, _EARLIEST)


def store_mentions(connection: Connection, article: Article, found: Sequence[Mention]) -> None:
    """Makes `found` the mentions of `article`, in place of what an earlier coding found. The article must be stored.

    What has not changed is left as it is. Storing the same mentions again changes nothing.
    """
    forget_mentions(connection)
    current = select(mentions).where(mentions.c.article_id == article.id, mentions.c.state != "gone")
    old = {row.id: row for row in connection.execute(current)}
    rows = {mention.id: _row(mention, article) for mention in found}
    same = {key for key, row in rows.items() if key in old and _is_same(old[key], row)}
    replaced = [row for key, row in old.items() if key not in same]
    _set_aside(connection, replaced)
    fresh = [row for key, row in rows.items() if key not in same]
    if fresh:
        connection.execute(insert(mentions), [{**row, "event_id": _event_before(row, replaced)} for row in fresh])


def _is_same(old: Row[Any], row: dict[str, Any]) -> bool:
    return bool(old.data == row["data"] and old.reported_at == row["reported_at"])


def _set_aside(connection: Connection, replaced: list[Row[Any]]) -> None:
    # Gone rows make room for a new row with their id; the resolver still has to see where they were.
    for row in replaced:
        mine = mentions.c.id == row.id
        if row.state == "new":
            connection.execute(delete(mentions).where(mine))
        else:
            connection.execute(update(mentions).where(mine).values(id=hashed_id("gone", row.id), state="gone"))


def _event_before(row: dict[str, Any], replaced: list[Row[Any]]) -> str | None:
    # An event follows what its mentions became: the same words first, then the same type in the same article.
    same = [old for old in replaced if old.type == row["type"] and old.event_id]
    same.sort(key=lambda old: (old.id != row["id"], old.signature != row["signature"], old.id))
    return same[0].event_id if same else None


def _row(mention: Mention, article: Article) -> dict[str, Any]:
    return {
        "id": mention.id,
        "article_id": article.id,
        "type": mention.type,
        "status": mention.status,
        "state": "new",
        "signature": signature(mention.type, mention.actors, mention.recipients),
        "day": _day(mention, article),
        "data": _MENTION.dump_python(mention, mode="json"),
        "reported_at": reported_at(article),
    }


def load_mentions(connection: Connection, article_ids: Iterable[str]) -> list[Mention]:
    """The mentions of the given articles, in the order of the articles' texts."""
    found: list[Mention] = []
    for part in in_parts(sorted(set(article_ids))):
        query = select(mentions.c.data).where(mentions.c.article_id.in_(part), mentions.c.state != "gone")
        found += [_MENTION.validate_python(row.data) for row in connection.execute(query)]
    return sorted(found, key=lambda mention: (mention.article_id, mention.spans, mention.id))


def remove_gone(connection: Connection, article_ids: Sequence[str]) -> None:
    """Removes the mentions of these articles that a later coding replaced."""
    for part in in_parts(article_ids):
        connection.execute(delete(mentions).where(among(mentions.c.article_id, part), mentions.c.state == "gone"))


def articles_to_recode(connection: Connection, since: datetime, after: str = "", limit: int = 200) -> list[str]:
    """Ids, in order and after `after`, of articles fetched since `since` that a coding has been tried on."""
    recent = and_(articles.c.fetched_at >= since, articles.c.id > after)
    query = select(articles.c.id).where(recent, articles.c.coded_at.is_not(None))
    query = query.order_by(articles.c.id).limit(limit)
    return list(connection.execute(query).scalars())
