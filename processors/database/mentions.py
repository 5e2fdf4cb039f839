"""Mentions in the database: what the coder found in each article, and what resolution says of it.

Replacing an article's mentions keeps what the resolver needs: the old ones stay as "gone" until it has taken them
out of their events, and a new one of the same type starts in the event of the one that it replaces.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, Select, Text, and_, bindparam, cast, delete, insert, select, update

from processors.database.parts import in_parts
from processors.database.tables import articles, mention_participants, mentions
from processors.records import RECIPROCAL, Article, Mention, Status, hashed_id

_MENTION = TypeAdapter(Mention)
_AHEAD = timedelta(120)  # a day further ahead is mostly one of the year before, misread
_EARLIEST = date(1900, 1, 1)  # a misread year must not leave the range that every database can store


@dataclass(frozen=True, slots=True)
class StoredMention:
    """A mention with what resolution needs of its article, and where resolution has put it.

    `day` is the event's day as far as the mention tells it, else the day of the report. `original` is the article
    that this one's article is a near-copy of, or the article itself.
    """

    mention: Mention
    day: date
    reported_at: datetime
    fetched_at: datetime
    source: str
    language: str
    title: str
    original: str
    signature: str
    state: str
    timeline: str | None
    cluster: str | None
    event_id: str | None

    @property
    def status(self) -> Status:
        """The mention's status; but what "happened" days after it was reported is a plan that was misread."""
        ahead = self.mention.status == "occurred" and self.day > self.reported_at.date()
        return "planned" if ahead else self.mention.status

    @property
    def is_dated(self) -> bool:
        """Whether the mention gives the event's day, and not only its week, nothing, or a day out of reach."""
        return _names_day(self.mention, self.reported_at.date())


@dataclass(frozen=True, slots=True)
class Placed:
    """Where resolution puts a mention: its cluster and its event."""

    id: str
    cluster: str
    event_id: str


def signature(type_: str, actors: Sequence[str], recipients: Sequence[str]) -> str:
    """The participants by side, as text: "RUS,USA" for a reciprocal type, "RUS>UKR" for a directed one."""
    if type_ in RECIPROCAL:
        return ",".join(sorted({*actors, *recipients}))
    return f"{','.join(sorted(set(actors)))}>{','.join(sorted(set(recipients)))}"


def reported_at(article: Article) -> datetime:
    """When an article came out; a date ahead of its own fetching is a publisher's mistake."""
    return min(article.published_at or article.fetched_at, article.fetched_at)


def _names_day(mention: Mention, reported: date) -> bool:
    day = mention.event_date
    return day is not None and mention.date_precision == "day" and day - reported <= _AHEAD


def _day(mention: Mention, article: Article) -> date:
    # A vague date of news ("this week") says less than the day of the report; that of a look back says more.
    day, reported = mention.event_date, reported_at(article).date()
    historical = mention.status == "historical" and mention.date_precision != "unknown"
    told = historical or _names_day(mention, reported)
    if day is None or not told:
        return reported
    if mention.status == "occurred" and day == reported + timedelta(1):
        day = reported  # what has happened did not happen the day after: a misread date, or another time zone
    return max(day, _EARLIEST)


def store_mentions(connection: Connection, article: Article, found: Sequence[Mention]) -> None:
    """Makes `found` the mentions of `article`, in place of what an earlier coding found. The article must be stored.

    What has not changed is left as it is. Storing the same mentions again changes nothing.
    """
    _known.pop(connection, None)
    current = select(mentions).where(mentions.c.article_id == article.id, mentions.c.state != "gone")
    old = {row.id: row for row in connection.execute(current)}
    rows = {mention.id: _row(mention, article) for mention in found}
    same = {key for key, row in rows.items() if key in old and _is_same(old[key], row)}
    replaced = [row for key, row in old.items() if key not in same]
    _set_aside(connection, replaced)
    fresh = [row for key, row in rows.items() if key not in same]
    if fresh:
        connection.execute(insert(mentions), [{**row, "event_id": _event_before(row, replaced)} for row in fresh])
        _store_participants(connection, [mention for mention in found if mention.id not in same], rows)


def _is_same(old: Row[Any], row: dict[str, Any]) -> bool:
    return bool(old.data == row["data"] and old.reported_at == row["reported_at"])


