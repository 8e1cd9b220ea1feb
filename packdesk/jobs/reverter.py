"""Takes changes back and does them again, one after the other in the order they were asked for."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from packdesk.errors import PackdeskError
from packdesk.jobs.bridge import CancelledError, ignore

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.domain.change import DesignChange
    from packdesk.domain.state import PackagingState
    from packdesk.jobs.bridge import Bridge
    from packdesk.jobs.size_saver import SizeSaver
    from packdesk.services.container import Services


class Reverter(QObject):
    """Applies one change at a time; when one is refused, those that wait are dropped with it.

    Signals:
        applied: the state after a change.
        refused: how many changes were not made.
        failed: why, as a `PackdeskError`, unless it is reported elsewhere.
    """

    applied = Signal(object)
    refused = Signal(int)
    failed = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        saver: SizeSaver,
        refusal: Callable[[], PackdeskError | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._saver = saver
        self._refusal = refusal
        self._waiting: deque[DesignChange] = deque()
        self._running = False

    def apply(self, change: DesignChange) -> None:
        """Make the change once those before it are through and no size waits to be written."""
        if (refusal := self._refusal()) is not None:
            QTimer.singleShot(0, self, partial(self._refuse, refusal))  # the undo stack is in its step still
            return
        self._waiting.append(change)
        if not self._running:
            self._running = True
            self._bridge.start(self._apply_all(), ignore)

    def _refuse(self, refusal: PackdeskError) -> None:
        self.refused.emit(1)
        self.failed.emit(refusal)

    async def _apply_all(self) -> None:
        try:
            while self._waiting:
                await self._saver.settled()
                state = await self._bridge.ask(partial(_applied, self._waiting[0]))
                self._waiting.popleft()
                self.applied.emit(state)
        except PackdeskError as error:
            self._drop()
            self.failed.emit(error)
        except CancelledError:  # the size they waited for was not saved, or the design was replaced
            self._drop()
        self._running = False

    def _drop(self) -> None:
        dropped = len(self._waiting)
        self._waiting.clear()
        self._running = False
        self.refused.emit(dropped)


async def _applied(change: DesignChange, services: Services) -> PackagingState:
    return await services.designs.apply_change(change)
