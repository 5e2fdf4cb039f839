"""Events in the database: the merged records, their history, and where the old ids of merged ones lead."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, and_, bindparam, delete, func, insert, select, update

from processors.database.parts import PART, among, in_parts
from processors.database.tables import event_dyads, events, history
from processors.records import Change, Event, dyads, hashed_id

_EVENT = TypeAdapter(Event)
# What was done to a record or a report, and is told nowhere else; all other changes follow from mentions.
RECORDED = ("updated", "merged", "split", "hidden", "corrected")
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
    for part in in_parts(wanted):
        shown = and_(among(events.c.id, part), events.c.merged_into.is_(None))
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
        query = select(events.c.id).where(shown).order_by(events.c.id).limit(PART)
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
    # What was done to a record that was merged into another one is told by that one.
    merged = select(events.c.id, events.c.merged_into).where(among(events.c.merged_into, ids))
    leads = {row.id: row.merged_into for row in connection.execute(merged).all()}
    own = select(history).where(among(history.c.event_id, ids))
    rows = list(connection.execute(own).all())
    for part in in_parts(sorted(leads)):
        done = and_(among(history.c.event_id, part), history.c.kind.in_(RECORDED))
        rows += connection.execute(select(history).where(done)).all()
    found: dict[str, list[Change]] = {}
    for row in sorted(rows, key=_told):
        change = Change(row.at, row.kind, row.value, row.source, row.article_id, row.sentence)
        found.setdefault(leads.get(row.event_id, row.event_id), []).append(change)
    return found


def _told(row: Row[Any]) -> tuple[object, ...]:
    # In order of time; of one report first what happened, then who takes part, then how many tell it.
    rank = {"participant": 1, "sources": 2}.get(row.kind, 3 if row.kind in RECORDED else 0)
    return row.at, rank, row.value.rjust(3), row.id


@dataclass(frozen=True, slots=True)
class Kept:
    """What of an event's stored record others depend on: how far it took place, when, and between whom."""

    status: str | None
    day: date
    precision: str
    dyads: tuple[str, ...]


def kept(event: Event) -> Kept:
    """What others depend on of an event."""
    status = event.status if event.status in TOOK_PLACE and not event.hidden else None
    return Kept(status, event_day(event), event.date_precision, event.dyads)


def _kept_before(row: Row[Any]) -> Kept:
    between = dyads((*row.data["actors"], *row.data["recipients"]))
    status = row.status if row.status in TOOK_PLACE and not row.hidden else None
    return Kept(status, row.event_day, row.data["date_precision"], between)


def store_events(connection: Connection, found: Sequence[Event]) -> dict[str, Kept | None]:
    """Stores events and their histories as far as they follow from their mentions; `version` is not looked at, and
    where `days_since_previous` is None it stays as it was.

    Returns, for each event that is new or not as it was, what others depended on before (None for a new one). What
    people did to an event (RECORDED changes) is kept.
    """
    changed: dict[str, Kept | None] = {}
    for part in in_parts(found):
        changed |= _store_part(connection, part)
    return changed


def _store_part(connection: Connection, found: Sequence[Event]) -> dict[str, Kept | None]:
    ids = [event.id for event in found]
    rows = {row.id: row for row in connection.execute(select(events).where(among(events.c.id, ids))).all()}
    histories = _store_histories(connection, found)
    changed: dict[str, Kept | None] = {}
    new, updated = [], []
    for event in found:
        row, values = rows.get(event.id), _columns(event)
        if row is None:
            new.append({"id": event.id, "version": 1, **values})
            changed[event.id] = None
            continue
        if event.days_since_previous is None:
            values["data"]["days_since_previous"] = row.data["days_since_previous"]
        if event.id in histories or not _is_as_it_was(row, values):
            updated.append({"key": event.id, "version": row.version + 1, **values})
            changed[event.id] = _kept_before(row)
    if new:
        connection.execute(insert(events), new)
    if updated:
        names: dict[str, Any] = {name: bindparam(name) for name in updated[0] if name != "key"}
        connection.execute(update(events).where(events.c.id == bindparam("key")).values(names), updated)
    _store_dyads(connection, [event for event in found if event.id in changed])
    return changed


