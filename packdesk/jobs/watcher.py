"""Follows the shared state, whoever changes it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from packdesk.errors import ForeignDocumentError, PackdeskError, UnexpectedError

if TYPE_CHECKING:
    from concurrent.futures import Future
    from typing import Any

    from packdesk.jobs.loop_thread import LoopThread
    from packdesk.services.designs import DesignService

POLL_S = 2.0
_log = logging.getLogger(__name__)
LOST_POLL_S = (0.2, 0.4, 0.8, 1.6, 3.0)


class Watcher(QObject):
    """Looks at the state's revision on the loop thread: at every hint of the store, and each `POLL_S` anyway.

    A look moves about a hundred bytes, never a document, and clears up after a generation whose program died.
    While the store does not answer it is asked again after the pauses of `LOST_POLL_S`.

    Signals:
        changed: the stored state is another than before (the first one counts).
        reached: the store answers (True) or does not (False); told once for each turn.
        failed: why it does not, as a `PackdeskError`.
    """

    changed = Signal()
    reached = Signal(bool)
    failed = Signal(object)

    def __init__(self, thread: LoopThread, designs: DesignService) -> None:
        super().__init__()
        self._thread = thread
        self._designs = designs
        self._task: Future[Any] | None = None
        self._last: str | None = None
        self._failures = 0
        self._reached: bool | None = None
        self._faulty = False

    def begin(self) -> None:
        """Start following."""
        self._task = self._thread.submit(self._follow())

    def stop(self) -> None:
        """Stop following."""
        if self._task is not None:
            self._task.cancel()

    async def _follow(self) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            while True:
                try:
                    pause = await self._look()
                except Exception:  # noqa: BLE001  (whatever it is, a window that follows no more would not tell)
                    pause = self._tell_fault()
                if pause:
                    await asyncio.sleep(pause)
                else:
                    await self._wait()

    async def _look(self) -> float:
        """Look once; returns how long to rest, 0 to wait for the store's hint."""
        try:
            revision = await self._revision()
        except PackdeskError as error:
            if self._reached is not False:
                self.failed.emit(error)
            self._tell(reached=False)
            self._failures += 1
            return LOST_POLL_S[min(self._failures, len(LOST_POLL_S)) - 1]
        self._failures = 0
        self._tell(reached=True)
        # What came and went between two looks is news as well, once it was read here.
        if revision != self._last or self._designs.is_news(revision):
            self._last = revision
            self.changed.emit()
        return 0

    def _tell(self, *, reached: bool) -> None:
        self._faulty = False
        if reached != self._reached:
            self._reached = reached
            self.reached.emit(reached)

    def _tell_fault(self) -> float:
        if not self._faulty:
            _log.exception("Following the design failed")
            self.failed.emit(
                UnexpectedError(
                    "Changes made elsewhere could not be seen for a moment.",
                    "packdesk tries again by itself.",
                )
            )
        self._faulty = True
        return LOST_POLL_S[-1]

    async def _revision(self) -> str:
        try:
            return (await self._designs.look()).revision
        except ForeignDocumentError:
            return "foreign"  # reachable; reading it says what is wrong

    async def _wait(self) -> None:
        try:
            await self._designs.wait(POLL_S)
        except Exception:  # noqa: BLE001  (a hint only; the next look tells)
            await asyncio.sleep(POLL_S)
