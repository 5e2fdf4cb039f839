"""The events between two sides over time."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from processors.database.events import TOOK_PLACE
from processors.database.tables import event_dyads, events
from processors.records import DatePrecision, dyads


@dataclass(frozen=True, slots=True)
class DyadEvent:
    """An event that took place between two sides. `goldstein` is its score from -10 (conflict) to 10; `precision` says
    how well its day is known, `looked_back` that no article told it as news."""

    id: str
    day: date
    type: str
    quad_class: int
    goldstein: float
    precision: DatePrecision = "day"
    looked_back: bool = False


def dyad_events(
    connection: Connection, one: str, other: str, first: date | None = None, last: date | None = None
) -> list[DyadEvent]:
    """The events between two sides that took place from `first` to `last`, both included, by day; without those that
    articles look back on and give no date."""
    (dyad,) = dyads((one, other))
    by = event_dyads.c
    query = select(events.c.id, by.day, by.type, events.c.data).join(events, events.c.id == by.event_id)
    query = query.where(by.dyad == dyad, events.c.status.in_(TOOK_PLACE)).order_by(by.day, events.c.id)
    if first:
        query = query.where(by.day >= first)
    if last:
        query = query.where(by.day <= last)
    found = [
        DyadEvent(
            row.id,
            row.day,
            row.type,
            row.data["quad_class"],
            row.data["goldstein"],
            row.data["date_precision"],
            row.data["status"] == "historical",
        )
        for row in connection.execute(query)
    ]
    return [event for event in found if event.precision != "unknown" or not event.looked_back]
