"""Takes changes back and does them again, one after the other in the order they were asked for."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from packdesk.domain.change import DesignChange
    from packdesk.domain.state import PackagingState
    from packdesk.errors import PackdeskError
    from packdesk.jobs.calls import Call, Calls
    from packdesk.jobs.size_saver import SizeSaver
    from packdesk.services.designs import DesignService


class Reverter(QObject):
    """Applies one change at a time; when one is refused, those that wait are dropped with it.

    Signals:
        applied: the state after a change.
        refused: the `PackdeskError` (None if it is told elsewhere), and how many changes were not made.
    """

    applied = Signal(object)
    refused = Signal(object, int)

    def __init__(
        self, calls: Calls, designs: DesignService, saver: SizeSaver, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._calls = calls
        self._designs = designs
        self._saver = saver
        self._waiting: deque[DesignChange] = deque()
        self._running: Call | None = None

    def apply(self, change: DesignChange) -> None:
        """Make the change once those before it are through and no size waits to be written."""
        self._waiting.append(change)
        self._saver.then(self._next, self._drop)

    def _next(self) -> None:
        if self._running is None and self._waiting:
            work = self._designs.apply_change(self._waiting.popleft())
            self._running = self._calls.start(work, self._on_done, self._on_failed, self._on_cancelled)

    def _on_done(self, state: PackagingState) -> None:
        self._running = None
        self.applied.emit(state)
        self._next()

    def _drop(self) -> None:
        # The size they waited for was not saved, or the design was replaced.
        dropped = len(self._waiting)
        self._waiting.clear()
        if dropped:
            self.refused.emit(None, dropped)

    def _on_failed(self, error: PackdeskError) -> None:
        dropped = 1 + len(self._waiting)
        self._running = None
        self._waiting.clear()
        self.refused.emit(error, dropped)

    def _on_cancelled(self) -> None:
        self._running = None
