"""Artwork from the prompt alone: no key, no server, no network."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from packdesk.errors import GenerationFailedError
from packdesk.generation.offline.painters import Painters, PainterThreads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packdesk.domain.request import PanelRequest
    from packdesk.generation.base import Estimate
    from packdesk.textures.check import CleanPicture


class OfflineProvider:
    """Paints packaging artwork deterministically. Implements `packdesk.generation.base.Provider`."""

    name = "offline"
    paid = False
    takes_references = False
    usual_parallel = 2

    def __init__(self, painters: Painters | None = None, *, delay_s: float = 0) -> None:
        """Let the painters paint, by default threads.

        Args:
            painters: who paints.
            delay_s: seconds to wait before each panel, so that a demo shows what waiting looks like.
        """
        self._painters = painters or PainterThreads()
        self._delay_s = delay_s

    async def prepare(self) -> None:
        """See `Provider.prepare`: nothing is needed."""

    def estimate(self, requests: Sequence[PanelRequest]) -> Estimate | None:
        """See `Provider.estimate`: painting is free."""
        del requests
        return None

    async def aclose(self) -> None:
        """See `Provider.aclose`."""
        await self._painters.aclose()

    async def generate(self, request: PanelRequest) -> CleanPicture:
        """Return the panel's artwork at its exact size. Cancelling stops the painting between two motifs.

        Raises:
            GenerationFailedError: there is not enough memory, or the typefaces are missing.
            DisplayError: there is no QGuiApplication.
        """
        if self._delay_s > 0:
            await asyncio.sleep(self._delay_s)
        try:
            return await self._painters.paint(request)
        except MemoryError as error:
            raise GenerationFailedError(
                "There is not enough memory for the picture.", "Use a lower resolution."
            ) from error