def _set_aside(connection: Connection, replaced: list[Row[Any]]) -> None:
    # Gone rows make room for a new row with their id; the resolver still has to see where they were.
    by = mention_participants.c.mention_id
    for row in replaced:
        connection.execute(delete(mention_participants).where(by == row.id))
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


def _store_participants(connection: Connection, changed: list[Mention], rows: dict[str, dict[str, Any]]) -> None:
    values = [
        {"mention_id": mention.id, "participant": name, "type": mention.type, "day": rows[mention.id]["day"]}
        for mention in changed
        for name in mention.participants or ("",)
    ]
    connection.execute(insert(mention_participants), values)


def load_mentions(connection: Connection, article_ids: Iterable[str]) -> list[Mention]:
    """The mentions of the given articles, in the order of the articles' texts."""
    found: list[Mention] = []
    for part in in_parts(sorted(set(article_ids))):
        query = select(mentions.c.data).where(mentions.c.article_id.in_(part), mentions.c.state != "gone")
        found += [_MENTION.validate_python(row.data) for row in connection.execute(query)]
    return sorted(found, key=lambda mention: (mention.article_id, mention.spans, mention.id))


# What a transaction has read of mentions already: resolution comes by the same ones again and again, and only where
# they are placed changes meanwhile. Gone with the connection that a transaction works on.
_known: WeakKeyDictionary[Connection, dict[str, StoredMention]] = WeakKeyDictionary()


def _stored() -> Select[Any]:
    by = mentions.c
    return select(by.id, by.signature, by.day, by.state, by.timeline, by.cluster, by.event_id)


def _read(
    connection: Connection, query: Select[Any], wanted: Callable[[str, date], bool] | None = None
) -> list[StoredMention]:
    rows = [row for row in connection.execute(query) if wanted is None or wanted(row.signature, row.day)]
    known = _known.setdefault(connection, {})
    missing = [row[0] for row in rows if row[0] not in known]
    for part in in_parts(missing):
        known |= dict(_read_whole(connection, part))
    return [_as_placed(known, row[0], *row[3:]) for row in rows]


def _as_placed(known: dict[str, StoredMention], id_: str, *place: str | None) -> StoredMention:
    stored = known[id_]
    if (stored.state, stored.timeline, stored.cluster, stored.event_id) != place:
        state, timeline, cluster, event_id = place
        stored = replace(stored, state=str(state), timeline=timeline, cluster=cluster, event_id=event_id)
        known[id_] = stored
    return stored


def _read_whole(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[str, StoredMention]]:
    by, of = mentions.c, articles.c
    columns = (by.id, cast(by.data, Text), by.day, by.reported_at, of.fetched_at, of.source, of.language, of.title)
    places = (of.duplicate_of, by.article_id, by.signature, by.state, by.timeline, by.cluster, by.event_id)
    query = select(*columns, *places).join(articles, of.id == by.article_id).where(by.id.in_(ids))
    for id_, data, day, reported, fetched, source, language, title, copied, article, *place in connection.execute(
        query
    ):
        mention = _MENTION.validate_json(data)
        yield id_, StoredMention(mention, day, reported, fetched, source, language, title, copied or article, *place)


def changed_mentions(connection: Connection, article_ids: Sequence[str]) -> list[StoredMention]:
    """The mentions of these articles that resolution has not seen yet, or that are gone."""
    found: list[StoredMention] = []
    for part in in_parts(article_ids):
        query = _stored().where(mentions.c.article_id.in_(part), mentions.c.state != "resolved")
        found += _read(connection, query)
    return found


def mentions_of_signatures(
    connection: Connection, type_: str, names: Sequence[str], first: date, last: date
) -> list[StoredMention]:
    """The mentions of one type and these signatures with days from `first` to `last`, both included."""
    found: list[StoredMention] = []
    for part in in_parts(names):
        block = and_(mentions.c.type == type_, mentions.c.signature.in_(part), mentions.c.day.between(first, last))
        found += _read(connection, _stored().where(block, mentions.c.state != "gone"))
    return found


