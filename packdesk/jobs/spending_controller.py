"""What pictures have cost and what they cost, for the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from packdesk.jobs.bridge import Bridge


class SpendingController(QObject):
    """Asks for both, off the GUI thread.

    Args:
        bridge: to the loop thread.
        parent: its owner.

    Signals:
        month_found: this month's `MonthReport`.
        month_failed: why it cannot be told, a `PackdeskError`.
        prices_found: the `PriceTable`.
        prices_failed: why it cannot be read, or written, a `PackdeskError`.
        file_ready: the file (`Path`) the user may correct prices in is there.
    """

    month_found = Signal(object)
    month_failed = Signal(object)
    prices_found = Signal(object)
    prices_failed = Signal(object)
    file_ready = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge

    @Slot()
    def find(self) -> None:
        """Tell of both."""
        self._bridge.start(self._find_month(), self.month_failed.emit)
        self._bridge.start(self._find_prices(), self.prices_failed.emit)

    @Slot()
    def begin_file(self) -> None:
        """Have a file to correct prices in."""
        self._bridge.start(self._begin_file(), self.prices_failed.emit)

    async def _find_month(self) -> None:
        self.month_found.emit(await self._bridge.ask(lambda services: services.spending.report()))

    async def _find_prices(self) -> None:
        self.prices_found.emit(await self._bridge.ask(lambda services: services.spending.prices()))

    async def _begin_file(self) -> None:
        self.file_ready.emit(await self._bridge.ask(lambda services: services.spending.begin_prices()))
