"""Small facts with a name, kept in the database."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from processors.database.tables import notes
from processors.database.work import now


def get_note(connection: Connection, name: str) -> Any:
    """What is noted under `name`; None where nothing is."""
    return connection.execute(select(notes.c.data).where(notes.c.name == name)).scalar_one_or_none()


def get_notes(connection: Connection, prefix: str) -> dict[str, Any]:
    """All notes whose name begins with `prefix`."""
    query = select(notes.c.name, notes.c.data).where(notes.c.name.startswith(prefix, autoescape=True))
    return {row.name: row.data for row in connection.execute(query)}


def set_note(connection: Connection, name: str, data: Any, *, at: datetime | None = None) -> None:
    """Notes `data` (anything JSON can hold) under `name`, over what was there."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(notes).values(name=name, data=data, at=at or now())
    again = {"data": statement.excluded.data, "at": statement.excluded.at}
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=again))


def add_note(connection: Connection, name: str, data: Any) -> None:
    """Notes `data` under `name`, unless something is there."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(
        insert(notes).values(name=name, data=data, at=now()).on_conflict_do_nothing(index_elements=["name"])
    )


def delete_note(connection: Connection, name: str) -> None:
    """Forgets what is noted under `name`."""
    connection.execute(delete(notes).where(notes.c.name == name))
