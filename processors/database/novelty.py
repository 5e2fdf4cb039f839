"""How long it was before an event that the same two did the same: days since the previous event of type and dyad."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, bindparam, select, update

from processors.database.events import TOOK_PLACE
from processors.database.parts import among, in_parts
from processors.database.tables import event_dyads, events

Occasion = tuple[str, str, date]  # type, dyad, day


def next_events(connection: Connection, occasions: Iterable[Occasion]) -> set[str]:
    """The first events after each of these occasions: what their novelty is counted from may be another event now."""
    days: dict[str, dict[str, set[date]]] = defaultdict(lambda: defaultdict(set))
    for type_, dyad, day in occasions:
        days[type_][dyad].add(day)
    return {id_ for type_, of_type in sorted(days.items()) for id_ in _next(connection, type_, of_type)}


def _next(connection: Connection, type_: str, days: dict[str, set[date]]) -> Iterable[str]:
    by, first = event_dyads.c, min(min(of) for of in days.values())
    later: dict[str, dict[date, list[str]]] = defaultdict(lambda: defaultdict(list))
    for part in in_parts(sorted(days)):
        block = and_(among(by.dyad, part), by.type == type_, by.day > first)
        for dyad, day, id_ in connection.execute(select(by.dyad, by.day, by.event_id).where(block)).all():
            later[dyad][day].append(id_)
    for dyad, known in later.items():
        ordered = sorted(known)
        for n in {bisect_right(ordered, day) for day in days[dyad]} - {len(ordered)}:
            yield from known[ordered[n]]


def store_novelty(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Stores anew with each of these events the days since the latest earlier event of its type between two of its
    participants that took place. Returns the ids of those that it is not the same for as before."""
    rows: list[dict[str, Any]] = []
    for part in in_parts(ids):
        previous = _previous_days(connection, part)
        query = select(events.c.id, events.c.version, events.c.event_day, events.c.data)
        shown = and_(among(events.c.id, part), events.c.merged_into.is_(None))
        for id_, version, day, data in connection.execute(query.where(shown)).all():
            days = (day - previous[id_]).days if id_ in previous else None
            if data["days_since_previous"] != days:
                rows.append({"key": id_, "new": version + 1, "changed": {**data, "days_since_previous": days}})
    if rows:
        values: dict[str, Any] = {"version": bindparam("new"), "data": bindparam("changed")}
        connection.execute(update(events).where(events.c.id == bindparam("key")).values(values), rows)
    return {row["key"] for row in rows}


def _previous_days(connection: Connection, ids: Sequence[str]) -> dict[str, date]:
    by, earlier = event_dyads, event_dyads.alias()
    block = and_(earlier.c.dyad == by.c.dyad, earlier.c.type == by.c.type, earlier.c.day < by.c.day)
    took_place = select(earlier.c.day).join(events, events.c.id == earlier.c.event_id)
    took_place = took_place.where(block, events.c.status.in_(TOOK_PLACE)).order_by(earlier.c.day.desc()).limit(1)
    latest = took_place.correlate(by).scalar_subquery()
    found: dict[str, date] = {}
    for id_, day in connection.execute(select(by.c.event_id, latest).where(among(by.c.event_id, ids))).all():
        if day is not None:
            found[id_] = max(day, found.get(id_, day))
    return found
