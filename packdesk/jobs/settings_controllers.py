"""What the settings dialog asks: for the provider's key, which stays in a `SecretStr`, and for prices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import Any

    from pydantic import SecretStr

    from packdesk.generation.gemini.provider import GeminiProvider
    from packdesk.generation.keys import KeyKeeper
    from packdesk.jobs.bridge import Bridge


class KeyController(QObject):
    """Looks for, keeps, tests and forgets a key, off the GUI thread.

    Args:
        bridge: to the loop thread.
        keys: where keys are.
        gemini: makes the provider that a key is tested with.

    Signals:
        found: where the key is now: `environment`, `key store`, `session` or `none`.
        works: the service takes the key.
        failed: why it does not, or why it cannot be kept.
    """

    found = Signal(str)
    works = Signal()
    failed = Signal(object)

    def __init__(
        self, bridge: Bridge, keys: KeyKeeper, gemini: Callable[[], GeminiProvider], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._keys = keys
        self._gemini = gemini

    def find(self) -> None:
        """Tell where the key is."""
        self._start(self._find())

    def remember(self, key: SecretStr) -> None:
        """Keep a key the user has entered."""
        self._start(self._remember(key))

    def forget(self) -> None:
        """Remove the key that was entered."""
        self._start(self._forget())

    def test(self) -> None:
        """Ask the service about the key that would be used."""
        self._start(self._test())

    def _start(self, steps: Coroutine[Any, Any, None]) -> None:
        self._bridge.start(steps, self.failed.emit)

    async def _find(self) -> None:
        _, source = await self._bridge.work(self._keys.find)
        self.found.emit(source)

    async def _remember(self, key: SecretStr) -> None:
        self.found.emit(await self._bridge.work(self._keys.remember, key))

    async def _forget(self) -> None:
        await self._bridge.work(self._keys.forget)
        await self._find()

    async def _test(self) -> None:
        await self._bridge.call(self._gemini().check())
        self.works.emit()


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
