"""What took artwork off the package can be taken back after a restart, until something else is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from packdesk.jobs.bridge import ignore

if TYPE_CHECKING:
    from packdesk.domain.change import DesignChange
    from packdesk.jobs.bridge import Bridge


class LossKeeper(QObject):
    """Keeps the newest such change of this window, and finds that of the last one.

    Signals:
        found: the `DesignChange`, as if it had just been made here.
    """

    found = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._begun = False
        self._kept: DesignChange | None = None

    @Slot()
    def begin(self) -> None:
        """Look, once what stands in the store can be read."""
        if not self._begun:
            self._begun = True
            self._bridge.start(self._find(), ignore)  # a store that does not answer tells it itself

    @Slot(object)
    def follow(self, change: DesignChange) -> None:
        """The design was changed here."""
        self._keep(change if change.loses_artwork else None)

    @Slot()
    def forget(self) -> None:
        """A change was taken back."""
        self._keep(None)

    def _keep(self, change: DesignChange | None) -> None:
        if change != self._kept:
            self._kept = change
            self._bridge.tell(lambda services: services.designs.keep_lost(change), ignore)

    async def _find(self) -> None:
        change = await self._bridge.ask(lambda services: services.designs.recall_lost())
        if change is not None and self._kept is None:
            self._kept = change
            self.found.emit(change)
