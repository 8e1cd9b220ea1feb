"""Artwork from the prompt alone: no key, no server, no network."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

from packdesk.errors import GenerationFailedError
from packdesk.generation.offline.panels import paint_panel
from packdesk.textures.check import CleanPicture, clean_picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packdesk.domain.request import PanelRequest
    from packdesk.generation.base import Estimate


class OfflineProvider:
    """Paints packaging artwork deterministically. Implements `packdesk.generation.base.Provider`."""

    name = "offline"
    model = "offline"
    paid = False
    takes_references = False
    usual_parallel = 2

    def __init__(self, *, delay_s: float = 0) -> None:
        """Wait `delay_s` seconds before each panel, so that a demo shows what waiting looks like."""
        self._delay_s = delay_s

    async def prepare(self) -> None:
        """See `Provider.prepare`: nothing is needed."""

    def estimate(self, requests: Sequence[PanelRequest]) -> Estimate | None:
        """See `Provider.estimate`: painting is free."""
        del requests
        return None

    async def aclose(self) -> None:
        """See `Provider.aclose`: nothing is open."""

    async def generate(self, request: PanelRequest) -> CleanPicture:
        """Return the panel's artwork at its exact size. Cancelling stops the painting between two motifs.

        Raises:
            GenerationFailedError: there is not enough memory, or the typefaces are missing.
            DisplayError: there is no QGuiApplication.
        """
        if self._delay_s > 0:
            await asyncio.sleep(self._delay_s)
        stop = threading.Event()
        try:
            return await asyncio.to_thread(_painted, request, stop)
        except MemoryError as error:
            raise GenerationFailedError(
                "There is not enough memory for the picture.", "Use a lower resolution."
            ) from error
        finally:
            stop.set()  # when cancelled, the thread is still painting


def _painted(request: PanelRequest, stop: threading.Event) -> CleanPicture:
    return clean_picture(paint_panel(request, stop))
