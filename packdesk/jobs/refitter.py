"""Has the artwork cut anew some time after the last size change, when the sliders rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from packdesk.domain.transitions import outgrown_panels
from packdesk.errors import StoreBusyError, StoreUnavailableError

if TYPE_CHECKING:
    from packdesk.domain.state import PackagingState
    from packdesk.errors import PackdeskError
    from packdesk.jobs.calls import Calls
    from packdesk.services.refitting import RefitService

REST_MS = 400


class Refitter(QObject):
    """One refit at a time; a size that changes meanwhile is followed by another.

    Signals:
        refitted: the state then.
        failed: why the pictures could not be cut.
    """

    refitted = Signal(object)
    failed = Signal(object)

    def __init__(self, calls: Calls, refitting: RefitService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls = calls
        self._refitting = refitting
        self._running = False
        self._timer = QTimer(self, singleShot=True, interval=REST_MS)
        self._timer.timeout.connect(self._start)

    @Slot(object)
    def look(self, state: PackagingState) -> None:
        """Begin to wait if a picture was made for another size than its panel has."""
        if outgrown_panels(state):
            self._timer.start()

    @Slot()
    def _start(self) -> None:
        if self._running:
            self._timer.start()
            return
        self._running = True
        self._calls.start(self._refitting.refit(), self._on_done, self._on_failed, self._on_cancelled)

    def _on_done(self, state: PackagingState) -> None:
        self._running = False
        self.refitted.emit(state)

    def _on_failed(self, error: PackdeskError) -> None:
        self._running = False
        # A store that is away is told of elsewhere, and the next size change tries again.
        if not isinstance(error, (StoreUnavailableError, StoreBusyError)):
            self.failed.emit(error)

    def _on_cancelled(self) -> None:
        self._running = False
