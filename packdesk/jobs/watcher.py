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

INTERVAL_S = {"local": 0.25, "shared": 1.0}


class Watcher(QObject):
    """Polls the state's revision on the loop thread; a poll moves forty bytes, never a document.

    Signals:
        changed: the stored state is another than before (the first one counts).
        reached: the store answers (True) or does not (False); told once for each turn.
        failed: why it does not, as a `PackdeskError`.
    """

    changed = Signal()
    reached = Signal(bool)
    failed = Signal(object)

    def __init__(self, thread: LoopThread, designs: DesignService, interval_s: float) -> None:
        super().__init__()
        self._thread = thread
        self._designs = designs
        self._interval_s = interval_s
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
        reached: bool | None = None
        with contextlib.suppress(asyncio.CancelledError):
            while True:
                revision = await self._look(told=reached is False)
                if (revision is not None) != reached:
                    reached = revision is not None
                    self.reached.emit(reached)
                if revision is not None and revision != last:
                    last = revision
                    self.changed.emit()
                await asyncio.sleep(self._interval_s)

    async def _look(self, *, told: bool) -> str | None:
        try:
            return await self._designs.get_revision()
        except ForeignDocumentError:
            return "foreign"  # reachable; reading it says what is wrong
        except PackdeskError as error:
            if not told:
                self.failed.emit(error)
            return None