def mentions_of_participants(
    connection: Connection,
    type_: str,
    participants: Sequence[str],
    first: date,
    last: date,
    wanted: Callable[[str, date], bool] | None = None,
) -> list[StoredMention]:
    """The mentions of one type with any of these participants and days from `first` to `last`, both included; only
    those whose signature and day are `wanted`, if that is given."""
    by = mention_participants.c
    found: dict[str, StoredMention] = {}
    for part in in_parts(participants):
        block = and_(by.participant.in_(part), by.type == type_, by.day.between(first, last))
        ids = select(by.mention_id).where(block)
        query = _stored().where(mentions.c.id.in_(ids), mentions.c.state != "gone")
        found |= {one.mention.id: one for one in _read(connection, query, wanted)}
    return list(found.values())


def mentions_of_groups(connection: Connection, type_: str, groups: Sequence[tuple[str, str]]) -> list[StoredMention]:
    """The mentions of some groups, each given by its signature and its key among those of the signature."""
    found: list[StoredMention] = []
    for part in in_parts(groups):
        names, keys = {name for name, _ in part}, {key for _, key in part}
        block = and_(mentions.c.type == type_, mentions.c.signature.in_(names), mentions.c.timeline.in_(keys))
        wanted = set(part)
        read = _read(connection, _stored().where(block, mentions.c.state != "gone"))
        found += [one for one in read if (one.signature, one.timeline) in wanted]
    return found


def mentions_of_events(connection: Connection, event_ids: Iterable[str]) -> list[StoredMention]:
    """The mentions of the given events."""
    found: list[StoredMention] = []
    for part in in_parts(sorted(set(event_ids))):
        found += _read(connection, _stored().where(mentions.c.event_id.in_(part), mentions.c.state != "gone"))
    return found


def mentions_of_articles(connection: Connection, article_ids: Iterable[str]) -> list[StoredMention]:
    """The mentions of the given articles, with where they are."""
    found: list[StoredMention] = []
    for part in in_parts(sorted(set(article_ids))):
        found += _read(connection, _stored().where(mentions.c.article_id.in_(part), mentions.c.state != "gone"))
    return found


def mentions_of_clusters(connection: Connection, clusters: Iterable[str]) -> list[StoredMention]:
    """The mentions of the given clusters."""
    found: list[StoredMention] = []
    for part in in_parts(sorted(set(clusters))):
        found += _read(connection, _stored().where(mentions.c.cluster.in_(part), mentions.c.state != "gone"))
    return found


def place_timelines(connection: Connection, timelines: Mapping[str, str]) -> None:
    """Stores the groups that mentions are in among those of their signature, by mention id."""
    if timelines:
        statement = update(mentions).where(mentions.c.id == bindparam("key")).values(timeline=bindparam("new"))
        connection.execute(statement, [{"key": key, "new": new} for key, new in timelines.items()])


def place_mentions(connection: Connection, placed: Sequence[Placed]) -> None:
    """Stores where resolution has put mentions, and counts them as resolved."""
    if not placed:
        return
    statement = update(mentions).where(mentions.c.id == bindparam("key"))
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("cluster", "event_id")}
    rows = [{"key": p.id, "new_cluster": p.cluster, "new_event_id": p.event_id} for p in placed]
    connection.execute(statement.values(state="resolved", **values), rows)


def remove_gone(connection: Connection, article_ids: Sequence[str]) -> None:
    """Removes the mentions of these articles that a later coding replaced."""
    for part in in_parts(article_ids):
        connection.execute(delete(mentions).where(mentions.c.article_id.in_(part), mentions.c.state == "gone"))


def articles_to_recode(connection: Connection, since: datetime, after: str = "", limit: int = 200) -> list[str]:
    """Ids, in order and after `after`, of articles fetched since `since` that a coding has been tried on."""
    recent = and_(articles.c.fetched_at >= since, articles.c.id > after)
    query = select(articles.c.id).where(recent, articles.c.coded_at.is_not(None))
    query = query.order_by(articles.c.id).limit(limit)
    return list(connection.execute(query).scalars())


def window(day: date, before: int, after: int) -> tuple[date, date]:
    """The days from `before` days earlier to `after` days later, inside what a date can be."""
    first = day - timedelta(min(before, (day - date.min).days))
    return first, day + timedelta(min(after, (date.max - day).days))
