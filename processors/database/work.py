"""Pending work: claimed with a lease, finished or failed, parked after the third failure.

A lease names its owner (host, process, its start). It ends when the work is finished or failed, when its time is
up, or at once when its owner is a process of this host that no longer lives: so a killed run's work comes back
without a wait when it is started again.
"""

import os
import socket
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, case, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from processors.database.connection import Database
from processors.database.parts import among, in_parts
from processors.database.tables import work
from processors.errors import EventwireError
from processors.records import Stage

LEASE = timedelta(minutes=10)
MAX_ATTEMPTS = 3
BACKOFF = timedelta(seconds=30)  # before the second attempt; four times that before the third


@dataclass(frozen=True, slots=True)
class Claim:
    """A piece of work that this process may do until its lease ends. `version` is that of the work claimed."""

    stage: Stage
    key: str
    version: int
    attempts: int


@dataclass(frozen=True, slots=True)
class Parked:
    """Work that failed three times, with its last error."""

    stage: str
    key: str
    attempts: int
    error: str


def now() -> datetime:
    """The present, aware, UTC."""
    return datetime.now(UTC)


@cache
def _owner_of(pid: int) -> str:
    return f"{socket.gethostname()}:{pid}:{_started(pid)}"


def _started(pid: int) -> str:
    # The start time (field 22 of /proc/PID/stat, proc(5)) tells a process from a later one with its number.
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return "0"


def owner() -> str:
    """Who holds the leases of this process."""
    return _owner_of(os.getpid())


def _is_dead(lease_owner: str) -> bool:
    host, pid, started = lease_owner.rsplit(":", 2)
    if host != socket.gethostname() or not Path("/proc").is_dir():
        return False
    return not Path(f"/proc/{pid}").exists() or _started(int(pid)) != started


def add_work(connection: Connection, stage: Stage, keys: Iterable[str], *, not_before: datetime | None = None) -> None:
    """Marks `keys` as pending for `stage`. What is pending already gets a new version, and so is done once more
    even where somebody is at it now; a parked one is pending again."""
    at = not_before or now()
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    new = {"stage": stage, "version": 1, "not_before": at, "attempts": 0, "parked": False, "added_at": now()}
    rows = [{**new, "key": key} for key in sorted(set(keys))]
    again = {"version": work.c.version + 1, "not_before": at, "attempts": 0, "parked": False, "error": None}
    if rows:
        statement = insert(work).on_conflict_do_update(index_elements=["stage", "key"], set_=again)
        connection.execute(statement, rows)


def release_dead(connection: Connection) -> int:
    """Frees the leases of this host's dead processes; the attempt they made counts. Returns how many leases."""
    owners = connection.execute(select(work.c.leased_by).where(work.c.leased_by.is_not(None)).distinct()).scalars()
    dead = [name for name in owners if _is_dead(name)]
    if not dead:
        return 0
    free = update(work).where(work.c.leased_by.in_(dead)).values(leased_by=None, leased_until=None)
    return connection.execute(free).rowcount


def claim(
    database: Database, stage: Stage, limit: int, *, keys: Sequence[str] | None = None, lease: timedelta = LEASE
) -> list[Claim]:
    """Up to `limit` pieces of pending work of `stage` (among `keys`, where given), leased to this process.

    What has failed before is handed out alone, so that it cannot take others down with it once more. What a dead
    or silent worker held for the third time is parked here.
    """
    with database.transaction() as connection:
        release_dead(connection)
        _park_exhausted(connection, stage)
        rows = _claimable(connection, stage, limit, keys)
        if rows and rows[0].attempts > 0:
            rows = rows[:1]
        rows = [row for row in rows if row.attempts == rows[0].attempts]
        taken = [row.key for row in rows]
        for part in in_parts(taken):
            connection.execute(
                update(work)
                .where(work.c.stage == stage, among(work.c.key, part))
                .values(leased_by=owner(), leased_until=now() + lease, attempts=work.c.attempts + 1)
            )
    return [Claim(stage, row.key, row.version, row.attempts + 1) for row in rows]


