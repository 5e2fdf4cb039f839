"""Parsing in processes of their own: a document that takes too long, or too much memory, harms nobody else."""

import asyncio
import multiprocessing
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from processors.errors import FeedError
from processors.feeds.documents import ParsedFeed

PARSE_SECONDS = 20.0  # the slowest real document known to its users took 15 s (5 MB, on a slow machine)
MAX_MEMORY = 2_000_000_000  # bytes of address space of a worker


class Parsers:
    """Worker processes that parse feeds; started when first needed."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._pool: Any = None

    async def parse(self, body: bytes, content_type: str, url: str, max_entries: int) -> ParsedFeed:
        """`processors.feeds.parsing.parse_feed` in a worker. Raises FeedError, also "parse_timeout", "parse_crash"."""
        from pebble import ProcessExpired

        from processors.feeds.parsing import parse_feed

        arguments = (body, content_type, url, max_entries)
        future = self._started().schedule(parse_feed, args=arguments, timeout=PARSE_SECONDS)
        try:
            return await asyncio.wrap_future(future)
        except TimeoutError:
            raise FeedError(f"the document takes longer than {PARSE_SECONDS:.0f} s to parse", "parse_timeout") from None
        except ProcessExpired as error:
            raise FeedError(f"the parser ended on this document (exit code {error.exitcode})", "parse_crash") from None
        except (MemoryError, RecursionError) as error:
            raise FeedError(f"the document cannot be parsed ({type(error).__name__})", "parse_crash") from None

    def _started(self) -> Any:
        if self._pool is None:
            from pebble import ProcessPool

            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(["processors.feeds.parsing", "feedparser", "nh3", "babel"])
            self._pool = ProcessPool(
                max_workers=self._processes, max_tasks=2_000, initializer=_limit_memory, context=context
            )
        return self._pool

    def close(self) -> None:
        """Ends the workers."""
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()


def _limit_memory() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, resource.RLIM_INFINITY))


@asynccontextmanager
async def parsers() -> AsyncIterator[Parsers]:
    """Worker processes, one a core and at most four, ended at the end."""
    workers = Parsers(min(os.cpu_count() or 1, 4))
    try:
        yield workers
    finally:
        await asyncio.to_thread(workers.close)
