"""Generation flags that are not this window's: whether anybody still stands behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from packdesk.errors import PackdeskError

if TYPE_CHECKING:
    from packdesk.jobs.bridge import Bridge

SILENT_AFTER_MS = 60_000


class ForeignFlags(QObject):
    """Notices that flags stand without any news of the design, and clears them when the user says so.

    A packdesk that generates holds a lease and clears up after itself; other programs may have died.

    Attributes:
        silent: there was no news for `SILENT_AFTER_MS`, and no packdesk holds a lease.

    Signals:
        silent_changed: `silent` is another.
        failed: a `PackdeskError`.
    """

    silent_changed = Signal()
    failed = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._raised = False
        self.silent = False
        self._timer = QTimer(self, singleShot=True, interval=SILENT_AFTER_MS)
        self._timer.timeout.connect(self._check)

    def follow(self, *, raised: bool) -> None:
        """The document was read anew; `raised`: it has generation flags that are not this window's."""
        self._raised = raised
        if raised:
            self._timer.start()
        else:
            self._timer.stop()
        self._set(silent=False)

    @Slot()
    def clear(self) -> None:
        """Take the flags off the design."""
        self._bridge.tell(lambda services: services.designs.clear_flags(), self.failed.emit)

    @Slot()
    def _check(self) -> None:
        self._bridge.start(self._check_lease(), self.failed.emit)

    async def _check_lease(self) -> None:
        try:
            held = await self._bridge.ask(lambda services: services.designs.is_held())
        except PackdeskError:  # the store does not answer, which the watcher tells
            held = True
        if held and self._raised:
            self._timer.start()
        elif self._raised and not self._timer.isActive():
            self._set(silent=True)

    def _set(self, *, silent: bool) -> None:
        if silent != self.silent:
            self.silent = silent
            self.silent_changed.emit()
