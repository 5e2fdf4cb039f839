"""What is known of hosts: when each may be asked next, who is asking it now, and its robots.txt."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from processors.database.connection import Database
from processors.database.tables import hosts
from processors.database.work import now
from processors.settings import FetchSettings

LONGEST_WAIT = timedelta(seconds=60)
SLOWEST_GAP = 60.0  # seconds between two starts at a host that keeps answering 429 or 503
SPEEDING_UP = 0.9  # what an answer makes of a host's own gap
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

    def take_turns(self, asked: Sequence[tuple[str, FetchSettings]]) -> list[HostTurn]:
        """A turn for each host asked for: at most `per_host` at once, `host_gap` seconds (or the host's own, longer
        gap) between two starts, none before its pause ends. A turn that is not given back ends by itself."""
        with self._database.transaction() as connection:
            rows = _locked(connection, [host for host, _ in asked])
            turns = [rows[host].take(limits) for host, limits in asked]
            _save(connection, rows)
        return turns

    def end_turns(self, ended: Sequence[tuple[str, str]]) -> None:
        """Gives turns back; a host that was slowed down speeds up again by little and little."""
        with self._database.transaction() as connection:
            rows = _locked(connection, [host for host, _ in ended])
            for host, token in ended:
                rows[host].busy.pop(token, None)
                rows[host].gap *= SPEEDING_UP
            _save(connection, rows)

    def pause(self, host: str, until: datetime, limits: FetchSettings) -> None:
        """Nobody asks `host` before `until`; its gap doubles, up to SLOWEST_GAP."""
        with self._database.transaction() as connection:
            rows = _locked(connection, [host])
            row = rows[host]
            row.next_allowed_at = max(until, row.next_allowed_at or until)
            row.gap = min(max(row.gap, limits.host_gap, 1.0) * 2, SLOWEST_GAP)
            _save(connection, rows)

    def robots(self, host: str) -> HostRobots | None:
        """The stored robots.txt of `host`."""
        with self._database.reading() as connection:
            query = select(hosts.c.robots, hosts.c.robots_at).where(hosts.c.host == host)
            row = connection.execute(query).one_or_none()
        return HostRobots(row.robots, row.robots_at) if row and row.robots_at else None

    def keep_robots(self, host: str, text: str) -> None:
        """Stores the robots.txt of `host`."""
        with self._database.transaction() as connection:
            _locked(connection, [host])
            connection.execute(update(hosts).where(hosts.c.host == host).values(robots=text, robots_at=now()))


@dataclass(slots=True)
class _Row:
    host: str
    next_allowed_at: datetime | None
    gap: float
    busy: dict[str, str]  # when each turn ends at the latest, by token

    def take(self, limits: FetchSettings) -> HostTurn:
        at = now()
        self.busy = {token: end for token, end in self.busy.items() if datetime.fromisoformat(end) > at}
        start = max(self.next_allowed_at or at, at)
        if start - at > LONGEST_WAIT:
            return HostTurn(start, None)
        if len(self.busy) >= limits.per_host:
            return HostTurn(at + _RETRY, None)
        token = uuid.uuid4().hex[:12]
        self.busy[token] = (start + timedelta(seconds=limits.timeout + 5)).isoformat()
        self.next_allowed_at = start + timedelta(seconds=max(limits.host_gap, self.gap))
        return HostTurn(start, token)


def _locked(connection: Connection, names: Sequence[str]) -> dict[str, _Row]:
    names = sorted(set(names))  # locked in one order, so that no two transactions wait for each other
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    missing = [{"host": name, "gap": 0.0, "busy": {}} for name in names]
    # A row that is there is written all the same: what retention would delete meanwhile is held from here on.
    there = insert(hosts)
    there = there.on_conflict_do_update(index_elements=["host"], set_={"host": there.excluded.host})
    connection.execute(there, missing)
    query = select(hosts.c.host, hosts.c.next_allowed_at, hosts.c.gap, hosts.c.busy).where(hosts.c.host.in_(names))
    rows = connection.execute(query.order_by(hosts.c.host).with_for_update())
    return {row.host: _Row(row.host, row.next_allowed_at, row.gap, dict(row.busy)) for row in rows}


def _save(connection: Connection, rows: dict[str, _Row]) -> None:
    statement = update(hosts).where(hosts.c.host == bindparam("name"))
    statement = statement.values(next_allowed_at=bindparam("next"), gap=bindparam("gap"), busy=bindparam("busy"))
    values = [{"name": r.host, "next": r.next_allowed_at, "gap": r.gap, "busy": r.busy} for r in rows.values()]
    connection.execute(statement, values)
