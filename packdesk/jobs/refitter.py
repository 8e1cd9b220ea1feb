"""Has the artwork cut anew some time after the last size change, when the sliders rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from packdesk.domain.transitions import outgrown_panels
from packdesk.errors import StoreBusyError, StoreUnavailableError

if TYPE_CHECKING:
    from packdesk.domain.state import PackagingState
    from packdesk.errors import PackdeskError
    from packdesk.jobs.bridge import Bridge

REST_MS = 400


class Refitter(QObject):
    """One refit at a time; a size that changes meanwhile is followed by another.

    Signals:
        refitted: the state then.
        failed: why the pictures could not be cut.
    """

    refitted = Signal(object)
    failed = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._running = False
        self._timer = QTimer(self, singleShot=True, interval=REST_MS)
        self._timer.timeout.connect(self._start)

    @Slot(object)
    def schedule(self, state: PackagingState) -> None:
        """Begin to wait if a picture was made for another size than its panel has."""
        if outgrown_panels(state):
            self._timer.start()

    @Slot()
    def _start(self) -> None:
        if self._running:
            self._timer.start()
        else:
            self._bridge.start(self._refit(), self._fail)

    async def _refit(self) -> None:
        self._running = True
        try:
            state = await self._bridge.ask(lambda services: services.pictures.refit())
        finally:
            self._running = False
        self.refitted.emit(state)

    def _fail(self, error: PackdeskError) -> None:
        # That the store is away is reported elsewhere, and the next size change tries again.
        if not isinstance(error, (StoreUnavailableError, StoreBusyError)):
            self.failed.emit(error)
