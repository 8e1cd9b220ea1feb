"""Generation flags that are not this window's: whether anybody still stands behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from packdesk.domain.state import PackagingState
    from packdesk.errors import PackdeskError
    from packdesk.jobs.calls import Calls
    from packdesk.services.designs import DesignService

SILENT_AFTER_MS = 60_000


class ForeignFlags(QObject):
    """Notices that flags stand without any news of the design, and clears them when the user says so.

    A packdesk that generates holds a lease and clears up after itself; other programs may have died.

    Attributes:
        silent: there was no news for `SILENT_AFTER_MS`, and no packdesk holds a lease.

    Signals:
        silent_changed: `silent` is another.
        cleared: the state without them.
        failed: a `PackdeskError`.
    """

    silent_changed = Signal()
    cleared = Signal(object)
    failed = Signal(object)

    def __init__(self, calls: Calls, designs: DesignService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls = calls
        self._designs = designs
        self._standing = False
        self.silent = False
        self._timer = QTimer(self, singleShot=True, interval=SILENT_AFTER_MS)
        self._timer.timeout.connect(self._look)

    def follow(self, *, standing: bool) -> None:
        """The document was read anew; `standing`: it has flags that are not this window's."""
        self._standing = standing
        if standing:
            self._timer.start()
        else:
            self._timer.stop()
        self._set(silent=False)

    @Slot()
    def clear(self) -> None:
        """Take the flags off the design."""
        self._calls.start(self._designs.clear_flags(), self._on_cleared, self.failed.emit)

    @Slot()
    def _look(self) -> None:
        self._calls.start(self._designs.is_held(), self._on_looked, self._on_unknown)

    def _on_looked(self, held: bool) -> None:  # noqa: FBT001  (an answer)
        if held:
            self._on_unknown()
        elif self._standing and not self._timer.isActive():
            self._set(silent=True)

    def _on_unknown(self, _error: PackdeskError | None = None) -> None:
        # A lease is held, or the store does not answer, which the watcher tells: look again later.
        if self._standing:
            self._timer.start()

    def _on_cleared(self, state: PackagingState) -> None:
        self.follow(standing=False)
        self.cleared.emit(state)

    def _set(self, *, silent: bool) -> None:
        if silent != self.silent:
            self.silent = silent
            self.silent_changed.emit()
