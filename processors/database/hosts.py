"""What is known of hosts: when each may be asked next, who is asking it now, and its robots.txt."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import postgresql, sqlite

from processors.database.connection import Database
from processors.database.tables import hosts
from processors.database.work import now
from processors.settings import FetchSettings

LONGEST_WAIT = timedelta(seconds=60)
SLOWEST_GAP = 60.0  # seconds between two starts at a host that keeps answering 429 or 503
_RETRY = timedelta(seconds=0.25)  # how soon to ask again for a turn while another process has them all


@dataclass(frozen=True, slots=True)
class HostTurn:
    """A place in a host's queue; without a token there is none yet: ask again at `start`."""

    start: datetime
    token: str | None


@dataclass(frozen=True, slots=True)
class HostRobots:
    """A host's robots.txt and when it was fetched."""

    text: str
    at: datetime


class DatabaseHosts:
    """The hosts of all processes on one database: `processors.fetch.HostStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take_turn(self, host: str, limits: FetchSettings) -> HostTurn:
        """A turn at `host`: at most `limits.per_host` at once, `limits.host_gap` seconds (or the host's own, longer
        gap) between two starts, none before its pause ends. A turn that is not given back ends by itself."""
        with self._database.transaction() as connection:
            row = _locked(connection, host)
            at = now()
            busy = {token: end for token, end in row["busy"].items() if datetime.fromisoformat(end) > at}
            start = max(row["next_allowed_at"] or at, at)
            if start - at > LONGEST_WAIT:
                return HostTurn(start, None)
            if len(busy) >= limits.per_host:
                return HostTurn(at + _RETRY, None)
            token = uuid.uuid4().hex[:12]
            busy[token] = (start + timedelta(seconds=limits.timeout + 5)).isoformat()
            gap = max(limits.host_gap, row["gap"])
            _set(connection, host, busy=busy, next_allowed_at=start + timedelta(seconds=gap))
        return HostTurn(start, token)

    def end_turn(self, host: str, token: str) -> None:
        """Gives a turn back; a host that was slowed down speeds up again by little and little."""
        with self._database.transaction() as connection:
            row = _locked(connection, host)
            busy = {key: end for key, end in row["busy"].items() if key != token}
            _set(connection, host, busy=busy, gap=row["gap"] * 0.9)

    def pause(self, host: str, until: datetime) -> None:
        """Nobody asks `host` before `until`; its gap doubles, up to SLOWEST_GAP."""
        with self._database.transaction() as connection:
            row = _locked(connection, host)
            later = max(until, row["next_allowed_at"] or until)
            _set(connection, host, next_allowed_at=later, gap=min(max(row["gap"], 1.0) * 2, SLOWEST_GAP))

    def robots(self, host: str) -> HostRobots | None:
        """The stored robots.txt of `host`."""
        with self._database.reading() as connection:
            query = select(hosts.c.robots, hosts.c.robots_at).where(hosts.c.host == host)
            row = connection.execute(query).one_or_none()
        return HostRobots(row.robots, row.robots_at) if row and row.robots_at else None

    def keep_robots(self, host: str, text: str) -> None:
        """Stores the robots.txt of `host`."""
        with self._database.transaction() as connection:
            _locked(connection, host)
            _set(connection, host, robots=text, robots_at=now())


def _locked(connection: Connection, host: str) -> dict[str, Any]:
    query = select(hosts.c.next_allowed_at, hosts.c.gap, hosts.c.busy).where(hosts.c.host == host)
    row = connection.execute(query.with_for_update()).one_or_none()
    if row is None:
        insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        connection.execute(insert(hosts).values(host=host, gap=0.0, busy={}).on_conflict_do_nothing())
        row = connection.execute(query.with_for_update()).one()
    return {"next_allowed_at": row.next_allowed_at, "gap": row.gap, "busy": dict(row.busy)}


def _set(connection: Connection, host: str, **values: Any) -> None:
    connection.execute(update(hosts).where(hosts.c.host == host).values(**values))
