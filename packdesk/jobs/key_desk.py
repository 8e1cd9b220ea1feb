"""The provider's key between window and key store; the key itself stays in a `SecretStr`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from pydantic import SecretStr

    from packdesk.errors import PackdeskError
    from packdesk.generation.gemini.provider import GeminiProvider
    from packdesk.generation.keys import KeyKeeper
    from packdesk.jobs.calls import Calls


class KeyDesk(QObject):
    """Looks for, keeps, tests and forgets a key, off the GUI thread.

    Signals:
        found: where the key is now: `environment`, `key store`, `session` or `none`.
        works: the service takes the key.
        failed: why it does not, or why it cannot be kept.
    """

    found = Signal(str)
    works = Signal()
    failed = Signal(object)

    def __init__(
        self, calls: Calls, keys: KeyKeeper, gemini: GeminiProvider, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._calls = calls
        self._keys = keys
        self._gemini = gemini

    def look(self) -> None:
        """Tell where the key is."""
        self._calls.start(self._source(), self.found.emit, self._fail)

    def remember(self, key: SecretStr) -> None:
        """Keep a key the user has entered."""
        self._calls.start(asyncio.to_thread(self._keys.remember, key), self.found.emit, self._fail)

    def forget(self) -> None:
        """Remove the key that was entered."""
        self._calls.start(self._forgotten(), self.found.emit, self._fail)

    def test(self) -> None:
        """Ask the service about the key that would be used."""
        self._calls.start(self._gemini.check(), self._on_works, self._fail)

    def use(self, gemini: GeminiProvider) -> None:
        """Test with other settings from now on."""
        self._gemini = gemini

    async def _source(self) -> str:
        return (await asyncio.to_thread(self._keys.find))[1]

    async def _forgotten(self) -> str:
        await asyncio.to_thread(self._keys.forget)
        return await self._source()

    def _on_works(self, _: object) -> None:
        self.works.emit()

    def _fail(self, error: PackdeskError) -> None:
        self.failed.emit(error)
