"""The guarded HTTP client: everything that is fetched comes through here."""

import asyncio
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal, NamedTuple, Self

import httpcore
import httpx

from processors.errors import FetchError
from processors.fetch import robots
from processors.fetch.decompression import ACCEPTED, decoder_for
from processors.fetch.failures import from_httpx, from_status, retry_after
from processors.fetch.hosts import Hosts, HostStore, MemoryHosts
from processors.fetch.network import GuardedBackend, Resolve, system_resolver
from processors.settings import Settings

Kind = Literal["feed", "page", "robots"]
_ACCEPT: dict[Kind, str] = {
    "feed": "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8",
    "page": "text/html, application/xhtml+xml, */*;q=0.5",
    "robots": "text/plain, */*;q=0.5",
}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_SHOWN = 100  # characters of an address too long to be one
_LONGEST_HOST, _LONGEST_LABEL = 253, 63  # RFC 1035 2.3.4: longer names there are none


@dataclass(frozen=True, slots=True)
class Response:
    """An answer. `headers` have lower-case names; `permanent_redirect` is where a chain of 301/308 alone led."""

    status: int
    url: str
    final_url: str
    permanent_redirect: str | None
    headers: Mapping[str, str]
    body: bytes
    not_modified: bool


class Step(NamedTuple):
    """An answer of one server, and how many seconds it took once it was asked."""

    status: int
    headers: httpx.Headers
    body: bytes
    seconds: float


class _GuardedTransport(httpx.AsyncHTTPTransport):
    # httpx has no parameter for the network backend; its transport is a thin shell around this pool.
    def __init__(self, backend: httpcore.AsyncNetworkBackend, connections: int) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=connections,
            max_keepalive_connections=connections // 2,
            keepalive_expiry=5.0,
            network_backend=backend,
        )


class Client:
    """Fetches politely and safely; an async context manager, used within one event loop.

    `hosts` shares the politeness with other processes; `resolve` replaces the system's name resolution.
    There are no cookies, no proxies from the environment, and credentials of a URL stay with its origin.
    """

    def __init__(self, settings: Settings, hosts: HostStore | None = None, *, resolve: Resolve | None = None) -> None:
        self._limits = settings.fetch
        self._store = hosts or MemoryHosts()
        self._hosts = Hosts(self._store, settings.fetch)
        self._agent = user_agent(settings.fetch.contact)
        backend = GuardedBackend(
            resolve or system_resolver(),
            allow_private=settings.allow_private_addresses,
            networks=settings.fetch.allow_networks,
        )
        self._transport = _GuardedTransport(backend, settings.fetch.concurrency)
        self._at_once = asyncio.Semaphore(settings.fetch.concurrency)
        self._robots_locks: dict[str, asyncio.Lock] = {}
        self._without_robots: dict[str, FetchError] = {}  # of hosts whose robots.txt could not be had

    async def __aenter__(self) -> Self:
        await self._transport.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._transport.__aexit__(kind, error, trace)

    async def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
        max_bytes: int | None = None,
        seconds: float | None = None,
        kind: Kind = "page",
    ) -> Response:
        """Fetches `url`, at most `max_bytes` on the wire and decompressed, within `seconds`, following redirects.

        With `etag` or `last_modified` the request is conditional. Pages are fetched only where robots.txt lets us.
        Raises FetchError, whose `reason` names what went wrong (see `processors.fetch.failures`).
        """
        sent = {"Accept": _ACCEPT[kind], **(headers or {})}
        if etag and etag.isascii():  # httpx sends no other
            sent["If-None-Match"] = etag
        if last_modified and last_modified.isascii():
            sent["If-Modified-Since"] = last_modified
        cap, time_cap = max_bytes or self._limits.max_bytes, seconds or self._limits.timeout
        return await _Chain(self, url, sent, kind, cap, time_cap, self._limits.max_redirects).follow()

    async def step(self, request: httpx.Request, kind: Kind, cap: int, seconds: float) -> Step:
        """One request and its answer, without following; politely, and within `seconds` once it may start."""
        host = request.url.netloc.decode("ascii").rpartition("@")[2]
        if kind == "page" and self._limits.robots:
            await self._ask_robots(request.url, host)
        async with self._hosts.turn(host), self._at_once:
            began = time.monotonic()
            try:
                async with asyncio.timeout(seconds):
                    status, headers, body = await self._exchange(request, cap)
                    return Step(status, headers, body, time.monotonic() - began)
            except TimeoutError:
                raise FetchError(f"{host} took longer than {seconds:.0f} s in all", "too_slow") from None
            except httpx.HTTPError as error:
                raise from_httpx(error, host) from error

    async def _exchange(self, request: httpx.Request, cap: int) -> tuple[int, httpx.Headers, bytes]:
        response = await self._transport.handle_async_request(request)
        try:
            if response.status_code in _REDIRECTS or response.status_code == 304:
                return response.status_code, response.headers, b""
            return response.status_code, response.headers, await _read(response, cap)
        finally:
            await response.aclose()

    def request(self, url: httpx.URL, headers: Mapping[str, str], seconds: float) -> httpx.Request:
        """A GET request with this program's own headers. Credentials in `url` become Basic authentication."""
        # Silence ends a request sooner than the time cap does, so that the two are told apart.
        timeout = httpx.Timeout(seconds * 0.6).as_dict()
        sent = {"User-Agent": self._agent, "Accept-Encoding": ACCEPTED, **headers}
        if url.username:
            auth = httpx.BasicAuth(url.username, url.password)
            url = url.copy_with(username=None, password=None)
            return next(auth.auth_flow(httpx.Request("GET", url, headers=sent, extensions={"timeout": timeout})))
        return httpx.Request("GET", url, headers=sent, extensions={"timeout": timeout})

    async def pause(self, url: httpx.URL, until: datetime | None) -> datetime:
        """Slows the host of `url` down."""
        return await self._hosts.pause(url.netloc.decode("ascii").rpartition("@")[2], until)

    async def _ask_robots(self, url: httpx.URL, host: str) -> None:
        async with self._robots_locks.setdefault(host, asyncio.Lock()):
            if host in self._without_robots:  # all that wait for this host must not wait for its silence in turn
                raise self._without_robots[host]
            known = await asyncio.to_thread(self._store.robots, host)
            if known is None or not robots.is_fresh(known.at):
                text = await self._fetch_robots(url)
                await asyncio.to_thread(self._store.keep_robots, host, text)
            else:
                text = known.text
        if not robots.allows(text, str(url)):
            raise FetchError(f"robots.txt of {host} asks programs to stay away from {url}", "robots", retryable=False)

    async def _fetch_robots(self, url: httpx.URL) -> str:
        # RFC 9309 2.3.1: a 4xx means that there are no rules; a server error means to stay away for now.
        try:
            answer = await self.get(str(url.join("/robots.txt")), kind="robots", max_bytes=robots.MAX_BYTES)
        except FetchError as error:
            if error.reason in {"unauthorized", "forbidden", "bot_wall", "not_found", "gone", "http_status"}:
                return ""
            if error.reason in {"too_large", "bomb", "redirects", "bad_encoding"}:
                return ""
            self._without_robots[url.netloc.decode("ascii").rpartition("@")[2]] = error
            raise
        return answer.body.decode("utf-8", "replace").replace("\0", "")  # which PostgreSQL does not store


