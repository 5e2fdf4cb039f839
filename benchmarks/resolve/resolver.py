"""The resolver in a process of its own, so that the generated month counts neither as its memory nor as its work."""

import resource
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from processors.database import open_database
from processors.events import resolve_events
from processors.settings import Settings

Resolve = Callable[[], tuple[float, int]]
_opened = cache(open_database)


@contextmanager
def resolver(url: str) -> Iterator[Resolve]:
    """A call that resolves all that is pending, and tells the processor seconds that took and the MiB of memory that
    the resolver's process has then."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        yield lambda: process.submit(_resolved, url).result()


def _resolved(url: str) -> tuple[float, int]:
    # Processor seconds: on SQLite all the work is this process's, and other work of the machine does not count.
    database = _opened(url)
    started = time.process_time()
    while (summary := resolve_events(database, Settings())).counts["done"]:
        assert not summary.problems, summary.problems
    return time.process_time() - started, _resident()


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 2**20
