"""Gemini if there is a key, else the offline provider."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packdesk.domain.request import PanelRequest
    from packdesk.generation.base import Estimate, Provider, ProviderProfile
    from packdesk.generation.keys import KeyKeeper
    from packdesk.textures.check import CleanPicture


class AutoProvider:
    """Decides in `prepare`, because looking for a key may take a while; until then it is the offline one."""

    def __init__(self, keys: KeyKeeper, with_key: Provider, without: Provider) -> None:
        self._keys = keys
        self._with_key = with_key
        self._without = without
        self._chosen = without

    @property
    def profile(self) -> ProviderProfile:
        """The profile of the chosen provider."""
        return self._chosen.profile

    async def prepare(self) -> None:
        """See `Provider.prepare`."""
        key, _ = await asyncio.to_thread(self._keys.find)
        self._chosen = self._without if key is None else self._with_key
        await self._chosen.prepare()

    async def generate(self, request: PanelRequest) -> CleanPicture:
        """See `Provider.generate`."""
        return await self._chosen.generate(request)

    def estimate(self, requests: Sequence[PanelRequest]) -> Estimate | None:
        """See `Provider.estimate`."""
        return self._chosen.estimate(requests)

    async def aclose(self) -> None:
        """See `Provider.aclose`."""
        await self._with_key.aclose()
        await self._without.aclose()
