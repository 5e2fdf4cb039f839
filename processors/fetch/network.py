"""The network below the HTTP client: names are resolved here, and every address is checked before it is connected to.

As the address that was checked is the one that is connected to, a DNS server that changes its answer between the
check and the connection (DNS rebinding) gains nothing.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import httpcore

from processors.errors import FetchError
from processors.fetch.addresses import Network, is_allowed

Resolve = Callable[[str, int], Awaitable[list[str]]]
_RESOLVERS = 32  # threads: one slow name server must not hold up the names of the others


def system_resolver() -> Resolve:
    """The resolver of the operating system (getaddrinfo), asked in threads of its own."""
    threads = ThreadPoolExecutor(_RESOLVERS, thread_name_prefix="resolve")

    async def resolve(host: str, port: int) -> list[str]:
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(threads, _lookup, host, port)
        return list(dict.fromkeys(found))

    return resolve


def _lookup(host: str, port: int) -> list[str]:
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects to allowed addresses only. Raises FetchError with reason "dns" or "blocked_address"."""

    def __init__(self, resolve: Resolve, *, allow_private: bool, networks: Sequence[Network] = ()) -> None:
        self._resolve = resolve
        self._is_allowed = partial(is_allowed, allow_private=allow_private, networks=networks)
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A stream to the first address of `host` that answers; none is tried before all are found allowed."""
        addresses = await self._addresses(host, port)
        last: Exception | None = None
        for address in addresses:
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last or httpcore.ConnectError(f"{host} has no address")

    async def _addresses(self, host: str, port: int) -> list[str]:
        try:
            addresses = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise _dns_error(host, error) from error
        for address in addresses:
            if not self._is_allowed(address):
                raise FetchError(
                    f"{host} is at {address}, which is not a public address", "blocked_address", retryable=False
                )
        return addresses

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Never: nothing that is fetched lies behind a local socket."""
        raise FetchError(f"{path}: local sockets are not fetched from", "blocked_address", retryable=False)

    async def sleep(self, seconds: float) -> None:
        """Waits."""
        await asyncio.sleep(seconds)


def _dns_error(host: str, error: Exception) -> FetchError:
    temporary = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
    if temporary:
        return FetchError(f"the name server gives no answer for {host} at present", "dns_temporary")
    return FetchError(f"there is no host {host}", "dns")
