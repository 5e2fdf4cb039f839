"""How long it was before an event that the same two did the same: days since the previous event of type and dyad."""

import calendar
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, or_, select, update

from processors.database.events import TOOK_PLACE
from processors.database.parts import among, in_parts
from processors.database.stored_mentions import window
from processors.database.tables import event_dyads, events

Occasion = tuple[str, str, date]  # type, dyad, day
_PRECISION = events.c.data["date_precision"].as_string()
# What an article looks back on without a date took place on no day that is known.
_COUNTS = and_(events.c.status.in_(TOOK_PLACE), or_(events.c.status == "occurred", _PRECISION != "unknown"))


def occasions_of(connection: Connection, ids: Iterable[str]) -> set[Occasion]:
    """The occasions that these stored events are."""
    by, found = event_dyads.c, set[Occasion]()
    for part in in_parts(sorted(set(ids))):
        query = select(by.type, by.dyad, by.day).where(among(by.event_id, part))
        found |= {(row.type, row.dyad, row.day) for row in connection.execute(query).all()}
    return found


def next_events(connection: Connection, occasions: Iterable[Occasion]) -> set[str]:
    """The events after each of these occasions, through the first that took place: what their novelty is counted from
    may be another event now."""
    days: dict[str, dict[str, set[date]]] = defaultdict(lambda: defaultdict(set))
    for type_, dyad, day in occasions:
        days[type_][dyad].add(day)
    return {id_ for type_, of_type in sorted(days.items()) for id_ in _next(connection, type_, of_type)}


def _next(connection: Connection, type_: str, days: dict[str, set[date]]) -> Iterable[str]:
    by, first = event_dyads.c, min(min(of) for of in days.values())
    later: dict[str, list[tuple[date, str, date | None]]] = defaultdict(list)
    for part in in_parts(sorted(days)):
        block = and_(among(by.dyad, part), by.type == type_, by.day > first)
        query = select(by.dyad, by.day, by.event_id, _COUNTS, _PRECISION).where(block, events.c.id == by.event_id)
        for dyad, day, id_, counts, precision in connection.execute(query).all():
            later[dyad].append((day, id_, _last_day(day, precision) if counts else None))
    for dyad, known in later.items():
        known.sort()
        for occasion in days[dyad]:
            end = date.max  # those after it count from a later event
            for n in range(bisect_right(known, occasion, key=itemgetter(0)), len(known)):
                day, id_, last = known[n]
                if day > end:
                    break
                yield id_
                end = min(end, last or end)


def store_novelty(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Stores anew with each of these events the days since the latest earlier event of its type between two of its
    participants that took place. Returns the ids of those that it is not the same for as before.

    Of an event of which only the week, month or year is known, the last day of that counts: it is so long ago at the
    least. Where this is not over, nobody knows which of the two was first.
    """
    rows: list[dict[str, Any]] = []
    for part in in_parts(ids):
        query = select(events.c.id, events.c.version, events.c.event_day, events.c.data, events.c.merged_into)
        # (Asked for those that were not merged, SQLite would go through all of these.)
        found = [one for one in connection.execute(query.where(among(events.c.id, part))).all() if not one.merged_into]
        on: dict[date, list[str]] = defaultdict(list)
        for row in found:
            if row.data["status"] != "historical" or row.data["date_precision"] != "unknown":
                on[row.event_day].append(row.id)
        previous = {id_: last for day, these in on.items() for id_, last in _previous_days(connection, these, day)}
        for id_, version, day, data, _ in found:
            days = (day - previous[id_]).days if id_ in previous else None
            if data["days_since_previous"] != days:
                rows.append({"key": id_, "new": version + 1, "changed": {**data, "days_since_previous": days}})
    if rows:
        values: dict[str, Any] = {"version": bindparam("new"), "data": bindparam("changed")}
        connection.execute(update(events).where(events.c.id == bindparam("key")).values(values), rows)
    return {row["key"] for row in rows}


def _previous_days(connection: Connection, ids: Sequence[str], day: date) -> Iterable[tuple[str, date]]:
    # For events of one day: the last days of what was before them, by event.
    by, earlier, previous = event_dyads, event_dyads.alias(), events.alias()
    running = {name: _first_day(day, name) for name in ("week", "month", "year")}
    block = and_(earlier.c.dyad == by.c.dyad, earlier.c.type == by.c.type, earlier.c.day < day)
    over = earlier.c.day < case(running, value=_PRECISION, else_=day)
    latest = select(earlier.c.event_id).where(block, over, _COUNTS, events.c.id == earlier.c.event_id)
    latest = latest.order_by(earlier.c.day.desc(), _PRECISION).limit(1).correlate(by)
    query = select(by.c.event_id, previous.c.event_day, previous.c.data["date_precision"].as_string())
    query = query.select_from(by.join(previous, previous.c.id == latest.scalar_subquery()))
    found: dict[str, date] = {}
    for id_, first, precision in connection.execute(query.where(among(by.c.event_id, ids))).all():
        last = _last_day(first, precision)
        found[id_] = max(last, found.get(id_, last))
    return found.items()


def _first_day(day: date, precision: str) -> date:
    # Of the week, month or year that a day is in.
    if precision == "week":
        return window(day, day.weekday(), 0)[0]
    return day.replace(day=1) if precision == "month" else day.replace(month=1, day=1)


def _last_day(day: date, precision: str) -> date:
    # The last day that an event may have been on of which only that is known.
    if precision == "week":
        return window(day, 0, 6 - day.weekday())[1]
    if precision == "month":
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day.replace(month=12, day=31) if precision == "year" else day
