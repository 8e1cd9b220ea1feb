"""Reading the design anew, one reading at a time: answers that cross could leave the older one standing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from packdesk.errors import StoreUnavailableError

if TYPE_CHECKING:
    from packdesk.domain.state import PackagingState
    from packdesk.errors import PackdeskError
    from packdesk.jobs.calls import Calls
    from packdesk.services.designs import DesignService


class Hydration(QObject):
    """Brings what stands in the store.

    Signals:
        read: the newest `PackagingState`.
        failed: why it cannot be read; not that the store is away, for the watcher tells that, once.
    """

    read = Signal(object)
    failed = Signal(object)

    def __init__(self, calls: Calls, designs: DesignService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls = calls
        self._designs = designs
        self._reading = False
        self._outdated = False

    @Slot()
    def again(self) -> None:
        """Read it, after the reading that runs."""
        self._outdated = True
        if not self._reading:
            self._start()

    def _start(self) -> None:
        self._reading, self._outdated = True, False
        self._calls.start(self._designs.get_state(), self._on_read, self._on_unreadable)

    def _on_read(self, state: PackagingState) -> None:
        self._reading = False
        if self._outdated:  # something changed while it was read
            self._start()
        else:
            self.read.emit(state)

    def _on_unreadable(self, error: PackdeskError) -> None:
        self._reading = False
        if not isinstance(error, StoreUnavailableError):
            self.failed.emit(error)
