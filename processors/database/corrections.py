"""What people corrected in the events: kept apart from what resolution says, and applied after it every time.

A correction holds on to reports ("anchors": article and type), not to mention ids: those may change when an article
is coded again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, delete, insert, select

from processors.database.tables import corrections
from processors.records import hashed_id

Anchor = tuple[str, str]  # article id, event type
Kind = Literal["merge", "split", "hide"]


@dataclass(frozen=True, slots=True)
class Correction:
    """`merge`: the events with these two lists of reports are one. `split`: the first list's reports are an event of
    their own. `hide`: the event is not to be seen."""

    kind: Kind
    event_id: str
    author: str
    at: datetime
    anchors: tuple[tuple[Anchor, ...], ...] = ()

    @property
    def id(self) -> str:
        """Equal for the same correction by the same person at the same time."""
        return hashed_id(self.kind, self.event_id, self.author, self.at.isoformat(), self.anchors)


def store_correction(connection: Connection, correction: Correction) -> None:
    """Keeps a correction; it takes effect when the events concerned are resolved again."""
    row = {"id": correction.id, "kind": correction.kind, "event_id": correction.event_id}
    said = {"author": correction.author, "at": correction.at, "data": {"anchors": correction.anchors}}
    connection.execute(insert(corrections).values(**row, **said))


def drop_corrections(connection: Connection, kind: Kind, event_ids: Iterable[str]) -> int:
    """Takes back the corrections of one kind to these events; returns how many."""
    these = corrections.c.event_id.in_(list(event_ids))
    return connection.execute(delete(corrections).where(corrections.c.kind == kind, these)).rowcount


def load_corrections(connection: Connection) -> list[Correction]:
    """All corrections, oldest first. People make them, so they are few."""
    query = select(corrections).order_by(corrections.c.at, corrections.c.id)
    return [
        Correction(row.kind, row.event_id, row.author, row.at, _anchors(row.data["anchors"]))
        for row in connection.execute(query)
    ]


def _anchors(data: list[list[list[str]]]) -> tuple[tuple[Anchor, ...], ...]:
    return tuple(tuple((article, type_) for article, type_ in group) for group in data)
