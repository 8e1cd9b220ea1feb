"""An asyncio loop that takes work from other threads until it is stopped."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from concurrent.futures import Future


class Loop:
    """Runs on one thread; every other may submit to it.

    Attributes:
        running: set once it takes work.
    """

    def __init__(self) -> None:
        self.running = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._tasks: set[asyncio.Task[Any]] = set()

    def run(self) -> None:
        """Work until `stop`; what runs then is cancelled and cleans up."""
        asyncio.set_event_loop(self._loop)
        self._loop.call_soon(self.running.set)
        try:
            self._loop.run_forever()
        finally:
            _end_tasks(self._loop, self._tasks)
            self._loop.close()

    def submit(self, work: Coroutine[Any, Any, Any]) -> Future[Any]:
        """Run a coroutine; callable from any thread."""
        return asyncio.run_coroutine_threadsafe(self._remembered(work), self._loop)

    def stop(self) -> None:
        """Let `run` come to its end; callable from any thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)

    async def _remembered(self, work: Coroutine[Any, Any, Any]) -> Any:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            return await work
        finally:
            self._tasks.discard(task)


def _end_tasks(loop: asyncio.AbstractEventLoop, submitted: set[asyncio.Task[Any]]) -> None:
    # One round more, so that everything submitted has begun and can clean up when it is cancelled.
    loop.run_until_complete(asyncio.sleep(0))
    for task in list(submitted):
        task.cancel()
    # Only what was submitted is cancelled: what it started in order to clean up runs to its end.
    while tasks := asyncio.all_tasks(loop):
        loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
    loop.run_until_complete(loop.shutdown_asyncgens())
