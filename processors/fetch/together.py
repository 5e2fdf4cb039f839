"""Many small calls made into few larger ones: a transaction for each of thousands would cost more than its content."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from processors.errors import DatabaseError

A = TypeVar("A")
R = TypeVar("R")


class Together(Generic[A, R]):
    """Calls `function` in a thread with what has been asked for since its last call began, at most `most` at once.

    `function` gives a result for each argument, in their order, or does nothing and raises. Where the database is away
    that is raised to all who asked; any other error may be the fault of one argument, and each is tried alone. One
    call runs at a time. For use within one event loop.
    """

    def __init__(self, function: Callable[[Sequence[A]], Sequence[R]], most: int = 200) -> None:
        self._function = function
        self._most = most
        self._waiting: list[tuple[A, asyncio.Future[R]]] = []
        self._running: asyncio.Task[None] | None = None

    async def __call__(self, argument: A) -> R:
        """The result of `function` for `argument`."""
        result: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((argument, result))
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._work())
        return await asyncio.shield(result)

    async def _work(self) -> None:
        while self._waiting:
            lot, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
            await self._call(lot)

    async def _call(self, lot: Sequence[tuple[A, asyncio.Future[R]]]) -> None:
        try:
            results = await asyncio.to_thread(self._function, [argument for argument, _ in lot])
        except Exception as error:
            if len(lot) > 1 and not isinstance(error, DatabaseError):
                for one in lot:
                    await self._call([one])
                return
            for _, future in lot:
                if not future.done():
                    future.set_exception(error)
        else:
            for (_, future), result in zip(lot, results, strict=True):
                if not future.done():
                    future.set_result(result)
