"""Follows the shared state, whoever changes it."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from packdesk.errors import ForeignDocumentError, PackdeskError

if TYPE_CHECKING:
    from concurrent.futures import Future
    from typing import Any

    from packdesk.jobs.loop_thread import LoopThread
    from packdesk.services.designs import DesignService

POLL_S = 2.0
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

    def begin(self) -> None:
        """Start following."""
        self._task = self._thread.submit(self._follow())

    def stop(self) -> None:
        """Stop following."""
        if self._task is not None:
            self._task.cancel()

    async def _follow(self) -> None:
        last: str | None = None
        failures = 0
        reached: bool | None = None
        with contextlib.suppress(asyncio.CancelledError):
            while True:
                try:
                    revision = await self._revision()
                except PackdeskError as error:
                    if reached is not False:
                        self.failed.emit(error)
                    reached = self._tell(reached, now=False)
                    await asyncio.sleep(LOST_POLL_S[min(failures, len(LOST_POLL_S) - 1)])
                    failures += 1
                    continue
                failures = 0
                reached = self._tell(reached, now=True)
                if revision != last:
                    last = revision
                    self.changed.emit()
                await self._wait()

    def _tell(self, before: bool | None, *, now: bool) -> bool:  # noqa: FBT001  (what was told last)
        if now != before:
            self.reached.emit(now)
        return now

    async def _revision(self) -> str:
        try:
            return (await self._designs.look()).revision
        except ForeignDocumentError:
            return "foreign"  # reachable; reading it says what is wrong

    async def _wait(self) -> None:
        with contextlib.suppress(PackdeskError):  # the next look tells
            await self._designs.wait(POLL_S)
