"""Mentions as the resolver reads and places them.

Resolution comes by the same mentions again and again. So a transaction reads each of them once, as long as the resolver
is at what it was read for.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, islice
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, Text, and_, bindparam, cast, or_, select, update

from processors.database.parts import PART, among, in_parts
from processors.database.tables import articles, mentions
from processors.records import Mention, Status

_MENTION = msgspec.json.Decoder(Mention)
_AHEAD = timedelta(120)  # a day further ahead is mostly one of the year before, misread; not where its year is told


class StoredMention(NamedTuple):
    """A mention with what resolution needs of its article, and where resolution has put it.

    `day` is the event's day as far as the mention tells it, else the day of the report; `is_dated` whether it gives
    the event's day, and not only its week, nothing, or a day out of reach. `status` is the mention's; but "happened"
    days after it was reported is a plan that was misread. `original` is the article that this one's article is a
    near-copy of, or the article itself.
    """

    mention: Mention
    day: date
    status: Status
    is_dated: bool
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


@dataclass(frozen=True, slots=True)
class Placed:
    """Where resolution puts a mention: its cluster and its event."""

    id: str
    cluster: str
    event_id: str


def names_day(mention: Mention, reported: date) -> bool:
    """Whether a mention, reported on this day, gives its event's day."""
    day = mention.event_date
    if day is None or mention.date_precision != "day":
        return False
    return day - reported <= _AHEAD or str(day.year) in mention.sentence


# What each transaction has read already, by row id; gone with the connection that it works on.
_known: WeakKeyDictionary[Connection, dict[str, StoredMention]] = WeakKeyDictionary()


def forget_mentions(connection: Connection) -> None:
    """To be called where mentions are written other than by the functions here: they are read anew."""
    _known.pop(connection, None)


def keep_mentions(connection: Connection, first: int, ids: Container[str], clusters: Container[str | None]) -> int:
    """Forgets all mentions that this transaction has read, after the `first` ones, but these and those of these
    clusters: for memory's sake, where it is done with many. Returns how many are left."""
    known = _known.get(connection, {})
    for id_, m in list(islice(known.items(), first, None)):
        if id_ not in ids and m.cluster not in clusters:
            del known[id_]
    return len(known)


def read_mentions(connection: Connection, ids: Sequence[str]) -> list[StoredMention]:
    """The mentions with these ids, each once; without those that are no longer there."""
    known = _known.setdefault(connection, {})
    for part in in_parts([id_ for id_ in ids if id_ not in known]):
        _read_whole(connection, among(mentions.c.id, part))
    return [known[id_] for id_ in dict.fromkeys(ids) if id_ in known]


def _read_whole(connection: Connection, *where: ColumnElement[bool]) -> list[StoredMention]:
    # For mentions most of which have not been read yet.
    known, by, of = _known.setdefault(connection, {}), mentions.c, articles.c
    columns = (by.id, cast(by.data, Text), by.day, by.reported_at, of.fetched_at, of.source, of.language, of.title)
    places = (of.duplicate_of, by.article_id, by.signature, by.state, by.timeline, by.cluster, by.event_id)
    query = select(*columns, *places).join(articles, of.id == by.article_id).where(*where)
    found: list[StoredMention] = []
    rows = chain.from_iterable(connection.execute(query).partitions(PART))
    for id_, data, day, reported, fetched, source, language, title, copied, article, *place in rows:
        if id_ not in known:
            mention, reported_on = _MENTION.decode(data), reported.date()
            status: Status = "planned" if mention.status == "occurred" and day > reported_on else mention.status
            dated = names_day(mention, reported_on)
            known[id_] = StoredMention(
                mention, day, status, dated, reported, fetched, source, language, title, copied or article, *place
            )
        found.append(known[id_])
    return found


def _read(connection: Connection, *where: ColumnElement[bool]) -> list[StoredMention]:
    # For mentions most of which have been read already.
    query = select(mentions.c.id).where(*where)
    return read_mentions(connection, connection.execute(query).scalars().all())


def changed_mentions(connection: Connection, article_ids: Sequence[str]) -> list[StoredMention]:
    """The mentions of these articles that resolution has not seen yet, or that are gone."""
    found: list[StoredMention] = []
    for part in in_parts(article_ids):
        found += _read_whole(connection, among(mentions.c.article_id, part), mentions.c.state != "resolved")
    return found