def _columns(event: Event) -> dict[str, Any]:
    return {
        "type": event.type,
        "status": event.status,
        "event_day": event_day(event),
        "hidden": event.hidden,
        "merged_into": None,
        "data": _EVENT.dump_python(event, mode="json", exclude={"version", "hidden", "history"}),
        "first_seen_at": event.first_seen_at,
        "last_seen_at": event.last_seen_at,
    }


def _is_as_it_was(row: Row[Any], values: dict[str, Any]) -> bool:
    return bool(row.data == values["data"] and row.hidden == values["hidden"] and row.merged_into is None)


def event_day(event: Event) -> date:
    """The day that an event counts for."""
    return event.event_date or event.published_at.date()


def _store_histories(connection: Connection, found: Sequence[Event]) -> set[str]:
    # Returns the events whose history is another one now.
    rows = {
        _change_id(event.id, change): (event.id, change)
        for event in found
        for change in event.history
        if change.kind not in RECORDED
    }
    old: dict[str, str] = {}
    for part in in_parts([event.id for event in found]):
        derived = and_(among(history.c.event_id, part), history.c.kind.not_in(RECORDED))
        old |= {
            row.id: row.event_id
            for row in connection.execute(select(history.c.id, history.c.event_id).where(derived)).all()
        }
    gone = [key for key in old if key not in rows]
    for part in in_parts(gone):
        connection.execute(delete(history).where(among(history.c.id, part)))
    added = [_history_row(key, *rows[key]) for key in rows if key not in old]
    if added:
        connection.execute(insert(history), added)
    return {old[key] for key in gone} | {row["event_id"] for row in added}


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
    """Adds a change that no mention tells of (one of RECORDED) to an event's history; once only."""
    key = _change_id(event_id, change)
    if connection.execute(select(history.c.id).where(history.c.id == key)).first() is None:
        connection.execute(insert(history).values(**_history_row(key, event_id, change)))


def _store_dyads(connection: Connection, changed: Sequence[Event]) -> None:
    for part in in_parts([event.id for event in changed]):
        connection.execute(delete(event_dyads).where(among(event_dyads.c.event_id, part)))
    rows = [
        {"event_id": event.id, "dyad": dyad, "type": event.type, "day": event_day(event)}
        for event in changed
        if not event.hidden
        for dyad in event.dyads
    ]
    if rows:
        connection.execute(insert(event_dyads), rows)


def merge_event(connection: Connection, event_id: str, into: str | None) -> None:
    """Takes an event out of sight: its id leads to `into` from now on, or nowhere where that is None. What people did
    to it stays: should its reports come back, their corrections apply again."""
    connection.execute(delete(event_dyads).where(event_dyads.c.event_id == event_id))
    if into is None:
        derived = and_(history.c.event_id == event_id, history.c.kind.not_in(RECORDED))
        connection.execute(delete(history).where(derived))
        connection.execute(delete(events).where(events.c.id == event_id))
        return
    connection.execute(update(events).where(events.c.merged_into == event_id).values(merged_into=into))
    connection.execute(update(events).where(events.c.id == event_id).values(merged_into=into))


def first_seen(connection: Connection, ids: Iterable[str]) -> dict[str, Any]:
    """When the stored events among `ids` were first seen, merged ones included."""
    found: dict[str, Any] = {}
    for part in in_parts(sorted(set(ids))):
        query = select(events.c.id, events.c.first_seen_at).where(among(events.c.id, part))
        found |= {row.id: row.first_seen_at for row in connection.execute(query).all()}
    return found


def redirects(connection: Connection, ids: Iterable[str]) -> Mapping[str, str]:
    """Where merged events among `ids` lead."""
    found: dict[str, str] = {}
    for part in in_parts(sorted(set(ids))):
        merged = and_(among(events.c.id, part), events.c.merged_into.is_not(None))
        query = select(events.c.id, events.c.merged_into).where(merged)
        found |= {row.id: row.merged_into for row in connection.execute(query).all()}
    return found