@dataclass
class _Chain:
    """A URL and where its redirects lead, within `seconds` in all."""

    client: Client
    start: str
    headers: Mapping[str, str]
    kind: Kind
    cap: int
    seconds: float
    redirects: int

    async def follow(self) -> Response:
        seconds = self.seconds
        url, permanent, only_permanent = parse_url(self.start), None, True
        for _ in range(self.redirects + 1):
            request = self.client.request(url, self.headers, seconds)
            status, headers, body, spent = await self.client.step(request, self.kind, self.cap, seconds)
            seconds = max(seconds - spent, 1.0)
            if status not in _REDIRECTS or "location" not in headers:
                return await self._finished(url, status, headers, body, permanent)
            url = self._next(url, headers["location"])
            only_permanent = only_permanent and status in _PERMANENT
            permanent = str(url) if only_permanent else permanent
        raise FetchError(f"{self.start} redirects more than {self.redirects} times", "redirects")

    def _next(self, url: httpx.URL, location: str) -> httpx.URL:
        try:
            target = parse_url(str(url.join(location)))
        except (httpx.InvalidURL, ValueError):
            raise FetchError(f"{url} redirects to {location!r}, which is no address", "bad_url") from None
        if (target.scheme, target.host, target.port) != (url.scheme, url.host, url.port):
            # A server must not choose which credentials another one gets to see.
            self.headers = {k: v for k, v in self.headers.items() if k.lower() not in {"authorization", "cookie"}}
            return target.copy_with(username=None, password=None)
        if url.username and not target.username:
            return target.copy_with(username=url.username, password=url.password)
        return target

    async def _finished(
        self, url: httpx.URL, status: int, headers: httpx.Headers, body: bytes, permanent: str | None
    ) -> Response:
        conditional = "If-None-Match" in self.headers or "If-Modified-Since" in self.headers
        if status == 304 and conditional:
            return Response(status, self.start, str(url), permanent, dict(headers), b"", True)
        if 200 <= status < 300:
            return Response(status, self.start, str(url), permanent, dict(headers), body, False)
        again = retry_after(headers.get("retry-after"), datetime.now(UTC))
        if status in {429, 503}:
            again = await self.client.pause(url, again)
        raise from_status(status, url.host, body, again)


def parse_url(text: str) -> httpx.URL:
    """`text` as an http or https URL without its fragment. Raises FetchError "bad_url"."""
    try:
        url = httpx.URL(text.strip()).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError, TypeError):
        raise FetchError(f"{text!r} is no address", "bad_url", retryable=False) from None
    if url.scheme not in {"http", "https"} or not url.host:
        raise FetchError(f"{text!r} is no http or https address", "bad_url", retryable=False)
    labels = url.raw_host.split(b".")
    # With its port, too, as that is how politeness knows hosts, and the table has no room for more.
    if len(url.netloc) > _LONGEST_HOST or max(map(len, labels)) > _LONGEST_LABEL:
        raise FetchError(f"{text[:_SHOWN]!r}... names a host longer than any can be", "bad_url", retryable=False)
    return url


def user_agent(contact: str) -> str:
    """How this program names itself: with its version and, where set, how to reach who runs it."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("eventwire")
    except PackageNotFoundError:  # run from a checkout that is not installed
        number = "0"
    return f"{robots.AGENT}/{number} (news monitoring{f'; +{contact}' if contact else ''})"


async def _read(response: httpx.Response, cap: int) -> bytes:
    declared = response.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > cap:
        raise FetchError(f"the body has {int(declared):,} bytes, more than the {cap:,} allowed", "too_large")
    decoder = decoder_for(response.headers.get("content-encoding", ""), cap)
    received, parts = 0, bytearray()
    async with aclosing(_chunks(response)) as chunks:
        async for chunk in chunks:
            received += len(chunk)
            if received > cap:
                raise FetchError(f"the body has more than the {cap:,} bytes allowed", "too_large")
            parts += decoder.feed(chunk)
    decoder.end()
    return bytes(parts)


async def _chunks(response: httpx.Response) -> AsyncGenerator[bytes, None]:
    async for chunk in response.stream:  # type: ignore[union-attr]
        yield chunk
