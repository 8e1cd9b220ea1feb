"""One long-lived QThread that runs one asyncio loop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QThread

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from concurrent.futures import Future

    from packdesk.jobs.loop import Loop


class LoopThread(QThread):
    """Runs coroutines off the GUI thread from `begin` until `stop`; owned and kept alive by Python."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("packdesk-loop")
        self._loop: Loop | None = None
        self._stopped = False

    def begin(self) -> None:
        """Start the thread and wait until its loop takes work."""
        from packdesk.jobs.loop import Loop  # noqa: PLC0415  (asyncio would delay the first frame)

        self._loop = Loop()
        self.start()
        self._loop.running.wait()

    def run(self) -> None:
        """Thread body; Qt calls it."""
        assert self._loop is not None, "begin() starts the thread"
        self._loop.run()

    @property
    def takes_work(self) -> bool:
        """Between `begin` and `stop`."""
        return self._loop is not None and not self._stopped

    def submit(self, work: Coroutine[Any, Any, Any]) -> Future[Any]:
        """Run a coroutine on the loop; callable from any thread while `takes_work`."""
        assert self._loop is not None, "begin() comes first"
        return self._loop.submit(work)

    def stop(self) -> None:
        """Cancel what still runs, let it clean up, end the thread."""
        self._stopped = True
        if self._loop is not None and self.isRunning():
            self._loop.stop()
            self.wait()
