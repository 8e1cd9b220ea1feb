"""One long-lived QThread that runs one asyncio event loop."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QThread

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from concurrent.futures import Future


class LoopThread(QThread):
    """Runs coroutines off the GUI thread from `start` until `stop`; owned and kept alive by Python."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("packdesk-loop")
        self._loop: asyncio.AbstractEventLoop | None = None
        self._running = threading.Event()
        self._stopped = False
        self._tasks: set[asyncio.Task[Any]] = set()

    def begin(self) -> None:
        """Start the thread and wait until its loop takes work."""
        self._loop = asyncio.new_event_loop()
        self.start()
        self._running.wait()

    def run(self) -> None:
        """Thread body; Qt calls it."""
        loop = self._loop
        assert loop is not None, "begin() starts the thread"
        asyncio.set_event_loop(loop)
        loop.call_soon(self._running.set)
        try:
            loop.run_forever()
        finally:
            _end_tasks(loop, self._tasks)
            loop.close()

    @property
    def takes_work(self) -> bool:
        """Between `begin` and `stop`."""
        return self._loop is not None and not self._stopped

    def submit(self, work: Coroutine[Any, Any, Any]) -> Future[Any]:
        """Run a coroutine on the loop; callable from any thread while `takes_work`."""
        assert self._loop is not None, "begin() comes first"
        return asyncio.run_coroutine_threadsafe(self._remembered(work), self._loop)

    async def _remembered(self, work: Coroutine[Any, Any, Any]) -> Any:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            return await work
        finally:
            self._tasks.discard(task)

    def stop(self) -> None:
        """Cancel what still runs, let it clean up, end the thread."""
        self._stopped = True
        if self._loop is not None and self.isRunning():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self.wait()


def _end_tasks(loop: asyncio.AbstractEventLoop, submitted: set[asyncio.Task[Any]]) -> None:
    # One round more, so that everything submitted has begun and can clean up when it is cancelled.
    loop.run_until_complete(asyncio.sleep(0))
    for task in list(submitted):
        task.cancel()
    # Only what was submitted is cancelled: what it started in order to clean up runs to its end.
    while tasks := asyncio.all_tasks(loop):
        loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
    loop.run_until_complete(loop.shutdown_asyncgens())