def mentions_of_signatures(
    connection: Connection, type_: str, names: Sequence[str], near: tuple[date, date], back: tuple[date, date]
) -> list[StoredMention]:
    """The mentions of one type and these signatures with days from `near[0]` to `near[1]`, both included; and those
    that look back on days from `back[0]` to `back[1]`, around the others."""
    found: list[StoredMention] = []
    wanted = or_(mentions.c.day.between(*near), mentions.c.status == "historical")
    for part in in_parts(names):
        block = and_(mentions.c.type == type_, among(mentions.c.signature, part), mentions.c.day.between(*back))
        found += _read_whole(connection, block, wanted, mentions.c.state != "gone")
    return found


def signatures_of_type(connection: Connection, type_: str, first: date, last: date) -> set[str]:
    """The signatures of the mentions of one type with days from `first` to `last`, both included."""
    block = and_(mentions.c.type == type_, mentions.c.day.between(first, last))
    return set(connection.execute(select(mentions.c.signature).where(block).distinct()).scalars().all())


def outlines_of_signatures(
    connection: Connection, type_: str, names: Sequence[str], first: date, last: date
) -> Iterator[tuple[str, str, str | None, date, str | None]]:
    """Id, signature, timeline, day and cluster of the mentions of one type with these signatures and days from
    `first` to `last`, both included."""
    of = mentions.c
    query = select(of.id, of.signature, of.timeline, of.day, of.cluster)
    for part in in_parts(names):
        block = and_(of.type == type_, among(of.signature, part), of.day.between(first, last), of.state != "gone")
        yield from map(tuple, connection.execute(query.where(block)).all())


def mentions_of_groups(connection: Connection, type_: str, groups: Sequence[tuple[str, str]]) -> list[StoredMention]:
    """The mentions of some groups, each given by its signature and its key among those of the signature."""
    found: list[StoredMention] = []
    for part in in_parts(groups):
        names, keys = {name for name, _ in part}, {key for _, key in part}
        block = and_(
            mentions.c.type == type_,
            among(mentions.c.signature, sorted(names)),
            among(mentions.c.timeline, sorted(keys)),
        )
        wanted = set(part)
        read = _read(connection, block, mentions.c.state != "gone")
        found += [one for one in read if (one.signature, one.timeline) in wanted]
    return found


def mentions_of_events(connection: Connection, event_ids: Iterable[str]) -> list[StoredMention]:
    """The mentions of the given events."""
    return _of(connection, mentions.c.event_id, event_ids)


def mentions_of_articles(connection: Connection, article_ids: Iterable[str]) -> list[StoredMention]:
    """The mentions of the given articles, with where they are."""
    return _of(connection, mentions.c.article_id, article_ids)


def mentions_of_clusters(connection: Connection, clusters: Iterable[str]) -> list[StoredMention]:
    """The mentions of the given clusters."""
    return _of(connection, mentions.c.cluster, clusters)


def _of(connection: Connection, column: Column[str], values: Iterable[str]) -> list[StoredMention]:
    found: list[StoredMention] = []
    for part in in_parts(sorted(set(values))):
        found += _read(connection, among(column, part), mentions.c.state != "gone")
    return found


def place_timelines(connection: Connection, moved: Mapping[str, StoredMention]) -> None:
    """Stores the groups that mentions, given by id, are in now among those of their signature."""
    if not moved:
        return
    statement = update(mentions).where(mentions.c.id == bindparam("key")).values(timeline=bindparam("new"))
    connection.execute(statement, [{"key": key, "new": m.timeline or ""} for key, m in moved.items()])
    _known.setdefault(connection, {}).update(moved)


def place_mentions(connection: Connection, placed: Sequence[Placed]) -> None:
    """Stores where resolution has put mentions, and counts them as resolved."""
    if not placed:
        return
    statement = update(mentions).where(mentions.c.id == bindparam("key"))
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("cluster", "event_id")}
    rows = [{"key": p.id, "new_cluster": p.cluster, "new_event_id": p.event_id} for p in placed]
    connection.execute(statement.values(state="resolved", **values), rows)
    known = _known.get(connection, {})
    for p in placed:  # the end of a resolution: hardly any of them is read again
        known.pop(p.id, None)


def window(day: date, before: int, after: int) -> tuple[date, date]:
    """The days from `before` days earlier to `after` days later, inside what a date can be."""
    first = day - timedelta(min(before, (day - date.min).days))
    return first, day + timedelta(min(after, (date.max - day).days))
