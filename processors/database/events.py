"""Events in the database: the merged records, their history, and where the old ids of merged ones lead."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, and_, delete, func, insert, select, update

from processors.database.tables import event_dyads, events, history
from processors.records import Change, Event, hashed_id

_CHUNK = 500
_EVENT = TypeAdapter(Event)
RECORDED = ("merged", "split", "hidden", "corrected")  # changes that somebody made; all others follow from mentions
TOOK_PLACE = ("occurred", "historical")


_LOCK_KEY = 2_718_281  # of PostgreSQL's advisory lock: one resolver at a time


def lock_resolver(connection: Connection) -> None:
    """Waits until no other transaction resolves, and keeps others waiting until this one ends. SQLite has one
    writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK_KEY)))


def load_events(connection: Connection, ids: Iterable[str], *, hidden: bool = False) -> list[Event]:
    """The events with these ids, with their history, in the order of `ids`.

    An id that is missing from the result is to be taken out of every index: it was merged into another event, has
    lost its mentions, or is hidden (unless `hidden` asks for those too).
    """
    wanted = list(dict.fromkeys(ids))
    found: dict[str, Event] = {}
    for part in _chunks(wanted):
        shown = and_(events.c.id.in_(part), events.c.merged_into.is_(None))
        query = select(events.c.id, events.c.version, events.c.hidden, events.c.data).where(shown)
        rows = [row for row in connection.execute(query) if hidden or not row.hidden]
        changes = _histories(connection, [row.id for row in rows])
        for row in rows:
            data = {**row.data, "version": row.version, "hidden": row.hidden}
            found[row.id] = _EVENT.validate_python({**data, "history": changes.get(row.id, ())})
    return [found[id_] for id_ in wanted if id_ in found]


def iterate_event_ids(connection: Connection) -> Iterator[list[str]]:
    """The ids of all events that are to be seen, in lists of a few hundred, in order."""
    after = ""
    while True:
        shown = and_(events.c.id > after, events.c.merged_into.is_(None), events.c.hidden.is_(False))
        query = select(events.c.id).where(shown).order_by(events.c.id).limit(_CHUNK)
        ids = list(connection.execute(query).scalars())
        if not ids:
            return
        yield ids
        after = ids[-1]


def count_events(connection: Connection) -> int:
    """How many events there are to be seen."""
    shown = and_(events.c.merged_into.is_(None), events.c.hidden.is_(False))
    return connection.execute(select(func.count()).where(shown)).scalar_one()


def current_id(connection: Connection, event_id: str) -> str | None:
    """The id that an event has now: where it was merged into others, the last of them. None for an unknown id."""
    seen: set[str] = set()
    while event_id not in seen:
        seen.add(event_id)
        row = connection.execute(select(events.c.merged_into).where(events.c.id == event_id)).first()
        if row is None:
            return None
        if row.merged_into is None:
            return event_id
        event_id = row.merged_into
    return event_id


def _histories(connection: Connection, ids: Sequence[str]) -> dict[str, list[Change]]:
    query = select(history).where(history.c.event_id.in_(ids)).order_by(history.c.at, history.c.id)
    found: dict[str, list[Change]] = {}
    for row in connection.execute(query):
        change = Change(row.at, row.kind, row.value, row.source, row.article_id, row.sentence)
        found.setdefault(row.event_id, []).append(change)
    return found


def store_event(connection: Connection, event: Event) -> int | None:
    """Stores an event and its history as far as it follows from its mentions; its `version` is not looked at.

    Returns the event's new version, or None where nothing has changed. What people did to it (RECORDED) is kept.
    """
    data = _EVENT.dump_python(event, mode="json", exclude={"version", "hidden", "history"})
    row = connection.execute(select(events).where(events.c.id == event.id)).first()
    new_history = _store_history(connection, event)
    columns = {
        "type": event.type,
        "status": event.status,
        "event_day": _day(event),
        "hidden": event.hidden,
        "merged_into": None,
        "data": data,
        "first_seen_at": event.first_seen_at,
        "last_seen_at": event.last_seen_at,
    }
    if row is None:
        connection.execute(insert(events).values(id=event.id, version=1, **columns))
        _store_dyads(connection, event)
        return 1
    if row.data == data and row.hidden == event.hidden and row.merged_into is None and not new_history:
        return None
    connection.execute(update(events).where(events.c.id == event.id).values(version=row.version + 1, **columns))
    _store_dyads(connection, event)
    return int(row.version) + 1


