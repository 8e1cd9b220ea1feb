"""Artwork from the prompt alone: no key, no server, no network."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

from packdesk.errors import GenerationFailedError
from packdesk.generation.offline.panels import paint_panel

if TYPE_CHECKING:
    from packdesk.domain.request import PanelRequest


class OfflineProvider:
    """Paints packaging artwork deterministically. Implements `packdesk.generation.base.Provider`."""

    name = "offline"

    def __init__(self, *, delay_s: float = 0) -> None:
        """Wait `delay_s` seconds before each panel, so that a demo shows what waiting looks like."""
        self._delay_s = delay_s

    async def generate(self, request: PanelRequest) -> bytes:
        """Return the panel's artwork as PNG. Cancelling stops the painting between two motifs.

        Raises:
            GenerationFailedError: there is not enough memory, or the typefaces are missing.
            DisplayError: there is no QGuiApplication.
        """
        if self._delay_s > 0:
            await asyncio.sleep(self._delay_s)
        stop = threading.Event()
        try:
            return await asyncio.to_thread(paint_panel, request, stop)
        except MemoryError as error:
            raise GenerationFailedError(
                "There is not enough memory for the picture.", "Use a lower resolution."
            ) from error
        finally:
            stop.set()  # when cancelled, the thread is still painting
