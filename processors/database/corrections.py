"""What people corrected in the events: kept apart from what resolution says, and applied after it every time.

A correction holds on to reports ("anchors": article and type, and what tells those of one article apart), not to
mention ids: those may change when an article is coded again.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy import Connection, insert, select

from processors.database.tables import corrections
from processors.records import hashed_id

Kind = Literal["merge", "split", "hide", "show"]


class Anchor(NamedTuple):
    """A report: what an article told of one type when it was corrected. Without a signature: all that it told."""

    article_id: str
    type: str
    signature: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """`merge`: the events with these two lists of reports are one. `split`: the first list's reports are another event
    than the second's. `hide`: these reports are not to be seen; `show`: they are again."""

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


def load_corrections(connection: Connection) -> list[Correction]:
    """All corrections, oldest first. People make them, so they are few."""
    query = select(corrections).order_by(corrections.c.at, corrections.c.id)
    return [
        Correction(row.kind, row.event_id, row.author, row.at, _anchors(row.data["anchors"]))
        for row in connection.execute(query)
    ]


def _anchors(data: list[list[list[str]]]) -> tuple[tuple[Anchor, ...], ...]:
    return tuple(tuple(Anchor(*one) for one in group) for group in data)