def _day(event: Event) -> date:
    return event.event_date or event.published_at.date()


def _store_history(connection: Connection, event: Event) -> bool:
    rows = {_change_id(event.id, change): change for change in event.history if change.kind not in RECORDED}
    derived = and_(history.c.event_id == event.id, history.c.kind.not_in(RECORDED))
    old = set(connection.execute(select(history.c.id).where(derived)).scalars())
    gone = old - rows.keys()
    if gone:
        connection.execute(delete(history).where(history.c.id.in_(gone)))
    added = [_history_row(key, event.id, change) for key, change in rows.items() if key not in old]
    if added:
        connection.execute(insert(history), added)
    return bool(gone or added)


def _change_id(event_id: str, change: Change) -> str:
    return hashed_id(event_id, change.kind, change.value, change.at.isoformat(), change.article_id, change.sentence)


def _history_row(key: str, event_id: str, change: Change) -> dict[str, Any]:
    return {
        "id": key,
        "event_id": event_id,
        "at": change.at,
        "kind": change.kind,
        "value": change.value,
        "source": change.source,
        "article_id": change.article_id,
        "sentence": change.sentence,
    }


def record_change(connection: Connection, event_id: str, change: Change) -> None:
    """Adds a change that somebody made (one of RECORDED) to an event's history; once, however often it is told."""
    key = _change_id(event_id, change)
    if connection.execute(select(history.c.id).where(history.c.id == key)).first() is None:
        connection.execute(insert(history).values(**_history_row(key, event_id, change)))


def _store_dyads(connection: Connection, event: Event) -> None:
    connection.execute(delete(event_dyads).where(event_dyads.c.event_id == event.id))
    if event.dyads and not event.hidden:
        rows = [{"event_id": event.id, "dyad": d, "type": event.type, "day": _day(event)} for d in event.dyads]
        connection.execute(insert(event_dyads), rows)


def merge_event(connection: Connection, event_id: str, into: str | None) -> None:
    """Takes an event out of sight: its id leads to `into` from now on, or nowhere where that is None."""
    connection.execute(delete(event_dyads).where(event_dyads.c.event_id == event_id))
    if into is None:
        connection.execute(delete(history).where(history.c.event_id == event_id))
        connection.execute(delete(events).where(events.c.id == event_id))
        return
    connection.execute(update(events).where(events.c.merged_into == event_id).values(merged_into=into))
    connection.execute(update(events).where(events.c.id == event_id).values(merged_into=into))


def first_seen(connection: Connection, ids: Iterable[str]) -> dict[str, Any]:
    """When the stored events among `ids` were first seen, merged ones included."""
    found: dict[str, Any] = {}
    for part in _chunks(sorted(set(ids))):
        query = select(events.c.id, events.c.first_seen_at).where(events.c.id.in_(part))
        found |= {row.id: row.first_seen_at for row in connection.execute(query)}
    return found


def previous_day(connection: Connection, type_: str, dyads: Sequence[str], day: date, but: str) -> date | None:
    """The latest day before `day` on which an event of this type that took place joined one of these dyads."""
    if not dyads:
        return None
    by = event_dyads.c
    block = and_(by.dyad.in_(dyads), by.type == type_, by.day < day, by.event_id != but)
    query = select(func.max(by.day)).join(events, events.c.id == by.event_id)
    found: date | None = connection.execute(query.where(block, events.c.status.in_(TOOK_PLACE))).scalar_one()
    return found


def next_events(connection: Connection, type_: str, dyads: Sequence[str], day: date) -> list[str]:
    """The first events of this type after `day` of each of these dyads: what their novelty is counted from may be
    another event now."""
    found: set[str] = set()
    for dyad in dyads:
        by = event_dyads.c
        block = and_(by.dyad == dyad, by.type == type_, by.day > day)
        first = select(func.min(by.day)).where(block).scalar_subquery()
        found |= set(connection.execute(select(by.event_id).where(block, by.day == first)).scalars())
    return sorted(found)


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]


def redirects(connection: Connection, ids: Sequence[str]) -> Mapping[str, str]:
    """Where merged events among `ids` lead."""
    query = select(events.c.id, events.c.merged_into).where(events.c.id.in_(ids), events.c.merged_into.is_not(None))
    return {row.id: row.merged_into for row in connection.execute(query)}
