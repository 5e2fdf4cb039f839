"""Politeness: at most so many requests to one host at once, and a gap between their starts.

Within a process a semaphore for each host keeps the order; over processes a `HostStore` (the table `hosts`) says when
the next request may start. Publishers are asked by feeds and for article pages through the same store.
"""

import asyncio
import ipaddress
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Protocol

from processors.errors import FetchError
from processors.fetch.together import Together
from processors.settings import FetchSettings

LONGEST_WAIT = timedelta(seconds=60)  # what has to wait longer comes back later instead of holding up a worker
LONGEST_PAUSE = timedelta(hours=24)  # how long a Retry-After is obeyed
DEFAULT_PAUSE = timedelta(seconds=60)  # after a 429 or 503 without Retry-After


class Turn(Protocol):
    """A place in a host's queue. Without a `token` there is none yet: ask again at `start`."""

    @property
    def start(self) -> datetime:
        """When the request may start."""

    @property
    def token(self) -> str | None:
        """What gives the turn back."""


class RobotsRecord(Protocol):
    """A host's robots.txt ("" for none) and when it was fetched."""

    @property
    def text(self) -> str:
        """The file's text."""

    @property
    def at(self) -> datetime:
        """When it was fetched."""


class _Turn(NamedTuple):
    start: datetime
    token: str | None


class _Robots(NamedTuple):
    text: str
    at: datetime


class HostStore(Protocol):
    """What is known of hosts, shared by all processes. Called from threads."""

    def take_turns(self, asked: Sequence[tuple[str, FetchSettings]]) -> Sequence[Turn]:
        """A turn for each host asked for, respecting its gap, its pause and `per_host` of its settings."""

    def end_turns(self, ended: Sequence[tuple[str, str]]) -> None:
        """Gives turns back: hosts and tokens."""

    def pause(self, host: str, until: datetime, limits: FetchSettings) -> None:
        """Nobody asks `host` before `until`, and more slowly than its gap after."""

    def robots(self, host: str) -> RobotsRecord | None:
        """The stored robots.txt of `host`."""

    def keep_robots(self, host: str, text: str) -> None:
        """Stores the robots.txt of `host`."""


@dataclass
class MemoryHosts:
    """A HostStore for one process: for checks, and where nothing else fetches at the same time."""

    _next: dict[str, datetime] = field(default_factory=dict)
    _robots: dict[str, _Robots] = field(default_factory=dict)

    def take_turns(self, asked: Sequence[tuple[str, FetchSettings]]) -> Sequence[Turn]:
        """The next starts; how many at once is kept by the semaphores of `Hosts`."""
        return [self._take(host, limits) for host, limits in asked]

    def _take(self, host: str, limits: FetchSettings) -> Turn:
        start = max(self._next.get(host, datetime.min.replace(tzinfo=UTC)), datetime.now(UTC))
        if start - datetime.now(UTC) > LONGEST_WAIT:
            return _Turn(start, None)
        self._next[host] = start + timedelta(seconds=limits.host_gap)
        return _Turn(start, "")

    def end_turns(self, ended: Sequence[tuple[str, str]]) -> None:
        """Nothing to give back."""

    def pause(self, host: str, until: datetime, limits: FetchSettings) -> None:
        """Nobody asks `host` before `until`."""
        self._next[host] = max(until, self._next.get(host, until))

    def robots(self, host: str) -> RobotsRecord | None:
        """The stored robots.txt of `host`."""
        return self._robots.get(host)

    def keep_robots(self, host: str, text: str) -> None:
        """Stores the robots.txt of `host`."""
        self._robots[host] = _Robots(text, datetime.now(UTC))


def is_loopback(host: str) -> bool:
    """Whether `host` (a name or address, perhaps with a port) plainly is this machine."""
    name = host.rpartition("@")[2]
    name = name[1 : name.index("]")] if name.startswith("[") and "]" in name else name.partition(":")[0]
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


class Hosts:
    """The queue of each host in this process, in front of a HostStore."""

    def __init__(self, store: HostStore, limits: FetchSettings) -> None:
        self._store = store
        self._limits = limits
        self._take = Together(store.take_turns)
        self._end = Together(self._ended)
        self._at_once: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(limits.per_host))

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Waits until `host` may be asked. Raises FetchError "host_paused" where that is too far away.

        Loopback hosts have no gap unless `fetch.loopback_gap` sets one: nobody's server is spared by it.
        """
        limits = self._limits_of(host)
        async with self._at_once[host]:
            token = await self._wait(host, limits)
            try:
                yield
            finally:
                await self._end((host, token))

    def _limits_of(self, host: str) -> FetchSettings:
        limits = self._limits
        return limits.model_copy(update={"host_gap": limits.loopback_gap}) if is_loopback(host) else limits

    def _ended(self, ended: Sequence[tuple[str, str]]) -> Sequence[None]:
        self._store.end_turns(ended)
        return [None] * len(ended)

    async def _wait(self, host: str, limits: FetchSettings) -> str:
        while True:
            turn = await self._take((host, limits))
            wait = turn.start - datetime.now(UTC)
            if turn.token is None and wait > LONGEST_WAIT:
                raise FetchError(
                    f"{host} is left alone until {turn.start:%Y-%m-%d %H:%M} UTC",
                    "host_paused",
                    retry_at=turn.start,
                )
            await asyncio.sleep(max(wait.total_seconds(), 0))
            if turn.token is not None:
                return turn.token

    async def pause(self, host: str, until: datetime | None) -> datetime:
        """Slows `host` down after a 429 or 503; returns until when."""
        at = datetime.now(UTC)
        until = min(until or at + DEFAULT_PAUSE, at + LONGEST_PAUSE)
        await asyncio.to_thread(self._store.pause, host, until, self._limits_of(host))
        return until
