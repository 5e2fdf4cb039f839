"""Work on what was fetched, in processes of their own: a document that takes too long, or too much memory, or that
brings its reader down, harms nobody else."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import ForkServerContext, ForkServerProcess
from types import ModuleType
from typing import Any, ParamSpec, TypeVar

from processors.errors import FeedError

MAX_MEMORY = 2_500_000_000  # bytes of address space of a worker
_WORTH_A_WORKER = 4  # documents: to start a worker costs as much as reading some tens of them
_MAX_TASKS = 2_000  # after so many a worker is replaced, should a library leak

P = ParamSpec("P")
R = TypeVar("R")


class _Process(ForkServerProcess):
    """A process that does not import the program's main module again: what it runs lies in modules of its own, and
    Airflow's main module, imported within a task, asks for a database that tasks may not have."""

    @staticmethod
    def _Popen(process_obj: Any) -> Any:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            return ForkServerProcess._Popen(process_obj)
        finally:
            sys.modules["__main__"] = main


class _Context(ForkServerContext):
    Process = _Process


class Workers:
    """Worker processes, started when first needed. `seconds` is what one call may take."""

    def __init__(self, processes: int, seconds: float, preload: Sequence[str]) -> None:
        self._processes = processes
        self._seconds = seconds
        self._preload = list(preload)
        self._pool: Any = None

    async def run(self, function: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
        """`function` in a worker. Raises what it raises, and FeedError "worker_timeout" or "worker_died"."""
        from pebble import ProcessExpired

        future = self._started().schedule(function, args=arguments, kwargs=named, timeout=self._seconds)
        try:
            result: R = await asyncio.wrap_future(future)
        except TimeoutError:
            raise FeedError(f"reading it takes longer than {self._seconds:.0f} s", "worker_timeout") from None
        except ProcessExpired as error:
            raise FeedError(f"its reader died (exit code {error.exitcode})", "worker_died") from None
        except (MemoryError, RecursionError) as error:
            raise FeedError(f"its reader gave up ({type(error).__name__})", "worker_died") from None
        return result

    def _started(self) -> Any:
        if self._pool is None:
            from pebble import ProcessPool

            # Forking a process with threads is not safe; a fork server is clean, and has the libraries loaded.
            context = _Context()
            context.set_forkserver_preload(self._preload)
            _start_server()
            self._pool = ProcessPool(
                max_workers=self._processes, max_tasks=_MAX_TASKS, initializer=_limit_memory, context=context
            )
        return self._pool

    def close(self) -> None:
        """Ends the workers."""
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()


def _start_server() -> None:
    # Ctrl-C reaches every process of the terminal. It must not end the server while that still loads the libraries:
    # what is read then is not to blame. The tracker comes first, since its start lets the signal in again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _limit_memory() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, resource.RLIM_INFINITY))


@asynccontextmanager
async def workers(seconds: float, preload: Sequence[str], documents: int = 1_000) -> AsyncIterator[Workers]:
    """Worker processes, one a core and at most four (fewer for few `documents`), ended at the end. `preload` names
    what they import."""
    started = Workers(max(1, min(os.cpu_count() or 1, 4, documents // _WORTH_A_WORKER)), seconds, preload)
    try:
        yield started
    finally:
        await asyncio.to_thread(started.close)