def _claimable(
    connection: Connection, stage: Stage, limit: int, keys: Sequence[str] | None
) -> Sequence[Row[Any, Any, Any]]:
    at = now()
    free = or_(work.c.leased_until.is_(None), work.c.leased_until < at)
    query = (
        select(work.c.key, work.c.version, work.c.attempts)
        .where(work.c.stage == stage, work.c.parked.is_(False), work.c.not_before <= at, free)
        .order_by(work.c.attempts, work.c.not_before, work.c.key)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    if keys is not None:
        query = query.where(work.c.key.in_(list(keys)))
    return connection.execute(query).all()


def _park_exhausted(connection: Connection, stage: Stage) -> None:
    if stage == "fetch":  # no feed is ever given up, and what one sends is read in a process of its own
        return
    gone = and_(work.c.leased_until.is_not(None), work.c.leased_until < now())
    died = "the worker ended without a word, three times (out of memory, killed, or longer than its lease)"
    connection.execute(
        update(work)
        .where(work.c.stage == stage, work.c.parked.is_(False), work.c.attempts >= MAX_ATTEMPTS)
        .where(or_(work.c.leased_by.is_(None), gone))
        .values(parked=True, leased_by=None, leased_until=None, error=func.coalesce(work.c.error, died))
    )


def _mine(one: Claim) -> ColumnElement[bool]:
    # A worker whose lease ended must not end the one of who took its work over. Work that was marked again
    # meanwhile counts its attempts from none.
    held = and_(work.c.leased_by == owner(), work.c.attempts.in_((one.attempts, 0)))
    return and_(work.c.stage == one.stage, work.c.key == one.key, held)


def finish(connection: Connection, claims: Iterable[Claim]) -> None:
    """Removes done work, in the transaction that stores its result. What was marked again since it was claimed
    stays pending."""
    claimed: dict[tuple[Stage, int], list[str]] = {}
    for done in claims:
        claimed.setdefault((done.stage, done.version), []).append(done.key)
    for (stage, version), keys in claimed.items():
        for part in in_parts(keys):
            these = and_(work.c.stage == stage, among(work.c.key, part))
            connection.execute(delete(work).where(these, work.c.version == version))
            again = update(work).where(these, work.c.version != version, work.c.leased_by == owner())
            connection.execute(again.values(leased_by=None, leased_until=None, attempts=0))


def give_back(connection: Connection, claims: Iterable[Claim], *, not_before: datetime | None = None) -> None:
    """Ends leases without having done the work, and without counting the attempt: something else was away."""
    fewer = case((work.c.attempts > 0, work.c.attempts - 1), else_=0)
    values = {"leased_by": None, "leased_until": None, "attempts": fewer, "not_before": not_before or now()}
    for undone in claims:
        connection.execute(update(work).where(_mine(undone)).values(values))


@contextmanager
def returned_if_stopped(database: Database, claims: Iterable[Claim]) -> Iterator[None]:
    """Gives back what is not finished where the work on `claims` is stopped from outside, by Ctrl-C or an end of the
    task, or by what is the matter with a file, a setting or a server (EventwireError): the attempt does not count. Any
    other error counts, as it may be the work's own."""
    try:
        yield
    except BaseException as stopped:
        if isinstance(stopped, EventwireError) or not isinstance(stopped, Exception):
            with database.transaction() as connection:
                give_back(connection, claims)
        raise


def fail(connection: Connection, failed: Claim, error: str, *, retryable: bool = True) -> bool:
    """Records a failed attempt: pending again after a back-off, or parked where it was the third or is final.
    Returns whether it is parked now."""
    park = not retryable or failed.attempts >= MAX_ATTEMPTS
    connection.execute(
        update(work)
        .where(_mine(failed))
        .values(
            leased_by=None,
            leased_until=None,
            parked=case((work.c.version == failed.version, park), else_=False),
            error=error,
            not_before=now() + BACKOFF * 4 ** (failed.attempts - 1),
        )
    )
    return park


def pending(database: Database, *, due_only: bool = False) -> dict[str, int]:
    """How many pieces of work wait or are under way, per stage."""
    query = select(work.c.stage, func.count()).where(work.c.parked.is_(False)).group_by(work.c.stage)
    if due_only:
        query = query.where(work.c.not_before <= now())
    with database.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(query)}


def oldest_pending(database: Database) -> dict[str, datetime]:
    """When the longest waiting piece of due work of each stage was added."""
    query = select(work.c.stage, func.min(work.c.added_at)).where(work.c.parked.is_(False), work.c.not_before <= now())
    with database.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(query.group_by(work.c.stage))}


def parked(database: Database, stage: Stage | None = None) -> list[Parked]:
    """All parked work with its errors."""
    query = select(work.c.stage, work.c.key, work.c.attempts, work.c.error).where(work.c.parked.is_(True))
    if stage:
        query = query.where(work.c.stage == stage)
    with database.reading() as connection:
        return [Parked(r.stage, r.key, r.attempts, r.error or "") for r in connection.execute(query)]


def unpark(database: Database, stage: Stage | None = None) -> int:
    """Makes parked work pending again; returns how much."""
    statement = update(work).where(work.c.parked.is_(True))
    if stage:
        statement = statement.where(work.c.stage == stage)
    with database.transaction() as connection:
        return connection.execute(statement.values(parked=False, attempts=0, not_before=now())).rowcount
