"""What controllers share that carry out one order at a time, which can be stopped."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from packdesk.errors import PackdeskError
    from packdesk.jobs.bridge import Bridge


class OneOrder(QObject):
    """One order at a time; another one is ignored meanwhile.

    Signals:
        progressed: how many steps of how many are done.
        ended: an order has ended, in whatever way.
        failed: a `PackdeskError`.
    """

    progressed = Signal(int, int)
    ended = Signal()
    failed = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._stop: threading.Event | None = None

    @property
    def running(self) -> bool:
        """Whether an order is being carried out."""
        return self._stop is not None

    def cancel(self) -> None:
        """Stop at the next step; nothing is left of the file. What has no steps goes on."""
        if self._stop is not None:
            self._stop.set()

    def _begin(self, carry_out: Callable[[threading.Event], Coroutine[Any, Any, None]]) -> None:
        if self._stop is None:
            self._stop = threading.Event()
            self._bridge.start(carry_out(self._stop), self._fail)

    def _fail(self, error: PackdeskError) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self._stop = None
        self.ended.emit()
