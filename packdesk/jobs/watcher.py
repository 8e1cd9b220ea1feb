"""Follows the shared state on the loop thread, and tells by signals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from packdesk.services.following import Follower, FollowerNews

if TYPE_CHECKING:
    from concurrent.futures import Future
    from typing import Any

    from packdesk.jobs.loop_thread import LoopThread
    from packdesk.services.container import Services


class Watcher(QObject):
    """A `Follower` on the loop thread.

    Signals:
        reached: the store answers (True) or does not (False); once for each change.
        unreadable: the design cannot be read; `failed` tells why.
        failed: why it does not, or why the design cannot be read, as a `PackdeskError`.
    """

    reached = Signal(bool)
    unreadable = Signal()
    failed = Signal(object)

    def __init__(self, thread: LoopThread, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = thread
        news = FollowerNews(self.reached.emit, self.unreadable.emit, self.failed.emit)
        self._follower = Follower(services.shared, services.designs, news)
        self._task: Future[Any] | None = None

    def begin(self) -> None:
        """Start following."""
        self._task = self._thread.submit(self._follower.follow())

    def stop(self) -> None:
        """Stop following."""
        if self._task is not None:
            self._task.cancel()
